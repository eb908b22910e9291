"""What walking a document gives: its lines with their looks, its tables as grids, its sections. No roles yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from model.proofing import ParagraphLook, Place, ProofFooter, ProofRun

PLAIN = ParagraphLook()


@dataclass(slots=True)
class Line:
    """A paragraph, or what stands between two line breaks of one; see `ProofParagraph` for `auto`."""

    text: str
    place: Place
    runs: tuple[ProofRun, ...] = ()
    look: ParagraphLook = PLAIN
    auto: str = ""
    cuts: tuple[int, ...] = ()  # where the file's own runs begin, the first left out


@dataclass(slots=True)
class GridCell:
    """A cell of the grid, rows and columns from 1; `lines` are places in the list of lines."""

    row: int
    column: int
    columns: int = 1
    rows: int = 1
    lines: list[int] = field(default_factory=list)
    align: str = ""


@dataclass(slots=True)
class Grid:
    """A table; `first` is the place of its first line, `after` that of the line behind its last."""

    number: int
    first: int
    after: int = 0
    header: int = 0
    rows: list[list[GridCell]] = field(default_factory=list)
    boxed: bool = False


@dataclass(slots=True)
class Sheet:
    """A section: place of its first line and its measures in mm; see `ProofSection`."""

    first: int
    measures: dict[str, float] = field(default_factory=dict)
    landscape: bool = False
    title_page: bool = False
    grid: str = ""
    grid_pitch: float = 0.0
    footers: list[tuple[ProofFooter, tuple[int, ...]]] = field(default_factory=list)


@dataclass(slots=True)
class Walked:
    """Everything that was read. `notes` are (rule, message) about the file: tracked changes, pictures, comments."""

    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    ours: bool = False
    odd_even: bool = False
