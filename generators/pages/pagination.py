"""Where pages end: pieces laid line by line on the fixed grid, without rendering. Pure; lengths in twips.

What this says is compared with rendered pages in `tests/test_layout_pagination.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from generators.pages.layout import Layout
from generators.pages.linebreaking import Engine, line_count
from generators.pages.pieces import Grid, Piece, Solid, Strip, Turn
from generators.pages.sections import area
from generators.pages.tables import RULE, row_heights
from generators.pages.wordml import Format, points, twips

Extent = int | tuple[int, ...]
"""Lines of a paragraph, heights of a table's rows, or one height."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What of a profile decides where lines and pages end."""

    widths: tuple[int, int]  # of the type area, upright and turned
    heights: tuple[int, int]
    em: int
    spacing: int
    line: int
    tightest: int  # bounds of a line on a page that is drawn together or apart for its signature (7.3.5.5)
    loosest: int
    narrowest: int  # and where that does not do
    widest: int


@lru_cache(maxsize=8)
def measures_of(layout: Layout) -> Measures:
    """The measures of a profile as its files say them: the paper less the margins, each rounded."""
    sizes = []
    for wide in (False, True):
        here = area(layout, wide)
        width, height = (twips(side) for side in here.paper)
        sizes.append((width - twips(here.left) - twips(here.right), height - twips(here.top) - twips(here.bottom)))
    (width, height), (wide_width, wide_height) = sizes
    size, spacing = layout.number("sizes", "body"), layout.number("grid", "character_spacing")
    line = points(layout.number("grid", "line_pitch"))
    keys = ("tightest_line", "loosest_line", "narrowest_line", "widest_line")
    bounds = (points(layout.number("signature", key)) for key in keys)
    return Measures((width, wide_width), (height, wide_height), points(size), points(spacing), line, *bounds)


class Place(NamedTuple):
    """Where a piece begins and ends: page, and the height below the upper edge of the type area.

    `breaks` are the rows of a table that begin a page.
    """

    page: int
    top: int
    end_page: int
    end: int
    breaks: tuple[int, ...] = ()


def extents(pieces: Sequence[Piece], sizes: Measures, engine: Engine, wide: bool = False) -> list[Extent]:
    """How much each piece fills as that program sets it."""
    found: list[Extent] = []
    for piece in pieces:
        if isinstance(piece, Strip):
            found.append(_lines(piece, sizes, sizes.widths[wide], engine) if piece.text else 1)
        elif isinstance(piece, Grid):
            found.append(row_heights(piece.table, engine))
        elif isinstance(piece, Solid):
            found.append(piece.height)
        else:
            wide = piece.wide
            found.append(0)
    return found


def _lines(strip: Strip, sizes: Measures, width: int, engine: Engine) -> int:
    form, text = strip.form, strip.text
    room = width - form.left - form.right
    first = room - form.first + form.hanging
    em, spacing = (points(strip.size), 0) if strip.size else (sizes.em, sizes.spacing)
    return line_count(text, first, room, em, spacing, engine)


