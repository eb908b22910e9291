"""Cataloguing: 归档文件目录, boxes, and what is printed for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from archive import cataloguing
from archive.boxing import shelf_of
from archive.numbers import NO_FONDS
from archive.registry import Clerk
from desk import rooms
from desk.answers.cataloguing import Boxed, Printed
from desk.books import layout_of, write_sheet
from desk.offices import Workspace, open_workspace
from generators.pages.labels import write_front, write_notes, write_spines, write_stamps
from generators.pages.sheets import write_workbook
from model.boxes import Box, Shelf, Spine, Stamp
from model.errors import CommandError, NotFound, Refused
from model.naming import safe_name
from model.records import Record, RecordFilter, Retention
from model.sheets import Column, Sheet
from storage.files import replace_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which class: None: any. retention: 永久, 30年 or 10年, or their codes."""

    year: int | None = None
    retention: str | None = None
    department: str | None = None


def catalogue(folder: Path, which: Which, output: Path) -> Printed:
    """归档文件目录: one class to a file (.docx, .xlsx), or every class that fits into a folder, in both forms."""
    workspace = open_workspace(folder)
    classes = _classes(workspace, which)
    if output.suffix.lower() in (".docx", ".xlsx"):
        if len(classes) > 1:
            names = "、".join(_name(workspace, shelf) for shelf in classes)
            raise CommandError(
                "一个目录只能是一类",
                str(output),
                f"这里有{names}",
                "请用 --year、--retention、--department 选定，或让 -o 是一个文件夹",
            )
        ((shelf, records),) = classes.items()
        write_sheet(workspace, catalogue_sheet(workspace, shelf, records), output)
        return Printed(paths=(output,))
    made = []
    for shelf, records in classes.items():
        sheet = catalogue_sheet(workspace, shelf, records)
        for ending in ("docx", "xlsx"):
            path = output / f"{safe_name(sheet.title)} {safe_name(_name(workspace, shelf))}.{ending}"
            write_sheet(workspace, sheet, path)
            made.append(path)
    return Printed(paths=tuple(made))


def catalogue_sheet(workspace: Workspace, shelf: Shelf, records: list[Record]) -> Sheet:
    """The catalogue of one class, with what its cover says above it."""
    office = workspace.office
    department = f"　机构（问题）：{_department(workspace, shelf)}" if shelf.department else ""
    above = (
        f"全宗号：{office.fonds or NO_FONDS}　全宗名称：{office.name}",
        f"年度：{shelf.year}　保管期限：{Retention(shelf.retention).chinese}{department}",
    )
    return cataloguing.catalogue(records, office, "归档文件目录", above)


def _classes(workspace: Workspace, which: Which) -> dict[Shelf, list[Record]]:
    """The records that fit, by class. Raises NotFound when there are none."""
    with rooms.reading(workspace) as opened:
        found = chosen(workspace, opened, which)
    classes: dict[Shelf, list[Record]] = {}
    for record in found:
        classes.setdefault(shelf_of(record, workspace.office.department), []).append(record)
    return dict(sorted(classes.items(), key=lambda pair: (pair[0].year, pair[0].retention, pair[0].department)))


def chosen(workspace: Workspace, opened: rooms.Rooms, which: Which) -> list[Record]:
    """The records that fit, in the order of their classes and 件号. Raises NotFound when there are none."""
    wanted = retention_of(which.retention)
    fitting = [
        record
        for record in opened.strongroom.records(RecordFilter(year=which.year))
        if (wanted is None or record.description.retention is wanted)
        and which.department in (None, shelf_of(record, workspace.office.department).department)
    ]
    if not fitting:
        raise NotFound("没有符合条件的件", str(which.year or ""), "", "请用 juanzong archive list 查看")
    return sorted(fitting, key=lambda record: (record.register, record.item))


def retention_of(text: str | None) -> Retention | None:
    """A period as people write it. Raises CommandError."""
    if text is None:
        return None
    found = next((r for r in Retention if text in (r.value, r.chinese, r.chinese.removesuffix("年"))), None)
    if found is None:
        raise CommandError("保管期限看不懂", text, "", "请写 永久、30年 或 10年")
    return found


def _department(workspace: Workspace, shelf: Shelf) -> str:
    return dict(workspace.office.departments).get(shelf.department, shelf.department)


def _name(workspace: Workspace, shelf: Shelf) -> str:
    department = f" {_department(workspace, shelf)}" if shelf.department else ""
    return f"{shelf.year}年 {Retention(shelf.retention).chinese}{department}"


