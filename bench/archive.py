"""Deposits beside this machine's floor, verification beside sha256sum, and a large archive beside a small one.

`JUANZONG_BENCH_PAPERS` (default 500) and `JUANZONG_BENCH_RECORDS` (default 5000) set the sizes; the promises are made for 10000 and 100000.
"""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from archive import rows
from archive.strongroom import Strongroom
from model.offices import Office
from model.records import Description, Paper, PaperFile, Record
from storage.database import open_catalogue, transaction
from storage.ocfl import ObjectStore

PAPERS = int(os.environ.get("JUANZONG_BENCH_PAPERS", "500"))
RECORDS = int(os.environ.get("JUANZONG_BENCH_RECORDS", "5000"))
NOW = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
OFFICE = Office(name="青山县教育局", short="县教育局", fonds="Z109")


BATCH = 64  # as `archive add` files a folder


def main() -> None:
    """Print a line for each promise."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("JUANZONG_BENCH_DIR")) as name:
        folder = Path(name)
        _deposits(folder)
        _verification(folder / "big")
        _growth(folder / "growth")


def _peak() -> str:
    return f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"


def _room(folder: Path) -> tuple[Strongroom, ObjectStore]:
    db, store = open_catalogue(folder / "catalogue.db"), ObjectStore(folder / "store")
    room = Strongroom(db, store, OFFICE)
    room.settle()
    return room, store


def _file(room: Strongroom, content: bytes, title: str = "通知") -> Record:
    paper = Paper(files=(PaperFile(name="通知.docx", source=content),), description=Description(title=title, year=2026))
    (done,) = room.deposit((paper,), who="bench", now=NOW, reason="", note=lambda *_: None)
    assert done.record
    return done.record


def _cpu(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _floor(folder: Path, papers: int) -> None:
    """As many files written, flushed and renamed, one after another, as the deposits left: no store could do less with each."""
    folder.mkdir()
    for number in range(papers * 7):  # content, record.json, two inventories and sidecars, the declaration
        descriptor = os.open(folder / f"{number}.part", os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        os.write(descriptor, os.urandom(2000))
        os.fsync(descriptor)
        os.close(descriptor)
        (folder / f"{number}.part").rename(folder / str(number))


def _papers(count: int) -> list[Paper]:
    about = Description(title="通知", year=2026)
    return [
        Paper(files=(PaperFile(name="通知.docx", source=os.urandom(2000)),), description=about) for _ in range(count)
    ]


def _deposits(folder: Path) -> None:
    """Turns of a tenth each, so that a busy machine slows ours and the floor alike."""
    room, _ = _room(folder / "small")
    ours = floor = alone = used = 0.0
    turn = max(1, PAPERS // 10)
    for number in range(10):
        before = time.process_time()
        ours += _seconds(lambda: _file_all(room, _papers(turn), BATCH))
        used += time.process_time() - before
        floor += _seconds(lambda n=number: _floor(folder / f"floor{n}", turn))  # type: ignore[misc]
        alone += _seconds(lambda: _file_all(room, _papers(turn // 10), 1))
        if number in (0, 9):
            print(f"deposits  after {turn * (number + 1)}: {_peak()}")
    done = turn * 10
    print(
        f"deposits  {done} papers of 2 kB in batches of {BATCH}: {done / ours:.0f}/s, CPU {used / done * 1e3:.2f} ms each;"
        f" floor {done / floor:.0f}/s; time ratio {ours / floor:.2f}"
    )
    one_by_one = turn // 10 * 10
    if one_by_one:
        print(f"deposits  one by one: {one_by_one / alone:.0f}/s; time ratio {alone / one_by_one / (floor / done):.2f}")
    seconds = _seconds(room.verify)
    print(f"verify    those {done + one_by_one} small ones: {(done + one_by_one) / seconds:.0f}/s; {_peak()}")


def _file_all(room: Strongroom, papers: list[Paper], batch: int) -> None:
    for first in range(0, len(papers), batch):
        some = papers[first : first + batch]
        done = room.deposit(some, who="bench", now=NOW, reason="", note=lambda *_: None)
        assert all(deposit.record for deposit in done)


def _verification(folder: Path) -> None:
    room, store = _room(folder)
    for _ in range(16):
        _file(room, os.urandom(16 << 20))
    paths = [str(path) for path in store.root.rglob("*") if path.is_file()]
    size = sum(Path(path).stat().st_size for path in paths) / 1e6
    theirs = _seconds(lambda: subprocess.run(["sha256sum", *paths], check=True, stdout=subprocess.DEVNULL))
    ours = _seconds(room.verify)
    print(
        f"verify    {size:.0f} MB: {size / ours:.0f} MB/s; sha256sum {size / theirs:.0f} MB/s; speed ratio {theirs / ours:.2f};"
        f" {_peak()}"
    )


def _growth(folder: Path) -> None:
    """CPU time. A large catalogue is made by copying rows: what is measured is list, show and add, not the filling."""
    told = []
    for count in (1000, RECORDS):
        place = folder / str(count)
        room, _ = _room(place)
        first = _file(room, b"first")
        with closing(open_catalogue(place / "catalogue.db")) as db:
            _fill(db, first, count)
        show = _cpu(lambda r=room, f=first: [r.record(f.code) for _ in range(50)]) / 50  # type: ignore[misc]
        add = _cpu(lambda r=room: [_file(r, os.urandom(500)) for _ in range(20)]) / 20  # type: ignore[misc]
        every = _cpu(room.records) / count
        told.append((show, add, every))
    for name, small, large in zip(("show", "add", "list, each record"), *told, strict=True):
        print(
            f"{name:18} 1000 records {small * 1e3:.3f} ms; {RECORDS} records {large * 1e3:.3f} ms; ratio {large / small:.2f}"
        )


def _fill(db: sqlite3.Connection, like: Record, count: int) -> None:
    with transaction(db):
        for number in range(count):
            file = replace(like.files[0], sha256=f"{number:064x}")
            version = replace(like.versions[0], files=(file,))
            code = f"Z109-WS·2025-Y-{number:06d}"
            rows.insert(
                db, replace(like, id=f"r{number}", code=code, register="2025", item=number, versions=(version,))
            )


if __name__ == "__main__":
    main()
