"""Problems of the ledger as facts: rows of a table, and figures counted on one day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from generators.papers.campaign_facts import day_list
from generators.papers.period_facts import within
from model.campaigns import Campaign
from model.problems import Problem, State

_OUTCOMES = {"退回": "不合格"}
"""Outcomes of the ledger as papers word them."""


def problem_rows(problems: Sequence[Problem], campaign: Campaign, on: date) -> list[dict[str, Any]]:
    """One record per problem, in the order of their numbers, with 序号 counted from 1."""
    return [
        _row(index, problem, campaign, on)
        for index, problem in enumerate(sorted(problems, key=lambda problem: problem.number), 1)
    ]


def _row(index: int, problem: Problem, campaign: Campaign, on: date) -> dict[str, Any]:
    grade = campaign.grade(problem.grade)
    unit = campaign.unit(problem.unit) if problem.unit else None
    latest = problem.rounds[-1] if problem.rounds else None
    return {
        "序号": str(index),
        "编号": str(problem.number),
        "单位": unit.name if unit else problem.unit_text,
        "内容": problem.text.rstrip("。；"),
        "类别": problem.category,
        "等级": problem.grade,
        "发现日期": problem.found,
        "发现人": problem.found_by,
        "措施": problem.measure,
        "责任人": problem.person,
        "责任单位": problem.office,
        "资金": problem.funds,
        "时限": problem.deadline,
        "预案": problem.contingency,
        "状态": problem.state.value if problem.state else None,
        "逾期": problem.overdue(on),
        "挂牌": bool(grade and grade.listed) or problem.state is State.LISTED,
        "五落实": list(grade.five) if grade else [],
        "重大": "重大" in problem.grade or bool(grade and (grade.listed or grade.five)),
        "进展": latest.progress if latest else None,
        "复查日期": latest.checked if latest else None,
        "复查人": latest.checked_by if latest else None,
        "复查结论": _OUTCOMES.get(latest.outcome, latest.outcome) if latest else None,
        "轮次": str(len(problem.rounds)),
        "销号日期": problem.closed,
        "前次": str(problem.earlier) if problem.earlier else None,
    }


def statistics(problems: Sequence[Problem], campaign: Campaign, on: date, since: date | None = None) -> dict[str, Any]:
    """Figures over problems on a day: found, closed, open, overdue, rate; by grade, category and unit.

    `since` is the first day of the period that a recurring paper covers: what was found and struck off in it, by grade.
    """
    closed = [problem for problem in problems if problem.state is State.CLOSED]
    total = len(problems)
    return {
        "发现": str(total),
        "已销号": str(len(closed)),
        "未销号": str(total - len(closed)),
        "待复查": str(sum(problem.state is State.AWAITING_CHECK for problem in problems)),
        "逾期": str(sum(problem.overdue(on) for problem in problems)),
        "挂牌": str(sum(row["挂牌"] for row in problem_rows(problems, campaign, on))),
        "反弹": str(sum(problem.earlier is not None for problem in problems)),
        "整改率": rate(len(closed), total),
        "单位数": str(len({problem.unit or problem.unit_text for problem in problems})),
        "资金": funds([problem.funds for problem in problems]),
        "检查日期": day_list(problem.found for problem in problems if "自查" not in problem.found_by),
        "最早": min((problem.found for problem in problems if problem.found), default=None),
        "按等级": [
            {**row, **_in_period([p for p in problems if (p.grade or "未分级") == row["名称"]], since, on)}
            for row in _counted(problems, "grade", [grade.name for grade in campaign.problem_rules.grades], "未分级")
        ],
        "按类别": _counted(problems, "category", list(campaign.problem_rules.categories), "未分类"),
        "按单位": _by_unit(problems, campaign, on),
    }


_AMOUNT = re.compile(r"(?:约|共)?(\d+(?:\.\d+)?)(万?)元")


def funds(told: Sequence[str]) -> str | None:
    """The money of all problems in 万元, None where one of them says nothing or says it otherwise than in 元 or 万元."""
    total = 0.0
    for text in told:
        amount = _AMOUNT.fullmatch(text.strip())
        if amount is None and text.strip() not in ("无", "0"):
            return None
        total += float(amount[1]) * (1 if amount[2] else 0.0001) if amount else 0
    return f"{round(total, 4):g}"


def rate(part: int, whole: int) -> str | None:
    """part of whole in per cent, one decimal place; None of nothing."""
    return None if whole == 0 else f"{round(part * 100 / whole, 1):g}%"


def _in_period(problems: Sequence[Problem], since: date | None, on: date) -> dict[str, str | None]:
    if since is None:
        return {"本期发现": None, "本期销号": None}
    return {
        "本期发现": str(sum(within(problem.found, since, on) for problem in problems)),
        "本期销号": str(sum(within(problem.closed, since, on) for problem in problems)),
    }


def _counted(problems: Sequence[Problem], key: str, order: Sequence[str], other: str) -> list[dict[str, Any]]:
    found = Counter(getattr(problem, key) for problem in problems)
    closed = Counter(getattr(problem, key) for problem in problems if problem.state is State.CLOSED)
    names = [name for name in order if found[name]] + sorted(set(found) - set(order))
    return [
        {
            "名称": name or other,
            "发现": str(found[name]),
            "已销号": str(closed[name]),
            "未销号": str(found[name] - closed[name]),
            "整改率": rate(closed[name], found[name]),
        }
        for name in names
    ]


def _by_unit(problems: Sequence[Problem], campaign: Campaign, on: date) -> list[dict[str, Any]]:
    """Units with their figures, best rate first; equals share a place (1, 1, 3)."""
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        unit = campaign.unit(problem.unit) if problem.unit else None
        groups.setdefault(unit.name if unit else problem.unit_text, []).append(problem)
    shares = {name: sum(each.state is State.CLOSED for each in group) / len(group) for name, group in groups.items()}
    rows = []
    for name in sorted(groups, key=lambda name: (-shares[name], len(groups[name]), name)):
        closed = sum(each.state is State.CLOSED for each in groups[name])
        rows.append(
            {
                "名次": str(1 + sum(share > shares[name] for share in shares.values())),
                "名称": name,
                "发现": str(len(groups[name])),
                "已销号": str(closed),
                "未销号": str(len(groups[name]) - closed),
                "逾期": str(sum(each.overdue(on) for each in groups[name])),
                "整改率": rate(closed, len(groups[name])),
            }
        )
    return rows
