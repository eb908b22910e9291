"""The body of a document or an annex: its lines as paragraphs, headings, items and tables."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from generators.reading import patterns as p
from generators.reading.lines import Grid, Line
from generators.reading.roles import Roles
from generators.reading.stream import Told
from model.documents import Block, Cell, Heading, Item, Paragraph, Run, Table
from model.proofing import Role, Where

_BODY, _ITEM, _CAPTION = Role.BODY, Role.ITEM, Role.CAPTION  # Python 3.11 takes 0.4 µs to find an enumeration's member
_BODIES = frozenset((_BODY, _ITEM, Role.HEADING))
_ASIDE = frozenset((Role.BLANK, Role.CELL, Role.HEADER, Role.FOOTER, Role.FOOTNOTE))


@dataclass(slots=True)
class _Counts:
    """The numbers that the writer will give; a number in the text that differs keeps its paragraph as plain text."""

    counts: list[int] = field(default_factory=lambda: [0, 0, 0, 0])

    def follows(self, level: int, value: int) -> bool:
        if self.counts[level - 1] + 1 != value:
            return False
        self.counts[level - 1] = value
        self.counts[level:] = [0] * (4 - level)
        return True


def blocks(roles: Roles) -> dict[int, list[Block]]:
    """What stands in the document itself (0) and in each annex by its number, in order."""
    found: dict[int, list[Block]] = defaultdict(list)
    counts: dict[int, _Counts] = defaultdict(_Counts)
    captions: dict[int, str] = {}
    grids = {grid.first: grid for grid in roles.walked.grids if _is_table(roles, grid)}
    place = annex = 0
    while place < len(roles.lines):
        told, grid = roles.told[place], grids.get(place)
        if grid is not None:  # it stands in the annex of the nearest line before it
            found[annex].append(_table(grid, roles.lines, captions.pop(annex, ""), roles.ours))
            place = max(grid.after, place + 1)
            continue
        if told.role not in _ASIDE:
            annex = told.annex
        if told.role is _CAPTION:
            captions[annex] = roles.lines[place].text if roles.ours else p.trimmed(roles.lines[place].text)
        elif told.role in _BODIES:
            _add(roles, found[annex], place, counts[annex])
        place += 1
    return found


def _add(roles: Roles, blocks: list[Block], place: int, counts: _Counts) -> None:
    """The block of a line, or its text at the end of the block before it, whose paragraph a converter broke."""
    told = roles.told[place]
    longer = _lengthened(blocks[-1], roles.lines[place]) if told.goes_on and blocks else None
    if longer is None:
        blocks.append(_block(roles, place, told, counts))
    else:
        blocks[-1] = longer


def _is_table(roles: Roles, grid: Grid) -> bool:
    return grid.number not in roles.frames and grid.after > grid.first and roles.lines[grid.first].place.where not in (
        Where.HEADER, Where.FOOTER,
    )  # fmt: skip


def _block(roles: Roles, place: int, told: Told, counts: _Counts) -> Block:
    line = roles.lines[place]
    shown = line.auto + line.text
    ordinal = None
    if told.role is not _BODY:
        ordinal = p.own_ordinal(shown, (told.level,)) if roles.ours else p.ordinal_of(shown)
    if ordinal is None:
        return _plain(roles, line)
    if not counts.follows(told.level, ordinal.value):
        written = p.trimmed(shown[: ordinal.length])
        roles.remarks.append((place, f"序号“{written}”与前面的接不上，按正文原样保留"))
        return _plain(roles, line)
    if told.role is _ITEM:
        return Item(told.level, _runs(roles, line, ordinal.length))
    if told.head:
        text = shown[ordinal.length : told.head]
        return Heading(told.level, text if roles.ours else p.trimmed(text), _runs(roles, line, told.head))
    text = shown[ordinal.length :]
    return Heading(told.level, text if roles.ours else p.trimmed(text))


def _plain(roles: Roles, line: Line) -> Paragraph:
    if roles.ours:
        flush = not line.look.first_chars and not line.look.first
        return Paragraph(_runs(roles, line, 0), flush=flush)
    if line.text.startswith("\u3000" * 4):  # pushed to the right by spaces, as a place to sign is
        return Paragraph((Run(line.text.rstrip()),), flush=True)
    form = bool(re.search(r"\t|[ \u3000]{4,}|_{3,}", p.trimmed(line.text)))
    indented = line.look.first_chars > 0 or line.look.first > 0
    return Paragraph(_runs(roles, line, 0), flush=form and not indented)


def _runs(roles: Roles, line: Line, begins: int) -> tuple[Run, ...]:
    """The runs of a line from a character of `auto + text` on; bold is kept in our own papers only."""
    if not roles.ours:
        text = p.trimmed((line.auto + line.text)[begins:])
        return (Run(text),) if text else ()
    runs: list[Run] = []
    skip = begins
    for run in line.runs:
        text = run.text[skip:]
        skip = max(0, skip - len(run.text))
        if not text:
            continue
        if runs and runs[-1].bold == run.bold:
            runs[-1] = Run(runs[-1].text + text, run.bold)
        else:
            runs.append(Run(text, run.bold))
    return tuple(runs)


def _lengthened(block: Block, line: Line) -> Block | None:
    """A block with a line's text behind its own, None for a table."""
    run = (Run(p.trimmed(line.text)),)
    if isinstance(block, Paragraph):
        return replace(block, runs=_joined(block.runs, run))
    if isinstance(block, Item):
        return replace(block, runs=_joined(block.runs, run))
    if isinstance(block, Heading):
        if block.run_in:
            return replace(block, run_in=_joined(block.run_in, run))
        return Item(block.level, _joined((Run(block.text),), run))
    return None


def _joined(runs: tuple[Run, ...], more: tuple[Run, ...]) -> tuple[Run, ...]:
    """Runs put together; Latin words that a line's end parted get their space back."""
    before, after = "".join(run.text for run in runs), "".join(run.text for run in more)
    space = (
        " " if before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha() else ""
    )
    return (Run(before + space + after),)


def _table(grid: Grid, lines: list[Line], caption: str, ours: bool) -> Table:
    rows = tuple(tuple(_cell(cell.lines, cell.columns, cell.rows, lines, ours) for cell in row) for row in grid.rows)
    header = grid.header if ours or grid.header else int(len(rows) > 1)
    return Table(header=rows[:header], rows=rows[header:], caption=caption)


def _cell(places: list[int], columns: int, rows: int, lines: list[Line], ours: bool) -> Cell:
    texts = [lines[place].auto + lines[place].text for place in places]
    if not ours:  # blank lines and full-width blanks are room to write in
        texts = [text.rstrip() if text.startswith("\u3000") else p.trimmed(text) for text in texts]
    right = bool(places) and lines[places[0]].look.align == "right"
    text = "\n".join(texts)
    return Cell(text.removesuffix("\n") if rows > 1 else text, columns, rows, "右" if right else None)