def fill(folder: Path, which: Which, thickness: int, *, on: date) -> Boxed:
    """Put what lies in no box yet into boxes, class by class."""
    workspace = open_workspace(folder)
    classes = _classes(workspace, which)
    made: list[Box] = []
    with rooms.writing(workspace) as opened:
        for shelf, records in classes.items():
            made += opened.boxes.put(shelf, records, thickness, Clerk(opened.who, opened.now), on)
    return Boxed(boxes=tuple(made), loose=0)


def boxes(folder: Path) -> Boxed:
    """All boxes, and how many records lie in none."""
    workspace = open_workspace(folder)
    with rooms.reading(workspace) as opened:
        held, records = opened.boxes.all(), opened.strongroom.records()
    own = workspace.office.department
    loose = sum(not any(_lies_in(record, box, own) for box in held) for record in records)
    return Boxed(boxes=held, loose=loose)


def _lies_in(record: Record, box: Box, department: str | None) -> bool:
    return shelf_of(record, department) == box.shelf and box.first <= record.item <= box.last


def note(folder: Path, number: int, **said: Any) -> Boxed:
    """Say what the 备考表 is to say."""
    told = {name: value for name, value in said.items() if value is not None}
    with rooms.writing(open_workspace(folder)) as opened:
        return Boxed(boxes=(opened.boxes.note(number, Clerk(opened.who, opened.now), **told),), loose=0)


def print_boxes(folder: Path, numbers: tuple[int, ...], output: Path) -> Printed:
    """Everything that goes on and into boxes, into a folder: front, spines, 备考表, catalogue, 归档章 and its data."""
    workspace = open_workspace(folder)
    with rooms.reading(workspace) as opened:
        held = [opened.boxes.box(number) for number in numbers] if numbers else list(opened.boxes.all())
        records = opened.strongroom.records()
    if not held:
        raise NotFound("还没有装盒", "", "", "请先运行 juanzong box fill")
    office, layout = workspace.office, layout_of(workspace)
    inside = {box.number: [r for r in records if _lies_in(r, box, office.department)] for box in held}
    stamps = [_stamp(workspace, record) for box in held for record in inside[box.number]]
    made: dict[str, Callable[[], bytes]] = {
        "盒封面.docx": lambda: write_front(office.name, layout),
        "盒脊.docx": lambda: write_spines([_spine(workspace, box) for box in held], layout),
        "备考表.docx": lambda: write_notes(held, layout),
        "归档章.docx": lambda: write_stamps(stamps, layout),
        "归档章数据.xlsx": lambda: write_workbook((_stamp_sheet(stamps),)),
    }
    taken = [output / name for name in made if (output / name).exists()]
    if taken:
        raise Refused("没有打印", str(taken[0]), "这里已经有同名的文件", "请用 -o 指定另一个文件夹")
    output.mkdir(parents=True, exist_ok=True)
    for name, make in made.items():
        replace_file(output / name, make())
    for box in held:
        path = output / f"盒内目录 第{box.number}盒.docx"
        write_sheet(workspace, catalogue_sheet(workspace, box.shelf, inside[box.number]), path)
    listed = (output / f"盒内目录 第{box.number}盒.docx" for box in held)
    return Printed(paths=(*(output / name for name in made), *listed))


def _spine(workspace: Workspace, box: Box) -> Spine:
    return Spine(
        fonds=workspace.office.fonds or NO_FONDS,
        year=str(box.shelf.year),
        retention=Retention(box.shelf.retention).chinese,
        department=_department(workspace, box.shelf),
        items=f"{box.first:04d}\n—\n{box.last:04d}",
        number=str(box.number),
        thickness=box.thickness,
    )


def _stamp(workspace: Workspace, record: Record) -> Stamp:
    shelf = shelf_of(record, workspace.office.department)
    pages = record.description.pages
    return Stamp(
        fonds=workspace.office.fonds or NO_FONDS,
        year=str(shelf.year),
        item=f"{record.item:04d}",
        department=_department(workspace, shelf),
        retention=record.description.retention.chinese,
        pages=str(pages) if pages is not None else "",
    )


def _stamp_sheet(stamps: list[Stamp]) -> Sheet:
    names = ("全宗号", "年度", "件号", "机构（问题）", "保管期限", "页数")
    rows = tuple((s.fonds, s.year, s.item, s.department, s.retention, s.pages) for s in stamps)
    return Sheet(title="归档章数据", columns=tuple(Column(name, 8, "中") for name in names), rows=rows)
