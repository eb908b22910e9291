"""The one SQLite file (catalogue.db): opened safely, migrated by numbered steps, written in transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from model.errors import Busy, Damaged, Fault, JuanzongError, Refused
from storage.files import FILES, Files

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_WAIT = 10_000  # milliseconds that a reader waits for a checkpoint


def open_catalogue(path: Path) -> sqlite3.Connection:
    """Open the catalogue for writing, making or migrating it as needed: WAL, synchronous=FULL, foreign keys on.

    Raises Damaged when the file is no sound database, Refused when a newer version of this program wrote it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    db = _connect(path, read_only=False)
    try:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("PRAGMA foreign_keys=ON")
        _migrate(db, path)
    except sqlite3.DatabaseError as error:
        db.close()
        raise as_ours(error, path) from None
    except BaseException:
        db.close()
        raise
    return db


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open the catalogue read-only; it must exist, and not be `outdated`. Raises Damaged, or Refused when a newer version wrote it."""
    db = _connect(path, read_only=True)
    try:
        _refuse_newer(_applied(db), path)
    except sqlite3.DatabaseError as error:
        db.close()
        raise as_ours(error, path) from None
    except BaseException:
        db.close()
        raise
    return db


def outdated(path: Path) -> bool:
    """Whether an older version of this program wrote the catalogue; a newer one's, or a damaged one, is not outdated."""
    db = _connect(path, read_only=True)
    try:
        done = _applied(db)
    except sqlite3.DatabaseError:
        return False
    finally:
        db.close()
    return set(done) < {number for number, _ in _steps()}


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    mode = "ro" if read_only else "rwc"
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    try:
        db = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=_WAIT / 1000)
    except sqlite3.OperationalError as error:
        raise Refused("打不开档案目录", str(path), str(error), "请检查文件是否存在、是否有读写权限") from None
    db.row_factory = sqlite3.Row
    return db


def as_ours(error: sqlite3.Error, path: Path) -> JuanzongError:
    """SQLite's error in the house's words: damaged, no room, a failing disk, in use, not to be written."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        remedy = "库房里的档案不受影响：请先备份整个文件夹，再运行 juanzong archive rebuild 由库房重建目录"
        return Damaged("档案目录损坏，读不出来", str(path), str(error), remedy)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Busy("档案目录正被占用", str(path), str(error), "请稍后再试；档案没有任何改动")
    why = {
        sqlite3.SQLITE_FULL: "磁盘已满",
        sqlite3.SQLITE_IOERR: "磁盘读写出错，可能已经损坏",
        sqlite3.SQLITE_READONLY: "没有写它的权限，或磁盘是只读的",
        sqlite3.SQLITE_CANTOPEN: "打不开它",
    }.get(code)
    if why is None:
        return Fault("档案目录出了错", str(path), str(error), "请把这一行和所用的命令告诉开发者")
    return Refused("档案目录读写没有成功", str(path), why, "这一步没有做，之前完成的都在；请检查磁盘空间和权限后再试")


def _steps() -> list[tuple[int, Path]]:
    return sorted((int(path.name[:4]), path) for path in MIGRATIONS.glob("[0-9][0-9][0-9][0-9]_*.sql"))


def _applied(db: sqlite3.Connection) -> list[int]:
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").fetchone():
        return []
    return [number for (number,) in db.execute("SELECT number FROM migrations ORDER BY number")]


def _refuse_newer(done: list[int], path: Path) -> None:
    if unknown := set(done) - {number for number, _ in _steps()}:
        why = f"它含有本版本不认识的第 {min(unknown)} 步"
        raise Refused("档案目录是更新版本的程序写的", str(path), why, "请改用更新版本的卷宗打开")


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    """Apply what is missing, each step in a transaction with its record."""
    done, steps = _applied(db), _steps()
    _refuse_newer(done, path)
    for number, file in steps:
        if number in done:
            continue
        with transaction(db):
            for statement in _statements(file.read_text(encoding="utf-8")):
                db.execute(statement)
            db.execute("INSERT INTO migrations (number, name) VALUES (?, ?)", (number, file.stem))


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; `executescript` would commit behind our back."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        yield pending


def gather(db: sqlite3.Connection) -> None:
    """Bring everything that the write-ahead log holds into the one file, durably. Raises sqlite3.Error where that fails."""
    busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise sqlite3.OperationalError("the write-ahead log is in use")


def put_in_place(new: Path, place: Path, aside: Path, files: Files = FILES) -> None:
    """Make a gathered and closed catalogue the office's own; the one it had is kept as `aside`, with what its log still held.

    Broken off anywhere, either the old one is in place, or none is, never a file with another one's log.
    """
    if place.exists():
        with suppress(sqlite3.Error, Refused), closing(_connect(place, read_only=False)) as old:
            gather(old)
    for ending in ("-wal", "-shm", ""):
        left = place.with_name(place.name + ending)
        if left.exists():
            files.rename(left, aside.with_name(aside.name + ending))
    files.rename(new, place)


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing: BEGIN IMMEDIATE, then COMMIT, or ROLLBACK on any exception."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
