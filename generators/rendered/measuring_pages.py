"""Pages under the ruler: the grid (5.2), page numbers (7.5, 8) and the 版记 (7.4)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from generators.pages.layout import Layout
from generators.pages.sections import Area, area
from generators.rendered.inking import Ink
from generators.rendered.measuring_head import Told
from generators.rendered.measuring_sheets import MM, Line, Rule, Sheet
from model.documents import Format

_FOOT = re.compile(r"\s*[—–\-－一]?\s*\d+\s*[—–\-－一]?\s*")
_CLOSING = frozenset("，。、；：？！）》」』”’〕】…")
_DASH, _DISTANCE = 7.0, 25.4
"""The dash 7 mm below the type area (7.5), and the distance of the footer that puts it there."""
_BELOW_BASE = 0.2
"""Of an exact line stands below its base line, in Word and LibreOffice alike: 22 line boxes fill the type area, and the
characters of the last end 1.4 mm above its edge as those of the first begin 3.2 mm below the other."""
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
Paged = Iterator[tuple[int, str, float, float]]
"""Page, which measure of `templates/layout/measures.toml`, the value wanted, the value got."""


def measure_grid(sheets: Sequence[Sheet], layout: Layout) -> Paged:
    """Full lines and full pages of upright body text."""
    here = area(layout)
    body = {sheet: _body(sheet, layout, here) for sheet in sheets if not sheet.wide}
    yield from _characters(body, layout, here)
    for sheet, following in pairwise(sheets[1:]):
        lines = body.get(sheet, [])
        if len(lines) > 5 and not sheet.boxed and not following.wide:
            yield from _full_page(sheet, lines, layout, here)


def _body(sheet: Sheet, layout: Layout, here: Area) -> list[Line]:
    size = layout.number("sizes", "body")
    inside = (line for line in sheet.lines if line.base < here.top + here.height + 1 and not line.red)
    free = (line for line in inside if not any(top - 0.4 <= line.base <= bottom + 0.4 for top, bottom in sheet.boxed))
    return [line for line in free if abs(line.size - size) < 0.4]


def _characters(body: dict[Sheet, list[Line]], layout: Layout, here: Area) -> Paged:
    """Characters of full lines that begin at the left edge; a sign that hangs out at the right does not count."""
    counts: Counter[int] = Counter()
    lefts: list[float] = []
    rights: list[float] = []
    em = layout.number("sizes", "body") / MM
    first = 0
    for sheet, lines in body.items():
        for line in lines:
            signs = [sign for sign in line.signs if sign.x0 < here.left + here.width - em / 3]
            full = line.whole and signs and signs[-1].x1 > here.left + here.width - em * 1.4
            if full and line.x0 < here.left + em / 2:
                first = first or sheet.number
                counts[len(signs)] += 1
                lefts.append(line.x0)
                rights.append(signs[-1].x1)
    if counts:
        yield first, "characters", layout.number("grid", "characters"), float(max(counts))
        yield first, "left", here.left, min(lefts)
        yield first, "right", here.left + here.width, max(rights)


def _full_page(sheet: Sheet, lines: list[Line], layout: Layout, here: Area) -> Paged:
    """A page whose last line has no room below it. One drawn together for its signature (7.3.5.5) is none of our business."""
    gaps = [round(below.base - above.base, 2) for above, below in pairwise(lines)]
    pitch = min((gap for gap in gaps if gap > 7), key=lambda gap: -gaps.count(gap), default=0.0)
    wanted = layout.number("grid", "line_pitch")
    signed = any(_DATE.fullmatch(line.text) for line in lines)
    if not pitch or signed or here.top + here.height - lines[-1].bottom > pitch:
        return
    pitch = _mean([gap for gap in gaps if abs(gap - pitch) < 0.3])
    yield sheet.number, "pitch", wanted, pitch * MM
    count = (lines[-1].base - lines[0].base) / pitch + 1
    first = (lines[0].base - here.top) / pitch  # a page may begin with blank lines
    yield sheet.number, "lines", layout.number("grid", "lines"), float(round(count) + int(max(0.0, first - 0.75)))
    yield sheet.number, "foot", 0.0, here.top + here.height - (lines[-1].base + _BELOW_BASE * pitch)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def measure_number(sheet: Sheet, layout: Layout, ink: Ink) -> Told:
    """The page number: 7 mm below the type area of the page held upright, one character in on the outer side."""
    here = area(layout)
    foot = here.top + here.height
    signs = sorted(
        (sign for sign in sheet.signs if sign.turned == sheet.wide and sign.base > foot + 2 and sign.text.strip()),
        key=lambda sign: sign.x0,
    )
    text = "".join(sign.text for sign in signs)
    if not signs or not _FOOT.fullmatch(text):
        return
    yield "dashes", 1.0, float(text[0] in "—–" and text[-1] in "—–")
    if text[0] in "—–":
        if sheet.wide:  # the page lies on its side: what is below upright is on the left here
            box = (sheet.width - signs[0].bottom, signs[0].x0, sheet.width - signs[0].top, signs[0].x1)
        else:
            box = (signs[0].x0, signs[0].top, signs[0].x1, signs[0].bottom)
        found = ink.within(sheet.number - 1, (box[0] * MM, box[1] * MM, box[2] * MM, box[3] * MM))
        if found:
            upper = sheet.width - found[2] / MM if sheet.wide else found[1] / MM
            yield "dash", _DASH + _DISTANCE - layout.number("footer", "distance"), upper - foot
    size = layout.number("sizes", "number")
    yield "number_size", size, max(sign.size for sign in signs)
    right = here.left + here.width - signs[-1].x1
    left = signs[0].x0 - here.left
    yield (
        "outer",
        layout.number("footer", "indent"),
        (right if int(re.sub(r"\D", "", text)) % 2 else left) / (size / MM),
    )


def measure_imprint(sheet: Sheet, layout: Layout, kind: Format | None) -> Told:
    """The rules of the 版记 on the last page: the last on the type area's lower edge, first and last thicker."""
    here = area(layout)
    rules = [rule for rule in sheet.rules if not rule.red and rule.width > 140 and _outside(rule, sheet)]
    text = "".join(line.text for line in sheet.lines[-8:])
    if kind is Format.LETTER or sheet.wide or not rules or not re.search("印发|抄送", text):
        return
    yield "imprint", here.top + here.height, (rules[-1].top + rules[-1].bottom) / 2
    for rule in (rules[0], rules[-1]):
        yield "imprint_width", here.width, rule.width
        yield "imprint_outer", layout.number("imprint", "outer_rule"), rule.thick
    for rule in rules[1:-1]:
        yield "imprint_inner", layout.number("imprint", "inner_rule"), rule.thick


def _outside(rule: Rule, sheet: Sheet) -> bool:
    return not any(top - 1 <= rule.top <= bottom + 1 for top, bottom in sheet.boxed)
