"""Finding: search over all that is filed, and the state of the finding aid."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from archive.boxing import shelf_of
from desk import rooms, writings
from desk.answers.base import Failure
from desk.answers.finding import Found, IndexState, Like, Suggested
from desk.offices import Workspace, open_workspace
from indexer.engines import EVERYTHING, Bounds
from model.errors import CommandError
from model.offices import Office
from model.searching import Hit, Order
from storage.database import transaction

_ORDERS = {"相关": Order.RELEVANCE, "最新": Order.NEWEST, "最早": Order.OLDEST}


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrow:
    """What narrows a search beside the words; campaign and unit by id, name or alias."""

    year: int | None = None
    campaign: str | None = None
    unit: str | None = None
    kind: str | None = None
    start: date | None = None
    end: date | None = None


def search(
    folder: Path, words: str, narrow: Narrow = Narrow(), *, sort: str = "相关", limit: int = 20, offset: int = 0
) -> Found:
    """Answer what was typed; from `offset` on, a page of `limit`."""
    if not words.strip():
        raise CommandError("没有写检索词", "", "", "例如 juanzong search 消防通道")
    workspace = open_workspace(folder)
    bounds = _bounds(workspace, narrow)
    with rooms.finding(workspace, writings.of_units(workspace)) as opened:
        answer = opened.index.search(
            words, scope=EVERYTHING, bounds=bounds, order=_ORDERS[sort], limit=limit, offset=offset
        )
        hits = tuple(_boxed(opened, workspace.office, answer.hits))
    names = tuple(writings.of_campaigns(workspace).items())
    return Found(words=words, answer=replace(answer, hits=hits), offset=offset, campaigns=names)


def _boxed(opened: rooms.Rooms, office: Office, hits: Sequence[Hit]) -> Iterator[Hit]:
    """The hits with the box that each paper copy lies in."""
    boxes = opened.boxes.all() if hits else ()
    for hit in hits:
        if not boxes:
            yield hit
            continue
        record = opened.strongroom.record(hit.id)
        shelf = shelf_of(record, office.department)
        held = (box.number for box in boxes if box.shelf == shelf and box.first <= record.item <= box.last)
        yield replace(hit, box=next(held, None))


def _bounds(workspace: Workspace, narrow: Narrow) -> Bounds:
    campaign, unit = None, narrow.unit
    if narrow.campaign:
        from campaigns import (
            library,  # loads the schema of definitions: a search without a campaign does not pay for it
        )

        held = library.find(workspace.campaigns, narrow.campaign)
        known = held.unit(unit) if unit else None
        campaign, unit = held.id, known.id if known else unit
    elif unit:
        unit = writings.full_name(workspace, unit)
    return Bounds(
        year=narrow.year,
        campaign=campaign,
        unit=unit,
        kind=narrow.kind,
        start=narrow.start.isoformat() if narrow.start else None,
        end=narrow.end.isoformat() if narrow.end else None,
    )


def like(folder: Path, name: str, *, limit: int) -> Like:
    """Records like the one of this 档号 or id. Raises NotFound."""
    with rooms.finding(open_workspace(folder)) as opened:
        record = opened.strongroom.record(name)
        hits = opened.index.like(record.id, scope=EVERYTHING, limit=limit).hits
    return Like(code=record.code, title=record.description.title, hits=hits)


def suggest(folder: Path, typed: str, *, limit: int) -> Suggested:
    """What a person who has typed so far may want."""
    with rooms.finding(open_workspace(folder)) as opened:
        return Suggested(typed=typed, words=opened.index.suggest(typed, scope=EVERYTHING, limit=limit))


def index_status(folder: Path) -> IndexState:
    """How the finding aid stands."""
    with rooms.reading(open_workspace(folder)) as opened:
        return _state(opened, rebuilt=False)


def rebuild_index(folder: Path, *, progress: Callable[[int, int], None]) -> IndexState:
    """Make the index anew; the old one answers until the new one is whole."""
    with rooms.writing(open_workspace(folder)) as opened:
        with transaction(opened.db):
            opened.index.rebuild(progress)
        return _state(opened, rebuilt=True)


def _state(opened: rooms.Rooms, *, rebuilt: bool) -> IndexState:
    state = opened.index.status()
    records = opened.strongroom.count()
    return IndexState(
        engine=state.engine,
        tokenizer=state.tokenizer,
        indexed=state.indexed,
        records=records,
        behind=records - state.indexed,
        current=state.current,
        lacking=tuple(Failure(which=title, why=why) for title, why in state.lacking),
        rebuilt=rebuilt,
    )
