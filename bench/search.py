"""Searching, side by side with Whoosh, tantivy and a plain scan in memory, on the same texts and the same tokens.

JUANZONG_CORPUS names a file of JSON lines (title, body, year; .xz or plain); without it texts are made here.
JUANZONG_PAPERS: how many papers (more than the file has: made from its paragraphs). JUANZONG_WHOOSH: how many Whoosh gets.
"""

from __future__ import annotations

import json
import lzma
import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from indexer.engines import EVERYTHING, Bounds, Engine
from indexer.entries import IndexEntry
from indexer.folding import fold
from indexer.fts5 import Fts5
from indexer.index import Index
from indexer.queries import And, Node, Or, Term
from indexer.tokens import phrase, tokens
from model.searching import Order
from model.texts import Text, TextBlock, TextPage, TextState
from storage.database import open_catalogue, transaction

_WORDS = (
    "消防",
    "食堂",
    "校车",
    "领导小组",
    "整改",
    "排查",
    "学校",
    "安全",
    "责任",
    "督查",
    "通知",
    "报告",
    "疏散通道",
)
_COMMON = ("工作", "管理", "教育", "安全", "单位", "人民", "规定", "部门", "国家", "建设", "发展", "组织")
_SAMPLES = 60


@dataclass(frozen=True, slots=True)
class Sample:
    """A paper of the set."""

    title: str
    body: str
    year: int


def papers(wanted: int) -> list[Sample]:
    """As many as wanted: from the file, or three of its paragraphs each where it has too few, or made of a few words."""
    chance = random.Random(20260305)
    named = os.environ.get("JUANZONG_CORPUS")
    if not named:
        made = (("，".join("".join(chance.choices(_WORDS, k=5)) for _ in range(80)), n) for n in range(wanted))
        return [Sample(f"第{n}号{body[:12]}", body, 2000 + n % 25) for body, n in made]
    with lzma.open(named, "rt", encoding="utf-8") if named.endswith(".xz") else Path(named).open() as lines:
        told = [json.loads(line) for line in islice(lines, wanted)]
    held = [Sample(one["title"], one["body"], int(one["year"] or 2000)) for one in told]
    if len(held) >= wanted:
        return held
    parts = [part for one in held for part in one.body.split("\n") if 40 < len(part) < 400]
    picks = ([chance.choice(parts) for _ in range(3)] for _ in range(wanted))
    return [Sample(pick[0][:24], "\n".join(pick), 2000 + n % 25) for n, pick in enumerate(picks)]


def entry(number: int, paper: Sample) -> IndexEntry:
    """A paper as the archive would have it indexed."""
    return IndexEntry(
        record=f"r{number}",
        code=f"0000-WS·2026-D10-{number:06d}",
        title=paper.title,
        number=None,
        issuer=None,
        unit=None,
        unit_name=f"第{number % 30}小学",
        campaign=f"c{number % 7}",
        campaign_name=None,
        kind=("通知", "报告", "方案")[number % 3],
        year=paper.year,
        dated=None,
        retention="D10",
        texts=(("a", Text(TextState.OK, (TextPage("第1页", (TextBlock(paper.body),)),))),),
    )


def main() -> None:
    """Print a table for this set: rate, size, adding one, and CPU milliseconds of every class of query."""
    held = papers(int(os.environ.get("JUANZONG_PAPERS", "2000")))
    size = sum(len((one.title + one.body).encode()) for one in held)
    print(f"{len(held)} papers, {size / 1e6:.1f} MB; CPU time; p50/p95 in ms")
    with tempfile.TemporaryDirectory() as folder:
        db = open_catalogue(Path(folder) / "catalogue.db")
        index = Index(db)
        used = _seconds(lambda: _fill(db, index, held))
        engine = Fts5(db)
        print(f"filing the words, entries and texts: {used:.1f} s")
        with transaction(db):
            used = _seconds(index.rebuild)
        print(f"fts5     {size / 1e6 / used:6.2f} MB/s  index/text {_index_bytes(db) / size:.2f}", end="  ")
        print(f"add one p50/p95 {_shown(_pair([_ms(lambda n=n: _add(db, index, n, held)) for n in range(20)]))}")  # type: ignore[misc]
        engine = Fts5(db)
        asked = classes(held)
        told = {name: _timed(run, engine, queries) for name, (run, queries) in asked.items()}
        _others(Path(folder), held, asked, told)
        _answers(index, asked["quote of 8-12"][1])
        _relevance(index, held)
        _scan(held)
        db.close()


Run = Callable[[Engine, Node], object]


