"""Keeping: a second copy on another disk, mending from it, and the catalogue back from the store."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from archive import mirroring
from archive.rebuilding import rebuild as rebuild_from
from desk import rooms
from desk.answers import Mirrored, Rebuilt, Repaired
from desk.filing import campaign_names, index_entry
from desk.offices import open_workspace, operator
from indexer.index import Index
from indexer.texts.readers import Readers
from ledger.book import Book
from model.errors import NotFound, Refused
from model.records import Record
from storage.database import open_catalogue
from storage.files import FILES, replace_file
from storage.lock import office_lock
from storage.ocfl import ObjectStore

Progress = Callable[[int, int], None]
NOTE = "镜像记录.json"
"""Where and when the last mirror was made; `doctor` reads it."""


def mirror(folder: Path, target: Path, *, progress: Progress) -> Mirrored:
    """Bring a second copy up to date; it must lie outside the office. Raises Refused, Busy."""
    workspace = open_workspace(folder)
    if target.resolve().is_relative_to(workspace.root.resolve()):
        raise Refused("没有做镜像", str(target), "它就在本单位文件夹里", "请指定另一块磁盘或 U 盘上的文件夹")
    with rooms.writing(workspace):
        done = mirroring.mirror(ObjectStore(workspace.archive / "store"), mirroring.mirror_store(target), progress)
        told = {"path": str(target.resolve()), "at": datetime.now().isoformat(timespec="seconds")}
        replace_file(workspace.archive / NOTE, json.dumps(told, ensure_ascii=False).encode())
    return Mirrored(path=target, copied=done.copied, kept=done.kept, damaged=done.damaged)


def repair(folder: Path, source: Path) -> Repaired:
    """Mend what is damaged from a mirror. Raises NotFound where there is none."""
    workspace = open_workspace(folder)
    copy = mirroring.mirror_store(source)
    if not (copy.root / "0=ocfl_1.1").is_file():
        raise NotFound("没有修复", str(source), "这里没有镜像", "请指定 juanzong archive mirror 用过的文件夹")
    with rooms.writing(workspace) as opened:
        store = ObjectStore(workspace.archive / "store")
        done = mirroring.repair(opened.strongroom, store, copy, who=opened.who, now=opened.now)
    return Repaired(mended=done.mended, damaged=done.left)


def rebuild(folder: Path) -> Rebuilt:
    """The catalogue, events, ledger and index from the store alone; built aside, then renamed. The old one is kept beside it."""
    workspace = open_workspace(folder)
    now = datetime.now()
    place, aside = workspace.archive / "catalogue.db", workspace.archive / "catalogue.db.rebuilding"
    store = ObjectStore(workspace.archive / "store")
    names = campaign_names(workspace)
    with office_lock(workspace.root, who=operator(), now=now), Readers() as readers:
        for left in workspace.archive.glob(f"{aside.name}*"):
            FILES.remove(left)
        db = open_catalogue(aside)
        index = Index(db)

        def note(record: Record) -> None:
            texts = tuple((f.name, readers.read(store.content_path(record.id, f.path))) for f in record.files)
            index.put(index_entry(record, names, texts))

        try:
            done = rebuild_from(db, store, restore_ledger=Book(db).restore, note=note)
        finally:
            db.close()
        for ending in ("-wal", "-shm", ""):
            old = place.with_name(place.name + ending)
            if old.exists():
                FILES.rename(old, place.with_name(f"catalogue.{now:%Y%m%d%H%M%S}.db{ending}"))
        FILES.rename(aside, place)
    return Rebuilt(records=done.records, events=done.events, ledger=done.ledger, damaged=done.damaged)
