"""Papers before filing, and records (件) with their versions and events after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path


class Retention(StrEnum):
    """保管期限 and its code in the 档号 (DA/T 13-2022)."""

    PERMANENT = "Y"
    THIRTY_YEARS = "D30"
    TEN_YEARS = "D10"

    @property
    def chinese(self) -> str:
        """永久, 30年 or 10年."""
        return {"Y": "永久", "D30": "30年", "D10": "10年"}[self.value]


class Part(StrEnum):
    """What a file is inside its 件 (DA/T 22-2015 5.1.2), in filing order."""

    MAIN = "正文"
    ANNEX = "附件"
    DRAFT = "定稿"
    SLIP = "处理单"
    EVIDENCE = "佐证"
    PHOTO = "照片"


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """著录: what is known of a paper (DA/T 46-2009 M22, M31 to M34 and kin). None: not known, never guessed.

    kind: 文种 or form; unit: id of the unit in the campaign; unit_name: its name; campaign and stage: ids;
    evidence: codes of the evidence items or names of volumes' items that it answers.
    """

    title: str
    issuer: str | None = None
    number: str | None = None
    dated: date | None = None
    kind: str | None = None
    unit: str | None = None
    unit_name: str | None = None
    campaign: str | None = None
    stage: str | None = None
    evidence: tuple[str, ...] = ()
    retention: Retention = Retention.TEN_YEARS
    secrecy: str | None = None
    pages: int | None = None
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFile:
    """One file to be filed: name shown to people, its bytes or where they lie, its part in the 件."""

    name: str
    source: Path | bytes
    part: Part = Part.MAIN
    media_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """成文材料: files with what is known of them before they are filed."""

    files: tuple[PaperFile, ...]
    description: Description


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file in the store. `path` is relative to the OCFL object's version content; size in bytes; digests in hex."""

    name: str
    path: str
    part: Part
    media_type: str
    size: int
    sha256: str
    sha512: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """版本: files as they stood after one deposit, with reason and person."""

    number: int
    created: datetime
    who: str
    reason: str
    files: tuple[StoredFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """件: the catalogue's entry. `id` never changes and is the OCFL object's name; `code` is the 档号."""

    id: str
    code: str
    description: Description
    filed: datetime
    versions: tuple[Version, ...]

    @property
    def files(self) -> tuple[StoredFile, ...]:
        """The files of the newest version."""
        return self.versions[-1].files


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """业务行为 (DA/T 46-2009 M80 to M84), chained: `digest` is the SHA-256 over `previous` and the event's own fields.

    `subject` is a record's id or another name (`ledger`, `office`); `detail` is a JSON object as text.
    """

    sequence: int
    at: datetime
    who: str
    action: str
    subject: str
    reason: str
    detail: str
    previous: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """受损: a stored thing that is not what it was; `record` is the record's id, or the thing's name."""

    record: str
    path: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The outcome of checking the archive: files checked and every damage found; `remarks` are harmless (orphans)."""

    checked: int
    damaged: tuple[Damage, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordFilter:
    """Which records (筛选); None: no bound."""

    campaign: str | None = None
    unit: str | None = None
    kind: str | None = None
    year: int | None = None
    start: date | None = None
    end: date | None = None


ALL = RecordFilter()
"""Every record."""


def by_code(records: Iterable[Record]) -> tuple[Record, ...]:
    """Records in the order of their 档号."""
    return tuple(sorted(records, key=lambda record: record.code))
