"""The rule book (规则表): templates/rules/*.toml with its word lists, and what an office has switched off."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from generators.pages.layout import Layout, load_layout
from model.errors import FaultyInput
from model.findings import Severity
from model.rules import Authority, Rule
from templates import files

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
"""Chinese characters as a regular expression's character range."""
ARROW = " → "
_ASSERTION = re.compile(r"\(\?[^()]*\)")
_RANGE = re.compile(r"([^-])-([^-])", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Word:
    """An entry of a word list: a literal to look for first, how it begins, the expression that decides, what it becomes."""

    literal: str
    begins: tuple[str, str]
    pattern: re.Pattern[str]
    right: str


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Rules by number in the order of the tables, those switched off, and the layout to judge by."""

    rules: Mapping[str, Rule]
    layout: Layout
    off: frozenset[str] = frozenset()

    @property
    def active(self) -> tuple[Rule, ...]:
        """The rules that are not switched off."""
        return tuple(rule for number, rule in self.rules.items() if number not in self.off)

    @property
    def switched_off(self) -> tuple[Rule, ...]:
        """The rules that the office does not want applied; a report names them."""
        return tuple(rule for number, rule in self.rules.items() if number in self.off)


def load_rules(layout: Layout | None = None, off: Iterable[str] = ()) -> RuleBook:
    """The shipped rules, without those that the layout profile (`proof.off`) or the caller switches off.

    Raises FaultyInput for a number that no rule has.
    """
    layout = layout or load_layout()
    switched = frozenset((*off, *layout.section("proof")["off"].split()))
    if unknown := sorted(switched - set(_shipped())):
        remedy = "请对照 docs/proof.md 的规则表改正编号"
        raise FaultyInput("要停用的核稿规则不存在", "、".join(unknown), "规则表里没有这个编号", remedy)
    return RuleBook(_shipped(), layout, switched)


@cache
def _shipped() -> Mapping[str, Rule]:
    found: dict[str, Rule] = {}
    for path in sorted(files.path("rules").glob("*.toml")):
        for told in tomllib.loads(path.read_text(encoding="utf-8"))["rule"]:
            rule = Rule(
                number=told["number"],
                message=told["message"],
                remedy=told["remedy"],
                severity=Severity(told["severity"]),
                authority=Authority(told["source"]),
                basis=told["basis"],
                fixable=told.get("fix", False),
                pattern=told.get("pattern", ""),
                replace=told.get("replace"),
                scope=told.get("scope", "all"),
                needs=_characters(told.get("needs", "")),
            )
            if rule.number in found:
                raise ValueError(f"two rules {rule.number}")
            found[rule.number] = rule
    return MappingProxyType(found)


def _characters(told: str) -> frozenset[str]:
    """The characters of a `needs`, where 0-9 is a range as in a character class."""
    return frozenset(_RANGE.sub(lambda match: "".join(map(chr, range(ord(match[1]), ord(match[2]) + 1))), told))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A rule's pattern; %汉% stands for the Chinese characters, ^ and $ for the ends of a paragraph."""
    return re.compile(pattern.replace("%汉%", HAN), re.MULTILINE)


@cache
def any_head() -> re.Pattern[str]:
    """One expression that matches the line feed before each paragraph at whose head any rule that begins with ^ matches."""
    patterns = (rule.pattern.replace("(?P<at>", "(?:") for rule in _shipped().values())
    heads = "|".join(pattern for pattern in patterns if pattern.startswith("^"))
    named = "".join(
        sorted(set(re.findall(f"[{HAN}]", heads)))
    )  # most paragraphs begin with a character that none of them names
    return compiled(f"\n(?![%汉%](?<![{named}]))(?={heads})")


@cache
def any_sign() -> re.Pattern[str]:
    """One expression that matches any character that some rule needs."""
    return _class_of({sign for rule in _shipped().values() for sign in rule.needs})


@cache
def signs_of(number: str) -> re.Pattern[str]:
    """One expression that matches stretches of the characters that a rule needs."""
    return _class_of(_shipped()[number].needs, "+")


def _class_of(signs: Iterable[str], repeated: str = "") -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(sorted(signs)))}]{repeated}")


@cache
def any_beginning() -> re.Pattern[str]:
    """One expression that finds, as pairs of characters, where an entry of any word list might begin."""
    begins = [word.begins for path in files.path("rules", "lists").glob("*.txt") for word in words(path.stem)]
    first, second = (_class_of({pair[place] for pair in begins}).pattern for place in (0, 1))
    return re.compile(f"({first})(?=({second}))")


@cache
def words(name: str) -> tuple[Word, ...]:
    """A word list of templates/rules/lists; its entries have two characters or more."""
    lines = files.path("rules", "lists", f"{name}.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(ARROW) for line in lines if ARROW in line and not line.startswith("#"))
    literals = ((_ASSERTION.sub("", wrong), wrong, right) for wrong, right in pairs)
    return tuple(
        Word(literal, (literal[0], literal[1]), re.compile(wrong), right) for literal, wrong, right in literals
    )
