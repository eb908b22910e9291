"""Answers about the problem ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desk.answers.base import Answer
from model.findings import Finding, has_errors
from model.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerImported(Answer):
    """Rows taken into the ledger; faulty ones are kept and listed."""

    rows: int
    new: int
    changed: int
    findings: tuple[Finding, ...]

    @property
    def exit(self) -> int:
        """1 when rows have faults."""
        return 1 if has_errors(self.findings) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemLine:
    """A problem in a list; `overdue` in days, 0 when it is not."""

    number: int
    campaign: str
    unit: str
    text: str
    state: str
    grade: str
    deadline: date | None
    overdue: int
    rounds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Problems(Answer):
    """Problems of the ledger on a day."""

    on: date
    problems: tuple[ProblemLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepped(Answer):
    """A step taken with problems (办理); every one of them took it."""

    act: str
    campaign: str
    problems: tuple[ProblemLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemShown(Answer):
    """One row as it stands and everything that was done with it, the first thing first."""

    problem: Problem
    unit: str
    history: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One change: entered when and by whom; the step, its day, who took it and what was said, approved by whom."""

    at: datetime
    entered_by: str
    act: str
    day: date | None
    who: str
    text: str
    approver: str
    deadline: date | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """Figures of one group; `rate` (整改率) is cut to one decimal and never rounded up."""

    name: str
    found: int
    closed: int
    remaining: int
    overdue: int
    listed: int
    rate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerReport(Answer):
    """Figures of a campaign's ledger on a day: all, by unit, category and grade; new and struck off in the period."""

    on: date
    campaign: str
    total: FigureLine
    by_unit: tuple[FigureLine, ...]
    by_category: tuple[FigureLine, ...]
    by_grade: tuple[FigureLine, ...]
    start: date | None
    end: date
    new: int
    struck_off: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerExported(Answer):
    """A ledger written as a sheet."""

    path: Path
    rows: int
