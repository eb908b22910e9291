"""The life of a paper against what was recorded of it: a step left out, or out of order, is a finding, not a wall."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from model.findings import Finding, Severity
from model.registers import INCOMING_LIFE, OUTGOING_LIFE, Book, Registration

_OPTIONAL = {"会签", "传阅", "催办", "答复", "初审", "签收"}
"""Steps that not every paper takes: 会签 only of several organs, 催办 only when it is late …"""

DEADLINE = "办理期限"
"""The column of 收文登记簿 that says until when."""


def findings(entries: Iterable[Registration], on: date) -> Iterator[Finding]:
    """What is lacking in the life of these papers on a day; void numbers lack nothing."""
    for entry in entries:
        if not entry.voided and entry.book is not Book.NUMBERS:
            yield from _left_out(entry)
            yield from _out_of_order(entry)
            yield from _late(entry, on)


def missing_steps(entry: Registration) -> tuple[str, ...]:
    """Steps that every paper of its book takes and that nobody recorded."""
    life = OUTGOING_LIFE if entry.book is Book.OUTGOING else INCOMING_LIFE
    done = {step.name for step in entry.steps} | ({"归档"} if entry.record else set())
    return tuple(name for name in life if name not in done and name not in _OPTIONAL)


def _left_out(entry: Registration) -> Iterator[Finding]:
    if lacking := missing_steps(entry):
        fix = f"做过的请补记：juanzong register step {entry.text} {lacking[0]} --who 姓名"
        told = f"没有记载{'、'.join(lacking)}"
        yield Finding(rule="life-step", severity=Severity.WARNING, message=told, subject=entry.text, fix=fix)


def _out_of_order(entry: Registration) -> Iterator[Finding]:
    life = OUTGOING_LIFE if entry.book is Book.OUTGOING else INCOMING_LIFE
    recorded = [(name, step.on) for name in life if (step := entry.step(name))]
    for (before, earlier), (name, day) in pairwise(recorded):
        if day < earlier and name not in _OPTIONAL and before not in _OPTIONAL:
            told = f"{name}（{day.isoformat()}）早于{before}（{earlier.isoformat()}）"
            yield Finding(rule="life-order", severity=Severity.WARNING, message=told, subject=entry.text)


def until(entry: Registration) -> date | None:
    """Until when a paper is to be dealt with; None once it is, or where nobody set a day."""
    told = entry.fact(DEADLINE)
    return date.fromisoformat(told) if told and not entry.step("办结") and not entry.voided else None


def _late(entry: Registration, on: date) -> Iterator[Finding]:
    day = until(entry)
    if day and day < on:
        told = f"《{entry.title}》应于{day.isoformat()}前办结，已逾期{(on - day).days}天"
        fix = f"办完后登记：juanzong register step {entry.text} 办结 --who 姓名"
        yield Finding(rule="life-late", severity=Severity.WARNING, message=told, subject=entry.text, fix=fix)
