"""The texts in the catalogue, as the engines take them in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from indexer.engines import IndexedText


def pages(db: sqlite3.Connection, number: int) -> list[tuple[str, str]]:
    """The pages of an entry: what a person calls each, and its text."""
    rows = db.execute("SELECT label, text FROM pages WHERE entry = ? ORDER BY place", (number,))
    return [(row["label"], row["text"]) for row in rows]


def words(db: sqlite3.Connection, number: int | None = None) -> Iterator[IndexedText]:
    """The words of one entry (none: of every entry, in their order), by field."""
    where, values = ("WHERE number = ?", (number,)) if number is not None else ("", ())
    for row in db.execute(f"SELECT * FROM entries {where} ORDER BY number", values).fetchall():  # noqa: S608 - fixed text
        yield IndexedText(
            number=row["number"],
            title=row["title"],
            body="\n".join(text for _, text in pages(db, row["number"])),
            doc_number=f"{row['doc_number']} {row['code']}",
            issuer=row["issuer"],
            names=row["names"],
        )
