"""YAML with the line of every key; what could harm (aliases, tags, duplicate keys) is a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from campaigns.faults import error
from model.findings import Finding

_BETWEEN = re.compile(
    "(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”]) +(?=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”])"
)
_DEEPEST = 40
"""Levels of a definition; libyaml would go down a stair without end."""
_TAG = "tag:yaml.org,2002:"
_NULL, _BOOL = ("", "~", "null", "Null", "NULL"), {"true": True, "false": False}
_INT, _FLOAT = re.compile(r"[-+]?(?:0|[1-9]\d*)"), re.compile(r"[-+]?(?:\d+\.\d*|\.\d+)(?:[eE][-+]?\d+)?")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # libyaml reads twenty times as fast
    """Gives nodes only: what a plain scalar means is decided here, by YAML 1.2 (no 是 from yes, no time from 8:30)."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


@dataclass(frozen=True, slots=True)
class Tree:
    """Plain dicts, lists and scalars, and the line (from 1) of every path of keys and indexes."""

    value: dict[str, Any]
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)

    def line(self, path: tuple[str | int, ...]) -> int | None:
        """The line of a path, or of the nearest thing above it."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return None


def load(text: str, file: str) -> tuple[Tree | None, tuple[Finding, ...]]:
    """Read one YAML document; None with the findings that say why not."""
    try:
        if refused := _refused(text, file):
            return None, (refused,)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        told, fix = _told(problem, text)
        return None, (error("yaml", told, fix, file, mark.line + 1 if mark else None, None),)
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        position = getattr(problem, "position", None)
        line = text.count("\n", 0, position) + 1 if isinstance(position, int) else None
        fix = "多半是从别处粘贴来的控制字符，请删去重写这一处"
        return None, (error("yaml", "有 YAML 不认识的字符", fix, file, line, None),)
    if not isinstance(root, MappingNode):
        fix = "第一行应当是 format: campaign/1"
        return None, (error("yaml", "整份文件应当是“键: 值”的形式", fix, file, 1, None),)
    reader = _Reader(file)
    value = reader.plain(root, ())
    return Tree(value, reader.lines), tuple(dict.fromkeys(reader.findings))


def _refused(text: str, file: str) -> Finding | None:
    """What is not read at all, found without building anything of it: aliases and endless depth."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            fix = "请把重复的内容写全，不要用 * 引用；值以 * 开头的，请加英文双引号"
            return error("yaml", "用了 YAML 的引用（*）", fix, file, _line(event), None)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            fix = "请照示例的写法改正"
            return error("yaml", f"一层套一层，超过 {_DEEPEST} 层", fix, file, _line(event), None)
    return None


def _line(part: Node | yaml.Event) -> int:
    return part.start_mark.line + 1 if part.start_mark else 1


class _Reader:
    """Nodes as plain values; `lines` and `findings` are gathered on the way."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.lines: dict[tuple[str | int, ...], int] = {}
        self.findings: list[Finding] = []

    def plain(self, node: Node, path: tuple[str | int, ...]) -> Any:
        """The value of a node that stands at this path."""
        if isinstance(node, MappingNode):
            return {key: self.plain(value, (*path, key)) for key, value in self._pairs(node, path)}
        if isinstance(node, SequenceNode):
            self.lines.update({(*path, index): _line(item) for index, item in enumerate(node.value)})
            return [self.plain(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._scalar(node) if isinstance(node, ScalarNode) else None

    def _pairs(self, node: MappingNode, path: tuple[str | int, ...]) -> Iterator[tuple[str, Node]]:
        """Keys with their values; a key given twice is noted, and the first of two stands."""
        seen = set()
        for key_node, value in node.value:
            key, line = str(key_node.value) if isinstance(key_node, ScalarNode) else "？", _line(key_node)
            if key in seen:
                self._fault(f"同一个键 {key} 写了两次", "请删去其中一个", line, key)
                continue
            if not isinstance(key_node, ScalarNode):
                self._fault("键应当是一个词", "写成“键: 值”", line, None)
            seen.add(key)
            self.lines[(*path, key)] = line
            yield key, value

    def _scalar(self, node: ScalarNode) -> Any:
        text = str(node.value)
        if node.tag not in (f"{_TAG}str", f"{_TAG}int", f"{_TAG}float", f"{_TAG}bool", f"{_TAG}null"):
            self._fault(
                f"用了 YAML 的标签（{node.tag.removeprefix(_TAG)}）",
                "请删去以 ! 开头的部分",
                _line(node),
                None,
            )
        if node.style == ">":  # YAML joins folded lines by a blank, which Chinese does not have
            return _BETWEEN.sub("", text)
        if node.style:
            return text
        if text in _NULL:
            return None
        if text.lower() in _BOOL:
            return _BOOL[text.lower()]
        return int(text) if _INT.fullmatch(text) else float(text) if _FLOAT.fullmatch(text) else text

    def _fault(self, message: str, fix: str, line: int, key: str | None) -> None:
        self.findings.append(error("yaml", message, fix, self._file, line, key))


_FAULTS = (
    (
        "mapping values are not allowed",
        "冒号用得不对：值里含有“: ”，或者缩进不齐",
        "请给整个值加上英文双引号，并对齐缩进",
    ),
    ("could not find expected ':'", "这一行缺少“: ”", "请检查这一行和上一行的冒号（英文冒号加一个空格）"),
    ("',' or '", "方括号、花括号没有成对，或者里面少了逗号", "请检查这一行和上一行的 [ ] { } 和英文逗号"),
    ("end of stream", "引号没有成对", "请检查这一行以后的英文引号"),
    ("escape", "双引号里的反斜杠写法不对", "请改用英文单引号，或者删去反斜杠"),
    ("block end", "缩进不齐", "请检查这一行和上一行的缩进，同一级对齐"),
    ("did not find expected key", "缩进不齐", "请检查这一行和上一行的缩进，同一级对齐"),
    ("'-' indicator", "缩进不齐", "请检查这一行和上一行的缩进，同一级对齐"),
    ("document", "一个文件里有几份 YAML（---）", "请只留一份"),
)
"""What libyaml and its Python twin say, what a clerk is told, and the remedy."""


def _told(problem: yaml.MarkedYAMLError, text: str) -> tuple[str, str]:
    words, mark = f"{problem.context or ''} {problem.problem or ''}", problem.problem_mark
    here = text.split("\n")[mark.line][mark.column :][:1] if mark and mark.line <= text.count("\n") else ""
    if here == "\t" or "tab" in words:
        return "用了制表符（Tab）缩进", "请改用空格缩进，每级两个"
    if "cannot start any token" in words:
        return f"值不能以“{here}”开头", "请给整个值加上英文双引号"
    for sign, told, fix in _FAULTS:
        if sign in words:
            return told, fix
    return "写法不合 YAML 的规矩", "请检查这一行和上一行的缩进、冒号（英文冒号加一个空格）和引号"
