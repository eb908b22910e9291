"""Where lines end (避头尾): signs that begin or end no line, words and numbers that stay whole. Pure, and quick by prefix sums.

The two sets of signs are written into every file, so that Word, WPS and LibreOffice break by the same ones.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from generators.pages.portions import gapes, line_end, seams
from generators.pages.widths import WIDTHS, Widths
from templates import files

BEGIN_NO_LINE = "!),.:;?]}¢'\"、。〉》」』】〕〗〞﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞！），．：；？］｝～￠々‖•·ˇˉ―′’”℃％%°—…"
END_NO_LINE = "([{£¥‵〈《「『【〔〖（［｛￡￥〝﹙﹛﹝“‘$＄"
_NO_START, _NO_END = frozenset(BEGIN_NO_LINE), frozenset(END_NO_LINE)
_GLUED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-./:_@&+=#~%")
_HANGING = frozenset("，。、；：？！,.:;?!．")
_FACED = re.compile("[ -֏‰℃№]")
"""A character that not every face draws equally wide."""


@dataclass(frozen=True, slots=True, eq=False)
class Engine:
    """How a program sets lines: its faces' widths; whether it `parts` a line by scripts, or lets signs hang out (悬挂)."""

    name: str
    widths: Widths
    parts: bool


WORD = Engine("Word", WIDTHS, parts=False)
"""Word and WPS with the official faces: a closing sign may hang out of the type area, as they do by default."""


@cache
def libreoffice() -> Engine:
    """LibreOffice with the stand-in faces: gaps between Han and Latin letters, and no sign hangs out."""
    told = tomllib.loads(files.path("fonts", "widths.toml").read_text(encoding="utf-8"))["FandolFang"]
    known = {chr(33 + place): width for place, width in enumerate(told["ascii"])} | told["others"]
    return Engine("LibreOffice", Widths(known), parts=True)


def line_ends(
    text: str, first: float, width: float, em: float, spacing: float = 0.0, engine: Engine = WORD
) -> list[int]:
    """After how many characters each line ends, the last at the text's end.

    `first` and `width` are the room of the first and of other lines, `em` and `spacing` the size of a character and what is
    added to each, all in one unit.
    """
    # Without Latin signs all programs set a text equally wide.
    sums, gaps = _measured(text, em, spacing, engine if _FACED.search(text) else WORD)
    length, ends, start, room = len(text), list[int](), 0, first
    more = spacing if engine.parts else 0.0  # LibreOffice leaves it out behind a line's last character
    while start < length:
        end = bisect_right(sums, sums[start] + gaps.get(start, 0.0) + room + more + 1e-6) - 1
        if end < length:
            end = max(end, start + 1)
            end = line_end(text, list(gaps), start, end) if engine.parts else _break_before(text, start, end)
        ends.append(end)
        start, room = end, width
    return ends


class _Advances(dict[str, float]):
    """How far each character moves on, worked out when it is first met."""

    def __init__(self, widths: Widths, em: float, spacing: float) -> None:
        self._widths, self._em, self._spacing = widths, em, spacing

    def __missing__(self, character: str) -> float:
        self[character] = advance = self._widths[character] * self._em + self._spacing
        return advance


@lru_cache(maxsize=64)
def _advances(engine: Engine, em: float, spacing: float) -> _Advances:
    return _Advances(engine.widths, em, spacing)


@lru_cache(maxsize=512)
def _measured(text: str, em: float, spacing: float, engine: Engine) -> tuple[list[float], dict[int, float]]:
    """How far the text has come before each of its characters, and at its end; and the gaps in it, which open no line."""
    advances = list(map(_advances(engine, em, spacing).__getitem__, text))
    # The spacing of the last character of a portion is left out.
    gaps = {seam: (0.2 * em if gapes(text, seam) else 0.0) - spacing for seam in seams(text)} if engine.parts else {}
    for seam, gap in gaps.items():
        advances[seam] += gap
    return list(accumulate(advances, initial=0.0)), gaps


def _break_before(text: str, start: int, end: int) -> int:
    """The last place at or before `end` where a line may end; blanks go along with the line before them."""
    length = len(text)
    if text[end] in _HANGING and (end + 1 == length or _may_break(text, end + 1)):
        return end + 1
    place = end
    while place < length and text[place] == " ":
        place += 1
    if place == length or (place > end and _may_break(text, place)):
        return place
    while end > start and not _may_break(text, end):
        end -= 1
    return end if end > start else place


def _may_break(text: str, place: int) -> bool:
    """Whether a line may end before the character at `place`."""
    before, after = text[place - 1], text[place]
    if after in _NO_START or before in _NO_END:
        return False
    if after in _GLUED:
        return not (before in _GLUED and not (before == "/" and after.isalpha()))
    return True
