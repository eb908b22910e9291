"""What depends on where pages end (7.3.2, 7.3.5.5, 7.4, 7.5), decided so that it holds in Word and in LibreOffice alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generators.pages.composing import Composition, along
from generators.pages.pagination import Flow, Measures, extents
from generators.pages.pieces import Piece, Solid
from generators.pages.pitches import (
    SPARE,
    Laid,
    blank_trials,
    engines,
    far_trials,
    lay,
    table_trials,
    trials,
    whole_trials,
)
from generators.pages.widths import ems

_FOR_IMPRINT = 20  # twips that lines may give up for the 版记 alone

IMPRINT_HOLDS = 400.0
"""Ems of addressees that the 版记 has room for on one page; more of them stay at the top."""


ALWAYS_ROOM = 56.0
"""Ems of addressees, two lines, that leave room for body text on page 1 under any title, the mark being one line."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The pieces as they are to be set; `imprint_apart`: the 版记 has no room below them; `page`: on which they end.

    `signed`: the whole signature stands with text.
    """

    pieces: tuple[Piece, ...]
    imprint_apart: bool
    page: int
    signed: bool


def may_leave(composition: Composition, addressees: str) -> bool:
    """Whether there are addressees, above a text, that the 版记 has room for."""
    return (
        composition.addressees >= 0 and composition.signature != composition.body and ems(addressees) <= IMPRINT_HOLDS
    )


def addressees_leave(composition: Composition, sizes: Measures, addressees: str) -> bool:
    """Whether the addressees would push the body off page 1 and so go to the 版记 (7.3.2)."""
    if not may_leave(composition, addressees):
        return False
    if ems(addressees) < ALWAYS_ROOM and not any(
        isinstance(piece, Solid) for piece in composition.pieces[: composition.body]
    ):
        return False
    first = composition.pieces[: composition.body + 1]
    return any(Flow(sizes).lay(first, extents(first, sizes, engine)).places[-1].page > 1 for engine in engines())


def fit(composition: Composition, sizes: Measures, imprint: int, wide: bool = False) -> Fit:
    """Keep the signature with text, and give a 版记 of `imprint` twips its room on the last page where that can be.

    What cannot stand on one page with text is parted: names of several organs on two pages, the first with text.
    """
    kept = _kept_with_text(composition, sizes, imprint, wide)
    laid, several = kept, composition.parted()
    if not laid and several:
        laid = _kept_with_text(several, sizes, imprint, wide)
    laid = laid or lay((several or composition).pieces, sizes, wide)
    return Fit(laid.pieces, laid.free < imprint + SPARE, laid.pages, signed=kept is not None)


def _kept_with_text(composition: Composition, sizes: Measures, imprint: int, wide: bool) -> Laid | None:
    """The mildest way to keep the signature with text, if any serves."""
    return next(filter(None, _ways(composition, sizes, imprint, wide)), None)


def _ways(composition: Composition, sizes: Measures, imprint: int, wide: bool) -> Iterator[Laid | None]:
    """Ways to keep the signature with text, the mildest first; None where one does not serve.

    As it is; the lines of the last page of text drawn together; drawn apart, so that text goes along to the signature's page
    (7.3.5.5); the last paragraph kept with the signature; a table above it on other lines; the whole text drawn together or
    apart; only the 附件说明 with the signature; the last page of text beyond the usual bounds; blank lines of another height.
    """
    yield _best(composition, trials(composition, sizes, imprint, wide), sizes, imprint)
    last = along(composition.pieces, composition.signature - 1)
    yield _best(composition, [(sizes.line, lay(last, sizes, wide))], sizes, 0)
    yield _best(composition, table_trials(composition, sizes, wide), sizes, 0)
    yield _best(composition, whole_trials(composition, sizes, imprint, wide), sizes, 0)
    listed = replace(composition, signature=composition.names)
    if composition.signature < composition.names:
        yield _best(listed, trials(listed, sizes, imprint, wide), sizes, imprint)
        yield _best(listed, whole_trials(listed, sizes, imprint, wide), sizes, 0)
    yield _best(listed, far_trials(listed, sizes, imprint, wide), sizes, 0)
    yield _best(listed, blank_trials(listed, sizes, wide), sizes, 0)


def _best(composition: Composition, tried: Iterable[tuple[int, Laid]], sizes: Measures, imprint: int) -> Laid | None:
    """The first trial that keeps the signature with text; one drawn a little closer if that gives the 版记 its room."""
    first = None
    for line, laid in tried:
        if not _signed_with_text(laid, composition):
            continue
        drawn, fits = sizes.line - line, laid.free >= (imprint + SPARE if imprint else 0)
        if fits and (first is None or 0 <= drawn <= _FOR_IMPRINT):
            return laid
        first = first or laid
        if not 0 <= drawn < _FOR_IMPRINT or not imprint:
            break
    return first


def _signed_with_text(laid: Laid, composition: Composition) -> bool:
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
