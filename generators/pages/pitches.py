"""Trials of other line pitches, so that a signature comes to stand with text (7.3.5.5): which lines change, and how high.

Nothing is decided here; `generators.pages.fitting` takes the first trial that holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from generators.pages.composing import Composition
from generators.pages.linebreaking import WORD, Engine, libreoffice
from generators.pages.pagination import Extent, Flow, Measures, extents
from generators.pages.pieces import Grid, Piece, Strip, pitched
from generators.pages.tables import row_heights

STEP = 5
_SHARES = (0.9, 1.25, 0.8, 1.5, 0.7, 1.75, 0.6, 2.0, 0.5, 2.5, 0.4, 3.0)
"""How high a blank line may be beside one of text, the mildest first."""
SPARE = 120
"""Twips kept free above the 版记, for its own anchor and the rounding of pitches."""


_TABLE_TIGHTEST, _TABLE_LOOSEST = 0.1, 0.4
"""By what share of it a table's lines may be lower or higher."""


@dataclass(frozen=True, slots=True)
class Laid:
    """Pieces with what they fill in each program."""

    pieces: tuple[Piece, ...]
    filled: tuple[list[Extent], ...]
    flows: tuple[Flow, ...]

    @property
    def free(self) -> int:
        """Twips below the last piece, in the program where it is least."""
        return min(flow.left for flow in self.flows)

    @property
    def pages(self) -> int:
        """Pages filled, in the program where it is most."""
        return max(flow.pages for flow in self.flows)


def engines() -> tuple[Engine, Engine]:
    """The programs that a decision must hold in."""
    return WORD, libreoffice()


def lay(pieces: tuple[Piece, ...], sizes: Measures, wide: bool) -> Laid:
    """Pieces laid on pages as each program does."""
    word, libre = (extents(pieces, sizes, engine, wide) for engine in engines())
    flow = Flow(sizes, wide).lay(pieces, word)
    parting = next((at for at, told in enumerate(word) if told != libre[at]), None)  # up to there both are one
    return Laid(pieces, (word, libre), (flow, flow if parting is None else flow.again(pieces, libre, parting)))


def trials(composition: Composition, sizes: Measures, imprint: int, wide: bool) -> Iterator[tuple[int, Laid]]:
    """The pieces as they are, then the last page of text drawn together, then apart; each with the line it has there."""
    first = lay(composition.pieces, sizes, wide)
    yield sizes.line, first
    for begin in _beginnings(first, composition):
        for line in _lines_to_try(first, composition, begin, sizes, imprint):
            yield line, _drawn_from(first, begin, line)


def whole_trials(composition: Composition, sizes: Measures, imprint: int, wide: bool) -> Iterator[tuple[int, Laid]]:
    """The whole text on another pitch within the bounds."""
    first, begin = lay(composition.pieces, sizes, wide), composition.body
    if begin < composition.signature:
        for line in _lines_to_try(first, composition, begin, sizes, imprint):
            yield line, _drawn_from(first, begin, line)


def far_trials(composition: Composition, sizes: Measures, imprint: int, wide: bool) -> Iterator[tuple[int, Laid]]:
    """The last page of text to the last bounds, what differs least first; all of the text where a page has no beginning."""
    first = lay(composition.pieces, sizes, wide)
    far = replace(sizes, tightest=sizes.narrowest, loosest=sizes.widest)
    places, end = first.flows[0].places, max(composition.body, composition.signature - 1)
    begins = {
        at if places[at].page == places[end].end_page else composition.body for at in _beginnings(first, composition)
    }
    found = [(line, begin) for begin in begins for line in _lines_to_try(first, composition, begin, far, imprint)]
    for line, begin in sorted(found, key=lambda pair: max(pair[0] / sizes.line, sizes.line / pair[0])):
        yield line, _drawn_from(first, begin, line)


