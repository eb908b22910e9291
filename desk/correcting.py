"""Describing a filed record anew (著录): what the paper says beside what the record says, a person's corrections, relations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from desk import rooms
from desk.answers.filing import Described, FieldReading
from desk.cataloguing import retention_of
from desk.describing import retention_table
from desk.filing import campaign_names, enter, line
from desk.offices import Workspace, open_workspace
from indexer.texts.facts import read_facts
from indexer.texts.readers import Readers
from model.errors import CommandError, Refused
from model.readings import PaperFacts
from model.records import Description, Part, Record, Relation, RelationKind
from model.texts import Text

FIELDS = {
    "题名": "title",
    "责任者": "issuer",
    "文号": "number",
    "日期": "dated",
    "文种": "kind",
    "紧急程度": "urgency",
    "主送": "addressees",
    "抄送": "copies_to",
    "密级": "secrecy",
    "页数": "pages",
    "附注": "note",
    "年度": "year",
    "保管期限": "retention",
    "机构": "department",
}
"""What a person may set, by its name in DA/T 46, and the field it is."""

_READ = ("title", "issuer", "number", "dated", "kind", "addressees", "secrecy", "pages")
_SECRET = ("绝密", "机密", "秘密")


def describe(
    folder: Path,
    name: str,
    *,
    facts: Sequence[tuple[str, str]] = (),
    relations: Sequence[tuple[str, str]] = (),
    confirm: bool = False,
    reason: str = "",
) -> Described:
    """Show a record's description; with facts, relations or a confirmation write it anew, as a version with the same files."""
    workspace = open_workspace(folder)
    if not facts and not relations and not confirm:
        with rooms.reading(workspace) as opened, Readers() as readers:
            record = opened.strongroom.record(name)
            return _shown(record, _texts(opened, readers, record))
    names = campaign_names(workspace)
    with rooms.writing(workspace) as opened, Readers() as readers:
        before = opened.strongroom.record(name)
        about = _changed(workspace, before.description, facts)
        told = tuple(_relation(opened, before, kind, to) for kind, to in relations)
        about = replace(about, relations=tuple(dict.fromkeys((*about.relations, *told))))
        if confirm:
            about = replace(about, unconfirmed=())
        texts = _texts(opened, readers, before)
        record = opened.strongroom.describe(
            before.id,
            about,
            who=opened.who,
            now=opened.now,
            reason=reason or ("核对著录" if confirm else ""),
            note=lambda record: enter(opened, record, names, texts),
        )
    return _shown(record, texts)


def _texts(opened: rooms.Rooms, readers: Readers, record: Record) -> tuple[tuple[str, Text], ...]:
    return tuple(
        (file.name, readers.read(opened.strongroom.path(record, file)))
        for file in record.files
        if file.part is not Part.DRAFT
    )


def _changed(workspace: Workspace, about: Description, facts: Sequence[tuple[str, str]]) -> Description:
    """The description with a person's corrections. Raises CommandError for a field or value that is none, Refused for a state secret's."""
    values: dict[str, Any] = {}
    for name, text in facts:
        field = FIELDS.get(name)
        if field is None:
            raise CommandError("没有这一项著录", name, "", f"可以写的有：{'、'.join(FIELDS)}")
        values[field] = _value(field, name, text)
    if "dated" in values and values["dated"] and "year" not in values:
        values["year"] = values["dated"].year
    if values.keys() & {"kind", "title"} and "retention" not in values and about.retention_reason:
        period, why = retention_table(workspace).suggest(
            values.get("kind", about.kind), values.get("title", about.title)
        )
        values |= {"retention": period, "retention_reason": why}
    elif "retention" in values:
        values["retention_reason"] = "人工核定"
    if not values.get("title", about.title).strip():
        raise CommandError("题名不能空", "", "没有题名的，自拟一个并加方括号", "例如 题名=[关于某事的通知]")
    return replace(about, **values, unconfirmed=tuple(name for name in about.unconfirmed if name not in values))


def _value(field: str, name: str, text: str) -> object:
    if field == "retention":
        return retention_of(text)
    if field in ("pages", "year"):
        if not text.isdigit() or (field == "year" and not 1900 <= int(text) <= 2200):
            raise CommandError(f"{name}看不懂", text, "要写成数", "请改正后再试")
        return int(text)
    if field == "dated":
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise CommandError("日期看不懂", text, "日期要写成 2026-03-05 这样的形式", "请改正后再试") from None
    if field == "secrecy" and any(level in text for level in _SECRET):
        raise Refused("没有改著录", text, "本系统不收国家秘密", "标有密级的文件请按保密规定另行保管")
    return text if field in ("title", "note") else text or None


def _relation(opened: rooms.Rooms, record: Record, kind: str, to: str) -> Relation:
    known = [each.value for each in RelationKind]
    if kind not in known:
        raise CommandError("没有这种关系", kind, "", f"可以写的有：{'、'.join(known)}")
    other = opened.strongroom.record(to)
    if other.id == record.id:
        raise CommandError("不能与自己有关系", to, "", "请写另一件的档号")
    return Relation(RelationKind(kind), other.id)


def _shown(record: Record, texts: tuple[tuple[str, Text], ...]) -> Described:
    facts = read_facts(texts[0][1]) if texts else PaperFacts()
    former = tuple(f"{each.code}（{each.why}）" for each in record.former)
    return Described(
        records=(line(record),),
        fields=tuple(_fields(record.description, facts)),
        retention_reason=record.description.retention_reason,
        former=former,
    )


def _fields(about: Description, facts: PaperFacts) -> Iterator[FieldReading]:
    for name, field in FIELDS.items():
        value = getattr(about, field)
        reading = getattr(facts, field) if field in _READ else None
        told = reading.value if reading else ""
        yield FieldReading(
            name=name,
            value=about.retention.chinese if field == "retention" else "" if value is None else str(value),
            read="、".join(told) if isinstance(told, tuple) else str(told),
            confidence=reading.confidence.chinese if reading else "",
            excerpt=reading.excerpt if reading else "",
            confirmed=field not in about.unconfirmed,
        )
