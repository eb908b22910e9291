"""Registers written out: 发文登记簿, 收文登记簿 and the book of other numbers, as pages and as spreadsheets."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from archive.life import DEADLINE
from desk import rooms
from desk.answers.registering import BookWritten
from desk.offices import Workspace, open_workspace
from generators.pages.layout import Layout, load_layout
from generators.pages.sheets import write_pages, write_workbook
from model.errors import CommandError, Refused
from model.records import Record
from model.registers import Book, Registration
from model.sheets import Column, Sheet
from model.wording import is_day
from storage.files import replace_file
from templates import files

_CENTRED = {"序号", "份数", "附件数", "发文日期", "收文日期", "办理期限", "办结日期", "日期", "密级", "紧急程度"}


def write_book(folder: Path, book: Book, *, year: int, output: Path) -> BookWritten:
    """Write a register of one year to a .docx or .xlsx; void numbers stand in their place."""
    workspace = open_workspace(folder)
    with rooms.reading(workspace) as opened:
        entries = opened.registry.entries(book, year)
        filed = {record.id: record for record in opened.strongroom.records()}
    title, columns = _columns(workspace, book)
    rows = tuple(_row(entry, number, columns, filed) for number, entry in enumerate(entries, 1))
    sheet = Sheet(title=f"{workspace.office.name}{year}年{title}", columns=columns, rows=rows)
    write_sheet(workspace, sheet, output)
    return BookWritten(path=output, title=sheet.title, rows=len(rows))


def write_sheet(workspace: Workspace, sheet: Sheet, output: Path) -> None:
    """Write a table by the ending of the name, .docx or .xlsx; an existing file is left alone. Raises Refused, CommandError."""
    endings = {".docx": lambda: write_pages(sheet, layout_of(workspace)), ".xlsx": lambda: write_workbook((sheet,))}
    make = endings.get(output.suffix.lower())
    if make is None:
        raise CommandError("不知道写成什么", str(output), "文件名要以 .docx 或 .xlsx 结尾", "请改 -o 后面的名字")
    if output.exists():
        raise Refused("没有写出", str(output), "已经有同名的文件", "请换一个名字")
    output.parent.mkdir(parents=True, exist_ok=True)
    replace_file(output, make())


def layout_of(workspace: Workspace | None) -> Layout:
    """The office's layout profile, the standard's outside an office."""
    if workspace is None:
        return load_layout()
    return load_layout(workspace.office.layout, (workspace.layouts,))


def _columns(workspace: Workspace, book: Book) -> tuple[str, tuple[Column, ...]]:
    own = workspace.root / "templates" / "registers.toml"
    path = own if own.is_file() else files.path("registers.toml")
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))[book.value]
        columns = (Column(str(name), float(width), "中" if name in _CENTRED else "左") for name, width in told["栏目"])
        return str(told["题目"]), tuple(columns)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise Refused("读不懂登记簿的栏目", str(path), str(error), "请照原表改正") from None


def _row(
    entry: Registration, number: int, columns: tuple[Column, ...], filed: dict[str, Record]
) -> tuple[str | int, ...]:
    """One line; a column that nobody filled stays empty."""
    record = filed.get(entry.record or "")
    closed = entry.step("办结")
    dated = _day(entry.on)
    known: dict[str, str | int] = {
        "序号": number,
        "发文日期": dated,
        "收文日期": dated,
        "日期": dated,
        "发文字号": entry.text,
        "收文编号": entry.text,
        "编号": entry.text,
        "标题": entry.title,
        "事项": entry.title,
        "登记人": step.who if (step := entry.step("登记")) else "",
        "归档情况": record.code if record else "",
        "密级": (record.description.secrecy if record else None) or "",
        "办结日期": _day(closed.on) if closed else "",
        "办理结果": closed.note if closed else "",
        "备注": f"作废：{entry.voided}" if entry.voided else "",
    }
    if (until := entry.fact(DEADLINE)) and is_day(until):
        day = date.fromisoformat(until)
        known[DEADLINE] = _day(day) if day.year == entry.year else until
    return tuple(known.get(column.name) or entry.fact(column.name) for column in columns)


def _day(day: date) -> str:
    """The year stands in the title."""
    return f"{day.month}月{day.day}日"
