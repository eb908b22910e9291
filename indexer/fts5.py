"""SQLite FTS5 as the engine: in the catalogue's own file, connection and transaction, fed with our own tokens."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.engines import Bounds, Facets, IndexedText, Match, Matches, Scope
from indexer.queries import And, Filter, Node, Not, Term
from indexer.selecting import FACETS, SHOWN, condition, filtered
from indexer.tokens import VERSION, phrase, tokens
from model.searching import Order

NAME = "fts5"
_COLUMNS = ("title", "body", "doc_number", "issuer", "names")
_COMMON = 5000  # papers; measured: below, sorting them all is cheaper than asking one by one
_BY_DATE = {
    Order.NEWEST: "entries.dated DESC, entries.number DESC",
    Order.OLDEST: "entries.dated, entries.number",
}
_WEIGHTS = "4.0, 1.0, 4.0, 2.0, 2.0"


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a compiled query: an FTS5 expression, or an SQL condition with its values."""

    match: str = ""
    sql: str = ""
    values: tuple[object, ...] = ()


_NOTHING = _Part(sql="0")


class Fts5:
    """The engine on one connection. The contentless table of generation n is `words_n`; `index_state` says which answers."""

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
    def _table(self) -> str:
        return f"words_{self._building or self._state()[0]}"

    def begin(self) -> None:
        """Start a new generation beside the old one; inside a transaction of the caller."""
        self._building = self._state()[0] + 1
        self._db.execute(f"DROP TABLE IF EXISTS {self._table}")
        # The ascii tokenizer splits at blanks only and leaves every non-ASCII character alone, rare Han characters included.
        self._db.execute(
            f"CREATE VIRTUAL TABLE {self._table} USING fts5({', '.join(_COLUMNS)}, content='', tokenize='ascii')"
        )

    def switch(self) -> None:
        """The new generation answers from this transaction on."""
        old, new = self._state()[0], self._building
        self._db.execute(
            "INSERT INTO index_state (engine, tokenizer, generation) VALUES (?, ?, ?) ON CONFLICT (engine)"
            " DO UPDATE SET tokenizer = excluded.tokenizer, generation = excluded.generation",
            (NAME, VERSION, new),
        )
        self._building = None
        self._db.execute(f"DROP TABLE IF EXISTS words_{old}")

    def abandon(self) -> None:
        """The old generation goes on; the caller rolls back."""
        self._building = None

    def apply(self, texts: Iterable[IndexedText]) -> None:
        """Take in entries."""
        statement = f"INSERT INTO {self._table} (rowid, {', '.join(_COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?)"  # noqa: S608
        self._db.executemany(statement, (_row(text) for text in texts))

    def remove(self, texts: Iterable[IndexedText]) -> None:
        """Take out entries: a contentless table must be told the very tokens it was given."""
        columns = f"{self._table}, rowid, {', '.join(_COLUMNS)}"
        statement = f"INSERT INTO {self._table} ({columns}) VALUES ('delete', ?, ?, ?, ?, ?, ?)"  # noqa: S608
        self._db.executemany(statement, (_row(text) for text in texts))

    def count(self) -> int:
        """Entries in the answering generation."""
        if not self._state()[0]:
            return 0
        return int(self._db.execute(f"SELECT count(*) FROM {self._table}_docsize").fetchone()[0])  # noqa: S608

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
        """The entries that answer: one page, the exact total, the facets (without them: a lower bound, and faster)."""
        part, table = self._compile(query), self._table
        where, values = _where(part, scope, bounds)
        source, score = "entries", "0.0"
        if part.match:
            source = f"{table} CROSS JOIN entries ON entries.number = {table}.rowid"
            where = f"{table} MATCH ? AND {where}"
            values = (part.match, *values)
            score = f"-bm25({table}, {_WEIGHTS})"
        more = limit if facets else limit + 1
        if order is Order.RELEVANCE:
            page = self._page(source, where, values, score, "score DESC, entries.number", more, offset)
        else:
            page = self._by_date(part, source, where, values, order, more, offset)
        found = tuple(Match(row["number"], row["score"]) for row in page[:limit])
        if not facets:
            return Matches(total=offset + len(page), exact=len(page) <= limit, page=found, facets=())
        total, told = self._counts(source, where, values)
        return Matches(total=total, exact=True, page=found, facets=told)

    def _page(
        self, source: str, where: str, values: tuple[object, ...], score: str, by: str, limit: int, offset: int
    ) -> list[sqlite3.Row]:
        return self._db.execute(
            f"SELECT entries.number, {score} AS score FROM {source} WHERE {where}"  # noqa: S608 - fixed names, bound values
            f" ORDER BY {by} LIMIT ? OFFSET ?",
            (*values, limit, offset),
        ).fetchall()

    def _by_date(
        self,
        part: _Part,
        source: str,
        where: str,
        values: tuple[object, ...],
        order: Order,
        limit: int,
        offset: int,
    ) -> list[sqlite3.Row]:
        """By date. Words in very many papers: down the index of dates, asking each paper, is far less than sorting them all."""
        by = _BY_DATE[order]
        if not part.match or not self._common(part.match):
            return self._page(source, where, values, "0.0", by, limit, offset)
        table = self._table
        held = f"EXISTS (SELECT 1 FROM {table} WHERE {table} MATCH ? AND {table}.rowid = entries.number)"  # noqa: S608
        where = where.replace(f"{table} MATCH ?", held, 1)
        return self._page("entries", where, values, "0.0", by, limit, offset)

    def _common(self, match: str) -> bool:
        """Whether the words stand in so many papers that the newest of them are soon met."""
        table = self._table
        asked = f"SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT 1 OFFSET ?"  # noqa: S608 - fixed names
        return self._db.execute(asked, (match, _COMMON)).fetchone() is not None

    def _counts(self, source: str, where: str, values: tuple[object, ...]) -> tuple[int, Facets]:
        columns = ", ".join(f"entries.{column}" for column in FACETS.values())
        found = f"WITH found AS MATERIALIZED (SELECT {columns} FROM {source} WHERE {where})"  # noqa: S608
        total = f"SELECT '' AS facet, '' AS value, count(*) AS number FROM found"  # noqa: F541
        each = " UNION ALL ".join(
            f"SELECT '{name}', CAST({column} AS TEXT), count(*) FROM found WHERE {column} IS NOT NULL GROUP BY {column}"  # noqa: S608
            for name, column in FACETS.items()
        )
        rows = self._db.execute(f"{found} {total} UNION ALL {each}", values).fetchall()
        counted = {
            name: sorted(
                ((r["value"], r["number"]) for r in rows if r["facet"] == name), key=lambda pair: (-pair[1], pair[0])
            )
            for name in FACETS
        }
        facets = tuple((name, tuple(pairs[:SHOWN])) for name, pairs in counted.items() if pairs)
        return int(rows[0]["number"]), facets

    def _compile(self, node: Node) -> _Part:
        if isinstance(node, Term):
            return _term(node)
        if isinstance(node, Filter):
            return _Part("", *filtered(node))
        if isinstance(node, Not):
            inner = self._as_sql(self._compile(node.part))
            return _Part(sql=f"NOT ({inner.sql})", values=inner.values)
        parts = [self._compile(part) for part in node.parts]
        return self._both(parts) if isinstance(node, And) else self._either(parts)

    def _both(self, parts: list[_Part]) -> _Part:
        match = " AND ".join(f"({part.match})" for part in parts if part.match)
        sql = " AND ".join(f"({part.sql})" for part in parts if part.sql)
        return _Part(match, sql, tuple(value for part in parts for value in part.values))

    def _either(self, parts: list[_Part]) -> _Part:
        if all(part.match and not part.sql for part in parts):
            return _Part(match=" OR ".join(f"({part.match})" for part in parts))
        told = [self._as_sql(part) for part in parts]
        sql = " OR ".join(f"({part.sql})" for part in told)
        return _Part(sql=sql, values=tuple(value for part in told for value in part.values))

    def _as_sql(self, part: _Part) -> _Part:
        if not part.match:
            return part
        match = f"entries.number IN (SELECT rowid FROM {self._table} WHERE {self._table} MATCH ?)"  # noqa: S608
        if not part.sql:
            return _Part(sql=match, values=(part.match,))
        return _Part(sql=f"{match} AND ({part.sql})", values=(part.match, *part.values))


def _row(text: IndexedText) -> tuple[object, ...]:
    return (text.number, *(" ".join(tokens(getattr(text, column))) for column in _COLUMNS))


def _term(term: Term) -> _Part:
    """A phrase of tokens; they hold letters, digits and Han characters only, so the quotation marks cannot be broken."""
    found = phrase(term.text)
    if found is None:
        return _NOTHING
    column = f"{term.field} : " if term.field else ""
    return _Part(match=f'{column}"{" ".join(found.tokens)}"{" *" if found.prefix else ""}')


def _where(part: _Part, scope: Scope, bounds: Bounds) -> tuple[str, tuple[object, ...]]:
    asked, values = condition(scope, bounds)
    return f"({part.sql or '1'}) AND ({asked})", (*part.values, *values)
