"""Entries of registers to and from the rows of the catalogue and the objects that the store keeps of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from model.registers import Book, Registration, Step
from storage.ocfl import ObjectStore

CONTENT = "registration.json"
"""The file of an entry's object."""

STARTS = "registers.json"
"""The file that keeps what a register began after."""


def number_text(code: str, year: int, number: int) -> str:
    """A number as it is written: 青教发〔2026〕12号 (GB/T 9704-2012 7.2.5: no leading zero); 收文〔2026〕12号."""
    return f"{code}〔{year}〕{number}号"


def register_name(book: Book, code: str, year: int) -> str:
    """The register's name among all that `numbers` counts."""
    return f"{book.value}/{code}/{year}"


def entries(db: sqlite3.Connection, book: Book | None = None, year: int | None = None) -> Iterator[Registration]:
    """Entries of the catalogue in the order of their numbers, register by register."""
    found = db.execute(
        "SELECT entry FROM registrations WHERE (:book IS NULL OR book = :book) AND (:year IS NULL OR year = :year)"
        " ORDER BY book, code, year, number",
        {"book": book.value if book else None, "year": year},
    )
    return (from_json(json.loads(row["entry"])) for row in found)


def insert(db: sqlite3.Connection, entry: Registration) -> None:
    """Write a new entry, inside the caller's transaction."""
    db.execute(
        "INSERT INTO registrations (id, book, code, year, number, text, draft, record, entry)"
        " VALUES (:id, :book, :code, :year, :number, :text, :draft, :record, :entry)",
        _row(entry),
    )


def read(store: ObjectStore, name: str) -> Registration:
    """The entry as its object keeps it. Raises ValueError, KeyError or TypeError when it is none."""
    return from_json(json.loads(store.newest(name, CONTENT)))


def as_json(entry: Registration) -> dict[str, Any]:
    """An entry as its object keeps it."""
    return asdict(entry) | {
        "on": entry.on.isoformat(),
        "facts": dict(sorted(entry.facts)),
        "steps": [asdict(step) | {"on": step.on.isoformat()} for step in entry.steps],
    }


def from_json(told: dict[str, Any]) -> Registration:
    """The entry that `as_json` wrote."""
    return Registration(
        **told
        | {
            "book": Book(told["book"]),
            "on": date.fromisoformat(told["on"]),
            "facts": tuple(sorted(told["facts"].items())),
            "steps": tuple(Step(**step | {"on": date.fromisoformat(step["on"])}) for step in told["steps"]),
        }
    )


def update(db: sqlite3.Connection, entry: Registration) -> None:
    """Write an entry anew, inside the caller's transaction; its number never changes."""
    db.execute("UPDATE registrations SET record = :record, entry = :entry WHERE id = :id", _row(entry))


def _row(entry: Registration) -> dict[str, Any]:
    plain = {name: getattr(entry, name) for name in ("id", "code", "year", "number", "text", "draft", "record")}
    return plain | {"book": entry.book.value, "entry": json.dumps(as_json(entry), ensure_ascii=False, sort_keys=True)}
