"""SQLite FTS5 as the engine: in the catalogue's own file, connection and transaction, fed with our own tokens.

Generation n has three tables: `words_n` (all words with their places), `heads_n` (what title, number and names hold, without
places) and `common_n` (the papers of the commonest words as bits). All keep no text.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping

from indexer import bitsets, finding
from indexer.commonest import Commonest
from indexer.engines import Bounds, IndexedText, Matches, Scope
from indexer.queries import And, Node, Or, Term
from indexer.tokens import VERSION, phrase, tokens
from model.searching import Order

NAME = "fts5"
# The first column costs nothing in each place of a word, each other one two bytes: so the body is first.
_COLUMNS = ("body", "title", "doc_number", "issuer", "names")
_HEADS = _COLUMNS[1:]
_WEIGHTS = "1.0, 4.0, 4.0, 2.0, 2.0"
_BUFFER = 16 << 20  # bytes of words kept in memory while an index is made anew
_USUAL = 1 << 20


class Fts5:
    """The engine on one connection; `index_state` says which generation answers."""

    name = NAME

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._building: int | None = None

    def _state(self) -> tuple[int, str]:
        """Generation and tokenizer as the catalogue has them now: what this transaction wrote may yet be rolled back."""
        row = self._db.execute("SELECT generation, tokenizer FROM index_state WHERE engine = ?", (NAME,)).fetchone()
        return (row["generation"], row["tokenizer"]) if row else (0, "")

    @property
    def tokenizer(self) -> str:
        """The version of the tokens in the answering generation."""
        return self._state()[1]

    @property
    def _generation(self) -> int:
        return self._building or self._state()[0]

    def begin(self) -> None:
        """Start a new generation beside the old one; inside a transaction of the caller."""
        self._building = self._state()[0] + 1
        self._drop(self._building)
        # The ascii tokenizer splits at blanks only and leaves every non-ASCII character alone, rare Han characters included.
        words, heads = f"words_{self._building}", f"heads_{self._building}"
        self._db.execute(
            f"CREATE VIRTUAL TABLE {words} USING fts5({', '.join(_COLUMNS)}, content='', tokenize='ascii')"
        )
        self._db.execute(
            f"CREATE VIRTUAL TABLE {heads} USING fts5(head, content='', tokenize='ascii', detail=none, columnsize=0)"
        )
        self._tell(words, "hashsize", _BUFFER)
        Commonest(self._db, self._building).begin()

    def _drop(self, generation: int) -> None:
        for table in ("words", "heads", "common"):
            self._db.execute(f"DROP TABLE IF EXISTS {table}_{generation}")

    def _tell(self, table: str, what: str, value: int | None = None) -> None:
        self._db.execute(f"INSERT INTO {table} ({table}, rank) VALUES (?, ?)", (what, value))  # noqa: S608 - fixed names

    def switch(self) -> None:
        """The new generation answers from this transaction on."""
        old, new = self._state()[0], self._building
        assert new is not None
        self._tell(f"words_{new}", "hashsize", _USUAL)
        for table in ("words", "heads"):
            self._tell(
                f"{table}_{new}", "optimize"
            )  # in one piece it is smaller, and beginnings of words are found faster
        Commonest(self._db, new).choose()
        self._db.execute(
            "INSERT INTO index_state (engine, tokenizer, generation) VALUES (?, ?, ?) ON CONFLICT (engine)"
            " DO UPDATE SET tokenizer = excluded.tokenizer, generation = excluded.generation",
            (NAME, VERSION, new),
        )
        self._building = None
        self._drop(old)

    def abandon(self) -> None:
        """The old generation goes on; the caller rolls back."""
        self._building = None

    def apply(self, texts: Iterable[IndexedText]) -> None:
        """Take in entries."""
        generation = self._generation
        words = f"INSERT INTO words_{generation} (rowid, {', '.join(_COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?)"  # noqa: S608
        heads = f"INSERT INTO heads_{generation} (rowid, head) VALUES (?, ?)"  # noqa: S608
        number = 0
        for text in texts:
            number, row = text.number, _row(text)
            self._db.execute(words, (number, *row))
            self._db.execute(heads, (number, _head(row)))
        if number and self._building is None:
            Commonest(self._db, generation).keep_up(number)

    def remove(self, texts: Iterable[IndexedText]) -> None:
        """Take out entries: a contentless table must be told the very tokens it was given."""
        generation = self._generation
        words, heads = f"words_{generation}", f"heads_{generation}"
        columns = f"{words}, rowid, {', '.join(_COLUMNS)}"
        for text in texts:
            row = _row(text)
            self._db.execute(
                f"INSERT INTO {words} ({columns}) VALUES ('delete', ?, ?, ?, ?, ?, ?)",  # noqa: S608
                (text.number, *row),
            )
            self._db.execute(
                f"INSERT INTO {heads} ({heads}, rowid, head) VALUES ('delete', ?, ?)",  # noqa: S608
                (text.number, _head(row)),
            )

    def count(self) -> int:
        """Entries in the answering generation."""
        generation = self._state()[0]
        if not generation:
            return 0
        return int(self._db.execute(f"SELECT count(*) FROM words_{generation}_docsize").fetchone()[0])  # noqa: S608

    def find(
        self, query: Node, scope: Scope, bounds: Bounds, order: Order, limit: int, offset: int, *, facets: bool = True
    ) -> Matches:
        """The entries that answer: one page, the exact total, the facets."""
        words = _Generation(self._db, self._generation)
        return finding.find(self._db, words, query, scope, bounds, order, limit, offset, facets=facets)


class _Generation:
    """The words of one generation, asked by `finding`."""

    def __init__(self, db: sqlite3.Connection, generation: int) -> None:
        self._db = db
        self._words, self._heads = f"words_{generation}", f"heads_{generation}"
        self._common = Commonest(db, generation)

    def holding(self, term: Term) -> int:
        """The papers that hold the term, and perhaps some that are no longer there."""
        wanted = phrase(term.text)
        if wanted is None:
            return 0
        if len(wanted.tokens) == 1 and not wanted.prefix and term.field is None:
            known = self._common.held(wanted.tokens[0])
            if known is not None:
                return known
        return self._matching(self._words, _match(term))

    def heading(self, term: Term) -> int:
        """The papers whose head holds all tokens of the term (their order is not looked at)."""
        wanted = phrase(term.text)
        if wanted is None:
            return 0
        match = " ".join(f'"{token}"' for token in wanted.tokens) + (" *" if wanted.prefix else "")
        return self._matching(self._heads, match)

    def _matching(self, table: str, match: str) -> int:
        asked = f"SELECT json_group_array(rowid) FROM {table} WHERE {table} MATCH ?"  # noqa: S608 - fixed names
        return bitsets.of(json.loads(self._db.execute(asked, (match,)).fetchone()[0]))

    def scores(self, query: Node, papers: int) -> Mapping[int, float]:
        """BM25 of the papers that hold words; scored are only those of the set."""
        match = _expression(query)
        if not match or not papers:
            return {}
        words = self._words
        asked = (
            f"SELECT rowid, -bm25({words}, {_WEIGHTS}) FROM {words} WHERE {words} MATCH ?"  # noqa: S608 - fixed names
            " AND rowid BETWEEN ? AND ? AND +rowid IN (SELECT value FROM json_each(?))"
        )
        numbers = list(bitsets.numbers(papers))
        return {
            row[0]: row[1] for row in self._db.execute(asked, (match, numbers[0], numbers[-1], json.dumps(numbers)))
        }


def _row(text: IndexedText) -> tuple[str, ...]:
    return tuple(" ".join(tokens(getattr(text, column))) for column in _COLUMNS)


def _head(row: tuple[str, ...]) -> str:
    return " ".join(dict.fromkeys(" ".join(row[1:]).split()))


def _match(term: Term) -> str:
    """A phrase of tokens; they hold letters, digits and Han characters only, so the quotation marks cannot be broken."""
    wanted = phrase(term.text)
    if wanted is None:
        return ""
    column = f"{term.field} : " if term.field else ""
    return f'{column}"{" ".join(wanted.tokens)}"{" *" if wanted.prefix else ""}'


def _expression(node: Node) -> str:
    """What of the query words can answer: bounds and what must not be there are seen to by the set of papers."""
    if isinstance(node, Term):
        return _match(node)
    if not isinstance(node, And | Or):
        return ""
    parts = [f"({part})" for part in map(_expression, node.parts) if part]
    return (" AND " if isinstance(node, And) else " OR ").join(parts)
