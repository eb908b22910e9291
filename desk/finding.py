"""Finding: search over all that is filed, and the state of the finding aid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from campaigns import library
from desk import rooms
from desk.answers import Failure, Found, IndexState
from desk.offices import open_workspace
from indexer.engines import EVERYTHING, Bounds
from model.errors import CommandError
from model.searching import Order
from storage.database import transaction

_ORDERS = {"相关": Order.RELEVANCE, "最新": Order.NEWEST, "最早": Order.OLDEST}


def search(
    folder: Path,
    words: str,
    *,
    year: int | None = None,
    campaign: str | None = None,
    unit: str | None = None,
    kind: str | None = None,
    start: date | None = None,
    end: date | None = None,
    sort: str = "相关",
    limit: int = 20,
) -> Found:
    """Answer what was typed; campaign and unit by id, name or alias."""
    workspace = open_workspace(folder)
    if not words.strip():
        raise CommandError("没有写检索词", "", "", "例如 juanzong search 消防通道")
    held = library.find(workspace.campaigns, campaign) if campaign else None
    known = held.unit(unit) if held and unit else None
    bounds = Bounds(
        year=year,
        campaign=held.id if held else None,
        unit=known.id if known else unit,
        kind=kind,
        start=start.isoformat() if start else None,
        end=end.isoformat() if end else None,
    )
    with rooms.finding(workspace) as opened:
        answer = opened.index.search(words, scope=EVERYTHING, bounds=bounds, order=_ORDERS[sort], limit=limit)
    return Found(words=words, answer=answer)


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
    return IndexState(
        engine=state.engine,
        tokenizer=state.tokenizer,
        indexed=state.indexed,
        records=len(opened.strongroom.records()),
        lacking=tuple(Failure(which=title, why=why) for title, why in state.lacking),
        rebuilt=rebuilt,
    )
