"""What the benchmark of searching asks, and the rivals it asks: tantivy on our tokens, Whoosh with its own pairs of characters."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from indexer.tokens import phrase, tokens

_FIELDS = ("title", "body")


@dataclass(frozen=True, slots=True)
class Sample:
    """A paper of the set."""

    title: str
    body: str
    year: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: all of the words (any: any of them), of a year, newest first, with counts by field, with ten snippets."""

    words: tuple[str, ...]
    _: KW_ONLY
    any: bool = False
    year: int | None = None
    newest: bool = False
    facets: bool = False
    whole: bool = False


class Searcher(Protocol):
    """Who is asked, ours or a rival."""

    def takes(self, asked: Asked) -> bool:
        """Whether this kind of question can be put to it."""

    def ask(self, asked: Asked) -> object:
        """One page of ten."""


class Tantivy:
    """tantivy on the same tokens; raises ImportError where it is not installed."""

    def __init__(self, folder: Path, held: Sequence[Sample]) -> None:
        self._tantivy: Any = import_module("tantivy")
        folder.mkdir()
        maker = self._tantivy.SchemaBuilder()
        for name in _FIELDS:
            maker.add_text_field(name, tokenizer_name="whitespace", index_option="position")
        for name in ("number", "year", "unit", "campaign", "kind"):
            maker.add_integer_field(name, stored=name == "number", indexed=True, fast=True)
        self._schema = maker.build()
        index = self._tantivy.Index(self._schema, path=str(folder))
        start = time.process_time()
        writer = index.writer(64_000_000, num_threads=1)
        for number, one in enumerate(held):
            cut = {name: " ".join(tokens(getattr(one, name))) for name in _FIELDS}
            facets = {"unit": number % 30, "campaign": number % 7, "kind": number % 3}
            writer.add_document(self._tantivy.Document(number=number, year=one.year, **facets, **cut))
        writer.commit()
        writer.wait_merging_threads()
        self.seconds = time.process_time() - start
        self.size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        index.reload()
        self._searcher = index.searcher()

    def takes(self, asked: Asked) -> bool:
        """All but whole answers and single characters."""
        return not asked.whole and all(len(word) > 1 for word in asked.words)

    def ask(self, asked: Asked) -> object:
        """One page of ten."""
        how, occur = self._tantivy.Query, self._tantivy.Occur
        parts = [(occur.Should if asked.any else occur.Must, self._term(word)) for word in asked.words]
        if asked.year:
            parts.append((occur.Must, how.term_query(self._schema, "year", asked.year)))
        query = parts[0][1] if len(parts) == 1 else how.boolean_query(parts)
        if asked.newest:
            return self._searcher.search(query, 10, order_by_field="number", order=self._tantivy.Order.Desc)
        if asked.facets:
            named = ("year", "unit", "campaign", "kind")
            self._searcher.aggregate(query, {name: {"terms": {"field": name, "size": 50}} for name in named})
        return self._searcher.search(query, 10)

    def _term(self, word: str) -> Any:
        found = phrase(word)
        cut = list(found.tokens) if found else [word]
        leaf = self._tantivy.Query.phrase_query if len(cut) > 1 else self._tantivy.Query.term_query
        fields = [leaf(self._schema, name, cut if len(cut) > 1 else cut[0]) for name in _FIELDS]
        return self._tantivy.Query.disjunction_max_query(fields)


class Whoosh:
    """Whoosh as it does Chinese best: its own tokenizer of pairs, phrases of pairs, its own facets and sorting."""

    def __init__(self, folder: Path, held: Sequence[Sample]) -> None:
        analysis, fields, index = (import_module(f"whoosh.{name}") for name in ("analysis", "fields", "index"))
        self._query: Any = import_module("whoosh.query")
        folder.mkdir()
        cut = analysis.NgramTokenizer(minsize=2, maxsize=2) | analysis.LowercaseFilter()
        numeric = {name: fields.NUMERIC(sortable=True) for name in ("year", "unit", "campaign", "kind")}
        text = {name: fields.TEXT(analyzer=cut, phrase=True) for name in _FIELDS}
        schema = fields.Schema(number=fields.NUMERIC(stored=True, sortable=True), **text, **numeric)
        start = time.process_time()
        opened = index.create_in(folder, schema)
        writer = opened.writer(limitmb=256)
        for number, one in enumerate(held):
            facets = {"unit": number % 30, "campaign": number % 7, "kind": number % 3, "year": one.year}
            writer.add_document(number=number, title=one.title, body=one.body, **facets)
        writer.commit()
        self.seconds = time.process_time() - start
        self.size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        self._searcher = opened.searcher()

    def takes(self, asked: Asked) -> bool:
        """All but whole answers and single characters."""
        return not asked.whole and all(len(word) > 1 for word in asked.words)

    def ask(self, asked: Asked) -> object:
        """One page of ten."""
        parts = [self._term(word) for word in asked.words]
        query = parts[0] if len(parts) == 1 else (self._query.Or if asked.any else self._query.And)(parts)
        bound = self._query.Term("year", asked.year) if asked.year else None
        if asked.facets:
            return self._searcher.search(query, limit=10, groupedby=["year", "unit", "campaign", "kind"])
        if asked.newest:
            return self._searcher.search(query, limit=10, sortedby="number", reverse=True)
        return self._searcher.search(query, limit=10, filter=bound)

    def _term(self, word: str) -> Any:
        pairs = [word[at : at + 2].lower() for at in range(len(word) - 1)]
        term, several = self._query.Term, self._query.Phrase
        return self._query.Or([term(name, pairs[0]) if len(pairs) == 1 else several(name, pairs) for name in _FIELDS])
