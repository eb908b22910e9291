"""Figures for weekly and monthly reports (统计分析), worked out from the rows for a day; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from model.problems import Problem, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Numbers of problems; `found` is always `closed` and `remaining` together, `overdue` and `listed` are remaining."""

    found: int
    closed: int
    overdue: int
    listed: int

    @property
    def remaining(self) -> int:
        """未整改数."""
        return self.found - self.closed

    @property
    def rate(self) -> Fraction | None:
        """整改率, exact; None where nothing was found."""
        return Fraction(self.closed, self.found) if self.found else None

    @property
    def percent(self) -> str:
        """整改率 with one decimal, cut and never rounded up: 100.0% is written only when nothing remains."""
        if self.rate is None:
            return "—"
        tenths = int(self.rate * 1000)
        return f"{tenths // 10}.{tenths % 10}%"


def figures(problems: Iterable[Problem], on: date) -> Figures:
    """The figures of these rows on a day, as the rows stand now."""
    rows = tuple(problems)
    return Figures(
        found=len(rows),
        closed=sum(row.state is State.CLOSED for row in rows),
        overdue=sum(row.overdue(on) for row in rows),
        listed=sum(row.state is State.LISTED for row in rows),
    )


def by(problems: Iterable[Problem], key: Callable[[Problem], str], on: date) -> dict[str, Figures]:
    """Figures by unit, category or grade, in the order of first appearance; an empty name is 未填."""
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(key(problem) or "未填", []).append(problem)
    return {name: figures(rows, on) for name, rows in groups.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What happened from the first to the last day, both counted; rows without the day are counted in neither."""

    first: date
    last: date
    found: int
    closed: int


def period(problems: Iterable[Problem], first: date, last: date) -> Period:
    """Found and struck off within a period (本周、本月新增和销号)."""
    rows = tuple(problems)
    return Period(
        first=first,
        last=last,
        found=sum(row.found is not None and first <= row.found <= last for row in rows),
        closed=sum(row.closed is not None and first <= row.closed <= last for row in rows),
    )
