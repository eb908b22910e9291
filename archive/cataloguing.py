"""归档文件目录 and 移交清单 (DA/T 22-2015 5.5): records as the lines of the lists that go with them."""

from __future__ import annotations

from collections.abc import Iterable

from model.offices import Office
from model.records import Record
from model.sheets import Column, Sheet

CATALOGUE = (
    Column("序号", 3, "中"),
    Column("档号", 13),
    Column("文号", 11),
    Column("责任者", 9),
    Column("题名", 21),
    Column("日期", 6, "中"),
    Column("密级", 3, "中"),
    Column("页数", 3, "中"),
    Column("备注", 10),
)
"""The nine columns of the 2015 standard."""

TRANSFER = (
    *CATALOGUE[:6],
    Column("保管期限", 4, "中"),
    *CATALOGUE[7:8],
    Column("文件数", 3, "中"),
    Column("字节数", 6, "右"),
    Column("备注", 10),
)


def catalogue(records: Iterable[Record], office: Office, title: str, above: tuple[str, ...]) -> Sheet:
    """归档文件目录: one line a 件, in the order of their 件号."""
    rows = tuple(_line(number, record, office) for number, record in enumerate(_ordered(records), 1))
    return Sheet(title=title, columns=CATALOGUE, rows=rows, above=above)


def transfer(
    records: Iterable[Record], office: Office, title: str, above: tuple[str, ...], below: tuple[str, ...]
) -> Sheet:
    """移交清单: the catalogue's columns with retention, number of files and bytes."""
    rows = []
    for number, record in enumerate(_ordered(records), 1):
        told = _line(number, record, office)
        files, size = len(record.files), sum(file.size for file in record.files)
        rows.append((*told[:6], record.description.retention.chinese, told[7], files, size, told[8]))
    return Sheet(title=title, columns=TRANSFER, rows=tuple(rows), above=above, below=below)


def _ordered(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=lambda record: (record.register, record.item))


def _line(number: int, record: Record, office: Office) -> tuple[str | int, ...]:
    about = record.description
    return (
        number,
        record.code,
        about.number or "",
        responsible(about.issuer, office),
        about.title,
        f"{about.dated:%Y%m%d}" if about.dated else "",
        about.secrecy or "",
        about.pages if about.pages is not None else "",
        remark(record),
    )


def responsible(issuer: str | None, office: Office) -> str:
    """责任者 by name: 本局, 本单位 say nothing to whoever reads the list later."""
    if issuer in {"本局", "本单位", "本校", "本机关", "我局"}:
        return office.name
    return issuer or ""


def remark(record: Record) -> str:
    """备注: what a reader of the list must know."""
    about = record.description
    told = [about.note] if about.note else []
    if record.disposed:
        told.append(f"已销毁（{record.disposed}）")
    if about.unconfirmed:
        told.append("著录待核")
    return "；".join(told)
