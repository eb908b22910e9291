"""Whatever happens to the machine: killed at every call, power lost with anything unflushed gone or torn, disk full, disk failing.

One run of an errand is watched; before every call on a file and before every SQL statement the whole archive is copied as the disk
would hold it at that moment. Each copy is then opened again and has to be whole. `JUANZONG_SWEEP=full` makes the runs longer.
"""

import errno
import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path

import pytest

from archive import mirroring
from archive.strongroom import Strongroom
from desk.filing import index_entry
from indexer.index import Index
from model.offices import Office
from model.records import Description, Paper, PaperFile, Record
from storage.database import open_catalogue
from storage.files import Digest, Files
from storage.ocfl import ObjectStore

NOW = datetime(2026, 3, 5, 9, 30)
OFFICE = Office(name="青山县教育局", short="县教育局", fonds="Z109")
FULL = os.environ.get("JUANZONG_SWEEP") == "full"
LOSSES = 8 if FULL else 1
PAPERS = 12 if FULL else 2
BATCH = 12 if FULL else 2


class Unflushed(Files):
    """Files that skip what only a power cut could tell: those are simulated here, and real flushes take most of the time."""

    def write(self, path: Path, blocks: Iterator[bytes], *, flush: bool = True) -> Digest:
        return super().write(path, blocks, flush=False)

    def flush(self, paths: Iterable[Path]) -> None:
        pass

    def flush_folder(self, path: Path) -> None:
        pass


class Room:
    def __init__(self, folder: Path, files: Files | None = None) -> None:
        self.folder = folder
        self.db: sqlite3.Connection = open_catalogue(folder / "catalogue.db")
        self.db.execute("PRAGMA synchronous=OFF")
        files = files or Unflushed()
        self.store = ObjectStore(folder / "store", files)
        self.index = Index(self.db)
        self.strongroom = Strongroom(self.db, self.store, OFFICE)
        self.strongroom.settle()

    def note(self, record: Record, _paper: Paper) -> None:
        self.index.put(index_entry(record, {}, ()))

    def file(self, content: bytes) -> Record:
        (record,) = self.file_all(content)
        return record

    def file_all(self, *contents: bytes) -> list[Record]:
        described = Description(title="关于开展检查的通知", year=2026, dated=date(2026, 3, 5))
        papers = [
            Paper(files=(PaperFile(name="通知.docx", source=content),), description=described) for content in contents
        ]
        done = self.strongroom.deposit(papers, who="张三", now=NOW, reason="", note=self.note)
        return [deposit.record for deposit in done if deposit.record]

    def replace(self, record: Record, content: bytes) -> Record:
        files = (PaperFile(name="通知.docx", source=content),)
        return self.strongroom.add_version(record.id, files, who="张三", now=NOW, reason="盖章", note=self.note)

    def contents(self) -> list[list[bytes]]:
        read = self.strongroom.blocks
        return [[b"".join(read(r, v.files[0])) for v in r.versions] for r in self.strongroom.records()]


@dataclass
class Name:
    """A name the disk may forget: its folder has not been flushed since it was given."""

    path: Path
    old: Path | None = None
    before: bytes | None = None


