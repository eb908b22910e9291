"""What a search answers with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Order(StrEnum):
    """Order of the hits."""

    RELEVANCE = "relevance"  # 相关度
    NEWEST = "newest"  # 日期从新到旧
    OLDEST = "oldest"  # 日期从旧到新


@dataclass(frozen=True, slots=True)
class Position:
    """A place where a word stands: the page's label, the block on it (表1第5行, or empty), characters of the page's text."""

    page: str
    block: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A record found: `id`, 档号, title, the snippet (`⟦` and `⟧` stand around what matched), and where it stands.

    `volume` is what of the 档号 stands before the number of the item, `box` the number of the 盒 that the paper copy lies in (None:
    in none yet, or not asked); `page` and `block` say where
    the snippet stands (第3页, 表1第5行), `positions` the first twenty places of the words; a higher `score` is better.
    """

    id: str
    code: str
    title: str
    snippet: str
    page: str | None
    score: float
    date: date | None
    unit: str | None
    campaign: str | None
    kind: str | None = None
    volume: str | None = None
    box: int | None = None
    block: str = ""
    positions: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A page of hits; `exact`: whether `total` is exact or a lower bound; `relaxed`: how the query was loosened.

    `facets` are (name, ((value, count), …)) pairs: 年度, 活动, 单位, 文种, 保管期限. `meant`: the archive's own wording that is
    one character away from what was typed and stands nowhere (是不是要找).
    """

    total: int
    exact: bool
    relaxed: str | None
    hits: tuple[Hit, ...]
    facets: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = ()
    meant: str | None = None
