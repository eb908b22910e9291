"""What folder and file names say of old papers (templates/intake.toml): year, kind and department; and which files are no papers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one office: patterns of a year, words to kind, words to 机构（问题）代码, names that are no papers."""

    years: tuple[re.Pattern[str], ...]
    kinds: tuple[tuple[str, tuple[str, ...]], ...]
    departments: tuple[tuple[str, tuple[str, ...]], ...]
    passed_over: tuple[str, ...]

    def is_no_paper(self, name: str) -> bool:
        """Whether a file of this name is a lock file, a system's or an unfinished one."""
        return any(fnmatchcase(name.lower(), pattern.lower()) for pattern in self.passed_over)

    def year(self, names: Sequence[str]) -> int | None:
        """The year in the first of these names that has one; `names` from the file's outwards."""
        for name in names:
            for pattern in self.years:
                if found := pattern.search(name):
                    return int(found[1])
        return None

    def kind(self, names: Sequence[str]) -> str | None:
        """The kind of paper that the first telling name tells."""
        return _first(self.kinds, names)

    def department(self, names: Sequence[str]) -> str | None:
        """The 机构（问题）代码 that the first telling name tells."""
        return _first(self.departments, names)


def _first(rules: Iterable[tuple[str, tuple[str, ...]]], names: Sequence[str]) -> str | None:
    rules = tuple(rules)
    return next((what for name in names for what, words in rules if any(word in name for word in words)), None)


def longest_named(names: Sequence[str], candidates: Mapping[str, str]) -> str | None:
    """What the longest of these candidates stands for that is part of a name, the first such name deciding.

    `candidates` gives names and aliases of units with the unit's id; 第一中学 wins over 一中 where both stand in the name.
    """
    for name in names:
        held = [candidate for candidate in candidates if candidate in name]
        if held:
            return candidates[max(held, key=len)]
    return None


def read(told: Mapping[str, Any]) -> Rules:
    """The rules that a TOML file tells. Raises ValueError with every fault, in Chinese."""
    faults = list(_faults(told))
    if faults:
        raise ValueError("；".join(faults))
    return Rules(
        years=tuple(re.compile(pattern) for pattern in told.get("年度", ())),
        kinds=tuple((rule["种类"], tuple(rule["词"])) for rule in told.get("种类", ())),
        departments=tuple((rule["代码"], tuple(rule["词"])) for rule in told.get("机构", ())),
        passed_over=tuple(told.get("略过", ())),
    )


def _faults(told: Mapping[str, Any]) -> Iterator[str]:
    if unknown := told.keys() - {"年度", "种类", "机构", "略过"}:
        yield f"不认识“{'、'.join(sorted(unknown))}”"
    for key in ("年度", "略过"):
        if not _texts(told.get(key, [])):
            yield f'{key}要写成 ["…", "…"]'
    for pattern in told.get("年度", []) if _texts(told.get("年度", [])) else []:
        yield from _pattern_faults(pattern)
    for key, name in (("种类", "种类"), ("机构", "代码")):
        rules = told.get(key, [])
        if not isinstance(rules, list) or not all(isinstance(rule, Mapping) for rule in rules):
            yield f'{key}要写成 [["{key}"]]'
            continue
        for number, rule in enumerate(rules, 1):
            if not isinstance(rule.get(name), str) or not _texts(rule.get("词")):
                yield f"第{number}条{key}要有{name}和词"


def _pattern_faults(pattern: str) -> Iterator[str]:
    try:
        if re.compile(pattern).groups < 1:
            yield f"年度的写法“{pattern}”里要有一对括号"
    except re.error as error:
        yield f"年度的写法“{pattern}”不是正则表达式：{error}"


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) and text for text in value)
