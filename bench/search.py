"""Searching beside a plain scan in memory, on texts that stand in a file of JSON lines (JUANZONG_CORPUS) or are made here."""

from __future__ import annotations

import json
import lzma
import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from indexer.engines import EVERYTHING
from indexer.folding import fold
from indexer.index import Index, IndexEntry
from model.searching import Order
from model.texts import Text, TextBlock, TextPage, TextState
from storage.database import open_catalogue, transaction

_MADE = 2000


def texts() -> Iterator[tuple[str, str]]:
    """Title and body of each text."""
    named = os.environ.get("JUANZONG_CORPUS")
    if named:
        with lzma.open(named, "rt", encoding="utf-8") as lines:
            for line in lines:
                told = json.loads(line)
                yield told["title"], told["body"]
        return
    chance = random.Random(1)
    words = [
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
        "第一小学",
    ]
    for number in range(_MADE):
        body = "，".join("".join(chance.choices(words, k=6)) for _ in range(300))
        yield f"第{number}号通知", body


def entry(number: int, title: str, body: str) -> IndexEntry:
    """A text as the archive would have it indexed."""
    return IndexEntry(
        record=f"r{number}",
        code=f"0000-WS·2026-D10-{number:06d}",
        title=title,
        number=None,
        issuer=None,
        unit=None,
        unit_name=None,
        campaign=None,
        campaign_name=None,
        kind="通知",
        year=2000 + number % 25,
        dated=None,
        retention="D10",
        texts=(("a", Text(TextState.OK, (TextPage("", (TextBlock(body),)),))),),
    )


def main() -> None:
    """Print the rate and size of the index and the CPU time of each class of query, beside a scan of the folded texts."""
    held = list(texts())
    size = sum(len(body.encode()) for _, body in held)
    folded = [fold(f"{title}\n{body}") for title, body in held]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.db"
        db = open_catalogue(path)
        index = Index(db)
        start = time.process_time()
        with transaction(db):
            for number, (title, body) in enumerate(held):
                index.put(entry(number, title, body))
        used = time.process_time() - start
        print(f"{len(held)} texts, {size / 1e6:.1f} MB: {used:.1f} s CPU, {size / 1e6 / used:.2f} MB/s")
        _add_one(db, index, held)
        words = _index_bytes(db)
        print(f"index {words / size:.2f} times the text")
        _queries(index, held, folded)
        db.close()


def _add_one(db: sqlite3.Connection, index: Index, held: list[tuple[str, str]]) -> None:
    told = []
    for number in range(20):
        start = time.process_time()
        with transaction(db):
            index.put(entry(1_000_000 + number, *held[number][:1], held[number][1][:2000]))
        told.append((time.process_time() - start) * 1000)
    print(f"one more paper {statistics.median(told):.2f} ms CPU")


def _index_bytes(db: sqlite3.Connection) -> int:
    """Bytes of the engine's own tables, by SQLite's page statistics where it has them, else by their blobs."""
    (table,) = db.execute("SELECT 'words_' || generation FROM index_state").fetchone()
    parts = (f"SELECT coalesce(sum(length(block)), 0) FROM {table}_data", f"SELECT count(*) * 16 FROM {table}_docsize")
    return sum(int(db.execute(part).fetchone()[0]) for part in parts)


def _queries(index: Index, held: list[tuple[str, str]], folded: list[str]) -> None:
    chance = random.Random(7)

    def spans(low: int, high: int, count: int) -> list[str]:
        found: list[str] = []
        while len(found) < count:
            body = chance.choice(held)[1]
            if len(body) > high + 10:
                start = chance.randrange(len(body) - high)
                span = body[start : start + chance.randint(low, high)]
                if all("\u4e00" <= character <= "\u9fff" for character in span):
                    found.append(span)
        return found

    classes = {
        "word of 2": [f"“{span}”" for span in spans(2, 2, 60)],
        "phrase of 4": [f"“{span}”" for span in spans(4, 4, 60)],
        "two words": [f"“{a}” “{b}”" for a, b in zip(spans(2, 2, 60), spans(2, 2, 60), strict=True)],
        "quote of 8-12": [f"“{span}”" for span in spans(8, 12, 60)],
    }
    for name, queries in classes.items():
        told = [_ms(index, query) for query in queries]
        print(
            f"{name:14} p50 {statistics.median(told):6.2f}  p95 {sorted(told)[int(len(told) * 0.95)]:6.2f} ms CPU, with facets and snippets"
        )
    start = time.process_time()
    for query in classes["phrase of 4"]:
        needle = fold(query.strip("“”"))
        sum(needle in text for text in folded)
    print(f"plain scan of the folded texts {(time.process_time() - start) / 60 * 1000:.2f} ms CPU a phrase")


def _ms(index: Index, query: str) -> float:
    start = time.process_time()
    index.search(query, scope=EVERYTHING, order=Order.RELEVANCE)
    return (time.process_time() - start) * 1000
