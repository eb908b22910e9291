"""Findings: what a check has to say about a paper, a definition, an archive or a campaign."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs; only `ERROR` makes a command end with exit code 1 or 3."""

    ERROR = "error"  # 错误
    WARNING = "warning"  # 提醒
    INFO = "info"  # 说明

    @property
    def chinese(self) -> str:
        """The word a clerk reads."""
        return {"error": "错误", "warning": "提醒", "info": "说明"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One remark (发现): rule, weight, wording and place.

    rule: the rule's number or name; message: what is wrong, in Chinese; fix: what would be right.
    line counts from 1, page from 1, paragraph from 1; key is a dotted path (`stages[2].end`);
    subject names the record, unit or requirement; excerpt quotes the text found fault with.
    """

    rule: str
    severity: Severity
    message: str
    file: str | None = None
    line: int | None = None
    key: str | None = None
    subject: str | None = None
    page: int | None = None
    paragraph: int | None = None
    excerpt: str | None = None
    fix: str | None = None


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding is of error severity."""
    return any(finding.severity is Severity.ERROR for finding in findings)
