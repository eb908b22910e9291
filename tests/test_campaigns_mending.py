"""Faults of every kind in one definition are all found in one reading, and each is told once."""

import pytest

from campaigns.reading import check_text
from model.findings import Finding

MIXED = """\
format: campaign/1
id: mixed-2026
name: 有错的行动
shortname: 有错
kind: 专项整治
level: county
year： 2026
issuer: {name: 青岚县教育局}
basis:
  - {id: B1, title: 某办法}
  - {id: B1, title: 另一办法}
goals:
  - {id: G1, text: 达标, due: 2026-02-30}
areas:
  - {id: A1, name: 消防, standards: [B7], items: [{id: A1-1, text: 通道, goal: G8}]}
  - {id: A2, name: 食品, applies_to: [大学]}
units:
  - {id: U1, name: 第一小学, kind: 小学}
  - {id: U2, name: 第二小学, kind: 小学, parent: U9}
stages:
  - {id: S1, name: 部署, start: ２０２６－０３－０１}
  - {id: S2, name: 自查, start: 2026-05-01, end: 2026-04-01}
leading_group:
  name: 领导小组
  members: [{name: 张三}, {name: 张三}]
supervision: {sample: 1.5}
deliverables:
  - {id: D1, what: 报告, from: [U77], due: 2026/4/1}
documents:
  - {kind: 方案, title: 方案, per_unit: 12}
  - {kind: 方案, title: 方案, stage: S9}
documents: []
"""


def errors(text: str) -> list[Finding]:
    return [finding for finding in check_text(text, "定义.yaml")[1] if finding.severity == "error"]


def test_faults_of_syntax_shape_and_reference_are_found_together_each_once() -> None:
    assert [(finding.line, finding.key, finding.rule) for finding in errors(MIXED)] == [
        (4, "shortname", "shape"),
        (7, "year", "fullwidth"),
        (11, "basis[1].id", "twice"),
        (13, "goals[0].due", "shape"),
        (15, "areas[0].items[0].goal", "references"),
        (15, "areas[0].standards", "references"),
        (16, "areas[1].applies_to", "references"),
        (19, "units[1].parent", "references"),
        (21, "stages[0].start", "shape"),
        (22, "stages[1].end", "order"),
        (25, "leading_group.members[1].name", "twice"),
        (26, "supervision.sample", "shape"),
        (28, "deliverables[0].due", "shape"),
        (28, "deliverables[0].from", "references"),
        (30, "documents[0].per_unit", "shape"),
        (31, "documents[1].stage", "references"),
        (32, "documents", "yaml"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ("basis:\n  - {id: B1, title: 某办法}\n  - {id: B1, title: 另一办法}\n", "basis: 某办法\n", 16),
        ("{id: G1, text: 达标, due: 2026-02-30}", "{text: 达标}", 16),
        ("{id: A2, name: 食品", "{id： A2, name: 食品", 18),
    ],
)
def test_what_a_fault_brings_about_elsewhere_is_not_told_as_further_faults(old: str, new: str, count: int) -> None:
    found = errors(MIXED.replace(old, new))
    assert len(found) == count
    assert not any("\ufffc" in finding.message for finding in found)


def test_fullwidth_marks_inside_texts_are_no_fault() -> None:
    sound = "format: campaign/1\nid: a-1\nname: 【紧急】检查\nshort_name: 检查\nkind: 检查\nissuer: {name: 某局}\n"
    sound += "guiding_ideology: |\n  app：一款软件\n  － item\n"
    assert check_text(sound, "定义.yaml")[1] == ()
