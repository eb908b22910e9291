"""Facts read out of a paper's text (著录事实): each with where it was read and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Confidence(StrEnum):
    """How sure a reading is (把握)."""

    SURE = "sure"  # 有公文格式的位置和形式为证
    LIKELY = "likely"  # 只有位置或形式之一，或者出自识别的文字
    DOUBTFUL = "doubtful"  # 需要人看

    @property
    def chinese(self) -> str:
        """The words a clerk reads."""
        return {"sure": "确定", "likely": "大致", "doubtful": "存疑"}[self.value]


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """One fact: its value, the page and block of the `Text` it stands in (both counted from 0), the words that say it.

    `page` and `block` are None where the whole paper says it (页数, 语种).
    """

    value: T
    page: int | None
    block: int | None
    excerpt: str
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """What a paper says of itself (GB/T 9704-2012 7.2 to 7.4). None or empty: it does not say; nothing is guessed.

    title: 标题, lines joined. number: 发文字号 as 青教发〔2026〕5号, brackets put right. issuer: 发文机关, several parted by 、.
    dated: 成文日期. kind: 文种, the last word of the title. secrecy: 密级和保密期限 as the header has it (机密★5年).
    addressees: 主送机关 one by one. annexes: names in the 附件说明 without their numbers.
    pages: the count, where the format has pages. language: ISO 639 code (zh, en, bo, …).
    """

    title: Reading[str] | None = None
    number: Reading[str] | None = None
    issuer: Reading[str] | None = None
    dated: Reading[date] | None = None
    kind: Reading[str] | None = None
    secrecy: Reading[str] | None = None
    addressees: Reading[tuple[str, ...]] | None = None
    annexes: Reading[tuple[str, ...]] | None = None
    pages: Reading[int] | None = None
    language: Reading[str] | None = None
