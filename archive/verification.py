"""Is every stored thing what it was: store against inventories, catalogue against store, the chain of events."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from archive import kept, registrations, rows
from archive.events import chain_damage
from model.errors import JuanzongError
from model.records import Damage, Record, Verification
from storage.files import Digest
from storage.ocfl import Fault, ObjectStore


def verify(
    db: sqlite3.Connection, store: ObjectStore, records: Sequence[Record], progress: Callable[[int, int], None]
) -> Verification:
    """Check everything; damage is named by 档号 and path, harmless leftovers become remarks."""
    checked, damaged = 0, list(_catalogue_damage(db))
    for done, record in enumerate(records, 1):
        digests, faults = _object(store, record.id)
        checked += len(digests)
        damaged += [Damage(record=record.code, path=fault.path, why=fault.why) for fault in faults]
        damaged += _disagreements(record, digests, faults)
        if not faults:
            damaged += _contradictions(db, store, record)
        progress(done, len(records))
    here, known = set(store.object_ids()), {record.id for record in records}
    for name in sorted(filter(kept.kind_of, here)):
        digests, faults = _object(store, name)
        checked += len(digests)
        damaged += [Damage(record=kept.called(name), path=fault.path, why=fault.why) for fault in faults]
    damaged += _register_damage(db, store, here)
    gone = (name for (name,) in db.execute("SELECT substr(name, 4) FROM registers WHERE name LIKE '版本/%'"))
    damaged += [Damage(record=kept.called(name), path=name, why="库房里不见了") for name in gone if name not in here]
    strangers = sorted(name for name in here - known if not kept.kind_of(name))
    damaged += [
        Damage(record=name, path="catalogue.db", why="库房里有这一件，目录里没有：请运行 juanzong archive rebuild")
        for name in strangers
        if name not in store.pending() and (store.object_path(name) / "v1/content/record.json").is_file()
    ]
    remarks = tuple(f"库房里的 {stranger} 不在目录中，不影响已归档的件" for stranger in strangers)
    return Verification(checked=checked, damaged=tuple(damaged), remarks=remarks)


def _object(store: ObjectStore, object_id: str) -> tuple[list[Digest], list[Fault]]:
    digests: list[Digest] = []
    faults: list[Fault] = []
    for outcome in store.faults(object_id):
        if isinstance(outcome, Fault):
            faults.append(outcome)
        else:
            digests.append(outcome)
    return digests, faults


def _disagreements(record: Record, digests: list[Digest], faults: list[Fault]) -> Iterator[Damage]:
    """Files that the catalogue knows and the store's inventory does not."""
    held = {digest.sha512 for digest in digests}
    broken = {fault.path for fault in faults}
    for version in record.versions:
        for file in version.files:
            if file.sha512 not in held and file.path not in broken and "inventory.json" not in broken:
                yield Damage(record=record.code, path=file.path, why="目录与库房的清单对不上")


def _contradictions(db: sqlite3.Connection, store: ObjectStore, record: Record) -> Iterator[Damage]:
    """Where the catalogue says something else than the store's own `record.json`, its events included."""
    path = f"v{len(record.versions)}/content/record.json"
    kept = json.loads(store.content_path(record.id, path).read_bytes())
    held, said = rows.from_json(kept), record
    for key, name in (
        ("code", "档号"),
        ("item", "件号"),
        ("filed", "归档时间"),
        ("description", "著录"),
        ("versions", "版本"),
    ):
        if getattr(held, key) != getattr(said, key):
            yield Damage(record=record.code, path="catalogue.db", why=f"目录中的{name}与库房里的记载不一致")
    event = kept.get("event") or {}
    row = db.execute("SELECT digest FROM events WHERE sequence = ?", (event.get("sequence"),)).fetchone()
    if row is None or row["digest"] != event.get("digest"):
        yield Damage(record=record.code, path="catalogue.db", why="目录中的业务行为与库房里的记载不一致")


def _register_damage(db: sqlite3.Connection, store: ObjectStore, here: set[str]) -> Iterator[Damage]:
    """Entries of registers that the catalogue tells otherwise than the store, or does not know."""
    told = {entry.id: entry for entry in registrations.entries(db)}
    for name in sorted(name for name in here if kept.kind_of(name) == "registration" and name not in store.pending()):
        try:
            held = registrations.read(store, name)
        except (JuanzongError, OSError, ValueError, KeyError, TypeError):
            continue  # named with the object's own damage
        said = told.get(name)
        # Which record it was filed as is the record's to say.
        if said is None or replace(said, record=None) != replace(held, record=None):
            yield Damage(record=held.text, path="catalogue.db", why="目录中的登记与库房里的记载不一致")


def _catalogue_damage(db: sqlite3.Connection) -> Iterator[Damage]:
    for (told,) in db.execute("PRAGMA integrity_check(20)"):
        if told != "ok":
            yield Damage(record="档案目录", path="catalogue.db", why=str(told))
    for row in db.execute("PRAGMA foreign_key_check"):
        yield Damage(record="档案目录", path="catalogue.db", why=f"{row[0]} 表里有一行没有着落")
    if broken := chain_damage(db):
        yield broken
