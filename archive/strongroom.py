"""The strongroom: papers become records. Durable bytes first, then one transaction with record, version, event and index entry.

A crash anywhere leaves either the whole record or none: what reached the store without the catalogue's word is put back out
of it (`storage.ocfl.ObjectStore.settle`) before anything else is written, so its 档号 is given to the next paper.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from archive import checks, events, numbers, rows
from archive.checks import Checked
from archive.kept import Change
from archive.reading_room import LEDGER, ReadingRoom
from archive.storing import write_files
from model.errors import Damaged, JuanzongError, Refused
from model.offices import Office
from model.records import (
    Description,
    FormerCode,
    Paper,
    PaperFile,
    Record,
    StoredFile,
    Version,
)
from storage.database import transaction
from storage.ocfl import ObjectStore, Staging, json_bytes

Note = Callable[[Record, Paper], None]
"""Called inside the transaction with the record being filed and the paper it is made of: the desk writes the index entry there."""

REPAIRS = "repairs"
"""The object that keeps the events of repairs."""


@dataclass(frozen=True, slots=True)
class Deposit:
    """The outcome for one paper: the record made, or the one that holds the same bytes already, or why it was refused."""

    paper: Paper
    record: Record | None = None
    same_as: Record | None = None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class _Deed:
    """Who deposits when and why, and who is to hear of each record."""

    who: str
    now: datetime
    reason: str
    note: Note


@dataclass(frozen=True, slots=True)
class _Staged:
    """A paper whose bytes lie aside."""

    paper: Paper
    staging: Staging
    files: tuple[StoredFile, ...]


class Strongroom(ReadingRoom):
    """The reading room of one office and all that changes its records."""

    def __init__(self, db: sqlite3.Connection, store: ObjectStore, office: Office) -> None:
        super().__init__(db, store)
        self._office = office

    def settle(self) -> tuple[str, ...]:
        """Put right what a crash left half done; to be called once by whoever opens the office for writing."""
        self._store.create()
        self.refuse_empty()
        settled = self._store.settle(self.heads())
        self.remove_disposed()
        return settled

    def refuse_empty(self) -> None:
        """Raises Damaged for an empty catalogue beside a full store: it would say that nothing is filed, and give numbers twice."""
        if self._db.execute("SELECT 1 FROM records UNION ALL SELECT 1 FROM registers LIMIT 1").fetchone():
            return
        if set(self._store.object_ids()) - self._store.pending():
            remedy = "库房里的档案还在；请运行 juanzong archive rebuild 由库房重建目录"
            raise Damaged("档案目录是空的，库房里却有档案", str(self._store.root), "目录被删除或换掉了", remedy)

    def remove_disposed(self) -> None:
        """Take what was destroyed after appraisal out of the store, if it is still there."""
        for row in self._db.execute("SELECT id FROM records WHERE disposed IS NOT NULL").fetchall():
            self._store.remove(row["id"])

    def heads(self) -> dict[str, int]:
        """The newest version of every object that the catalogue acknowledges: records, ledger and repairs."""
        versions = self._db.execute("SELECT record, max(number) AS head FROM versions GROUP BY record")
        heads = {row["record"]: row["head"] for row in versions}
        kept = self._db.execute("SELECT substr(name, 4) AS name, last FROM registers WHERE name LIKE '版本/%'")
        return heads | {row["name"]: row["last"] for row in kept}

    def keep_ledger(self, change: Callable[[], str | None], *, who: str, now: datetime, reason: str) -> None:
        """Change the ledger and keep it in the store as a new version of one object, in one transaction.

        `change` alters the rows and gives the whole ledger as text, or None when nothing changed.
        """

        act = events.Act(at=now, who=who, action="台账变更", subject=LEDGER, reason=reason)

        def kept() -> Change | None:
            content = change()
            return None if content is None else Change({"ledger.json": content.encode()}, (act,))

        self.keep(LEDGER, kept)

    def record_repairs(self, acts: Sequence[events.Act]) -> None:
        """Record what a repair did, in the catalogue and in the store, so that a rebuild gives the whole chain back."""
        if acts:
            self.keep(REPAIRS, lambda: Change({}, tuple(acts)))

    def keep(self, name: str, change: Callable[[], Change | None]) -> None:
        """A new version of an object that is no record (`archive.kept`), with the events that made it.

        `change` runs inside the transaction, alters what rows it likes and says what the version holds; None: nothing changed.
        """
        head = self._db.execute("SELECT last FROM registers WHERE name = ?", (_kept(name),)).fetchone()
        staging = self._store.stage(name, head["last"] + 1 if head else 1)
        try:
            with self._all_or_nothing((staging,)):
                made = change()
                if made is None:
                    return
                numbers.take(self._db, _kept(name))
                told = [rows.event_as_json(events.append(self._db, act)) for act in made.acts]
                for path, content in (dict(made.files) | {"events.json": json_bytes(told)}).items():
                    staging.write(path, (content,))
                newest = made.acts[-1]
                self._store.install((staging,), created=newest.at, who=newest.who, reason=newest.reason)
        finally:
            staging.discard()

    def deposit(
        self, papers: Sequence[Paper], *, who: str, now: datetime, reason: str, note: Note
    ) -> tuple[Deposit, ...]:
        """File papers together: one flush, one transaction, all or none of those that can be read; the others are refused.

        When one of them cannot be registered, each is filed on its own, so that one does not hold up the others.
        Raises OSError when the disk fails: nothing of these papers is filed then.
        """
        deed = _Deed(who, now, reason, note)
        try:
            return self._deposit(papers, deed)
        except JuanzongError as error:
            if len(papers) == 1:
                return (_refusal(papers[0], error),)
        return tuple(self.deposit((paper,), who=who, now=now, reason=reason, note=note)[0] for paper in papers)

    def _deposit(self, papers: Sequence[Paper], deed: _Deed) -> tuple[Deposit, ...]:
        staged: list[_Staged] = []
        outcomes: list[Deposit | _Staged] = []
        try:
            for paper in papers:
                outcome = self._stage(paper)
                outcomes.append(outcome)
                if isinstance(outcome, _Staged):
                    staged.append(outcome)
            made = iter(self._register(staged, deed) if staged else ())
            return tuple(next(made) if isinstance(outcome, _Staged) else outcome for outcome in outcomes)
        finally:
            for one in staged:
                one.staging.discard()

    def _stage(self, paper: Paper) -> _Staged | Deposit:
        staging = self._store.stage(uuid.uuid4().hex, 1)
        try:
            return _Staged(paper, staging, write_files(staging, paper.files))
        except BaseException as error:
            staging.discard()
            if isinstance(error, JuanzongError):
                return _refusal(paper, error)
            raise

    def _register(self, staged: Sequence[_Staged], deed: _Deed) -> list[Deposit]:
        """The transaction of a deposit; bytes that are held already, by an earlier one of these too, are not filed again."""
        outcomes = []
        with self._all_or_nothing([one.staging for one in staged]):
            for one in staged:
                held = rows.holder_of(self._db, one.files[0].sha256)
                outcomes.append(Deposit(one.paper, same_as=held) if held else self._register_one(one, deed))
            filed = [one.staging for one, outcome in zip(staged, outcomes, strict=True) if outcome.record]
            self._store.install(filed, created=deed.now, who=deed.who, reason=deed.reason)
        return outcomes

    def _register_one(self, one: _Staged, deed: _Deed) -> Deposit:
        about = one.paper.description
        register = numbers.register_of(self._office, about)
        item = numbers.take(self._db, register)
        version = Version(number=1, created=deed.now, who=deed.who, reason=deed.reason, files=one.files)
        record = Record(
            id=one.staging.object_id,
            code=numbers.render(self._office, about, item),
            register=register,
            item=item,
            description=about,
            filed=deed.now,
            versions=(version,),
        )
        rows.insert(self._db, record)
        self._enter("归档", one.staging, record, one.paper, deed)
        return Deposit(one.paper, record=record)

    def add_version(
        self, name: str, files: Sequence[PaperFile], *, who: str, now: datetime, reason: str, note: Note
    ) -> Record:
        """Add a version to a filed record (件). Nothing is replaced; `reason` says why there is a new one.

        Raises NotFound for an unknown record, Refused without a reason or when the bytes are those it holds already.
        """
        before = self._standing(name, "没有加入新版本")
        if not reason.strip():
            raise Refused("没有加入新版本", before.code, "没有写明原因", "请用 --reason 写明为什么要换新版本")
        deed, paper = _Deed(who, now, reason, note), Paper(files=tuple(files), description=before.description)
        staging = self._store.stage(before.id, len(before.versions) + 1)
        try:
            stored = write_files(staging, files)
            if [f.sha256 for f in stored] == [f.sha256 for f in before.files]:
                raise Refused("没有加入新版本", before.code, "与现有版本逐字节相同", "不需要再归")
            version = Version(number=staging.number, created=now, who=who, reason=reason, files=stored)
            record = replace(before, versions=(*before.versions, version))
            with self._all_or_nothing((staging,)):
                rows.insert_version(self._db, record.id, version)
                self._enter("加入新版本", staging, record, paper, deed)
                self._store.install((staging,), created=now, who=who, reason=reason)
        finally:
            staging.discard()
        return record

    def describe(
        self, name: str, about: Description, *, who: str, now: datetime, reason: str, note: Callable[[Record], None]
    ) -> Record:
        """Describe a record anew (著录): a version with the same files; what was before stands in the event.

        Another year, retention or department is another class: it gets the next 件号 there, its former one is void.
        Raises NotFound; Refused where nothing changes, or without a reason for another class.
        """
        before = self._standing(name, "没有改著录")
        if about == before.description:
            raise Refused("没有改著录", before.code, "与现有的著录完全相同", "不需要再改")
        register = numbers.register_of(self._office, about)
        moved = register != before.register
        if moved and not reason.strip():
            raise Refused("没有改著录", before.code, "年度、保管期限或机构变了，档号要跟着变", "请用 --reason 写明原因")
        staging = self._store.stage(before.id, len(before.versions) + 1)
        version = Version(number=staging.number, created=now, who=who, reason=reason or "著录", files=before.files)
        try:
            with self._all_or_nothing((staging,)):
                record = replace(before, description=about, versions=(*before.versions, version))
                if moved:
                    former = FormerCode(before.code, before.register, before.item, reason)
                    item = numbers.take(self._db, register)
                    code = numbers.render(self._office, about, item)
                    record = replace(record, code=code, register=register, item=item, former=(*before.former, former))
                rows.update(self._db, record)
                for file in before.files:
                    staging.forward(file.path.split("/content/", 1)[1], file.sha512)
                detail = json.dumps(
                    {"档号": record.code, "版本": staging.number} | rows.difference(before, record), ensure_ascii=False
                )
                act = events.Act(at=now, who=who, action="著录", subject=record.id, reason=reason, detail=detail)
                event = events.append(self._db, act)
                note(record)
                staging.write("record.json", (json_bytes(rows.as_json(record) | {"event": rows.event_as_json(event)}),))
                self._store.install((staging,), created=now, who=who, reason=version.reason)
        finally:
            staging.discard()
        return record

    @contextmanager
    def _all_or_nothing(self, stagings: Sequence[Staging]) -> Iterator[None]:
        """One transaction around the change of objects; if it fails, they all go back to where they were."""
        marker = self._store.mark(stagings)
        try:
            with transaction(self._db):
                yield
        except BaseException:
            self.settle()
            raise
        self._store.unmark(marker)

    def _enter(self, action: str, staging: Staging, record: Record, paper: Paper, deed: _Deed) -> None:
        """The event of a deposit, the index entry, and the `record.json` that lets the catalogue be had back."""
        detail = json.dumps({"档号": record.code, "版本": len(record.versions)}, ensure_ascii=False)
        act = events.Act(at=deed.now, who=deed.who, action=action, subject=record.id, reason=deed.reason, detail=detail)
        event = events.append(self._db, act)
        deed.note(record, paper)
        staging.write("record.json", (json_bytes(rows.as_json(record) | {"event": rows.event_as_json(event)}),))

    def _standing(self, name: str, what: str) -> Record:
        """A record that still has its files. Raises Refused, NotFound."""
        record = self.record(name)
        if record.disposed:
            raise Refused(what, record.code, f"它已经鉴定销毁（{record.disposed}），只留目录", "请核对档号")
        return record

    def note_checks(self, checked: Sequence[Checked], now: datetime) -> None:
        """Remember when these objects were verified and what was found."""
        with transaction(self._db):
            checks.note(self._db, checked, now)


def _refusal(paper: Paper, error: JuanzongError) -> Deposit:
    return Deposit(paper, refused=f"{error.what}：{error.why}")


def _kept(name: str) -> str:
    """The register that counts the versions of an object that is no record."""
    return f"版本/{name}"
