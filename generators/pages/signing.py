"""Signatures that need a form of their own: a signature stamp (7.3.5.3) and seals of several organs (7.3.5.1).

Lengths in ems of a 三号 character; each line is its text, the places its tabs centre on (from the left edge), and its
right indent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generators.pages.widths import ems

SEAL = 7.9  # a seal of 42 mm with 1.75 mm to its neighbour
LINES_A_SEAL = 5  # lines from one row of names to the next, so that seals of 42 mm neither touch nor cross


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a signature: `centres` are tab stops, `right` the indent of a line that is set to the right."""

    text: str
    centres: tuple[float, ...] = ()
    right: float = 0.0


def stamped(names: tuple[str, ...], posts: tuple[str, ...], day: str, indent: float) -> Iterator[Line]:
    """Two blank lines, post and two characters left of each stamp, a blank line, the date; all `indent` in (7.3.5.3).

    Where there is no post, the name stands alone.
    """
    yield Line("")
    yield Line("")
    for place, name in enumerate(names):
        if place:
            yield Line("")
        post = posts[place] if place < len(posts) else ""
        yield Line(f"{post}　　{name}" if post else name, right=indent)
    yield Line("")
    yield Line(day, right=indent)


def jointly_sealed(names: tuple[str, ...], day: str, indent: float, width: float) -> Iterator[Line]:
    """Names in rows so that each has room for its own seal, the last one over the date (7.3.5.1)."""
    step = max(SEAL, max(map(ems, names)) + 1.0)
    last = width - indent - ems(day) / 2  # the middle of the date
    reach = last - (step - 0.3) / 2
    across = max(1, 1 + int(max(0.0, reach) // step))
    rows = _rows(names, across)
    for place, row in enumerate(rows):
        if place:
            for _ in range(LINES_A_SEAL - 1):
                yield Line("")
        centres = tuple(last - step * (len(row) - 1 - column) for column in range(len(row)))
        yield Line("".join(f"\t{name}" for name in row), centres=centres)
    yield Line(day, right=indent)


def _rows(names: tuple[str, ...], across: int) -> list[tuple[str, ...]]:
    """Rows of at most so many, as even as they can be, the host's first."""
    count = -(-len(names) // across)
    least, more = divmod(len(names), count)
    rows, start = [], 0
    for row in range(count):
        end = start + least + (row < more)
        rows.append(names[start:end])
        start = end
    return rows
