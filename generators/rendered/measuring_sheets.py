"""What stands where on the pages of a PDF: signs, lines of text, rules. Millimetres from the paper's upper left corner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from generators.pages.widths import ems

MM = 72 / 25.4
_ABOVE, _BELOW = 0.88, 0.12  # of an em, above and below the base line, whatever a face calls its ascent
Colour = tuple[float, ...] | float | None


@dataclass(frozen=True, slots=True)
class Sign:
    """A character: its left and right edge and base line; `size` in points; `turned`: it reads downwards.

    The places of a turned sign are those on the page turned upright.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    red: bool
    face: str
    turned: bool = False

    @property
    def top(self) -> float:
        """The upper edge of its em box."""
        return self.base - _ABOVE * self.size / MM

    @property
    def bottom(self) -> float:
        """The lower edge of its em box."""
        return self.base + _BELOW * self.size / MM


@dataclass(frozen=True, slots=True)
class Line:
    """Signs on one base line, from left to right."""

    signs: tuple[Sign, ...]

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(sign.text for sign in self.signs)

    @property
    def base(self) -> float:
        """Its base line."""
        return self.signs[0].base

    @property
    def size(self) -> float:
        """The size of most of it, in points."""
        sizes = [round(sign.size, 1) for sign in self.signs]
        return max(set(sizes), key=sizes.count)

    @property
    def red(self) -> bool:
        """Whether it is red."""
        return sum(sign.red for sign in self.signs) * 2 > len(self.signs)

    @property
    def top(self) -> float:
        """The upper edge of its em box."""
        return min(sign.top for sign in self.signs)

    @property
    def bottom(self) -> float:
        """The lower edge of its em box."""
        return max(sign.bottom for sign in self.signs)

    @property
    def x0(self) -> float:
        """Its left edge."""
        return self.signs[0].x0

    @property
    def x1(self) -> float:
        """Its right edge."""
        return self.signs[-1].x1

    @property
    def whole(self) -> bool:
        """Whether every sign is a whole em wide."""
        return all(ems(sign.text) == len(sign.text) for sign in self.signs)


@dataclass(frozen=True, slots=True)
class Rule:
    """A level line: its ends, edges, and whether it is red."""

    x0: float
    x1: float
    top: float
    bottom: float
    red: bool

    @property
    def width(self) -> float:
        """Its length."""
        return self.x1 - self.x0

    @property
    def thick(self) -> float:
        """Its thickness."""
        return self.bottom - self.top


@dataclass(eq=False)
class Sheet:
    """One page, `number` from 1."""

    number: int
    width: float
    height: float
    signs: tuple[Sign, ...]
    rules: tuple[Rule, ...]
    boxed: tuple[tuple[float, float], ...] = field(default=())
    """From and to which height tables stand."""

    @property
    def wide(self) -> bool:
        """Whether it lies on its side."""
        return self.width > self.height

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Its upright lines, from top to bottom."""
        return tuple(_lines(sign for sign in self.signs if not sign.turned and sign.text.strip()))


def read_sheet(page: Any) -> Sheet:
    """A page of pdfplumber."""
    width, height = float(page.width) / MM, float(page.height) / MM
    signs = tuple(sign for char in page.chars if (sign := _sign(char, width, height)))
    return Sheet(page.page_number, width, height, signs, tuple(_rules(page)), tuple(_boxed(page)))


def _sign(char: Any, width: float, height: float) -> Sign | None:
    a, b, c, _d, x, y = char["matrix"]
    red, face, size = _is_red(char["non_stroking_color"]), str(char["fontname"]), float(char["size"])
    if abs(a) > abs(b):
        return Sign(char["text"], char["x0"] / MM, char["x1"] / MM, height - y / MM, size, red, face)
    if (
        b < 0 < c
    ):  # reads downwards: on the page turned upright, its base line is as far from the foot as it is from the left here
        size = float(char["x1"] - char["x0"])
        return Sign(char["text"], char["top"] / MM, char["bottom"] / MM, width - x / MM, size, red, face, turned=True)
    return None


def _is_red(colour: Colour) -> bool:
    if not isinstance(colour, tuple | list):
        return False
    if len(colour) == 3:
        return colour[0] > 0.55 and colour[1] < 0.4 and colour[2] < 0.4
    return len(colour) == 4 and colour[1] > 0.5 and colour[2] > 0.5 and colour[0] < 0.3 and colour[3] < 0.3


def _lines(signs: Iterator[Sign]) -> Iterator[Line]:
    rows: list[list[Sign]] = []
    for sign in sorted(signs, key=lambda sign: (sign.base, sign.x0)):
        if rows and abs(rows[-1][-1].base - sign.base) < 0.8:
            rows[-1].append(sign)
        else:
            rows.append([sign])
    return (Line(tuple(sorted(row, key=lambda sign: sign.x0))) for row in rows)


def _rules(page: Any) -> list[Rule]:
    """Level lines however they are drawn, pieces at one height joined, from top to bottom."""
    pieces: list[Rule] = []
    for kind in ("lines", "rects", "curves"):
        for shape in getattr(page, kind):
            high, wide = shape["bottom"] - shape["top"], shape["x1"] - shape["x0"]
            if wide < 6 or high > 6 or high > wide / 3:
                continue
            stroked = kind == "lines" or (shape.get("stroke") and not shape.get("fill"))
            thick = max(high, shape.get("linewidth") or 0.0) if stroked else high
            middle = (shape["top"] + shape["bottom"]) / 2
            red = _is_red(shape["stroking_color" if stroked else "non_stroking_color"])
            edges = (shape["x0"], shape["x1"], middle - thick / 2, middle + thick / 2)
            x0, x1, top, bottom = (edge / MM for edge in edges)
            pieces.append(Rule(x0, x1, top, bottom, red))
    joined: list[Rule] = []
    for piece in sorted(pieces, key=lambda rule: (round(rule.top, 1), rule.x0)):
        last = next((rule for rule in joined if _meets(rule, piece)), None)
        if last:
            joined.remove(last)
            piece = Rule(min(last.x0, piece.x0), max(last.x1, piece.x1), min(last.top, piece.top),
                         max(last.bottom, piece.bottom), last.red)  # fmt: skip
        joined.append(piece)
    return sorted(joined, key=lambda rule: rule.top)


def _meets(one: Rule, other: Rule) -> bool:
    return abs(one.top - other.top) < 0.15 and one.red == other.red and other.x0 <= one.x1 + 1


def _boxed(page: Any) -> list[tuple[float, float]]:
    """From and to which height upright rules stand: inside them nothing is body text."""
    found: list[tuple[float, float]] = []
    shapes = (shape for kind in ("lines", "rects", "curves") for shape in getattr(page, kind))
    upright = (s for s in shapes if s["x1"] - s["x0"] < 4 and s["bottom"] - s["top"] > 8)
    for top, bottom in sorted((s["top"] / MM, s["bottom"] / MM) for s in upright):
        if found and top <= found[-1][1] + 1.5:
            found[-1] = (found[-1][0], max(found[-1][1], bottom))
        else:
            found.append((top, bottom))
    return found
