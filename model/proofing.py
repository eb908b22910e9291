"""A document as a proof-reader (核稿) sees it: every paragraph with its role, its place and its look.

Made by `generators.reading` from a .docx or from marked-up text; judged by `generators.proofing`. Nothing here is
changed by judging: a correction is made in the file, at the paragraph's `place`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from model.documents import Document
from model.findings import Finding


class Role(StrEnum):
    """What a paragraph is (公文要素, GB/T 9704-2012 clause 7 and 10), told by its words, not by its layout."""

    COPY_NUMBER = "份号"
    SECRECY = "密级和保密期限"
    URGENCY = "紧急程度"
    MARK = "发文机关标志"
    NUMBER = "发文字号"  # in an upward document the signers stand in the same paragraph
    SIGNERS = "签发人"  # on a line of its own
    TITLE = "标题"
    ADDRESSEES = "主送机关"
    HEADING = "层次标题"
    ITEM = "条目"  # numbered text that is no heading
    BODY = "正文"
    ANNEX_LIST = "附件说明"
    SIGNATORY = "发文机关署名"
    DATE = "成文日期"
    SIGNED = "署名和成文日期"  # both on one line
    NOTE = "附注"
    ATTENDANCE = "出席情况"
    ANNEX_LABEL = "附件序号"  # 附件1, also with the title behind it
    ANNEX_TITLE = "附件标题"
    CAPTION = "表题"
    CELL = "表格"
    COPIES = "抄送机关"  # and 主送 that moved to the 版记
    PRINTED = "印发机关和印发日期"
    IMPRINT = "版记其他"  # 主题词, 共印份数, 校对 …
    HEADER = "页眉"
    FOOTER = "页脚"
    FOOTNOTE = "脚注"
    TEXT_BOX = "文本框"  # whose words tell no other role
    PASTED = "网页残留"  # what stands round a paper on a web page: 您当前的位置, 浏览次数, 打印本页
    BLANK = "空行"

    __hash__ = str.__hash__  # an Enum's own is written in Python, and roles are looked up thousands of times a paper


class Where(StrEnum):
    """In which part of the page a paragraph stands."""

    BODY = "正文"
    TABLE = "表格"
    TEXT_BOX = "文本框"
    HEADER = "页眉"
    FOOTER = "页脚"
    FOOTNOTE = "脚注"

    __hash__ = str.__hash__  # as above


class Place(NamedTuple):
    """Where a paragraph stands, for a person and for a tool that mends the file.

    table, row and column count from 1 (0: in no table; the outermost table is meant); `control`: inside a content control
    (内容控件). part: name of the package's part; ordinal: which `w:p` of that part, from 0 in document order (every `w:p` that is
    there counts, nested ones too); offset: characters of that `w:p` before this line (a `w:p` with line breaks is
    several paragraphs here; a break counts one). Marked-up text has `part` "" and ordinal -1.
    """

    where: Where = Where.BODY
    table: int = 0
    row: int = 0
    column: int = 0
    control: bool = False
    part: str = "word/document.xml"
    ordinal: int = -1
    offset: int = 0


class ProofRun(NamedTuple):
    """A stretch of one look, styles and defaults resolved. Faces are names as written ("" none), size in points (0.0 unknown).

    east is the face for Chinese, latin that for letters and digits; colour is "RRGGBB" or "" (automatic).
    """

    text: str
    east: str = ""
    latin: str = ""
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    colour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphLook:
    """Paragraph formatting, styles and defaults resolved. Lengths in points unless the name says so.

    align: left, center, right, both; first is positive for an indent, negative for a hanging one; *_chars in characters
    (字, 0.0: not said in characters); line is the pitch in points when line_rule is exact or atLeast, else a multiple of one line.
    """

    style: str = ""
    align: str = "left"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    left_chars: float = 0.0
    right_chars: float = 0.0
    first_chars: float = 0.0
    line: float = 1.0
    line_rule: str = "auto"
    before: float = 0.0
    after: float = 0.0
    page_break: bool = False  # begins a new page
    keep_next: bool = False
    border_below: str = ""  # colour of a rule under the paragraph, "" none
    outline: int = 0  # 大纲级别 1 to 9, 0 none


class ProofParagraph(NamedTuple):
    """One paragraph: `index` counts from 1 over the whole document in reading order, headers and footers last.

    text: the characters in the file (tabs as \\t; tracked changes as accepted); auto: the number that Word shows before it and
    that is not among its characters (自动编号), else ""; level: of a heading or item 1 to 4, of an annex its number, else 0;
    head: how many characters of `auto + text` are heading in a run-in heading (段首标题), number included, 0 otherwise;
    sure: how sure the role is, 0.0 to 1.0; page: from 1 where the file was rendered; line: of the marked-up text.
    """

    index: int  # type: ignore[assignment]  # hides tuple.index
    text: str
    role: Role
    place: Place
    runs: tuple[ProofRun, ...] = ()
    look: ParagraphLook = ParagraphLook()
    auto: str = ""
    level: int = 0
    head: int = 0
    sure: float = 1.0
    page: int | None = None
    line: int | None = None

    @property
    def shown(self) -> str:
        """The text as a reader of the page sees it, with the automatic number."""
        return self.auto + self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofCell:
    """A cell: first row and column from 1 in the table's grid, what it spans, its text (paragraphs by \\n) and their indices."""

    row: int
    column: int
    columns: int = 1
    rows: int = 1
    text: str = ""
    paragraphs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofTable:
    """A table: `index` from 1 in reading order; `rows` hold only the cells that begin in that row.

    header: how many rows repeat on every page; caption: index of the paragraph above that names it, 0 none;
    annex: number of the annex it stands in, 0 the body; imprint: whether it is the 版记.
    """

    index: int
    rows: tuple[tuple[ProofCell, ...], ...]
    header: int = 0
    caption: int = 0
    annex: int = 0
    imprint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFooter:
    """A header or footer of a section: kind is default, even or first; page fields are written {PAGE} in `text`.

    paragraphs: indices of its paragraphs.
    """

    kind: str
    text: str
    header: bool = False
    paragraphs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofSection:
    """A section: paper and margins in mm, `first` the index of its first paragraph; grid: type of `w:docGrid`, "" none."""

    first: int
    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    footer_distance: float = 0.0
    landscape: bool = False
    title_page: bool = False  # the first page has a footer of its own
    odd_even: bool = False  # even pages have footers of their own
    grid: str = ""
    grid_pitch: float = 0.0  # points
    footers: tuple[ProofFooter, ...] = ()


class Source(StrEnum):
    """Where the document came from."""

    OURS = "本程序写成的公文"
    STRANGER = "其他程序写成的文件"
    MARKUP = "标记文本"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofDocument:
    """A whole document. `document` holds its elements as far as they were understood, in the writer's own terms.

    unplaced: indices of paragraphs whose words are in no element (版记其他, headers, text boxes …);
    remarks: what reading itself has to say (tracked changes, pictures, numbers that do not follow on).
    A document in marked-up text has the looks that our writer would give it.
    """

    file: str
    source: Source
    paragraphs: tuple[ProofParagraph, ...]
    document: Document
    tables: tuple[ProofTable, ...] = ()
    sections: tuple[ProofSection, ...] = ()
    unplaced: tuple[int, ...] = ()
    remarks: tuple[Finding, ...] = ()

    def of(self, *roles: Role) -> tuple[ProofParagraph, ...]:
        """The paragraphs of these roles, in order."""
        return tuple(paragraph for paragraph in self.paragraphs if paragraph.role in roles)

    def paragraph(self, index: int) -> ProofParagraph:
        """The paragraph of that index."""
        return self.paragraphs[index - 1]
