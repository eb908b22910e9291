"""署名 and 成文日期 under the ruler (7.3.5): sealed or unsealed, whichever the page comes nearer to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from generators.pages.layout import Layout
from generators.pages.sections import area
from generators.rendered.measuring_pages import Paged
from generators.rendered.measuring_sheets import MM, Line, Sheet

DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_STEP = 2.0  # 字 from the first character of the name to that of the date


def measure_signature(sheets: Sequence[Sheet], layout: Layout) -> Paged:
    """The first date that stands alone on the right half, and the name right above it."""
    here = area(layout)
    em, pitch = _em(layout), layout.number("grid", "line_pitch") / MM
    for sheet in sheets:
        for above, day in pairwise(sheet.lines if not sheet.wide else ()):
            if not DATE.fullmatch(day.text) or day.x0 < here.left + here.width * 0.4 or day.size > 17:
                continue
            name = above if day.base - above.base < pitch * 1.5 and above.x0 > here.left + em * 4 else None
            yield from _measured(sheet, day, name, layout)
            return


def _em(layout: Layout) -> float:
    return (layout.number("sizes", "body") + layout.number("grid", "character_spacing")) / MM


def _measured(sheet: Sheet, day: Line, name: Line | None, layout: Layout) -> Paged:
    here, em = area(layout), _em(layout)
    right = here.left + here.width
    sealed, unsealed = (layout.number("signature", f"{form}_indent") for form in ("sealed", "unsealed"))
    indent = (right - day.x1) / em
    if name is None or _several(name, em):  # a stamp, or seals of several organs
        yield sheet.number, "date_indent", sealed, indent
        return
    step, off = (day.x0 - name.x0) / em, (name.x0 + name.x1 - day.x0 - day.x1) / 2
    longer = day.x1 - day.x0 > name.x1 - name.x0
    shorter_indent = indent if longer else (right - name.x1) / em
    if abs(step - _STEP) + abs(shorter_indent - unsealed) < abs(off / em) + abs(indent - sealed):
        yield sheet.number, "date_step", _STEP, step
        yield sheet.number, "date_indent" if longer else "name_indent", unsealed, shorter_indent
    elif name.x1 < right - em / 2:  # a longer name is pushed to the edge, and the date with it
        yield sheet.number, "date_indent", sealed, indent
        yield sheet.number, "name_centre", 0.0, off


def _several(name: Line, em: float) -> bool:
    """Whether names stand side by side."""
    return any(right.x0 - left.x1 > em * 0.9 for left, right in pairwise(name.signs))
