"""The rules of proof-reading (核稿规则) and what is done about a fault, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from model.findings import Severity


class Authority(StrEnum):
    """Where a rule comes from: only a clause (规定) may make an error of form; custom (惯例) says so."""

    CLAUSE = "规定"
    CUSTOM = "惯例"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One numbered rule.

    message: what is wrong; remedy: what would be right; basis: standard and clause, or the custom;
    fixable: whether `--fix` may mend it; pattern: a regular expression, "" where a function judges;
    replace: what the pattern's match becomes, None when only a person can say; scope: which paragraphs it reads;
    needs: a document without any of these characters cannot break the rule; none: it always can.
    """

    number: str
    message: str
    remedy: str
    severity: Severity
    authority: Authority
    basis: str
    fixable: bool = False
    pattern: str = ""
    replace: str | None = None
    scope: str = "all"
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One correction (改动) in paragraph `index`: its characters start to end, which are `old`, become `new`.

    before, after: the same with some words around, for a person; changes of one paragraph follow each other,
    so that start and end count in the text as the ones before have left it.
    """

    index: int
    start: int
    end: int
    old: str
    new: str
    rule: str
    before: str
    after: str
