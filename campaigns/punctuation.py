"""Full-width punctuation where YAML wants half-width: keys, colons, dates, brackets (全角标点)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from campaigns.faults import error
from model.findings import Finding

_KEY = re.compile(r"^\s*(?:-\s*)?([a-z_Ａ-Ｚａ-ｚ＿]+)\s*：")
_INSIDE = re.compile(r"(?<=[{,])\s*([a-z_]+)\s*：\s*")
_WIDE_KEY = re.compile(r"^\s*(?:-\s*)?([Ａ-Ｚａ-ｚ＿]+)\s*:")
_BRACKET = re.compile(r"^\s*(?:-\s*)?([A-Za-z_]+)\s*[:：]\s*([［｛【])")
_LISTS = "addressees standards lead support applies_to method evidence actions outputs from to sign columns five forms"
_LISTS += " categories statuses rules items members aliases assumed units stages areas goals basis"
"""Keys whose value is a list: before other values 【 is only text."""
_HALF = str.maketrans("［］【】｛｝，", "[][]{},")
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
        for inner in _INSIDE.finditer(line):
            fix = f"请写成 {inner[1]}: （英文冒号，后面空一格）"
            yield error("fullwidth", f"键 {inner[1]} 后面用了全角冒号“：”", fix, file, number, inner[1])
        if match := _bracket(line):
            fix = "请改用英文的 [ ] 或 { }"
            yield error("fullwidth", f"列表用了全角括号“{match[2]}”", fix, file, number, match[1])
        if _COMMENT.match(line):
            yield error("fullwidth", "注释用了全角井号“＃”", "请改用英文的 #", file, number, None)
        if _DASH.match(line):
            yield error("fullwidth", "列表项用了全角横线", "请改用英文的 - ，后面空一格", file, number, None)


def repaired(text: str) -> str:
    """The text with its structure in half-width, line for line: what else is wrong can then be found too."""
    return "\n".join(_repaired(line) for line in text.splitlines()) + "\n"


def _repaired(line: str) -> str:
    for pattern in (_KEY, _WIDE_KEY):
        if match := pattern.match(line):
            line = line[: match.start(1)] + _half(match[1]) + ": " + line[match.end() :].lstrip()
    line = _INSIDE.sub(lambda match: f" {match[1]}: ", line)
    if _bracket(line):
        line = line.translate(_HALF)
    if _COMMENT.match(line):
        line = line.replace("＃", "#", 1)
    if _DASH.match(line):
        line = re.sub("[－—]", "- ", line, count=1)
    return line


def _bracket(line: str) -> re.Match[str] | None:
    match = _BRACKET.match(line)
    return match if match and (match[2] != "【" or match[1] in _LISTS.split()) else None


def _half(text: str) -> str:
    return "".join(chr(ord(ch) - 0xFEE0) if "！" <= ch <= "～" else ch for ch in text)
