"""Snippets made from the stored text, the same whatever engine found it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.folding import fold, fold_with_places
from indexer.queries import Term
from indexer.tokens import runs

OPEN, CLOSE = "⟦", "⟧"
_AROUND = 28  # characters shown before the first match
_LENGTH = 80
_STRETCH = 1000  # characters; keeping every character's place is dear, so only a stretch is folded that way


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of text with ⟦ ⟧ around what matched, and the label of the page it stands on (None: no text)."""

    text: str
    page: str | None


def snippet(pages: Sequence[tuple[str, str]], terms: Sequence[Term]) -> Snippet:
    """The first place in the pages (label, text) where a term stands; else the beginning of the text."""
    wanted = [needle for term in terms if (needle := fold(term.text).strip())]
    for needles in (wanted, [run for needle in wanted for run, _ in runs(needle)]):
        for label, text in pages:
            spans = _spans(text, needles)
            if spans:
                return Snippet(_marked(text, spans), label)
    for label, text in pages:
        if text.strip():
            return Snippet(_clean(text[:_LENGTH]), label)
    return Snippet("", None)


def _spans(text: str, needles: Sequence[str]) -> list[tuple[int, int]]:
    """Where the needles stand in the text, in its own places, at most a few: in the first stretch that holds one."""
    if not any(needle in fold(text) for needle in needles):
        return []
    for start in range(0, len(text), _STRETCH):
        piece = text[start : start + 2 * _STRETCH]
        if any(needle in fold(piece) for needle in needles):
            return [(start + first, start + last) for first, last in _places(piece, needles)]
    return _places(text, needles)


def _places(text: str, needles: Sequence[str]) -> list[tuple[int, int]]:
    folded = fold_with_places(text)
    found: list[tuple[int, int]] = []
    for needle in needles:
        at = folded.text.find(needle)
        while at >= 0 and len(found) < 50:
            found.append((folded.places[at], folded.places[at + len(needle) - 1] + 1))
            at = folded.text.find(needle, at + len(needle))
    return sorted(found)


def _marked(text: str, spans: list[tuple[int, int]]) -> str:
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
