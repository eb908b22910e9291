"""层次序数 (7.3.3): 一、 （一） 1. （1）, computed from the levels."""

from __future__ import annotations

from collections.abc import Iterable

from model.documents import Block, Heading, Item
from model.wording import chinese_number


def ordinal(level: int, number: int) -> str:
    """The ordinal of the n-th heading of a level 1 to 4."""
    if level == 1:
        return f"{chinese_number(number)}、"
    if level == 2:
        return f"（{chinese_number(number)}）"
    return f"{number}." if level == 3 else f"（{number}）"


class Counter:
    """Counts headings and items; a deeper level starts again below each higher one."""

    def __init__(self) -> None:
        self._counts = [0, 0, 0, 0]

    def next(self, level: int) -> str:
        """The ordinal of the next heading or item of this level."""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (4 - level)
        return ordinal(level, self._counts[level - 1])


def ordinals(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The ordinal of each block, empty for those that have none."""
    counter = Counter()
    return tuple(counter.next(block.level) if isinstance(block, Heading | Item) else "" for block in blocks)
