"""The catalogue's columns as sets of papers: bounds, rights and facets need no look at the rows. The same for every engine.

They are kept up in the transaction that files, and can be made anew from the entries.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from indexer import bitsets
from indexer.engines import Bounds, Facets, Scope
from indexer.folding import fold
from indexer.queries import Filter
from model.texts import TextState

FACETS = {"年度": "year", "活动": "campaign", "单位": "unit_name", "文种": "kind", "保管期限": "retention"}
SHOWN = 50
"""Values of one facet."""

_EVERY = "record"  # the column that stands for all entries, with one empty value
_COLUMNS = (*FACETS.values(), "unit", "state")
_CHUNK = 32_768  # papers in one row: 4 kB
_MASK = (1 << _CHUNK) - 1


class Columns:
    """The sets of one catalogue."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def put(self, row: sqlite3.Row) -> None:
        """Take in an entry; inside a transaction of the caller."""
        self._turn(row, lambda bits, bit: bits | bit)

    def remove(self, row: sqlite3.Row) -> None:
        """Take out an entry; inside a transaction of the caller."""
        self._turn(row, lambda bits, bit: bits & ~bit)

    def _turn(self, row: sqlite3.Row, change: Callable[[int, int], int]) -> None:
        chunk, place = divmod(row["number"], _CHUNK)
        for field, value in _values(row):
            found = self._db.execute(
                "SELECT bits FROM entry_bits WHERE field = ? AND value = ? AND chunk = ?", (field, value, chunk)
            ).fetchone()
            bits = change(bitsets.unpacked(found["bits"]) if found else 0, 1 << place)
            self._write(field, value, chunk, bits)

    def _write(self, field: str, value: str, chunk: int, bits: int) -> None:
        told = (field, value, chunk, bitsets.packed(bits))
        self._db.execute("INSERT OR REPLACE INTO entry_bits (field, value, chunk, bits) VALUES (?, ?, ?, ?)", told)

    def rebuild(self) -> None:
        """All sets anew from the entries; inside a transaction of the caller."""
        held: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for row in self._db.execute(f"SELECT number, {', '.join(_COLUMNS)} FROM entries"):  # noqa: S608 - fixed names
            for key in _values(row):
                held[key].append(row["number"])
        self._db.execute("DELETE FROM entry_bits")
        for (field, value), numbers in held.items():
            for chunk, bits in enumerate(_chunks(bitsets.of(numbers))):
                if bits:
                    self._write(field, value, chunk, bits)

    def every(self) -> int:
        """All entries."""
        return self._where(_EVERY, lambda _: True)

    def _where(self, field: str, fits: Callable[[str], bool]) -> int:
        rows = self._db.execute("SELECT value, chunk, bits FROM entry_bits WHERE field = ?", (field,))
        found = 0
        for row in rows:
            if fits(row["value"]):
                found |= bitsets.unpacked(row["bits"]) << row["chunk"] * _CHUNK
        return found

    def filtered(self, bound: Filter) -> int:
        """The entries within a bound of the query."""
        wanted = fold(bound.value)
        if bound.field == "year":
            return self._where("year", lambda year: bound.first <= int(year) <= bound.last)
        if bound.field == "state":
            return self._where("state", lambda state: bound.value in TextState(state).chinese)
        if bound.field == "kind":
            return self._where("kind", lambda kind: wanted in fold(kind))
        return self._asked("instr(code, ?) > 0", (bound.value,))

    def allowed(self, scope: Scope, bounds: Bounds) -> int | None:
        """The entries that the asking person may see and has asked for; None: all."""
        sets = [
            self._where(field, lambda held, value=value: held == str(value))  # type: ignore[misc]
            for field, value in (("year", bounds.year), ("campaign", bounds.campaign), ("kind", bounds.kind))
            if value is not None
        ]
        if scope.campaigns is not None:
            seen = scope.campaigns
            sets.append(self._where("campaign", lambda campaign: campaign in seen))
        if bounds.unit is not None:
            sets.append(self._where("unit", bounds.unit.__eq__) | self._where("unit_name", bounds.unit.__eq__))
        if bounds.start is not None or bounds.end is not None:
            sets.append(self._asked("dated BETWEEN ? AND ?", (bounds.start or "", bounds.end or "9999")))
        if not sets:
            return None
        found = sets[0]
        for others in sets[1:]:
            found &= others
        return found

    def _asked(self, condition: str, values: tuple[object, ...]) -> int:
        asked = f"SELECT json_group_array(number) FROM entries WHERE {condition}"  # noqa: S608 - fixed text
        return bitsets.of(json.loads(self._db.execute(asked, values).fetchone()[0]))

    def counted(self, papers: int) -> Facets:
        """How often each value stands in these papers, the most frequent first."""
        parts = list(_chunks(papers))
        fields = ", ".join(f"'{column}'" for column in FACETS.values())
        asked = f"SELECT field, value, chunk, bits FROM entry_bits WHERE field IN ({fields}) AND chunk < ?"  # noqa: S608
        told: dict[str, Counter[str]] = {column: Counter() for column in FACETS.values()}
        cursor = self._db.cursor()
        cursor.row_factory = None  # plain tuples: there may be thousands
        for field, value, chunk, bits in cursor.execute(asked, (len(parts),)):
            number = (parts[chunk] & bitsets.unpacked(bits)).bit_count()
            if number:
                told[field][value] += number
        return tuple((name, _first(told[column])) for name, column in FACETS.items() if told[column])


def _first(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN])


def _values(row: sqlite3.Row) -> Iterator[tuple[str, str]]:
    yield _EVERY, ""
    for column in _COLUMNS:
        if row[column] is not None:
            yield column, str(row[column])


def _chunks(bits: int) -> Iterator[int]:
    while bits:
        yield bits & _MASK
        bits >>= _CHUNK
