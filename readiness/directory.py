"""The directory of a pack (迎检材料目录) as a document: one line a requirement, in the inspection's own order."""

from __future__ import annotations

from collections.abc import Mapping

from model.documents import Cell, Document, Paragraph, RedHead, Run, Seal, Table
from model.readiness import PackEntry, Readiness
from model.records import Record
from model.wording import chinese_date

_HEADER = ("序号", "指标", "材料名称", "责任单位", "档号", "存放位置")
_WIDTHS = (3.0, 6.0, 13.0, 8.0, 12.5, 7.0)


def directory(
    readiness: Readiness, records: Mapping[str, Record], entries: tuple[PackEntry, ...], *, title: str, office: str
) -> Document:
    """The directory; `entries` say where each record's files lie in the pack. What is missing stands in it as 缺."""
    places: dict[str, str] = {}
    for entry in entries:
        if entry.record:
            places.setdefault(entry.record, entry.volume)
    rows: list[tuple[Cell, ...]] = []
    for held in readiness.evidence:
        wanted = held.requirement
        if not held.records and not wanted.required:
            continue
        found: list[Record | None] = [records[id_] for id_ in held.records]
        for record in found or [None]:
            cells = [str(len(rows) + 1), wanted.name, "缺", wanted.unit_name, "", ""]
            if record:
                about = record.description
                known = (about.title, about.number, chinese_date(about.dated) if about.dated else None)
                place = places.get(record.id, "未装入（涉及个人信息）")
                cells[2:] = ["\n".join(filter(None, known)), wanted.unit_name, record.code, place]
            rows.append(tuple(Cell(text) for text in cells))
    table = Table(header=(tuple(Cell(text) for text in _HEADER),), rows=tuple(rows), widths=_WIDTHS)
    told = f"截至{chinese_date(readiness.on)}，共列 {len(rows)} 项。"
    return Document(
        title=title,
        issuers=(office,),
        red_head=RedHead.NONE,
        body=(Paragraph((Run(told),)), table),
        annexes=(),
        signatories=(office,),
        dated=readiness.on,
        seal=Seal.UNSEALED,
    )
