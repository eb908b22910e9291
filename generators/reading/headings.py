"""层次序数 in a body: which lines are headings, where a heading runs into its text, which are numbered items."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from generators.reading import patterns as p
from generators.reading.lines import Line
from model.proofing import ProofRun, Role

Found = tuple[Role, int, int, float]
"""Role, level, characters that are heading in a run-in heading (0: all), how sure."""

_HEADING, _ITEM = Role.HEADING, Role.ITEM
_LONGEST_OWN = 40
_LONGEST_STYLED = 80
_LONGEST_SENTENCE = 25
_SHORT_SENTENCE = 12
_STYLE = re.compile(r"(?:heading|标题)\s*(\d)$", re.IGNORECASE)
_LABELLED = re.compile(r"[^，。；：:]{2,12}[：:](?=\S)")


@dataclass(frozen=True, slots=True)
class Looks:
    """How a stranger's document sets its text, and the levels whose headings it sets otherwise: their looks are believed."""

    body: tuple[str, bool] = ("", False)
    levels: frozenset[int] = frozenset()


def looks_of(lines: Sequence[Line]) -> Looks:
    """What the body lines of a document show about its faces."""
    counts: Counter[tuple[str, bool]] = Counter()
    for line in lines:
        for run in line.runs:
            counts[_look(run)] += len(run.text)
    body = counts.most_common(1)[0][0] if counts else ("", False)
    levels = set()
    for line in lines:
        ordinal = p.ordinal_of(line.auto + line.text)
        if ordinal and len(line.text) <= _LONGEST_OWN and not p.STOPS.search(line.text) and _first_look(line) != body:
            levels.add(ordinal.level)
    return Looks(body, frozenset(levels))


def _first_look(line: Line) -> tuple[str, bool]:
    return next((_look(run) for run in line.runs if p.trimmed(run.text)), ("", False))


def heading_of(line: Line, below: Line | None, ours: bool, looks: Looks) -> Found | None:
    """What a body line is, None for plain text; `below` is the next line that is not blank."""
    shown = line.auto + line.text
    if ours and not line.auto:
        return _ours(line)
    ordinal = p.ordinal_of(shown)
    if ordinal is None:
        return _unnumbered(line)
    rest = shown[ordinal.length :]
    head = _change_of_look(line, ordinal.length)
    if head:
        return Role.HEADING, ordinal.level, head, 0.9
    if ordinal.level in looks.levels:
        plain = _first_look(line) == looks.body or len(p.trimmed(rest)) > _LONGEST_STYLED
        return (Role.ITEM if plain else Role.HEADING), ordinal.level, 0, 0.9
    if ordinal.level <= 2:
        return _upper(ordinal, rest, bool(looks.levels))
    return _lower(below, ordinal, rest)


@lru_cache(maxsize=256)
def _styled(style: str) -> int:
    """The level that a heading's style says, 0 for any other style."""
    match = _STYLE.search(style)
    return int(match[1]) if match else 0


def _ours(line: Line) -> Found | None:
    """As our writer made it: own lines bear a style, an item's number is a run of its own, so is a run-in heading."""
    level = _styled(line.look.style)
    if level and p.own_ordinal(line.text, (level,)):
        return _HEADING, level, 0, 1.0
    ordinal = p.own_ordinal(line.text) if line.cuts else None
    if ordinal is None:
        return None
    if line.cuts[0] == ordinal.length:
        return _ITEM, ordinal.level, 0, 1.0
    return (_HEADING, ordinal.level, line.cuts[0], 1.0) if line.cuts[0] > ordinal.length else None


def _unnumbered(line: Line) -> Found | None:
    """A heading by its style or outline level alone; it has no number, so the writer cannot take it for one."""
    text = p.trimmed(line.text)
    level = _styled(line.look.style) or line.look.outline
    if 1 <= level <= 4 and len(text) <= _LONGEST_OWN and not p.STOPS.search(text):
        return Role.HEADING, level, 0, 0.6
    return None


def _upper(ordinal: p.Ordinal, rest: str, styled: bool) -> Found:
    """一、 and （一）: short and without an inner stop is a heading; a short first sentence runs in.

    styled: the document sets headings of another level in a face of their own, so a sentence in the body's face is none.
    """
    text = p.trimmed(rest)
    inner = p.STOPS.search(text[:-1]) if text else None
    labelled = None if styled else _LABELLED.match(text)
    if labelled and not text.endswith(("：", ":")):
        begins = rest.index(text)
        return Role.HEADING, ordinal.level, ordinal.length + begins + labelled.end(), 0.7
    ends = text.endswith(("；", ";", "，", ",", "、")) or (text.endswith("。") and (styled or "，" in text))
    if inner is None and len(text) <= _LONGEST_OWN and not ends:
        return Role.HEADING, ordinal.level, 0, 0.9
    if inner and inner.start() < (_SHORT_SENTENCE if styled else _LONGEST_SENTENCE) and inner[0] in "。！？.":
        return Role.HEADING, ordinal.level, ordinal.length + rest.index(text) + inner.end(), 0.8
    return Role.ITEM, ordinal.level, 0, 0.7


def _lower(below: Line | None, ordinal: p.Ordinal, rest: str) -> Found:
    """1. and （1）: a heading only where text or a deeper level follows, or where it looks unlike the text below."""
    text = p.trimmed(rest)
    inner = p.STOPS.search(text)
    if inner is None and len(text) <= _LONGEST_OWN and not text.endswith(("，", ",", "、", "：", ":")):
        under = p.ordinal_of(below.auto + below.text) if below else None
        deeper = under is not None and under.level > ordinal.level
        plain = (
            under is None and below is not None and len(p.trimmed(below.text)) > _LONGEST_OWN and not below.place.table
        )
        return (Role.HEADING if deeper or plain else Role.ITEM), ordinal.level, 0, 0.6
    if inner and inner.start() < _LONGEST_SENTENCE - 5 and inner[0] in "。！？." and inner.end() < len(text):
        return Role.HEADING, ordinal.level, ordinal.length + rest.index(text) + inner.end(), 0.6
    return Role.ITEM, ordinal.level, 0, 0.7


def _change_of_look(line: Line, least: int) -> int:
    """Where the face or weight changes after the first sentence or words, 0 where it does not; in `auto + text`."""
    runs = [run for run in line.runs if p.trimmed(run.text)]
    if len(runs) < 2:
        return 0
    end = len(line.auto) + line.text.index(runs[0].text)
    look = None
    for run in line.runs:
        if not p.trimmed(run.text):
            continue
        if look is None:
            look = _look(run)
        elif _look(run) != look:
            break
        end = len(line.auto) + _end_of(line, run)
    whole = len(line.auto) + len(line.text)
    return end if least + 1 < end < whole - 1 and end <= least + 60 and _han(line, end) else 0


def _look(run: ProofRun) -> tuple[str, bool]:
    return run.east, run.bold


def _end_of(line: Line, run: ProofRun) -> int:
    place = 0
    for each in line.runs:
        place += len(each.text)
        if each is run:
            return place
    return place


def _han(line: Line, end: int) -> bool:
    """The change stands at the end of words that close: a stop, a colon or a space."""
    shown = line.auto + line.text
    return shown[end - 1] in "。！？：:；.　 " or shown[end] in "　 "
