"""登记簿: entries of the office's registers, each an object of the store with its events, its number from `numbers`."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from archive import numbers
from archive import registrations as rows
from archive.events import Act
from archive.kept import Change
from archive.registrations import CONTENT, STARTS, as_json, from_json, number_text, register_name
from archive.strongroom import Strongroom
from model.errors import NotFound, Refused
from model.registers import Book, Registration, Step
from storage.ocfl import json_bytes


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who is at work and when; goes into every event."""

    who: str
    now: datetime


class Registry:
    """The registers of one office, on its catalogue and its strongroom."""

    def __init__(self, db: sqlite3.Connection, strongroom: Strongroom) -> None:
        self._db, self._strongroom = db, strongroom

    def register(self, wanted: Registration, clerk: Clerk) -> Registration:
        """Give the next number of a register to a paper, durably; `wanted.number` and `text` are filled in.

        A draft that has its number already keeps it: asked again, the same entry is given back.
        """
        if held := self._holding(wanted):
            return held
        made: list[Registration] = []

        def change() -> Change:
            number = numbers.take(self._db, register_name(wanted.book, wanted.code, wanted.year))
            text = number_text(wanted.code, wanted.year, number)
            entry = replace(wanted, number=number, text=text)
            rows.insert(self._db, entry)
            made.append(entry)
            acts = [_act(entry, step, clerk) for step in entry.steps]
            return Change({CONTENT: json_bytes(as_json(entry))}, tuple(acts))

        self._strongroom.keep(wanted.id, change)
        return made[0]

    def _holding(self, wanted: Registration) -> Registration | None:
        """The entry that this draft has already in this register, unless it is void."""
        if not wanted.draft:
            return None
        found = self._db.execute(
            "SELECT entry FROM registrations WHERE draft = ? AND book = ?", (wanted.draft, wanted.book.value)
        )
        entries = (from_json(json.loads(row["entry"])) for row in found)
        return next((entry for entry in entries if not entry.voided), None)

    def add_step(self, text: str, step: Step, clerk: Clerk) -> Registration:
        """Record a step of a paper's life. Raises Refused for a void number, NotFound."""
        entry = self.find(text)
        if entry.voided:
            raise Refused("没有登记这一步", entry.text, f"这个号已经作废：{entry.voided}", "请核对文号")
        changed = replace(entry, steps=(*entry.steps, step))
        return self._save(changed, _act(changed, step, clerk))

    def say(self, text: str, facts: Sequence[tuple[str, str]], clerk: Clerk) -> Registration:
        """Fill in or correct columns of an entry; what stood there before is in the event."""
        entry = self.find(text)
        before = {name: entry.fact(name) for name, _ in facts}
        changed = replace(entry, facts=tuple((dict(entry.facts) | dict(facts)).items()))
        detail = _detail(changed, 改前=before, 改后=dict(facts))
        return self._save(changed, Act(at=clerk.now, who=clerk.who, action="改登记", subject=entry.id, detail=detail))

    def void(self, text: str, reason: str, clerk: Clerk) -> Registration:
        """Keep a number that was taken in vain as 作废. Raises Refused without a reason, for a filed paper, when it is void already."""
        entry = self.find(text)
        what = "没有作废"
        if not reason.strip():
            raise Refused(what, entry.text, "没有写明原因", "请用 --reason 写明为什么作废")
        if entry.voided:
            raise Refused(what, entry.text, f"已经作废：{entry.voided}", "不需要再作废")
        if entry.record:
            remedy = "已发的文件不能抹去；确需废止的，请另发一份文件"
            raise Refused(what, entry.text, "这份文件已经归档", remedy)
        changed = replace(entry, voided=reason.strip())
        act = Act(
            at=clerk.now, who=clerk.who, action="作废文号", subject=entry.id, reason=reason, detail=_detail(changed)
        )
        return self._save(changed, act)

    def filed(self, entry: Registration, record: str) -> None:
        """Say which record an entry was filed as; inside the transaction that files it.

        The store has it from the record, whose `registration` names the entry.
        """
        self._update(replace(entry, record=record))

    def begin(self, book: Book, code: str, year: int, last: int, reason: str, clerk: Clerk) -> None:
        """Begin a register after the number `last` that a paper register gave out. Raises Refused when it has begun."""
        name = register_name(book, code, year)
        given = numbers.last(self._db, name)
        if given:
            raise Refused("没有设起号", name, f"这个登记簿已经编到 {given} 号", "起号只能在编第一个号之前设")
        if last < 1 or not reason.strip():
            raise Refused("没有设起号", name, "要写明已用到几号和原因", "请用 --last 和 --reason 写明")

        def change() -> Change:
            self._db.execute("INSERT INTO registers (name, last) VALUES (?, ?)", (name, last))
            detail = json.dumps({"登记簿": name, "已用到": last}, ensure_ascii=False)
            act = Act(at=clerk.now, who=clerk.who, action="设起号", subject="registers", reason=reason, detail=detail)
            return Change({STARTS: json_bytes({name: last})}, (act,))

        self._strongroom.keep("registers", change)

    def find(self, text: str) -> Registration:
        """The entry of this number. Raises NotFound."""
        row = self._db.execute(
            "SELECT entry FROM registrations WHERE text = :t OR id = :t", {"t": _tidy(text)}
        ).fetchone()
        if row is None:
            raise NotFound("登记簿里没有这个号", text, "", "请用 juanzong register list 查看")
        return from_json(json.loads(row["entry"]))

    def of_record(self, record: str) -> Registration | None:
        """The entry that a record was registered under."""
        row = self._db.execute("SELECT entry FROM registrations WHERE record = ?", (record,)).fetchone()
        return from_json(json.loads(row["entry"])) if row else None

    def entries(self, book: Book | None = None, year: int | None = None) -> tuple[Registration, ...]:
        """Entries in the order of their numbers, register by register."""
        return tuple(rows.entries(self._db, book, year))

    def _save(self, entry: Registration, act: Act) -> Registration:
        def change() -> Change:
            self._update(entry)
            return Change({CONTENT: json_bytes(as_json(entry))}, (act,))

        self._strongroom.keep(entry.id, change)
        return entry

    def _update(self, entry: Registration) -> None:
        rows.update(self._db, entry)


def new_id() -> str:
    """A name for a new entry's object."""
    return f"registration-{uuid.uuid4().hex}"


def _act(entry: Registration, step: Step, clerk: Clerk) -> Act:
    """A step as an event: recorded now by the clerk, done by `step.who` on `step.on`."""
    detail = _detail(entry, 经办=step.who, 日期=step.on.isoformat())
    return Act(at=clerk.now, who=clerk.who, action=step.name, subject=entry.id, reason=step.note, detail=detail)


def _detail(entry: Registration, **more: object) -> str:
    return json.dumps({"文号": entry.text, "题名": entry.title} | more, ensure_ascii=False)


def _tidy(text: str) -> str:
    """Brackets as people type them become the standard's 〔〕."""
    return text.strip().translate(str.maketrans("[]［］【】()（）", "〔〕〔〕〔〕〔〕〔〕"))
