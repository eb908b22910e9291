"""Text out of a file: pages, blocks and the state the reading ended in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class TextState(StrEnum):
    """How reading a file ended."""

    OK = "ok"
    EMPTY = "empty"  # 没有文字
    ENCRYPTED = "encrypted"  # 加密
    UNREADABLE = "unreadable"  # 损坏或无法识别
    LIMIT = "limit"  # 超出时间或内存限制
    CRASHED = "crashed"  # 解析程序崩溃

    @property
    def chinese(self) -> str:
        """The words a clerk reads."""
        return {
            "ok": "已读出",
            "empty": "没有文字",
            "encrypted": "有密码",
            "unreadable": "读不出",
            "limit": "超出限制",
            "crashed": "解析出错",
        }[self.value]


class PageState(StrEnum):
    """Where the words of a page come from, or why it has none."""

    TEXT = "text"  # 文件自己的文字
    OCR = "ocr"  # 识别出来的文字，不是原文
    IMAGE = "image"  # 只有图像，没有识别
    GARBLED = "garbled"  # 字体没有编码表，读出来的不是字
    BLANK = "blank"  # 空白

    @property
    def chinese(self) -> str:
        """The words a clerk reads."""
        return {"text": "文字", "ocr": "识别", "image": "图像", "garbled": "乱码", "blank": "空白"}[self.value]


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, table row or line. `place` says where on its page (表1第5行, 附件2，表1第5行), else empty."""

    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page, sheet or slide, its blocks in reading order.

    label: what a person calls it (第3页, 工作表“台账”), empty where the format knows no pages.
    state, score: where the words come from; the score of OCR is its mean certainty, 0 to 1, None elsewhere.
    member: path inside a .zip, .eml or .ofd (`报送/附件1.docx`; a folder's mark is `/`), empty for the file itself.
    beside: stands beside the text, not in it (页眉, 页脚, 脚注, 批注).
    """

    label: str
    blocks: tuple[TextBlock, ...]
    state: PageState = PageState.TEXT
    score: float | None = None
    member: str = ""
    beside: bool = False

    @property
    def where(self) -> str:
        """Member and label as a person says them: 报送/附件1.docx，第3页."""
        return "，".join(part for part in (self.member, self.label) if part)


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a file (包内文件) and how reading it ended; its pages stand among the pages of the whole."""

    path: str
    state: TextState
    why: str = ""
    reader: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """What was read from one file.

    why: explains a state other than OK, or what is lacking of a text that is OK (第3页是扫描图像).
    reader: the format that was read (docx, pdf, …).
    members: the files inside it, whether they could be read or not.
    remarks: what else should be known of the file (含宏, 内嵌对象); nothing of that is ever run.
    """

    state: TextState
    pages: tuple[TextPage, ...] = ()
    why: str = ""
    reader: str = ""
    members: tuple[Member, ...] = ()
    remarks: tuple[str, ...] = ()

    def of_member(self, path: str) -> Text:
        """A member as if it had been read by itself; raises KeyError when there is none of that path."""
        for member in self.members:
            if member.path == path:
                pages = tuple(replace(page, member="") for page in self.pages if page.member == path)
                return Text(member.state, pages, member.why, member.reader)
        raise KeyError(path)

    @property
    def plain(self) -> str:
        """All text, blocks parted by line breaks, pages by form feeds."""
        return "\f".join("\n".join(block.text for block in page.blocks) for page in self.pages)
