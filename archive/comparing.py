"""Where the catalogue says something else than the store: rows, events, registers, what is gone and what is unknown."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from archive import kept, registrations, rows
from archive.events import chain_damage
from model.errors import JuanzongError
from model.records import Damage, Record
from storage.ocfl import ObjectStore

_CATALOGUE = "档案目录"
_COMPARED = {
    "code": "档号",
    "register": "登记簿",
    "item": "件号",
    "former": "原档号",
    "filed": "归档时间",
    "description": "著录",
    "versions": "版本",
}


def unreadable(error: Exception) -> Damage:
    """The catalogue's own file is damaged."""
    return Damage(record=_CATALOGUE, path="catalogue.db", why=f"读不出来（{error}）：请运行 juanzong archive rebuild")


def unknown(name: str) -> Damage:
    """A record of the store that the catalogue does not know."""
    return Damage(record=name, path="catalogue.db", why="库房里有这一件，目录里没有：请运行 juanzong archive rebuild")


def catalogue_damage(db: sqlite3.Connection) -> Iterator[Damage]:
    """What SQLite itself finds in its file, and the first event that does not follow from the one before."""
    try:
        for (told,) in db.execute("PRAGMA integrity_check(20)"):
            if told != "ok":
                yield Damage(record=_CATALOGUE, path="catalogue.db", why=str(told))
        for row in db.execute("PRAGMA foreign_key_check"):
            yield Damage(record=_CATALOGUE, path="catalogue.db", why=f"{row[0]} 表里有一行没有着落")
        if broken := chain_damage(db):
            yield broken
    except (sqlite3.DatabaseError, ValueError, TypeError) as error:
        yield unreadable(error)


def contradictions(db: sqlite3.Connection, store: ObjectStore, record: Record) -> Iterator[Damage]:
    """Where the catalogue says something else of a record than the store's own `record.json`, its events included."""
    for number in range(1, len(record.versions) + 1):
        told = json.loads(store.content_path(record.id, f"v{number}/content/record.json").read_bytes())
        if number == len(record.versions):
            held = rows.from_json(told)
            for key, name in _COMPARED.items():
                if getattr(held, key) != getattr(record, key):
                    yield Damage(record=record.code, path="catalogue.db", why=f"目录中的{name}与库房里的记载不一致")
        yield from _lost_event(db, record.code, told.get("event") or {})


def lost_changes(db: sqlite3.Connection, store: ObjectStore, name: str) -> Iterator[Damage]:
    """What the store holds of an object that is no record and the catalogue does not know: versions, events."""
    if not kept.kind_of(name):
        return
    row = db.execute("SELECT last FROM registers WHERE name = ?", (f"版本/{name}",)).fetchone()
    head = store.head(name)
    if row is None or row["last"] != head:
        why = f"库房里是第 {head} 版，目录只知道第 {row['last'] if row else 0} 版"
        yield Damage(record=kept.called(name), path="catalogue.db", why=why)
    for number in range(1, head + 1):
        for event in json.loads(store.content_path(name, f"v{number}/content/events.json").read_bytes()):
            yield from _lost_event(db, kept.called(name), event)


def _lost_event(db: sqlite3.Connection, subject: str, event: dict[str, object]) -> Iterator[Damage]:
    row = db.execute("SELECT digest FROM events WHERE sequence = ?", (event.get("sequence"),)).fetchone()
    if row is None or row["digest"] != event.get("digest"):
        yield Damage(record=subject, path="catalogue.db", why="目录中的业务行为与库房里的记载不一致")


def disagreements(db: sqlite3.Connection, store: ObjectStore) -> Iterator[Damage]:
    """What the catalogue as a whole says against the store as a whole."""
    # Read in this order, so that another process that files meanwhile looks like no damage: known, there, under way, known.
    known = [name for (name,) in db.execute("SELECT substr(name, 4) FROM registers WHERE name LIKE '版本/%'")]
    here = set(store.object_ids())
    yield from _register_damage(db, store, here)
    for name in known:
        if name not in here:
            yield Damage(record=kept.called(name), path=name, why="库房里不见了")
    for row in db.execute(
        "SELECT register, max(item) AS item, last FROM records LEFT JOIN registers ON name = register"
        " GROUP BY register HAVING last IS NULL OR last < max(item)"
    ):
        why = f"编到 {row['last'] or 0}，已归档的却到了 {row['item']}：再编就会重号，请运行 juanzong archive rebuild"
        yield Damage(record=row["register"], path="catalogue.db", why=why)


def _register_damage(db: sqlite3.Connection, store: ObjectStore, here: set[str]) -> Iterator[Damage]:
    """Entries of registers that the catalogue tells otherwise than the store, or does not know."""
    pending = store.pending()
    told = {entry.id: entry for entry in registrations.entries(db)}
    for name in sorted(name for name in here - pending if kept.kind_of(name) == "registration"):
        try:
            held = registrations.read(store, name)
        except (JuanzongError, OSError, ValueError, KeyError, TypeError):
            continue  # named with the object's own damage
        said = told.get(name)
        # Which record it was filed as is the record's to say.
        if said is None or replace(said, record=None) != replace(held, record=None):
            yield Damage(record=held.text, path="catalogue.db", why="目录中的登记与库房里的记载不一致")


def strangers(db: sqlite3.Connection, store: ObjectStore) -> list[str]:
    """Objects of the store that the catalogue does not know, those of a change under way left out."""
    here = {name for name in store.object_ids() if not kept.kind_of(name)} - store.pending()
    return sorted(here - {row["id"] for row in db.execute("SELECT id FROM records")})


def is_record(store: ObjectStore, name: str) -> bool:
    """Whether a stranger is a record and not a leftover."""
    return (store.object_path(name) / "v1/content/record.json").is_file()
