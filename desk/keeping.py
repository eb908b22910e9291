"""Keeping: a second copy on another disk, mending from it, and the catalogue back from the store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archive import mirroring
from archive.checks import Checked
from archive.events import Act
from archive.rebuilding import rebuild as rebuild_from
from desk import rooms
from desk.answers.keeping import Mirrored, Rebuilt, Repaired, Verified
from desk.filing import campaign_names, index_entry, remember
from desk.offices import Workspace, open_workspace, operator
from indexer.index import Index
from indexer.texts.readers import Readers
from ledger.book import Book
from model.errors import JuanzongError, NotFound, Refused
from model.findings import Finding, Severity
from model.records import Damage, Record
from storage.database import as_ours, gather, open_catalogue, put_in_place
from storage.files import FILES, replace_file
from storage.lock import office_lock
from storage.ocfl import ObjectStore

Progress = Callable[[int, int], None]
NOTE = "镜像记录.json"
"""Where and when the last mirror was made; `doctor` reads it."""


def verify(folder: Path, *, parts: int, progress: Progress) -> Verified:
    """Check everything stored, or one part in `parts`, the longest unseen; what was seen is remembered even when this is broken off."""
    workspace = open_workspace(folder)
    seen: list[Checked] = []
    unwritten: tuple[Finding, ...] = ()
    try:
        with rooms.reading(workspace) as opened:
            outcome = opened.strongroom.verify(progress, parts=parts, on_checked=seen.append)
            damaged = (*outcome.damaged, *_ledger_damage(opened))
            findings = [
                *(_finding("orphan", Severity.INFO, remark) for remark in outcome.remarks),
                *index_findings(opened),
            ]
    finally:
        unwritten = tuple(_remember(workspace, seen))
    checked = len({one.name for one in seen})
    return Verified(
        checked=outcome.checked,
        objects=checked,
        parts=parts,
        damaged=damaged,
        mirror=_last_mirror(workspace),
        findings=(*findings, *unwritten),
    )


def _finding(rule: str, severity: Severity, message: str, fix: str | None = None) -> Finding:
    return Finding(rule=rule, severity=severity, message=message, fix=fix)


def _ledger_damage(opened: rooms.Rooms) -> Iterator[Damage]:
    """Where the ledger's rows are not those that the store keeps."""
    try:
        kept = opened.strongroom.kept_ledger()
        if kept is not None and kept != opened.book.export():
            yield Damage(record="台账", path="catalogue.db", why="目录中的台账与库房里的不一致")
    except (JuanzongError, OSError, ValueError):  # named with the object's own damage
        return
    except sqlite3.DatabaseError as error:
        yield Damage(record="台账", path="catalogue.db", why=f"读不出来（{error}）：请运行 juanzong archive rebuild")


def index_findings(opened: rooms.Rooms) -> Iterator[Finding]:
    """Where the index is not that of the catalogue."""
    fix = "运行 juanzong index rebuild"
    try:
        state = opened.index.status()
    except sqlite3.DatabaseError as error:
        yield _finding("index", Severity.ERROR, f"索引读不出来：{error}", fix)
        return
    if state.indexed != state.entries:
        told = f"索引只有 {state.indexed} 件，应有 {state.entries} 件"
        yield _finding("index", Severity.ERROR, told, fix)


def _remember(workspace: Workspace, seen: list[Checked]) -> Iterator[Finding]:
    """Write down what was verified when; that it could not be is told, and harms nothing."""
    try:
        with rooms.writing(workspace) as opened:
            opened.strongroom.note_checks(seen, opened.now)
    except (JuanzongError, OSError, sqlite3.DatabaseError) as error:
        why = error.why if isinstance(error, JuanzongError) else str(error)
        yield _finding("checks", Severity.WARNING, f"核验的日期没有记下：{why}")


def _last_mirror(workspace: Workspace) -> Path | None:
    told = mirror_note(workspace)
    return Path(told.path) if told else None


@dataclass(frozen=True, slots=True)
class MirrorNote:
    """Where and when the last mirror was made, by this machine's clock."""

    path: str
    at: datetime