def table_trials(composition: Composition, sizes: Measures, wide: bool) -> Iterator[tuple[int, Laid]]:
    """The table right above the signature on lines of another height, what differs least first."""
    at = composition.signature - 1
    table = composition.pieces[at]
    if not isinstance(table, Grid):
        return
    first, form = lay(composition.pieces, sizes, wide), table.table
    for step in range(1, 1 + int(_TABLE_LOOSEST * form.line) // STEP):
        for line in (form.line + step * STEP, form.line - step * STEP):
            if line >= (1 - _TABLE_TIGHTEST) * form.line:
                drawn = replace(form, line=line)
                pieces = (*first.pieces[:at], Grid(drawn), *first.pieces[at + 1 :])
                filled = tuple(
                    [*told[:at], row_heights(drawn, engine), *told[at + 1 :]]
                    for told, engine in zip(first.filled, engines(), strict=True)
                )
                flows = (flow.again(pieces, told, at) for flow, told in zip(first.flows, filled, strict=True))
                yield sizes.line, Laid(pieces, filled, tuple(flows))


def blank_trials(composition: Composition, sizes: Measures, wide: bool) -> Iterator[tuple[int, Laid]]:
    """The last page of text at a bound of its pitch, its blank lines lower or higher than those of text, by steps.

    Those between names stay, they are room for seals.
    """
    first = lay(composition.pieces, sizes, wide)
    begins = tuple(_beginnings(first, composition))
    for share, begin in product(_SHARES, begins):
        line = sizes.tightest if share < 1 else sizes.loosest
        yield line, _drawn_from(first, begin, line, range(composition.names), round(share * line))


def _drawn_from(first: Laid, begin: int, line: int, blanks: range = range(0), blank: int = 0) -> Laid:
    """The same with the text from the piece at `begin` on lines of that height, blank lines among `blanks` on those of `blank`."""
    drawn = (
        _drawn(piece, blank if at in blanks and _is_blank(piece) else line)
        for at, piece in enumerate(first.pieces[begin:], begin)
    )
    pieces = (*first.pieces[:begin], *drawn)
    (word, libre), (flow, other) = first.filled, first.flows
    drawn_flow = flow.again(pieces, word, begin)
    return Laid(
        pieces, first.filled, (drawn_flow, drawn_flow if other is flow else other.again(pieces, libre, begin))
    )  # fmt: skip


def _beginnings(laid: Laid, composition: Composition) -> Iterator[int]:
    """From which piece on lines may change: the first of the body on the page where the text ends, then of the title."""
    places, body, signature = laid.flows[0].places, composition.body, composition.signature
    page = places[signature - 1].end_page if signature > body else 1
    begin = next(
        (at for at in range(body, signature) if places[at].page == page), signature - 1 if signature > body else body
    )
    if begin < len(places):
        yield begin
    free = next(
        (at for at, piece in enumerate(composition.pieces) if not isinstance(piece, Strip) or not piece.fixed), begin
    )
    if page == 1 and free < begin:
        yield free
    if page == 2 and places[body].page == 1 and body < begin:  # a short paper: all of it may find room on page 1
        yield body


def _lines_to_try(laid: Laid, composition: Composition, begin: int, sizes: Measures, imprint: int) -> Iterator[int]:
    """Heights of a line that would bring the signature onto the page (and the 版记), or a line of text onto the next."""
    first = laid.flows[0].places
    if (
        first[begin].page < first[max(begin, composition.signature - 1)].end_page
    ):  # from an earlier page: what gives is not plain
        yield from range(sizes.line - STEP, sizes.tightest - 1, -STEP)
        yield from range(sizes.line + STEP, sizes.loosest + 1, STEP)
        return
    tight, loose = [], []
    for flow, filled in zip(laid.flows, laid.filled, strict=True):
        room = flow.height - flow.places[begin].top
        lines = [0, 0]
        for at in range(begin, composition.signed):
            piece, extent = composition.pieces[at], filled[at]
            if _gives(piece) and isinstance(extent, int):
                lines[at >= composition.signature] += extent
            else:
                room -= flow.tall(piece, extent)
        text, block = lines
        if text + block and room > 0:
            tight += [room // (text + block), (room - imprint - SPARE) // (text + block)]
        loose += [room // (text - lines) + 1 for lines in (0, 1) if text > lines]  # a line goes along, better two
    told = sorted({line - line % STEP for line in tight if sizes.tightest <= line < sizes.line}, reverse=True)
    yield from told
    yield from sorted({line for line in loose if sizes.line < line <= sizes.loosest}, reverse=True)


def _gives(piece: Piece) -> bool:
    """Whether a piece is text whose lines may be drawn together."""
    return isinstance(piece, Strip) and not piece.fixed and not piece.form.line


def _is_blank(piece: Piece) -> bool:
    return isinstance(piece, Strip) and not piece.content


def _drawn(piece: Piece, line: int) -> Piece:
    """The piece on lines of that height, if it is text that may be drawn together."""
    if not isinstance(piece, Strip) or not _gives(piece):
        return piece
    return Strip(pitched(piece.form, line), piece.content, piece.text, piece.size)
