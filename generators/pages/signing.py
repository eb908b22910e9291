"""署名 and 成文日期 (7.3.5): sealed by one organ or several, unsealed, or with a signature stamp.

Lengths in ems of a 三号 character. A line of a signature lets the program leave a gap between digits and Han characters: the
body does without, but LibreOffice leaves it whatever the file says, and only so do all programs set a date equally wide.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from generators.pages.widths import ems, gapped
from model.wording import missing

SEAL = 7.9  # a seal of 42 mm with 1.75 mm to its neighbour
_DAY = "2026年10月10日"  # as wide as a date can be
LINES_A_SEAL = 5  # lines from one row of names to the next, so that seals of 42 mm neither touch nor cross


class Line(NamedTuple):
    """One line of a signature.

    `centres` are the places its tabs centre on, from the left edge; `left` its indent; `right` that of a line without these,
    which ends at the right; `apart` what is added behind each character but the last.
    """

    text: str
    centres: tuple[float, ...] = ()
    right: float = 0.0
    left: float | None = None
    apart: float = 0.0


def sealed(name: str, day: str, indent: float) -> Iterator[Line]:
    """The date `indent` in, the name centred on it (7.3.5.1)."""
    overhang = (gapped(name) - gapped(day)) / 2
    # A name so long that it would leave the type area: the date moves in with it.
    yield Line(name, right=max(0.0, indent - overhang))
    yield Line(day, right=max(indent, overhang))


def unsealed(names: tuple[str, ...], day: str, indent: float, width: float) -> Iterator[Line]:
    """Names `indent` in, the host's first, drawn out to one width (figure 9); the date begins two characters further right.

    A date longer than the names is itself `indent` in, and the names stand further in (7.3.5.2). By left indents, so that
    the step holds whatever the width of a face's digits.
    """
    widest = max(map(gapped, names))
    start = width - unsealed_reach(widest, gapped(day), indent)
    for name in names:
        lacking = widest - gapped(name)
        yield Line(name, left=max(0.0, start), apart=lacking / (len(name) - 1) if lacking and len(name) > 1 else 0.0)
    yield Line(day, left=max(0.0, start + 2))


def unsealed_reach(widest: float, day: float, indent: float) -> float:
    """How far from the right edge unsealed names begin, by the widths of the widest name and of the date."""
    return max(indent + widest, day + 2 + (indent if day > widest else 0.0))


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
    """Names in rows so that each has room for its own seal, the last one over the date (7.3.5.1, figures 7 and 8)."""
    column = max(SEAL, max(map(ems, names)) + 1.0)
    across = max(1, int(width // column))
    *rows, end = _rows(names, across)
    # Which names share the last row is decided for a real date, so that a draft keeps its rows when it is issued.
    dated = width - indent - gapped(_DAY if day == missing("成文日期") else day) / 2
    if len(end) > 1 and _last_centres(end, dated, width / across)[0] < max(ems(end[0]), SEAL - 0.3) / 2:
        rows, end = _rows(names[:-1], across), names[-1:]
    last = width - indent - gapped(day) / 2  # the middle of the date
    centres = _last_centres(end, last, width / across) if len(end) > 1 else (last,)
    for row in rows:
        yield _row(row, tuple((place + 0.5) * width / len(row) for place in range(len(row))))
        yield from [Line("")] * (LINES_A_SEAL - 1)
    yield _row(end, centres)
    yield Line(day, right=indent)


def _last_centres(row: tuple[str, ...], last: float, step: float) -> tuple[float, ...]:
    """The middles of the names in the row over the date: in columns as above, closer where that leaves the type area."""
    if last - step * (len(row) - 1) < max(ems(row[0]), SEAL - 0.3) / 2:
        closest = [(ems(left) + ems(right)) / 2 + 1.0 for left, right in pairwise(row)]
        step = max(SEAL, *closest) if closest else SEAL
    return tuple(last - step * (len(row) - 1 - place) for place in range(len(row)))


def _row(names: tuple[str, ...], centres: tuple[float, ...]) -> Line:
    return Line("".join(f"\t{name}" for name in names), centres=centres)


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
