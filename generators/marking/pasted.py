"""Numbers that a pasted text brings along (一、 （一） 1. （1）): recognised, taken off, gaps reported.

The numbers of the finished paper are computed by the layout; the markup carries levels only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from model.wording import chinese_number

_HAN = "一二三四五六七八九十百"
# A 顿号 between two Chinese numerals is an enumeration (一、二年级), not an ordinal; so is a decimal point (3.5米).
_SHAPES = (
    (1, re.compile(rf"(?P<n>[{_HAN}]{{1,4}})、(?![{_HAN}]+(?:[、年季期级班产线]|$))\s*")),
    (2, re.compile(rf"[（(](?P<n>[{_HAN}]{{1,4}})[）)]、?\s*")),
    (3, re.compile(r"(?P<n>\d{1,2})[.．、](?![\d.])\s*")),
    (4, re.compile(r"[（(](?P<n>\d{1,2})[）)]、?\s*")),
)
ESCAPABLE = frozenset(f"{_HAN}（(0123456789{{|")
"""Characters that a backslash protects in our own marks (numbers, {#…}, ||), beside the punctuation of Markdown."""


@dataclass(frozen=True, slots=True)
class PastedNumber:
    """A number taken off: level 1 to 4, its value, and how it was written."""

    level: int
    value: int
    written: str


def take_off(text: str) -> tuple[PastedNumber | None, str]:
    """The number at the beginning of a text, if there is one, and the text without it."""
    for level, shape in _SHAPES:
        match = shape.match(text)
        if match and match.end() < len(text):
            value = int(match["n"]) if match["n"].isascii() else _han_value(match["n"])
            if value:
                return PastedNumber(level, value, match[0].strip()), text[match.end() :]
    return None, text


def looks_numbered(text: str) -> bool:
    """Whether the parser would take a number off this text."""
    return take_off(text)[0] is not None


def _han_value(written: str) -> int:
    """The value of a Chinese numeral up to 199, 0 when it is none."""
    return next((n for n in range(1, 200) if chinese_number(n) == written), 0)


@dataclass(slots=True)
class Sequence:
    """Watches the numbers taken off, level by level, for gaps and repeats."""

    _last: dict[int, PastedNumber] = field(default_factory=dict)

    def follow(self, number: PastedNumber) -> Iterator[str]:
        """What is odd about this number after those before it, in Chinese."""
        before = self._last.get(number.level)
        expected = before.value + 1 if before else 1
        if number.value != expected:
            after = f"“{before.written}”之后" if before else "开头"
            odd = "重复或者倒退" if number.value < expected else "中间有缺号"
            yield f"原文序号{after}是“{number.written}”，{odd}"
        self.enter(number.level)
        self._last[number.level] = number

    def enter(self, level: int) -> None:
        """Forget the numbers below this level: their counting begins anew."""
        self._last = {known: number for known, number in self._last.items() if known < level}
