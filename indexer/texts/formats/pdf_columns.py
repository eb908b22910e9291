"""Pages set in columns (竖排): pdfium tells them from the left, they are read from the right."""

from __future__ import annotations

import re
import statistics
from itertools import pairwise
from typing import Any

_VERTICAL = re.compile(rb"/(?:[\w-]+|Identity)-V\b")
"""The name of a table of characters that are set downwards."""


def may_be_vertical(content: bytes) -> bool:
    """Whether a PDF names a vertical table of characters anywhere that is not compressed."""
    return bool(_VERTICAL.search(content))


def columns(textpage: Any) -> list[str] | None:
    """The columns from the right, each from the top; None where the page is not set so."""
    placed = []
    for number in range(textpage.count_chars()):
        character = textpage.get_text_range(number, 1)
        if character.strip():
            left, bottom, right, top = textpage.get_charbox(number, loose=True)
            placed.append(((left + right) / 2, (bottom + top) / 2, top - bottom, character))
    down = sum(abs(after[1] - before[1]) > abs(after[0] - before[0]) for before, after in pairwise(placed))
    if len(placed) < 4 or down * 3 < 2 * len(placed):
        return None
    size = statistics.median(height for _, _, height, _ in placed)
    found: list[list[tuple[float, float, float, str]]] = []
    for item in sorted(placed, key=lambda item: -item[0]):
        if found and found[-1][0][0] - item[0] < 0.6 * size:
            found[-1].append(item)
        else:
            found.append([item])
    return ["".join(item[3] for item in sorted(column, key=lambda item: -item[1])) for column in found]
