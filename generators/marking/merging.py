"""Cells that join their neighbours: `^^` the cell above, `<<` the cell to the left."""

from __future__ import annotations

from collections.abc import Sequence

from model.documents import Cell


def merged(rows: Sequence[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Cells holding only `^^` join the cell above, `<<` the cell to the left."""
    grid = [list(row) for row in rows]
    kept: list[list[Cell | None]] = [list(row) for row in grid]
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(grid):
        for c, cell in enumerate(row):
            target = {"^^": (r - 1, c), "<<": (r, c - 1)}.get(cell.text)
            if target is None or min(target) < 0 or (cell.text == "^^" and r == 1):
                owner[r, c] = (r, c)
                continue
            owner[r, c] = owner.get(target, target)
            kept[r][c] = None
            _grow(kept, owner[r, c], r, c)
    return tuple(tuple(cell for cell in row if cell is not None) for row in kept)


def _grow(kept: list[list[Cell | None]], at: tuple[int, int], row: int, column: int) -> None:
    cell = kept[at[0]][at[1]]
    if cell is not None:
        columns, lines = max(cell.columns, column - at[1] + 1), max(cell.rows, row - at[0] + 1)
        kept[at[0]][at[1]] = Cell(cell.text, columns=columns, rows=lines, align=cell.align)
