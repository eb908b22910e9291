"""What is left when head and ending are known: headings, items, captions, and lines that a converter broke."""

from __future__ import annotations

import re
from itertools import pairwise

from generators.pages.widths import ems
from generators.reading import patterns as p
from generators.reading.headings import Found, heading_of, looks_of
from generators.reading.lines import Line
from generators.reading.stream import Stream
from model.proofing import Role, Where

_BODIES = frozenset((Role.BODY, Role.HEADING, Role.ITEM))


def bodies(stream: Stream) -> None:
    """Give the lines that are left their roles."""
    captions = _captions(stream)
    plain = (stream.lines[place] for place in stream.places if stream.told[place].role is Role.BODY)
    looks = looks_of([] if stream.walked.ours else list(plain))
    body, ours = Role.BODY, stream.walked.ours
    listing: set[int] = set()
    for at, place in enumerate(stream.places):
        told, line = stream.told[place], stream.lines[place]
        if told.role is not body:
            continue
        if place in captions:
            told.role, told.sure = Role.CAPTION, 0.8
            continue
        below = stream.lines[stream.places[at + 1]] if at + 1 < len(stream.places) else None
        found = heading_of(line, below, ours, looks)
        if found and not ours:
            found = _as_before(found, line, listing)
        if found:
            told.role, told.level, told.head, told.sure = found
        elif line.place.where is Where.TEXT_BOX and line.place.table not in stream.found.frames:
            told.role, told.sure = Role.TEXT_BOX, 0.6
        else:
            told.sure = 0.9
    if not stream.walked.ours:
        _rejoin(stream)


def _as_before(found: Found, line: Line, listing: set[int]) -> Found:
    """The last item of a list ends with a full stop, as a heading may; `listing` are the levels at which a list goes on."""
    role, level, head, sure = found
    text = p.trimmed(line.text)
    if role is Role.HEADING and not head and level in listing and text.endswith(("。", ".")):
        role = Role.ITEM
    listing.difference_update(range(level, 5))
    if role is Role.ITEM and text.endswith(("；", ";")):
        listing.add(level)
    return role, level, head, sure


def _rejoin(stream: Stream) -> None:
    """Lines that a converter made paragraphs of: where most are as wide as the page and few end a sentence."""
    bodies = [place for place in stream.places if stream.told[place].role in _BODIES]
    widths = [ems(p.trimmed(stream.lines[place].text)) for place in bodies]
    full = max(widths, default=0.0)
    if len(bodies) < 6 or not 15 <= full <= 60:
        return
    broken = [
        wide > full - 4 and not _ended(stream.lines[place].text) for place, wide in zip(bodies, widths, strict=True)
    ]
    if sum(broken) < 0.3 * len(bodies):
        return
    for (place, below), cut in zip(pairwise(bodies), broken, strict=False):
        told = stream.told[below]
        same = told.annex == stream.told[place].annex and told.role is Role.BODY
        if cut and same and not _between(stream, place, below) and not _indented(stream.lines[below]):
            told.goes_on = True


def _between(stream: Stream, one: int, other: int) -> bool:
    """Whether anything but blank lines stands between two lines."""
    return any(stream.told[place].role is not Role.BLANK for place in range(one + 1, other))


def _captions(stream: Stream) -> set[int]:
    """The lines that name the table below them."""
    found = set()
    for grid in stream.walked.grids:
        if grid.number in stream.found.frames or grid.boxed:
            continue
        place = grid.first - 1
        while place >= 0 and stream.told[place].role is Role.BLANK and grid.first - place < 3:
            place -= 1
        if (
            place >= 0
            and stream.told[place].role is Role.BODY
            and _is_caption(stream, stream.lines[place], grid.first - place)
        ):
            found.add(place)
    return found


def _is_caption(stream: Stream, line: Line, distance: int) -> bool:
    text = p.trimmed(line.text)
    if not text or len(text) > 40 or p.STOPS.search(text) or text.endswith(("：", ":")) or line.place.table:
        return False
    centred = line.look.align == "center"
    if stream.walked.ours:
        return centred and distance == 1
    if p.ordinal_of(line.auto + line.text):
        return False
    return centred or bool(re.match(r"(?:附?表)\s*[\d一二三四五六七八九十]", text)) or text.endswith(("表", "一览"))


def _ended(text: str) -> bool:
    return p.trimmed(text).endswith(("。", "！", "？", "：", "；", ".", ":", ";", "”", "）"))


def _indented(line: Line) -> bool:
    return line.text.startswith(("　　", "    ")) or line.look.first_chars >= 1 or line.look.first >= 12
