"""When each object was last verified (核验), so that a share a day goes round all of them, the longest unseen first.

An object is always read whole, so its day is the day of every file in it. These days are a convenience of the catalogue
and no events: after a rebuild all counts as not yet verified.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from model.records import Damage


@dataclass(frozen=True, slots=True)
class Checked:
    """One object that was read whole: its name in the store, its content files, and what is wrong with it."""

    name: str
    files: int
    damaged: tuple[Damage, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How verification stands: objects known, those with damage found and not mended, the day of the one longest unseen."""

    objects: int
    damaged: int
    oldest: datetime | None


def due(db: sqlite3.Connection, names: Iterable[str], parts: int) -> list[str]:
    """One part in `parts` of the objects, rounded up: those never verified first, then those longest unseen."""
    seen = {row["object"]: row["at"] for row in db.execute("SELECT object, at FROM checks")}
    ordered = sorted(names, key=lambda name: (seen.get(name, ""), name))
    return ordered[: -(-len(ordered) // parts)]


def note(db: sqlite3.Connection, checked: Sequence[Checked], now: datetime) -> None:
    """Remember what was verified, inside the caller's transaction."""
    db.executemany(
        "INSERT INTO checks (object, at, damage) VALUES (?, ?, ?)"
        " ON CONFLICT (object) DO UPDATE SET at = excluded.at, damage = excluded.damage",
        [(one.name, now.isoformat(), "；".join(f"{d.path} {d.why}" for d in one.damaged)) for one in checked],
    )


def day_of(db: sqlite3.Connection, name: str) -> datetime | None:
    """When this object was last verified; None: not yet."""
    row = db.execute("SELECT at FROM checks WHERE object = ?", (name,)).fetchone()
    return datetime.fromisoformat(row["at"]) if row else None


def standing(db: sqlite3.Connection) -> Standing:
    """How it stands with the records; one not yet verified counts from the day it was filed."""
    row = db.execute(
        "SELECT count(*) AS objects, count(nullif(coalesce(damage, ''), '')) AS damaged,"
        " min(coalesce(at, filed)) AS oldest FROM records LEFT JOIN checks ON object = id"
    ).fetchone()
    return Standing(row["objects"], row["damaged"], datetime.fromisoformat(row["oldest"]) if row["oldest"] else None)
