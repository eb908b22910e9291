"""Opening the strongroom with its index and ledger: for reading by anybody, for writing by one process at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from archive.strongroom import Strongroom
from desk.offices import Workspace, operator
from model.records import Description, RecordFilter
from storage.database import as_ours, open_catalogue, open_for_reading, outdated, transaction
from storage.lock import office_lock
from storage.ocfl import ObjectStore
from templates import files

if TYPE_CHECKING:
    from archive.boxing import Boxes
    from archive.disposal import Disposals
    from archive.registry import Registry
    from indexer.index import Index
    from indexer.variants import Variants
    from ledger.book import Book


class Rooms:
    """What an errand works in; `who` and `now` go into every event.

    A room is entered when it is first asked for: most errands need two or three, and the modules of all cost a tenth of a
    second at a cold start.
    """

    def __init__(self, workspace: Workspace, db: sqlite3.Connection, now: datetime, names: Variants = ()) -> None:
        self.db, self.who, self.now = db, operator(), now
        self.strongroom = Strongroom(db, ObjectStore(workspace.archive / "store"), workspace.office)
        self._workspace, self._names = workspace, names

    @cached_property
    def registry(self) -> Registry:
        """The registers (登记簿)."""
        from archive.registry import Registry

        return Registry(self.db, self.strongroom)

    @cached_property
    def boxes(self) -> Boxes:
        """The boxes (档案盒)."""
        from archive.boxing import Boxes

        return Boxes(self.db, self.strongroom)

    @cached_property
    def disposals(self) -> Disposals:
        """The disposals (鉴定销毁)."""
        from archive.disposal import Disposals

        return Disposals(self.db, self.strongroom)

    @cached_property
    def book(self) -> Book:
        """The problem ledger (台账)."""
        from ledger.book import Book

        return Book(self.db)

    @cached_property
    def index(self) -> Index:
        """The index. Raises MissingTool where this machine can have none."""
        from indexer import choosing, variants
        from indexer.index import Index

        own = self._workspace.root / "templates" / "synonyms.txt"
        listed = (own if own.is_file() else files.path("synonyms.txt")).read_text(
            encoding="utf-8-sig", errors="replace"
        )
        engine = choosing.engine(self.db, self._workspace.archive / "words", self._workspace.office.engine)
        return Index(self.db, engine, (*variants.read(listed), *self._names))

    def issued(self, campaign: str) -> tuple[Description, ...]:
        """The campaign's papers that bear a 文号, oldest first: what later papers cite."""
        filed = self.strongroom.records(RecordFilter(campaign=campaign))
        numbered = (record.description for record in filed if record.description.number)
        return tuple(sorted(numbered, key=lambda each: each.dated or date.min))


@contextmanager
def writing(workspace: Workspace) -> Iterator[Rooms]:
    """Hold the office and open it for writing; what a crash left half done is put right first. Raises Busy."""
    now = datetime.now()
    with office_lock(workspace.root, who=operator(), now=now):
        path = workspace.archive / "catalogue.db"
        db = open_catalogue(path)
        try:
            rooms = Rooms(workspace, db, now)
            rooms.strongroom.settle()
            _ = rooms.index  # what cannot be found again is not filed
            yield rooms
        except sqlite3.Error as error:
            raise as_ours(error, path) from error
        finally:
            db.close()


@contextmanager
def reading(workspace: Workspace, names: Variants = ()) -> Iterator[Rooms]:
    """Open the office for reading; a new office gets its empty catalogue first, an older one its new tables."""
    path = workspace.archive / "catalogue.db"
    if not path.exists() or outdated(path):
        with writing(workspace):
            pass
    db = open_for_reading(path)
    try:
        rooms = Rooms(workspace, db, datetime.now(), names)
        rooms.strongroom.refuse_empty()
        yield rooms
    except sqlite3.Error as error:
        raise as_ours(error, path) from error
    finally:
        db.close()


@contextmanager
def finding(workspace: Workspace, names: Variants = ()) -> Iterator[Rooms]:
    """As `reading`, with more names that find one another; an index of another version is made anew first. Raises Busy."""
    with reading(workspace) as rooms:
        current = rooms.index.current
    if not current:
        with writing(workspace) as rooms, transaction(rooms.db):
            rooms.index.ensure()
    with reading(workspace, names) as rooms:
        yield rooms
