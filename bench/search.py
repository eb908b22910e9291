"""Searching beside tantivy, Whoosh and a plain scan in memory, on the same texts in one run.

JUANZONG_CORPUS names a file of JSON lines (title, body, year; .xz or plain); without it texts are made here.
JUANZONG_PAPERS: how many papers (more than the file has: made from its paragraphs). JUANZONG_WHOOSH: how many of them Whoosh
and, for a second column beside it, our own engine get (Whoosh takes minutes for thousands; 0 leaves it out).
"""

from __future__ import annotations

import json
import lzma
import os
import random
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from bench import searchers
from bench.searchers import Asked, Sample, Searcher
from indexer.engines import EVERYTHING, Bounds
from indexer.entries import Entries, IndexEntry
from indexer.folding import fold
from indexer.fts5 import Fts5
from indexer.index import Index
from indexer.queries import And, Node, Or, Term
from indexer.tokens import tokens
from model.searching import Order
from model.texts import Text, TextBlock, TextPage, TextState
from storage.database import open_catalogue, transaction

_MADE = ("消防", "食堂", "校车", "领导小组", "整改", "排查", "学校", "安全", "责任", "督查", "通知", "报告", "疏散通道")
_SAMPLES = 60
_ADDED = 200
_COMMON = 12


def papers(wanted: int) -> list[Sample]:
    """As many as wanted: from the file, or three of its paragraphs each where it has too few, or made of a few words."""
    chance = random.Random(20260305)
    named = os.environ.get("JUANZONG_CORPUS")
    if not named:
        made = (("，".join("".join(chance.choices(_MADE, k=5)) for _ in range(80)), n) for n in range(wanted))
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


class Ours:
    """Our own index as the benchmark asks it."""

    def __init__(self, folder: Path, held: Sequence[Sample]) -> None:
        folder.mkdir()
        self.db = open_catalogue(folder / "catalogue.db")
        with transaction(self.db):
            entries = Entries(self.db)
            for number, one in enumerate(held):
                entries.put(entry(number, one))
        self.index = Index(self.db)
        with transaction(self.db):
            self.seconds = seconds(self.index.rebuild)
        self.size = _index_bytes(self.db)
        self._engine = Fts5(self.db)

    def takes(self, _asked: Asked) -> bool:
        """Every kind of question."""
        return True

    def ask(self, asked: Asked) -> object:
        """One page of ten, or a whole answer with facets and snippets."""
        order = Order.NEWEST if asked.newest else Order.RELEVANCE
        if asked.whole:
            return self.index.search(f"“{asked.words[0]}”", scope=EVERYTHING, order=order, limit=10)
        parts: tuple[Node, ...] = tuple(map(Term, asked.words))
        query = parts[0] if len(parts) == 1 else (Or if asked.any else And)(parts)
        bounds = Bounds(year=asked.year)
        return self._engine.find(query, EVERYTHING, bounds, order, 10, 0, facets=asked.facets)

    def reopen(self) -> None:
        """As another process that files: FTS5 keeps the large buffers of a rebuild as long as its connection lives."""
        (_, _, path) = self.db.execute("PRAGMA database_list").fetchone()
        self.db.close()
        self.db = open_catalogue(Path(path))
        self.index, self._engine = Index(self.db), Fts5(self.db)

    def add(self, number: int, one: Sample) -> None:
        """File one more paper, durably."""
        with transaction(self.db):
            self.index.put(entry(number, one))


def main() -> None:
    """Print a table for this set: rate, size, adding one, and CPU milliseconds of every class of query."""
    held = papers(int(os.environ.get("JUANZONG_PAPERS", "2000")))
    size = _bytes(held)
    print(f"{len(held)} papers, {size / 1e6:.1f} MB; CPU time, of each question the better of two tries; p50/p95 in ms")
    asked = classes(held)
    with tempfile.TemporaryDirectory() as folder:
        ours = Ours(Path(folder) / "ours", held)
        print(f"fts5     {size / 1e6 / ours.seconds:6.2f} MB/s  index/text {ours.size / size:.2f}")
        told = {"fts5": _timed(ours, asked)}
        try:
            tantivy = searchers.Tantivy(Path(folder) / "tantivy", held)
            print(f"tantivy  {size / 1e6 / tantivy.seconds:6.2f} MB/s  index/text {tantivy.size / size:.2f}")
            told["tantivy"] = _timed(tantivy, asked)
        except ImportError:
            print("tantivy  not installed: left out")
        _table(told)
        _beside_whoosh(Path(folder), held)
        _relevance(ours.index, held)
        _scan(held)
        ours.reopen()
        short = [Sample(one.title, one.body[:2000], one.year) for one in held[:_ADDED]]
        added = [seconds(lambda n=n, one=one: ours.add(1_000_000 + n, one)) * 1000 for n, one in enumerate(short)]  # type: ignore[misc]
        print(f"one more paper of at most 2,000 characters, durable: {_shown(pair(added))}", end="; ")
        floor = [seconds(lambda one=one: _put_down(ours.db, one)) * 1000 for one in short]  # type: ignore[misc]
        print(f"its text alone in a table, durable: {_shown(pair(floor))}")
        ours.db.close()


