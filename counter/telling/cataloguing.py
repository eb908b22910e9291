"""Catalogues and boxes told."""

from __future__ import annotations

from collections.abc import Iterator

from counter.telling.base import lines
from desk.answers import cataloguing as a
from model.records import Retention


@lines.register
def _(answer: a.Printed) -> Iterator[str]:
    for path in answer.paths:
        yield f"已写出　{path}"


@lines.register
def _(answer: a.Boxed) -> Iterator[str]:
    for box in answer.boxes:
        shelf = box.shelf
        kind = (
            f"{shelf.year}年 {Retention(shelf.retention).chinese}{f' {shelf.department}' if shelf.department else ''}"
        )
        checked = f"，{box.checked_by}检查" if box.checked_by else ""
        note = f"　备考：{box.note}" if box.note else ""
        yield f"第 {box.number} 盒　{kind}　件号 {box.first:04d}—{box.last:04d}（{box.arranged_by}整理{checked}）{note}"
    yield f"共 {len(answer.boxes)} 盒。" if answer.boxes else "没有要装的件，也没有新盒。"
    if answer.loose:
        yield f"还有 {answer.loose} 件没有装盒：juanzong box fill"
