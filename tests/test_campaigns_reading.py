"""A definition's faults are found all at once, each with its line, key and remedy."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns import library
from campaigns.dues import debtors, dues
from campaigns.reading import check_definition, check_text, read_definition
from campaigns.yamlio import load
from model.errors import FaultyInput, NotFound
from model.findings import Finding, has_errors
from templates import files

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "campaigns"
EXAMPLE = files.path("example", "campaign.yaml")
EXAMPLES = [EXAMPLE, *sorted(files.path("example", "earlier").glob("*.yaml"))]

SMALL = """\
format: campaign/1
id: xiao-2026
name: 青岚县校园安全检查
short_name: 安全检查
kind: 隐患排查
issuer: {name: 青岚县教育局}
basis:
  - {id: B1, title: 某办法}
units:
  - {id: U1, name: 第一小学, kind: 小学}
stages:
  - {id: S1, name: 部署阶段, start: 2026-03-01, end: 2026-03-31}
"""

FAULTY = """\
format: campaign/1
id: faulty-2026
name: 有错的行动
short_nam: 有错
short_name: 有错
kind: 专项整治
level: country
issuer: {name: 青岚县教育局}
basis:
  - {id: B1, title: 某办法}
goals:
  - {id: G1, text: 达标, due: 2026-02-30}
areas:
  - {id: A1, name: 消防, items: [{id: A1-1, text: 通道, major: 也许}]}
units: 三所小学
stages:
  - {id: S1, name: 部署, start: 2026年3月1日}
  - {id: S2, end: 2026-04-01}
reporting:
  - {id: R1, what: 周报, frequency: weekly, weekday: 8}
supervision: {sample: 1.5}
deliverables:
  - {id: D1, what: 报告, due: 2026/4/1}
  - {id: D2, what: 总结, columns: 序号}
documents:
  - {kind: 方案, title: 方案, per_unit: 12}
