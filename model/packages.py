"""What is handed over (移交) and how it was inspected (四性检测, DA/T 70-2018)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from model.records import Event, Record


class Stage(StrEnum):
    """环节: at filing, at hand-over, in long-term keeping; the code is the item numbers' first part."""

    FILING = "GD"
    HANDOVER = "YJ"
    KEEPING = "CB"

    @property
    def chinese(self) -> str:
        """The words of the standard."""
        return {"GD": "归档", "YJ": "移交与接收", "CB": "长期保存"}[self.value]


class Result(StrEnum):
    """检测结果; what needs an outside tool is never a pass."""

    PASS = "pass"  # noqa: S105 - a result, no password
    FAIL = "fail"
    NOT_APPLICABLE = "not applicable"

    @property
    def chinese(self) -> str:
        """The words of the report."""
        return {"pass": "通过", "fail": "不通过", "not applicable": "不适用"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One item: its number (1-7), its group and name, the result, what was looked at, and each fault."""

    number: str
    group: str
    name: str
    result: Result
    looked_at: str
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """四性检测报告: of which stage and object, when and by whom, every item's outcome."""

    stage: Stage
    subject: str
    at: datetime
    who: str
    outcomes: tuple[Outcome, ...]

    @property
    def passed(self) -> bool:
        """Whether no item failed."""
        return all(outcome.result is not Result.FAIL for outcome in self.outcomes)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedFile:
    """A file as its metadata tells it and as it is: `actual_size` None: not there; `why`: why it cannot be read, empty when it can."""

    name: str
    part: str
    size: str
    format: str
    path: str
    actual_size: int | None
    why: str = ""
    encrypted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedItem:
    """A 件 as it lies in a package or in the archive: `metadata` are DA/T 46 elements by name, `steps` (行为, 时间, 机构人员).

    where: what a person is told it is; unreadable: why its metadata cannot be read, empty when they can; parts: what it consists
    of besides its files (元数据.xml, EEP).
    """

    where: str
    metadata: tuple[tuple[str, str], ...]
    files: tuple[PackedFile, ...]
    steps: tuple[tuple[str, str, str], ...]
    unreadable: str = ""
    lacking: tuple[str, ...] = ()

    def value(self, name: str) -> str:
        """An element's value, empty when it is not there."""
        return dict(self.metadata).get(name, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """Everything that an inspection looks at, whether a package on disk or the archive itself.

    declared_*: what the description says there is (None: it says nothing); structure, digests, description: faults found by whoever
    read it; extra: files that nothing lists; void: 件号 by register that are explained; code_pattern: regular expression of a 档号.
    """

    stage: Stage
    subject: str
    items: tuple[PackedItem, ...]
    declared_items: int | None
    declared_bytes: int | None
    actual_bytes: int
    structure: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()
    digested: int = 0
    description: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    process: tuple[str, ...] = ()
    void: tuple[tuple[str, int], ...] = ()
    code_pattern: str = ""
    is_package: bool = True


@dataclass(frozen=True, slots=True)
class History:
    """A record with its 业务行为, those of its registration included."""

    record: Record
    events: tuple[Event, ...]
