"""A group's name (a cell merged downwards) is said again overleaf, where every program turns the page at the same row.

Such a cell has a style of its own (公文续格), by which a reader knows that it goes on with the one before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from generators.pages.pagination import Flow, Measures, extents
from generators.pages.pieces import Grid, Piece
from generators.pages.pitches import engines
from generators.pages.tables import Placed, TableForm, row_heights


def said_again(pieces: tuple[Piece, ...], sizes: Measures, wide: bool) -> tuple[Piece, ...]:
    """The same pieces, their groups parted where a page ends; pieces begin on a new page, on its side if `wide`."""
    if not any(isinstance(piece, Grid) and _goes_on(piece.table.rows) for piece in pieces):
        return pieces
    flows = [Flow(sizes, wide).lay(pieces, extents(pieces, sizes, engine, wide)) for engine in engines()]
    return tuple(
        Grid(_parted(piece.table, flows[0].places[at].breaks))
        if isinstance(piece, Grid) and len({flow.places[at].breaks for flow in flows}) == 1
        else piece
        for at, piece in enumerate(pieces)
    )


def _goes_on(rows: Iterable[tuple[Placed, ...]]) -> bool:
    return any(merge == "continue" for row in rows for _, _, merge in row)


def _parted(form: TableForm, breaks: Sequence[int]) -> TableForm:
    """The table with its groups begun again at some rows, if these rows have room for the names."""
    rows = list(form.rows)
    for at in breaks:
        rows[at] = tuple(_begun(rows, at, placed) for placed in rows[at])
    told = replace(form, rows=tuple(rows))
    return told if all(row_heights(told, engine) == row_heights(form, engine) for engine in engines()) else form


def _begun(rows: Sequence[tuple[Placed, ...]], at: int, placed: Placed) -> Placed:
    start, cell, merge = placed
    if merge != "continue":
        return placed
    last = at
    while last + 1 < len(rows) and (start, cell, "continue") in rows[last + 1]:
        last += 1
    return start, replace(cell, rows=last - at + 1), "again" if last > at else "alone"
