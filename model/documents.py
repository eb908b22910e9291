"""The elements of an official document (公文要素), without any layout.

The elements and their names are those of GB/T 9704-2012 clause 7; formats are those of clauses 7 and 10.
A `Document` is what the markup (`docs/markup.md`) says and what the writer in `generators/` lays out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Format(StrEnum):
    """格式 (clauses 7, 10.1, 10.2, 10.3)."""

    DOCUMENT = "公文"
    LETTER = "信函"
    ORDER = "命令"
    MINUTES = "纪要"


class Direction(StrEnum):
    """行文方向; an upward document (上行文) carries 签发人 (7.2.6)."""

    DOWN = "下行"
    UP = "上行"
    LEVEL = "平行"


class Seal(StrEnum):
    """How the document is signed (7.3.5.1 to 7.3.5.3)."""

    SEALED = "有"
    UNSEALED = "无"
    SIGNATURE = "签名章"


class RedHead(StrEnum):
    """Whether the red header is drawn by us or already printed on the paper (红头)."""

    DRAWN = "打印"
    PREPRINTED = "预印"
    NONE = "无"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face; `bold` only where the office's profile allows it."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading (层次序数) of level 1 to 4: 一、 （一） 1. （1）. The number is computed, never written.

    `text` has no number. `run_in` is the text that follows in the same paragraph (段首标题), else empty.
    """

    level: int
    text: str
    run_in: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A body paragraph, indented by two characters; `flush` starts at the left edge (如台账签收栏)."""

    runs: tuple[Run, ...]
    flush: bool = False

    @property
    def text(self) -> str:
        """The paragraph's characters."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered paragraph without a heading: ordinal of `level` 1 to 4, counted like headings."""

    level: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; `columns` and `rows` are how many it spans (1 is none), `align` 左 中 右 or None for auto."""

    text: str
    columns: int = 1
    rows: int = 1
    align: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A work table: header rows repeat on every page and rows do not split.

    `rows` hold only the cells that begin in that row (a cell spanning rows is not repeated);
    `widths` are relative column widths or empty for widths from content.
    """

    header: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...] = ()
    caption: str = ""


Block = Heading | Paragraph | Item | Table


@dataclass(frozen=True, slots=True)
class Annex:
    """附件 (7.3.7): `title` equals the name in the 附件说明; `body` is None when the annex is not bound with it."""

    title: str
    body: tuple[Block, ...] | None = None
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who was there, for minutes (10.3): each a tuple of lines."""

    present: tuple[str, ...] = ()  # 出席
    excused: tuple[str, ...] = ()  # 请假
    observing: tuple[str, ...] = ()  # 列席


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One official document (公文) as its elements. Empty text or an empty tuple: the element is absent.

    Texts that are not known yet hold 【待补：…】 (`model.wording.missing`); an unknown `dated` is None and
    is written 【待补：成文日期】 by the writer when there are `signatories`.
    """

    title: str  # 标题 7.3.1
    format: Format = Format.DOCUMENT
    direction: Direction = Direction.DOWN
    issuers: tuple[str, ...] = ()  # 发文机关, host first
    mark: str = ""  # 发文机关标志 7.2.4, made from issuers when empty; several lines are organs beside 文件
    red_head: RedHead = RedHead.DRAWN
    copy_number: str = ""  # 份号 7.2.1
    secrecy: str = ""  # 密级和保密期限 7.2.2
    urgency: str = ""  # 紧急程度 7.2.3
    number: str = ""  # 发文字号 7.2.5
    signers: tuple[str, ...] = ()  # 签发人 7.2.6
    addressees: str = ""  # 主送机关 7.3.2, without the colon
    body: tuple[Block, ...] = ()  # 正文 7.3.3
    annexes: tuple[Annex, ...] = ()  # 附件说明 7.3.4 and 附件 7.3.7
    signatories: tuple[str, ...] = ()  # 发文机关署名 7.3.5; the issuers when the markup says nothing
    signatory_posts: tuple[str, ...] = ()  # 职务 for a signature stamp 7.3.5.3
    dated: date | None = None  # 成文日期 7.3.5.4
    seal: Seal = Seal.SEALED
    note: str = ""  # 附注 7.3.6, without brackets
    copies_to: tuple[str, ...] = ()  # 抄送 7.4.2
    printed_by: str = ""  # 印发机关 7.4.3
    printed_on: date | None = None  # 印发日期 7.4.3
    attendance: Attendance = Attendance()
    landscape: bool = False  # 横排: a register or another work table by itself, without a red head (clause 8)
