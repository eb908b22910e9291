"""Answers about the state of the strongroom."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desk.answers.base import Answer
from model.findings import Finding
from model.records import Damage


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified(Answer):
    """The outcome of checking stored things: files and objects read, one part in `parts` of all; `mirror`: where a copy lies."""

    checked: int
    objects: int
    parts: int
    mirror: Path | None
    damaged: tuple[Damage, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def exit(self) -> int:
        """4 with damage."""
        return 4 if self.damaged else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended(Answer):
    """What mirroring, repairing and rebuilding have in common: the damage that is left."""

    damaged: tuple[Damage, ...]

    @property
    def exit(self) -> int:
        """4 with damage left."""
        return 4 if self.damaged else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirrored(Mended):
    """A second copy brought up to date."""

    path: Path
    copied: int
    kept: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired(Mended):
    """Objects mended from a mirror, by id."""

    mended: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt(Mended):
    """The catalogue, back from the store."""

    records: int
    events: int
    ledger: bool