class Flow:
    """Lays pieces one after the other; `places` is where each came to stand."""

    def __init__(self, sizes: Measures, wide: bool = False) -> None:
        self._sizes, self.height = sizes, sizes.heights[wide]
        self._page, self._top = 1, 0
        self.places: list[Place] = []

    def lay(self, pieces: Sequence[Piece], extents: Sequence[Extent], begin: int = 0) -> Flow:
        """Lay those from `begin` on."""
        at, count = begin, len(pieces)
        while at < count:
            end = at
            while end < count - 1 and _keeps(pieces[end]) and not _on_new_page(pieces[end + 1]):
                end += 1
            if self._top and (end > at or _whole(pieces[at])):  # a page that is still empty has all the room there is
                self._keep(pieces, extents, at, end)
            for k in range(at, end + 1):
                self._place(pieces[k], extents[k])
            at = end + 1
        return self

    def again(self, pieces: Sequence[Piece], extents: Sequence[Extent], begin: int) -> Flow:
        """Another flow that is this one up to the piece at `begin`, or to what is kept with it."""
        while begin and _keeps(pieces[begin - 1]):
            begin -= 1
        other = Flow(self._sizes)
        other.height = self.height
        other.places = self.places[:begin]
        if begin:
            other._page, other._top = self.places[begin - 1].end_page, self.places[begin - 1].end
        return other.lay(pieces, extents, begin)

    @property
    def left(self) -> int:
        """What is free below the last piece on its page."""
        return self.height - self._top

    @property
    def pages(self) -> int:
        """Pages filled so far."""
        return self._page

    def _keep(self, pieces: Sequence[Piece], extents: Sequence[Extent], begin: int, end: int) -> None:
        """A new page where pieces that are kept together have no room on this one, but on a whole one."""
        need = sum(self.tall(pieces[k], extents[k]) for k in range(begin, end))
        need += (self.tall if _whole(pieces[end]) else self._first)(pieces[end], extents[end])
        self._make_room(need, pieces[begin])

    def _make_room(self, need: int, piece: Piece) -> None:
        if self._top and not _on_new_page(piece) and self._top + need > self.height >= need:
            self._turn_page()

    def _turn_page(self) -> None:
        self._page, self._top = self._page + 1, 0

    def _line(self, strip: Strip) -> int:
        return strip.form.line or self._sizes.line

    def tall(self, piece: Piece, extent: Extent) -> int:
        """How high a piece is."""
        if isinstance(piece, Strip) and isinstance(extent, int):
            return piece.form.before + piece.form.after + _border(piece.form) + extent * self._line(piece)
        return sum(extent) + RULE if isinstance(extent, tuple) else extent

    def _first(self, piece: Piece, extent: Extent) -> int:
        """What must at least stand on the page where a piece begins."""
        if isinstance(piece, Strip):
            return piece.form.before + self._line(piece)
        if isinstance(piece, Grid) and isinstance(extent, tuple):
            return sum(extent[: piece.table.heads + 1]) + RULE
        return self.tall(piece, extent)

    def _place(self, piece: Piece, extent: Extent) -> None:
        if isinstance(piece, Strip) and isinstance(extent, int):
            self._place_strip(piece, extent)
        elif isinstance(piece, Turn):
            self._turn_page()
            self.height = self._sizes.heights[piece.wide]
            self.places.append(Place(self._page, 0, self._page, 0))
        elif isinstance(piece, Grid) and isinstance(extent, tuple):
            self._place_rows(extent, sum(extent[: piece.table.heads]), RULE)
        else:
            self._place_rows((self.tall(piece, extent),), 0)

    def _place_strip(self, strip: Strip, lines: int) -> None:
        form, height = strip.form, self.height
        line = form.line or self._sizes.line
        if form.page_break and self._top:
            self._turn_page()
        top = self._top + form.before
        if top + line > height:
            self._turn_page()
            top = 0
        page, end = self._page, top + lines * line
        if end > height:
            lines -= (height - top) // line
            more, lines = divmod(lines - 1, height // line)
            self._page, end = self._page + more + 1, (lines + 1) * line
        self._top = end + form.after + _border(form)
        self.places.append(Place(page, top, self._page, self._top))

    def _place_rows(self, rows: Sequence[int], head: int, edge: int = 0) -> None:
        page, top = self._page, self._top
        if rows and self._top and self._top + rows[0] + edge > self.height:
            self._turn_page()
            page, top = self._page, 0
        breaks: list[int] = []
        for place, row in enumerate(rows):
            if self._top and self._top + row + edge > self.height:
                self._turn_page()
                breaks.append(place)
                self._top = head if place else 0
            self._top += row
            while self._top > self.height:  # a row that no page holds runs on
                self._page, self._top = self._page + 1, self._top - self.height
        self._top += edge
        self.places.append(Place(page, top, self._page, self._top, tuple(breaks)))


def _keeps(piece: Piece) -> bool:
    return piece.form.keep_next if isinstance(piece, Strip) else isinstance(piece, Grid) and piece.kept


def _on_new_page(piece: Piece) -> bool:
    return isinstance(piece, Turn) or (isinstance(piece, Strip) and piece.form.page_break)


def _whole(piece: Piece) -> bool:
    return isinstance(piece, Strip) and piece.form.keep_lines


def _border(form: Format) -> int:
    """The height of a rule below a paragraph with its distance."""
    if not form.border_below:
        return 0
    weight, _colour, space = form.border_below
    return round(weight / 8 * 20) + space * 20
