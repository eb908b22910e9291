"""Ledgers as .xlsx and as .xls, which Kingsoft .et is too."""

from collections.abc import Sequence
from io import BytesIO

import openpyxl
import xlwt

from bench.making.words import ROWS


def xlsx(rows: Sequence[Sequence[str]] = ROWS) -> bytes:
    """A ledger with a merged cell and a hidden sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "问题台账"
    for row in rows:
        sheet.append(list(row))
    sheet.merge_cells("B2:B3")
    hidden = book.create_sheet("旧表")
    hidden.append(["去年的问题"])
    hidden.sheet_state = "hidden"
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def xls(rows: Sequence[Sequence[str]] = ROWS) -> bytes:
    """The binary format, which Kingsoft .et is too."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("问题台账")
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if (number, place) not in ((1, 1), (2, 1)):
                sheet.write(number, place, cell)
    sheet.write_merge(1, 2, 1, 1, rows[1][1])
    target = BytesIO()
    book.save(target)
    return target.getvalue()
