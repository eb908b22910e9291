"""Recognised boxes into lines in reading order: the page's slant is taken off, boxes of one height are one line. Pure."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.texts.jobs import Recognised

_TALL = 1.5  # how much higher than wide a box is that lies on its side
_LONG = 4.0  # how much wider than high a box is that shows the slant


Corners = tuple[tuple[float, float], ...]
"""The corners of a line from its top left clockwise, in pixels."""


@dataclass(frozen=True, slots=True)
class Box:
    """One recognised stretch: its corners, its words and their score."""

    corners: Corners
    text: str
    score: float


def width(corners: Corners) -> float:
    """Length of the upper edge."""
    return math.dist(corners[0], corners[1])


def height(corners: Corners) -> float:
    """Length of the left edge."""
    return math.dist(corners[0], corners[3])


def lies_on_side(found: Sequence[Corners]) -> bool:
    """Whether most of what was found stands upright like a column: the page is turned by a right angle.

    A page set in columns (竖排) looks the same and is turned too; its words come out only where the engine reads columns.
    """
    tall = sum(_extent(corners, 1) > _TALL * _extent(corners, 0) for corners in found)
    return tall * 2 > len(found)


def _extent(corners: Corners, axis: int) -> float:
    return max(corner[axis] for corner in corners) - min(corner[axis] for corner in corners)


def turned(corners: Corners, across: float, down: float) -> Corners:
    """Where a line stands when its page, so wide and high, is turned upside down."""
    first, second, third, fourth = ((across - x, down - y) for x, y in corners)
    return (third, fourth, first, second)


def in_order(boxes: tuple[Box, ...]) -> Recognised:
    """Lines from the top, each from the left, parts of one line parted by tabs; the score is the mean by characters."""
    if not boxes:
        return Recognised((), 0.0)
    slant = _slant(boxes)
    placed = sorted(((*_middle(box, slant), box) for box in boxes), key=lambda item: (item[1], item[0]))
    lines: list[list[tuple[float, float, Box]]] = []
    for item in placed:
        if lines and item[1] - statistics.fmean(y for _, y, _ in lines[-1]) < 0.5 * min(
            height(item[2].corners), height(lines[-1][-1][2].corners)
        ):
            lines[-1].append(item)
        else:
            lines.append([item])
    told = tuple("\t".join(box.text for _, _, box in sorted(line, key=lambda item: item[0])) for line in lines)
    characters = sum(len(box.text) for box in boxes)
    score = sum(box.score * len(box.text) for box in boxes) / (characters or 1)
    return Recognised(told, round(score, 4))


def _slant(boxes: tuple[Box, ...]) -> float:
    """The angle of the page's lines, in radians: the median of the long ones."""
    angles = [
        math.atan2(box.corners[1][1] - box.corners[0][1], box.corners[1][0] - box.corners[0][0])
        for box in boxes
        if width(box.corners) > _LONG * height(box.corners)
    ]
    return statistics.median(angles) if angles else 0.0


def _middle(box: Box, slant: float) -> tuple[float, float]:
    """The middle of a box on the page put straight."""
    x = statistics.fmean(x for x, _ in box.corners)
    y = statistics.fmean(y for _, y in box.corners)
    return x * math.cos(slant) + y * math.sin(slant), y * math.cos(slant) - x * math.sin(slant)
