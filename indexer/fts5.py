"""SQLite FTS5 as the engine: in the catalogue's own file, connection and transaction, fed with our own tokens."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.engines import Bounds, IndexedText, Match, Matches, Scope
from indexer.queries import And, Filter, Node, Not, Term
from indexer.tokens import VERSION, phrase, tokens
from model.searching import Order

NAME = "fts5"
_COLUMNS = ("title", "body", "doc_number", "issuer", "names")
_WEIGHTS = "4.0, 1.0, 4.0, 2.0, 2.0"
_FACETS = {"年度": "year", "活动": "campaign", "单位": "unit_name", "文种": "kind", "保管期限": "retention"}
_SHOWN = 50  # values of one facet


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a compiled query: an FTS5 expression, or an SQL condition with its values."""

    match: str = ""
    sql: str = ""
    values: tuple[object, ...] = ()


_NOTHING = _Part(sql="0")


class Fts5:
    """The engine on one connection. The contentless table of generation n is `words_n`; `index_state` says which answers."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        row = db.execute("SELECT generation, tokenizer FROM index_state WHERE engine = ?", (NAME,)).fetchone()
        self._generation: int = row["generation"] if row else 0
        self.tokenizer: str = row["tokenizer"] if row else ""

    @property
    def _table(self) -> str:
        return f"words_{self._generation}"

    def begin(self) -> None:
        """Start a new generation beside the old one; inside a transaction of the caller."""
        self._generation += 1
        self._db.execute(f"DROP TABLE IF EXISTS {self._table}")
        # The ascii tokenizer splits at blanks only and leaves every non-ASCII character alone, rare Han characters included.
        self._db.execute(
            f"CREATE VIRTUAL TABLE {self._table} USING fts5({', '.join(_COLUMNS)}, content='', tokenize='ascii')"
        )

    def switch(self) -> None:
        """The new generation answers from this transaction on."""
        self._db.execute(
            "INSERT INTO index_state (engine, tokenizer, generation) VALUES (?, ?, ?) ON CONFLICT (engine)"
            " DO UPDATE SET tokenizer = excluded.tokenizer, generation = excluded.generation",
            (NAME, VERSION, self._generation),
        )
        self.tokenizer = VERSION
        old = f"words_{self._generation - 1}"
        self._db.execute(f"DROP TABLE IF EXISTS {old}")

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
        if not self._generation:
            return 0
        return int(self._db.execute(f"SELECT count(*) FROM {self._table}_docsize").fetchone()[0])  # noqa: S608

    def find(self, query: Node, scope: Scope, bounds: Bounds, order: Order, limit: int, offset: int) -> Matches:
        """The entries that answer: one page, the exact total, the facets."""
        part = self._compile(query)
        where, values = _where(part, scope, bounds)
        source, score = "entries", "0.0"
        if part.match:
            source = f"{self._table} JOIN entries ON entries.number = {self._table}.rowid"
            where = f"{self._table} MATCH ? AND {where}"
            values = (part.match, *values)
            score = f"-bm25({self._table}, {_WEIGHTS})"
        by = {
            Order.RELEVANCE: "score DESC, entries.number",
            Order.NEWEST: "entries.dated DESC, entries.number DESC",
            Order.OLDEST: "entries.dated IS NULL, entries.dated, entries.number",
        }[order]
        page = self._db.execute(
            f"SELECT entries.number, {score} AS score FROM {source} WHERE {where}"  # noqa: S608 - fixed names, bound values
            f" ORDER BY {by} LIMIT ? OFFSET ?",
            (*values, limit, offset),
        ).fetchall()
        total, facets = self._counts(source, where, values)
        return Matches(total=total, page=tuple(Match(row["number"], row["score"]) for row in page), facets=facets)

    def _counts(
        self, source: str, where: str, values: tuple[object, ...]
    ) -> tuple[int, tuple[tuple[str, tuple[tuple[str, int], ...]], ...]]:
        columns = ", ".join(f"entries.{column}" for column in _FACETS.values())
        found = f"WITH found AS MATERIALIZED (SELECT {columns} FROM {source} WHERE {where})"  # noqa: S608
        total = f"SELECT '' AS facet, '' AS value, count(*) AS number FROM found"  # noqa: F541
        each = " UNION ALL ".join(
            f"SELECT '{name}', CAST({column} AS TEXT), count(*) FROM found WHERE {column} IS NOT NULL GROUP BY {column}"  # noqa: S608
            for name, column in _FACETS.items()
        )
        rows = self._db.execute(f"{found} {total} UNION ALL {each}", values).fetchall()
        counted = {
            name: sorted(
                ((r["value"], r["number"]) for r in rows if r["facet"] == name), key=lambda pair: (-pair[1], pair[0])
            )
            for name in _FACETS
        }
        facets = tuple((name, tuple(pairs[:_SHOWN])) for name, pairs in counted.items() if pairs)
        return int(rows[0]["number"]), facets

    def _compile(self, node: Node) -> _Part:
        if isinstance(node, Term):
            return _term(node)
        if isinstance(node, Filter):
            return _filter(node)
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


def _filter(bound: Filter) -> _Part:
    if bound.field == "year":
        return _Part(sql="entries.year BETWEEN ? AND ?", values=(bound.first, bound.last))
    column = {"kind": "kind", "code": "code"}[bound.field]
    return _Part(sql=f"instr(coalesce(entries.{column}, ''), ?) > 0", values=(bound.value,))


def _where(part: _Part, scope: Scope, bounds: Bounds) -> tuple[str, tuple[object, ...]]:
    clauses, values = [part.sql or "1"], list(part.values)
    pairs = {
        "entries.year = ?": bounds.year,
        "entries.campaign = ?": bounds.campaign,
        "? IN (entries.unit, entries.unit_name)": bounds.unit,
        "entries.kind = ?": bounds.kind,
        "entries.dated >= ?": bounds.start,
        "entries.dated <= ?": bounds.end,
    }
    for clause, value in pairs.items():
        if value is not None:
            clauses.append(clause)
            values.append(value)
    if scope.campaigns is not None:
        clauses.append(f"entries.campaign IN ({', '.join('?' * len(scope.campaigns))})")
        values += sorted(scope.campaigns)
    return " AND ".join(f"({clause})" for clause in clauses), tuple(values)
