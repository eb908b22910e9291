"""The catalogue back from the store alone: records, versions, files, events, registers and the ledger."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from archive import rows
from archive.verification import KEPT
from model.errors import JuanzongError
from model.records import Damage, Event, Record
from storage.database import transaction
from storage.ocfl import Fault, ObjectStore


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came back: how many records and events, whether a ledger did, and every object that could not be read."""

    records: int
    events: int
    ledger: bool
    damaged: tuple[Damage, ...]


def rebuild(
    db: sqlite3.Connection,
    store: ObjectStore,
    *,
    restore_ledger: Callable[[str], None],
    note: Callable[[Record], None],
) -> Rebuilt:
    """Fill an empty catalogue from the store, in one transaction; `note` hears each record (the desk indexes it there).

    An object that is damaged in any file is still taken when its newest `record.json` is sound; what cannot be read is named.
    """
    records: dict[int, Record] = {}
    events: dict[int, Event] = {}
    registers: dict[str, int] = {}
    damaged: list[Damage] = []
    for name in store.object_ids():
        damaged += [Damage(record=name, path=f.path, why=f.why) for f in store.faults(name) if isinstance(f, Fault)]
        try:
            made, record = _read(store, name)
        except (JuanzongError, OSError, ValueError, KeyError, TypeError) as error:
            damaged.append(Damage(record=name, path="record.json", why=f"读不出来，没有恢复：{error}"))
            continue
        events |= {event.sequence: event for event in made}
        if record:
            records[made[0].sequence] = record
            head, _, number = record.code.rpartition("-")
            registers[f"档号/{head}"] = max(int(number), registers.get(f"档号/{head}", 0))
        else:
            registers[f"版本/{name}"] = _head(store, name)
    ledger = _ledger(store)
    with transaction(db):
        for _, event in sorted(events.items()):
            rows.insert_event(db, event)
        for _, record in sorted(records.items()):
            rows.insert(db, record)
            note(record)
        db.executemany("INSERT INTO registers (name, last) VALUES (?, ?)", sorted(registers.items()))
        if ledger is not None:
            restore_ledger(ledger)
    return Rebuilt(len(records), len(events), ledger is not None, tuple(damaged))


def _read(store: ObjectStore, name: str) -> tuple[list[Event], Record | None]:
    """An object's events, oldest first, and its record if it is one."""
    made: list[Event] = []
    record: Record | None = None
    for version in range(1, _head(store, name) + 1):
        if name in KEPT:
            made += [rows.event_from_json(told) for told in _json(store, name, version, "events.json")]
            continue
        told = _json(store, name, version, "record.json")
        record = rows.from_json(told)
        made.append(rows.event_from_json(told["event"]))
    return made, record


def _head(store: ObjectStore, name: str) -> int:
    return int(store.inventory(name)["head"][1:])


def _json(store: ObjectStore, name: str, version: int, file: str) -> Any:
    return json.loads(store.content_path(name, f"v{version}/content/{file}").read_bytes())


def _ledger(store: ObjectStore) -> str | None:
    if "ledger" not in set(_kept(store)):
        return None
    path = f"v{_head(store, 'ledger')}/content/ledger.json"
    return store.content_path("ledger", path).read_text(encoding="utf-8")


def _kept(store: ObjectStore) -> Iterator[str]:
    return (name for name in KEPT if store.object_path(name).is_dir())
