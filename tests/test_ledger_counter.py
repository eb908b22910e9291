"""The ledger at the counter: steps taken by command, all or none; history, figures and a sheet that reads back."""

import csv
import unicodedata
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from clerk import attempt
from hypothesis import example, given
from hypothesis import strategies as st

from campaigns.reading import read_definition
from ledger.reading import parse_ledger, read_ledger
from ledger.sheet import as_csv
from templates import files

CAMPAIGN = read_definition(files.path("example", "campaign.yaml"))
ROWS = read_ledger(files.path("example", "problems.csv"), CAMPAIGN).problems
UNITS = {unit.id: unit.name for unit in CAMPAIGN.units}


@pytest.fixture
def office(office: Path) -> Path:
    assert attempt(office, "campaign", "add", str(files.path("example", "campaign.yaml")))[0] == 0
    attempt(office, "ledger", "import", str(files.path("example", "problems.csv")), "--campaign", CAMPAIGN.id)
    return office


def test_a_problem_goes_from_reply_to_struck_off(office: Path) -> None:
    steps = (
        ("reply", "--text", "已安装减速带", "--on", "2026-06-18"),
        ("recheck", "--result", "合格", "--who", "晏秀兰", "--on", "2026-06-20"),
        ("close", "--approver", "温长庚", "--on", "2026-06-21"),
    )
    for command, *told in steps:
        code, answer = attempt(office, "ledger", command, "8", *told)
        assert code == 0, answer
    _, shown = attempt(office, "ledger", "show", "8")
    assert shown["problem"]["state"] == "已销号"
    assert [line["act"] for line in shown["history"]] == ["导入", "整改回复", "复查合格", "销号"]
    assert shown["history"][-1]["approver"] == "温长庚"


def test_several_problems_take_a_step_together_or_not_at_all(office: Path) -> None:
    before = attempt(office, "ledger", "list")[1]
    code, answer = attempt(office, "ledger", "reply", "8", "1", "--text", "已整改", "--on", "2026-06-22")
    assert code == 3
    assert "第1号" in answer["error"]["which"]
    assert attempt(office, "ledger", "list")[1] == before


def test_every_refusal_is_told_at_once(office: Path) -> None:
    code, answer = attempt(office, "ledger", "close", "2", "3", "--approver", "温长庚")
    assert code == 3
    assert "第2号" in answer["error"]["why"]
    assert "第3号" in answer["error"]["why"]


def test_an_unknown_number_is_named(office: Path) -> None:
    code, answer = attempt(office, "ledger", "show", "99")
    assert code == 3
    assert "第99号" in answer["error"]["which"]


def test_steps_come_back_with_the_store_alone(office: Path) -> None:
    attempt(office, "ledger", "reply", "8", "--text", "已安装减速带", "--on", "2026-06-18")
    shown = attempt(office, "ledger", "show", "8")[1]
    (office / "archive" / "catalogue.db").unlink()
    assert attempt(office, "archive", "rebuild")[0] == 0
    assert attempt(office, "ledger", "show", "8")[1] == shown


def test_the_report_adds_up(office: Path) -> None:
    _, told = attempt(office, "ledger", "report", CAMPAIGN.id, "--on", "2026-06-25", "--from", "2026-05-01")
    for grouping in ("by_unit", "by_category", "by_grade"):
        for key in ("found", "closed", "remaining", "overdue", "listed"):
            assert sum(line[key] for line in told[grouping]) == told["total"][key]
    assert told["new"] == len(ROWS)


def test_the_exported_sheet_reads_back_the_same(office: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "台账.csv"
    assert attempt(office, "ledger", "export", CAMPAIGN.id, "-o", str(sheet))[0] == 0
    back = read_ledger(sheet, CAMPAIGN).problems
    assert back == tuple(replace(row, unit_text=UNITS[row.unit or ""]) for row in ROWS)  # aliases are written out
    code, answer = attempt(office, "ledger", "export", CAMPAIGN.id, "-o", str(sheet))
    assert code == 3
    assert "同名" in answer["error"]["why"]


@example("'=1")
@example("=1")
@given(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1))
def test_any_wording_survives_the_sheet_and_is_no_formula(text: str) -> None:
    written = as_csv([replace(ROWS[0], text=text)], UNITS).decode("utf-8-sig")
    (_, cells) = csv.reader(StringIO(written, newline=""))
    assert not cells[4].startswith(("=", "+", "-", "@"))
    (back,) = parse_ledger(written, CAMPAIGN, "台账.csv").problems
    assert back.text == unicodedata.normalize("NFC", text)
