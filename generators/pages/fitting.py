"""What depends on where pages end (7.3.2, 7.3.5.5, 7.4, 7.5), decided so that it holds in Word and in LibreOffice alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generators.pages.composing import Composition, along
from generators.pages.linebreaking import WORD, Engine, libreoffice
from generators.pages.pagination import Extent, Flow, Measures, extents
from generators.pages.pieces import Piece, Solid, Strip, pitched
from generators.pages.widths import ems

STEP = 5
_FOR_IMPRINT = 20  # twips that lines may give up for the 版记 alone
SPARE = 120
"""Twips kept free above the 版记, for its own anchor and the rounding of pitches."""

IMPRINT_HOLDS = 400.0
"""Ems of addressees that the 版记 has room for on one page; more of them stay at the top."""


ALWAYS_ROOM = 56.0
"""Ems of addressees, two lines, that leave room for body text on page 1 under any title, the mark being one line."""


@dataclass(frozen=True, slots=True)
class _Laid:
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


@dataclass(frozen=True, slots=True)
class Fit:
    """The pieces as they are to be set; `imprint_apart`: the 版记 has no room below them; `page`: on which they end."""

    pieces: tuple[Piece, ...]
    imprint_apart: bool
    page: int


def engines() -> tuple[Engine, Engine]:
    """The programs that a decision must hold in."""
    return WORD, libreoffice()


def addressees_leave(composition: Composition, sizes: Measures, addressees: str) -> bool:
    """Whether the addressees would push the body off page 1 and so go to the 版记 (7.3.2)."""
    if composition.addressees < 0 or composition.signature == composition.body or ems(addressees) > IMPRINT_HOLDS:
        return False
    if ems(addressees) < ALWAYS_ROOM and not any(
        isinstance(piece, Solid) for piece in composition.pieces[: composition.body]
    ):
        return False
    first = composition.pieces[: composition.body + 1]
    return any(Flow(sizes).lay(first, extents(first, sizes, engine)).places[-1].page > 1 for engine in engines())


def fit(composition: Composition, sizes: Measures, imprint: int, wide: bool = False) -> Fit:
    """Keep the signature with text, and give a 版记 of `imprint` twips its room on the last page where that can be.

    In this order: as it is; the lines of the last page of text drawn together; drawn apart, so that text goes along to the
    signature's page (7.3.5.5); the last paragraph kept with the signature; names of several organs on two pages.
    """
    ways = (composition, several) if (several := composition.parted()) else (composition,)
    for way in ways:
        last = replace(way, pieces=along(way.pieces, way.signature - 1))
        laid = _best(way, sizes, imprint, wide) or _whole(last, sizes, wide)
        if laid:
            break
    else:
        laid = _lay(composition.pieces, sizes, wide)
    return Fit(laid.pieces, imprint_apart=laid.free < imprint + SPARE, page=laid.pages)


def _best(composition: Composition, sizes: Measures, imprint: int, wide: bool) -> _Laid | None:
    """The first trial that keeps the signature with text; one drawn a little closer if that gives the 版记 its room."""
    first = None
    for line, laid in _trials(composition, sizes, imprint, wide):
        if not _signed_with_text(laid, composition):
            continue
        drawn, fits = sizes.line - line, laid.free >= (imprint + SPARE if imprint else 0)
        if fits and (first is None or 0 <= drawn <= _FOR_IMPRINT):
            return laid
        first = first or laid
        if not 0 <= drawn < _FOR_IMPRINT or not imprint:
            break
    return first


def _whole(composition: Composition, sizes: Measures, wide: bool) -> _Laid | None:
    laid = _lay(composition.pieces, sizes, wide)
    return laid if _signed_with_text(laid, composition) else None


def _trials(composition: Composition, sizes: Measures, imprint: int, wide: bool) -> Iterator[tuple[int, _Laid]]:
    """The pieces as they are, then the last page of text drawn together, then apart; each with the line it has there."""
    first = _lay(composition.pieces, sizes, wide)
    yield sizes.line, first
    for begin in _beginnings(first, composition):
        for line in _lines_to_try(first, composition, begin, sizes, imprint):
            drawn = tuple(_drawn(piece, line) for piece in composition.pieces[begin:])
            pieces = (*composition.pieces[:begin], *drawn)
            flows = tuple(
                flow.again(pieces, filled, begin) for flow, filled in zip(first.flows, first.filled, strict=True)
            )
            yield line, _Laid(pieces, first.filled, flows)


def _beginnings(laid: _Laid, composition: Composition) -> Iterator[int]:
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


def _lines_to_try(laid: _Laid, composition: Composition, begin: int, sizes: Measures, imprint: int) -> Iterator[int]:
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


def _drawn(piece: Piece, line: int) -> Piece:
    """The piece on lines of that height, if it is text that may be drawn together."""
    if not isinstance(piece, Strip) or not _gives(piece):
        return piece
    return Strip(pitched(piece.form, line), piece.content, piece.text, piece.size)


def _lay(pieces: tuple[Piece, ...], sizes: Measures, wide: bool) -> _Laid:
    word, libre = (extents(pieces, sizes, engine, wide) for engine in engines())
    flow = Flow(sizes, wide).lay(pieces, word)
    return _Laid(pieces, (word, libre), (flow, flow if word == libre else Flow(sizes, wide).lay(pieces, libre)))


def _signed_with_text(laid: _Laid, composition: Composition) -> bool:
    """Whether the page that the signature stands on has text, in each program, and page 1 still has some (7.3.3).

    No signature is with text always.
    """
    begin, end, body = composition.signature, composition.signed, composition.body
    if not 0 < begin < end:
        return True
    if body < begin and any(f.places[body].page > 1 for f in laid.flows):
        return False
    pages = ((f.places[begin - 1].end_page, f.places[begin].page, f.places[end - 1].end_page) for f in laid.flows)
    return all(text == first == last for text, first, last in pages)


def room_below(pieces: Sequence[Piece], sizes: Measures, wide: bool) -> tuple[int, int]:
    """Twips free below pieces that begin on a new page, and how many pages they fill, the worse of both programs."""
    flows = [Flow(sizes, wide).lay(pieces, extents(pieces, sizes, engine, wide)) for engine in engines()]
    return min(flow.left for flow in flows), max(flow.pages for flow in flows)
