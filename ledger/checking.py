"""What a row of the ledger must hold: pure rules on one problem (要素、五落实、销号手续)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from ledger.wording import finding
from model.campaigns import Campaign
from model.findings import Finding
from model.problems import Problem, State

FIVE = (
    ("整改措施", "measure"),
    ("责任人", "person"),
    ("整改资金", "funds"),
    ("整改时限", "deadline"),
    ("应急预案", "contingency"),
)
"""五落实: measure, person, funds, deadline, contingency; 无 is a statement, an empty cell is not."""

_ALWAYS = (
    ("检查日期", "found"),
    ("问题描述", "text"),
    ("整改措施", "measure"),
    ("责任人", "person"),
    ("整改时限", "deadline"),
)


def check(problem: Problem, campaign: Campaign, numbers: set[int], file: str, line: int) -> Iterator[Finding]:
    """Every fault of one row; `numbers` are those of the whole ledger."""

    def told(rule: str, key: str, **values: str) -> Finding:
        return finding(rule, problem.number, file, line, key, **values)

    listed = _listed(problem, campaign)
    empty = {column for column, name in (*_ALWAYS, *(FIVE if listed else ())) if not getattr(problem, name)}
    for column, name in _ALWAYS:
        if column in empty and not (listed and (column, name) in FIVE):
            yield told("L05", column, column=column)
    lacking = [column for column, _ in FIVE if listed and column in empty]
    if lacking:
        yield told("L06", lacking[0], value="、".join(lacking))
    yield from _values(problem, campaign, told)
    yield from _steps(problem, listed, told)
    if problem.earlier is not None and problem.earlier not in numbers:
        yield told("L12", "问题描述", value=str(problem.earlier))


def _listed(problem: Problem, campaign: Campaign) -> bool:
    """Whether the grade asks for 挂牌督办 and 五落实."""
    grade = campaign.grade(problem.grade)
    return bool(grade and (grade.listed or grade.five))


class _Told(Protocol):
    """The shape of `told` in `check`."""

    def __call__(self, rule: str, key: str, **values: str) -> Finding: ...


def _values(problem: Problem, campaign: Campaign, told: _Told) -> Iterator[Finding]:
    """Category, grade and state must be the campaign's."""
    rules = campaign.problem_rules
    states = rules.statuses or tuple(state.value for state in State)
    for column, value, allowed in (
        ("类别", problem.category, rules.categories),
        ("风险等级", problem.grade, tuple(grade.name for grade in rules.grades)),
        ("状态", problem.state_text, states),
    ):
        if not value:
            yield told("L05", column, column=column)
        elif allowed and value not in allowed:
            yield told("L10", column, column=column, value=value, hint=f"现有的是 {'、'.join(allowed)}")


def _steps(problem: Problem, listed: bool, told: _Told) -> Iterator[Finding]:
    """The steps in their order: found, deadline, re-check, struck off."""
    checked = next((round_.checked for round_ in reversed(problem.rounds) if round_.checked), None)
    checker = next((round_.checked_by for round_ in reversed(problem.rounds) if round_.checked_by), "")
    for later, earlier, names in (
        (problem.deadline, problem.found, ("整改时限", "检查日期")),
        (checked, problem.found, ("复查日期", "检查日期")),
        (problem.closed, checked, ("销号日期", "复查日期")),
    ):
        if later and earlier and later < earlier:
            yield told("L09", names[0], later=names[0], earlier=names[1])
    if problem.state is State.CLOSED:
        if not (checked and checker):
            yield told("L07", "复查日期")
        if not problem.closed:
            yield told("L08", "销号日期")
    elif problem.closed:
        yield told("L13", "状态", value=problem.state_text)
    if problem.state is State.SENT_BACK and not (checked and checker):
        yield told("L17", "复查日期")
    if listed and problem.state not in (State.CLOSED, State.LISTED, None):
        yield told("L14", "状态")
    if checker and checker == problem.person:
        yield told("L16", "复查人", value=checker)
