"""Nothing that is there is missed: against a plain scan, under readers and a writer at once, and when the writer is killed.

Small sizes on texts of our own; `JUANZONG_SWEEP=full` makes them long, and takes the shared corpus where it lies beside the project.
"""

import json
import lzma
import multiprocessing
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.columns import Columns
from indexer.engines import EVERYTHING, Bounds, Engine
from indexer.entries import Entries, IndexEntry
from indexer.folding import fold
from indexer.fts5 import Fts5
from indexer.index import Index
from indexer.queries import Term
from indexer.tokens import phrase, runs, tokens
from indexer.whoosh_engine import Whoosh
from model.searching import Order
from model.texts import Text, TextBlock, TextPage, TextState
from storage.database import open_catalogue, open_for_reading, transaction

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "c10k.jsonl.xz"
FULL = os.environ.get("JUANZONG_SWEEP") == "full"
BIG = pytest.mark.skipif(
    not (FULL and CORPUS.is_file()), reason="long, and needs the shared corpus: JUANZONG_SWEEP=full"
)

# Writings that searches have failed on: traditional, full width, broken over lines, numbers in every bracket, rare characters.
SAYINGS = (
    "教育局成立扫黑除恶领导小组，张三任组长", "深教党〔2008〕12号", "深教党[2008]112号", "青教发（2026）3号", "掃黑除惡專項鬥爭",
    "关于成立领\n导小组的通知", "2018 年 6 月 30 日", "ＷＰＳ与Ｋ１２教育", "COVID-19 防控", "编号12345678", "南京市长江大桥",
    "李国强买乒乓球拍", "校长陈喆", "除恶务尽，善做善成。", "二○○八年", "二〇〇八年以来", "教育局、公安局", "教育局\n公安局", "𠮷林中学",
    "①立行立改；②限期整改", "（一）查消防", "留样48小时", "A1-2", "50%以上", "3.5万元", "见附件\u30001", "“三查三保”", "table 3 行",
)  # fmt: skip


@dataclass(frozen=True)
class Paper:
    title: str
    body: str


def made(count: int) -> list[Paper]:
    chance = random.Random(20261126)
    marks = ("", "", "，", "。", "\n", " ", "、", "\u3000")
    return [
        Paper(
            "".join(chance.choices(SAYINGS, k=2)),
            "".join(saying + chance.choice(marks) for saying in chance.choices(SAYINGS, k=chance.randint(1, 30))),
        )
        for _ in range(count)
    ]


def entry(number: int, paper: Paper) -> IndexEntry:
    return IndexEntry(
        record=f"r{number}",
        code=f"Z109-WS·2026-D10-{number:05d}",
        title=paper.title,
        number=None,
        issuer=None,
        unit=None,
        unit_name=None,
        campaign=None,
        campaign_name=None,
        kind=None,
        year=2026,
        dated=None,
        retention="D10",
        texts=(("a.txt", Text(TextState.OK, (TextPage("第1页", (TextBlock(paper.body),)),))),),
    )


Runs = list[tuple[str, bool]]


class Scan:
    """The plain scan: every text folded and cut into runs, looked through one by one."""

    def __init__(self, papers: list[Paper]) -> None:
        self._texts = [
            [(folded, list(runs(folded))) for folded in map(fold, (one.title, one.body, f"Z109-WS·2026-D10-{n:05d}"))]
            for n, one in enumerate(papers)
        ]

    def holding(self, words: str) -> set[str]:
        wanted = list(runs(fold(words)))
        near = re.compile(
            r"[\W_]*".join(re.escape(run) for run, _ in wanted)
        )  # passes over what cannot hold it, no more
        alone = len(wanted) == 1 and wanted[0][1]  # a run of Han characters stands wherever it stands
        return {
            f"r{number}"
            for number, texts in enumerate(self._texts)
            if any(near.search(folded) and (alone or stands(held, wanted)) for folded, held in texts)
        }


def stands(held: Runs, wanted: Runs) -> bool:
    """The same runs side by side; letters and digits whole, Han runs cut at the ends."""
    last = len(wanted) - 1
    return any(
        all(
            cjk == also and (run == want or (cjk and fits(run, want, place == 0, place == last)))
            for place, ((run, cjk), (want, also)) in enumerate(zip(held[at : at + last + 1], wanted, strict=True))
        )
        for at in range(len(held) - last)
    )


def fits(run: str, want: str, first: bool, last: bool) -> bool:
    if first and last:
        return want in run
    return (first and run.endswith(want)) or (last and run.startswith(want))


