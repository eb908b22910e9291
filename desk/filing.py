"""Filing: papers into the strongroom, with their words into the index in the same transaction; and out again."""

from __future__ import annotations

import mimetypes
import os
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from archive.strongroom import Deposit
from campaigns import library
from desk import rooms
from desk.answers import (
    Duplicate,
    Fetched,
    Filed,
    FiledPaper,
    RecordLine,
    Records,
    RecordShown,
    RefusedFile,
)
from desk.batches import Batch, batches
from desk.describing import retention_table
from desk.drafts import MEMORY, DraftEntry, DraftFolder
from desk.offices import Workspace, open_workspace
from indexer.entries import IndexEntry
from indexer.texts.readers import Readers
from model.campaigns import Campaign
from model.errors import CommandError, NotFound, Refused
from model.naming import safe_name, split_ending
from model.records import Description, Paper, PaperFile, Part, Record, RecordFilter, by_sequence
from model.texts import Text
from storage.files import FILES, digest_of

Progress = Callable[[int, int], None]
_UNKNOWN = DraftEntry(digest="", kind="", title="")
_PASSED_OVER = (".", "~$", "Thumbs.db")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a person says of the papers being filed; None: said by the drafts folder, or not known."""

    campaign: str | None = None
    unit: str | None = None
    kind: str | None = None
    title: str | None = None
    to: str | None = None
    reason: str | None = None
    dry_run: bool = False


def add(folder: Path, paths: tuple[Path, ...], about: About, *, on: date, progress: Progress) -> Filed:
    """File papers, whole folders included. A file that cannot be taken is named, the rest are filed."""
    workspace = open_workspace(folder)
    found = list(_walk(paths))
    if about.title and len(found) > 1:
        raise CommandError(
            "题名只能用于一个文件", about.title, f"这里有 {len(found)} 个文件", "请去掉 --title，或一次只归一个"
        )
    campaign = library.find(workspace.campaigns, about.campaign) if about.campaign else None
    if about.to:
        return _add_version(workspace, found, about)
    papers = [_paper(workspace, path, about, campaign, on) for path in found]
    if about.dry_run:
        return _rehearse(workspace, papers)
    return _file(workspace, papers, progress)


def _walk(paths: tuple[Path, ...]) -> Iterator[Path]:
    """The files named and those below the folders named, in order; hidden files, lock files and links are passed over."""
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise NotFound("没有归档", str(path), "没有这个文件或文件夹", "请检查路径")
        if not path.is_dir():
            yield path
            continue
        for parent, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            inside = (name for name in sorted(names) if not name.startswith(_PASSED_OVER) and name != MEMORY)
            yield from (Path(parent) / name for name in inside)


def _paper(workspace: Workspace, path: Path, about: About, campaign: Campaign | None, on: date) -> Paper:
    """A file with what the person and the drafts folder know of it."""
    entry = _draft_entry(workspace, path) or _UNKNOWN
    campaign_id = campaign.id if campaign else entry.campaign
    unit_id, unit_name = _unit(workspace, campaign_id, about.unit) if about.unit else (entry.unit, entry.unit_name)
    name = _readable(path.name)
    kind = about.kind or entry.kind or None
    title = about.title or entry.title or Path(name).stem
    period, why = retention_table(workspace).suggest(kind, title)
    described = Description(
        title=title,
        issuer=entry.issuer,
        kind=kind,
        unit=unit_id,
        unit_name=unit_name,
        campaign=campaign_id,
        stage=entry.stage,
        retention=period,
        retention_reason=why,
        year=on.year,
    )
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Paper(files=(PaperFile(name=name, source=path, media_type=media_type),), description=described)


def _readable(name: str) -> str:
    """A file name as text: names in GBK on a disk that speaks UTF-8 are read as what they are."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return unicodedata.normalize("NFC", raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def _draft_entry(workspace: Workspace, path: Path) -> DraftEntry | None:
    """What the drafts folder that the file lies in, or any above it, remembers of it."""
    for parent in (path.parent, *path.parent.parents):
        if (parent / MEMORY).is_file():
            return DraftFolder(parent).entry(path)
        if parent == workspace.root:
            break
    return None


