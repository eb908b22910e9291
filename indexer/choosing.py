"""Which engine this machine can have."""

from __future__ import annotations

import sqlite3
from importlib import import_module
from pathlib import Path

from indexer.engines import Engine
from indexer.fts5 import Fts5
from model.errors import MissingTool


def engine(db: sqlite3.Connection, folder: Path, wanted: str = "") -> Engine:
    """The engine wanted (fts5, whoosh), else FTS5 where SQLite has it, else Whoosh with its files in `folder`.

    Raises MissingTool where there is neither.
    """
    if wanted != "whoosh" and has_fts5(db):
        return Fts5(db)
    try:
        made: Engine = import_module("indexer.whoosh_engine").Whoosh(db, folder)
    except ModuleNotFoundError:
        why = "这台机器上的 SQLite 没有全文检索（FTS5），也没有安装 Whoosh"
        raise MissingTool("打不开检索", "", why, "请安装：pip install 'juanzong[whoosh]'") from None
    return made


def has_fts5(db: sqlite3.Connection) -> bool:
    """Whether this Python's SQLite was built with FTS5."""
    return bool(db.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0])
