"""Chinese lines about papers proof-read: a table for each paper."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from counter.telling.base import count_of, lines
from desk.answers import proofing as a
from model.findings import Finding, Severity

_HEAD = ("轻重", "规则", "位置", "问题")
_LONGEST = 60
_GAP = 2
_MOST = {Severity.INFO: 3, Severity.WARNING: 20, Severity.ERROR: 20}
"""Findings of one rule told in the terminal, so that the many do not hide the few."""


@lines.register
def _(answer: a.Proofed) -> Iterator[str]:
    for paper in answer.papers:
        own = tuple(finding for finding in answer.findings if finding.file == str(paper.path))
        yield f"{paper.path}　{paper.title or '（没有认出标题）'}　{count_of(own)}"
        yield from _table(own)
    names = {str(paper.path) for paper in answer.papers}
    yield from _table(tuple(finding for finding in answer.findings if finding.file not in names))
    yield from _changes(answer.changes)
    for path in answer.unchanged:
        yield f"没有可以自动改正的，没有写副本　{path}"
    for failure in answer.failed:
        yield f"没有办成　{failure.which}：{failure.why}"
    for made in answer.made:
        yield f"已写成（{made.what}）　{made.path}"
    if answer.off:
        told = "、".join(f"{rule.rule}（{rule.message}）" for rule in answer.off)
        yield f"本单位停用的规则 {len(answer.off)} 条：{told}"
    yield f"用 {answer.rules} 条规则核了 {len(answer.papers)} 份：{count_of(answer.findings)}。"


def _table(found: Sequence[Finding]) -> Iterator[str]:
    found, more = _some_of_each(found)
    if not found:
        return
    rows = [_HEAD, *(_row(finding) for finding in found)]
    widths = [max(_width(row[column]) for row in rows) for column in range(3)]
    indent = " " * (sum(widths) + 2 + 3 * _GAP)
    yield f"  {_aligned(rows[0], widths)}"
    for finding, row in zip(found, rows[1:], strict=True):
        yield f"  {_aligned(row, widths)}"
        if finding.excerpt:
            yield f"{indent}原文：{_short(finding.excerpt)}"
        if finding.fix and finding.severity is not Severity.INFO:
            yield f"{indent}改法：{finding.fix}"
    for (severity, rule), count in more.items():
        yield f"  {severity.chinese}  {rule} 另有 {count} 处同样的，--json 或 --report 可以看全"


def _some_of_each(found: Sequence[Finding]) -> tuple[list[Finding], Counter[tuple[Severity, str]]]:
    """The first findings of each rule, and how many of each were left out."""
    kept: list[Finding] = []
    seen: Counter[str] = Counter()
    more: Counter[tuple[Severity, str]] = Counter()
    for finding in found:
        seen[finding.rule] += 1
        if seen[finding.rule] > _MOST[finding.severity]:
            more[finding.severity, finding.rule] += 1
        else:
            kept.append(finding)
    return kept, more


def _row(finding: Finding) -> tuple[str, ...]:
    where = [f"第{finding.page}页"] if finding.page else []
    where += [f"第{finding.line}行"] if finding.line else []
    where += [finding.subject] if finding.subject else []
    return finding.severity.chinese, finding.rule, " ".join(where) or "全文", finding.message


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    told = "".join(f"{text}{' ' * (wide - _width(text) + _GAP)}" for text, wide in zip(row, widths, strict=False))
    return told + row[3]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}…"


def _changes(changes: Sequence[a.CorrectionLine]) -> Iterator[str]:
    if changes:
        yield f"改正了 {len(changes)} 处："
    for change in changes:
        where = (
            f"第{change.page}页" if change.page else f"第{change.line}行" if change.line else f"第{change.paragraph}段"
        )
        yield f"  {Path(change.file).name}　{where}（{change.rule}）：“{change.before}”改为“{change.after}”"
