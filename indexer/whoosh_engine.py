"""Whoosh as the engine, for a Python whose SQLite has no FTS5: the same tokens, the same answers, slower.

Whoosh flushes nothing to disk and knows no transaction of ours. So the catalogue keeps an outbox of what is to be taken in
(written in the caller's transaction), the index holds the number it has applied in the same commit as the words, a reader
catches up before it answers, and an index that cannot be read is made anew from the stored texts.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from whoosh import fields, index, query
from whoosh.analysis import RegexTokenizer

from indexer import bitsets, finding
from indexer.engines import Bounds, IndexedText, Matches, Scope
from indexer.entries import Entries
from indexer.queries import Node, Term, terms
from indexer.tokens import VERSION, Phrase, phrase, tokens
from model.searching import Order

NAME = "whoosh"
_FIELDS = ("title", "body", "doc_number", "issuer", "names")
_HEADS = ("title", "doc_number", "issuer", "names")
_MARK = "applied"
_SIZES = "sizes.json"
_PATIENCE = 10.0  # seconds
_CUT = RegexTokenizer(r"\S+")
_SCHEMA = fields.Schema(
    number=fields.ID(stored=True, unique=True),
    applied=fields.STORED,
    title=fields.TEXT(analyzer=_CUT, field_boost=4.0),
    body=fields.TEXT(analyzer=_CUT),
    doc_number=fields.TEXT(analyzer=_CUT, field_boost=4.0),
    issuer=fields.TEXT(analyzer=_CUT, field_boost=2.0),
    names=fields.TEXT(analyzer=_CUT, field_boost=2.0),
)


class Whoosh:
    """The engine over one connection and a folder of its own; generation n lies in `n/`."""

    name = NAME

    def __init__(self, db: sqlite3.Connection, folder: Path) -> None:
        self._db, self._folder = db, folder
        self._entries = Entries(db)
        self._building: tuple[int, Any] | None = None
        self._open: tuple[Path, Any] | None = None

    def _state(self) -> tuple[int, str]:
        """Generation and tokenizer as the catalogue has them now: what this transaction wrote may yet be rolled back."""
        row = self._db.execute("SELECT generation, tokenizer FROM index_state WHERE engine = ?", (NAME,)).fetchone()
        return (row["generation"], row["tokenizer"]) if row else (0, "")

    @property
    def tokenizer(self) -> str:
        """The version of the tokens in the answering generation."""
        return self._state()[1]

    def begin(self) -> None:
        """Start an empty generation beside the old one."""
        generation = self._state()[0] + 1
        place = self._folder / str(generation)
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        self._building = generation, index.create_in(place, _SCHEMA).writer(limitmb=64)

    def switch(self) -> None:
        """Make the new generation durable; it answers once the caller's transaction is committed."""
        if self._building is None:
            return
        generation, writer = self._building
        self._building = None
        _mark(writer, self._last())
        writer.commit()
        _flush(self._folder / str(generation))
        self._db.execute(
            "INSERT INTO index_state (engine, tokenizer, generation) VALUES (?, ?, ?) ON CONFLICT (engine)"
            " DO UPDATE SET tokenizer = excluded.tokenizer, generation = excluded.generation",
            (NAME, VERSION, generation),
        )
        for old in self._folder.iterdir():
            if old.name.isdigit() and int(old.name) < generation - 1:
                shutil.rmtree(old, ignore_errors=True)

    def abandon(self) -> None:
        """Leave the new generation unwritten."""
        if self._building is not None:
            self._building[1].cancel()
        self._building = None

    def apply(self, texts: Iterable[IndexedText]) -> None:
        """Take in entries: at once into a generation that is being made, else by way of the outbox."""
        if self._building is None:
            self._note(texts)
            return
        for text in texts:
            _add(self._building[1], text)

    def remove(self, texts: Iterable[IndexedText]) -> None:
        """Take out entries by way of the outbox; the entry is gone from the catalogue when it is read."""
        self._note(texts)

    def _note(self, texts: Iterable[IndexedText]) -> None:
        rows = [(text.number,) for text in texts]
        self._db.executemany("INSERT INTO index_outbox (number) VALUES (?)", rows)

    def count(self) -> int:
        """Entries in the answering generation, the applied mark not counted."""
        return int(self._current().doc_count()) - 1 if self._state()[0] else 0

    def _place(self) -> Path:
        return self._folder / str(self._state()[0])

    def _last(self) -> int:
        return int(self._db.execute("SELECT coalesce(max(sequence), 0) FROM index_outbox").fetchone()[0])

    def _current(self) -> Any:
        """The index with everything applied that the catalogue holds."""
        place = self._place()
        try:
            held = self._open[1].refresh() if self._open and self._open[0] == place else _opened(place)
            with held.searcher() as searcher:
                applied = int(searcher.document(number=_MARK)["applied"])
        except Exception:
            held, applied = (
                self._made_anew(),
                self._last(),
            )  # a damaged index answers with any error there is; the texts are safe elsewhere
        if applied < self._last():
            held = self._caught_up(held, applied)
        self._open = place, held
        return held

    def _caught_up(self, opened: Any, applied: int) -> Any:
        rows = self._db.execute("SELECT sequence, number FROM index_outbox WHERE sequence > ? ORDER BY 1", (applied,))
        pending = rows.fetchall()
        writer = opened.writer(timeout=_PATIENCE)  # another reader may be catching up
        for number in dict.fromkeys(row["number"] for row in pending):
            writer.delete_by_term("number", str(number))
            for text in self._entries.words(number):
                _add(writer, text)
        _mark(writer, pending[-1]["sequence"])
        writer.commit()
        _flush(self._place())
        return opened.refresh()

    def _made_anew(self) -> Any:
        """The index in its place again, from the stored texts."""
        place = self._place()
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        opened = index.create_in(place, _SCHEMA)
        writer = opened.writer(limitmb=64)
        last = self._last()
        for text in self._entries.words():
            _add(writer, text)
        _mark(writer, last)
        writer.commit()
        _flush(place)
        return opened.refresh()

    def find(
        self, query: Node, scope: Scope, bounds: Bounds, order: Order, limit: int, offset: int, *, facets: bool = True
    ) -> Matches:
        """The entries that answer: one page, the exact total, the facets."""
        with self._current().searcher() as searcher:
            words = _Opened(searcher)
            return finding.find(self._db, words, query, scope, bounds, order, limit, offset, facets=facets)