@dataclass
class Watched(Unflushed):
    """Files that tell `hook` before each call, and remember which names and bytes a power cut could take back."""

    hook: Callable[[], None] = lambda: None
    unflushed: list[Name] = field(default_factory=list)
    dirty: set[Path] = field(default_factory=set)

    def write(self, path: Path, blocks: Iterator[bytes], *, flush: bool = True) -> Digest:
        self.hook()
        self.unflushed.append(Name(path))
        self.dirty.add(path)
        digest = super().write(path, self._torn(blocks), flush=flush)
        if flush:
            self.dirty.discard(path)
        self.hook()
        return digest

    def _torn(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        for block in blocks:
            yield block[: len(block) // 2]
            self.hook()
            yield block[len(block) // 2 :]

    def flush(self, paths: Iterable[Path]) -> None:
        """In any order: that of their names, which is neither that of writing nor that of the tree."""
        for path in sorted(paths, key=lambda path: path.name[::-1]):
            if path.is_dir():
                self.flush_folder(path)
                continue
            self.hook()
            self.dirty.discard(path)

    def make_folder(self, path: Path, *, flush: bool = True) -> list[Path]:
        made = [place for place in reversed((path, *path.parents)) if not place.exists()]
        for folder in made:
            self.hook()
            folder.mkdir()
            self.unflushed.append(Name(folder))
            if flush:
                self.flush_folder(folder.parent)
        return made

    def flush_folder(self, path: Path) -> None:
        self.hook()
        self.unflushed = [name for name in self.unflushed if name.path.parent != path]

    def rename_all(self, moves: Sequence[tuple[Path, Path]]) -> None:
        for old, new in moves:
            self.hook()
            before = new.read_bytes() if new.is_file() else None
            old.replace(new)
            self._follow(old, new)
            self.unflushed.append(Name(new, old, before))
        self.flush({new.parent for _, new in moves} | {old.parent for old, _ in moves})

    def _follow(self, old: Path, new: Path) -> None:
        """What was not flushed is still not flushed under its new name."""
        for name in self.unflushed:
            if name.path.is_relative_to(old):
                name.path = new / name.path.relative_to(old)
        self.dirty = {new / path.relative_to(old) if path.is_relative_to(old) else path for path in self.dirty}

    def remove(self, path: Path) -> None:
        self.hook()
        super().remove(path)


@dataclass
class Watch:
    """Copies of the archive at every moment of an errand, with how much had been acknowledged by then."""

    folder: Path
    shelf: Path
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    states: list[tuple[Path, int]] = field(default_factory=list)
    acknowledged: int = 0
    wal: int = 0
    committed: bool = False
    last: object = None
    files: Watched = field(default_factory=Watched)

    def __post_init__(self) -> None:
        self.files.hook = self.copy

    def copy(self) -> None:
        """Copy the archive as it lies there now, unless nothing changed since the last copy."""
        if self.committed:  # SQLite has flushed its log: no power cut takes back what stands in it
            self.wal, self.committed = (self.folder / "catalogue.db-wal").stat().st_size, False
        paths = sorted(path for path in self.folder.rglob("*") if path.name != "catalogue.db-shm")
        seen = [(path, about.st_size, about.st_mtime_ns) for path, about in ((path, path.stat()) for path in paths)]
        now = (seen, len(self.files.unflushed), len(self.files.dirty), self.acknowledged)
        if now == self.last:
            return
        self.last = now
        for loss in range(1 + LOSSES):
            state = self.shelf / str(len(self.states))
            shutil.copytree(self.folder, state)
            (state / "catalogue.db-shm").unlink(missing_ok=True)
            if loss:
                self._lose(state)
            self.states.append((state, self.acknowledged))

    def traced(self, statement: str) -> None:
        """Copy before a statement is carried out."""
        self.copy()
        self.committed = statement == "COMMIT"

    def acknowledge(self, count: int = 1) -> None:
        self.acknowledged += count
        self.wal = (self.folder / "catalogue.db-wal").stat().st_size

    def _lose(self, state: Path) -> None:
        """Power is cut: bytes and names not flushed may be gone in any order or torn, rows not committed too."""
        for dirty in self.files.dirty:
            self._tear(state / dirty.relative_to(self.folder))
        for name in reversed(self.files.unflushed):
            if not name.path.is_relative_to(self.folder) or self.chance.random() < 0.3:
                continue
            path = state / name.path.relative_to(self.folder)
            if not path.exists():
                continue
            if name.old:
                path.rename(state / name.old.relative_to(self.folder))
                if name.before is not None:
                    path.write_bytes(name.before)
            elif path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        wal = state / "catalogue.db-wal"
        if wal.exists() and self.wal < wal.stat().st_size:
            os.truncate(wal, self.chance.randint(self.wal, wal.stat().st_size))

    def _tear(self, path: Path) -> None:
        """Bytes that were not flushed: all there, none, some, or blanks where they should be."""
        content, kept = path.read_bytes(), self.chance.random()
        if kept < 0.3:
            path.write_bytes(content[: self.chance.randint(0, len(content))])
        elif kept < 0.6:
            path.write_bytes(bytes(len(content)))
        elif kept < 0.8:
            path.write_bytes(b"")


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    (tmp_path / "states").mkdir()
    Room(tmp_path / "archive").db.close()
    return Watch(tmp_path / "archive", tmp_path / "states")


def whole(state: Path) -> Room:
    """Open what is left: nothing damaged, index equal to the catalogue, and the next paper gets the next number."""
    room = Room(state)
    outcome = room.strongroom.verify()
    assert (outcome.damaged, outcome.remarks) == ((), ()), state
    held = room.strongroom.records()
    assert room.index.status().entries == len(held)
    assert [record.code[-4:] for record in held] == [f"{n:04d}" for n in range(1, len(held) + 1)]
    assert not list(room.store.staging.iterdir())
    return room


def tell(capsys: pytest.CaptureFixture[str], what: str, count: int) -> None:
    with capsys.disabled():
        print(f"\n{what}: {count} faults tried", end="")


def test_no_acknowledged_paper_is_lost_and_none_is_half_at_any_moment(
    watch: Watch, capsys: pytest.CaptureFixture[str]
) -> None:
    room = Room(watch.folder, watch.files)
    room.db.set_trace_callback(watch.traced)
    for number in range(PAPERS):
        room.file(b"paper %d" % number)
        watch.acknowledge()
    room.db.close()
    for state, acknowledged in watch.states:
        left = whole(state)
        kept = left.contents()
        assert kept in [[[b"paper %d" % n] for n in range(acknowledged + more)] for more in (0, 1)]
        assert left.file(b"next").code.endswith(f"{len(kept) + 1:04d}")
        left.db.close()
    tell(capsys, "deposit", len(watch.states))


def test_a_batch_of_papers_is_filed_whole_or_not_at_all(watch: Watch, capsys: pytest.CaptureFixture[str]) -> None:
    room = Room(watch.folder, watch.files)
    room.file(b"before")
    watch.acknowledge()
    room.db.set_trace_callback(watch.traced)
    batch = [b"paper %d" % number for number in range(BATCH)]
    assert len(room.file_all(*batch, b"before", batch[0])) == BATCH
    watch.acknowledge(BATCH)
    room.db.close()
    for state, acknowledged in watch.states:
        left = whole(state)
        kept = left.contents()
        assert kept == [[b"before"], *([content] for content in batch)][: len(kept)]
        assert len(kept) in ({BATCH + 1} if acknowledged > 1 else {1, BATCH + 1} if acknowledged else {0, 1}), state
        left.db.close()
    tell(capsys, "batch", len(watch.states))


def test_a_new_version_and_a_ledger_are_whole_or_absent_at_any_moment(
    watch: Watch, capsys: pytest.CaptureFixture[str]
) -> None:
    room = Room(watch.folder)
    record = room.file(b"one")
    room.db.close()
    room = Room(watch.folder, watch.files)
    watch.wal = 0
    room.db.set_trace_callback(watch.traced)
    room.replace(record, b"two")
    watch.acknowledge()
    room.strongroom.keep_ledger(lambda: "{}", who="张三", now=NOW, reason="导入")
    watch.acknowledge()
    room.strongroom.keep_ledger(lambda: "{ }", who="张三", now=NOW, reason="导入")
    room.db.close()
    for state, acknowledged in watch.states:
        left = whole(state)
        assert left.contents() in ([[[b"one", b"two"]]] if acknowledged else [[[b"one"]], [[b"one", b"two"]]])
        left.strongroom.keep_ledger(lambda: "[]", who="张三", now=NOW, reason="再导入")
        assert left.strongroom.verify().damaged == ()
        left.db.close()
    tell(capsys, "version and ledger", len(watch.states))


def test_a_mirror_and_a_repair_broken_off_anywhere_are_completed_by_doing_them_again(
    watch: Watch, capsys: pytest.CaptureFixture[str]
) -> None:
    room = Room(watch.folder)
    record = room.file(b"one" * 100)
    room.replace(record, b"two" * 100)
    watch.wal = (watch.folder / "catalogue.db-wal").stat().st_size
    copy = mirroring.mirror_store(watch.folder / "镜像", watch.files)
    mirroring.mirror(room.store, copy, lambda done, total: None)
    made = len(watch.states)
    path = room.store.content_path(record.id, record.files[0].path)
    path.write_bytes(b"ruined")
    room.db.close()
    room = Room(watch.folder, watch.files)
    watch.wal = 0
    room.db.set_trace_callback(watch.traced)
    mended = mirroring.repair(room.strongroom, room.store, copy, who="张三", now=NOW)
    assert (mended.mended, mended.left) == ((record.id,), ())
    room.db.close()
    for place, (state, _) in enumerate(watch.states):
        left = Room(state)
        second = mirroring.mirror_store(state / "镜像", Unflushed())
        if place < made:
            mirroring.mirror(left.store, second, lambda done, total: None)
        else:
            mirroring.repair(left.strongroom, left.store, second, who="张三", now=NOW)
        assert left.strongroom.verify().damaged == (), state
        assert left.contents() == [[b"one" * 100, b"two" * 100]]
        assert not mirroring.faults(second, record.id)
        left.db.close()
    tell(capsys, "mirror and repair", len(watch.states))


@dataclass
class Failing(Watched):
    """Files of which the call at `at` fails with the error, once."""

    at: int = 0
    error: int = errno.ENOSPC
    calls: int = 0

    def __post_init__(self) -> None:
        self.hook = self._count

    def _count(self) -> None:
        self.calls += 1
        if self.calls == self.at:
            raise OSError(self.error, os.strerror(self.error))


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
def test_a_full_or_failing_disk_at_any_call_leaves_the_archive_as_it_was_and_usable(
    tmp_path: Path, error: int, capsys: pytest.CaptureFixture[str]
) -> None:
    at = 0
    while True:
        at += 1
        files = Failing(error=error)
        room = Room(tmp_path / str(at), files)
        record = room.file(b"kept")
        files.calls, files.at = 0, at
        for errand in (partial(room.file, b"lost"), partial(room.replace, record, b"newer")):
            with suppress(OSError):
                errand()
        assert room.strongroom.verify().damaged == (), at
        reached, files.at = files.calls >= at, 0
        room.strongroom.settle()
        room.file(b"after")
        room.db.close()
        again = whole(tmp_path / str(at))
        assert b"kept" in again.contents()[0]
        again.db.close()
        if not reached:
            break
    assert at > 20
    tell(capsys, errno.errorcode[error], at - 1)
