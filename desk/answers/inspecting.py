"""Answers about readiness and packs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desk.answers.base import Answer
from model.findings import Finding, has_errors
from model.records import Damage


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready(Answer):
    """What is missing, worst first; `met` of `asked` requirements have evidence on file."""

    campaign: str
    on: date
    asked: int
    met: int
    findings: tuple[Finding, ...]

    @property
    def exit(self) -> int:
        """1 when something is missing that is due."""
        return 1 if has_errors(self.findings) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed(Answer):
    """An inspection pack that was made; `missing` requirements are shown in its index page."""

    path: Path
    files: int
    fingerprint: str
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PackVerified(Answer):
    """The outcome of checking a pack."""

    path: Path
    files: int
    fingerprint: str
    damaged: tuple[Damage, ...]

    @property
    def exit(self) -> int:
        """4 with damage."""
        return 4 if self.damaged else 0
