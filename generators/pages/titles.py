"""Titles in balanced lines (标题, 7.3.1): words and names whole, lines of 梯形 or 菱形 shape, as few as fit."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate, groupby
from operator import itemgetter

from generators.pages.widths import WIDTHS, ems
from templates import files

_KEEP = re.compile(
    r"[〔【][^〕】]*[〕】]|[0-9０-９A-Za-z.%－-]+[年月日号届期次个项]?|“[^”]{1,10}”"
    "|[\u4e00-\u9fff]{2}[省市县区旗](?:委|人民政府|政府|教育局|教育体育局|教体局)(?:办公室)?"
)
_QUOTED = re.compile(r"《[^》]*》")
_NO_START = frozenset("，。、；：？！）》〉」』”’〕】…—·的了和与及")
_NO_END = frozenset("（《〈「『“‘〔【")
_MOST_LINES = 12
_CITED, _WORD, _FORBIDDEN = 20.0, 40.0, 1000.0
"""What it costs to break inside a cited title and inside a word, and to begin or end a line with a sign that must not."""
_EVEN = 0.25  # ems: lines that differ by no more are of one length


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """The words of the list by their first character."""
    lines = files.path("words.txt").read_text(encoding="utf-8").splitlines()
    words = sorted({word for line in lines if not line.startswith("#") for word in line.split()})
    return {first: tuple(same) for first, same in groupby(words, key=itemgetter(0))}


@lru_cache(maxsize=1024)
def break_title(title: str, width: float, names: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The lines of a title at most `width` ems wide; `names` (of organs, persons) are kept whole where they can be.

    One line when it fits. Else the fewest lines that need no word split, of lengths that grow, shrink or swell (梯形、菱形) and
    never form an hourglass, none much shorter than the others. Words are split only where that is impossible.
    """
    if ems(title) <= width:
        return (title,)
    costs = _break_costs(title, names)
    least = max(2, -int(-ems(title) // width))
    for most, lines in ((_CITED, 3), (_WORD, 3), (_FORBIDDEN, 3), (math.inf, _MOST_LINES)):
        for count in range(least, min(len(title), least + lines)):
            if told := _best(title, count, width, costs, most):
                return told
    return (title,)


@lru_cache(maxsize=1024)
def break_cost(text: str, place: int) -> float:
    """What it costs to break a text before the character at `place`."""
    return _break_costs(text, ())[place]


def _break_costs(title: str, names: tuple[str, ...]) -> list[float]:
    """What it costs to break before each character: least at the edge of a word, most where punctuation forbids it."""
    costs = [8.0] * (len(title) + 1)
    for start, end in _whole_words(title, names):
        _raise(costs, start, end, _WORD)
        for edge in (start, end):
            costs[edge] = 2.0 if costs[edge] == 8.0 else costs[edge]
    for match in _KEEP.finditer(title):
        _raise(costs, *match.span(), 60.0)
    for match in _QUOTED.finditer(title):  # 7.3.1 wants names whole; a cited title gives way only to the width
        for place in range(match.start() + 1, match.end()):
            costs[place] += _CITED
    for place in range(1, len(title)):
        if title[place] in _NO_START or title[place - 1] in _NO_END:
            costs[place] = _FORBIDDEN
        elif title[place - 1] == "并":  # it belongs to what follows
            costs[place] += 10.0
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


Line = tuple[int, int, bool]
"""Where a line begins and ends, and whether lines have begun to become shorter."""


def _best(title: str, count: int, width: float, costs: list[float], most: float) -> tuple[str, ...]:
    """The cheapest break into exactly `count` lines at places that cost less than `most`; empty when none fits.

    Once a line is shorter than the one above it, none below is longer again: so the lines grow, shrink, swell, or are equal.
    """
    ends = list(accumulate(map(WIDTHS.__getitem__, title), initial=0.0))
    places = [place for place in range(1, len(title)) if costs[place] < most] + [len(title)]
    # layers[k]: what it costs to set the title up to a line's end in k lines, and the line before it
    layers: list[dict[Line, tuple[float, Line]]] = [{(0, 0, False): (0.0, (0, 0, False))}]
    for after in range(count - 1, -1, -1):  # lines still to come after this one
        layers.append(_next_lines(layers[-1], ends, places, costs, (width, ends[-1] / count, after)))
    if not layers[-1]:
        return ()
    line = min(layers[-1], key=lambda line: layers[-1][line][0])
    told = []
    for layer in reversed(layers[1:]):
        told.append(title[line[0] : line[1]])
        line = layer[line][1]
    return tuple(reversed(told))


def _next_lines(
    layer: dict[Line, tuple[float, Line]],
    ends: list[float],
    places: list[int],
    costs: list[float],
    bounds: tuple[float, float, int],
) -> dict[Line, tuple[float, Line]]:
    """The lines that may follow those of a layer; `bounds`: the width, the mean, and how many lines come after."""
    width, mean, after = bounds
    enough = bisect_left(ends, ends[-1] - width * after)  # what is left then finds room in the lines to come
    reached: dict[Line, tuple[float, Line]] = {}
    for line, (cost, _) in layer.items():
        start, above, falling = line[1], ends[line[1]] - ends[line[0]], line[2]
        for end in places[bisect_left(places, max(enough, start + 1)) :]:
            wide = ends[end] - ends[start]
            if wide > width or (falling and wide > above + _EVEN):
                break
            if not after and end < len(ends) - 1:
                continue
            following = (start, end, falling or (start > 0 and wide < above - _EVEN))
            price = cost + abs(wide - mean) ** 1.5 + (costs[end] if after else 0.0)
            if following not in reached or price < reached[following][0]:
                reached[following] = (price, line)
    return reached
