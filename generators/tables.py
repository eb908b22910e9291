"""Work tables (台账、分工表): column widths from content, header rows that repeat, rows that do not split."""

from __future__ import annotations

from collections.abc import Iterator

from generators import wordml
from generators.layout import Layout
from generators.widths import ems
from model.documents import Cell, Table

_PADDING = 160  # twips left and right of a cell's text, together
_BORDER = "single"


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
    """Column widths in twips that fill `width`: as asked, else by content, none narrower than its longest word needs."""
    if len(table.widths) == columns:
        wants = [max(share, 0.01) for share in table.widths]
        return [round(width * want / sum(wants)) for want in wants]
    em = layout.number("sizes", "table") * 20
    least, wants = [em * 2 + _PADDING] * columns, [em * 2 + _PADDING] * columns
    for header, rows in ((True, table.header), (False, table.rows)):
        for row in _placed(rows, columns):
            for start, cell, merge in row:
                if merge != "continue" and cell.columns == 1:
                    longest = max(ems(part) for part in cell.text.split("\n")) * em + _PADDING
                    wants[start] = max(wants[start], longest)
                    floor = min(longest, em * (4 if header else 6) + _PADDING)
                    least[start] = max(least[start], floor)
    if sum(wants) <= width:
        return [round(want * width / sum(wants)) for want in wants]
    if sum(least) >= width:
        return [round(floor * width / sum(least)) for floor in least]
    # What the narrow columns leave is shared by the square root of what each long one still wants: texts wrap anyway.
    spare = width - sum(least)
    weights = [(want - floor) ** 0.5 for want, floor in zip(wants, least, strict=True)]
    return [round(floor + spare * weight / sum(weights)) for floor, weight in zip(least, weights, strict=True)]