def classes(held: Sequence[Sample]) -> dict[str, tuple[Run, list[Node]]]:
    """The classes of query: how each is asked, and with what."""
    chance = random.Random(7)
    body = [one.body for one in held if len(one.body) > 60]

    def spans(low: int, high: int) -> list[str]:
        found: list[str] = []
        while len(found) < _SAMPLES:
            text = chance.choice(body)
            start = chance.randrange(len(text) - high)
            span = text[start : start + chance.randint(low, high)]
            if all("\u4e00" <= character <= "\u9fff" for character in span):
                found.append(span)
        return found

    def sentence() -> Node:
        cut = [token for token in tokens(chance.choice(body)[:30]) if len(token) > 1]
        return Or(tuple(Term(token) for token in cut)) if len(cut) > 1 else Term("教育工作")

    def ask(bounds: Bounds = Bounds(), order: Order = Order.RELEVANCE, facets: bool = False) -> Run:  # noqa: B008
        return lambda engine, query: engine.find(query, EVERYTHING, bounds, order, 10, 0, facets=facets)

    pairs: list[Node] = [And((Term(a), Term(b))) for a, b in zip(spans(2, 2), spans(2, 2), strict=True)]
    words: list[Node] = [Term(span) for span in spans(2, 2)]
    common: list[Node] = [Term(word) for word in _COMMON]
    return {
        "word of 2": (ask(), words),
        "phrase of 4": (ask(), [Term(span) for span in spans(4, 4)]),
        "two words": (ask(), pairs),
        "quote of 8-12": (ask(), [Term(span) for span in spans(8, 12)]),
        "word + year": (ask(Bounds(year=2018)), words),
        "word + facets": (ask(facets=True), words),
        "common word": (ask(), common),
        "common, newest": (ask(order=Order.NEWEST), common),
        "one character": (ask(), [Term(word[0]) for word in _COMMON]),
        "sentence as or": (ask(), [sentence() for _ in range(_SAMPLES)]),
    }


def _fill(db: sqlite3.Connection, index: Index, held: Sequence[Sample]) -> None:
    with transaction(db):
        for number, one in enumerate(held):
            index.put(entry(number, one))


def _add(db: sqlite3.Connection, index: Index, number: int, held: Sequence[Sample]) -> None:
    one = held[number % len(held)]
    with transaction(db):
        index.put(entry(1_000_000 + number, Sample(one.title, one.body[:2000], one.year)))


def _others(
    folder: Path,
    held: Sequence[Sample],
    asked: dict[str, tuple[Run, list[Node]]],
    told: dict[str, tuple[float, float]],
) -> None:
    """Print what the other engines need for the same, and the ratios."""
    columns = {"fts5": told}
    for name, build in {"tantivy": _tantivy, "whoosh": _whoosh}.items():
        try:
            columns[name] = build(folder / name, held, asked)
        except ImportError:
            print(f"{name:8} not installed: left out")
    print(f"{'':16}" + "".join(f"{name:>18}" for name in columns))
    for kind in told:
        cells = "".join(f"{_shown(column.get(kind)):>18}" for column in columns.values())
        ratio = columns.get("tantivy", {}).get(kind)
        print(f"{kind:16}{cells}" + (f"   fts5/tantivy p50 {told[kind][0] / max(ratio[0], 1e-3):.1f}" if ratio else ""))


def _tantivy(
    folder: Path, held: Sequence[Sample], asked: dict[str, tuple[Run, list[Node]]]
) -> dict[str, tuple[float, float]]:
    """Build with tantivy on the same tokens, print rate and size, and time what it can be asked likewise."""
    tantivy: Any = import_module("tantivy")

    folder.mkdir()
    maker = tantivy.SchemaBuilder()
    for name in ("title", "body"):
        maker.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    maker.add_integer_field("number", stored=True, indexed=True, fast=True)
    schema = maker.build()
    index = tantivy.Index(schema, path=str(folder))

    def fill() -> None:
        writer = index.writer(64_000_000, num_threads=1)
        for number, one in enumerate(held):
            cut = {name: " ".join(tokens(getattr(one, name))) for name in ("title", "body")}
            writer.add_document(tantivy.Document(number=number, **cut))
        writer.commit()
        writer.wait_merging_threads()

    _report("tantivy", held, _seconds(fill), folder)
    index.reload()
    searcher = index.searcher()

    def compiled(node: Node) -> Any:
        if isinstance(node, Term):
            found = phrase(node.text)
            cut = list(found.tokens) if found else [node.text]
            leaf = tantivy.Query.phrase_query if len(cut) > 1 else tantivy.Query.term_query
            fields = [leaf(schema, name, cut if len(cut) > 1 else cut[0]) for name in ("title", "body")]
            return tantivy.Query.disjunction_max_query(fields)
        how = tantivy.Occur.Must if isinstance(node, And) else tantivy.Occur.Should
        parts = node.parts if isinstance(node, And | Or) else ()
        return tantivy.Query.boolean_query([(how, compiled(part)) for part in parts])

    able = ("word of 2", "phrase of 4", "two words", "quote of 8-12", "common word", "sentence as or")
    return {
        name: _pair([_ms(lambda q=q: searcher.search(compiled(q), 10)) for q in asked[name][1]])  # type: ignore[misc]
        for name in able
    }


