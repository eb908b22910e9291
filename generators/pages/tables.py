"""Work tables (台账、分工表): column widths from content, header rows that repeat, rows that do not split."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generators.pages import wordml
from generators.pages.columns import CARES, CROWDED, Care, Columns, Entry, heading_width
from generators.pages.layout import Layout
from generators.pages.linebreaking import WORD, Engine, line_count
from generators.pages.sections import Area
from generators.pages.widths import ems
from generators.pages.wordml import points, twips
from model.documents import Cell, Table
from model.errors import Refused

_PADDING = 160  # twips left and right of a cell's text, together
_BORDER, _EDGE = "single", 4  # eighths of a point
RULE = 10  # twips that a row's rule adds to it
_FOOT = 50  # twips below a cell's last line: an exact line has that much less below its characters than above
_MIDDLE = 14.0  # ems: longer entries begin at the left
_SMALLER = (10.5, 9.0, 7.5)  # points: 五号, 小五, 六号, for tables of many columns
_DISLIKED = {10.5: (1.06, 60.0), 9.0: (1.2, 200.0)}
"""By how much the height of a table in smaller type counts for more, and how many points it must save besides."""
_LOW = 3.5  # lines of a row
_LOOKED_AT = 60  # rows that widths are worked out from
_ALIGNED = {"左": "left", "中": "center", "右": "right"}


@dataclass(frozen=True, slots=True, eq=False)
class TableForm:
    """How a table is set: the size of its type in points, widths, padding and line in twips, its rows with every column.

    `faces` are those of entries and of the header; `short` are columns whose entries stand in the middle, for none of them
    needs a second line; `tallest` is the height of a page, taller rows may run on.
    """

    size: float
    line: int
    padding: int
    widths: tuple[int, ...]
    rows: tuple[tuple[Placed, ...], ...]
    heads: int
    short: tuple[bool, ...]
    tallest: int
    faces: tuple[wordml.Face, wordml.Face]

    @property
    def em(self) -> float:
        """An em in twips."""
        return self.size * 20

    def width(self, start: int, columns: int) -> int:
        """The width of a cell of so many columns."""
        return self.widths[start] if columns == 1 else sum(self.widths[start : start + columns])


def table_form(table: Table, layout: Layout, area: Area) -> TableForm | None:
    """How a table is set, as wide as the type area; None for one without columns. Many columns are set smaller, in steps.

    Raises Refused for more columns than the page holds.
    """
    columns = max((sum(cell.columns for cell in row) for row in (*table.header, *table.rows)), default=0)
    if not columns:
        return None
    rows = (*_placed(table.header, columns), *_placed(table.rows, columns))
    told, heads = Columns(_contents(rows, columns), len(table.header)), len(table.header)
    setting = _best_setting(told, columns, table.widths, layout, area)
    if setting:
        size, padding, wide = setting
        widths = tuple(round(size * 20 * each + padding) for each in wide)
        short = tuple(long <= min(each, _MIDDLE) for long, each in zip(told.longest, wide, strict=True))
        pitch = points(layout.number("grid", "table_line") * size / layout.number("sizes", "table"))
        return TableForm(
            size, pitch, padding, widths, rows, heads, short, twips(area.height), _faces(size, layout)
        )  # fmt: skip
    name = table.caption or "、".join(cell.text for cell in (table.header or table.rows)[0][:3])
    apart = "请分成几张表，或去掉一些列"
    remedy = apart if area.width > area.height else "请改放在横排的附件里（附件标题后写 {横排}），或分成几张表"
    raise Refused("表格太宽，页面放不下", name, f"有 {columns} 列", remedy)


def _faces(size: float, layout: Layout) -> tuple[wordml.Face, wordml.Face]:
    smaller = size if size != layout.number("sizes", "table") else 0.0
    black, latin = layout.text("fonts", "level1"), layout.text("fonts", "latin")
    return wordml.Face(size=smaller), wordml.Face(font=black, latin=latin, size=smaller)


def table_xml(form: TableForm, *, kept: bool) -> str:
    """A table as WordprocessingML; `kept`: on the page of what follows."""
    edges = "".join(
        f'<w:{edge} w:val="{_BORDER}" w:sz="{_EDGE}" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margin = form.padding // 2
    properties = (
        f'<w:tblW w:w="{sum(form.widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{margin}" w:type="dxa"/>'
        f'<w:bottom w:w="{_FOOT}" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar>'
    )
    heights = row_heights(form, WORD)
    most = form.tallest - sum(heights[: form.heads])
    rows = (
        wordml.RowForm(
            cells=[_form(placed, form, place < form.heads, kept) for placed in row],
            header=place < form.heads,
            splits=heights[place] > most,
        )
        for place, row in enumerate(form.rows)
    )
    return wordml.table(form.widths, rows, properties)


@lru_cache(maxsize=8)
def row_heights(form: TableForm, engine: Engine) -> tuple[int, ...]:
    """How high each row is, header rows first, in twips, as that program sets it."""
    return tuple(_lines(row, form, engine) * form.line + _FOOT + RULE for row in form.rows)


def _lines(row: tuple[Placed, ...], form: TableForm, engine: Engine) -> int:
    """How many lines a row fills."""
    most, em = 1, form.em
    for start, cell, merge in row:
        if merge != "continue":
            room = max(em, form.width(start, cell.columns) - form.padding)
            most = max(most, -(-line_count(cell.text, room, room, em, 0.0, engine) // cell.rows))
    return most


def placed_rows(rows: tuple[tuple[Cell, ...], ...]) -> list[list[Cell]]:
    """Each row with a cell for every column; where a cell goes on, its other places are empty cells."""
    columns = max((sum(cell.columns for cell in row) for row in rows), default=0)
    told = []
    for row in _placed(rows, columns):
        cells = [Cell("")] * columns
        for start, cell, merge in row:
            if merge != "continue":
                cells[start] = cell
        told.append(cells)
    return told


Placed = tuple[int, Cell, str]
"""A cell with its first column and its place in a vertical merge: restart, continue, none, or what `_AGAIN` tells."""

_AGAIN = {"again": "restart", "alone": ""}
"""A cell that says the name of its group again overleaf, with and without rows below it."""


def _placed(rows: tuple[tuple[Cell, ...], ...], columns: int) -> Iterator[tuple[Placed, ...]]:
    """Each row with every column filled: a cell that spans rows goes on as `continue` below; short rows are filled up."""
    running: dict[int, tuple[int, Cell]] = {}
    for row in rows:
        placed: list[Placed] = []
        cells, column = list(row), 0
        while column < columns:
            if column in running:
                left, cell = running.pop(column)
                placed.append((column, cell, "continue"))
                if left > 1:
                    running[column] = (left - 1, cell)
            else:
                cell = cells.pop(0) if cells else Cell("")
                placed.append((column, cell, "restart" if cell.rows > 1 else ""))
                if cell.rows > 1:
                    running[column] = (cell.rows - 1, cell)
            column += cell.columns
        yield tuple(placed)


def _form(placed: Placed, table: TableForm, header: bool, kept: bool) -> wordml.CellForm:
    start, cell, merge = placed
    width = table.width(start, cell.columns)
    text = "" if merge == "continue" else cell.text
    short = table.short[start] if cell.columns == 1 else ems(text) * table.em <= width - table.padding
    align = _ALIGNED.get(cell.align or "", "center" if header or short else "left")
    side = _side(text, width - table.padding, table.em) if header else 0
    style = "公文续格" if merge in _AGAIN else "公文表格"
    form = wordml.Format(style, kept, line=table.line, left=side, right=side, align=align)
    face = table.faces[header]
    content = "".join(wordml.paragraph(wordml.run(part, face), form) for part in text.split("\n"))
    return wordml.CellForm(content=content, width=width, columns=cell.columns, merge=_AGAIN.get(merge, merge))


def _side(heading: str, room: float, em: float) -> int:
    """What a heading leaves free on each side, in twips, to break between words."""
    return int((room - heading_width(heading, room / em) * em) / 2)


Setting = tuple[float, int, list[float]]
"""Size of type in points, padding in twips, widths in ems."""


def _best_setting(told: Columns, columns: int, wanted: tuple[float, ...], layout: Layout, area: Area) -> Setting | None:
    """The setting that makes the table low, with large type and nothing broken that should stay whole; None: too wide.

    A table whose rows are low anyway is set in the largest type with the greatest care.
    """
    largest, best, least_cost = layout.number("sizes", "table"), None, math.inf
    sizes = [largest, *(step for step in _SMALLER if step < largest)]
    for size in sizes[:-1]:
        padding, room = _room(size, largest, columns, area)
        for care in _cares(told, room):
            wide = _asked(wanted, columns, room) or told.shared(told.least(care), room)
            lines, rows = told.lines(wide)
            if size == largest and lines <= _LOW * rows:
                return size, padding, wide
            higher, price = _DISLIKED.get(size, (1.0, 0.0))
            cost = lines * size * higher + price + care.price
            if cost < least_cost:
                best, least_cost = (size, padding, wide), cost
    return best or _crowded(told, columns, wanted, sizes, area)


def _cares(told: Columns, room: float) -> Iterator[Care]:
    """The greatest care that the room allows, and the least."""
    greatest = next((care for care in CARES if sum(told.least(care)) <= room), None)
    if greatest:
        yield greatest
        least = next(care for care in reversed(CARES) if sum(told.least(care)) <= room)
        yield from () if least is greatest else (least,)


def _crowded(
    told: Columns, columns: int, wanted: tuple[float, ...], sizes: Sequence[float], area: Area
) -> Setting | None:
    """The largest type that a table of too many columns finds room in, dates broken at their seams."""
    for care in (CROWDED, None):
        for size in sizes:
            padding, room = _room(size, sizes[0], columns, area)
            least = told.least(care) if care else told.bare()
            if sum(least) <= room * (0.9 if care else 1.0):
                return size, padding, _asked(wanted, columns, room) or told.shared(least, room)
    return None


def _room(size: float, largest: float, columns: int, area: Area) -> tuple[int, float]:
    """Padding in twips, less in smaller type, and the room for all columns in ems."""
    padding = round(_PADDING * (size / largest) ** 2)
    return padding, (twips(area.width) - columns * padding) / (size * 20)


def _asked(wanted: tuple[float, ...], columns: int, room: float) -> list[float]:
    """Widths in ems that fill `room` as the paper asks for them; none where it does not say."""
    if len(wanted) != columns:
        return []
    shares = [max(share, 0.01) for share in wanted]
    return [room * share / sum(shares) for share in shares]


def _contents(rows: Sequence[tuple[Placed, ...]], columns: int) -> list[list[Entry]]:
    """The entries of each column; cells that span columns are left out, they find room anyway."""
    cells: list[list[Entry]] = [[] for _ in range(columns)]
    for row, placed in enumerate(rows[:_LOOKED_AT]):
        for start, cell, merge in placed:
            if merge != "continue" and cell.columns == 1:
                cells[start].append((tuple(cell.text.split("\n")), row, cell.rows))
    return cells
