"""The finding aid of one office: entries and their texts in the catalogue, the words in an engine."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from indexer import queries, stored, tokens
from indexer.engines import Bounds, Engine, Matches, Scope
from indexer.fts5 import Fts5
from indexer.selecting import condition
from indexer.snippets import snippet
from indexer.suggesting import meant, suggestions
from indexer.variants import Variants, widened
from model.searching import Answer, Hit, Order
from model.texts import Text, TextState

_NAMES = 20_000  # newest entries whose titles suggestions are taken from


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


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexStatus:
    """Entries in the catalogue and in the index, and those whose text is lacking, with why."""

    engine: str
    tokenizer: str
    current: bool
    entries: int
    indexed: int
    lacking: tuple[tuple[str, str], ...]


class Index:
    """The finding aid on one connection of the catalogue."""

    def __init__(self, db: sqlite3.Connection, engine: Engine | None = None, variants: Variants = ()) -> None:
        """`engine`: who finds; None: FTS5 in the catalogue's own file. `variants`: writings that find one another."""
        self._db = db
        self._variants = variants
        self._engine: Engine = engine or Fts5(db)

    def ensure(self) -> None:
        """Make the index when there is none yet, or none of this tokenizer; inside a transaction of the caller."""
        if self._engine.tokenizer != tokens.VERSION:
            self.rebuild()  # words taken out by another tokenizer than put them in would leave ghosts behind

    def put(self, entry: IndexEntry) -> None:
        """Make a record findable, or its new version instead of the old; inside the transaction that files it."""
        self.ensure()
        self.remove(entry.record)
        cursor = self._db.execute(
            "INSERT INTO entries (record, code, title, doc_number, issuer, names, unit, unit_name, campaign, kind, year,"
            " dated, retention, state, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            _entry_row(entry),
        )
        number = cursor.lastrowid
        self._db.executemany(
            "INSERT INTO pages (entry, place, label, text) VALUES (?, ?, ?, ?)",
            [(number, place, label, text) for place, (label, text) in enumerate(_pages(entry.texts))],
        )
        self._engine.apply(stored.words(self._db, number))

    def remove(self, record: str) -> None:
        """Make a record unfindable; inside a transaction of the caller."""
        row = self._db.execute("SELECT number FROM entries WHERE record = ?", (record,)).fetchone()
        if row:
            self._engine.remove(stored.words(self._db, row["number"]))
            self._db.execute("DELETE FROM pages WHERE entry = ?", (row["number"],))
            self._db.execute("DELETE FROM entries WHERE number = ?", (row["number"],))

    def search(
        self,
        words: str,
        *,
        scope: Scope,
        bounds: Bounds = Bounds(),  # noqa: B008 - frozen
        order: Order = Order.RELEVANCE,
        limit: int = 20,
        offset: int = 0,
    ) -> Answer:
        """Answer what a person typed; a wording that stands nowhere is loosened, and the answer says so."""
        query = queries.parse(words)
        if query is None or not self._engine.count():
            return Answer(total=0, exact=True, relaxed=None, hits=())
        relaxed: str | None = None
        typed, query = query, widened(query, self._variants)
        matches = self._engine.find(query, scope, bounds, order, limit, offset)
        near = None if matches.total or scope.campaigns is not None else self._meant(typed)
        for told, easier in () if matches.total else queries.loosened(typed):
            matches = self._engine.find(easier, scope, bounds, order, limit, offset)
            if matches.total:
                relaxed, query = told, easier
                break
        return Answer(
            total=matches.total,
            exact=matches.exact,
            relaxed=relaxed,
            hits=tuple(self._hits(matches, queries.terms(query))),
            facets=matches.facets,
            meant=near,
        )

    def suggest(self, typed: str, *, scope: Scope, limit: int = 8) -> tuple[str, ...]:
        """What a person who has typed so far may want, out of the archive's own titles and names; `ldxz`: 领导小组."""
        return suggestions(typed, self._names(scope), limit)

    def like(self, record: str, *, scope: Scope, limit: int = 5) -> Answer:
        """Papers like this one: by the pairs of characters of its title, itself left out; none for an unknown record."""
        row = self._db.execute("SELECT title FROM entries WHERE record = ?", (record,)).fetchone()
        pieces = dict.fromkeys(token for token in tokens.tokens(row["title"]) if len(token) > 1) if row else {}
        if not pieces:
            return Answer(total=0, exact=True, relaxed=None, hits=())
        query = queries.Or(tuple(queries.Term(piece) for piece in pieces))
        matches = self._engine.find(query, scope, Bounds(), Order.RELEVANCE, limit + 1, 0, facets=False)
        hits = [hit for hit in self._hits(matches, queries.terms(query)) if hit.id != record]
        return Answer(total=len(hits[:limit]), exact=False, relaxed=None, hits=tuple(hits[:limit]))

    def _meant(self, query: queries.Node) -> str | None:
        """Did you mean: for the first word that stands nowhere."""
        for term in queries.terms(query):
            near = meant(term.text, self._names(Scope(None)))
            if near:
                return near
        return None

    def _names(self, scope: Scope) -> Iterator[str]:
        where, values = condition(scope, Bounds())
        asked = f"SELECT title, names FROM entries WHERE {where} ORDER BY number DESC LIMIT ?"  # noqa: S608 - fixed names
        for row in self._db.execute(asked, (*values, _NAMES)):
            yield from (row["title"], row["names"])

    def _hits(self, matches: Matches, terms: tuple[queries.Term, ...]) -> Iterator[Hit]:
        for match in matches.page:
            row = self._db.execute("SELECT * FROM entries WHERE number = ?", (match.number,)).fetchone()
            shown = snippet(stored.pages(self._db, match.number), terms)
            yield Hit(
                id=row["record"],
                code=row["code"],
                title=row["title"],
                snippet=shown.text,
                page=shown.page,
                score=round(match.score, 4),
                date=date.fromisoformat(row["dated"]) if row["dated"] else None,
                unit=row["unit_name"] or row["unit"],
                campaign=row["campaign"],
            )

    def status(self) -> IndexStatus:
        """How the finding aid stands."""
        (entries,) = self._db.execute("SELECT count(*) FROM entries").fetchone()
        lacking = self._db.execute("SELECT title, why FROM entries WHERE state != ?", (TextState.OK.value,)).fetchall()
        made_with = self._engine.tokenizer or tokens.VERSION
        return IndexStatus(
            engine=self._engine.name,
            tokenizer=made_with,
            current=made_with == tokens.VERSION,
            entries=entries,
            indexed=self._engine.count(),
            lacking=tuple((row["title"], row["why"]) for row in lacking),
        )

    def rebuild(self, progress: Callable[[int, int], None] = lambda _done, _total: None) -> None:
        """Make the index anew from the stored texts; inside a transaction of the caller, so the old one answers until then."""
        (total,) = self._db.execute("SELECT count(*) FROM entries").fetchone()
        self._engine.begin()
        try:
            for done, text in enumerate(stored.words(self._db), 1):
                self._engine.apply((text,))
                progress(done, total)
            self._engine.switch()
        except BaseException:
            self._engine.abandon()
            raise


def _entry_row(entry: IndexEntry) -> tuple[object, ...]:
    lacking = next((text for _, text in entry.texts if text.state is not TextState.OK), None)
    state, why = (lacking.state, lacking.why or lacking.state.chinese) if lacking else (TextState.OK, "")
    names = " ".join(filter(None, (entry.unit_name, entry.unit, entry.campaign_name, entry.campaign)))
    return (
        entry.record,
        entry.code,
        entry.title,
        entry.number or "",
        entry.issuer or "",
        names,
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


def _pages(texts: Iterable[tuple[str, Text]]) -> Iterator[tuple[str, str]]:
    """Every page of every file as (label, text); further files bear their name before the page."""
    for place, (name, text) in enumerate(texts):
        for page in text.pages:
            label = page.where if place == 0 else f"{name} {page.where}".strip()
            yield label, "\n".join(block.text for block in page.blocks)
