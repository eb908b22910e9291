"""Answers about hand-over packages and inspections."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desk.answers.base import Answer
from model.packages import Inspection


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected(Answer):
    """四性检测: the report and the files it was written to."""

    inspection: Inspection
    paths: tuple[Path, ...] = ()

    @property
    def exit(self) -> int:
        """1 when an item failed."""
        return 0 if self.inspection.passed else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageMade(Inspected):
    """A hand-over package: where it is, how many 件 and bytes, its fingerprint (SHA-256 of the tag manifest)."""

    path: Path
    items: int
    size: int
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Answer):
    """A hand-over that has taken place: each 件 has its event."""

    path: Path
    items: int
    receiver: str
    form: Path
