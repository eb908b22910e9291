"""Damage of every kind at every boundary of store and catalogue: found, named, and mended byte for byte.

`JUANZONG_SWEEP=full` flips every byte of the store's own files and thousands of bits of the catalogue.
"""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from archive import mirroring
from archive.rebuilding import rebuild
from archive.strongroom import Strongroom
from desk.filing import index_entry
from indexer.index import Index
from ledger.book import Book
from model.errors import JuanzongError
from model.offices import Office
from model.records import Damage, Description, Paper, PaperFile, Record
from model.texts import Text, TextBlock, TextPage, TextState
from storage.database import as_ours, open_catalogue, open_for_reading
from storage.files import Files
from storage.ocfl import ObjectStore

FULL = os.environ.get("JUANZONG_SWEEP") == "full"
NOW = datetime(2026, 3, 5, 9, 30)
OFFICE = Office(name="青山县教育局", short="县教育局", fonds="Z109")
TRUTH = ("records", "versions", "files", "events", "registers", "problems", "problem_changes", "registrations")
TEXT = Text(TextState.OK, (TextPage("第1页", (TextBlock("请各学校检查灭火器。" * 40, ""),)),), "", "txt")


class Unflushed(Files):
    def flush_folder(self, path: Path) -> None:
        pass


class Room:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.db = open_catalogue(folder / "catalogue.db")
        self.db.execute("PRAGMA synchronous=OFF")
        self.store = ObjectStore(folder / "store", Unflushed())
        self.copy = mirroring.mirror_store(folder.parent / "mirror", Unflushed())
        self.strongroom = Strongroom(self.db, self.store, OFFICE)
        self.index = Index(self.db)

    def note(self, record: Record, _paper: Paper) -> None:
        self.index.put(index_entry(record, {}, (("通知.txt", TEXT),)))

    def repair(self) -> mirroring.Repaired:
        return mirroring.repair(self.strongroom, self.store, self.copy, who="张三", now=NOW)

    def content(self) -> dict[str, bytes]:
        paths = (path for path in self.store.root.rglob("*") if path.is_file() and "repairs" not in path.parts)
        return {path.relative_to(self.store.root).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three records, one of two versions and one of two files, a ledger, and their mirror."""
    folder = tmp_path_factory.mktemp("template")
    room = Room(folder / "archive")
    room.strongroom.settle()
    papers = [
        Paper(
            files=tuple(PaperFile(name=f"{n}-{m}.txt", source=b"paper %d %d" % (n, m)) for m in range(1 + n // 2)),
            description=Description(title=f"通知{n}", year=2026),
        )
        for n in range(3)
    ]
    done = room.strongroom.deposit(papers, who="张三", now=NOW, reason="", note=room.note)
    assert done[0].record
    files = (PaperFile(name="盖章.pdf", source=b"%PDF signed"),)
    room.strongroom.add_version(done[0].record.id, files, who="李四", now=NOW, reason="盖章", note=room.note)
    book = Book(room.db)
    room.strongroom.keep_ledger(book.export, who="张三", now=NOW, reason="导入")
    mirroring.mirror(room.store, room.copy, lambda done, total: None)
    room.db.close()
    return folder


@pytest.fixture
def room(template: Path, tmp_path: Path) -> Iterator[Room]:
    shutil.copytree(template, tmp_path / "office")
    opened = Room(tmp_path / "office" / "archive")
    yield opened
    opened.db.close()


def tell(capsys: pytest.CaptureFixture[str], what: str, count: int) -> None:
    with capsys.disabled():
        print(f"\n{what}: {count} damages, all found and mended", end="")


def damaged(room: Room) -> tuple[Damage, ...]:
    return room.strongroom.verify().damaged


def boundaries(content: bytes, chance: random.Random) -> list[int]:
    """Where structure begins and ends: both ends, every bracket, quote and line of JSON (a few of them), a place in the middle."""
    marks = [place for place, byte in enumerate(content) if byte in b'{}[]",:\n']
    marks += [0, len(content) // 2]
    chosen = marks if FULL else chance.sample(marks, min(1, len(marks)))
    return sorted({len(content) - 1, *chosen})


def test_a_flipped_bit_at_every_boundary_of_every_file_of_the_store_is_found_and_mended(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, before, tried = random.Random(3), room.content(), 0
    for number, (name, content) in enumerate(sorted(before.items())):
        path = room.store.root / name
        for place in boundaries(content, chance):
            path.write_bytes(
                content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :]
            )
            assert damaged(room), (name, place)
            path.write_bytes(content)
            tried += 1
        if number % 4 and not FULL:
            continue
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 4]))
        assert room.repair().left == ()
        assert path.read_bytes() == content
    assert (damaged(room), room.content()) == ((), before)
    tell(capsys, "bits of the store", tried)


def cut(path: Path, other: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: chance.randrange(max(1, path.stat().st_size))])


def empty(path: Path, other: Path, chance: random.Random) -> None:
    path.write_bytes(b"")


def grow(path: Path, other: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


def delete(path: Path, other: Path, chance: random.Random) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def rename(path: Path, other: Path, chance: random.Random) -> None:
    path.rename(path.with_name(f"{path.name}~"))


def swap(path: Path, other: Path, chance: random.Random) -> None:
    aside = path.with_name("aside")
    path.rename(aside)
    other.rename(path)
    aside.rename(other)


def make_folder(path: Path, other: Path, chance: random.Random) -> None:
    path.unlink()
    path.mkdir()


def add(path: Path, other: Path, chance: random.Random) -> None:
    path.with_name("多余.txt").write_bytes(b"more")


def remove_strays(room: Room) -> None:
    """What was renamed or put there is told, and left to people."""
    strays = [room.store.root / stray for stray in room.store.strays()]
    assert len(room.strongroom.verify().remarks) == len(strays)
    for stray in strays:
        shutil.rmtree(stray) if stray.is_dir() else stray.unlink()


Hurt = Callable[[Path, Path, random.Random], None]


@pytest.mark.parametrize("hurt", [cut, empty, grow, delete, rename, swap, add, make_folder])
def test_whatever_happens_to_a_file_of_the_store_is_found_and_mended(
    room: Room, hurt: Hurt, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, before = random.Random(4), room.content()
    names = [name for name in sorted(before) if before[name] and (hurt is not add or name.count("/") > 2)]
    chosen = names if FULL else chance.sample(names, 4)
    for name in chosen:
        others = [other for other in names if before[other] != before[name]]
        hurt(room.store.root / name, room.store.root / chance.choice(others), chance)
        assert damaged(room), name
        assert room.repair().left == (), name
        assert {name: room.content().get(name) for name in before} == before, name
        assert damaged(room) == (), name
        remove_strays(room)
    tell(capsys, hurt.__name__, len(chosen))


@pytest.mark.parametrize("hurt", [delete, rename, swap])
def test_whatever_happens_to_a_folder_of_the_store_is_found_and_mended(
    room: Room, hurt: Hurt, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, before, tried = random.Random(5), room.content(), 0
    folders = sorted(path for path in room.store.root.rglob("*") if path.is_dir() and "extensions" not in path.parts)
    for folder in folders if FULL else chance.sample(folders, 6):
        apart = [f for f in folders if not f.is_relative_to(folder) and not folder.is_relative_to(f)]
        hurt(folder, chance.choice(apart), chance)
        assert damaged(room), folder
        assert room.repair().left == (), folder
        assert {name: room.content().get(name) for name in before} == before, folder
        assert damaged(room) == (), folder
        remove_strays(room)
        tried += 1
    tell(capsys, f"folders: {hurt.__name__}", tried)


def test_the_same_damage_to_both_copies_is_named_and_not_called_mended(room: Room) -> None:
    record = room.strongroom.records()[1]
    for store in (room.store, room.copy):
        store.content_path(record.id, record.files[0].path).write_bytes(b"?")
    assert [damage.record for damage in room.repair().left] == [record.id]
    assert [damage.record for damage in damaged(room)] == [record.code]


def test_an_object_that_only_the_mirror_still_holds_is_told_when_mirroring(room: Room) -> None:
    record = room.strongroom.records()[1]
    shutil.rmtree(room.store.object_path(record.id))
    outcome = mirroring.mirror(room.store, room.copy, lambda done, total: None)
    assert [(damage.record, damage.why) for damage in outcome.damaged] == [(record.id, "库房里不见了，镜像里还有")]
    assert room.repair().mended == (record.id,)


def truth(path: Path) -> dict[str, list[str]]:
    with closing(sqlite3.connect(path)) as db:
        return {table: sorted(repr(tuple(row)) for row in db.execute(f"SELECT * FROM {table}")) for table in TRUTH}


def seen(folder: Path) -> bool:
    """Whether damage to the catalogue is noticed by whoever reads, verifies or looks at the index."""
    try:
        with closing(open_for_reading(folder / "catalogue.db")) as db:
            room, book, index = Strongroom(db, ObjectStore(folder / "store"), OFFICE), Book(db), Index(db)
            room.refuse_empty()
            state = index.status()
            return bool(room.verify().damaged or room.kept_ledger() != book.export() or state.indexed != state.entries)
    except (JuanzongError, sqlite3.Error, UnicodeDecodeError) as error:
        if isinstance(error, sqlite3.Error):
            as_ours(error, folder)
        return True


def test_a_flipped_bit_in_the_catalogue_is_found_or_touches_nothing_that_counts_and_a_rebuild_gives_all_back(
    template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(template, tmp_path / "office")
    folder = tmp_path / "office" / "archive"
    path = folder / "catalogue.db"
    whole, before, chance = path.read_bytes(), truth(path), random.Random(6)
    headers = [page + place for page in range(0, len(whole), 4096) for place in (0, 3, 5, 8)]
    places = [chance.randrange(100), *chance.sample(headers, len(headers) if FULL else 8)]
    places += [chance.randrange(len(whole)) for _ in range(3000 if FULL else 25)]
    found = 0
    for place in places:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << chance.randrange(8)]) + whole[place + 1 :])
        if seen(folder):
            found += 1
        else:
            assert truth(path) == before, place
        for left in folder.glob("catalogue.db-*"):
            left.unlink()
    path.write_bytes(whole)
    with closing(open_catalogue(folder / "new.db")) as db:
        store = ObjectStore(folder / "store")
        assert rebuild(db, store, restore_ledger=Book(db).restore, note=lambda _record: None).damaged == ()
    assert truth(folder / "new.db") == before
    with capsys.disabled():
        print(f"\nbits of the catalogue: {len(places)} flipped, {found} found, the rest in nothing that counts", end="")