def mirror_note(workspace: Workspace) -> MirrorNote | None:
    """What was put down of the last mirror, None when there was none or the note cannot be read."""
    try:
        told = json.loads((workspace.archive / NOTE).read_text(encoding="utf-8"))
        return MirrorNote(str(told["path"]), datetime.fromisoformat(told["at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def mirror(folder: Path, target: Path, *, progress: Progress) -> Mirrored:
    """Bring a second copy up to date; it must lie outside the office. Raises Refused, Busy."""
    workspace = open_workspace(folder)
    if target.resolve().is_relative_to(workspace.root.resolve()):
        raise Refused("没有做镜像", str(target), "它就在本单位文件夹里", "请指定另一块磁盘或 U 盘上的文件夹")
    if any((target / name).exists() for name in ("office.toml", "catalogue.db")):
        raise Refused("没有做镜像", str(target), "那里是一个单位自己的文件夹", "请指定一个空的或做过镜像的文件夹")
    with rooms.writing(workspace) as opened:
        store, gone = ObjectStore(workspace.archive / "store"), opened.strongroom.disposed()
        done = mirroring.mirror(store, mirroring.mirror_store(target), progress, gone)
        _copy_settings(workspace, target)
        told = {"path": str(target.resolve()), "at": opened.now.isoformat()}
        replace_file(workspace.archive / NOTE, json.dumps(told, ensure_ascii=False).encode())
    return Mirrored(path=target, copied=done.copied, kept=done.kept, damaged=done.damaged)


def repair(folder: Path, source: Path) -> Repaired:
    """Mend what is damaged from a mirror. Raises NotFound where there is none."""
    workspace = open_workspace(folder)
    copy = mirroring.mirror_store(source)
    if not (copy.root / "0=ocfl_1.1").is_file():
        raise NotFound("没有修复", str(source), "这里没有镜像", "请指定 juanzong archive mirror 用过的文件夹")
    store = ObjectStore(workspace.archive / "store")
    if _is_new(workspace):
        return _restore(workspace, store, copy)
    with rooms.writing(workspace) as opened:
        done = mirroring.repair(opened.strongroom, store, copy, who=opened.who, now=opened.now)
    return Repaired(mended=done.mended, damaged=done.left)


def _is_new(workspace: Workspace) -> bool:
    """Whether nothing was ever done in this office as far as its catalogue goes, or that is gone."""
    if not (workspace.archive / "catalogue.db").exists():
        return True
    with rooms.reading(workspace) as opened:
        return opened.strongroom.newest_event() is None


def _restore(workspace: Workspace, store: ObjectStore, copy: ObjectStore) -> Repaired:
    """Everything back into an office without a catalogue from the mirror: the objects, then the catalogue from them."""
    with office_lock(workspace.root, who=operator(), now=datetime.now()):
        done = mirroring.restore(store, copy)
    rebuild(workspace.root)
    with rooms.writing(workspace) as opened:
        opened.strongroom.record_repairs(
            (
                Act(
                    at=opened.now,
                    who=opened.who,
                    action="由镜像恢复",
                    subject="office",
                    reason=f"{len(done.mended)} 件",
                ),
            )
        )
    return Repaired(mended=done.mended, damaged=done.left)


def _copy_settings(workspace: Workspace, target: Path) -> None:
    """What the office says of itself goes along: office.toml, definitions, its own forms; drafts do not."""
    kept = [workspace.root / "office.toml"]
    kept += [
        path for folder in (workspace.campaigns, workspace.root / "templates") for path in sorted(folder.rglob("*"))
    ]
    for path in kept:
        place = target / "office" / path.relative_to(workspace.root)
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            FILES.make_folder(place.parent)
            if not place.is_file() or place.read_bytes() != content:
                replace_file(place, content)


def rebuild(folder: Path) -> Rebuilt:
    """The catalogue, events, ledger and index from the store alone; built aside, then renamed. The old one is kept beside it."""
    workspace = open_workspace(folder)
    now = datetime.now()
    place, aside = workspace.archive / "catalogue.db", workspace.archive / "catalogue.db.rebuilding"
    store = ObjectStore(workspace.archive / "store")
    names = campaign_names(workspace)
    if place.exists():
        with suppress(JuanzongError), rooms.writing(workspace):
            pass  # what a crash left half done is put right by the old catalogue, as long as it can be read
    with office_lock(workspace.root, who=operator(), now=now), Readers() as readers:
        for left in workspace.archive.glob(f"{aside.name}*"):
            FILES.remove(left)

        def note(record: Record) -> None:
            texts = tuple((f.name, readers.read(store.content_path(record.id, f.path))) for f in record.files)
            index.put(index_entry(record, names, texts))
            remember(db, record, texts)

        try:
            with closing(open_catalogue(aside)) as db:
                index = Index(db)
                done = rebuild_from(db, store, restore_ledger=Book(db).restore, note=note)
                gather(db)
        except sqlite3.Error as error:
            raise as_ours(error, aside) from error
        put_in_place(aside, place, place.with_name(f"catalogue.{now:%Y%m%d%H%M%S%f}.db"))
    return Rebuilt(records=done.records, events=done.events, ledger=done.ledger, damaged=done.damaged)
