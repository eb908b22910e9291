"""装盒: records of one class into boxes by what a box holds, in the order of their 件号; what is in a box stays in it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from archive import numbers
from archive.events import Act
from archive.kept import Change
from archive.registry import Clerk
from archive.strongroom import Strongroom
from model.boxes import Box, Shelf
from model.errors import NotFound
from model.records import Record
from storage.ocfl import ObjectStore, json_bytes

CONTENT = "box.json"
REGISTER = "盒号"
_SHEETS_A_MM = 10  # sheets of 70 g paper in a millimetre; two pages a sheet at most, one is reckoned
_UNKNOWN = 3  # pages reckoned for a 件 whose pages nobody counted


def shelf_of(record: Record, department: str | None) -> Shelf:
    """The class that a record lies in; `department` is the office's own where the record says none."""
    about = record.description
    return Shelf(about.year, about.retention.value, about.department or department or "")


def fill(records: Sequence[Record], thickness: int) -> Iterator[tuple[int, int]]:
    """First and last 件号 of each box that these records of one class fill, in order."""
    room = thickness * _SHEETS_A_MM
    held, first, last = 0, 0, 0
    for record in sorted(records, key=lambda record: record.item):
        pages = record.description.pages or _UNKNOWN
        if first and held + pages > room:
            yield first, last
            first, held = 0, 0
        first, last, held = first or record.item, record.item, held + pages
    if first:
        yield first, last


class Boxes:
    """The boxes of one office, on its catalogue and its strongroom."""

    def __init__(self, db: sqlite3.Connection, strongroom: Strongroom) -> None:
        self._db, self._strongroom = db, strongroom

    def all(self) -> tuple[Box, ...]:
        """Boxes in the order of their numbers."""
        return tuple(
            _from_json(json.loads(row["box"])) for row in self._db.execute("SELECT box FROM boxes ORDER BY number")
        )

    def box(self, number: int) -> Box:
        """The box of this number. Raises NotFound."""
        found = next((box for box in self.all() if box.number == number), None)
        if found is None:
            raise NotFound("没有这一盒", f"第{number}盒", "", "请用 juanzong box list 查看")
        return found

    def put(self, shelf: Shelf, records: Iterable[Record], thickness: int, clerk: Clerk, on: date) -> tuple[Box, ...]:
        """Put the records of a class that lie in no box yet into new ones; each box is an event."""
        held = [(box.first, box.last) for box in self.all() if box.shelf == shelf]
        loose = [r for r in records if not any(first <= r.item <= last for first, last in held)]
        return tuple(self._make(shelf, span, thickness, clerk, on) for span in list(fill(loose, thickness)))

    def _make(self, shelf: Shelf, span: tuple[int, int], thickness: int, clerk: Clerk, on: date) -> Box:
        number = numbers.last(self._db, REGISTER) + 1
        box = Box(
            number=number, shelf=shelf, first=span[0], last=span[1], thickness=thickness,
            arranged_by=clerk.who, arranged_on=on,
        )  # fmt: skip

        def change() -> Change:
            numbers.take(self._db, REGISTER)
            insert(self._db, box)
            return _change(box, "装盒", "", clerk)

        self._strongroom.keep(f"box-{number}", change)
        return box

    def note(self, number: int, clerk: Clerk, **said: Any) -> Box:
        """Say what the 备考表 is to say: note, checked_by, checked_on …"""
        box = replace(self.box(number), **said)

        def change() -> Change:
            self._db.execute("UPDATE boxes SET box = ? WHERE number = ?", (_text(box), number))
            return _change(box, "备考", box.note, clerk)

        self._strongroom.keep(f"box-{number}", change)
        return box


def insert(db: sqlite3.Connection, box: Box) -> None:
    """Write a new box, inside the caller's transaction."""
    db.execute("INSERT INTO boxes (number, box) VALUES (?, ?)", (box.number, _text(box)))


def read(store: ObjectStore, name: str) -> Box:
    """The box as its object keeps it."""
    return _from_json(json.loads(store.newest(name, CONTENT)))


def _change(box: Box, action: str, reason: str, clerk: Clerk) -> Change:
    detail = json.dumps({"盒号": box.number, "起止件号": [box.first, box.last]}, ensure_ascii=False)
    subject = f"box-{box.number}"
    act = Act(at=clerk.now, who=clerk.who, action=action, subject=subject, reason=reason, detail=detail)
    return Change({CONTENT: json_bytes(_as_json(box))}, (act,))


def _as_json(box: Box) -> dict[str, Any]:
    days = {name: day.isoformat() if (day := getattr(box, name)) else None for name in ("arranged_on", "checked_on")}
    return asdict(box) | days


def _text(box: Box) -> str:
    return json.dumps(_as_json(box), ensure_ascii=False, sort_keys=True)


def _from_json(told: dict[str, Any]) -> Box:
    days = {name: date.fromisoformat(told[name]) if told[name] else None for name in ("arranged_on", "checked_on")}
    return Box(**told | days | {"shelf": Shelf(**told["shelf"])})
