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

from generators.pages.widths import WIDTHS, Widths
from templates import files

BEGIN_NO_LINE = "!),.:;?]}¢'\"、。〉》」』】〕〗〞﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞！），．：；？］｝～￠々‖•·ˇˉ―′’”℃％%°"
END_NO_LINE = "([{£¥‵〈《「『【〔〖（［｛￡￥〝﹙﹛﹝“‘$＄"
_NO_START, _NO_END = frozenset(BEGIN_NO_LINE), frozenset(END_NO_LINE)
_GLUED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-./:_@&+=#~%")
_DOUBLED = frozenset("—…")
_CLOSED = frozenset("”’》）〕」』】")
"""Signs that no line may end with where a Latin word or a number follows (as ICU has it)."""
_HANGING = frozenset("，。、；：？！,.:;?!．")
_GAP, _SEAM = "\ue000", "\ue001"
"""Stand where LibreOffice leaves a fifth of an em between Han and Latin letters, and where it only changes the script."""
_HAN = "\u3400-\u9fff\uf900-\ufaff\u3007"
_GAPS = re.compile(f"(?<=[{_HAN}])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[{_HAN}])")
_SEAMS = re.compile(f"(?<=[^\x00-\x7f{_GAP}])(?=[!-~])|(?<=[!-~])(?=[^\x00-\x7f{_GAP}])")
_BLANK = f" {_GAP}{_SEAM}"
_MARKS = frozenset(_GAP + _SEAM)
_ASCII = re.compile("[!-~]")


@dataclass(frozen=True, slots=True, eq=False)
class Engine:
    """How a program sets lines: its faces' widths, whether it leaves gaps between scripts, whether signs hang out (悬挂)."""

    name: str
    widths: Widths
    gaps: bool
    hangs: bool


WORD = Engine("Word", WIDTHS, gaps=False, hangs=True)
"""Word and WPS with the official faces: a closing sign may hang out of the type area, as they do by default."""


@cache
def libreoffice() -> Engine:
    """LibreOffice with the stand-in faces."""
    told = tomllib.loads(files.path("fonts", "widths.toml").read_text(encoding="utf-8"))["FandolFang"]
    known = {chr(33 + place): width for place, width in enumerate(told["ascii"])} | told["others"]
    return Engine("LibreOffice", Widths(known), gaps=True, hangs=False)


def line_ends(
    text: str, first: float, width: float, em: float, spacing: float = 0.0, engine: Engine = WORD
) -> list[int]:
    """After how many characters each line ends, the last at the text's end.

    `first` and `width` are the room of the first and of other lines, `em` and `spacing` the size of a character and what is
    added to each, all in one unit.
    """
    ascii_ = _ASCII.search(text) is not None
    marked = engine.gaps and ascii_
    if marked:
        text = _SEAMS.sub(_SEAM, _GAPS.sub(_GAP, text))
    # Without ASCII all programs set a text equally wide.
    sums = _sums(text, em, spacing, engine if ascii_ else WORD)
    ends = [len(text)] if sums[-1] <= first else _ends(text, sums, first, width, engine.hangs)
    if marked:
        ends = [end - text.count(_GAP, 0, end) - text.count(_SEAM, 0, end) for end in ends]
    return ends


class _Advances(dict[str, float]):
    """How far each character moves on, worked out when it is first met."""

    def __init__(self, widths: Widths, em: float, spacing: float) -> None:
        # The spacing of the last character before a seam is left out.
        super().__init__({_GAP: 0.2 * em - spacing, _SEAM: -spacing})
        self._widths, self._em, self._spacing = widths, em, spacing

    def __missing__(self, character: str) -> float:
        self[character] = advance = self._widths[character] * self._em + self._spacing
        return advance


@lru_cache(maxsize=64)
def _advances(engine: Engine, em: float, spacing: float) -> _Advances:
    return _Advances(engine.widths, em, spacing)


@lru_cache(maxsize=512)
def _sums(text: str, em: float, spacing: float, engine: Engine) -> list[float]:
    """How far the text has come before each of its characters, and at its end."""
    return list(accumulate(map(_advances(engine, em, spacing).__getitem__, text), initial=0.0))


def _ends(text: str, sums: list[float], first: float, width: float, hangs: bool) -> list[int]:
    length, ends, start, room = len(text), list[int](), 0, first
    while start < length:
        end = bisect_right(sums, sums[start] + room + 1e-6) - 1
        end = length if end >= length else _break_before(text, start, max(end, start + 1), hangs)
        ends.append(end)
        start, room = end, width
    return ends


def _break_before(text: str, start: int, end: int, hangs: bool) -> int:
    """The last place at or before `end` where a line may end; blanks go along with the line before them."""
    length = len(text)
    if hangs and text[end] in _HANGING and (end + 1 == length or _may_break(text, end + 1)):
        return end + 1
    place = end
    while place < length and text[place] in _BLANK:
        place += 1
    if place == length or (place > end and _may_break(text, place)):
        return place
    while end > start and not _may_break(text, end):
        end -= 1
    return end if end > start else place


def _may_break(text: str, place: int) -> bool:
    """Whether a line may end before the character at `place`; marks belong to the line before them."""
    before, after = text[place - 1], text[place]
    if before in _MARKS and place > 1:
        before = text[place - 2]
    if after in _MARKS or after in _NO_START or before in _NO_END or (before == after and before in _DOUBLED):
        return False
    if after in _GLUED:
        return not (before in _CLOSED or (before in _GLUED and not (before == "/" and after.isalpha())))
    return True
