"""Answers about what is due, the machine and the demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desk.answers.base import Answer, Failure
from model.findings import Finding, has_errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Status(Answer):
    """What is due and overdue on a day."""

    on: date
    due: tuple[DueLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """A thing that falls due; `late` in days, 0 or below when it is not late (then days that remain, negated)."""

    what: str
    who: str
    due: date
    late: int
    campaign: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined(Answer):
    """The outcome of `doctor`."""

    findings: tuple[Finding, ...]

    @property
    def exit(self) -> int:
        """1 when something needs a remedy."""
        return 1 if has_errors(self.findings) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstrated(Answer):
    """What the demonstration made and where to look."""

    path: Path
    papers: int
    records: int
    searches: tuple[Failure, ...]
    missing: int
    pack: Path
    fingerprint: str
    look: tuple[str, ...]
