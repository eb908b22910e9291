"""YAML with the line of every key; what could harm (aliases, tags, duplicate keys) is a finding."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.scalarstring import FoldedScalarString

from campaigns.faults import error
from model.findings import Finding

_BETWEEN = re.compile(
    "(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”]) +(?=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”])"
)


class _Constructor(RoundTripConstructor):
    """Days stay texts: whether there is such a day is ours to say; a key given twice is noted and reading goes on."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.twice: list[tuple[str, int]] = []

    def check_mapping_key(self, node: Any, key_node: Any, mapping: Any, key: Any, value: Any) -> bool:  # noqa: ARG002 – ruamel's signature
        """Whether the key is new; the first of two stands."""
        if key in mapping:
            self.twice.append((str(key), key_node.start_mark.line + 1))
            return False
        return True


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", RoundTripConstructor.construct_scalar)


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
    yaml = YAML(typ="rt", pure=True)
    try:
        events = (
            yaml.parse(text) if "*" in text else ()
        )  # without the sign there is none, and reading twice takes twice as long
        pointing = [event.start_mark.line + 1 for event in events if isinstance(event, AliasEvent)]
        if pointing:
            fix = "请把重复的内容写全，不要用 * 引用；值以 * 开头的，请加英文双引号"
            return None, (error("yaml", "用了 YAML 的引用（*）", fix, file, pointing[0], None),)
        yaml = YAML(typ="rt", pure=True)
        yaml.Constructor = _Constructor
        loaded = yaml.load(text)
    except MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = mark.line + 1 if mark else None
        return None, (error("yaml", _told(problem), _remedy(problem), file, line, None),)
    except (YAMLError, ValueError, RecursionError) as problem:
        return None, (error("yaml", f"读不懂这份 YAML：{problem}", "请照示例的写法改正", file, None, None),)
    if not isinstance(loaded, CommentedMap):
        fix = "第一行应当是 format: campaign/1"
        return None, (error("yaml", "整份文件应当是“键: 值”的形式", fix, file, 1, None),)
    lines: dict[tuple[str | int, ...], int] = {}
    value = _plain(loaded, (), lines)
    fix = "请删去其中一个"
    twice = sorted(set(yaml.constructor.twice))
    return Tree(value, lines), tuple(error("yaml", f"同一个键 {key} 写了两次", fix, file, at, key) for key, at in twice)


def _plain(node: Any, path: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]) -> Any:
    if isinstance(node, CommentedMap):
        for key in node:
            lines[(*path, str(key))] = node.lc.key(key)[0] + 1
        return {str(key): _plain(value, (*path, str(key)), lines) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        for index in range(len(node)):
            lines[(*path, index)] = node.lc.item(index)[0] + 1
        return [_plain(value, (*path, index), lines) for index, value in enumerate(node)]
    if isinstance(node, FoldedScalarString):  # YAML joins folded lines by a blank, which Chinese does not have
        return _BETWEEN.sub("", str(node))
    if isinstance(node, str):
        return str(node)
    if isinstance(node, bool) or node is None:
        return node
    if isinstance(node, int):
        return int(node)
    return float(node) if isinstance(node, float) else node


def _told(problem: MarkedYAMLError) -> str:
    words = f"{problem.context or ''} {problem.problem or ''}"
    if "duplicate key" in words:
        return f"同一个键写了两次：{words.split(chr(34))[1] if chr(34) in words else ''}"
    if "tab" in words or "\\t" in words:
        return "用了制表符（Tab）缩进"
    if "mapping values are not allowed" in words:
        return "冒号用得不对：值里含有“: ”，或者缩进不齐"
    if "could not find expected ':'" in words:
        return "这一行缺少“: ”"
    if "expected <block end>" in words:
        return "缩进不齐"
    return f"写法不合 YAML 的规矩（{problem.problem}）"


def _remedy(problem: MarkedYAMLError) -> str:
    words = f"{problem.context or ''} {problem.problem or ''}"
    if "tab" in words or "\\t" in words:
        return "请改用空格缩进，每级两个"
    if "mapping values" in words:
        return "请给整个值加上英文双引号，并对齐缩进"
    if "duplicate" in words:
        return "请删去其中一个"
    return "请检查这一行和上一行的缩进、冒号（英文冒号加一个空格）和引号"
