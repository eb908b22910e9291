"""Work tables (台账、分工表): column widths from content, header rows that repeat, rows that do not split."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generators.pages import wordml
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
_LEAST = 2.7  # ems a column keeps: 序号 and a little more
_SHORT = 7.5  # ems: what is no longer reads badly on two lines
_MIDDLE = 14.0  # ems: longer entries begin at the left
_SMALLER = (10.5, 9.0, 7.5)  # points: 五号, 小五, 六号, for tables of many columns
_LOOKED_AT = 60  # rows that widths are worked out from


@dataclass(frozen=True, slots=True, eq=False)
class TableForm:
    """How a table is set: the size of its type in points, widths, padding and line in twips, its rows with every column.

    `short` are columns whose entries stand in the middle, for none of them needs a second line; `tallest` is how many lines
    a page holds, rows of more may run on; `kept`: the table stands on the page of what follows.
    """

    size: float
    line: int
    padding: int
    widths: tuple[int, ...]
    rows: tuple[tuple[Placed, ...], ...]
    heads: int
    short: tuple[bool, ...]
    tallest: float
    layout: Layout
    kept: bool = False

    @property
    def em(self) -> float:
        """An em in twips."""
        return self.size * 20


def table_form(table: Table, layout: Layout, area: Area) -> TableForm | None:
    """How a table is set, as wide as the type area; None for one without columns. Many columns are set smaller, in steps.

    Raises Refused for more columns than the page holds.
    """
    columns = max((sum(cell.columns for cell in row) for row in (*table.header, *table.rows)), default=0)
    if not columns:
        return None
    rows = (*_placed(table.header, columns), *_placed(table.rows, columns))
    cells, heads = _contents(rows, columns), len(table.header)
    line, largest = layout.number("grid", "table_line"), layout.number("sizes", "table")
    for size in (largest, *(step for step in _SMALLER if step < largest)):
        padding = round(_PADDING * size / largest)
        room = (twips(area.width) - columns * padding) / (size * 20)
        least = _least(cells, room)
        if sum(least) <= room:
            ems_wide = _widths(table.widths, cells, least, room)
            widths = tuple(round(size * 20 * wide + padding) for wide in ems_wide)
            short = tuple(_short(*column, heads) for column in zip(cells, ems_wide, strict=True))
            pitch = points(line * size / largest)
            tallest = twips(area.height) / pitch
            return TableForm(size, pitch, padding, widths, rows, heads, short, tallest, layout)
    name = table.caption or "、".join(cell.text for cell in (table.header or table.rows)[0][:3])
    wide = "请分成几张表，或去掉一些列"
    remedy = wide if area.width > area.height else "请改放在横排的附件里（附件标题后写 {横排}），或分成几张表"
    raise Refused("表格太宽，页面放不下", name, f"有 {columns} 列", remedy)


def table_xml(form: TableForm) -> str:
    """A table as WordprocessingML."""
    edges = "".join(
        f'<w:{edge} w:val="{_BORDER}" w:sz="{_EDGE}" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margin = form.padding // 2
    properties = (
        f'<w:tblW w:w="{sum(form.widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{margin}" w:type="dxa"/>'
        f'<w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar>'
    )
    lines = [_lines(row, form, WORD) for row in form.rows]
    most = form.tallest - sum(lines[: form.heads])
    rows = (
        wordml.RowForm(
            cells=[_form(cell, start, merge, form, place < form.heads) for start, cell, merge in row],
            header=place < form.heads,
            splits=lines[place] > most,
        )
        for place, row in enumerate(form.rows)
    )
    return wordml.table(form.widths, rows, properties)


def row_heights(form: TableForm, engine: Engine) -> tuple[int, ...]:
    """How high each row is, header rows first, in twips, as that program sets it."""
    return tuple(_lines(row, form, engine) * form.line + RULE for row in form.rows)


def _lines(row: tuple[Placed, ...], form: TableForm, engine: Engine) -> int:
    """How many lines a row fills."""
    most = 1
    for start, cell, merge in row:
        if merge != "continue":
            room = max(form.em, sum(form.widths[start : start + cell.columns]) - form.padding)
            most = max(most, -(-line_count(cell.text, room, room, form.em, 0.0, engine) // cell.rows))
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
"""A cell with its first column and its place in a vertical merge."""


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


def _form(cell: Cell, start: int, merge: str, table: TableForm, header: bool) -> wordml.CellForm:
    width = sum(table.widths[start : start + cell.columns])
    text = "" if merge == "continue" else cell.text
    short = table.short[start] if cell.columns == 1 else ems(text) * table.em <= width - table.padding
    align = {"左": "left", "中": "center", "右": "right"}.get(cell.align or "", "center" if header or short else "left")
    size = table.size if table.size != table.layout.number("sizes", "table") else 0.0
    face = wordml.Face(size=size) if size else wordml.PLAIN
    if header:
        face = wordml.Face(
            font=table.layout.text("fonts", "level1"), latin=table.layout.text("fonts", "latin"), size=size
        )
    form = wordml.Format(style="公文表格", line=table.line, align=align, keep_next=table.kept)
    content = "".join(wordml.paragraph(wordml.run(part, face), form) for part in text.split("\n"))
    return wordml.CellForm(content=content, width=width, columns=cell.columns, merge=merge)


def _widest(column: Column) -> float:
    """The ems that no line of a column needs to break for.

    A little over the measure: digits of stand-in faces are wider than half an em, and codes must not break at a hyphen.
    """
    return max((max(map(ems, parts)) for parts, _ in column), default=2.0) * 1.08 + 0.5


def _widths(wanted: tuple[float, ...], cells: list[Column], least: list[float], room: float) -> list[float]:
    """Column widths in ems that fill `room`: as asked, else from content so that the rows become as low as they can."""
    if len(wanted) == len(cells):
        shares = [max(share, 0.01) for share in wanted]
        return [room * share / sum(shares) for share in shares]
    widest = [_widest(column) for column in cells]
    wide = widest if sum(widest) <= room else _fewest_lines(cells, least, widest, room)
    return [each * room / sum(wide) for each in wide]


def _short(column: Column, wide: float, heads: int) -> bool:
    """Whether no entry of a column needs a second line."""
    longest = max((ems(part) for parts, row in column if row >= heads for part in parts), default=0.0)
    return longest <= min(wide, _MIDDLE)


def _least(cells: list[Column], room: float) -> list[float]:
    """The ems that each column has at least: short entries (a date, an office) stay on one line where that leaves half."""
    widest = [_widest(column) for column in cells]
    least = [min(wide, _LEAST) for wide in widest]
    whole = [wide if wide <= _SHORT else low for wide, low in zip(widest, least, strict=True)]
    return whole if sum(whole) <= room * (1 if whole == widest else 0.6) else least


Column = list[tuple[list[str], int]]
"""A column's cells: their lines as written, and the row they stand in."""


