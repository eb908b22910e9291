"""Spreadsheets (.xlsx, .xls, Kingsoft .et) through calamine; comments and text boxes of .xlsx from the package."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO

from indexer.texts.formats.members import embedded
from indexer.texts.formats.package import Package
from indexer.texts.jobs import Encrypted, Job, TooLarge
from model.texts import TextPage

_CELLS = 20_000_000  # of one sheet, from its first used corner to its last: calamine takes them all into memory
_FILLED = re.compile(rb"""<(?:\w+:)?c\s[^>]*?r=["']([A-Z]{1,3})(\d{1,7})["'][^>]*(?<!/)>""")
_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml")
_BESIDE = (
    ("批注", re.compile(r"xl/(?:threadedC|c)omments/?[^/]*\.xml", re.I)),
    ("文本框", re.compile(r"xl/drawings/[^/]+\.xml", re.I)),
)


def read_xlsx(content: bytes, job: Job) -> Iterator[TextPage]:
    """Sheets, then comments and text boxes."""
    package = Package(content)
    for name in package.names:
        if _SHEETS.fullmatch(name):
            _check_extent(package.read(name))
    yield from _sheets(content, job)
    for label, names in _BESIDE:
        parts = sorted(name for name in package.names if names.fullmatch(name))
        if blocks := job.blocks(line for name in parts for line in _paragraphs(package, name)):
            yield TextPage(label, blocks, beside=True)
    if package.find("xl/vbaProject.bin"):
        job.remark("含宏，没有运行")
    yield from embedded(package, job)


def read_xls(content: bytes, job: Job) -> Iterator[TextPage]:
    """Sheets of the binary format."""
    yield from _sheets(content, job)


def _sheets(content: bytes, job: Job) -> Iterator[TextPage]:
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
    except PasswordError as error:
        raise Encrypted from error
    for about in book.sheets_metadata:
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        hidden = "" if about.visible is SheetVisibleEnum.Visible else "（隐藏）"
        sheet = book.get_sheet_by_name(about.name)
        first = sheet.start[0] + 1 if sheet.start else 1
        rows = enumerate(sheet.to_python(skip_empty_area=True), first)
        yield TextPage(f"工作表“{about.name}”{hidden}", job.blocks((_row(row), f"第{n}行") for n, row in rows))


def _row(cells: Iterable[object]) -> str:
    return "\t".join(_cell(cell) for cell in cells).rstrip("\t")


def _cell(value: object) -> str:
    """A cell as a person reads it: whole numbers without .0, days without midnight."""
    if isinstance(value, str):
        return value.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return str(value.date()) if value.time() == time() else f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date | time | timedelta):
        return str(value)
    return "" if value is None else str(value)


def _check_extent(sheet: bytes) -> None:
    """Refuse a sheet whose filled cells lie so far apart that the area between them would not fit into memory."""
    rows: set[int] = set()
    columns: set[bytes] = set()
    for column, row in _FILLED.findall(sheet):
        columns.add(column)
        rows.add(int(row))
    if rows:
        width = max(map(_column, columns)) - min(map(_column, columns)) + 1
        if (max(rows) - min(rows) + 1) * width > _CELLS:
            raise TooLarge(f"单元格散得太开（到第{max(rows)}行），请删去末尾的空行空列再试")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _paragraphs(package: Package, name: str) -> Iterator[str]:
    """The texts of a comments part, or of a drawing's shapes."""
    root = package.xml(name)
    tags = ("{*}comment", "{*}threadedComment") if "omment" in name else ("{*}p",)
    for element in root.iter(*tags):
        yield "".join(part.text or "" for part in element.iter("{*}t", "{*}text") if part.text)
