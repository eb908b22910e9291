"""Full-width punctuation where YAML wants half-width: keys, colons, dates, brackets (全角标点)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from campaigns.faults import error
from model.findings import Finding

_KEY = re.compile(r"^\s*(?:-\s*)?([A-Za-z_Ａ-Ｚａ-ｚ＿]+)\s*：")
_WIDE_KEY = re.compile(r"^\s*(?:-\s*)?([Ａ-Ｚａ-ｚ＿]+)\s*:")
_BRACKET = re.compile(r"^\s*(?:-\s*)?([A-Za-z_]+)\s*[:：]\s*([［｛【])")
_COMMENT = re.compile(r"^\s*＃")
_DASH = re.compile(r"^\s*[－—]\s*([A-Za-z_{\[])")


def findings(text: str, file: str) -> Iterator[Finding]:
    """A finding for every line whose structure is written with full-width punctuation."""
    for number, line in enumerate(text.splitlines(), 1):
        if match := _KEY.match(line):
            fix = f"请写成 {_half(match[1])}: （英文冒号，后面空一格）"
            yield error("fullwidth", f"键 {match[1]} 后面用了全角冒号“：”", fix, file, number, match[1])
        elif match := _WIDE_KEY.match(line):
            yield error("fullwidth", f"键 {match[1]} 用了全角字母", f"请写成 {_half(match[1])}", file, number, match[1])
        if match := _BRACKET.match(line):
            fix = "请改用英文的 [ ] 或 { }"
            yield error("fullwidth", f"列表用了全角括号“{match[2]}”", fix, file, number, match[1])
        if _COMMENT.match(line):
            yield error("fullwidth", "注释用了全角井号“＃”", "请改用英文的 #", file, number, None)
        if _DASH.match(line):
            yield error("fullwidth", "列表项用了全角横线", "请改用英文的 - ，后面空一格", file, number, None)


def _half(text: str) -> str:
    return "".join(chr(ord(ch) - 0xFEE0) if "！" <= ch <= "～" else ch for ch in text)
