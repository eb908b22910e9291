"""A ledger in use has faults: every row is kept, every fault is named."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.reading import read_definition
from ledger.book import Book
from ledger.reading import COLUMNS, parse_ledger, read_ledger
from model.errors import NotFound, Refused
from model.problems import State
from storage.database import open_catalogue, transaction
from templates import files

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
CAMPAIGN = read_definition(files.path("example", "campaign.yaml"))
EXAMPLE = files.path("example", "problems.csv")
NOW = datetime(2026, 6, 1, 9, 0)
SOUND = (
    "1,青岚县第一小学,2026-05-11,温长庚,疏散门上锁,校舍消防,一般,开锁,严冬青,总务处,无,2026-05-20,"
    "无,已开锁,2026-05-21,晏秀兰,2026-05-21,已销号"
)


def sheet(*rows: str, header: str = ",".join(COLUMNS)) -> str:
    return "\n".join((header, *rows)) + "\n"


def rules(*rows: str) -> list[str]:
    return [finding.rule for finding in parse_ledger(sheet(*rows), CAMPAIGN, "台账.csv").findings]


def changed(**cells: str) -> str:
    values = dict(zip(COLUMNS, SOUND.split(","), strict=True)) | cells
    return ",".join(values.values())


def test_a_sound_row_has_no_finding() -> None:
    assert rules(SOUND) == []


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"单位": "青岚县第九小学"}, "L01"),
        ({"单位": "县一小"}, "L02"),
        ({"检查日期": "2026.5.11"}, "L03"),
        ({"检查日期": "2026年5月11日"}, "L03"),
        ({"检查日期": "5月11日"}, "L03"),
        ({"检查日期": "20260511"}, "L03"),
        ({"检查日期": "2026-05-32"}, "L04"),
        ({"检查日期": "上周"}, "L04"),
        ({"责任人": ""}, "L05"),
        ({"复查日期": "", "复查人": ""}, "L07"),
        ({"销号日期": ""}, "L08"),
        ({"整改时限": "2026-05-01"}, "L09"),
        ({"销号日期": "2026-05-20"}, "L09"),
        ({"类别": "防溺水"}, "L10"),
        ({"风险等级": "特大"}, "L10"),
        ({"状态": "差不多了", "销号日期": ""}, "L10"),
        ({"问题描述": "再次上锁（原第23号）"}, "L12"),
        ({"状态": "整改中"}, "L13"),
        ({"序号": "一"}, "L15"),
        ({"复查人": "严冬青"}, "L16"),
        ({"状态": "复查退回", "复查日期": "", "复查人": "", "销号日期": ""}, "L17"),
        ({"风险等级": "重大", "应急预案": ""}, "L06"),
        ({"风险等级": "重大", "状态": "整改中", "销号日期": ""}, "L14"),
    ],
)
def test_one_defect_is_one_finding(cells: dict[str, str], rule: str) -> None:
    assert [found for found in rules(changed(**cells)) if found != "L04" or rule == "L04"][:1] == [rule]
    assert set(rules(changed(**cells))) <= {rule, "L05"}


def test_a_number_given_twice_keeps_the_first_row() -> None:
    told = parse_ledger(sheet(SOUND, changed(问题描述="另一个")), CAMPAIGN, "台账.csv")
    assert [finding.rule for finding in told.findings] == ["L11"]
    assert [problem.text for problem in told.problems] == ["疏散门上锁"]


def test_nothing_is_a_statement_and_an_empty_cell_is_not() -> None:
    assert rules(changed(风险等级="重大", 整改资金="无", 应急预案="无")) == []
    assert rules(changed(风险等级="重大", 整改资金="")) == ["L06"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_is_read(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_bytes(sheet(SOUND).encode(encoding))
    assert read_ledger(path, CAMPAIGN).problems[0].unit == "U01"


def test_other_column_names_are_understood_and_lacking_ones_named(tmp_path: Path) -> None:
    header = ",".join(COLUMNS)
    told = parse_ledger(sheet(SOUND, header=header.replace("整改时限", "整改期限")), CAMPAIGN, "a")
    assert told.problems[0].deadline == date(2026, 5, 20)
    with pytest.raises(Refused, match="缺少这些列：状态"):
        parse_ledger(sheet(SOUND, header=header.replace("状态", "状况")), CAMPAIGN, "a")
    with pytest.raises(NotFound):
        read_ledger(tmp_path / "没有.csv", CAMPAIGN)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_no_text_is_worse_than_refused(text: str) -> None:
    try:
        parse_ledger(sheet(text), CAMPAIGN, "a")
        parse_ledger(text, CAMPAIGN, "a")
    except Refused:
        pass


def test_the_shipped_ledger_has_the_faults_it_was_given() -> None:
    told = read_ledger(EXAMPLE, CAMPAIGN)
    assert len(told.problems) == 9
    assert Counter(finding.rule for finding in told.findings) == {"L02": 1, "L03": 1, "L06": 1}


def test_overdue_is_worked_out_for_a_day() -> None:
    problems = read_ledger(EXAMPLE, CAMPAIGN).problems
    late = [problem.number for problem in problems if problem.overdue(date(2026, 6, 20))]
    assert late == [2, 3, 7]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    db = open_catalogue(tmp_path / "catalogue.db")
    yield Book(db)
    db.close()


def test_what_is_taken_in_comes_back_and_a_second_import_changes_nothing(book: Book) -> None:
    problems = read_ledger(EXAMPLE, CAMPAIGN).problems
    with transaction(book._db):
        assert book.take(problems, who="张三", now=NOW).new == 9
        assert book.take(problems, who="张三", now=NOW) == type(book.take((), who="", now=NOW))(0, 0)
    assert book.problems() == problems
    assert [problem.number for problem in book.problems(unit="U01")] == [1, 2]


def test_a_changed_row_keeps_what_was_before(book: Book) -> None:
    with transaction(book._db):
        book.take(parse_ledger(sheet(SOUND), CAMPAIGN, "a").problems, who="张三", now=NOW)
        again = parse_ledger(sheet(changed(状态="复查退回", 销号日期="")), CAMPAIGN, "a").problems
        assert book.take(again, who="李四", now=NOW).changed == 1
    assert book.problems()[0].state is State.SENT_BACK
    assert "已销号" in book.export()


def test_an_exported_ledger_is_restored_whole(book: Book, tmp_path: Path) -> None:
    with transaction(book._db):
        book.take(read_ledger(EXAMPLE, CAMPAIGN).problems, who="张三", now=NOW)
    other = open_catalogue(tmp_path / "other.db")
    with transaction(other):
        Book(other).restore(book.export())
    assert Book(other).export() == book.export()
    assert Book(other).problems() == book.problems()
    other.close()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared ledger is not here")
def test_the_real_ledger_is_kept_whole_and_its_faults_listed() -> None:
    campaign = read_definition(SHARED / "campaigns" / "xuexiao-yinhuan-zhili-nian-2008.yaml")
    told = read_ledger(SHARED / "ledger" / "problems.csv", campaign)
    assert len(told.problems) == 60
    assert told.findings
