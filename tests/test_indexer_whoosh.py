"""Whoosh knows neither transactions nor flushing: the outbox and the applied mark keep it in step with the catalogue."""

import os
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from indexer import choosing
from indexer.engines import EVERYTHING
from indexer.entries import IndexEntry
from indexer.index import Index
from indexer.whoosh_engine import Whoosh
from model.texts import Text, TextBlock, TextPage, TextState
from storage.database import open_catalogue, transaction


def entry(record: str, body: str) -> IndexEntry:
    return IndexEntry(
        record=record,
        code=f"Z109-WS·2026-D10-000{record}",
        title=f"第{record}件",
        number=None,
        issuer=None,
        unit=None,
        unit_name=None,
        campaign=None,
        campaign_name=None,
        kind=None,
        year=2026,
        dated=date(2026, 3, 1),
        retention="D10",
        texts=(("正文.docx", Text(TextState.OK, (TextPage("第1页", (TextBlock(body),)),))),),
    )


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = open_catalogue(tmp_path / "catalogue.db")
    yield opened
    opened.close()


def ids(db: sqlite3.Connection, folder: Path, words: str) -> list[str]:
    """As another process would answer that has just opened the office."""
    return sorted(hit.id for hit in Index(db, Whoosh(db, folder)).search(words, scope=EVERYTHING).hits)


def put(db: sqlite3.Connection, folder: Path, *entries: IndexEntry) -> None:
    index = Index(db, Whoosh(db, folder))
    with transaction(db):
        for one in entries:
            index.put(one)


def test_a_transaction_that_is_rolled_back_leaves_nothing_to_be_found(db: sqlite3.Connection, tmp_path: Path) -> None:
    put(db, tmp_path / "words", entry("1", "消防通道"))
    index = Index(db, Whoosh(db, tmp_path / "words"))
    db.execute("BEGIN")
    index.put(entry("2", "消防通道堵塞"))
    db.execute("ROLLBACK")
    assert ids(db, tmp_path / "words", "消防通道") == ["1"]


def test_what_the_outbox_holds_is_applied_before_the_next_answer(db: sqlite3.Connection, tmp_path: Path) -> None:
    put(db, tmp_path / "words", entry("1", "消防通道"))
    assert ids(db, tmp_path / "words", "通道") == ["1"]
    put(db, tmp_path / "words", entry("2", "疏散通道"))
    put(db, tmp_path / "words", entry("1", "改写过了"))
    assert ids(db, tmp_path / "words", "通道") == ["2"]


@pytest.mark.parametrize("hurt", ["emptied", "truncated", "gone"])
def test_an_index_that_cannot_be_read_is_made_anew(db: sqlite3.Connection, tmp_path: Path, hurt: str) -> None:
    folder = tmp_path / "words"
    put(db, folder, entry("1", "消防通道"), entry("2", "校车"))
    assert ids(db, folder, "消防") == ["1"]
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if hurt == "gone":
            path.unlink()
        else:
            os.truncate(path, 0 if hurt == "emptied" else path.stat().st_size // 2)
    assert ids(db, folder, "消防") == ["1"]
    assert ids(db, folder, "校车") == ["2"]


def test_the_old_generation_answers_when_the_new_one_is_not_committed(db: sqlite3.Connection, tmp_path: Path) -> None:
    folder = tmp_path / "words"
    put(db, folder, entry("1", "消防通道"))
    index = Index(db, Whoosh(db, folder))
    with pytest.raises(KeyboardInterrupt), transaction(db):
        index.rebuild(lambda done, total: (_ for _ in ()).throw(KeyboardInterrupt))
    assert ids(db, folder, "消防") == ["1"]
    with transaction(db):
        Index(db, Whoosh(db, folder)).rebuild()
    assert ids(db, folder, "消防") == ["1"]


def test_a_machine_without_fts5_gets_whoosh(
    db: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert choosing.engine(db, tmp_path).name == "fts5"
    assert choosing.engine(db, tmp_path, "whoosh").name == "whoosh"
    monkeypatch.setattr(choosing, "has_fts5", lambda _: False)
    assert choosing.engine(db, tmp_path).name == "whoosh"


def test_changing_the_engine_indexes_what_is_already_filed(db: sqlite3.Connection, tmp_path: Path) -> None:
    index = Index(db)
    with transaction(db):
        index.put(entry("1", "消防通道"))
    put(db, tmp_path / "words", entry("2", "疏散通道"))
    assert ids(db, tmp_path / "words", "通道") == ["1", "2"]


def test_an_engine_that_was_left_for_a_while_misses_nothing_when_it_is_taken_again(
    db: sqlite3.Connection, tmp_path: Path
) -> None:
    index = Index(db)
    with transaction(db):
        index.put(entry("1", "消防通道"))
    put(db, tmp_path / "words", entry("2", "疏散通道"))
    assert not Index(db).current
    with transaction(db):
        index.put(entry("3", "安全通道"))
    assert sorted(hit.id for hit in index.search("通道", scope=EVERYTHING).hits) == ["1", "2", "3"]
    assert not Index(db, Whoosh(db, tmp_path / "words")).current
