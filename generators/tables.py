"""Work tables (台账、分工表): column widths from content, header rows that repeat, rows that do not split."""

from __future__ import annotations

from collections.abc import Iterator

from generators import wordml
from generators.layout import Layout
from generators.widths import ems
from model.documents import Cell, Table

_PADDING = 160  # twips left and right of a cell's text, together
_BORDER = "single"
_LEAST = 3.0  # ems a narrow column keeps: 序号 and a little more
_LOOKED_AT = 60  # rows that widths are worked out from


def write_table(table: Table, layout: Layout, width: int) -> str:
    """A table as wide as the text area (`width` in twips)."""
    columns = max((sum(cell.columns for cell in row) for row in (*table.header, *table.rows)), default=0)
    if not columns:
        return ""
    widths = _widths(table, columns, layout, width)
    size = layout.number("sizes", "table")
    edges = "".join(
        f'<w:{edge} w:val="{_BORDER}" w:sz="4" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    properties = (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{_PADDING // 2}" w:type="dxa"/>'
        f'<w:right w:w="{_PADDING // 2}" w:type="dxa"/></w:tblCellMar>'
    )
    line = wordml.points(layout.number("grid", "table_line"))
    rows = [(True, row) for row in _placed(table.header, columns)] + [
        (False, row) for row in _placed(table.rows, columns)
    ]
    told = (
        (header, (_form(cell, start, merge, widths, header, line, size, layout) for start, cell, merge in row), 0)
        for header, row in rows
    )
    return wordml.table(widths, told, properties)


def row_lines(table: Table, layout: Layout, width: int) -> tuple[int, ...]:
    """How many lines each row fills, header rows first, in a table `width` twips wide."""
    columns = max((sum(cell.columns for cell in row) for row in (*table.header, *table.rows)), default=0)
    if not columns:
        return ()
    widths, em = _widths(table, columns, layout, width), layout.number("sizes", "table") * 20
    found = []
    for row in (*_placed(table.header, columns), *_placed(table.rows, columns)):
        lines = 1
        for start, cell, merge in row:
            if merge != "continue":
                room = max(em, sum(widths[start : start + cell.columns]) - _PADDING)
                parts = sum(max(1, -int(-ems(part) * em // room)) for part in cell.text.split("\n"))
                lines = max(lines, -(-parts // cell.rows))
        found.append(lines)
    return tuple(found)


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


def _form(
    cell: Cell, start: int, merge: str, widths: list[int], header: bool, line: int, size: float, layout: Layout
) -> wordml.CellForm:
    width = sum(widths[start : start + cell.columns])
    text = "" if merge == "continue" else cell.text
    short = ems(text) * size * 20 <= width - _PADDING and "\n" not in text
    align = {"左": "left", "中": "center", "右": "right"}.get(cell.align or "", "center" if header or short else "left")
    face = (
        wordml.Face(font=layout.text("fonts", "level1"), latin=layout.text("fonts", "latin"))
        if header
        else wordml.PLAIN
    )
    form = wordml.Format(style="公文表格", line=line, align=align)
    content = "".join(wordml.paragraph(wordml.run(part, face), form) for part in text.split("\n"))
    return wordml.CellForm(content=content, width=width, columns=cell.columns, merge=merge)


def _widths(table: Table, columns: int, layout: Layout, width: int) -> list[int]:
    """Column widths in twips that fill `width`: as asked, else from content so that the rows become as low as they can."""
    if len(table.widths) == columns:
        wants = [max(share, 0.01) for share in table.widths]
        return [round(width * want / sum(wants)) for want in wants]
    em = layout.number("sizes", "table") * 20
    room = (width - columns * _PADDING) / em
    cells = _contents(table, columns)
    # A little over the measure: digits of stand-in faces are wider than half an em, and codes must not break at a hyphen.
    widest = [max((max(map(ems, parts)) for parts, _ in column), default=2.0) * 1.08 + 0.5 for column in cells]
    if sum(widest) <= room:
        share = room / max(sum(widest), 1.0)
        return [round(em * want * share + _PADDING) for want in widest]
    ems_wide = _fewest_lines(cells, [min(want, _LEAST) for want in widest], widest, room)
    return [round(em * wide * room / sum(ems_wide) + _PADDING) for wide in ems_wide]


Column = list[tuple[list[str], int]]
"""A column's cells: their lines as written, and the row they stand in."""


def _contents(table: Table, columns: int) -> list[Column]:
    """The texts of each column; cells that span columns are left out, they find room anyway."""
    cells: list[Column] = [[] for _ in range(columns)]
    for row, placed in enumerate((*_placed(table.header, columns), *_placed(table.rows, columns))):
        for start, cell, merge in placed:
            if merge != "continue" and cell.columns == 1 and row < _LOOKED_AT:
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
