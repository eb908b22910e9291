"""Records to and from the rows of the catalogue and the `record.json` that the store keeps beside the files."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from model.records import (
    ALL,
    Description,
    Event,
    FormerCode,
    Part,
    Record,
    RecordFilter,
    Relation,
    RelationKind,
    Retention,
    StoredFile,
    Version,
)

_PLAIN = ("title", "issuer", "number", "kind", "unit", "unit_name", "campaign", "stage", "secrecy", "pages", "year")
_MORE = (
    "urgency",
    "addressees",
    "copies_to",
    "department",
    "retention_reason",
    "note",
    "source",
    "registration",
    "hold",
)
_ELEMENTS = {*_MORE, "relations", "unconfirmed", "former"}
"""What stands as JSON in `more`."""


def insert(db: sqlite3.Connection, record: Record) -> None:
    """Write a record with all its versions, inside the caller's transaction."""
    values = _row(record) | {"id": record.id}
    columns = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    db.execute(f"INSERT INTO records ({columns}) VALUES ({marks})", values)  # noqa: S608 - fixed names
    for version in record.versions:
        insert_version(db, record.id, version)


def update(db: sqlite3.Connection, record: Record) -> None:
    """Write a record's description anew and its newest version with it, inside the caller's transaction."""
    values = _row(record)
    sets = ", ".join(f"{name} = :{name}" for name in values)
    db.execute(f"UPDATE records SET {sets} WHERE id = :id", values | {"id": record.id})  # noqa: S608 - fixed names
    insert_version(db, record.id, record.versions[-1])


def _row(record: Record) -> dict[str, Any]:
    """The columns of `records` but the id; what nobody searches by stands as JSON in `more`."""
    told = _described(record.description)
    more = {name: told.pop(name) for name in (*_MORE, "relations", "unconfirmed")}
    more["former"] = [asdict(former) for former in record.former]
    return told | {
        "code": record.code,
        "register": record.register,
        "item": record.item,
        "disposed": record.disposed or None,
        "evidence": json.dumps(told["evidence"], ensure_ascii=False),
        "more": json.dumps(more, ensure_ascii=False),
        "filed": record.filed.isoformat(),
    }


def insert_version(db: sqlite3.Connection, record: str, version: Version) -> None:
    """Write one version with its files, inside the caller's transaction."""
    db.execute(
        "INSERT INTO versions (record, number, created, who, reason) VALUES (?, ?, ?, ?, ?)",
        (record, version.number, version.created.isoformat(), version.who, version.reason),
    )
    db.executemany(
        "INSERT INTO files (record, version, place, name, path, part, media_type, size, sha256, sha512)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (record, version.number, place, f.name, f.path, f.part.value, f.media_type, f.size, f.sha256, f.sha512)
            for place, f in enumerate(version.files)
        ],
    )


def select(db: sqlite3.Connection, narrow: RecordFilter = ALL) -> Iterator[Record]:
    """The records that fit, in order of filing."""
    bounds = {
        "campaign = :campaign": narrow.campaign,
        "unit = :unit": narrow.unit,
        "kind = :kind": narrow.kind,
        "year = :year": narrow.year,
        "dated >= :start": narrow.start.isoformat() if narrow.start else None,
        "dated <= :end": narrow.end.isoformat() if narrow.end else None,
    }
    given = {clause: value for clause, value in bounds.items() if value is not None}
    where = f"WHERE {' AND '.join(given)}" if given else ""
    values = {clause.split(":")[1]: value for clause, value in given.items()}
    rows = db.execute(f"SELECT * FROM records {where} ORDER BY rowid", values)  # noqa: S608 - fixed clauses
    yield from (_record(db, row) for row in rows)


def find(db: sqlite3.Connection, name: str) -> Record | None:
    """The record with this id or 档号."""
    row = db.execute("SELECT * FROM records WHERE id = :name OR code = :name", {"name": name}).fetchone()
    return _record(db, row) if row else None


def holder_of(db: sqlite3.Connection, sha256: str) -> Record | None:
    """A record whose newest version holds a main file of these bytes (正文), or None."""
    row = db.execute(
        "SELECT record FROM files WHERE sha256 = ? AND part = ? AND version ="
        " (SELECT max(number) FROM versions WHERE versions.record = files.record) LIMIT 1",
        (sha256, Part.MAIN.value),
    ).fetchone()
    return find(db, row["record"]) if row else None


def dispose(db: sqlite3.Connection, record: Record) -> None:
    """Take a record's files out of the catalogue and say which disposal destroyed them; inside the caller's transaction."""
    db.execute("UPDATE records SET disposed = ? WHERE id = ?", (record.disposed, record.id))
    db.execute("DELETE FROM files WHERE record = ?", (record.id,))
    db.execute("DELETE FROM versions WHERE record = ?", (record.id,))


def difference(before: Record, after: Record) -> dict[str, dict[str, Any]]:
    """What an event says of a change: 改前 and 改后, the changed fields alone."""
    old, new = (_described(record.description) | {"code": record.code} for record in (before, after))
    changed = [name for name in new if old[name] != new[name]]
    return {"改前": {name: old[name] for name in changed}, "改后": {name: new[name] for name in changed}}


def related_to(db: sqlite3.Connection, id: str) -> Iterator[tuple[Record, RelationKind]]:
    """Records that name this one in a relation, with its kind."""
    for row in db.execute("SELECT * FROM records WHERE more LIKE ? ORDER BY rowid", (f'%"to": "{id}"%',)).fetchall():
        record = _record(db, row)
        yield from ((record, relation.kind) for relation in record.description.relations if relation.to == id)


