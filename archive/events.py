"""业务行为 (DA/T 46-2009 M80 to M84): append-only, each carrying the digest of the one before."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from model.records import Damage, Event

FIRST = "0" * 64
"""What the first event carries as `previous`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What is to be recorded: who did what to which subject, when and why; `detail` is a JSON object as text."""

    at: datetime
    who: str
    action: str
    subject: str
    reason: str = ""
    detail: str = "{}"


HAS_SM3 = "sm3" in hashlib.algorithms_available
"""Whether this platform knows the national hash (GB/T 32905); OpenSSL 1.1.1 and later may."""


def digest(sequence: int, act: Act, previous: str) -> str:
    """SHA-256 over the event's fields and the digest before it, each field with its length so that none can shift."""
    return hashlib.sha256(_fields(sequence, act, previous)).hexdigest()


def sm3(sequence: int, act: Act, previous: str) -> str:
    """SM3 over the same, empty where the platform has none."""
    return hashlib.new("sm3", _fields(sequence, act, previous)).hexdigest() if HAS_SM3 else ""


def _fields(sequence: int, act: Act, previous: str) -> bytes:
    fields = (str(sequence), act.at.isoformat(), act.who, act.action, act.subject, act.reason, act.detail, previous)
    return "".join(f"{len(field)}:{field}" for field in fields).encode()


def append(db: sqlite3.Connection, act: Act) -> Event:
    """Add an event inside the caller's transaction."""
    row = db.execute("SELECT sequence, digest FROM events ORDER BY sequence DESC LIMIT 1").fetchone()
    sequence, previous = (row["sequence"] + 1, row["digest"]) if row else (1, FIRST)
    event = Event(
        sequence=sequence,
        at=act.at,
        who=act.who,
        action=act.action,
        subject=act.subject,
        reason=act.reason,
        detail=act.detail,
        previous=previous,
        digest=digest(sequence, act, previous),
        sm3=sm3(sequence, act, previous),
    )
    db.execute(
        "INSERT INTO events (sequence, at, who, action, subject, reason, detail, previous, digest, sm3)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            sequence,
            act.at.isoformat(),
            act.who,
            act.action,
            act.subject,
            act.reason,
            act.detail,
            previous,
            event.digest,
            event.sm3,
        ),
    )
    return event


def events(db: sqlite3.Connection, subject: str | None = None) -> Iterator[Event]:
    """The events, oldest first; of one subject or all."""
    where, values = ("WHERE subject = ?", (subject,)) if subject else ("", ())
    for row in db.execute(f"SELECT * FROM events {where} ORDER BY sequence", values):  # noqa: S608 - fixed text
        yield _event(row)


def newest(db: sqlite3.Connection) -> Event | None:
    """The last event, None before the first."""
    row = db.execute("SELECT * FROM events ORDER BY sequence DESC LIMIT 1").fetchone()
    return _event(row) if row else None


def _event(row: sqlite3.Row) -> Event:
    return Event(**{**dict(row), "at": datetime.fromisoformat(row["at"])})


def chain_damage(db: sqlite3.Connection) -> Damage | None:
    """The first event that does not follow from the one before, or None."""
    previous, expected = FIRST, 1
    for event in events(db):
        act = Act(
            at=event.at,
            who=event.who,
            action=event.action,
            subject=event.subject,
            reason=event.reason,
            detail=event.detail,
        )
        told = f"第 {event.sequence} 条业务行为"
        if event.sequence != expected or event.previous != previous:
            return Damage(record=event.subject, path=told, why="与前一条接不上，中间有缺失或改动")
        stamped = HAS_SM3 and event.sm3 and event.sm3 != sm3(event.sequence, act, previous)
        if event.digest != digest(event.sequence, act, previous) or stamped:
            return Damage(record=event.subject, path=told, why="内容被改动过")
        previous, expected = event.digest, expected + 1
    return None
