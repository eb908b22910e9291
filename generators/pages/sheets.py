"""Work tables as landscape pages and as spreadsheets; the same values in both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from generators.pages.layout import Layout
from generators.pages.writer import write
from model.documents import Block, Cell, Document, Paragraph, RedHead, Run, Table
from model.errors import Refused
from model.sheets import Sheet

_FACE = "仿宋_GB2312"
_CREATED = datetime(2000, 1, 1)
"""The day that files of ours bear inside, so that the same table gives the same bytes."""
_LONGEST = 32_767  # characters that a cell of a spreadsheet holds


def write_pages(sheet: Sheet, layout: Layout) -> bytes:
    """A .docx of landscape pages, the header row repeated on each."""
    return write(_document(sheet), layout)


def _document(sheet: Sheet) -> Document:
    body: list[Block] = [Paragraph((Run(line),), flush=True) for line in sheet.above]
    body.append(
        Table(
            header=(tuple(Cell(column.name, align="中") for column in sheet.columns),),
            rows=tuple(
                tuple(Cell(str(value), align=column.align) for column, value in zip(sheet.columns, row, strict=True))
                for row in sheet.rows
            ),
            widths=tuple(column.width for column in sheet.columns),
        )
    )
    body += [Paragraph((Run(line),), flush=True) for line in sheet.below]
    return Document(title=sheet.title, red_head=RedHead.NONE, landscape=True, body=tuple(body))


def write_workbook(sheets: Sequence[Sheet]) -> bytes:
    """A .xlsx with a worksheet each: landscape A4, header row frozen and repeated, one page wide. The same values give the same bytes.

    Texts stay texts: nothing that begins with = becomes a formula, no number of ours an exponent.
    """
    from xlsxwriter import Workbook

    target = BytesIO()
    plainly = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    book = Workbook(target, {"in_memory": True} | plainly)
    book.set_properties({"created": _CREATED})
    faces = _Faces(book)
    names: set[str] = set()
    for sheet in sheets:
        _fill(book.add_worksheet(_name(sheet.title, names)), sheet, faces)
    book.close()
    return target.getvalue()


class _Faces:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        cell = {"font_name": _FACE, "font_size": 11, "border": 1, "text_wrap": True, "valign": "vcenter"}
        self.cells = {
            align: book.add_format(cell | {"align": name})
            for align, name in (("左", "left"), ("中", "center"), ("右", "right"))
        }
        self.head = book.add_format(cell | {"font_name": "黑体", "align": "center"})
        self.title = book.add_format(
            {"font_name": "方正小标宋简体", "font_size": 18, "align": "center", "valign": "vcenter"}
        )
        self.plain = book.add_format({"font_name": _FACE, "font_size": 11})


def _fill(page: Any, sheet: Sheet, faces: _Faces) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.merge_range(0, 0, 0, max(1, len(sheet.columns) - 1), sheet.title, faces.title)
    page.set_row(0, 32)
    top = 1 + len(sheet.above)
    lines = [*enumerate(sheet.above, 1), *enumerate(sheet.below, top + 1 + len(sheet.rows))]
    for line, text in lines:
        page.write_string(line, 0, text, faces.plain)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width * 1.8)
        page.write_string(top, place, column.name, faces.head)
    page.repeat_rows(top)
    page.freeze_panes(top + 1, 0)
    for line, row in enumerate(sheet.rows, top + 1):
        for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            _put(page, line, place, value, faces.cells[column.align])


def _put(page: Any, line: int, place: int, value: str | int, face: Any) -> None:
    if isinstance(value, int):
        page.write_number(line, place, value, face)
        return
    if len(value) > _LONGEST:
        raise Refused("没有写出表格", value[:20], f"这一格有 {len(value)} 字，超过电子表格的上限", "请缩短这一项")
    if value:
        page.write_string(line, place, value, face)
    else:
        page.write_blank(line, place, None, face)


def _name(title: str, taken: set[str]) -> str:
    """A worksheet's name: at most 31 characters, none of those that Excel refuses, each once."""
    base = re.sub(r"[\[\]:*?/\\']", "", title)[:28] or "表"
    name = next(name for name in (base, *(f"{base}({n})" for n in range(2, 100))) if name not in taken)
    taken.add(name)
    return name
