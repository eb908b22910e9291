"""Answers about an office that moves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desk.answers.base import Answer
from model.records import Damage


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeExported(Answer):
    """A whole office as a bag; `left_out` are links."""

    path: Path
    files: int
    records: int
    fingerprint: str
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeImported(Answer):
    """An office made of such a bag."""

    path: Path
    files: int
    records: int
    events: int
    damaged: tuple[Damage, ...]

    @property
    def exit(self) -> int:
        """4 with damage."""
        return 4 if self.damaged else 0
