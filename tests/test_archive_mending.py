"""What is damaged is found and mended from the mirror; a lost catalogue comes back from the store alone."""

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from archive import mirroring
from archive.rebuilding import rebuild
from archive.strongroom import Strongroom
from ledger.book import Book
from model.errors import Damaged
from model.offices import Office
from model.problems import Problem
from model.records import Description, Paper, PaperFile, Record
from storage.database import open_catalogue
from storage.ocfl import ObjectStore

NOW = datetime(2026, 3, 5, 9, 30)
OFFICE = Office(name="青山县教育局", short="县教育局", fonds="Z109")


class Room:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.db: sqlite3.Connection = open_catalogue(folder / "catalogue.db")
        self.store = ObjectStore(folder / "store")
        self.strongroom = Strongroom(self.db, self.store, OFFICE)
        self.strongroom.settle()
        self.copy = mirroring.mirror_store(folder.parent / "mirror")

    def file(self, content: bytes) -> Record:
        paper = Paper(
            files=(PaperFile(name="通知.docx", source=content),), description=Description(title="通知", year=2026)
        )
        (done,) = self.strongroom.deposit((paper,), who="张三", now=NOW, reason="", note=lambda *_: None)
        assert done.record
        return done.record

    def mirror(self) -> mirroring.Mirrored:
        return mirroring.mirror(self.store, self.copy, lambda done, total: None)

    def repair(self) -> mirroring.Repaired:
        return mirroring.repair(self.strongroom, self.store, self.copy, who="张三", now=NOW)

    def bytes_of(self) -> dict[str, bytes]:
        files = (path for path in self.store.root.rglob("*") if path.is_file() and "repairs" not in path.parts)
        return {path.relative_to(self.store.root).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = Room(tmp_path / "archive")
    for number in range(3):
        record = opened.file(b"paper %d" % number)
    files = (PaperFile(name="扫描件.pdf", source=b"signed"),)
    opened.strongroom.add_version(record.id, files, who="李四", now=NOW, reason="盖章", note=lambda *_: None)

    def change() -> str:
        plain = dict.fromkeys(
            ("category", "grade", "measure", "person", "office", "funds", "contingency", "found_by"), ""
        )
        days = dict.fromkeys(("unit", "found", "deadline", "state"))
        problem = Problem(campaign="c", number=1, unit_text="第一小学", text="灭火器过期", **plain, **days)  # type: ignore[arg-type]
        book = Book(opened.db)
        book.take((problem,), who="张三", now=NOW)
        return book.export()

    opened.strongroom.keep_ledger(change, who="张三", now=NOW, reason="导入")
    yield opened
    opened.db.close()


def dump(db: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    tables = ("records", "versions", "files", "events", "registers", "problems", "problem_changes")
    return {table: sorted((tuple(row) for row in db.execute(f"SELECT * FROM {table}")), key=repr) for table in tables}


def rebuilt(room: Room, folder: Path) -> sqlite3.Connection:
    db = open_catalogue(folder / "new.db")
    done = rebuild(db, room.store, restore_ledger=Book(db).restore, note=lambda *_: None)
    assert (done.records, done.ledger, done.damaged) == (3, True, ())
    return db


def test_records_events_registers_and_ledger_come_back_from_the_store_alone(room: Room, tmp_path: Path) -> None:
    db = rebuilt(room, tmp_path)
    assert dump(db) == dump(room.db)
    again = Strongroom(db, room.store, OFFICE)
    assert again.verify().damaged == ()
    db.close()


def test_events_of_repairs_come_back_as_well(room: Room, tmp_path: Path) -> None:
    room.mirror()
    for number in (0, 1):
        record = room.strongroom.records()[number]
        room.store.content_path(record.id, record.files[0].path).unlink()
        assert room.repair().mended == (record.id,)
    db = rebuilt(room, tmp_path)
    assert dump(db) == dump(room.db)
    db.close()


def test_an_empty_catalogue_beside_a_full_store_is_refused_before_a_number_is_given_twice(room: Room) -> None:
    room.db.close()
    for path in room.folder.glob("catalogue.db*"):
        path.unlink()
    with pytest.raises(Damaged, match="archive rebuild"):
        Room(room.folder)


def test_a_catalogue_that_went_back_in_time_is_found(room: Room, tmp_path: Path) -> None:
    room.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(room.folder / "catalogue.db", tmp_path / "old.db")
    newer = room.file(b"newer")
    old = open_catalogue(tmp_path / "old.db")
    damaged = Strongroom(old, room.store, OFFICE).verify().damaged
    assert [damage.record for damage in damaged] == [newer.id]
    old.close()


def test_the_last_events_cannot_be_cut_off_unseen(room: Room) -> None:
    last = room.file(b"last")
    room.db.execute("DELETE FROM events WHERE sequence = (SELECT max(sequence) FROM events)")
    assert [damage.record for damage in room.strongroom.verify().damaged] == [last.code]


def test_a_second_mirroring_copies_nothing(room: Room) -> None:
    assert room.mirror().copied == 4
    assert (room.mirror().copied, room.mirror().kept) == (0, 4)
    room.file(b"newer")
    third = room.mirror()
    assert (third.copied, third.kept) == (1, 4)


def test_a_damaged_object_never_replaces_its_sound_copy(room: Room) -> None:
    room.mirror()
    before = room.bytes_of()
    record = room.strongroom.records()[2]
    inventory = room.store.object_path(record.id) / "inventory.json"
    inventory.write_bytes(inventory.read_bytes()[:-5])
    assert [damage.record for damage in room.mirror().damaged] == [record.id]
    assert room.repair().left == ()
    assert room.bytes_of() == before


def test_damage_in_the_mirror_is_mended_from_the_archive(room: Room) -> None:
    room.mirror()
    record = room.strongroom.records()[0]
    room.copy.content_path(record.id, record.files[0].path).write_bytes(b"hurt")
    assert room.mirror().copied == 1
    assert mirroring.faults(room.copy, record.id) == []


def test_what_neither_copy_holds_soundly_is_named(room: Room) -> None:
    room.mirror()
    record = room.strongroom.records()[0]
    for store in (room.store, room.copy):
        store.content_path(record.id, record.files[0].path).write_bytes(b"hurt")
    outcome = room.repair()
    assert outcome.mended == ()
    assert [(damage.record, damage.path) for damage in outcome.left] == [(record.id, record.files[0].path)]


def test_an_older_mirror_mends_nothing_it_does_not_hold(room: Room) -> None:
    room.mirror()
    record = room.strongroom.records()[0]
    files = (PaperFile(name="b.txt", source=b"new"),)
    newer = room.strongroom.add_version(record.id, files, who="李四", now=NOW, reason="改", note=lambda *_: None)
    room.store.content_path(record.id, newer.files[0].path).write_bytes(b"hurt")
    assert [damage.record for damage in room.repair().left] == [record.id]
