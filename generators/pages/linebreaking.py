"""Where lines end (避头尾): signs that begin or end no line, words and numbers that stay whole. Pure, and quick by prefix sums.

The two sets of signs are written into every file, so that Word, WPS and LibreOffice break by the same ones.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache

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
_ALIKE = re.compile("[、-〩㐀-䶿一-鿿！-～]+|[0-9]+|.", re.DOTALL)
"""Stretches of one width in any face: Han characters and signs of a whole em, digits, any other character by itself."""
_WIDEST = 1.25
"""Ems that no character needs more of, a gap beside it included."""


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
    ruler = _ruler(text, em, spacing, engine if _FACED.search(text) else WORD)
    places, reached, steps, gaps = ruler.places, ruler.reached, ruler.steps, ruler.gaps
    more = 1e-6 + (spacing if engine.parts else 0.0)  # LibreOffice leaves it out behind a line's last character
    length, ends, start, room = len(text), list[int](), 0, first + more
    while start < length:
        at = bisect_right(places, start) - 1
        edge = reached[at] + (start - places[at]) * steps[at] + gaps.get(start, 0.0) + room
        at = bisect_right(reached, edge, at) - 1
        end = places[at] + int((edge - reached[at]) / steps[at])
        if end < length:
            end = max(end, start + 1)
            end = line_end(text, list(gaps), start, end) if engine.parts else _break_before(text, start, end)
        ends.append(min(end, length))
        start, room = end, width + more
    return ends


@lru_cache(maxsize=1024)
def line_count(text: str, first: float, width: float, em: float, spacing: float = 0.0, engine: Engine = WORD) -> int:
    """How many lines a text fills, measured as in `line_ends`; papers of a batch share many texts."""
    if len(text) * (_WIDEST * em + max(spacing, 0.0)) <= first:
        return 1
    return len(line_ends(text, first, width, em, spacing, engine))


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


@dataclass(frozen=True, slots=True)
class _Ruler:
    """A text by stretches of one width, the last an empty one: where each begins, how far the text has come there, and how far
    each of its characters moves on; and the gaps between scripts, which open no line."""

    places: list[int]
    reached: list[float]
    steps: list[float]
    gaps: dict[int, float]


def _ruler(text: str, em: float, spacing: float, engine: Engine) -> _Ruler:
    advances, parted = _advances(engine, em, spacing), seams(text) if engine.parts else ()
    # The spacing of the last character of a portion is left out.
    gaps = {seam: (0.2 * em if gapes(text, seam) else 0.0) - spacing for seam in parted}
    places, reached, steps, place, far = list[int](), list[float](), list[float](), 0, 0.0
    for stretch in _ALIKE.findall(text):
        step, rest = advances[stretch[0]], len(stretch)
        if place in gaps:
            places.append(place)
            reached.append(far)
            steps.append(step + gaps[place])
            place, far, rest = place + 1, far + step + gaps[place], rest - 1
        if rest:
            places.append(place)
            reached.append(far)
            steps.append(step)
            place, far = place + rest, far + rest * step
    return _Ruler([*places, place], [*reached, far], [*steps, 1.0], gaps)


def _break_before(text: str, start: int, end: int) -> int:
    """The last place at or before `end` where a line may end; blanks go along with the line before them."""
    if "一" <= text[end] <= "龥" and "一" <= text[end - 1] <= "龥":  # most lines end so
        return end
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
