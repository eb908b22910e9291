"""The front matter of a paper: YAML keys that are the elements of GB/T 9704-2012, every fault found at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from model.documents import Attendance, Direction, Format, RedHead, Seal
from model.findings import Finding, Severity

Value = str | tuple[str, ...] | None
_E = TypeVar("_E", bound=StrEnum)

TEXTS = {
    "标题": "title",
    "发文机关标志": "mark",
    "发文字号": "number",
    "份号": "copy_number",
    "密级": "secrecy",
    "紧急程度": "urgency",
    "主送": "addressees",
    "附注": "note",
    "印发机关": "printed_by",
}
LISTS = {
    "发文机关": "issuers",
    "署名": "signatories",
    "职务": "signatory_posts",
    "签发人": "signers",
    "抄送": "copies_to",
}
ATTENDANCE = {"出席": "present", "请假": "excused", "列席": "observing"}
CHOICES: dict[str, tuple[str, type[StrEnum]]] = {
    "格式": ("format", Format),
    "行文": ("direction", Direction),
    "印章": ("seal", Seal),
    "红头": ("red_head", RedHead),
}
MARK = "发文机关标志"
PAGE, WIDE, UPRIGHT = "页面", "横排", "竖排"
DATES = {"成文日期": "dated", "印发日期": "printed_on"}
ANNEXES = "附件"
KEYS = (*TEXTS, *LISTS, *ATTENDANCE, *CHOICES, *DATES, ANNEXES, PAGE)
LIST_KEYS = frozenset({*LISTS, *ATTENDANCE, ANNEXES})
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})日")
_FULL_WIDTH = re.compile(r"\s*(\S+?)：")


@dataclass(slots=True)
class Elements:
    """What the front matter says: `values` are arguments of `Document`, `annexes` the names in the 附件说明."""

    values: dict[str, Any] = field(default_factory=dict)
    annexes: tuple[str, ...] = ()
    lines: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class ElementsReader:
    """Reads one front matter; `findings` collects every fault, `source` names the file in them."""

    source: str
    findings: list[Finding] = field(default_factory=list)

    def read(self, text: str, first_line: int) -> Elements:
        """The elements of a YAML text whose first line is line `first_line` of its file."""
        elements = Elements()
        attendance: dict[str, tuple[str, ...]] = {}
        for key, value, line in self._pairs(text, first_line):
            if key in elements.lines:
                self._fault(line, key, f"“{key}”写了两次（第{elements.lines[key]}行已有）", "只留一处")
                continue
            elements.lines[key] = line
            if key in ATTENDANCE:
                attendance[ATTENDANCE[key]] = self._list(value, key, line)
            elif key == MARK and isinstance(value, tuple):  # several names beside 文件 (7.2.4)
                elements.values["mark"] = "\n".join(self._list(value, key, line))
            elif key == PAGE:
                elements.values["landscape"] = self._wide(value, line)
            elif key == ANNEXES:
                elements.annexes = self._list(value, key, line)
            else:
                self._put(elements.values, key, value, line)
        if attendance:
            elements.values["attendance"] = Attendance(**attendance)
        return elements

    def _pairs(self, text: str, first_line: int) -> Iterator[tuple[str, Value, int]]:
        for key, value, line in _plain_pairs(text, first_line) or self._yaml_pairs(text, first_line):
            if key in KEYS:
                yield key, value, line
            else:
                close = get_close_matches(key, KEYS, n=1, cutoff=0.4)
                fix = f"是不是“{close[0]}”？" if close else f"可用的名称：{'、'.join(KEYS)}"
                self._fault(line, key or None, f"文件头里不认识“{key}”", fix)

    def _yaml_pairs(self, text: str, first_line: int) -> Iterator[tuple[str, Value, int]]:
        if self._full_width(text, first_line):
            return
        try:
            root = yaml.compose(text, Loader=yaml.SafeLoader)  # in Python: endless depth is an error, no crash
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            mark = getattr(error, "problem_mark", None)
            line = first_line + (mark.line if mark else 0)
            self._fault(
                line,
                None,
                "文件头读不懂",
                "每行写成“名称: 内容”，冒号用半角并空一格；内容里有冒号或井号的两边加引号，方括号要成对",
            )
            return
        if root is None:
            return
        if not isinstance(root, MappingNode):
            self._fault(first_line, None, "文件头应当每行一项", "写成“名称: 内容”")
            return
        for key_node, value in root.value:
            key = str(key_node.value).strip() if isinstance(key_node, ScalarNode) else ""
            yield key, _value(value), first_line + key_node.start_mark.line

    def _full_width(self, text: str, first_line: int) -> bool:
        """Report names followed by a full-width colon, which YAML would take for text."""
        found = False
        for offset, line in enumerate(text.split("\n")):
            match = _FULL_WIDTH.match(line)
            if match and match[1] in KEYS:
                found = True
                self._fault(first_line + offset, match[1], f"“{match[1]}”后面用了全角冒号", f"改成“{match[1]}: ”")
        return found

    def _put(self, values: dict[str, Any], key: str, value: Value, line: int) -> None:
        if key in LISTS:
            values[LISTS[key]] = self._list(value, key, line)
        elif key in TEXTS:
            values[TEXTS[key]] = self._text(value, key, line)
        elif key in CHOICES:
            name, kind = CHOICES[key]
            self._set(values, name, self._choice(value, key, line, kind))
        else:
            self._set(values, DATES[key], self._date(value, key, line))

    @staticmethod
    def _set(values: dict[str, Any], name: str, value: object) -> None:
        if value is not None:
            values[name] = value

    def _text(self, value: Value, key: str, line: int) -> str:
        if isinstance(value, str):
            return value
        if value is not None and key == "主送":
            return "，".join(self._list(value, key, line))
        self._fault(line, key, f"“{key}”应当是一段文字", f"写成“{key}: 文字”")
        return ""

    def _list(self, value: Value, key: str, line: int) -> tuple[str, ...]:
        if isinstance(value, str):
            return (value,) if value else ()
        if value is not None:
            return tuple(text for text in value if text)
        self._fault(line, key, f"“{key}”应当是一串名称", f"写成“{key}: [甲, 乙]”")
        return ()

    def _choice(self, value: Value, key: str, line: int, kind: type[_E]) -> _E | None:
        text = self._text(value, key, line)
        if not text:
            return None
        try:
            return kind(text)
        except ValueError:
            choices = "、".join(member.value for member in kind)
            self._fault(line, key, f"“{key}”不能是“{text}”", f"只能是：{choices}")
            return None

    def _wide(self, value: Value, line: int) -> bool:
        text = self._text(value, PAGE, line)
        if text not in ("", WIDE, UPRIGHT):
            self._fault(line, PAGE, f"“{PAGE}”不能是“{text}”", f"只能是：{UPRIGHT}、{WIDE}")
        return text == WIDE

    def _date(self, value: Value, key: str, line: int) -> date | None:
        text = self._text(value, key, line)
        if not text or text.startswith("【待补"):
            return None
        match = _ISO.fullmatch(text)
        parts = [int(part) for part in match.groups() if part] if match else []
        try:
            return date(*parts)
        except (TypeError, ValueError):
            why = "没有这一天" if parts else "看不出是哪一天"
            self._fault(line, key, f"“{key}”写作“{text}”，{why}", "写成 2026-03-05 或 2026年3月5日")
            return None

    def _fault(self, line: int, key: str | None, message: str, fix: str) -> None:
        self.findings.append(
            Finding(
                rule="markup-header", severity=Severity.ERROR, message=message,
                file=self.source or None, line=line, key=key, fix=fix,
            )
        )  # fmt: skip


def _value(node: Node) -> Value:
    """A node as text or texts; None for what is neither."""
    if isinstance(node, ScalarNode):
        return _scalar(node)
    if isinstance(node, SequenceNode) and all(isinstance(item, ScalarNode) for item in node.value):
        return tuple(map(_scalar, node.value))
    return None


_PLAIN = re.compile(r"(\S+): (\".*\"|\[.*\])")


def _plain_pairs(text: str, first_line: int) -> list[tuple[str, Value, int]] | None:
    """The pairs of a head as our forms write it, one JSON value a line, which is YAML too; None for any other head.

    YAML costs ten times the rest of a short paper, and a batch has a thousand of them.
    """
    pairs: list[tuple[str, Value, int]] = []
    for offset, line in enumerate(text.strip("\n").split("\n")):
        match = _PLAIN.fullmatch(line)
        try:
            value = json.loads(match[2]) if match else None
        except ValueError:
            return None
        texts = [value] if isinstance(value, str) else value
        if not match or not isinstance(texts, list) or not all(isinstance(each, str) for each in texts):
            return None
        pairs.append(
            (match[1], value.strip() if isinstance(value, str) else tuple(map(str.strip, texts)), first_line + offset)
        )
    return pairs


def _scalar(node: ScalarNode) -> str:
    """A scalar as text: `null` and `~` written plainly are empty, digits keep their zeros."""
    text = str(node.value).strip()
    return "" if node.style is None and text in ("~", "null", "Null", "NULL") else text