def _unit(workspace: Workspace, campaign_id: str | None, name: str) -> tuple[str | None, str]:
    if campaign_id is None:
        return None, name
    campaign = library.find(workspace.campaigns, campaign_id)
    unit = campaign.unit(name)
    if unit is None:
        raise NotFound(
            "没有这个单位", name, f"“{campaign.name}”的单位名单里没有它", "请用 juanzong campaign show 查看名单"
        )
    return unit.id, unit.name


def _rehearse(workspace: Workspace, papers: list[Paper]) -> Filed:
    """What filing would do, without doing it."""
    filed: list[FiledPaper] = []
    duplicates: list[Duplicate] = []
    seen: dict[str, Path] = {}
    with rooms.reading(workspace) as opened:
        for paper in papers:
            path = _path(paper)
            digest = digest_of(path).sha256
            held = opened.strongroom.holder(digest)
            if held:
                duplicates.append(Duplicate(path=path, of=held.code, title=held.description.title))
            elif digest in seen:
                duplicates.append(Duplicate(path=path, of="本次的另一个文件", title=seen[digest].name))
            else:
                seen[digest] = path
                filed.append(FiledPaper(path=path, id="", code="（待编）", title=paper.description.title))
    return Filed(filed=tuple(filed), duplicates=tuple(duplicates), dry_run=True)


def _path(paper: Paper) -> Path:
    source = paper.files[0].source
    assert isinstance(source, Path)
    return source


def _file(workspace: Workspace, papers: list[Paper], progress: Progress) -> Filed:
    filed: list[FiledPaper] = []
    duplicates: list[Duplicate] = []
    refused: list[RefusedFile] = []
    names = campaign_names(workspace)
    with rooms.writing(workspace) as opened, Readers() as readers:
        for batch in batches(papers, readers, progress):

            def note(record: Record, paper: Paper, batch: Batch = batch) -> None:
                opened.index.put(index_entry(record, names, batch.texts[paper]))

            done = opened.strongroom.deposit(batch.papers, who=opened.who, now=opened.now, reason="", note=note)
            for outcome in done:
                _sort(outcome, batch.texts[outcome.paper], filed, duplicates, refused)
    return Filed(filed=tuple(filed), duplicates=tuple(duplicates), refused=tuple(refused))


def _sort(
    outcome: Deposit,
    texts: tuple[tuple[str, Text], ...],
    filed: list[FiledPaper],
    duplicates: list[Duplicate],
    refused: list[RefusedFile],
) -> None:
    path = _path(outcome.paper)
    if outcome.record:
        why = next((text.why for _, text in texts if text.why), "")
        remark = f"正文不能检索：{why}" if why else ""
        record = outcome.record
        filed.append(
            FiledPaper(path=path, id=record.id, code=record.code, title=record.description.title, remark=remark)
        )
    elif outcome.same_as:
        duplicates.append(Duplicate(path=path, of=outcome.same_as.code, title=outcome.same_as.description.title))
    else:
        refused.append(RefusedFile(path=path, why=outcome.refused))


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


def _add_version(workspace: Workspace, found: list[Path], about: About) -> Filed:
    """New files for a filed record."""
    assert about.to
    names = campaign_names(workspace)
    kinds = [(_readable(path.name), mimetypes.guess_type(path.name)[0] or "application/octet-stream") for path in found]
    stored = tuple(
        PaperFile(name=name, source=path, media_type=kind, part=Part.MAIN if place == 0 else Part.ANNEX)
        for place, (path, (name, kind)) in enumerate(zip(found, kinds, strict=True))
    )
    with rooms.writing(workspace) as opened, Readers() as readers:
        texts = tuple((file.name, readers.read(file.source)) for file in stored)
        record = opened.strongroom.add_version(
            about.to,
            stored,
            who=opened.who,
            now=opened.now,
            reason=about.reason or "",
            note=lambda record, _paper: opened.index.put(index_entry(record, names, texts)),
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
        return RecordShown(records=(line(record),), record=record, events=by_sequence(told))


def fetch(folder: Path, name: str, output: Path) -> Fetched:
    """Copies of a record's files, checked while they are copied. Raises Refused where a file of that name exists, Damaged."""
    with rooms.reading(open_workspace(folder)) as opened:
        record = opened.strongroom.record(name)
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