@dataclass(frozen=True)
class Held:
    papers: list[Paper]
    scan: Scan
    index: Index
    engine: Engine
    db: sqlite3.Connection

    def found(self, words: str, order: Order = Order.RELEVANCE) -> set[str]:
        matches = self.engine.find(Term(words, exact=True), EVERYTHING, Bounds(), order, len(self.papers), 0)
        names = self.db.execute(
            "SELECT record FROM entries WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps([match.number for match in matches.page]),),
        )
        found = {name for (name,) in names}
        assert len(found) == len(matches.page) == matches.total
        return found


def filled(folder: Path, name: str, papers: list[Paper]) -> Held:
    db = open_catalogue(folder / "catalogue.db")
    engine: Engine = Fts5(db) if name == "fts5" else Whoosh(db, folder / "words")
    index = Index(db, engine)
    with transaction(db):
        entries = Entries(db)
        for number, one in enumerate(papers):
            entries.put(entry(number, one))
        index.rebuild()
    return Held(papers, Scan(papers), index, engine, db)


@pytest.fixture(scope="module", params=["fts5", "whoosh"])
def held(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    made_of = filled(tmp_path_factory.mktemp(request.param), request.param, made(60))
    yield made_of
    made_of.db.close()


@settings(
    max_examples=2000 if FULL else 150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_span_of_any_paper_is_found_where_a_plain_scan_finds_it(held: Held, data: st.DataObject) -> None:
    paper = data.draw(st.sampled_from(held.papers))
    text = data.draw(st.sampled_from((paper.title, paper.body)))
    start = data.draw(st.integers(0, len(text) - 1))
    span = text[start : start + data.draw(st.integers(1, 20))]
    assert held.found(span) == (held.scan.holding(span) if phrase(span) else set())


@settings(
    max_examples=1000 if FULL else 100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    words=st.text(alphabet="教育局公安扫黑除恶领导小组2008128号12〔〕[]、，\n 年月日A1-ｋ○〇", min_size=1, max_size=12)
)
def test_any_writing_is_found_where_a_plain_scan_finds_it(held: Held, words: str) -> None:
    expected = held.scan.holding(words) if phrase(words) else set()
    assert held.found(words) == expected
    assert held.found(words, Order.NEWEST) == expected


def corpus(count: int) -> list[Paper]:
    with lzma.open(CORPUS, "rt", encoding="utf-8") as lines:
        told = [json.loads(line) for line in islice(lines, count)]
    return [Paper(one["title"], one["body"]) for one in told]


@BIG
@pytest.mark.parametrize(("name", "count"), [("fts5", 10_000), ("whoosh", 300)])
def test_two_thousand_spans_of_the_corpus(tmp_path: Path, name: str, count: int) -> None:
    held, chance = filled(tmp_path, name, corpus(count)), random.Random(8)
    tried = hits = 0
    while tried < 2000:
        body = chance.choice(held.papers).body
        start = chance.randrange(len(body))
        span = body[start : start + chance.randint(1, 20)]
        if phrase(span) is None:
            continue
        expected = held.scan.holding(span)
        assert held.found(span) == expected, span
        tried, hits = tried + 1, hits + len(expected)
    print(f"\n{name}: {tried} spans of {count} papers, {hits} hits, none missed, none too many")
    held.db.close()


@BIG
def test_titles_and_quotations_are_in_the_top_ten(tmp_path: Path) -> None:
    held, chance = filled(tmp_path, "fts5", corpus(10_000)), random.Random(9)
    seen = Counter(fold(paper.title) for paper in held.papers)
    once = [n for n, paper in enumerate(held.papers) if seen[fold(paper.title)] == 1]

    def share(asked: list[tuple[str, int]]) -> float:
        found = sum(
            f"r{number}" in {hit.id for hit in held.index.search(words, scope=EVERYTHING, limit=10).hits}
            for words, number in asked
        )
        return found / len(asked)

    def words(title: str) -> str:
        return " ".join(dict.fromkeys(token for token in tokens(title) if len(token) > 1)) or title

    picked = chance.sample(once, 500)
    titles = share([(words(held.papers[number].title), number) for number in picked])
    quotes: list[tuple[str, int]] = []
    while len(quotes) < 500:
        number = chance.randrange(len(held.papers))
        body = held.papers[number].body
        start = chance.randrange(max(1, len(body) - 12))
        quote = body[start : start + chance.randint(8, 12)]
        if len(quote) >= 8 and all("\u4e00" <= character <= "\u9fff" for character in quote):
            quotes.append((f"“{quote}”", number))
    quoted = share(quotes)
    print(f"\ntop ten: {titles:.1%} of titles typed as words, {quoted:.1%} of quotations")
    assert titles >= 0.9
    assert quoted >= 0.95
    held.db.close()


# One writer and many readers, each a process of its own; what the writer has said is filed must be found from then on.


def read(path: Path, done: "multiprocessing.sharedctypes.Synchronized[int]", until: float, number: int) -> None:
    chance = random.Random(number)
    asked = 0
    while time.time() < until or asked < 3:
        filed = done.value
        db = open_for_reading(path)
        index = Index(db)
        one = chance.randrange(max(filed, 1))
        answer = index.search(f"标题:“第{one}件” 或 “共有之词”", scope=EVERYTHING, limit=1)
        assert answer.total >= filed, (answer.total, filed)
        assert not filed or index.search(f"标题:“第{one}件”", scope=EVERYTHING).total == 1
        assert index.search("共有之词", scope=EVERYTHING, order=Order.NEWEST, limit=5).total >= filed
        db.close()
        asked += 1


def write(path: Path, done: "multiprocessing.sharedctypes.Synchronized[int]", until: float) -> None:
    db = open_catalogue(path)
    index, number = Index(db), 0
    while time.time() < until or number < 5:
        with transaction(db):
            index.put(entry(number, Paper(f"第{number}件", "共有之词。" + SAYINGS[number % len(SAYINGS)])))
        number += 1
        done.value = number
    db.close()


def test_one_writer_and_eight_readers_see_no_error_and_lose_no_paper(tmp_path: Path) -> None:
    path, context = tmp_path / "catalogue.db", multiprocessing.get_context("spawn")
    open_catalogue(path).close()
    done = context.Value("q", 0)
    until = time.time() + (60 if FULL else 3)
    readers = [context.Process(target=read, args=(path, done, until, number)) for number in range(8 if FULL else 3)]
    writer = context.Process(target=write, args=(path, done, until))
    for process in (writer, *readers):
        process.start()
    for process in (writer, *readers):
        process.join()
    assert [process.exitcode for process in (writer, *readers)] == [0] * (1 + len(readers))
    db = open_for_reading(path)
    assert Index(db).search("共有之词", scope=EVERYTHING, limit=1).total == done.value > 0
    db.close()
    if FULL:
        print(f"\n{done.value} papers filed beside eight readers")


WRITER = """
import random, sys
from pathlib import Path
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/tests"]
import test_indexer_proof as proof
from indexer import commonest
from indexer.index import Index
from storage.database import open_catalogue, transaction
commonest._FRESH, commonest._FEWEST = 5, 3
db = open_catalogue(Path(sys.argv[2]))
index, chance = Index(db), random.Random(int(sys.argv[3]))
number = int(sys.argv[4])
while True:
    with transaction(db):
        index.put(proof.entry(number, proof.Paper(f"第{number}件", "共有之词。" + chance.choice(proof.SAYINGS))))
        if number % 4 == 3:
            index.remove(f"r{number - 2}")
    print(number, flush=True)
    number += 1
    if number % 40 == 0:
        with transaction(db):
            index.rebuild()
"""


def test_a_writer_that_is_killed_leaves_index_and_catalogue_agreeing(tmp_path: Path) -> None:
    path, chance, filed = tmp_path / "catalogue.db", random.Random(26), -1
    for turn in range(25 if FULL else 3):
        command = [sys.executable, "-c", WRITER, str(ROOT), str(path), str(turn), str(filed + 1)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout
            first = writer.stdout.readline()
            time.sleep(chance.uniform(0, 0.8))
            writer.send_signal(signal.SIGKILL)
            told = [int(line) for line in (first + writer.stdout.read()).split()]
        filed = max(told)
        db = open_catalogue(path)
        filed = max(filed, agree(db, filed))
        db.close()


def agree(db: sqlite3.Connection, filed: int) -> int:
    """Every table says the same; the last number in the catalogue (a paper may be durable that nobody was told of)."""
    (generation,) = db.execute("SELECT generation FROM index_state").fetchone()
    db.execute(f"INSERT INTO words_{generation} (words_{generation}) VALUES ('integrity-check')")
    index = Index(db)
    names = {row[0] for row in db.execute("SELECT record FROM entries")}
    expected = {f"r{number}" for number in range(filed + 1)}
    expected -= {f"r{number - 2}" for number in range(3, filed + 1, 4)}
    assert expected <= names | {f"r{filed - 1}"}  # which may have been taken out by a paper nobody was told of
    assert index.status().indexed == len(names)
    assert {hit.id for hit in index.search("共有之词", scope=EVERYTHING, limit=10_000).hits} == names
    asked = "SELECT field, value, chunk, bits FROM entry_bits ORDER BY 1, 2, 3"
    before = [tuple(row) for row in db.execute(asked) if any(row["bits"])]
    with transaction(db):
        Columns(db).rebuild()
    assert [tuple(row) for row in db.execute(asked)] == before
    return max(int(name[1:]) for name in names)