def _whoosh(
    folder: Path, held: Sequence[Sample], asked: dict[str, tuple[Run, list[Node]]]
) -> dict[str, tuple[float, float]]:
    """The same with Whoosh behind our interface, on as many papers as there is patience for."""
    from indexer.whoosh_engine import Whoosh

    fewer = held[: int(os.environ.get("JUANZONG_WHOOSH", "1000"))]
    folder.mkdir()
    db = open_catalogue(folder / "catalogue.db")
    _fill(db, Index(db), fewer)
    engine = Whoosh(db, folder / "words")
    index = Index(db, engine)
    with transaction(db):
        used = _seconds(index.rebuild)
    _report("whoosh", fewer, used, folder / "words")
    able = [name for name in asked if name != "one character"]
    told = {name: _timed(asked[name][0], engine, asked[name][1][:20]) for name in able}
    db.close()
    return told


def _timed(run: Run, engine: Engine, queries: Sequence[Node]) -> tuple[float, float]:
    return _pair([_ms(lambda query=query: run(engine, query)) for query in queries])  # type: ignore[misc]


def _report(name: str, held: Sequence[Sample], used: float, folder: Path) -> None:
    size = sum(len((one.title + one.body).encode()) for one in held)
    held_bytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{name:8} {size / 1e6 / used:6.2f} MB/s  index/text {held_bytes / size:.2f}  ({len(held)} papers)")


def _answers(index: Index, quotes: Sequence[Node]) -> None:
    words = [f"“{query.text}”" for query in quotes if isinstance(query, Term)]
    told = _pair([_ms(lambda w=w: index.search(w, scope=EVERYTHING, limit=10)) for w in words])  # type: ignore[misc]
    common = _pair([_ms(lambda w=w: index.search(w, scope=EVERYTHING, limit=10)) for w in _COMMON])  # type: ignore[misc]
    print(f"whole answers with facets and 10 snippets: quotes {_shown(told)}, common words {_shown(common)}")


def _relevance(index: Index, held: Sequence[Sample]) -> None:
    """How often the source is in the top ten: of titles that stand once, typed as words; of quotes."""
    chance = random.Random(11)
    seen: dict[str, int] = {}
    for one in held:
        seen[fold(one.title)] = seen.get(fold(one.title), 0) + 1
    once = [n for n, one in enumerate(held) if seen[fold(one.title)] == 1 and len(one.title) > 5]
    picked = chance.sample(once, min(150, len(once)))
    found = sum(_among(index, held[number].title, number) for number in picked)
    print(f"title as words: in the top ten for {found} of {len(picked)} papers with a title of their own")
    found = 0
    quotes: list[tuple[str, int]] = []
    while len(quotes) < 200:
        number = chance.randrange(len(held))
        body = held[number].body
        start = chance.randrange(max(1, len(body) - 12))
        quote = body[start : start + chance.randint(8, 12)]
        if len(quote) >= 8 and all("\u4e00" <= character <= "\u9fff" for character in quote):
            quotes.append((quote, number))
    found = sum(_among(index, f"“{quote}”", number) for quote, number in quotes)
    print(f"quote of 8-12: in the top ten for {found} of {len(quotes)}")


def _among(index: Index, words: str, number: int) -> bool:
    return f"r{number}" in {hit.id for hit in index.search(words, scope=EVERYTHING, limit=10).hits}


def _scan(held: Sequence[Sample]) -> None:
    folded = [fold(one.body) for one in held]
    told = _pair([_ms(lambda w=w: sum(w in text for text in folded)) for w in _COMMON])  # type: ignore[misc]
    print(f"plain scan of the folded texts in memory: {_shown(told)}")


def _index_bytes(db: sqlite3.Connection) -> int:
    """Bytes of the engine's own tables: their blobs, and what SQLite needs around each row."""
    (table,) = db.execute("SELECT 'words_' || generation FROM index_state").fetchone()
    blobs = f"SELECT coalesce(sum(length(block)), 0) FROM {table}_data"
    sizes = f"SELECT coalesce(sum(length(sz) + 8), 0) FROM {table}_docsize"
    return sum(int(db.execute(part).fetchone()[0]) for part in (blobs, sizes))


def _seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def _ms(call: Callable[[], object]) -> float:
    return min(_seconds(call) for _ in range(2)) * 1000


def _pair(told: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(told)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]


def _shown(pair: tuple[float, float] | None) -> str:
    return f"{pair[0]:.2f}/{pair[1]:.2f}" if pair else "–"
