"""Totals in work tables (合计、小计) against the rows above them: a difference is named before an inspector finds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from generators.pages.tables import placed_rows
from model.documents import Cell, Document, Table
from model.findings import Finding, Severity

_TOTAL = re.compile(r"\s*(?:合\s*计|总\s*计|共\s*计)\s*[:：]?\s*")
_PART = re.compile(r"\s*小\s*计\s*[:：]?\s*")
_FIGURE = re.compile(r"\s*(-?\d[\d,，]*(?:\.\d+)?)\s*(?:个|处|条|人|所|次|份|元|万元|项|家|起|名|间|栋|台|辆)?\s*")
_NOTHING = frozenset(("", "—", "-", "／", "/", "无"))


def find_totals(document: Document) -> tuple[Finding, ...]:
    """A warning for every figure of a total that is not the sum of its rows."""
    bodies = (document.body, *(annex.body or () for annex in document.annexes))
    tables = (block for body in bodies for block in body if isinstance(block, Table))
    return tuple(finding for table in tables for finding in _odd(table))


def _odd(table: Table) -> Iterator[Finding]:
    grid = placed_rows(table.rows)
    heads = placed_rows(table.header)
    for column in range(max(map(len, grid), default=0)):
        for what, written, summed in _column(grid, column):
            name = heads[-1][column].text if heads and column < len(heads[-1]) else f"第{column + 1}列"
            message = f"表格“{name}”一列的{what}写的是 {written}，各行相加是 {summed}"
            fix = "核对各行数字，改正合计或者漏填的行"
            yield Finding(
                rule="total", severity=Severity.WARNING, message=message, subject=table.caption or None, fix=fix
            )


def _column(grid: list[list[Cell]], column: int) -> Iterator[tuple[str, Decimal, Decimal]]:
    """What does not add up in a column: which total, the figure written, the sum. Columns with other entries are no sums."""
    whole = part = Decimal(0)
    rows = 0
    found: list[tuple[str, Decimal, Decimal]] = []
    for row in grid:
        text = row[column].text if column < len(row) else ""
        kind = _kind(row)
        figure = _figure(text)
        if figure is None:
            if text.strip() not in _NOTHING and not kind:
                return
            continue
        if not kind:
            whole, part, rows = whole + figure, part + figure, rows + 1
        elif rows:
            summed = part if kind == "小计" else whole
            if figure != summed:
                found.append((kind, figure, summed))
        if kind == "小计":
            part = Decimal(0)
    yield from found


def _kind(row: Iterable[Cell]) -> str:
    """Whether a row is a total (合计), a subtotal (小计) or neither, by its first words."""
    first = next((cell.text for cell in row if cell.text.strip()), "")
    return "合计" if _TOTAL.fullmatch(first) else "小计" if _PART.fullmatch(first) else ""


def _figure(text: str) -> Decimal | None:
    match = _FIGURE.fullmatch(text)
    return Decimal(match[1].replace(",", "").replace("，", "")) if match else None
