"""Finding on this machine, the same for every engine: the query as arithmetic on sets of papers, then one page in order.

An engine only says which papers hold a wording, and how well; totals are exact because nothing is cut off before counting.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Protocol

from indexer import bitsets
from indexer.columns import Columns
from indexer.engines import Bounds, Match, Matches, Scope
from indexer.queries import And, Filter, Node, Not, Term, terms
from model.searching import Order

_WEIGHED = 300  # papers; more are not weighed one by one, see docs/adr/0026-papers-as-bits.md
_LEAVES = 64  # wordings that take part in weighing
_COMMON = 64  # a set of more than one in so many papers is met soon by going down the dates


class Words(Protocol):
    """What an engine knows of wordings."""

    def holding(self, term: Term) -> int:
        """Exactly the papers that hold the term, of those that are there."""

    def heading(self, term: Term) -> int:
        """The papers that bear the term's words in title, number or names; a help in ordering, so about is enough."""

    def scores(self, query: Node, papers: int) -> Mapping[int, float]:
        """How well papers of the set answer; one that is left out answers by a bound only."""


def find(
    db: sqlite3.Connection,
    words: Words,
    query: Node,
    scope: Scope,
    bounds: Bounds,
    order: Order,
    limit: int,
    offset: int,
    *,
    facets: bool,
) -> Matches:
    """One page of the entries that answer, their exact number, and their counts by field."""
    asked = _Asked(db, words)
    papers = asked.papers(query) & asked.every
    allowed = asked.columns.allowed(scope, bounds)
    if allowed is not None:
        papers &= allowed
    if order is Order.RELEVANCE:
        ordered = asked.weighed(query, papers, offset + limit)
    else:
        ordered = ((number, 0.0) for number in _dated(db, papers, order, offset + limit))
    return Matches(
        total=papers.bit_count(),
        exact=True,
        page=tuple(Match(number, score) for number, score in islice(ordered, offset, offset + limit)),
        facets=asked.columns.counted(papers) if facets else (),
    )


class _Asked:
    """One question; what an engine said once is remembered until it is answered."""

    def __init__(self, db: sqlite3.Connection, words: Words) -> None:
        self.columns = Columns(db)
        self._words = words
        self._held: dict[Term, int] = {}
        self._every: int | None = None

    @property
    def every(self) -> int:
        """The papers that are there."""
        if self._every is None:
            self._every = self.columns.every()
        return self._every

    def papers(self, node: Node) -> int:
        """The papers that answer a part of the query."""
        if isinstance(node, Term):
            return self._holding(node)
        if isinstance(node, Filter):
            return self.columns.filtered(node)
        if isinstance(node, Not):
            return self.every & ~self.papers(node.part)
        found = self.papers(node.parts[0])
        for part in node.parts[1:]:
            found = found & self.papers(part) if isinstance(node, And) else found | self.papers(part)
        return found

    def _holding(self, term: Term) -> int:
        if term not in self._held:
            self._held[term] = self._words.holding(term)
        return self._held[term]

    def weighed(self, query: Node, papers: int, most: int) -> Iterable[tuple[int, float]]:
        """The best first. Few papers are scored one by one; of many, those that hold more and rarer words, and in the title."""
        if papers.bit_count() <= _WEIGHED:
            scores = self._words.scores(query, papers)
            told = ((number, scores.get(number, 0.0)) for number in bitsets.newest(papers))
            return sorted(told, key=lambda pair: -pair[1])
        every = self.every.bit_count()
        sets: list[tuple[int, int]] = []
        for term in dict.fromkeys(terms(query)[:_LEAVES]):
            held = self._holding(term)
            weight = round(1 + 2 * math.log2(1 + every / max(1, held.bit_count())))
            sets.append((weight, held))
            if term.field is None:
                sets.append((2 * weight, held & self._words.heading(term)))
        return ((number, float(weight)) for number, weight in bitsets.heaviest(sets, papers, most))


def _dated(db: sqlite3.Connection, papers: int, order: Order, most: int) -> Iterator[int]:
    """By date, undated ones last."""
    way = "DESC" if order is Order.NEWEST else "ASC"
    if papers.bit_count() * _COMMON > papers.bit_length():
        yield from islice(_down(db, papers, way), most)
        return
    among = "number IN (SELECT value FROM json_each(?))"
    asked = f"SELECT number FROM entries WHERE {among} ORDER BY dated IS NULL, dated {way}, number {way} LIMIT ?"  # noqa: S608
    for (number,) in db.execute(asked, (json.dumps(list(bitsets.numbers(papers))), most)):
        yield number


def _down(db: sqlite3.Connection, papers: int, way: str) -> Iterator[int]:
    """Down the index of dates, keeping the papers of the set."""
    bits = bitsets.packed(papers)
    size = len(bits) * 8
    for known in ("IS NOT NULL", "IS NULL"):
        rows = db.execute(f"SELECT number FROM entries WHERE dated {known} ORDER BY dated {way}, number {way}")  # noqa: S608
        for (number,) in rows:
            if number < size and bits[number >> 3] >> (number & 7) & 1:
                yield number