"""


def errors(text: str) -> list[Finding]:
    return [finding for finding in check_text(text, "定义.yaml")[1] if finding.severity == "error"]


def test_twelve_planted_faults_are_twelve_findings_with_line_key_and_remedy() -> None:
    found = errors(FAULTY)
    assert [(finding.line, finding.key) for finding in found] == [
        (4, "short_nam"),
        (7, "level"),
        (12, "goals[0].due"),
        (14, "areas[0].items[0].major"),
        (15, "units"),
        (17, "stages[0].start"),
        (18, "stages[1].name"),
        (20, "reporting[0].weekday"),
        (21, "supervision.sample"),
        (23, "deliverables[0].due"),
        (24, "deliverables[1].columns"),
        (26, "documents[0].per_unit"),
    ]
    assert all(finding.message and finding.fix for finding in found)
    fixes = {finding.key: finding.fix for finding in found}
    assert fixes["short_nam"] == "您是不是要写“short_name”"
    assert fixes["level"] == "您是不是要写“county”"
    assert fixes["stages[0].start"] == "写成 2026-03-01"
    assert fixes["deliverables[0].due"] == "写成 2026-04-01"


@pytest.mark.parametrize(
    ("old", "new", "rule", "told"),
    [
        ("end: 2026-03-31", "end: 2026-02-01", "order", "早于"),
        ("units:\n", "units:\n  - {id: U1, name: 第二小学, kind: 小学}\n", "twice", "重复"),
        ("basis:", "areas: [{id: A1, name: 消防, standards: [B9]}]\nbasis:", "references", "B9"),
        ("basis:", "areas: [{id: A1, name: 消防, applies_to: [大学]}]\nbasis:", "references", "大学"),
        ("kind: 小学}", "kind: 小学, parent: U7}", "references", "U7"),
        ("basis:", "documents: [{kind: 方案, title: 方案, stage: S9}]\nbasis:", "references", "S9"),
        (
            "basis:",
            "leading_group: {name: 组, leader: [{name: 张三}], members: [{name: 李四}, {name: 李四}]}\nbasis:",
            "twice",
            "李四",
        ),
        ("kind: 隐患排查", "kind： 隐患排查", "fullwidth", "全角"),
        ("start: 2026-03-01", "start: ２０２６－０３－０１", "shape", "写法不对"),
        ("basis:", "addressees: ［各学校］\nbasis:", "fullwidth", "［"),
        ("basis:", "name: 又一个\nbasis:", "yaml", "两次"),
        ("basis:", "\tbasis:", "yaml", "制表符"),
        ("id: xiao-2026", "id: 校-2026", "shape", "编号"),
    ],
)
def test_one_planted_fault_is_found_and_named(old: str, new: str, rule: str, told: str) -> None:
    assert not errors(SMALL)
    found = errors(SMALL.replace(old, new, 1))
    assert [finding.rule for finding in found] == [rule]
    assert told in found[0].message


@pytest.mark.parametrize(
    ("written", "told", "line"),
    [
        ("a: [1\n", "没有成对", 2),
        ("a: 'x\n", "引号没有成对", 2),
        ('a: "\\q"\n', "反斜杠", 1),
        ("a: b: c\n", "冒号用得不对", 1),
        ("a: 1\n- b\n", "缩进不齐", 2),
        ("a: @x\n", "不能以“@”开头", 1),
        ("a: 1\nb: &x 1\nc: *x\n", "引用（*）", 3),
        ("a: !!python/object:x y\n", "标签（python/object:x）", 1),
        ("? [a]\n: b\n", "键应当是一个词", 1),
        ("<<: {a: 1}\n<<: {b: 2}\n", "同一个键 << 写了两次", 2),
        ("a: 1\n---\nb: 2\n", "有几份 YAML", 2),
        ("a: 1\nb: \x07\n", "YAML 不认识的字符", 2),
        ("{a: " * 5000, "超过 40 层", 1),
        ("- a\n", "“键: 值”", 1),
        ("", "“键: 值”", 1),
    ],
)
def test_what_is_no_yaml_is_told_in_words_a_clerk_knows(written: str, told: str, line: int) -> None:
    _, findings = load(written, "定义.yaml")
    assert [(finding.line, told in finding.message) for finding in findings] == [(line, True)]
    assert not re.search("[a-z]{4}", findings[0].message.replace("python/object", ""))


def test_a_plain_scalar_means_what_yaml_1_2_says() -> None:
    written = "a: yes\nb: 8:30\nc: 0551\nd: 2026-03-05\ne: 12\nf: 1.5\ng: true\nh: ~\ni: 'null'\nj: >\n  甲\n  乙\n"
    tree, findings = load(written, "定义.yaml")
    assert findings == ()
    assert tree is not None
    assert list(tree.value.values()) == ["yes", "8:30", "0551", "2026-03-05", 12, 1.5, True, None, "null", "甲乙\n"]
    assert tree.lines[("j",)] == 10


def test_overlapping_stages_and_outputs_nobody_makes_are_remarks_only() -> None:
    stages = "  - {id: S2, name: 自查阶段, start: 2026-03-20, end: 2026-04-30, outputs: [自查报告]}\n"
    campaign, findings = check_text(SMALL + stages, "定义.yaml")
    assert campaign is not None
    assert [finding.severity for finding in findings] == ["info", "info"]


def test_a_list_that_is_null_is_empty_and_a_missing_fact_stays_missing() -> None:
    campaign, _ = check_text(SMALL + "goals: null\nguiding_ideology: null\n", "定义.yaml")
    assert campaign is not None
    assert campaign.goals == ()
    assert campaign.guiding_ideology is None


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_shipped_examples_have_no_fault(path: Path) -> None:
    assert read_definition(path).id == (path.stem if path != EXAMPLE else "san-cha-san-bao-2026")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared definitions are not here")
def test_the_three_real_definitions_load_as_they_are() -> None:
    definitions = sorted(SHARED.glob("*.yaml"))
    assert len(definitions) == 3
    for path in definitions:
        campaign, findings = check_definition(path)
        assert campaign is not None
        assert not has_errors(findings)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"- a\n- b\n", b"a: &x [1]\nb: *x\n", b"{", b"a: !!python/object:os.system x"]
)
def test_what_is_no_definition_is_said_to_be_none(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    with pytest.raises(FaultyInput):
        read_definition(path)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_mutation_of_a_definition_raises_anything_but_findings(data: st.DataObject) -> None:
    text = SMALL
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, min(len(text), start + 12)))
    check_text(text[:start] + data.draw(st.text(max_size=6)) + text[end:], "定义.yaml")


def test_a_campaign_is_found_by_id_or_name_and_a_near_name_is_offered(tmp_path: Path) -> None:
    (tmp_path / "xiao-2026.yaml").write_text(SMALL, encoding="utf-8")
    assert library.find(tmp_path, "xiao-2026") == library.find(tmp_path, "安全检查")
    with pytest.raises(NotFound, match="您是不是要写 xiao-2026"):
        library.find(tmp_path, "xiao-2025")


def test_classes_of_units_mean_the_units_one_would_expect() -> None:
    campaign = read_definition(EXAMPLE)
    schools = {unit.id for unit in debtors(campaign, ("各学校",))}
    assert schools == {f"U{number:02d}" for number in range(1, 13)}
    assert {unit.id for unit in debtors(campaign, ("各校外培训机构",))} == {"U13"}
    assert {unit.id for unit in debtors(campaign, ("县一小", "幼儿园"))} == {"U01", "U11", "U12"}
    assert debtors(campaign, ("县教育局",)) == ()


def test_recurring_reports_give_the_last_and_the_next_day() -> None:
    campaign = read_definition(EXAMPLE)
    weekly = [due.due for due in dues(campaign, date(2026, 5, 20)) if due.ref == "R1"]
    assert weekly == [date(2026, 5, 15), date(2026, 5, 22)]
    monthly = [due.due for due in dues(campaign, date(2026, 5, 28)) if due.ref == "R2"]
    assert monthly == [date(2026, 4, 28), date(2026, 5, 28)]


def test_late_is_worked_out_for_the_day_that_is_given() -> None:
    campaign = read_definition(EXAMPLE)
    (before,) = [due for due in dues(campaign, date(2026, 4, 17)) if due.ref == "D1"]
    (after,) = [due for due in dues(campaign, date(2026, 4, 18)) if due.ref == "D1"]
    assert (before.late, after.late) == (False, True)
    assert len(after.units) == 13
