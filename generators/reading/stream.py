"""The lines of a document as one stream, those of layout tables among them, with what is known of each so far."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from generators.reading import patterns as p
from generators.reading.lines import Grid, Line, Walked
from model.proofing import Role, Where

LOOKED_AT = 16
"""Lines from the top among which the head is looked for."""
_LAST = 8
"""Lines at the end among which a web page's own are looked for."""
LONG_BODY = 60
"""Characters of a line that can be no element of the head."""
_FURNITURE = {Where.HEADER: Role.HEADER, Where.FOOTER: Role.FOOTER, Where.FOOTNOTE: Role.FOOTNOTE}


@dataclass(slots=True)
class Told:
    """What is known of a line: see `ProofParagraph`; `annex`: place of the annex it stands in, 0 the document itself.

    goes_on: the line goes on with the text of the one before it, which a converter broke where the page's line ended.
    """

    role: Role = Role.BODY
    level: int = 0
    head: int = 0
    sure: float = 0.5
    annex: int = 0
    goes_on: bool = False


@dataclass(slots=True)
class Recognised:
    """A `Told` for each line, and the tables that are layout only (版记, 版头, a frame round everything)."""

    told: list[Told]
    imprint: set[int] = field(default_factory=set)
    frames: set[int] = field(default_factory=set)


class Stream:
    """What recognising works on. `places` are the places in `lines` of the stream's lines; methods take a place in the stream.

    Blank lines, furniture and the cells of work tables have their roles already and are not in the stream.
    """

    def __init__(self, walked: Walked) -> None:
        self.walked, self.lines = walked, walked.lines
        self.told = [Told() for _ in walked.lines]
        self.found = Recognised(self.told)
        self.places: list[int] = []
        self.plain = [p.trimmed(line.text) for line in walked.lines]
        _sort_out(self)

    @cached_property
    def size(self) -> float:
        """The size in points that most characters of the body have."""
        return _body_size(self.lines)

    def __len__(self) -> int:
        return len(self.places)

    def text(self, at: int) -> str:
        """The characters of a line, "" behind the last one."""
        return self.lines[self.places[at]].text if at < len(self.places) else ""

    def trimmed(self, at: int) -> str:
        """The same without white space at the ends."""
        return self.plain[self.places[at]] if at < len(self.places) else ""

    def shown(self, at: int) -> str:
        """The same with the automatic number."""
        line = self.lines[self.places[at]]
        return line.auto + line.text

    def line(self, at: int) -> Line:
        """The line."""
        return self.lines[self.places[at]]

    def of(self, at: int) -> Told:
        """What is known of it."""
        return self.told[self.places[at]]

    def set(self, at: int, role: Role, sure: float = 0.9, **more: int) -> None:
        """Give it a role."""
        told = self.of(at)
        told.role, told.sure = role, sure
        for name, value in more.items():
            setattr(told, name, value)


def _sort_out(stream: Stream) -> None:
    """Blank lines, furniture and cells get their roles; the rest is the stream, lines of layout tables among it."""
    frames = {grid.number for grid in stream.walked.grids if _is_frame(stream, grid)}
    stream.found.frames = frames
    pasted = _pasted(stream)
    for place, line in enumerate(stream.lines):
        told, where = stream.told[place], line.place.where
        if where in _FURNITURE:
            told.role, told.sure = _FURNITURE[where], 1.0
        elif not stream.plain[place] and not line.auto:
            told.role, told.sure = Role.BLANK, 1.0
            if line.place.table and line.place.table not in frames:
                told.role = Role.CELL
        elif line.place.table and line.place.table not in frames:
            told.role, told.sure = Role.CELL, 1.0
        elif place in pasted:
            told.role, told.sure = Role.PASTED, 0.9
        else:
            stream.places.append(place)


def _pasted(stream: Stream) -> set[int]:
    """What a web page set above and below the paper that was pasted from it."""
    if stream.walked.ours:
        return set()
    written = [
        place for place, line in enumerate(stream.lines) if line.place.where is Where.BODY and stream.plain[place]
    ]
    edges = (*written[:LOOKED_AT], *written[-_LAST:])
    return {place for place in edges if p.PASTED.fullmatch(stream.plain[place])}


def _is_frame(stream: Stream, grid: Grid) -> bool:
    """A table that lays out 版头 or 版记, or that only frames a whole text."""
    texts = [p.trimmed(line.text) for line in stream.lines[grid.first : grid.after]]
    texts = [text for text in texts if text]
    if sum(len(row) for row in grid.rows) == 1 and len(texts) > 3:
        return True
    if not texts or len(texts) > 12:
        return False
    if any(p.IMPRINT.match(text) for text in texts) or any(
        p.PRINTED.search(text[-4:]) and len(texts) <= 6 for text in texts
    ):
        stream.found.imprint.add(grid.number)
        return True
    early = grid.first <= LOOKED_AT and not any(len(line.text) > LONG_BODY for line in stream.lines[: grid.first])
    short = all(len(text) < 30 for text in texts)
    return early and any(
        p.number_piece(text) or p.SIGNERS.match(text) or (short and p.bare(text).endswith("文件")) for text in texts
    )


def _body_size(lines: list[Line]) -> float:
    """The size that most characters have."""
    sizes: Counter[float] = Counter()
    body = Where.BODY
    for line in lines:
        if line.place.where is body:
            for run in line.runs:
                sizes[run.size] += len(run.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
