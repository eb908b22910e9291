"""Appraisal and disposal (鉴定销毁): proposed, approved, carried out, each by its own act; a hold blocks it; a stub stays.

Carrying out first writes, in one transaction, the stubs (each record with all its events) into the disposal's object and takes
the files out of the catalogue; only then do the records' objects leave the store. A crash between is completed when the office
is opened next (`Strongroom.settle`), so nothing half destroyed is left.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from archive import numbers, rows
from archive.events import Act, events
from archive.kept import Change
from archive.registry import Clerk
from archive.strongroom import Strongroom
from model.disposals import Disposal, DisposalState
from model.errors import NotFound, Refused
from model.records import Record, Retention
from storage.ocfl import ObjectStore, json_bytes

CONTENT, STUBS = "disposal.json", "stubs.json"
CODE = "销毁"
_YEARS = {Retention.THIRTY_YEARS: 30, Retention.TEN_YEARS: 10}


def expires(record: Record) -> date | None:
    """The last day of a record's period, counted from the end of its 年度; None: permanent."""
    years = _YEARS.get(record.description.retention)
    return date(record.description.year + years, 12, 31) if years else None


def due(records: Iterable[Record], on: date) -> list[Record]:
    """Records whose period has run out and that nobody holds."""
    return [
        record
        for record in records
        if not record.disposed and not record.description.hold and (last := expires(record)) and last < on
    ]


class Disposals:
    """The disposals of one office, on its catalogue and its strongroom."""

    def __init__(self, db: sqlite3.Connection, strongroom: Strongroom) -> None:
        self._db, self._strongroom = db, strongroom

    def all(self) -> tuple[Disposal, ...]:
        """Disposals in the order of their numbers."""
        found = self._db.execute("SELECT disposal FROM disposals ORDER BY rowid")
        return tuple(_from_json(json.loads(row["disposal"])) for row in found)

    def find(self, number: str) -> Disposal:
        """The disposal of this number. Raises NotFound."""
        wanted = number.strip().translate(str.maketrans("[]（）()", "〔〕〔〕〔〕"))
        found = next((each for each in self.all() if each.number == wanted), None)
        if found is None:
            raise NotFound("没有这次鉴定", number, "", "请用 juanzong disposal list 查看")
        return found

    def propose(self, records: Sequence[Record], reason: str, clerk: Clerk, on: date) -> Disposal:
        """Put records on a list for appraisal. Raises Refused for what may not be on it; nothing is destroyed."""
        if not records or not reason.strip():
            raise Refused(
                "没有提出销毁", "", "要写明哪几件和原因", "例如 juanzong disposal propose --due --reason 保管期满"
            )
        self._check("没有提出销毁", records, on)
        name = f"disposal-{uuid.uuid4().hex}"
        made: list[Disposal] = []

        def change() -> Change:
            number = numbers.take(self._db, f"{CODE}/{on.year}")
            disposal = Disposal(
                id=name,
                number=f"{CODE}〔{on.year}〕{number}号",
                state=DisposalState.PROPOSED,
                records=tuple(record.id for record in records),
                reason=reason,
                proposed_by=clerk.who,
                proposed_on=on,
            )
            insert(self._db, disposal)
            made.append(disposal)
            return _change(disposal, "提出销毁", reason, clerk)

        self._strongroom.keep(name, change)
        return made[0]

    def approve(self, number: str, approver: str, basis: str, clerk: Clerk, on: date) -> Disposal:
        """Record the approval. Raises Refused when it is not to be approved, or by the one who proposed it."""
        disposal = self._at(number, DisposalState.PROPOSED, "没有批准")
        if not approver.strip() or not basis.strip():
            raise Refused("没有批准", disposal.number, "要写明批准人和依据", "请写 --approver 和 --basis（批准文号）")
        if approver.strip() == disposal.proposed_by:
            raise Refused("没有批准", disposal.number, "批准人就是提出的人", "须由另一位负责人批准")
        self._check("没有批准", self._records(disposal), on)
        changed = replace(
            disposal, state=DisposalState.APPROVED, approved_by=approver.strip(), approved_on=on, basis=basis.strip()
        )
        return self._save(changed, "批准销毁", basis, clerk)

    def withdraw(self, number: str, reason: str, clerk: Clerk) -> Disposal:
        """Take a disposal back before it is carried out."""
        disposal = self.find(number)
        if disposal.state not in (DisposalState.PROPOSED, DisposalState.APPROVED) or not reason.strip():
            why = "没有写明原因" if not reason.strip() else f"它{disposal.state.value}"
            raise Refused("没有撤回", disposal.number, why, "请用 juanzong disposal list 查看")
        return self._save(replace(disposal, state=DisposalState.WITHDRAWN), "撤回销毁", reason, clerk)

    def carry_out(
        self, number: str, witnesses: Sequence[str], clerk: Clerk, on: date, *, note: Callable[[Record], None]
    ) -> Disposal:
        """Destroy the files of an approved disposal; the entries stay. `note` hears each record inside the transaction.

        Raises Refused without two witnesses, for a held record, or when it is not approved.
        """
        disposal = self._at(number, DisposalState.APPROVED, "没有销毁")
        names = tuple(dict.fromkeys(name.strip() for name in witnesses if name.strip()))
        if len(names) < 2:
            raise Refused("没有销毁", disposal.number, "监销人不足两人", "请写两次 --witness")
        records = self._records(disposal)
        self._check("没有销毁", records, on)
        changed = replace(disposal, state=DisposalState.DONE, witnesses=names, done_on=on)

        def change() -> Change:
            stubs = [replace(record, disposed=disposal.number) for record in records]
            told = [
                {"record": rows.as_json(stub), "events": [rows.event_as_json(e) for e in events(self._db, stub.id)]}
                for stub in stubs
            ]
            for stub in stubs:
                rows.dispose(self._db, stub)
                note(replace(stub, versions=()))
            self._update(changed)
            files = {CONTENT: json_bytes(_as_json(changed)), STUBS: json_bytes(told)}
            return Change(files, _acts(changed, "销毁", disposal.basis, clerk))

        self._strongroom.keep(disposal.id, change)
        self._strongroom.remove_disposed()
        return changed

    def _records(self, disposal: Disposal) -> list[Record]:
        return [self._strongroom.record(id) for id in disposal.records]

    def _check(self, what: str, records: Sequence[Record], on: date) -> None:
        for record in records:
            last = expires(record)
            if record.disposed:
                raise Refused(what, record.code, f"已经销毁（{record.disposed}）", "请把它去掉")
            if record.description.hold:
                raise Refused(what, record.code, f"有冻结：{record.description.hold}", "解除冻结后再办")
            if last is None:
                raise Refused(what, record.code, "永久保管的不能销毁", "请把它去掉")
            if last >= on:
                raise Refused(what, record.code, f"保管期限到 {last.isoformat()}，还没有满", "请把它去掉")

    def _at(self, number: str, state: DisposalState, what: str) -> Disposal:
        disposal = self.find(number)
        if disposal.state is not state:
            raise Refused(what, disposal.number, f"它现在是“{disposal.state.value}”", "销毁分三步：提出、批准、销毁")
        return disposal

    def _save(self, disposal: Disposal, action: str, reason: str, clerk: Clerk) -> Disposal:
        def change() -> Change:
            self._update(disposal)
            return _change(disposal, action, reason, clerk)

        self._strongroom.keep(disposal.id, change)
        return disposal

    def _update(self, disposal: Disposal) -> None:
        self._db.execute("UPDATE disposals SET disposal = ? WHERE number = ?", (_text(disposal), disposal.number))


