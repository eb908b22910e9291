"""What is to be findable of a record: an entry with its pages in the catalogue, written and read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from indexer.columns import Columns
from indexer.engines import IndexedText
from indexer.snippets import Page
from indexer.suggesting import letters
from model.texts import Text, TextPage, TextState


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """What is to be findable of one record; `texts` are what was read from its files, in order."""

    record: str
    code: str
    title: str
    number: str | None
    issuer: str | None
    unit: str | None
    unit_name: str | None
    campaign: str | None
    campaign_name: str | None
    kind: str | None
    year: int
    dated: date | None
    retention: str
    texts: tuple[tuple[str, Text], ...]


class Entries:
    """The entries of one catalogue. What changes them runs inside a transaction of the caller."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._columns = Columns(db)

    def put(self, entry: IndexEntry) -> int:
        """Write a new entry; its number, which no other entry ever had."""
        self._db.execute("UPDATE entry_numbers SET last = last + 1")
        (number,) = self._db.execute("SELECT last FROM entry_numbers").fetchone()
        self._db.execute(
            "INSERT INTO entries (number, record, code, title, doc_number, issuer, names, unit, unit_name, campaign, kind,"
            " year, dated, retention, state, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, *_entry_row(entry)),
        )
        self._db.executemany(
            "INSERT INTO pages (entry, place, label, text, places) VALUES (?, ?, ?, ?, ?)",
            [(number, place, *page) for place, page in enumerate(_pages(entry.texts))],
        )
        self._spell(number, entry.title, _names(entry))
        self._columns.put(self.row(number))
        return int(number)

    def _spell(self, number: int, title: str, names: str) -> None:
        told = letters(f"{title}，{names}")
        self._db.execute("INSERT OR REPLACE INTO entry_letters (number, letters) VALUES (?, ?)", (number, told))

    def rebuild(self) -> None:
        """Make anew what is derived from the entries: the columns as sets, and the initial letters."""
        self._columns.rebuild()
        for row in self._db.execute("SELECT number, title, names FROM entries").fetchall():
            self._spell(row["number"], row["title"], row["names"])

    def spelt(self, initials: str, most: int) -> list[int]:
        """The newest entries whose title or names have these initial letters in a row."""
        asked = "SELECT number FROM entry_letters WHERE instr(letters, ?) > 0 ORDER BY number DESC LIMIT ?"
        return [number for (number,) in self._db.execute(asked, (initials, most))]

    def remove(self, number: int) -> None:
        """Take an entry out."""
        self._columns.remove(self.row(number))
        self._db.execute("DELETE FROM pages WHERE entry = ?", (number,))
        self._db.execute("DELETE FROM entry_letters WHERE number = ?", (number,))
        self._db.execute("DELETE FROM entries WHERE number = ?", (number,))

    def number(self, record: str) -> int | None:
        """The number of a record's entry."""
        row = self._db.execute("SELECT number FROM entries WHERE record = ?", (record,)).fetchone()
        return row["number"] if row else None

    def row(self, number: int) -> sqlite3.Row:
        """The columns of an entry that is there."""
        row: sqlite3.Row = self._db.execute("SELECT * FROM entries WHERE number = ?", (number,)).fetchone()
        return row

    def pages(self, number: int) -> list[Page]:
        """The pages of an entry."""
        rows = self._db.execute("SELECT label, text, places FROM pages WHERE entry = ? ORDER BY place", (number,))
        return [
            Page(label, text, tuple(map(tuple, json.loads(blocks))) if blocks else ()) for label, text, blocks in rows
        ]

    def words(self, number: int | None = None) -> Iterator[IndexedText]:
        """The words of one entry (none: of every entry, in their order), by field."""
        where, values = ("WHERE number = ?", (number,)) if number is not None else ("", ())
        asked = f"SELECT number, title, doc_number, code, issuer, names FROM entries {where} ORDER BY number"  # noqa: S608
        for row in self._db.execute(asked, values).fetchall():
            texts = self._db.execute("SELECT text FROM pages WHERE entry = ? ORDER BY place", (row["number"],))
            yield IndexedText(
                number=row["number"],
                title=row["title"],
                body="\n".join(text for (text,) in texts),
                doc_number=f"{row['doc_number']} {row['code']}",
                issuer=row["issuer"],
                names=row["names"],
            )


def _names(entry: IndexEntry) -> str:
    return " ".join(filter(None, (entry.unit_name, entry.unit, entry.campaign_name, entry.campaign)))


def _entry_row(entry: IndexEntry) -> tuple[object, ...]:
    state, why = _reading([text for _, text in entry.texts])
    return (
        entry.record,
        entry.code,
        entry.title,
        entry.number or "",
        entry.issuer or "",
        _names(entry),
        entry.unit,
        entry.unit_name,
        entry.campaign,
        entry.kind,
        entry.year,
        entry.dated.isoformat() if entry.dated else None,
        entry.retention,
        state.value,
        why,
    )


def _reading(texts: Sequence[Text]) -> tuple[TextState, str]:
    """How reading the files ended, the worst of them, and what is lacking (a text that is OK may lack a page)."""
    for text in texts:
        if text.state is not TextState.OK:
            return text.state, text.why or text.state.chinese
    return TextState.OK, next((text.why for text in texts if text.why), "")


def _pages(texts: Iterable[tuple[str, Text]]) -> Iterator[tuple[str, str, str]]:
    """Every page of every file as (label, text, named blocks); further files bear their name before the page."""
    for place, (name, text) in enumerate(texts):
        for page in text.pages:
            label = page.where if place == 0 else f"{name} {page.where}".strip()
            yield label, "\n".join(block.text for block in page.blocks), _blocks(page)


def _blocks(page: TextPage) -> str:
    """Where the named blocks of a page start, as JSON; empty when none has a name."""
    told: list[tuple[int, str]] = []
    start = 0
    for block in page.blocks:
        if block.place != (told[-1][1] if told else ""):
            told.append((start, block.place))
        start += len(block.text) + 1
    return json.dumps(told, ensure_ascii=False) if told else ""
