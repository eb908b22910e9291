"""Describing: what was read waits for a person; a correction is a version with the same files and what was before."""

import json
import shutil
from pathlib import Path
from typing import Any

import ocfl
import pytest
from clerk import new_office, run

from archive.retention import read as read_table
from model.errors import CommandError, Refused
from model.records import Retention

PAPER = "青岚县教育局文件\n青教发〔2026〕5号\n青岚县教育局关于开展消防自查的通知\n各学校：\n三月底前报送。\n青岚县教育局\n2026年3月1日\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("describing")
    new_office(base / "office")
    (base / "a.txt").write_text(PAPER, encoding="utf-8")
    (base / "b.txt").write_text("另一件", encoding="utf-8")
    run(base / "office", "archive", "add", str(base / "a.txt"), str(base / "b.txt"))
    return base


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "office"


CODE = "Z109-WS·2026-D10-0001"


def fields(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in told["fields"]}


def test_what_was_read_waits_until_a_person_confirms_it(office: Path) -> None:
    told = fields(run(office, "archive", "describe", CODE)[1])
    assert (told["文号"]["value"], told["文号"]["confirmed"]) == ("青教发〔2026〕5号", False)
    assert told["文号"]["excerpt"].strip() == "青教发〔2026〕5号"
    assert (told["日期"]["value"], told["责任者"]["value"]) == ("2026-03-01", "青岚县教育局")
    told = fields(run(office, "archive", "describe", CODE, "责任者=青岚县教育局办公室")[1])
    assert told["责任者"]["confirmed"]
    assert not told["文号"]["confirmed"]
    told = fields(run(office, "archive", "describe", CODE, "--confirm")[1])
    assert all(field["confirmed"] for field in told.values())


def test_a_correction_keeps_files_before_and_after_and_the_store_stays_sound(office: Path) -> None:
    before = run(office, "archive", "show", CODE)[1]["record"]["versions"][0]["files"]
    run(office, "archive", "describe", CODE, "页数=3", "附注=复印件", "--reason", "补页数")
    shown = run(office, "archive", "show", CODE)[1]
    assert [version["files"] for version in shown["record"]["versions"]] == [before, before]
    detail = json.loads(shown["events"][-1]["detail"])
    assert (detail["改前"], detail["改后"]) == ({"pages": None, "note": ""}, {"pages": 3, "note": "复印件"})
    assert run(office, "archive", "verify")[0] == 0
    assert ocfl.StorageRoot(str(office / "archive" / "store")).validate(log_warnings=False)
    before_rebuild = run(office, "archive", "list")[1]
    assert run(office, "archive", "rebuild")[1]["damaged"] == []
    assert run(office, "archive", "list")[1] == before_rebuild
    assert run(office, "archive", "show", CODE)[1] == shown
    assert run(office, "search", "消防自查")[1]["total"] == 1


def test_another_class_gives_another_code_and_leaves_the_old_number_void(office: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="--reason"):
        run(office, "archive", "describe", CODE, "保管期限=永久")
    told = run(office, "archive", "describe", CODE, "保管期限=永久", "--reason", "涉及事故")[1]
    assert told["records"][0]["code"] == "Z109-WS·2026-Y-0001"
    assert told["former"] == [f"{CODE}（涉及事故）"]
    (tmp_path / "c.txt").write_text("第三件", encoding="utf-8")
    assert run(office, "archive", "add", str(tmp_path / "c.txt"))[1]["filed"][0]["code"] == "Z109-WS·2026-D10-0003"
    run(office, "archive", "describe", "Z109-WS·2026-D10-0003", "年度=2025", "--reason", "年度写错")
    run(office, "archive", "rebuild")
    (tmp_path / "d.txt").write_text("第四件", encoding="utf-8")
    code = run(office, "archive", "add", str(tmp_path / "d.txt"))[1]["filed"][0]["code"]
    assert code == "Z109-WS·2026-D10-0004", "a void number is not given again, after a rebuild neither"


def test_relations_name_the_other_record_and_come_back(office: Path) -> None:
    run(office, "archive", "describe", CODE, "--relation", "代替=Z109-WS·2026-D10-0002")
    other = run(office, "archive", "show", "Z109-WS·2026-D10-0002")[1]["record"]["id"]
    run(office, "archive", "rebuild")
    relations = run(office, "archive", "show", CODE)[1]["record"]["description"]["relations"]
    assert relations == [{"kind": "代替", "to": other, "note": ""}]
    told = [run(office, "archive", "show", code)[1]["relations"][0] for code in (CODE, "Z109-WS·2026-D10-0002")]
    assert [(line["code"], line["own"]) for line in told] == [("Z109-WS·2026-D10-0002", True), (CODE, False)]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("没有=1",), "没有这一项"),
        (("页数=三",), "写成数"),
        (("日期=昨天",), "2026-03-05"),
        (("保管期限=百年",), "永久"),
        (("题名=",), "题名不能空"),
        (("文号",), "名称=内容"),
        (("--relation", "亲戚=Z109-WS·2026-D10-0002"), "批复"),
        (("--relation", f"代替={CODE}"), "自己"),
    ],
)
def test_a_faulty_correction_says_what_is_right(office: Path, words: tuple[str, ...], told: str) -> None:
    with pytest.raises(CommandError, match=told):
        run(office, "archive", "describe", CODE, *words)
    assert len(run(office, "archive", "show", CODE)[1]["record"]["versions"]) == 1


def test_nothing_changed_is_said(office: Path) -> None:
    run(office, "archive", "describe", CODE, "--confirm")
    with pytest.raises(Refused, match="完全相同"):
        run(office, "archive", "describe", CODE, "--confirm")


def test_the_retention_table_decides_by_kind_then_title_and_says_why(office: Path) -> None:
    table = read_table(
        {
            "条目": [{"期限": "Y", "种类": ["通报"], "题名含": ["事故"], "依据": "甲"}],
            "其余": {"期限": "D10", "依据": "乙"},
        }
    )
    assert table.suggest("通报", "x") == (Retention.PERMANENT, "甲")
    assert table.suggest(None, "关于某事故的报告") == (Retention.PERMANENT, "甲")
    assert table.suggest("简报", "x") == (Retention.TEN_YEARS, "乙")
    (office / "templates" / "retention.toml").write_text('[["条目"]]\n"期限" = "百年"\n', encoding="utf-8")
    with pytest.raises(Refused, match="第1条的期限"):
        run(office, "archive", "add", str(office / "office.toml"))
