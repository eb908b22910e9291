"""The catalogue back from the store alone: records, versions, files, events, registers and the ledger."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from archive import boxing, disposal, kept, registrations, rows
from archive.reading_room import LEDGER
from model.boxes import Box
from model.disposals import Disposal
from model.errors import JuanzongError
from model.records import Damage, Event, Record
from model.registers import Registration
from storage.checking import Fault
from storage.database import transaction
from storage.ocfl import ObjectStore


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
    found = _Found({}, {}, {}, [], [], {}, [])
    damaged: list[Damage] = []
    for name in store.object_ids():
        damaged += [Damage(record=name, path=f.path, why=f.why) for f in store.faults(name) if isinstance(f, Fault)]
        try:
            _read(store, name, found)
        except (JuanzongError, OSError, ValueError, KeyError, TypeError) as error:
            damaged.append(Damage(record=name, path="record.json", why=f"读不出来，没有恢复：{error}"))
    ledger = store.newest(LEDGER, "ledger.json").decode() if store.object_path(LEDGER).is_dir() else None
    with transaction(db):
        for _, event in sorted(found.events.items()):
            rows.insert_event(db, event)
        for _, record in sorted((found.records | found.stubs).items()):
            rows.insert(db, record)
            note(record)
        filed = {record.description.registration: record.id for record in (found.records | found.stubs).values()}
        for entry in found.entries:
            registrations.insert(db, replace(entry, record=filed.get(entry.id)))
        for made in found.disposals:
            disposal.insert(db, made)
        for box in found.boxes:
            boxing.insert(db, box)
        db.executemany("INSERT INTO registers (name, last) VALUES (?, ?)", sorted(found.registers.items()))
        if ledger is not None:
            restore_ledger(ledger)
    return Rebuilt(len(found.records | found.stubs), len(found.events), ledger is not None, tuple(damaged))


@dataclass(frozen=True, slots=True)
class _Found:
    """What the store held: records by the sequence of their filing, events by theirs, registers and their last numbers, entries."""

    records: dict[int, Record]
    events: dict[int, Event]
    registers: dict[str, int]
    entries: list[Registration]
    boxes: list[Box]
    stubs: dict[int, Record]
    disposals: list[Disposal]

    def reached(self, register: str, number: int) -> None:
        """A register has given this number."""
        self.registers[register] = max(number, self.registers.get(register, 0))


def _read(store: ObjectStore, name: str, found: _Found) -> None:
    """Take in one object: nothing of it, or all."""
    head = store.head(name)
    if kept.kind_of(name):
        told = [event for version in range(1, head + 1) for event in _json(store, name, version, "events.json")]
        _read_kept(store, name, head, found)
        found.reached(f"版本/{name}", head)
        found.events.update((event["sequence"], rows.event_from_json(event)) for event in told)
        return
    versions = [_json(store, name, version, "record.json") for version in range(1, head + 1)]
    events = [rows.event_from_json(version["event"]) for version in versions]
    record = rows.from_json(versions[-1])
    found.events.update((event.sequence, event) for event in events)
    found.records[events[0].sequence] = record
    _reached(record, found)


def _read_kept(store: ObjectStore, name: str, head: int, found: _Found) -> None:
    """What an object that is no record says of the registers."""
    if kept.kind_of(name) == "registration":
        entry = registrations.read(store, name)
        found.entries.append(entry)
        found.reached(registrations.register_name(entry.book, entry.code, entry.year), entry.number)
    elif kept.kind_of(name) == "disposal":
        _read_disposal(store, name, found)
    elif kept.kind_of(name) == "box":
        box = boxing.read(store, name)
        found.boxes.append(box)
        found.reached(boxing.REGISTER, box.number)
    elif name == "registers":
        for version in range(1, head + 1):
            for register, last in _json(store, name, version, registrations.STARTS).items():
                found.reached(register, last)


def _read_disposal(store: ObjectStore, name: str, found: _Found) -> None:
    """A disposal, and the stubs of what it destroyed; they win over an object that a crash left behind."""
    made = disposal.read(store, name)
    found.disposals.append(made)
    found.reached(f"{disposal.CODE}/{made.proposed_on.year}", int(made.number.rpartition("〕")[2].removesuffix("号")))
    for stub in disposal.stubs(store, name):
        events = [rows.event_from_json(event) for event in stub["events"]]
        found.events.update((event.sequence, event) for event in events)
        record = replace(rows.from_json(stub["record"]), versions=(), disposed=made.number)
        found.stubs[min(event.sequence for event in events if event.action == "归档")] = record
        _reached(record, found)


def _reached(record: Record, found: _Found) -> None:
    """The registers that a record's number and its former ones came from have given them."""
    found.reached(record.register, record.item)
    for former in record.former:
        found.reached(former.register, former.item)


def _json(store: ObjectStore, name: str, version: int, file: str) -> Any:
    return json.loads(store.content_path(name, f"v{version}/content/{file}").read_bytes())
