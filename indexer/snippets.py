"""Where the words stand in the stored text, and a snippet of the best place; the same whatever engine found the paper."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from indexer.folding import CJK, fold, fold_with_places, writings
from indexer.queries import Term
from indexer.tokens import runs
from model.searching import Position

OPEN, CLOSE = "⟦", "⟧"
_AROUND = 28  # characters shown before the first match
_LENGTH = 80
_STRETCH = 1000  # characters; keeping every character's place is dear, so only a stretch is folded that way
_MOST = 20  # places told of one paper
_LETTER = rf"[^\W_{CJK}]"


@dataclass(frozen=True, slots=True)
class Page:
    """A stored page: what a person calls it, its text, and (start, name) of its named blocks in order."""

    label: str
    text: str
    blocks: tuple[tuple[int, str], ...] = ()

    def block(self, start: int) -> str:
        """The name of the block that holds this place; empty when it has none."""
        at = bisect_right(self.blocks, start, key=lambda block: block[0])
        return self.blocks[at - 1][1] if at else ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch of text with ⟦ ⟧ around what matched, the page and block it stands on (None: no text), and all places found."""

    text: str
    page: str | None
    block: str = ""
    positions: tuple[Position, ...] = ()


Finder = Callable[[str], Iterator[tuple[int, int]]]


def shown(pages: Sequence[Page], terms: Sequence[Term]) -> Shown:
    """What to show of a paper that answers: the place where most of the terms stand; else the beginning of its text."""
    wanted = tuple(dict.fromkeys(term.text for term in terms))
    pieces = tuple(dict.fromkeys(run for text in wanted for run, _ in runs(fold(text))))
    for needles in (wanted, pieces) if pieces != wanted else (wanted,):
        for finder in _finders(needles):
            told = _first(pages, finder)
            if told:
                return told
    for page in pages:
        if page.text.strip():
            return Shown(_clean(page.text[:_LENGTH]), page.label, page.block(0))
    return Shown("", None)


def _first(pages: Sequence[Page], finder: Finder) -> Shown | None:
    """The snippet of the first page where something is found, and the places on all pages."""
    found = ((page, span) for page in pages for span in finder(page.text))
    places = list(islice(found, _MOST))
    if not places:
        return None
    page = places[0][0]
    spans = sorted(span for other, span in places if other is page)
    start = _densest(spans)
    positions = tuple(Position(held.label, held.block(first), first, last) for held, (first, last) in places)
    return Shown(_marked(page.text, spans[start:]), page.label, page.block(spans[start][0]), positions)


def _densest(spans: Sequence[tuple[int, int]]) -> int:
    """The span with which a snippet shows the most text that matched."""

    def worth(at: int) -> int:
        within = spans[at][0] + _LENGTH - _AROUND
        return len({place for first, last in spans[at:] if last <= within for place in range(first, last)})

    return max(range(len(spans)), key=lambda at: (worth(at), -at))


def _finders(needles: Sequence[str]) -> Iterator[Finder]:
    """Ways to find the needles in a text, from the fastest to the most thorough."""
    parts = [found for needle in needles if (found := list(runs(fold(needle))))]
    if not parts:
        return
    yield _by([_as_written(found) for found in parts])
    yield _by([_in_any_writing(tuple(found)) for found in parts])
    folded = [re.compile(_joined(found, re.escape)) for found in parts]
    yield lambda text: _folded(text, folded)


def _by(patterns: Sequence[re.Pattern[str]]) -> Finder:
    def finder(text: str) -> Iterator[tuple[int, int]]:
        for pattern in patterns:
            yield from islice((match.span() for match in pattern.finditer(text)), _MOST // min(len(patterns), 4))

    return finder


def _as_written(parts: Sequence[tuple[str, bool]]) -> re.Pattern[str]:
    """The runs as they are, with whatever marks between them (measured: ten times as fast as every writing)."""
    return re.compile(_joined(parts, re.escape, mark=r"[\W_]*?[^\w\s][\W_]*"))


@cache
def _in_any_writing(parts: tuple[tuple[str, bool], ...]) -> re.Pattern[str]:
    """The runs in full or half width, traditional or simplified, broken over lines."""

    def written(run: str) -> str:
        each = (f"[{re.escape(''.join(writings(character)))}]" for character in run)
        return (r"\s*" if re.match(f"[{CJK}]", run) else "").join(each)

    return re.compile(_joined(parts, written, mark=r"[\W_]*?[^\w\s][\W_]*"))


def _joined(parts: Sequence[tuple[str, bool]], written: Callable[[str], str], mark: str = r"[\W_]+") -> str:
    """A pattern for runs side by side: letters and digits whole, Han characters cut at the ends."""
    told = "" if parts[0][1] else f"(?<!{_LETTER})"
    for place, (run, cjk) in enumerate(parts):
        if place:
            told += r"[\W_]*" if cjk != parts[place - 1][1] else mark if cjk else r"[\W_]+"
        told += written(run)
    return told if parts[-1][1] else f"{told}(?!{_LETTER})"


def _folded(text: str, patterns: Sequence[re.Pattern[str]]) -> Iterator[tuple[int, int]]:
    """The first places in the folded text, in its own counting: a stretch at a time, each twice so that no border hides one."""
    for start in range(0, max(1, len(text) - _STRETCH), _STRETCH):
        piece = text[start : start + 2 * _STRETCH]
        if not any(pattern.search(fold(piece)) for pattern in patterns):
            continue
        folded = fold_with_places(piece)
        found = [
            (start + folded.places[match.start()], start + folded.places[match.end() - 1] + 1)
            for pattern in patterns
            for match in pattern.finditer(folded.text)
            if match.start() or not start  # at the border of a stretch a number may be cut in two
        ]
        if found:
            yield from found
            return


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    start = max(0, spans[0][0] - _AROUND)
    end = min(len(text), start + max(_LENGTH, spans[0][1] - start + 10))
    told, place = "…" if start else "", start
    for first, last in spans:
        if first < place or last > end:
            continue
        told += f"{_clean(text[place:first])}{OPEN}{_clean(text[first:last])}{CLOSE}"
        place = last
    return f"{told}{_clean(text[place:end])}{'…' if end < len(text) else ''}"


def _clean(text: str) -> str:
    return " ".join(text.replace(OPEN, "").replace(CLOSE, "").split())
