"""Text out of a file: pages, blocks and the state the reading ended in."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, table row or the like; `place` says where on its page (表1第5行), else empty."""

    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page, sheet or archive member; `label` is what a person calls it (第3页, 工作表“台账”)."""

    label: str
    blocks: tuple[TextBlock, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """What was read from one file; `why` explains a state other than OK; `reader` names the format that was read."""

    state: TextState
    pages: tuple[TextPage, ...] = ()
    why: str = ""
    reader: str = ""

    @property
    def plain(self) -> str:
        """All text, blocks parted by line breaks, pages by form feeds."""
        return "\f".join("\n".join(block.text for block in page.blocks) for page in self.pages)
