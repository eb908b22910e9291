"""Answers about records filed, listed and fetched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desk.answers.base import Answer, Failure
from model.findings import Finding
from model.records import Event, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledPaper:
    """A file that was filed."""

    path: Path
    id: str
    code: str
    title: str
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A file that is byte for byte one that is held already; `of` is that record's 档号."""

    path: Path
    of: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFile:
    """A file that was not taken, and why."""

    path: Path
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed(Answer):
    """The outcome of `archive add`; every file that was found stands in exactly one of the lists.

    earlier: filed from the same place by an earlier run; held: not filed before a person has looked; passed: no papers.
    """

    filed: tuple[FiledPaper, ...]
    earlier: tuple[FiledPaper, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    held: tuple[RefusedFile, ...] = ()
    refused: tuple[RefusedFile, ...] = ()
    passed: tuple[RefusedFile, ...] = ()
    dry_run: bool = False

    @property
    def exit(self) -> int:
        """1 when a file was refused or held back."""
        return 1 if self.refused or self.held else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLine:
    """A record in a list."""

    id: str
    code: str
    title: str
    issuer: str | None
    number: str | None
    date: date | None
    kind: str | None
    unit: str | None
    campaign: str | None
    retention: str
    files: tuple[str, ...]
    disposed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Records(Answer):
    """Records of the archive."""

    records: tuple[RecordLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationLine:
    """A relation (实体关系): `own`: this record says it of the other, else the other of this one."""

    kind: str
    code: str
    title: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordShown(Answer):
    """One record with its versions, its history, and what it is related to: kind, 档号 and title, from either side."""

    records: tuple[RecordLine, ...]
    record: Record
    events: tuple[Event, ...]
    relations: tuple[RelationLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched(Answer):
    """Copies of a record's files, each checked against its digest while it was copied."""

    paths: tuple[Path, ...]
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldReading:
    """A field of a description: what the record says, what the paper says and how surely, and whether a person confirmed it."""

    name: str
    value: str
    read: str
    confidence: str
    excerpt: str
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Described(Answer):
    """A record's description beside what its paper says (著录)."""

    records: tuple[RecordLine, ...]
    fields: tuple[FieldReading, ...]
    retention_reason: str
    former: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Previewed(Answer):
    """PDFs and pictures made for looking at; faces that were replaced; what could not be shown and why."""

    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]
    failed: tuple[Failure, ...]

    @property
    def exit(self) -> int:
        """1 when something could not be shown."""
        return 1 if self.failed else 0
