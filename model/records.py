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


class RelationKind(StrEnum):
    """关系类型 (DA/T 46-2009 M86), named from the side of the record that bears it."""

    ANSWERS = "批复"  # this is the 批复 or 复函 to that 请示 or 函
    REPLIES = "回复"  # this reports what was done about that order
    RECHECKS = "复查"  # this re-checks what that order or reply was about
    BELONGS = "附属"  # this is an annex, issued apart, to that plan
    REPLACES = "代替"  # this replaces that paper
    FORWARDS = "转发"  # this forwards that paper
    CONCERNS = "相关"  # any other


@dataclass(frozen=True, slots=True)
class Relation:
    """实体关系 (DA/T 46-2009 M85 to M88): `to` is the other record's id; `note` is 关系描述."""

    kind: RelationKind
    to: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """著录: what is known of a paper (DA/T 46-2009). None or empty: not known, never guessed.

    title 题名 M22; issuer 责任者 M32; number 文件编号（文号） M31; dated 日期 M33; kind 文种 M34; urgency 紧急程度 M35;
    addressees 主送 M36; copies_to 抄送 M37; secrecy 密级 M38 (never a state secret's); pages 页数 M43; note 附注 M75;
    retention 保管期限 M12 and retention_reason, the line of the table it came from; department 机构（问题）代码 M13
    (None: the office's own); year 年度 M11;
    unit: id of the unit in the campaign; unit_name: its name; campaign and stage: ids;
    evidence: codes of the evidence items or names of volumes' items that it answers;
    source: path that it was taken in from, as the person named it; relations M85 to M88; registration: id of its entry
    in a register; hold: why it must not be destroyed (冻结), empty when nobody holds it;
    unconfirmed: names of the fields that were read by machine and that no person has confirmed yet.
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
    urgency: str | None = None
    addressees: str | None = None
    copies_to: str | None = None
    department: str | None = None
    retention_reason: str = ""
    note: str = ""
    source: str = ""
    registration: str = ""
    hold: str = ""
    relations: tuple[Relation, ...] = ()
    unconfirmed: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class FormerCode:
    """原档号: a 档号 that a 件 bore before it was put into another class; its number is void and is not given again."""

    code: str
    register: str
    item: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """件: the catalogue's entry. `id` never changes and is the OCFL object's name; `code` is the 档号.

    register: name of the register that its 件号 `item` came from (档号/全宗号-WS·年度-保管期限-机构); former: 原档号, oldest first.
    disposed: number of the disposal that destroyed its files; then it has no versions any more.
    """

    id: str
    code: str
    description: Description
    filed: datetime
    versions: tuple[Version, ...]
    register: str = ""
    item: int = 0
    former: tuple[FormerCode, ...] = ()
    disposed: str = ""

    @property
    def files(self) -> tuple[StoredFile, ...]:
        """The files of the newest version; none once it has been disposed of."""
        return self.versions[-1].files if self.versions else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """业务行为 (DA/T 46-2009 M80 to M84), chained: `digest` is the SHA-256 over `previous` and the event's own fields.

    `subject` is a record's id or another name (`ledger`, `office`); `detail` is a JSON object as text; `sm3` is the same fields'
    SM3 (GB/T 32905), empty where the platform that recorded it had none.
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
    sm3: str = ""


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


def by_sequence(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events in the order in which they were recorded."""
    return tuple(sorted(events, key=lambda event: event.sequence))