def classes(held: Sequence[Sample]) -> dict[str, list[Asked]]:
    """The classes of questions with their samples."""
    chance = random.Random(7)
    bodies = [one.body for one in held if len(one.body) > 60]

    def spans(low: int, high: int) -> list[str]:
        found: list[str] = []
        while len(found) < _SAMPLES:
            text = chance.choice(bodies)
            start = chance.randrange(len(text) - high)
            span = text[start : start + chance.randint(low, high)]
            if all("\u4e00" <= character <= "\u9fff" for character in span):
                found.append(span)
        return found

    def sentence() -> tuple[str, ...]:
        cut = [token for token in tokens(chance.choice(bodies)[:30]) if len(token) > 1]
        return tuple(dict.fromkeys(cut)) or ("教育",)

    words, quotes, common = spans(2, 2), spans(8, 12), commonest(held)
    return {
        "word of 2": [Asked((word,)) for word in words],
        "phrase of 4": [Asked((span,)) for span in spans(4, 4)],
        "quotation of 8-12": [Asked((quote,)) for quote in quotes],
        "two words": [Asked(both) for both in zip(words, spans(2, 2), strict=True)],
        "word and year": [Asked((word,), year=2018) for word in words],
        "word, exact total and facets": [Asked((word,), facets=True) for word in words],
        "commonest, relevance": [Asked((word,)) for word in common],
        "commonest, newest": [Asked((word,), newest=True) for word in common],
        "commonest, facets": [Asked((word,), facets=True) for word in common],
        "one character": [Asked((word[0],)) for word in common],
        "sentence, any pair": [Asked(sentence(), any=True) for _ in range(_SAMPLES)],
        "whole answer, quotation": [Asked((quote,), whole=True) for quote in quotes],
        "whole answer, word": [Asked((word,), whole=True) for word in words],
        "whole answer, commonest": [Asked((word,), whole=True) for word in common],
    }


def commonest(held: Sequence[Sample]) -> list[str]:
    """The words of two characters that stand in the most papers."""
    seen: Counter[str] = Counter()
    for one in held[:2000]:
        seen.update({token for token in tokens(one.body) if len(token) == 2 and "\u4e00" <= token[0] <= "\u9fff"})
    return [token for token, _ in seen.most_common(_COMMON)]


def _put_down(db: sqlite3.Connection, one: Sample) -> None:
    """The floor of filing: the text in a plain table, made durable."""
    with transaction(db):
        db.execute("CREATE TABLE IF NOT EXISTS floor (title TEXT, body TEXT)")
        db.execute("INSERT INTO floor VALUES (?, ?)", (one.title, one.body))


def _timed(searcher: Searcher, asked: dict[str, list[Asked]]) -> dict[str, tuple[float, float]]:
    """Of each class of questions that the searcher takes, the milliseconds; its first question once before, to warm."""
    told = {}
    for name, questions in asked.items():
        if searcher.takes(questions[0]):
            searcher.ask(questions[0])
            told[name] = pair([ms(lambda one=one: searcher.ask(one)) for one in questions])  # type: ignore[misc]
    return told


def _table(told: dict[str, dict[str, tuple[float, float]]]) -> None:
    (ours, first), *others = told.items()
    print(
        f"{'':30}" + "".join(f"{name:>16}" for name in told) + "".join(f"{ours + '/' + name:>18}" for name, _ in others)
    )
    for kind, own in first.items():
        cells = "".join(f"{_shown(column.get(kind)):>16}" for column in told.values())
        ratios = (f"{own[0] / column[kind][0]:>18.2f}" if kind in column else f"{'–':>18}" for _, column in others)
        print(f"{kind:30}{cells}{''.join(ratios)}")


