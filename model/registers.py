"""Registers (登记簿): what an office numbers, each number given once, at registration and never in a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Book(StrEnum):
    """Which register: papers sent out, papers received, anything else that bears a running number (通知书, 督办单 …)."""

    OUTGOING = "发文"
    INCOMING = "收文"
    NUMBERS = "编号"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step in the life of a paper (党政机关公文处理工作条例 arts. 18 to 27; 业务行为 of DA/T 46): who, on which day, with what to say."""

    name: str
    who: str
    on: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """An entry of a register (登记项).

    book, code, year, number: which register and which place in it; text: the number as written (青教发〔2026〕12号);
    on: 登记日期; title: 题名; facts: the book's other columns by name (密级, 主送, 份数, 来文机关, 办理期限 …);
    steps: its life so far, in the order they were recorded; record: id of the record it was filed as;
    draft: SHA-256 of the draft it was given to; voided: why the number is void (作废), empty while it stands.
    """

    id: str
    book: Book
    code: str
    year: int
    number: int
    text: str
    on: date
    title: str
    facts: tuple[tuple[str, str], ...] = ()
    steps: tuple[Step, ...] = ()
    record: str | None = None
    draft: str = ""
    voided: str = ""

    def fact(self, name: str) -> str:
        """A column's value, empty when nobody said it."""
        return dict(self.facts).get(name, "")

    def step(self, name: str) -> Step | None:
        """The newest step of that name."""
        return next((step for step in reversed(self.steps) if step.name == name), None)


OUTGOING_LIFE = ("起草", "审核", "会签", "签发", "复核", "登记", "用印", "发文", "归档")
"""公文拟制 and 发文办理, in order (arts. 18 to 25, 27); 会签 only where several organs issue together."""

INCOMING_LIFE = ("签收", "登记", "初审", "承办", "传阅", "催办", "答复", "办结", "归档")
"""收文办理, in order (art. 24)."""
