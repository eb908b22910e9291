"""Requirements of an inspection against the evidence that is filed, and the pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path


class Standing(StrEnum):
    """How a requirement stands."""

    MET = "已有"
    MISSING = "缺"
    LATE = "逾期"
    NOT_DUE = "未到期"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """指标: one thing that must be on file, from one unit (id) or from the office itself (unit None).

    code: `code` of the evidence item, or made from where it comes (`D2`, `S1-工作方案`).
    volume: 卷号, when the file plan has one.
    """

    code: str
    name: str
    group: str
    unit: str | None
    unit_name: str
    due: date | None
    required: bool
    volume: str | None = None
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """佐证: how a requirement stands and the records (ids) that answer it."""

    requirement: Requirement
    standing: Standing
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """迎检准备情况 on one day; `unplaced` are records of the campaign that answer no requirement."""

    campaign: str
    on: date
    evidence: tuple[Evidence, ...]
    unplaced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackEntry:
    """A file of the pack: where it lies inside (`path`, POSIX), what it is, which record and requirement it serves."""

    path: str
    title: str
    record: str | None
    code: str | None
    volume: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionPack:
    """迎检材料包: a folder that proves itself; `fingerprint` is the SHA-256 of its manifest."""

    path: Path
    entries: tuple[PackEntry, ...]
    fingerprint: str
