"""保管期限 as an office's table suggests it (国家档案局令第8号; templates/retention.toml), with the line that it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from model.records import Retention


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: the period, the kinds of paper and the words of a title that it is for, and why."""

    retention: Retention
    kinds: tuple[str, ...]
    words: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class Table:
    """保管期限表: the first rule that fits decides."""

    rules: tuple[Rule, ...]
    rest: Rule

    def suggest(self, kind: str | None, title: str) -> tuple[Retention, str]:
        """The period and why: by the kind where the table knows it, else by words of the title, else the rest."""
        by_kind = (rule for rule in self.rules if kind and kind in rule.kinds)
        by_title = (rule for rule in self.rules if any(word in title for word in rule.words))
        rule = next(by_kind, None) or next(by_title, self.rest)
        return rule.retention, rule.basis


def read(told: Mapping[str, Any]) -> Table:
    """The table that a TOML file tells. Raises ValueError with every fault, in Chinese, a line each."""
    faults = list(_faults(told))
    if faults:
        raise ValueError("；".join(faults))
    return Table(
        tuple(map(_rule, told.get("条目", ()))), _rule(told.get("其余", {"期限": "D10", "依据": "期限表没有写"}))
    )


def _rule(told: Mapping[str, Any]) -> Rule:
    kinds, words = (tuple(told.get(key, ())) for key in ("种类", "题名含"))
    return Rule(Retention(told["期限"]), kinds, words, str(told.get("依据", "")))


def _faults(told: Mapping[str, Any]) -> Iterator[str]:
    if unknown := told.keys() - {"条目", "其余"}:
        yield f"不认识“{'、'.join(sorted(unknown))}”，只有条目和其余两种"
    rules = told.get("条目", [])
    if not isinstance(rules, list):
        yield '条目要写成 [["条目"]]'
        return
    rest = [told["其余"]] if "其余" in told else []
    for number, rule in enumerate([*rules, *rest], 1):
        where = f"第{number}条" if number <= len(rules) else "[其余]"
        if not isinstance(rule, Mapping) or rule.get("期限") not in {period.value for period in Retention}:
            yield f"{where}的期限只能写 Y、D30 或 D10"
            continue
        for key in ("种类", "题名含"):
            words = rule.get(key, [])
            if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
                yield f'{where}的{key}要写成 ["…", "…"]'