def numbered(db: sqlite3.Connection, number: str) -> Record | None:
    """The newest record of this 文号, or None."""
    row = db.execute("SELECT * FROM records WHERE number = ? ORDER BY rowid DESC LIMIT 1", (number,)).fetchone()
    return _record(db, row) if row else None


def _record(db: sqlite3.Connection, row: sqlite3.Row) -> Record:
    versions = db.execute("SELECT * FROM versions WHERE record = ? ORDER BY number", (row["id"],)).fetchall()
    files = db.execute("SELECT * FROM files WHERE record = ? ORDER BY version, place", (row["id"],)).fetchall()
    more = json.loads(row["more"])
    if strange := set(more) - _ELEMENTS:  # a flipped bit in a name would else read as nothing said
        raise ValueError(f"不认识的著录项：{'、'.join(sorted(strange))}")
    told = dict(row) | {"evidence": json.loads(row["evidence"])} | more
    return Record(
        id=row["id"],
        code=row["code"],
        register=row["register"],
        item=row["item"],
        disposed=row["disposed"] or "",
        former=tuple(FormerCode(**former) for former in told.get("former", ())),
        filed=datetime.fromisoformat(row["filed"]),
        description=_description(told),
        versions=tuple(
            _version(version, (f for f in files if f["version"] == version["number"])) for version in versions
        ),
    )


def _version(row: sqlite3.Row | dict[str, Any], files: Iterable[sqlite3.Row | dict[str, Any]]) -> Version:
    return Version(
        number=row["number"],
        created=datetime.fromisoformat(row["created"]),
        who=row["who"],
        reason=row["reason"],
        files=tuple(
            StoredFile(
                name=f["name"],
                path=f["path"],
                part=Part(f["part"]),
                media_type=f["media_type"],
                size=f["size"],
                sha256=f["sha256"],
                sha512=f["sha512"],
            )
            for f in files
        ),
    )


def as_json(record: Record) -> dict[str, Any]:
    """What `record.json` says of the record as it stands after its newest version."""
    return {
        "format": "record/1",
        "id": record.id,
        "code": record.code,
        "register": record.register,
        "item": record.item,
        "former": [asdict(former) for former in record.former],
        "filed": record.filed.isoformat(),
        "description": _described(record.description),
        "versions": [
            {
                "number": version.number,
                "created": version.created.isoformat(),
                "who": version.who,
                "reason": version.reason,
                "files": [
                    {
                        "name": f.name,
                        "path": f.path,
                        "part": f.part.value,
                        "media_type": f.media_type,
                        "size": f.size,
                        "sha256": f.sha256,
                        "sha512": f.sha512,
                    }
                    for f in version.files
                ],
            }
            for version in record.versions
        ],
    }


def event_as_json(event: Event) -> dict[str, Any]:
    """An event as `record.json` keeps it, so that the chain can be had back from the store."""
    return {
        "sequence": event.sequence,
        "at": event.at.isoformat(),
        "who": event.who,
        "action": event.action,
        "subject": event.subject,
        "reason": event.reason,
        "detail": event.detail,
        "previous": event.previous,
        "digest": event.digest,
        "sm3": event.sm3,
    }


def from_json(told: dict[str, Any]) -> Record:
    """The record that `as_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    head, _, item = told["code"].rpartition("-")
    return Record(
        id=told["id"],
        code=told["code"],
        register=told.get("register") or f"档号/{head}",  # the first format had neither
        item=told.get("item") or int(item),
        former=tuple(FormerCode(**former) for former in told.get("former", ())),
        filed=datetime.fromisoformat(told["filed"]),
        description=_description(told["description"]),
        versions=tuple(_version(version, version["files"]) for version in told["versions"]),
    )


def _described(about: Description) -> dict[str, Any]:
    """A description as JSON values."""
    return {name: getattr(about, name) for name in (*_PLAIN, *_MORE)} | {
        "dated": about.dated.isoformat() if about.dated else None,
        "evidence": list(about.evidence),
        "retention": about.retention.value,
        "relations": [{"kind": r.kind.value, "to": r.to, "note": r.note} for r in about.relations],
        "unconfirmed": list(about.unconfirmed),
    }


def _description(told: Mapping[str, Any]) -> Description:
    """The description that `_described` told; what an older format did not know is as if nobody had said it."""
    return Description(
        **{name: told[name] for name in _PLAIN},
        **{name: told[name] for name in _MORE if name in told},
        dated=date.fromisoformat(told["dated"]) if told["dated"] else None,
        evidence=tuple(told["evidence"]),
        retention=Retention(told["retention"]),
        relations=tuple(Relation(RelationKind(r["kind"]), r["to"], r["note"]) for r in told.get("relations", ())),
        unconfirmed=tuple(told.get("unconfirmed", ())),
    )


def event_from_json(told: dict[str, Any]) -> Event:
    """The event that `event_as_json` wrote."""
    return Event(**{**told, "at": datetime.fromisoformat(told["at"])})


def insert_event(db: sqlite3.Connection, event: Event) -> None:
    """Put an event back as it was, with its own place in the chain."""
    values = event_as_json(event)
    marks = ", ".join(f":{name}" for name in values)
    db.execute(f"INSERT INTO events ({', '.join(values)}) VALUES ({marks})", values)  # noqa: S608 - fixed names
