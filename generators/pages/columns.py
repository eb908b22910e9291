"""How wide the columns of a work table are: dates, numbers, short entries and words of the header stay whole, rows low."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from generators.pages.linebreaking import line_ends
from generators.pages.titles import break_cost
from generators.pages.widths import ems, gapped

_SLACK = 0.25  # ems: letters of stand-in faces are wider than half an em
_BARE = 2.7  # ems that a column keeps whatever stands in it: 序号 and a little more
_WHOLE = re.compile(
    r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?[前止底起]?|\d{1,2}月(?:\d{1,2}日)?[前止底起]?|[!-~]+[%℃万亿元个人项所]*"
)
"""What reads badly on two lines: a date, a number with its unit, a code, a telephone number."""
_ORPHAN = 0.5  # lines
_STEPS = 24  # in which room is handed out
_LONGEST_CODE = 12.0  # ems: of longer runs of letters only so much is kept on a line
_LATIN = re.compile("[0-9A-Za-z]")


@dataclass(frozen=True, slots=True, eq=False)
class Care:
    """What is kept whole, in ems: headings and entries up to so many, `dates` or only their parts.

    A column of sentences has at least `sentence`. `price`: points of height that a table must save to be set with less care.
    """

    heading: float
    entry: float
    dates: bool
    sentence: float
    price: float


CARES = (
    Care(4.2, 8.2, True, 6.0, 0.0),
    Care(4.2, 6.2, True, 6.0, 15.0),
    Care(3.2, 4.2, True, 5.0, 40.0),
    Care(3.2, 3.2, True, 3.5, 80.0),
)
"""From what a good clerk does to what a crowded table must put up with."""

CROWDED = Care(3.2, 3.2, False, 3.0, 0.0)
"""Where nothing else fits: dates break behind 年 or a hyphen."""

Entry = tuple[tuple[str, ...], int, int]
"""A cell: its lines as written, the row that it begins in, how many rows it spans."""


class Columns:
    """The columns of one table by what stands in them; the first `heads` rows are the header. Widths in ems."""

    def __init__(self, columns: Sequence[Sequence[Entry]], heads: int) -> None:
        self._entries = [[entry for entry in column if entry[1] >= heads] for column in columns]
        self._measured = [
            [(tuple(map(_wide, parts)), row - heads, rows) for parts, row, rows in column] for column in self._entries
        ]
        self._none = [1.0] * max((row + 1 for column in self._measured for _, row, _ in column), default=1)
        self._flat = [self._lines_alone(column) for column in self._measured]
        self._needs: dict[Care, list[float]] = {}
        headings = [[part for parts, row, _ in column if row < heads for part in parts] for column in columns]
        self._headings = headings
        longest = [max((wide for parts, _, _ in column for wide in parts), default=0.0) for column in self._measured]
        self.longest = longest
        self._blank = [0.0 if wide else _to_fill_in(parts) for wide, parts in zip(longest, headings, strict=True)]
        self.widest = [
            max(wide, blank, max(map(_wide, parts), default=_BARE)) + _SLACK
            for wide, blank, parts in zip(longest, self._blank, headings, strict=True)
        ]

    def _lines_alone(self, column: Sequence[tuple[tuple[float, ...], int, int]]) -> list[float]:
        """The widths of a column of one line in each row, which is quicker to work with; none for another."""
        plain = len(column) == len(self._none) and all(len(parts) == rows == 1 for parts, _, rows in column)
        return [parts[0] for parts, _, _ in column] if plain else []

    def least(self, care: Care) -> list[float]:
        """What each column needs for that care."""
        if care not in self._needs:
            self._needs[care] = self._needed(care)
        return self._needs[care]

    def _needed(self, care: Care) -> list[float]:
        return [
            max(
                *(_heading(part, care.heading) for part in parts),
                self._kept(at, care),
                2.0,
                self._blank[at] if not care.price else 0.0,
            )
            + _SLACK
            for at, parts in enumerate(self._headings)
        ]

    def bare(self) -> list[float]:
        """What each column has at the very least."""
        return [min(wide, _BARE) for wide in self.widest]

    def _kept(self, at: int, care: Care) -> float:
        longest = self.longest[at]
        kept = min(longest, care.sentence if longest > 2 * care.sentence else longest / 2)
        for (parts, _, _), (wides, _, _) in zip(self._entries[at], self._measured[at], strict=True):
            for part, wide in zip(parts, wides, strict=True):
                if wide <= kept:
                    continue
                kept = wide if wide <= care.entry else max(kept, _whole(part, care.dates), _listed(part, care.entry))
        return kept

    def shared(self, least: Sequence[float], room: float) -> list[float]:
        """Widths that fill `room`, from `least` on: where not all fits on one line, so that the rows become low."""
        wide = self.widest if sum(self.widest) <= room else self._lowest(list(least), room)
        told = [_whole_ems(each * room / sum(wide), low) for each, low in zip(wide, least, strict=True)]
        told[told.index(max(told))] += room - sum(told)
        return told

    def lines(self, wide: Sequence[float]) -> tuple[float, int]:
        """How many lines all rows but the header fill at those widths, and how many rows there are."""
        heights = [self._heights(at, have) for at, have in enumerate(wide)]
        return sum(map(max, *heights, self._none)), len(self._none)

    def _lowest(self, wide: list[float], room: float) -> list[float]:
        """Hand out the room by and by, always to the column that makes the most rows tall."""
        heights = [self._heights(at, have) for at, have in enumerate(wide)]
        step = max(1.0, (room - sum(wide)) / _STEPS)
        while sum(wide) + step <= room:
            open_ones = [at for at, have in enumerate(wide) if have < self.widest[at]]
            if not open_ones:
                break
            rows = list(map(max, *heights, self._none))
            need = [
                sum(most - 1 for lines, most in zip(column, rows, strict=True) if lines >= most) for column in heights
            ]
            best = max(open_ones, key=lambda at: (need[at], self.widest[at] - wide[at]))
            wide[best] += step
            heights[best] = self._heights(best, wide[best])
        return wide

    def _heights(self, at: int, wide: float) -> list[float]:
        """How many lines each row of a column fills at a width; a cell over several rows gives each its part."""
        room = max(float(int(wide - _SLACK + 0.01)), 1.0)  # whole characters
        if flat := self._flat[at]:
            return [_filled(part, room) for part in flat]
        told = [0.0] * len(self._none)
        for parts, first, rows in self._measured[at]:
            lines = sum(_filled(part, room) for part in parts) / rows
            for row in range(first, min(first + rows, len(told))):
                told[row] = lines
        return told


def _filled(wide: float, room: float) -> float:
    """Lines that a text fills; a single character on the last of several counts for more."""
    if wide <= room:
        return 1.0
    lines, rest = divmod(wide, room)
    return lines + (1.0 + _ORPHAN * (rest <= 1.0) if rest else 0.0)


def _whole_ems(wide: float, least: float) -> float:
    """A width of whole characters with a little to spare, so that no program doubts how many a line holds."""
    whole = math.floor(wide - _SLACK) + _SLACK
    return whole if whole >= least else wide


def _wide(text: str) -> float:
    return gapped(text) if _LATIN.search(text) else ems(text)


def _whole(text: str, dates: bool) -> float:
    """The widest run that is kept on one line; without `dates` these may break behind 年 or a hyphen."""
    if not _LATIN.search(text):
        return 0.0
    runs = (match.group() for match in _WHOLE.finditer(text))
    pieces: Iterator[str] = runs if dates else (piece for run in runs for piece in re.split("(?<=[年月-])", run))
    return min(max(map(_wide, pieces), default=0.0), _LONGEST_CODE)


def _listed(text: str, most: float) -> float:
    """The widest name of a list (甲、乙) with its mark, as far as names are kept whole."""
    if "、" not in text:
        return 0.0
    *names, last = text.split("、")
    return max(wide for wide in (0.0, *(_wide(name) + 1 for name in names), _wide(last)) if wide <= most)


def _to_fill_in(headings: Sequence[str]) -> float:
    """What a column has in which a person writes: room for a name, or for a telephone number."""
    return 6.0 if any("电话" in part for part in headings) else 4.0


@lru_cache(maxsize=1024)
def _heading(text: str, whole: float) -> float:
    """What a heading needs: one up to `whole` stays together, one up to eight stands on two lines, a longer one on three."""
    wide = _wide(text)
    if wide <= whole:
        return wide
    return max(_whole(text, dates=True), float(-(-wide // (2 if wide <= 8 else 3))))


@lru_cache(maxsize=4096)
def heading_width(text: str, room: float) -> float:
    """How much of `room` a heading takes, so that it breaks between words and into lines of one length.

    As many lines as it needs; all of the room where it fits on one line, holds letters or digits, or nothing is gained.
    """
    if ems(text) <= room or "\n" in text or _LATIN.search(text) or room < 2:
        return room
    fewest = len(line_ends(text, room, room, 1.0))
    ways = (wide for wide in range(2, int(room) + 1) if len(line_ends(text, wide, wide, 1.0)) == fewest)
    best = min(ways, key=lambda wide: _uneven(text, wide), default=0)
    return min(room, best + 0.4) if best else room


def _uneven(text: str, wide: int) -> float:
    """How badly a heading breaks at a width: inside words, or into lines of different lengths."""
    ends = line_ends(text, wide, wide, 1.0)
    lengths = [end - start for start, end in pairwise((0, *ends))]
    return sum(break_cost(text, end) for end in ends[:-1]) + 3.0 * (max(lengths) - min(lengths))
