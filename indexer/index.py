"""The finding aid of one office: entries and their texts in the catalogue, the words in an engine."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from indexer import queries, tokens
from indexer.columns import Columns
from indexer.engines import Bounds, Engine, Matches, Scope
from indexer.entries import Entries, IndexEntry
from indexer.folding import fold
from indexer.fts5 import Fts5
from indexer.loosening import loosened
from indexer.snippets import shown
from indexer.suggesting import by_letters, halves, meant, suggestions
from indexer.variants import Variants, widened
from model.searching import Answer, Hit, Order

_NAMES = 1000  # newest entries that fit, whose titles suggestions are taken from


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
        self._entries, self._columns = Entries(db), Columns(db)
        self._engine: Engine = engine or Fts5(db)

    def ensure(self) -> None:
        """Make the index when there is none yet, or none of this tokenizer; inside a transaction of the caller."""
        if self._engine.tokenizer != tokens.VERSION:
            self.rebuild()  # words taken out by another tokenizer than put them in would leave ghosts behind

    @property
    def current(self) -> bool:
        """Whether there is an index made with the tokens of this version; where nothing was ever filed none is wanted."""
        if self._engine.tokenizer == tokens.VERSION:
            return True
        return self._db.execute("SELECT 1 FROM entries").fetchone() is None

    def put(self, entry: IndexEntry) -> None:
        """Make a record findable, or its new version instead of the old; inside the transaction that files it."""
        self.remove(entry.record)
        number = self._entries.put(entry)
        self._engine.apply(self._entries.words(number))

    def remove(self, record: str) -> None:
        """Make a record unfindable; inside a transaction of the caller."""
        self.ensure()
        # An engine that does not hear of this is made anew before it answers again.
        others = "UPDATE index_state SET tokenizer = '' WHERE engine != ? AND tokenizer != ''"
        self._db.execute(others, (self._engine.name,))
        number = self._entries.number(record)
        if number is not None:
            self._engine.remove(self._entries.words(number))
            self._entries.remove(number)

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
        if query is None or not self._engine.tokenizer:
            return Answer(total=0, exact=True, relaxed=None, hits=())
        relaxed: str | None = None
        typed, query = query, widened(query, self._variants)
        matches = self._engine.find(query, scope, bounds, order, limit, offset)
        near = None if matches.total else self._meant(typed, scope)
        for told, easier in () if matches.total else loosened(typed):
            query = widened(easier, self._variants)
            matches = self._engine.find(query, scope, bounds, order, limit, offset)
            if matches.total:
                relaxed = told
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
        if not self._engine.tokenizer:
            return ()
        spelt = by_letters(typed)
        held = self._titled((typed,), scope)
        if spelt:
            held += self._seen(self._entries.spelt(spelt, _NAMES), scope)
        return suggestions(typed, self._names(dict.fromkeys(held)), limit)

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

    def _meant(self, query: queries.Node, scope: Scope) -> str | None:
        """Did you mean: for the first word that stands nowhere."""
        for term in queries.terms(query):
            if not self._engine.find(term, scope, Bounds(), Order.RELEVANCE, 0, 0, facets=False).total:
                near = meant(term.text, self._names(self._titled(halves(fold(term.text).strip()), scope)))
                if near:
                    return near
        return None

    def _titled(self, words: Iterable[str], scope: Scope) -> list[int]:
        """The newest entries that bear one of the words in title or names and may be seen."""
        terms = tuple(queries.Term(word, field) for word in words for field in ("title", "names"))
        matches = self._engine.find(queries.Or(terms), scope, Bounds(), Order.NEWEST, _NAMES, 0, facets=False)
        return [match.number for match in matches.page]

    def _seen(self, numbers: list[int], scope: Scope) -> list[int]:
        allowed = self._columns.allowed(scope, Bounds())
        return [number for number in numbers if allowed is None or allowed >> number & 1]

    def _names(self, numbers: Iterable[int]) -> Iterator[str]:
        """Titles and names of entries."""
        for number in numbers:
            row = self._entries.row(number)
            yield from (row["title"], row["names"])

    def _hits(self, matches: Matches, terms: tuple[queries.Term, ...]) -> Iterator[Hit]:
        for match in matches.page:
            row = self._entries.row(match.number)
            told = shown(self._entries.pages(match.number), terms)
            yield Hit(
                id=row["record"],
                code=row["code"],
                title=row["title"],
                snippet=told.text,
                page=told.page or None,
                score=round(match.score, 4),
                date=date.fromisoformat(row["dated"]) if row["dated"] else None,
                unit=row["unit_name"] or row["unit"],
                campaign=row["campaign"],
                kind=row["kind"],
                volume=row["code"].rpartition("-")[0] or None,
                block=told.block,
                positions=told.positions,
            )

    def status(self) -> IndexStatus:
        """How the finding aid stands."""
        (entries,) = self._db.execute("SELECT count(*) FROM entries").fetchone()
        lacking = self._db.execute("SELECT title, why FROM entries WHERE why != '' ORDER BY number").fetchall()
        return IndexStatus(
            engine=self._engine.name,
            tokenizer=self._engine.tokenizer or tokens.VERSION,
            current=self.current,
            entries=entries,
            indexed=self._engine.count(),
            lacking=tuple((row["title"], row["why"]) for row in lacking),
        )

    def rebuild(self, progress: Callable[[int, int], None] = lambda _done, _total: None) -> None:
        """Make the index anew from the stored texts; inside a transaction of the caller, so the old one answers until then."""
        (total,) = self._db.execute("SELECT count(*) FROM entries").fetchone()
        self._entries.rebuild()
        self._engine.begin()
        try:
            for done, text in enumerate(self._entries.words(), 1):
                self._engine.apply((text,))
                progress(done, total)
            self._engine.switch()
        except BaseException:
            self._engine.abandon()
            raise