def _beside_whoosh(folder: Path, held: Sequence[Sample]) -> None:
    """Whoosh and our engine on the same, fewer papers."""
    fewer = held[: int(os.environ.get("JUANZONG_WHOOSH", "500"))]
    if not fewer:
        return
    size = _bytes(fewer)
    ours, whoosh = Ours(folder / "fewer", fewer), searchers.Whoosh(folder / "whoosh", fewer)
    for name, engine in (("fts5", ours), ("whoosh", whoosh)):
        rate, share = size / 1e6 / engine.seconds, engine.size / size
        print(f"{name:8} {rate:6.2f} MB/s  index/text {share:.2f}  ({len(fewer)} papers)")
    asked = {name: questions[:20] for name, questions in classes(fewer).items()}
    _table({"fts5": _timed(ours, asked), "whoosh": _timed(whoosh, asked)})
    ours.db.close()


def _relevance(index: Index, held: Sequence[Sample]) -> None:
    """How often the source is in the top ten: of titles that stand once, typed as words; of quotations, exact and as words."""
    chance = random.Random(11)
    seen = Counter(fold(one.title) for one in held)
    once = [n for n, one in enumerate(held) if seen[fold(one.title)] == 1 and len(one.title) > 5]
    picked = chance.sample(once, min(150, len(once)))
    found = sum(_among(index, held[number].title, number) for number in picked)
    print(f"a title as it is: its paper in the top ten for {found} of {len(picked)} that stand once")
    found = sum(_among(index, " ".join(_pairs(held[number].title)), number) for number in picked)
    print(f"a title as words of two characters: {found} of {len(picked)}")
    found = sum(_any(index, held[number].title, number) for number in picked)
    print(f"a title as any of its pairs: {found} of {len(picked)}")
    quotes: list[tuple[str, int]] = []
    while len(quotes) < 200:
        number = chance.randrange(len(held))
        body = held[number].body
        start = chance.randrange(max(1, len(body) - 12))
        quote = body[start : start + chance.randint(8, 12)]
        if len(quote) >= 8 and all("\u4e00" <= character <= "\u9fff" for character in quote):
            quotes.append((quote, number))
    found = sum(_among(index, f"“{quote}”", number) for quote, number in quotes)
    print(f"a quotation of 8 to 12: {found} of {len(quotes)}")
    found = sum(_any(index, quote, number) for quote, number in quotes)
    print(f"a quotation as any of its pairs: {found} of {len(quotes)}")


def _pairs(text: str) -> list[str]:
    return list(dict.fromkeys(token for token in tokens(text) if len(token) > 1))


def _among(index: Index, words: str, number: int) -> bool:
    return f"r{number}" in {hit.id for hit in index.search(words, scope=EVERYTHING, limit=10).hits}


def _any(index: Index, text: str, number: int) -> bool:
    return _among(index, " 或 ".join(_pairs(text)), number)


def _scan(held: Sequence[Sample]) -> None:
    folded = [fold(one.body) for one in held]
    told = pair([ms(lambda w=w: sum(w in text for text in folded)) for w in commonest(held)])  # type: ignore[misc]
    print(f"plain scan of the folded texts in memory: {_shown(told)}")


def _bytes(held: Sequence[Sample]) -> int:
    return sum(len((one.title + one.body).encode()) for one in held)


def _index_bytes(db: sqlite3.Connection) -> int:
    """Bytes of the engine's own tables and of the columns' bits: their blobs, and what SQLite needs around each row."""
    (generation,) = db.execute("SELECT generation FROM index_state").fetchone()
    parts = (
        f"SELECT coalesce(sum(length(block)), 0) FROM words_{generation}_data",
        f"SELECT coalesce(sum(length(sz) + 8), 0) FROM words_{generation}_docsize",
        f"SELECT coalesce(sum(length(block)), 0) FROM heads_{generation}_data",
        f"SELECT coalesce(sum(length(bits) + 2 * length(token) + 16), 0) FROM common_{generation}",
        "SELECT coalesce(sum(length(bits) + 2 * length(value) + 24), 0) FROM entry_bits",
    )
    return sum(int(db.execute(part).fetchone()[0]) for part in parts)


def seconds(call: Callable[[], object]) -> float:
    """CPU seconds of a call."""
    start = time.process_time()
    call()
    return time.process_time() - start


def ms(call: Callable[[], object]) -> float:
    """CPU milliseconds of a call, the better of two: the machine is shared."""
    return min(seconds(call) for _ in range(2)) * 1000


def pair(told: Sequence[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    ordered = sorted(told)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]


def _shown(told: tuple[float, float] | None) -> str:
    return f"{told[0]:.2f}/{told[1]:.2f}" if told else "–"
