"""The period a recurring paper covers (本期): the week of a 周报, the month of a 月报, up to the day it is drafted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from model.campaigns import Campaign, Frequency, PlannedDocument
from model.problems import Problem
from model.wording import chinese_period

_NAMED = (("周报", Frequency.WEEKLY), ("月报", Frequency.MONTHLY), ("季报", Frequency.QUARTERLY))
_QUARTER = 3


def period_facts(
    kind: str, planned: PlannedDocument | None, campaign: Campaign, problems: Sequence[Problem], on: date
) -> dict[str, Any] | None:
    """本期 with its days in words and what was found and struck off in it; None for a paper that does not recur."""
    start = _start(_frequency(kind, planned, campaign), on)
    if start is None:
        return None
    return {
        "时间": chinese_period(start, on),
        "发现": str(sum(within(problem.found, start, on) for problem in problems)),
        "销号": str(sum(within(problem.closed, start, on) for problem in problems)),
        "起": start,
    }


def within(day: date | None, start: date, end: date) -> bool:
    """Whether a day lies in a period, both ends counted."""
    return day is not None and start <= day <= end


def _frequency(kind: str, planned: PlannedDocument | None, campaign: Campaign) -> Frequency | None:
    """How often: as the definition plans the paper, as its name says, as the reports under its name are due."""
    if planned and planned.frequency:
        return planned.frequency
    title = planned.title if planned else ""
    named = next((each for word, each in _NAMED if word in kind or word in title), None)
    due = (report.frequency for report in campaign.reporting if "统计" in kind and "统计" in report.what)
    return named or next(due, None)


def _start(frequency: Frequency | None, on: date) -> date | None:
    if frequency is Frequency.WEEKLY:
        return on - timedelta(days=on.weekday())
    if frequency is Frequency.MONTHLY:
        return on.replace(day=1)
    if frequency is Frequency.QUARTERLY:
        return date(on.year, (on.month - 1) // _QUARTER * _QUARTER + 1, 1)
    return None
