"""The reading room (阅览): records are found, read and verified here; nothing is changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from archive import checks, events, rows
from archive.checks import Checked, Standing
from archive.verification import verify
from model.errors import Damaged, NotFound
from model.records import ALL, Event, Record, RecordFilter, RelationKind, StoredFile, Verification
from storage.files import Hasher, blocks_of
from storage.ocfl import ObjectStore

LEDGER = "ledger"
"""The object that keeps the problem ledger (台账)."""


class ReadingRoom:
    """The records of one office; `db` is its catalogue, `store` its OCFL root."""

    def __init__(self, db: sqlite3.Connection, store: ObjectStore) -> None:
        self._db, self._store = db, store

    def disposed(self) -> frozenset[str]:
        """The ids of records whose files were destroyed after appraisal."""
        found = self._db.execute("SELECT id FROM records WHERE disposed IS NOT NULL")
        return frozenset(row["id"] for row in found)

    def kept_ledger(self) -> str | None:
        """The ledger as the store keeps it, None when there never was one or it is just being changed. Raises Damaged."""
        if LEDGER in self._store.pending() or not self._store.object_path(LEDGER).is_dir():
            return None
        return self._store.newest(LEDGER, "ledger.json").decode()

    def records(self, narrow: RecordFilter = ALL) -> tuple[Record, ...]:
        """The records that fit, in order of filing."""
        return tuple(rows.select(self._db, narrow))

    def count(self) -> int:
        """How many records there are."""
        (count,) = self._db.execute("SELECT count(*) FROM records").fetchone()
        return int(count)

    def record(self, name: str) -> Record:
        """The record of this 档号 or id. Raises NotFound."""
        record = rows.find(self._db, name.strip())
        if record is None:
            raise NotFound("档案中没有这一件", name, "没有这个档号", "请用 juanzong archive list 或 search 查找")
        return record

    def holder(self, sha256: str) -> Record | None:
        """The record that holds a main file of these bytes, or None."""
        return rows.holder_of(self._db, sha256)

    def related_to(self, record: Record) -> tuple[tuple[Record, RelationKind], ...]:
        """Records that say a relation to this one, with which."""
        return tuple(rows.related_to(self._db, record.id))

    def numbered(self, number: str) -> Record | None:
        """A record of this 文号, the newest if there are several, or None."""
        return rows.numbered(self._db, number)

    def events(self, subject: str | None = None) -> tuple[Event, ...]:
        """业务行为 of one record (by id) or all, oldest first."""
        return tuple(events.events(self._db, subject))

    def path(self, record: Record, file: StoredFile) -> Path:
        """Where a stored file lies; to be read, never to be written."""
        return self._store.content_path(record.id, file.path)

    @contextmanager
    def opened(self, record: Record, file: StoredFile) -> Iterator[BinaryIO]:
        """A stored file to read; when it has been read to its end, its digest is checked. Raises Damaged."""
        path = self._store.content_path(record.id, file.path)
        try:
            source = path.open("rb")
        except OSError as error:
            raise _damaged(record, file, error.strerror or str(error)) from None
        with source:
            yield source

    def blocks(self, record: Record, file: StoredFile) -> Iterator[bytes]:
        """The file's bytes; raises Damaged after the last block when they are not those that were filed."""
        hasher = Hasher()
        with self.opened(record, file) as source:
            for block in blocks_of(source):
                hasher.update(block)
                yield block
        if hasher.digest().sha512 != file.sha512:
            raise _damaged(record, file, "内容与归档时不同")

    def verify(
        self,
        progress: Callable[[int, int], None] = lambda _done, _total: None,
        *,
        parts: int = 1,
        on_checked: Callable[[Checked], None] = lambda _checked: None,
    ) -> Verification:
        """Read every stored file, or one part in `parts` (the longest unseen), and compare store, catalogue and events."""
        names = sorted(self._store.object_ids())
        with suppress(sqlite3.DatabaseError):  # a catalogue that cannot be read is told as damage
            records = {row["id"] for row in self._db.execute("SELECT id FROM records WHERE disposed IS NULL")}
            names = checks.due(self._db, records.union(names), parts)
        return verify(self._db, self._store, names, progress, on_checked)

    def standing(self) -> Standing:
        """How verification stands with the records."""
        return checks.standing(self._db)

    def newest_event(self) -> Event | None:
        """The last thing that was done."""
        return events.newest(self._db)

    def changes_since(self, moment: datetime) -> int:
        """How many things were done after this moment, by the clock of their time."""
        (count,) = self._db.execute("SELECT count(*) FROM events WHERE at > ?", (moment.isoformat(),)).fetchone()
        return int(count)


def _damaged(record: Record, file: StoredFile, why: str) -> Damaged:
    remedy = "请运行 juanzong archive verify 查明，并从备份恢复"
    return Damaged("档案文件受损", f"{record.code} {file.name}", why, remedy)
