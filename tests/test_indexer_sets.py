"""Papers as bits: the arithmetic is that of sets, and what is kept beside the words never says anything else than they do."""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import bitsets, commonest, finding
from indexer.columns import Columns
from indexer.engines import EVERYTHING, Bounds, Scope
from indexer.entries import IndexEntry
from indexer.index import Index
from model.searching import Order
from model.texts import Text, TextBlock, TextPage, TextState
from storage.database import open_catalogue, transaction

PAPERS = st.lists(st.integers(0, 3000), max_size=300)


@given(PAPERS)
def test_a_set_is_what_was_put_into_it(numbers: list[int]) -> None:
    bits = bitsets.of(numbers)
    assert list(bitsets.numbers(bits)) == sorted(set(numbers))
    assert list(bitsets.newest(bits)) == sorted(set(numbers), reverse=True)
    assert bitsets.unpacked(bitsets.packed(bits)) == bits


@given(st.lists(st.tuples(st.integers(0, 40), PAPERS), max_size=8), PAPERS, st.integers(0, 400))
def test_the_heaviest_are_those_a_plain_sum_puts_first(
    weighed: list[tuple[int, list[int]]], within: list[int], most: int
) -> None:
    sums = {number: sum(weight for weight, held in weighed if number in held) for number in within}
    expected = sorted(sums.items(), key=lambda pair: (-pair[1], -pair[0]))[:most]
    sets = [(weight, bitsets.of(held)) for weight, held in weighed]
    assert bitsets.heaviest(sets, bitsets.of(within), most) == expected


WORDS = ("消防", "食堂", "校车", "整改", "演练", "通道", "安全", "三年", "留样", "督查")


def paper(number: int, chance: random.Random) -> IndexEntry:
    body = "，".join("".join(chance.choices(WORDS, k=3)) for _ in range(4))
    return IndexEntry(
        record=f"r{number}",
        code=f"Z109-WS·2026-D10-{number:04d}",
        title="".join(chance.choices(WORDS, k=2)),
        number=None,
        issuer=None,
        unit=None,
        unit_name=chance.choice(("一中", "二小", None)),
        campaign=chance.choice(("a", "b", None)),
        campaign_name=None,
        kind=chance.choice(("通知", "报告")),
        year=chance.choice((2024, 2025, 2026)),
        dated=chance.choice((None, date(2026, 1, 1 + number % 28))),
        retention="D10",
        texts=(("a.txt", Text(TextState.OK, (TextPage("第1页", (TextBlock(body),)),))),),
    )


Archive = tuple[Index, sqlite3.Connection, dict[str, IndexEntry]]


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, IndexEntry]]]:
    """Two hundred papers filed one by one, some taken out, some filed anew, with limits so low that all is met."""
    path = tmp_path_factory.mktemp("sets") / "catalogue.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commonest, "_FRESH", 7)
        patch.setattr(commonest, "_FEWEST", 3)
        patch.setattr(finding, "_WEIGHED", 20)
        db = open_catalogue(path)
        db.execute("PRAGMA synchronous=OFF")
        index, chance = Index(db), random.Random(26)
        held: dict[str, IndexEntry] = {}
        for step in range(200):
            with transaction(db):
                if step % 9 == 8:
                    gone = chance.choice(sorted(held))
                    index.remove(gone)
                    del held[gone]
                number = chance.randrange(40) if step % 5 == 4 else 100 + step
                held[f"r{number}"] = paper(number, chance)
                index.put(held[f"r{number}"])
        db.close()
        yield path, held


@pytest.fixture
def archive(filed: tuple[Path, dict[str, IndexEntry]], tmp_path: Path) -> Iterator[Archive]:
    """A copy of it."""
    path, held = filed
    db = open_catalogue(Path(shutil.copy(path, tmp_path)))
    yield Index(db), db, dict(held)
    db.close()


def body(entry: IndexEntry) -> str:
    return entry.texts[0][1].plain


@pytest.mark.parametrize("rebuilt", [False, True], ids=["as filed", "rebuilt"])
def test_common_words_find_what_a_scan_finds_after_filing_and_taking_out(archive: Archive, rebuilt: bool) -> None:
    index, db, held = archive
    if rebuilt:
        with transaction(db):
            index.rebuild()
    kept = db.execute("SELECT count(*) FROM common_" + str(1 + rebuilt)).fetchone()[0]
    assert kept > 10
    for word in (*WORDS, "防", "消防食堂", "堂校"):
        for order in Order:
            answer = index.search(f"“{word}”", scope=EVERYTHING, order=order, limit=500)
            expected = {name for name, entry in held.items() if word in entry.title or word in body(entry)}
            assert {hit.id for hit in answer.hits} == expected
            assert answer.total == len(expected)


def test_words_of_the_title_come_first_where_there_are_many(archive: Archive) -> None:
    index, _, held = archive
    hits = index.search("消防", scope=EVERYTHING, limit=500).hits
    titled = [("消防" in held[hit.id].title) for hit in hits]
    assert titled == sorted(titled, reverse=True)


def test_bounds_and_counts_are_those_of_the_rows(archive: Archive) -> None:
    index, _, held = archive
    for bounds, expected in (
        (Bounds(year=2025), [e for e in held.values() if e.year == 2025]),
        (Bounds(kind="报告"), [e for e in held.values() if e.kind == "报告"]),
        (Bounds(unit="一中"), [e for e in held.values() if e.unit_name == "一中"]),
        (
            Bounds(start="2026-01-10", end="2026-01-20"),
            [e for e in held.values() if e.dated and 10 <= e.dated.day <= 20],
        ),
    ):
        answer = index.search("不含 无此词", scope=EVERYTHING, bounds=bounds, limit=500)
        assert {hit.id for hit in answer.hits} == {entry.record for entry in expected}
        assert dict(dict(answer.facets)["年度"]) == {
            str(year): number for year in (2024, 2025, 2026) if (number := sum(e.year == year for e in expected))
        }
    seen = index.search("不含 无此词", scope=Scope(frozenset({"a"})), limit=500)
    assert {hit.campaign for hit in seen.hits} == {"a"}


def test_dates_order_all_undated_ones_last(archive: Archive) -> None:
    index = archive[0]
    for order, reverse in ((Order.NEWEST, True), (Order.OLDEST, False)):
        for words in ("安全", "不含 安全"):
            days = [hit.date for hit in index.search(words, scope=EVERYTHING, order=order, limit=500).hits]
            dated = [day for day in days if day]
            assert dated == sorted(dated, reverse=reverse)
            assert None not in days[: len(dated)]


def test_the_columns_kept_up_are_those_made_anew(archive: Archive) -> None:
    _, db, _ = archive
    asked = "SELECT field, value, chunk, bits FROM entry_bits WHERE bits != x'' ORDER BY 1, 2, 3"
    before = [(*row[:3], bitsets.unpacked(row[3])) for row in db.execute(asked)]
    with transaction(db):
        Columns(db).rebuild()
    assert before == [(*row[:3], bitsets.unpacked(row[3])) for row in db.execute(asked)]


def test_a_number_is_never_given_twice(archive: Archive) -> None:
    index, db, held = archive
    (last,) = db.execute("SELECT max(number) FROM entries").fetchone()
    newest = db.execute("SELECT record FROM entries WHERE number = ?", (last,)).fetchone()[0]
    with transaction(db):
        index.put(held[newest])
    assert db.execute("SELECT number FROM entries WHERE record = ?", (newest,)).fetchone()[0] == last + 1