class _Opened:
    """One searcher, asked by `finding`."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher

    def holding(self, term: Term) -> int:
        """The papers that hold the term."""
        return bitsets.of(list(self._found(term, (term.field,) if term.field else _FIELDS)))

    def heading(self, term: Term) -> int:
        """The papers that hold it in title, number or names."""
        return bitsets.of(list(self._found(term, _HEADS)))

    def _found(self, term: Term, names: Iterable[str]) -> dict[int, float]:
        wanted = phrase(term.text)
        found: dict[int, float] = {}
        if wanted is None:
            return found
        for name in names:
            for hit in self._searcher.search(_query(name, wanted), limit=None):
                number = int(hit["number"])
                found[number] = max(found.get(number, 0.0), float(hit.score))
        return found

    def scores(self, query: Node, papers: int) -> Mapping[int, float]:
        """The sum of Whoosh's scores of the terms, each in its best field."""
        told = [self._found(term, (term.field,) if term.field else _FIELDS) for term in terms(query)]
        return {number: sum(one.get(number, 0.0) for one in told) for number in bitsets.numbers(papers)}


def _query(name: str, wanted: Phrase) -> Any:
    """The phrase in one field."""
    if wanted.prefix:
        return query.Prefix(name, wanted.tokens[0])
    return query.Term(name, wanted.tokens[0]) if len(wanted.tokens) == 1 else query.Phrase(name, list(wanted.tokens))


def _add(writer: Any, text: IndexedText) -> None:
    cut = {name: " ".join(tokens(getattr(text, name))) for name in _FIELDS}
    writer.add_document(number=str(text.number), **cut)


def _mark(writer: Any, sequence: int) -> None:
    """Say in the index itself how far the outbox has been applied."""
    writer.update_document(number=_MARK, applied=sequence)


def _opened(place: Path) -> Any:
    """The index of a folder whose files are as long as they were when they were made durable; else ValueError."""
    sizes = json.loads((place / _SIZES).read_text(encoding="utf-8"))
    if sizes != _lengths(place):
        raise ValueError(place)
    return index.open_dir(place)


def _lengths(place: Path) -> dict[str, int]:
    return {
        path.name: path.stat().st_size for path in place.iterdir() if path.suffix in (".seg", ".toc", ".trm", ".pst")
    }


def _flush(folder: Path) -> None:
    """Make every file of the index durable, then the folder: Whoosh itself never does."""
    (folder / _SIZES).write_text(json.dumps(_lengths(folder)), encoding="utf-8")
    for path in (*(path for path in folder.iterdir() if path.is_file()), folder):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
