"""The one SQLite file (catalogue.db): opened safely, migrated by numbered steps, written in transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from model.errors import Damaged, Refused

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
        raise _unsound(path, error) from None
    except BaseException:
        db.close()
        raise
    return db


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open the catalogue read-only; it must exist and be of this version."""
    db = _connect(path, read_only=True)
    try:
        done = _applied(db)
    except sqlite3.DatabaseError as error:
        db.close()
        raise _unsound(path, error) from None
    if done != [number for number, _ in _steps()]:
        db.close()
        raise Refused(
            "档案目录的格式与程序版本不同", str(path), "", "请先运行 juanzong doctor 以外的任一写入命令完成升级"
        )
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


def _unsound(path: Path, error: sqlite3.DatabaseError) -> Damaged:
    remedy = "档案文件本身不受影响：请先备份整个文件夹，再从备份恢复 catalogue.db"
    return Damaged("档案目录损坏，读不出来", str(path), str(error), remedy)


def _steps() -> list[tuple[int, Path]]:
    return sorted((int(path.name[:4]), path) for path in MIGRATIONS.glob("[0-9][0-9][0-9][0-9]_*.sql"))


def _applied(db: sqlite3.Connection) -> list[int]:
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").fetchone():
        return []
    return [number for (number,) in db.execute("SELECT number FROM migrations ORDER BY number")]


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    """Apply what is missing, each step in a transaction with its record."""
    done, steps = _applied(db), _steps()
    if unknown := set(done) - {number for number, _ in steps}:
        why = f"它含有本版本不认识的第 {min(unknown)} 步"
        raise Refused("档案目录是更新版本的程序写的", str(path), why, "请改用更新版本的卷宗打开")
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
