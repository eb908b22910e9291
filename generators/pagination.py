"""Where pages end, worked out over the fixed grid without rendering: what 7.3.5.5 needs to know (署名不单独成页)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generators.layout import Layout
from generators.numbering import ordinals
from generators.titles import break_title
from generators.widths import ems
from model.documents import Block, Document, Heading, RedHead, Table

TIGHTEST = 26.5
"""Points: no line pitch below this, or a page looks crowded (24 lines)."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How the signature is kept with text: the line pitch in points, and whether the last lines must go along with it."""

    pitch: float
    take_text_along: bool


def lines_of(text: str, per_line: int, indent: float = 2.0) -> int:
    """How many lines a paragraph fills whose first line is indented; an em a character, half for digits."""
    return max(1, -int(-(ems(text) + indent) // per_line))


def fit_signature(document: Document, layout: Layout, block: int) -> Fit:
    """Decide for a signature block of so many lines (blank ones included) where it would otherwise stand alone."""
    pitch = layout.number("grid", "line_pitch")
    height = layout.number("page", "text_height") / 25.4 * 72
    fixed, lines, heights = _before_signature(document, layout)
    tightest = TIGHTEST
    trial = pitch
    while trial >= tightest:
        left = _left_on_last_page(fixed, lines, heights, trial, height)
        if left >= block * trial or left >= height - trial:
            return Fit(trial, take_text_along=False)
        trial -= 0.25
    return Fit(pitch, take_text_along=True)


def _before_signature(document: Document, layout: Layout) -> tuple[float, int, tuple[float, ...]]:
    """The head's fixed height in points, the grid lines of the text, and the heights of table rows."""
    per_line = int(layout.number("grid", "characters"))
    fixed, lines = 0.0, 1
    if document.issuers and document.red_head is not RedHead.NONE:
        fixed = layout.number("head", "mark_below") / 25.4 * 72 + layout.number("sizes", "mark") * 1.1 + 5.0
        fixed += layout.number("grid", "line_pitch")  # 发文字号; like the mark it is never tightened
        lines += 4
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


def _block(block: Block, ordinal: str, per_line: int, layout: Layout) -> tuple[int, list[float]]:
    if isinstance(block, Table):
        return 0, [layout.number("grid", "table_line") * _row_lines(row) for row in (*block.header, *block.rows)]
    if isinstance(block, Heading):
        return lines_of(ordinal + block.text + "".join(run.text for run in block.run_in), per_line), []
    return lines_of(ordinal + "".join(run.text for run in block.runs), per_line), []


def _row_lines(row: Iterable[object]) -> int:
    cells = list(row)
    share = max(4, 36 // max(1, len(cells)))
    return max((lines_of(getattr(cell, "text", ""), share, 0.0) for cell in cells), default=1)


def _left_on_last_page(fixed: float, lines: int, rows: tuple[float, ...], pitch: float, height: float) -> float:
    """Points left below the text on its last page."""
    used = fixed
    for box in (*(pitch for _ in range(lines)), *rows):
        used = used + box if used + box <= height + 0.5 else box
    return height - used
