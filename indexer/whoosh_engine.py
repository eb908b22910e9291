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
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh import fields, index, query
from whoosh.analysis import RegexTokenizer

from indexer import stored
from indexer.engines import Bounds, IndexedText, Match, Matches, Scope
from indexer.queries import And, Filter, Node, Not, Term
from indexer.selecting import FACETS, condition, counted, filtered
from indexer.tokens import VERSION, Phrase, phrase, tokens
from model.searching import Order

NAME = "whoosh"
_FIELDS = ("title", "body", "doc_number", "issuer", "names")
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
            for text in stored.words(self._db, number):
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
        for text in stored.words(self._db):
            _add(writer, text)
        _mark(writer, last)
        writer.commit()
        _flush(place)
        return opened.refresh()

    def find(
        self,
        query: Node,
        scope: Scope,
        bounds: Bounds,
        order: Order,
        limit: int,
        offset: int,
        *,
        facets: bool = True,
    ) -> Matches:
        """The entries that answer: one page, the exact total, the facets."""
        with self._current().searcher() as searcher:
            found = self._scores(searcher, query)
        where, values = condition(scope, bounds)
        columns = ", ".join(("number", "dated", *FACETS.values()))
        rows = self._db.execute(f"SELECT {columns} FROM entries WHERE {where}", values)  # noqa: S608 - fixed names
        held = [row for row in rows if row["number"] in found]
        held.sort(key=_by(order, found))
        page = tuple(Match(row["number"], found[row["number"]]) for row in held[offset : offset + limit])
        return Matches(total=len(held), exact=True, page=page, facets=counted(held) if facets else ())

    def _scores(self, searcher: Any, node: Node) -> dict[int, float]:
        """Entries that answer a part of the query, with their scores."""
        if isinstance(node, Term):
            return self._term(searcher, node)
        if isinstance(node, Filter):
            sql, values = filtered(node)
            rows = self._db.execute(f"SELECT number FROM entries WHERE {sql}", values)  # noqa: S608 - fixed text
            return {row["number"]: 0.0 for row in rows}
        if isinstance(node, Not):
            out = self._scores(searcher, node.part)
            rows = self._db.execute("SELECT number FROM entries")
            return {row["number"]: 0.0 for row in rows if row["number"] not in out}
        parts = [self._scores(searcher, part) for part in node.parts]
        kept = set(parts[0]).intersection(*parts[1:]) if isinstance(node, And) else set().union(*parts)
        return {number: sum(part.get(number, 0.0) for part in parts) for number in kept}

    def _term(self, searcher: Any, term: Term) -> dict[int, float]:
        wanted = phrase(term.text)
        if wanted is None:
            return {}
        names = (term.field,) if term.field else _FIELDS
        found: dict[int, float] = {}
        for name in names:
            for hit in searcher.search(_query(name, wanted), limit=None):
                number = int(hit["number"])
                found[number] = max(found.get(number, 0.0), float(hit.score))
        if wanted.prefix and len(wanted.tokens) > 1:
            return {number: score for number, score in found.items() if self._holds(number, names, wanted)}
        return found

    def _holds(self, number: int, names: Iterable[str], wanted: Phrase) -> bool:
        """Whether the phrase stands there, its last token as a beginning: Whoosh has no such phrase query."""
        return any(
            _stands(tokens(getattr(text, name)), wanted) for text in stored.words(self._db, number) for name in names
        )


def _stands(held: list[str], wanted: Phrase) -> bool:
    *before, last = wanted.tokens
    places = (at for at, token in enumerate(held) if token.startswith(last) and at >= len(before))
    return any(held[at - len(before) : at] == before for at in places)


def _query(name: str, wanted: Phrase) -> Any:
    """The phrase in one field; with an open end, what comes before it (the caller looks at the rest)."""
    if wanted.prefix and len(wanted.tokens) == 1:
        return query.Prefix(name, wanted.tokens[0])
    whole = wanted.tokens[:-1] if wanted.prefix else wanted.tokens
    return query.Term(name, whole[0]) if len(whole) == 1 else query.Phrase(name, list(whole))


def _by(order: Order, found: dict[int, float]) -> Any:
    """The sort key: as the catalogue sorts, so that every engine shows the same order by date."""
    if order is Order.RELEVANCE:
        return lambda row: (-found[row["number"]], row["number"])
    if order is Order.OLDEST:
        return lambda row: (row["dated"] is None, row["dated"] or "", row["number"])
    return lambda row: (row["dated"] is None, tuple(-ord(c) for c in row["dated"] or ""), -row["number"])


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
