"""Registers told."""

from __future__ import annotations

from collections.abc import Iterator

from counter.telling.base import findings, lines
from desk.answers import registering as a
from model.registers import Book, Registration
from model.wording import chinese_date


@lines.register
def _(answer: a.Issued) -> Iterator[str]:
    yield f"已发文　{answer.number}　{answer.title}"
    yield f"        定稿 {answer.path}（已锁定）"
    yield f"        归档为 {answer.code}"
    yield from findings(answer.findings)


@lines.register
def _(answer: a.Received) -> Iterator[str]:
    if answer.held:
        known = f"（{answer.number}）" if answer.number else ""
        yield f"库里已有同一文件{known}：{answer.code}《{answer.title}》，没有再登记。"
        return
    yield f"已收文　{answer.number}　{answer.title}"
    yield f"        归档为 {answer.code}"
    yield from findings(answer.findings)


@lines.register
def _(answer: a.Registered) -> Iterator[str]:
    for entry in answer.registrations:
        yield _entry(entry)
    yield from findings(answer.findings)
    if not answer.registrations:
        yield "没有登记项。"
    elif len(answer.registrations) > 1:
        yield f"共 {len(answer.registrations)} 项。"


def _entry(entry: Registration) -> str:
    said = f"作废：{entry.voided}" if entry.voided else "、".join(step.name for step in entry.steps)
    until = f"　{entry.fact('办理期限')}前办结" if entry.book is Book.INCOMING and entry.fact("办理期限") else ""
    return f"{entry.text}　{chinese_date(entry.on)}　{entry.title}（{said}）{until}"


@lines.register
def _(answer: a.BookWritten) -> Iterator[str]:
    yield f"已写出　{answer.title}（{answer.rows} 行）：{answer.path}"
