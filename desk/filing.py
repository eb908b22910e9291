"""Filing: papers into the strongroom, with their words into the index in the same transaction; and out again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from archive.strongroom import Strongroom
from campaigns import library
from desk import rooms
from desk.answers.filing import Fetched, Filed, FiledPaper, RecordLine, Records, RecordShown, RelationLine
from desk.describing import refuse_secret
from desk.gathering import readable
from desk.judging import media_type, part_of
from desk.offices import Workspace, open_workspace
from indexer.entries import IndexEntry
from indexer.near import Near, signature
from indexer.texts.readers import Readers
from model.campaigns import Campaign
from model.errors import NotFound, Refused
from model.naming import safe_name, split_ending
from model.records import PaperFile, Record, RecordFilter, by_sequence
from model.texts import Text
from storage.files import FILES

Progress = Callable[[int, int], None]


def unit_of(workspace: Workspace, campaign_id: str | None, name: str) -> tuple[str | None, str]:
    """Id and name of a unit as people call it; outside a campaign the name alone. Raises NotFound."""
    if campaign_id is None:
        return None, name
    campaign = library.find(workspace.campaigns, campaign_id)
    unit = campaign.unit(name)
    if unit is None:
        raise NotFound(
            "没有这个单位", name, f"“{campaign.name}”的单位名单里没有它", "请用 juanzong campaign show 查看名单"
        )
    return unit.id, unit.name


def campaign_names(workspace: Workspace) -> dict[str, str]:
    """Campaigns' names by id."""
    return {campaign.id: campaign.name for _, campaign in library.definitions(workspace.campaigns)}


def index_entry(record: Record, names: dict[str, str], texts: tuple[tuple[str, Text], ...]) -> IndexEntry:
    """What is to be findable of a record; `names` are campaigns' names by id."""
    about = record.description
    return IndexEntry(
        record=record.id,
        code=record.code,
        title=about.title,
        number=about.number,
        issuer=about.issuer,
        unit=about.unit,
        unit_name=about.unit_name,
        campaign=about.campaign,
        campaign_name=names.get(about.campaign or ""),
        kind=about.kind,
        year=about.year,
        dated=about.dated,
        retention=about.retention.value,
        texts=texts,
    )


def enter(opened: rooms.Rooms, record: Record, names: dict[str, str], texts: tuple[tuple[str, Text], ...]) -> None:
    """Make a record findable, by its words and by its likeness; inside the transaction that files it."""
    opened.index.put(index_entry(record, names, texts))
    remember(opened.db, record, texts)


def remember(db: sqlite3.Connection, record: Record, texts: tuple[tuple[str, Text], ...]) -> None:
    """Keep the likeness of a record's files, instead of its older version's."""
    near = Near(db)
    near.forget(record.id)
    for place, (_, text) in enumerate(texts):
        if made := signature(text):
            near.remember(record.id, place, made)


def add_version(workspace: Workspace, found: tuple[Path, ...], to: str, reason: str, *, ocr: bool = True) -> Filed:
    """New files for a filed record. Raises Refused for a paper that is marked secret."""
    names = campaign_names(workspace)
    stored = tuple(
        PaperFile(
            name=readable(path.name), source=path, media_type=media_type(path.name),
            part=part_of(readable(path.name), first=place == 0),
        )
        for place, path in enumerate(found)
    )  # fmt: skip
    with rooms.writing(workspace) as opened, Readers(ocr=ocr) as readers:
        texts = tuple((file.name, readers.read(file.source)) for file in stored)
        for name, text in texts:
            refuse_secret("没有加入新版本", name, text)
        record = opened.strongroom.add_version(
            to,
            stored,
            who=opened.who,
            now=opened.now,
            reason=reason,
            note=lambda record, _paper: enter(opened, record, names, texts),
        )
    remark = f"第 {len(record.versions)} 版"
    paper = FiledPaper(path=found[0], id=record.id, code=record.code, title=record.description.title, remark=remark)
    return Filed(filed=(paper,))


def line(record: Record) -> RecordLine:
    """A record as a list shows it."""
    about = record.description
    return RecordLine(
        id=record.id,
        code=record.code,
        title=about.title,
        issuer=about.issuer,
        number=about.number,
        date=about.dated,
        kind=about.kind,
        unit=about.unit_name or about.unit,
        campaign=about.campaign,
        retention=about.retention.chinese,
        files=tuple(file.name for file in record.files),
        disposed=record.disposed,
    )


def records(
    folder: Path,
    *,
    campaign: str | None = None,
    unit: str | None = None,
    kind: str | None = None,
    year: int | None = None,
) -> Records:
    """The records that fit; campaign and unit by id or name."""
    workspace = open_workspace(folder)
    held = library.find(workspace.campaigns, campaign) if campaign else None
    with rooms.reading(workspace) as opened:
        found = opened.strongroom.records(RecordFilter(campaign=held.id if held else None, kind=kind, year=year))
    own = (
        r for r in found if unit is None or unit in (r.description.unit, r.description.unit_name) or _is(held, unit, r)
    )
    return Records(records=tuple(line(record) for record in own))


def _is(campaign: Campaign | None, name: str, record: Record) -> bool:
    unit = campaign.unit(name) if campaign else None
    return unit is not None and unit.id == record.description.unit


def show(folder: Path, name: str) -> RecordShown:
    """One record, its versions and its events."""
    with rooms.reading(open_workspace(folder)) as opened:
        record = opened.strongroom.record(name)
        room, entry = opened.strongroom, record.description.registration
        told = (*room.events(record.id), *(room.events(entry) if entry else ()))
        return RecordShown(
            records=(line(record),), record=record, events=by_sequence(told), relations=tuple(_relations(room, record))
        )


def _relations(room: Strongroom, record: Record) -> Iterator[RelationLine]:
    for relation in record.description.relations:
        other = room.record(relation.to)
        yield RelationLine(kind=relation.kind.value, code=other.code, title=other.description.title, own=True)
    for other, kind in room.related_to(record):
        yield RelationLine(kind=kind.value, code=other.code, title=other.description.title, own=False)


def fetch(folder: Path, name: str, output: Path) -> Fetched:
    """Copies of a record's files, checked while they are copied. Raises Refused where a file of that name exists, Damaged."""
    with rooms.reading(open_workspace(folder)) as opened:
        record = opened.strongroom.record(name)
        if record.disposed:
            raise Refused("没有取出文件", record.code, f"它已经鉴定销毁（{record.disposed}），只留目录", "")
        wanted = [output / _file_name(file.name) for file in record.files]
        taken = [path for path in wanted if path.exists()]
        if taken:
            raise Refused("没有取出文件", str(taken[0]), "这里已经有同名文件", "请用 -o 指定另一个文件夹")
        output.mkdir(parents=True, exist_ok=True)
        for path, file in zip(wanted, record.files, strict=True):
            try:
                FILES.write(path, opened.strongroom.blocks(record, file))
            except BaseException:
                path.unlink(missing_ok=True)
                raise
    return Fetched(paths=tuple(wanted), code=record.code)


def _file_name(name: str) -> str:
    stem, ending = split_ending(name)
    return safe_name(stem) + ending
