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
from storage.files import FILES
from storage.ocfl import ObjectStore

PAPERS = int(os.environ.get("JUANZONG_BENCH_PAPERS", "500"))
RECORDS = int(os.environ.get("JUANZONG_BENCH_RECORDS", "5000"))
NOW = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
OFFICE = Office(name="青山县教育局", short="县教育局", fonds="Z109")


def main() -> None:
    """Print a line for each promise."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("JUANZONG_BENCH_DIR")) as name:
        folder = Path(name)
        _deposits(folder)
        _verification(folder / "big")
        _growth(folder / "growth")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


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


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _floor(folder: Path) -> None:
    """As many files written, flushed and renamed as the deposits left: the least such a store can cost."""
    folder.mkdir()
    for number in range(PAPERS * 7):  # content, record.json, two inventories and sidecars, the declaration
        FILES.write(folder / f"{number}.part", iter((os.urandom(2000),)))
        FILES.rename(folder / f"{number}.part", folder / str(number))


def _deposits(folder: Path) -> None:
    room, _ = _room(folder / "small")
    ours = _seconds(lambda: [_file(room, os.urandom(2000)) for _ in range(PAPERS)])
    floor = _seconds(lambda: _floor(folder / "floor"))
    print(
        f"deposits  {PAPERS} papers of 2 kB: {PAPERS / ours:.0f}/s; floor {PAPERS / floor:.0f}/s; time ratio {ours / floor:.2f}"
    )


def _verification(folder: Path) -> None:
    room, store = _room(folder)
    for _ in range(16):
        _file(room, os.urandom(16 << 20))
    paths = [str(path) for path in store.root.rglob("*") if path.is_file()]
    size = sum(Path(path).stat().st_size for path in paths) / 1e6
    theirs = _seconds(lambda: subprocess.run(["sha256sum", *paths], check=True, stdout=subprocess.DEVNULL))
    ours = _seconds(room.verify)
    print(
        f"verify    {size:.0f} MB: {size / ours:.0f} MB/s; sha256sum {size / theirs:.0f} MB/s; speed ratio {theirs / ours:.2f}"
    )


def _growth(folder: Path) -> None:
    """A large catalogue is made by copying rows: what is measured is list, show and add, not the filling."""
    told = []
    for count in (1000, RECORDS):
        place = folder / str(count)
        room, _ = _room(place)
        first = _file(room, b"first")
        with closing(open_catalogue(place / "catalogue.db")) as db:
            _fill(db, first, count)
        show = _seconds(lambda r=room, f=first: [r.record(f.code) for _ in range(50)]) / 50  # type: ignore[misc]
        add = _seconds(lambda r=room: [_file(r, os.urandom(500)) for _ in range(20)]) / 20  # type: ignore[misc]
        every = _seconds(room.records) / count
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
            rows.insert(db, replace(like, id=f"r{number}", code=f"Z109-WS·2025-Y-{number:06d}", versions=(version,)))


if __name__ == "__main__":
    main()