def _contents(rows: Sequence[tuple[Placed, ...]], columns: int) -> list[Column]:
    """The texts of each column; cells that span columns are left out, they find room anyway."""
    cells: list[Column] = [[] for _ in range(columns)]
    for row, placed in enumerate(rows[:_LOOKED_AT]):
        for start, cell, merge in placed:
            if merge != "continue" and cell.columns == 1:
                cells[start].append((cell.text.split("\n"), row))
    return cells


def _fewest_lines(cells: list[Column], wide: list[float], widest: list[float], room: float) -> list[float]:
    """Hand out the room an em at a time, always to the column that makes the most rows tall."""
    measured = [[(tuple(map(ems, parts)), row) for parts, row in column] for column in cells]
    heights = [_heights(column, have) for column, have in zip(measured, wide, strict=True)]
    while sum(wide) + 1.0 <= room:
        rows: dict[int, int] = {}
        for column in heights:
            for row, lines in column.items():
                rows[row] = max(rows.get(row, 1), lines)
        need = [sum(rows[row] - 1 for row, lines in column.items() if lines == rows[row]) for column in heights]
        open_ones = [place for place in range(len(wide)) if wide[place] < widest[place]]
        if not open_ones:
            break
        best = max(open_ones, key=lambda place: (need[place], widest[place] - wide[place]))
        wide[best] += 1.0
        heights[best] = _heights(measured[best], wide[best])
    return wide


def _heights(column: list[tuple[tuple[float, ...], int]], wide: float) -> dict[int, int]:
    """How many lines each row of a column fills at a width in ems."""
    return {row: sum(max(1, -int(-part // max(wide, 1.0))) for part in parts) for parts, row in column}
