"""How answers and errors are told as Chinese lines: the parts that all trades share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatch
from importlib import import_module

from desk.answers import base as a
from model.errors import FaultyInput, JuanzongError
from model.findings import Finding, Severity
from model.records import Damage


@singledispatch
def lines(answer: a.Answer) -> Iterator[str]:
    """The lines a clerk reads. How a trade tells its answers is loaded when the first of them is told."""
    kind = type(answer)
    if lines.dispatch(kind) is lines.dispatch(object):
        import_module(f"counter.telling.{kind.__module__.rpartition('.')[2]}")
    if lines.dispatch(kind) is lines.dispatch(object):
        raise TypeError(kind)
    return lines(answer)


def error_lines(error: JuanzongError) -> Iterator[str]:
    """One line that says what, which, why and what to do next; the findings of a faulty input before it."""
    if isinstance(error, FaultyInput):
        yield from findings(f for f in error.findings if isinstance(f, Finding))
    yield f"{error}"


def findings(found: Iterable[Finding]) -> Iterator[str]:
    """Findings, a line each, with what would be right below."""
    for finding in found:
        where = "".join(
            (
                f"{finding.file}：" if finding.file else "",
                f"第{finding.line}行" if finding.line else "",
                f"（{finding.key}）" if finding.key else "",
            )
        )
        subject = f"【{finding.subject}】" if finding.subject else ""
        yield f"  {finding.severity.chinese}  {where}{'　' if where else ''}{subject}{finding.message}"
        if finding.fix:
            yield f"        改法：{finding.fix}"


def count_of(found: Iterable[Finding]) -> str:
    """How many errors, warnings and remarks: 2 处错误、1 处提醒."""
    found = tuple(found)
    told = [
        f"{number} 处{severity.chinese}"
        for severity in Severity
        if (number := sum(finding.severity is severity for finding in found))
    ]
    return "、".join(told) or "没有发现问题"


def damage(damaged: Iterable[Damage]) -> Iterator[str]:
    """Damaged things, a loud line each."""
    for harm in damaged:
        yield f"受损！　{harm.record}　{harm.path}：{harm.why}"
