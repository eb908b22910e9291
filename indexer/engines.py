"""What an engine must do; the rest of the finding aid does not know which one it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from indexer.queries import Node
from model.searching import Order

Facets = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
"""Counts by field value: (name, ((value, count), …)) pairs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedText:
    """The words of one entry, by field."""

    number: int
    title: str
    body: str
    doc_number: str
    issuer: str
    names: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What the asking person may see; None: everything. Campaigns by id."""

    campaigns: frozenset[str] | None


EVERYTHING = Scope(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Filters beside the words; None: no bound. Days are ISO, both ends included."""

    year: int | None = None
    campaign: str | None = None
    unit: str | None = None
    kind: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """An entry found, and how well (higher is better)."""

    number: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """A page of matches out of `total` (a lower bound unless `exact`), with counts by field value (facets)."""

    total: int
    exact: bool
    page: tuple[Match, ...]
    facets: Facets


class Engine(Protocol):
    """A handful of verbs. `apply` and `remove` run inside the caller's transaction of the catalogue.

    name: what people call it (fts5, whoosh).
    """

    name: str

    @property
    def tokenizer(self) -> str:
        """The version of the tokens that the answering generation was made with; empty: there is none."""

    def apply(self, texts: Iterable[IndexedText]) -> None:
        """Take in new entries."""

    def remove(self, texts: Iterable[IndexedText]) -> None:
        """Take out entries, given the same words that were taken in."""

    def find(
        self, query: Node, scope: Scope, bounds: Bounds, order: Order, limit: int, offset: int, *, facets: bool = True
    ) -> Matches:
        """The entries that answer. Without `facets` nothing is counted: the total is a lower bound, page and one more."""

    def begin(self) -> None:
        """Start a new, empty generation; the old one goes on answering."""

    def switch(self) -> None:
        """Let the new generation answer, and drop the old one."""

    def abandon(self) -> None:
        """Forget the new generation that was begun; the caller rolls back."""

    def count(self) -> int:
        """How many entries the answering generation holds."""
