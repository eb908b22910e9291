"""Where pages end, worked out over the fixed grid without rendering: what 7.3.5.5 needs to know (署名不单独成页)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generators.layout import Layout
from generators.letterhead import letter_head_height
from generators.numbering import ordinals
from generators.sections import area
from generators.tables import row_lines
from generators.titles import break_title
from generators.widths import ems
from model.documents import Block, Document, Format, Heading, Paragraph, RedHead, Run, Table

TIGHTEST = 26.5
"""Points: no line pitch below this, or a page looks crowded (24 lines)."""


RULE = 0.5
"""Points that a row's rule adds to it."""

SPARE = 0.2
"""Lines kept free above the 版记, for its own anchor and the rounding of pitches."""

IMPRINT_HOLDS = 400.0
"""Ems of addressees that the 版记 has room for on one page; more of them stay at the top."""


ALWAYS_ROOM = 120.0
"""Ems of title and addressees together that leave room for body text on page 1 under the tallest head."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How the signature is kept with text: the line pitch in points, and whether the last lines must go along with it.

    `imprint_apart`: the 版记 has no room below and takes a page of its own.
    """

    pitch: float
    take_text_along: bool
    imprint_apart: bool = False


def lines_of(text: str, per_line: int, indent: float = 2.0) -> int:
    """How many lines a paragraph fills whose first line is indented; an em a character, half for digits."""
    return max(1, -int(-(ems(text) + indent) // per_line))


def fit_signature(document: Document, layout: Layout, block: int, imprint: int = 0) -> Fit:
    """Decide for a signature block of so many lines (blank ones included) where it would otherwise stand alone.

    `imprint`: lines of the 版记 that shall stand on the same page; lines are drawn together a little for it, too.
    """
    pitch = layout.number("grid", "line_pitch")
    height = layout.number("page", "text_height") / 25.4 * 72
    fixed, lines, heights = _before_signature(document, layout)
    first = 0.0
    for trial in (pitch - 0.25 * step for step in range(int((pitch - TIGHTEST) / 0.25) + 1)):
        left = _left_on_last_page(fixed, lines, heights, trial, height)
        if left < block * trial and left < height - trial:
            continue
        first = first or trial
        if not imprint or left - block * trial >= (imprint + SPARE) * pitch:
            return Fit(trial, take_text_along=False)
        if trial < pitch - 0.25:  # for the 版记 alone no more than that
            break
    return Fit(first or pitch, take_text_along=not first, imprint_apart=bool(first))


def imprint_leaves(document: Document, layout: Layout, imprint: int) -> bool:
    """Whether a 版记 of so many lines has no room on the last page of the last bound annex."""
    bound = [annex for annex in document.annexes if annex.body is not None]
    if not imprint or not bound:
        return False
    head = Document(title=bound[-1].title, body=(Paragraph((Run("附件"),)), *(bound[-1].body or ())))
    fixed, lines, heights = _before_signature(head, layout)
    pitch, height = layout.number("grid", "line_pitch"), layout.number("page", "text_height") / 25.4 * 72
    return _left_on_last_page(fixed, lines + 1, heights, pitch, height) < (imprint + SPARE) * pitch


def addressees_leave(document: Document, layout: Layout) -> bool:
    """Whether the addressees would push the body off page 1 and so go to the 版记 (7.3.2)."""
    if not document.addressees or not document.body or ems(document.addressees) > IMPRINT_HOLDS:
        return False
    if ems(document.addressees) + ems(document.title) < ALWAYS_ROOM:
        return False
    bare = replace(document, body=(), annexes=())
    fixed, lines, _ = _before_signature(bare, layout)
    height = layout.number("page", "text_height") / 25.4 * 72
    return fixed + (lines + 1) * layout.number("grid", "line_pitch") > height


def _before_signature(document: Document, layout: Layout) -> tuple[float, int, tuple[float, ...]]:
    """The head's fixed height in points, the grid lines of the text, and the heights of table rows."""
    per_line = int(layout.number("grid", "characters"))
    fixed, lines = 0.0, 1
    if (document.issuers or document.mark) and document.red_head is not RedHead.NONE:
        fixed, above = _head_height(document, layout)
        lines += above
    width = per_line * (layout.number("sizes", "body") + layout.number("grid", "character_spacing"))
    lines += len(break_title(document.title, width / layout.number("sizes", "title"), document.issuers))
    lines += lines_of(document.addressees, per_line, 0.5) if document.addressees else 0
    rows: list[float] = []
    for block, ordinal in zip(document.body, ordinals(document.body), strict=True):
        count, heights = _block(block, ordinal, per_line, layout)
        lines += count
        rows += heights
    if document.annexes:
        lines += 1 + sum(lines_of(annex.title, per_line - 6, 0.0) for annex in document.annexes)
    return fixed, lines, tuple(rows)


def _head_height(document: Document, layout: Layout) -> tuple[float, int]:
    """The head's points that are never tightened, and its blank lines that are."""
    if document.format is Format.LETTER:
        return letter_head_height(document, layout), 2
    key = "order_mark_below" if document.format is Format.ORDER else "mark_below"
    mark = layout.number("head", key) / 25.4 * 72 + layout.number("sizes", "mark") * 1.1
    mark += (layout.number("head", "rule_below_number") + layout.number("head", "rule_weight")) / 25.4 * 72 - 4.0
    return mark + layout.number("grid", "line_pitch"), 4


def _block(block: Block, ordinal: str, per_line: int, layout: Layout) -> tuple[int, list[float]]:
    if isinstance(block, Table):
        lines, line = row_lines(block, layout, area(layout))
        return int(bool(block.caption)), [line * count + RULE for count in lines]
    if isinstance(block, Heading):
        return lines_of(ordinal + block.text + "".join(run.text for run in block.run_in), per_line), []
    return lines_of(ordinal + "".join(run.text for run in block.runs), per_line), []


def _left_on_last_page(fixed: float, lines: int, rows: tuple[float, ...], pitch: float, height: float) -> float:
    """Points left below the text on its last page."""
    used = fixed
    for box in (*(pitch for _ in range(lines)), *rows):
        used = used + box if used + box <= height + 0.5 else box
    return height - used
