"""Remarks refuse nothing; and whatever happens to a whole definition, reading it only ever finds faults."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.reading import check_definition, check_text, read_definition
from campaigns.remarks import remarks
from model.campaigns import Unit
from templates import files

EXAMPLE = files.path("example", "campaign.yaml")
EXAMPLES = [EXAMPLE, *sorted(files.path("example", "earlier").glob("*.yaml"))]
LINES = EXAMPLE.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_shipped_examples_call_for_no_remark(path: Path) -> None:
    assert check_definition(path)[1] == ()


def test_days_outside_the_period_are_remarked() -> None:
    campaign = read_definition(EXAMPLE)
    late = replace(campaign.deliverables[0], due=date(2027, 1, 5))
    early = replace(campaign.stages[0], start=date(2026, 1, 1))
    changed = replace(campaign, deliverables=(late,), stages=(early, *campaign.stages[1:]))
    places = [path for path, _ in remarks(changed)]
    assert ("stages", 0, "start") in places
    assert ("deliverables", 0, "due") in places


def test_a_thing_that_a_stage_makes_and_that_is_due_outside_it_is_remarked() -> None:
    campaign = read_definition(EXAMPLE)
    early = replace(campaign.deliverables[0], due=date(2026, 3, 15))  # 自查报告, made from 21 March to 30 April
    changed = replace(campaign, deliverables=(early, *campaign.deliverables[1:]))
    (told,) = (told for path, told in remarks(changed) if path == ("deliverables", 0, "due"))
    assert "自查自纠阶段" in told


def test_a_goal_whose_text_gives_another_share_is_remarked() -> None:
    campaign = read_definition(EXAMPLE)
    changed = replace(campaign, goals=(replace(campaign.goals[0], value=95.0),))
    assert [told for path, told in remarks(changed)] == ["目标文字里没有 95% 这个数，写的是 100%"]


def test_a_name_that_two_units_answer_to_is_remarked() -> None:
    campaign = read_definition(EXAMPLE)
    double = Unit(id="U99", name="另一所小学", kind="小学", aliases=("县一小",))
    assert "县一小" in next(remarks(replace(campaign, units=(*campaign.units, double))))[1]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_whole_definition_with_a_line_lost_moved_or_spoilt_gives_only_findings(data: st.DataObject) -> None:
    lines = list(LINES)
    taken = lines.pop(data.draw(st.integers(0, len(lines) - 1)))
    change = data.draw(st.sampled_from(["lost", "moved", "wide", "twice"]))
    if change == "moved":
        lines.insert(data.draw(st.integers(0, len(lines))), taken)
    elif change == "wide":
        lines.append(taken.replace(":", "：").replace("[", "［"))
    elif change == "twice":
        lines += [taken, taken]
    campaign, findings = check_text("\n".join(lines), "定义.yaml")
    assert campaign is not None or findings
    assert all(finding.message and "\ufffc" not in f"{finding.message}{finding.fix}" for finding in findings)
