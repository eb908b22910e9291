"""The head of page 1 under the ruler: mark, number, red rules, title, in each format (7.2, 7.3.1, 10)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generators.pages.layout import Layout
from generators.pages.letterhead import MARK_TOP, RULE_BELOW_MARK, RULE_LENGTH, SECOND_RULE
from generators.rendered.inking import Ink
from generators.rendered.measuring_sheets import MM, Line, Rule, Sheet
from model.documents import Format

Told = Iterator[tuple[str, float, float]]
"""Which measure of `templates/layout/measures.toml`, the value wanted, the value got."""

_NUMBER = re.compile(r"[〔［\[【(（]\d{4}[〕］\]】)）]\s*\d+\s*号|^第\d+号$")


def format_of(sheet: Sheet) -> Format | None:
    """Which format a first page is in, by its red mark and rules; None where nothing is red."""
    marks = mark_lines(sheet)
    if not marks:
        return None
    if any(rule.red and rule.width > 163 for rule in sheet.rules):
        return Format.LETTER
    text = "".join(line.text for line in marks)
    if text.endswith("纪要"):
        return Format.MINUTES
    return Format.ORDER if re.search(r"[命令]$", text) else Format.DOCUMENT


def mark_lines(sheet: Sheet) -> tuple[Line, ...]:
    """The lines of the mark (发文机关标志)."""
    return tuple(line for line in sheet.lines if line.red and line.size > 18)


def measure_head(sheet: Sheet, layout: Layout, kind: Format | None, ink: Ink) -> Told:
    """The head, as far as the page has one."""
    marks = mark_lines(sheet)
    if marks and kind:
        yield from _mark(marks, sheet, layout, kind, ink)
    red = [rule for rule in sheet.rules if rule.red and rule.width > 90]
    if kind is Format.LETTER:
        yield from _letter(marks, red, sheet, layout)
    elif marks:
        yield from _rule(marks, red, sheet, layout)
    yield from _title(sheet, red, layout, kind)


def _mark(marks: tuple[Line, ...], sheet: Sheet, layout: Layout, kind: Format, ink: Ink) -> Told:
    top = layout.number("page", "top")
    wanted = {
        Format.LETTER: MARK_TOP,
        Format.ORDER: top + layout.number("head", "order_mark_below"),
    }.get(kind, top + layout.number("head", "mark_below"))
    first = marks[0]
    em, left, right = first.size / MM, min(line.x0 for line in marks), max(line.x1 for line in marks)
    box = ink.within(sheet.number - 1, tuple(v * MM for v in (left, first.top - em * 0.15, right, first.bottom)))  # type: ignore[arg-type]
    tops = [first.top, *([box[1] / MM] if box else [])]
    yield "mark", wanted, min(tops, key=lambda found: abs(found - wanted))
    middle = (
        sheet.width / 2
        if kind is Format.LETTER
        else layout.number("page", "left") + layout.number("page", "text_width") / 2
    )
    yield "mark_centre", 0.0, (left + right) / 2 - middle


def _letter(marks: tuple[Line, ...], red: list[Rule], sheet: Sheet, layout: Layout) -> Told:
    upper, lower = [rule for rule in red if rule.top < 110], [rule for rule in red if rule.top > 200]
    if marks and upper:
        yield "letter_rule", RULE_BELOW_MARK, upper[0].top - marks[-1].bottom
    for rule in red:
        yield "letter_rule_width", RULE_LENGTH, rule.width
    if lower:
        yield "letter_foot", SECOND_RULE, sheet.height - lower[-1].bottom
    if len(upper) == 2 and len(lower) == 2:
        yield "letter_weights", 1.0, float(upper[0].thick > upper[1].thick and lower[0].thick < lower[1].thick)
    number = number_line(sheet)
    if number:
        yield "letter_number", layout.number("page", "left") + layout.number("page", "text_width"), number.x1


def _rule(marks: tuple[Line, ...], red: list[Rule], sheet: Sheet, layout: Layout) -> Told:
    number = number_line(sheet)
    line = layout.number("grid", "line_pitch") / MM
    if number:
        below = next(found for found in sheet.lines if found.base > marks[-1].base)  # 签发人 may begin a line above it
        yield "number_below_mark", 2.2, (below.top - marks[-1].bottom) / line
    for rule in red[:1]:
        yield "rule_width", layout.number("page", "text_width"), rule.width
        above = [found for found in sheet.lines if found.base < rule.top]
        if above and above[-1] not in marks:
            yield "rule", layout.number("head", "rule_below_number"), rule.top - above[-1].bottom


def number_line(sheet: Sheet) -> Line | None:
    """The line of the 发文字号."""
    return next((line for line in sheet.lines[:14] if not line.red and _NUMBER.search(line.text)), None)


def title_lines(sheet: Sheet, layout: Layout) -> tuple[Line, ...]:
    """The first lines of the title's size."""
    size, found = layout.number("sizes", "title"), []
    for line in sheet.lines:
        if abs(line.size - size) < 2 and not line.red:
            found.append(line)
        elif found:
            break
    return tuple(found)


def _title(sheet: Sheet, red: list[Rule], layout: Layout, kind: Format | None) -> Told:
    """Two blank lines above the title, and body text below it on page 1."""
    titles = title_lines(sheet, layout)
    if not titles or kind is None:
        return
    line = layout.number("grid", "line_pitch") / MM
    edges = [found.bottom for found in sheet.lines if found.base < titles[0].base]
    edges += [rule.bottom for rule in red if rule.bottom < titles[0].top]
    if edges:
        yield "title", 2.2, (titles[0].top - max(edges)) / line
    below = [found for found in sheet.lines if found.base > titles[-1].base and found.size < 17]
    text = [found for found in below if not found.text.endswith("：") and found.x0 > layout.number("page", "left") + 4]
    yield "body", 1.0, float(bool(text or sheet.boxed))
