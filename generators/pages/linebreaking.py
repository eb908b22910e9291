"""Where lines end (避头尾): signs that begin or end no line, words and numbers that stay whole. Pure, and quick by prefix sums.

The two sets of signs are written into every file, so that Word and WPS break by them; LibreOffice has its own (`portions`).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache

from generators.pages.portions import gapes, line_end, seams
from generators.pages.widths import WIDTHS, Widths
from templates import files

BEGIN_NO_LINE = "!),.:;?]}¢'\"、。〉》」』】〕〗〞﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞！），．：；？］｝～￠々‖•·ˇˉ―′’”℃％%°—…"
END_NO_LINE = "([{£¥‵〈《「『【〔〖（［｛￡￥〝﹙﹛﹝“‘$＄"
_NO_START, _NO_END = frozenset(BEGIN_NO_LINE), frozenset(END_NO_LINE)
_GLUED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-./:_@&+=#~%")
_PLAIN = re.compile("[一-龥，。、；：！？）》”][一-龥]")
"""Where a line may end by any rules, between the two; most do."""
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
    faced = engine if _FACED.search(text) else WORD
    advances, gaps = _advances(faced, em, spacing), _gaps(text, em, spacing) if faced.parts else {}
    more = 1e-6 + (spacing if engine.parts else 0.0)  # LibreOffice leaves it out behind a line's last character
    stretches, parted = _ALIKE.findall(text)[::-1], list(gaps)  # the next one last
    ends: list[int] = []
    length, start, place, left = len(text), 0, 0, first + more
    while stretches:
        stretch = stretches.pop()
        if gaps and place > start and place in gaps:
            left -= gaps[place]
        step, stop = advances[stretch[0]], place + len(stretch)
        while (stop - place) * step > left:
            cut = place + int(left / step)
            if cut == start:  # nothing has room: one character stands there all the same
                cut += 1
            if cut < length and not _PLAIN.match(text, cut - 1):
                cut = line_end(text, parted, start, cut) if engine.parts else _break_before(text, start, cut)
            ends.append(cut)
            if cut < place:  # what stands behind the line's end is set again
                stretches += (text[place:stop], *text[cut:place][::-1])
                stop = cut
            elif cut > stop:  # blanks that go along
                while stop < cut:
                    stop += len(stretches.pop())
                stretches += (text[cut:stop],) * (stop > cut)
                stop = cut
            start, place, left = cut, cut, width + more
        left, place = left - (stop - place) * step, stop
    return ends if start == place else [*ends, place]


def line_count(text: str, first: float, width: float, em: float, spacing: float = 0.0, engine: Engine = WORD) -> int:
    """How many lines a text fills, line feeds included, measured as in `line_ends`; one at least."""
    if "\n" in text:
        return sum(line_count(part, first, width, em, spacing, engine) for part in text.split("\n"))
    if len(text) * (_WIDEST * em + max(spacing, 0.0)) <= first:
        return 1
    return _counted(text, first, width, em, spacing, engine)


@lru_cache(maxsize=1024)
def _counted(text: str, first: float, width: float, em: float, spacing: float, engine: Engine) -> int:
    """Papers of a batch share many texts."""
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


def _gaps(text: str, em: float, spacing: float) -> dict[int, float]:
    """What LibreOffice leaves at each seam of two scripts, unless a line begins there."""
    # The spacing of the last character of a portion is left out.
    return {seam: (0.2 * em if gapes(text, seam) else 0.0) - spacing for seam in seams(text)}


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
