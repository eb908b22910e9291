"""Answers about registers: papers issued and received, entries, books."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desk.answers.base import Answer
from model.findings import Finding, has_errors
from model.registers import Registration


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued(Answer):
    """A paper that was issued (发文): its number, the final paper beside the draft, the record it was filed as."""

    number: str
    title: str
    path: Path
    id: str
    code: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received(Answer):
    """A paper that was received (收文). `held`: 档号 of a record that holds these bytes already, then none was made."""

    number: str
    title: str
    id: str
    code: str
    held: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered(Answer):
    """Entries of registers; `findings` say what is lacking in the lives of these papers."""

    registrations: tuple[Registration, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def exit(self) -> int:
        """0: a step left out is a remark, not a wall."""
        return 1 if has_errors(self.findings) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BookWritten(Answer):
    """A register or catalogue written out (登记簿、目录)."""

    path: Path
    title: str
    rows: int