def insert(db: sqlite3.Connection, disposal: Disposal) -> None:
    """Write a new disposal, inside the caller's transaction."""
    db.execute("INSERT INTO disposals (number, disposal) VALUES (?, ?)", (disposal.number, _text(disposal)))


def read(store: ObjectStore, name: str) -> Disposal:
    """The disposal as its object keeps it."""
    return _from_json(json.loads(store.newest(name, CONTENT)))


def stubs(store: ObjectStore, name: str) -> Iterator[dict[str, Any]]:
    """What a carried-out disposal keeps of each record: `record` and `events`."""
    if read(store, name).state is DisposalState.DONE:
        yield from json.loads(store.newest(name, STUBS))


def _change(disposal: Disposal, action: str, reason: str, clerk: Clerk) -> Change:
    return Change({CONTENT: json_bytes(_as_json(disposal))}, _acts(disposal, action, reason, clerk))


def _acts(disposal: Disposal, action: str, reason: str, clerk: Clerk) -> tuple[Act, ...]:
    """One event for each record, so that its history tells it."""
    detail = json.dumps(
        {"鉴定": disposal.number, "批准人": disposal.approved_by, "监销人": list(disposal.witnesses)},
        ensure_ascii=False,
    )
    return tuple(
        Act(at=clerk.now, who=clerk.who, action=action, subject=record, reason=reason, detail=detail)
        for record in disposal.records
    )


def _as_json(disposal: Disposal) -> dict[str, Any]:
    days = ("proposed_on", "approved_on", "done_on")
    return asdict(disposal) | {name: day.isoformat() if (day := getattr(disposal, name)) else None for name in days}


def _text(disposal: Disposal) -> str:
    return json.dumps(_as_json(disposal), ensure_ascii=False, sort_keys=True)


def _from_json(told: dict[str, Any]) -> Disposal:
    days = ("proposed_on", "approved_on", "done_on")
    lists = {name: tuple(told[name]) for name in ("records", "witnesses")}
    read_days = {name: date.fromisoformat(told[name]) if told[name] else None for name in days}
    return Disposal(**told | lists | read_days | {"state": DisposalState(told["state"])})
