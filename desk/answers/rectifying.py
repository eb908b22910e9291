"""Answers about the problem ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk.answers.base import Answer
from model.findings import Finding, has_errors


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
