"""Bounds, rights and facets over the catalogue's own rows, the same for every engine."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable

from indexer.engines import Bounds, Facets, Scope
from indexer.queries import Filter
from model.texts import TextState

FACETS = {"年度": "year", "活动": "campaign", "单位": "unit_name", "文种": "kind", "保管期限": "retention"}
SHOWN = 50
"""Values of one facet."""


def filtered(bound: Filter) -> tuple[str, tuple[object, ...]]:
    """A bound of the query as a condition on `entries`, with its values."""
    if bound.field == "year":
        return "entries.year BETWEEN ? AND ?", (bound.first, bound.last)
    if bound.field == "state":
        states = [state.value for state in TextState if bound.value in state.chinese]
        return f"entries.state IN ({', '.join('?' * len(states))})", tuple(states)
    column = {"kind": "kind", "code": "code"}[bound.field]
    return f"instr(coalesce(entries.{column}, ''), ?) > 0", (bound.value,)


def condition(scope: Scope, bounds: Bounds) -> tuple[str, tuple[object, ...]]:
    """What the asking person may see and has asked for, as a condition on `entries`."""
    pairs = {
        "entries.year = ?": bounds.year,
        "entries.campaign = ?": bounds.campaign,
        "? IN (entries.unit, entries.unit_name)": bounds.unit,
        "entries.kind = ?": bounds.kind,
        "entries.dated >= ?": bounds.start,
        "entries.dated <= ?": bounds.end,
    }
    clauses = [clause for clause, value in pairs.items() if value is not None]
    values: list[object] = [value for value in pairs.values() if value is not None]
    if scope.campaigns is not None:
        clauses.append(f"entries.campaign IN ({', '.join('?' * len(scope.campaigns))})")
        values += sorted(scope.campaigns)
    return " AND ".join(f"({clause})" for clause in clauses) or "1", tuple(values)


def counted(rows: Iterable[sqlite3.Row]) -> Facets:
    """How often each value stands in the rows, the most frequent first."""
    held = list(rows)
    told = []
    for name, column in FACETS.items():
        number = Counter(str(row[column]) for row in held if row[column] is not None)
        if number:
            told.append((name, tuple(sorted(number.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN])))
    return tuple(told)
