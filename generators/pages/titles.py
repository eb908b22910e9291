"""Titles in balanced lines (标题, 7.3.1): words and names whole, lines of 梯形 or 菱形 shape, as few as fit."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate, groupby
from operator import itemgetter

from generators.pages.widths import WIDTHS, ems
from templates import files

_KEEP = re.compile(r"[〔【][^〕】]*[〕】]|[0-9０-９A-Za-z.%－-]+[年月日号届期次个项]?|“[^”]{1,10}”")
_QUOTED = re.compile(r"《[^》]*》")
_NO_START = frozenset("，。、；：？！）》〉」』”’〕】…—·的了和与及")
_NO_END = frozenset("（《〈「『“‘〔【")
_MOST_LINES = 12


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """The words of the list by their first character."""
    lines = files.path("words.txt").read_text(encoding="utf-8").splitlines()
    words = sorted({word for line in lines if not line.startswith("#") for word in line.split()})
    return {first: tuple(same) for first, same in groupby(words, key=itemgetter(0))}


@lru_cache(maxsize=1024)
def break_title(title: str, width: float, names: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The lines of a title at most `width` ems wide; `names` (of organs, persons) are kept whole where they can be.

    One line when it fits. Else the fewest lines, with the cheapest set of breaks: no word split, lengths that grow or
    swell (梯形、菱形) rather than shrink in the middle, no line much shorter than the others.
    """
    if ems(title) <= width:
        return (title,)
    costs = _break_costs(title, names)
    least = max(2, -int(-ems(title) // width))
    for count in range(least, min(len(title), _MOST_LINES + least)):
        lines = _best(title, count, width, costs)
        if lines:
            return lines
    return (title,)


@lru_cache(maxsize=1024)
def break_cost(text: str, place: int) -> float:
    """What it costs to break a text before the character at `place`."""
    return _break_costs(text, ())[place]


def _break_costs(title: str, names: tuple[str, ...]) -> list[float]:
    """What it costs to break before each character: least at the edge of a word, most where punctuation forbids it."""
    costs = [8.0] * (len(title) + 1)
    for start, end in _whole_words(title, names):
        _raise(costs, start, end, 40.0)
        for edge in (start, end):
            costs[edge] = 2.0 if costs[edge] == 8.0 else costs[edge]
    for match in _KEEP.finditer(title):
        _raise(costs, *match.span(), 60.0)
    for match in _QUOTED.finditer(title):  # 7.3.1 wants names whole; a cited title gives way only to the width
        for place in range(match.start() + 1, match.end()):
            costs[place] += 20.0
    for place in range(1, len(title)):
        if title[place] in _NO_START or title[place - 1] in _NO_END:
            costs[place] = 1000.0
    return costs


def _whole_words(title: str, names: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where words of the list and names begin and end."""
    words = _words()
    for start, character in enumerate(title):
        for word in words.get(character, ()):
            if title.startswith(word, start):
                yield start, start + len(word)
    for name in filter(None, names):
        start = title.find(name)
        while start >= 0:
            yield start, start + len(name)
            start = title.find(name, start + len(name))


def _raise(costs: list[float], start: int, end: int, cost: float) -> None:
    """Make it cost at least so much to break between two places."""
    for place in range(start + 1, end):
        if costs[place] < cost:
            costs[place] = cost


def _best(title: str, count: int, width: float, costs: list[float]) -> tuple[str, ...]:
    """The cheapest break into exactly `count` lines; empty when none fits the width."""
    ends = list(accumulate(map(WIDTHS.__getitem__, title), initial=0.0))
    mean = ends[-1] / count
    # best[k][end]: cost of setting title[:end] in k lines, and where the last of them starts
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for after in range(count - 1, -1, -1):  # lines still to come after this one
        reached: dict[int, tuple[float, int]] = {}
        for start, (cost, _start) in best[-1].items():
            enough = bisect_left(ends, ends[-1] - width * after)  # what is left then finds room in the lines to come
            for end in range(max(enough, start + 1), len(title) + (not after)):
                wide = ends[end] - ends[start]
                if wide > width:
                    break
                price = cost + abs(wide - mean) ** 1.5 + (costs[end] if after else 0.0)
                if end not in reached or price < reached[end][0]:
                    reached[end] = (price, start)
        best.append(reached)
    if len(title) not in best[count]:
        return ()
    lines, end = [], len(title)
    for line in range(count, 0, -1):
        start = best[line][end][1]
        lines.append(title[start:end])
        end = start
    return tuple(reversed(lines))
