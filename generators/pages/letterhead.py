"""The head of the letter format (信函格式, 10.1): mark, two red double rules, number at the right."""

from __future__ import annotations

import math
from collections.abc import Iterator

from generators.pages.corner import corner
from generators.pages.drawing import bar, box
from generators.pages.layout import Layout
from generators.pages.pieces import Strip
from generators.pages.widths import ems
from generators.pages.wordml import Face, Format, paragraph, points, run, twips
from model.documents import Document, RedHead
from model.wording import missing

MARK_TOP = 30.0  # mm from the paper's edge to the mark's upper edge
RULE_LENGTH = 170.0  # mm
RULE_BELOW_MARK = 4.0  # mm
SECOND_RULE = 20.0  # mm from the paper's lower edge
THICK, THIN, GAP = 0.7, 0.25, 0.35  # mm; the standard names none
_LARGEST = 42.0  # points
_GAP_BELOW = 16 * 7 / 8 / 72 * 25.4
"""7/8 of the height of a 三号 character, in mm."""


def letter_head(document: Document, layout: Layout) -> Iterator[Strip]:
    """The pieces above the title; the shapes hang on the first of them."""
    hidden = document.red_head is RedHead.PREPRINTED
    line = points(layout.number("grid", "line_pitch"))
    size = _mark_size(document, layout)
    rule = _rule(size)
    shapes = "" if hidden else _mark(document, layout, size) + _rules(layout, rule)
    yield Strip(Format(line=points(_above_first_line(layout, rule))), shapes, fixed=True)
    shown = corner(document, layout) or [""]
    number = document.number or missing("发文字号")
    tab = twips(layout.number("page", "text_width"))
    first, *others = shown
    yield Strip(Format(tab_right=tab, line=line), first + run(f"\t{number}"), fixed=True)
    for content in others:
        yield Strip(Format(line=line), content, fixed=True)


def _rule(size: float) -> float:
    """Where the first double rule begins, in mm from the paper's edge."""
    return MARK_TOP + size / 72 * 25.4 + RULE_BELOW_MARK


def _above_first_line(layout: Layout, rule: float) -> float:
    """Points from the type area's upper edge to the first line under the rule.

    In an exact line the em box ends about 4 pt above the line's end (measured); the rest of the line is above it.
    """
    above = layout.number("grid", "line_pitch") - 20.0
    characters = rule + THICK + GAP + THIN + _GAP_BELOW - layout.number("page", "top")
    return max(1.0, characters / 25.4 * 72 - above)


def mark_text(document: Document) -> str:
    """The organ's name without 文件; of joint issuers the host's alone (10.1)."""
    return document.mark or (document.issuers[0] if document.issuers else missing("发文机关标志"))


def _mark_size(document: Document, layout: Layout) -> float:
    room = layout.number("page", "text_width") / 25.4 * 72
    fitting = min(_LARGEST, layout.number("sizes", "mark"), room / max(ems(mark_text(document)), 1.0))
    return math.floor(fitting * 2) / 2  # files hold half points


def _mark(document: Document, layout: Layout, size: float) -> str:
    title = layout.text("fonts", "title")
    face = Face(font=title, latin=title, size=size, colour=layout.text("head", "red"), spacing=0)
    line = points(size * 1.25)
    # What an exact line of 1.25 em leaves above the em box, measured.
    top = twips(MARK_TOP) - points(size * 0.16)
    content = paragraph(run(mark_text(document), face), Format(line=line, align="center"))
    page = layout.section("page")
    width = twips(page["text_width"])
    left = (twips(page["width"]) - width) // 2  # in the middle of the paper, as the rules are
    return box(21, "发文机关标志", content, left=left, top=top, width=width, height=line)


def _rules(layout: Layout, first: float) -> str:
    """The first double rule is thick above thin, the second, near the paper's foot, thin above thick."""
    page = layout.section("page")
    left, width = twips((page["width"] - RULE_LENGTH) / 2), twips(RULE_LENGTH)
    second = page["height"] - SECOND_RULE
    bars = (
        ("第一条红色双线上", first, THICK),
        ("第一条红色双线下", first + THICK + GAP, THIN),
        ("第二条红色双线上", second - THIN - GAP - THICK, THIN),
        ("第二条红色双线下", second - THICK, THICK),
    )
    colour = layout.text("head", "red")
    return "".join(
        bar(22 + place, name, colour, left=left, top=twips(top), width=width, height=twips(high))
        for place, (name, top, high) in enumerate(bars)
    )
