"""Rectifying: the problem ledger taken in and listed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from campaigns import library
from desk import rooms
from desk.answers import LedgerImported, ProblemLine, Problems
from desk.offices import open_workspace
from ledger.book import Taken
from ledger.reading import read_ledger
from model.campaigns import Campaign
from model.problems import Problem


def import_ledger(folder: Path, file: Path, name: str) -> LedgerImported:
    """Take a ledger in; faulty rows are kept and listed. Kept in the store as well, in the same transaction."""
    workspace = open_workspace(folder)
    campaign = library.find(workspace.campaigns, name)
    sheet = read_ledger(file, campaign)
    taken = Taken(0, 0)
    with rooms.writing(workspace) as opened:

        def change() -> str | None:
            nonlocal taken
            taken = opened.book.take(sheet.problems, who=opened.who, now=opened.now)
            return opened.book.export() if taken.new or taken.changed else None

        opened.strongroom.keep_ledger(change, who=opened.who, now=opened.now, reason=f"导入 {file.name}")
    return LedgerImported(rows=len(sheet.problems), new=taken.new, changed=taken.changed, findings=sheet.findings)


def problems(folder: Path, *, on: date, campaign: str | None, unit: str | None, overdue: bool) -> Problems:
    """The ledger's rows on a day; overdue is worked out, never stored."""
    workspace = open_workspace(folder)
    held = {campaign.id: campaign for _, campaign in library.definitions(workspace.campaigns)}
    wanted = library.find(workspace.campaigns, campaign) if campaign else None
    with rooms.reading(workspace) as opened:
        rows = opened.book.problems(wanted.id if wanted else None)
    lines = (_line(row, held.get(row.campaign), on) for row in rows if not overdue or row.overdue(on))
    return Problems(on=on, problems=tuple(line for line in lines if _of(line, unit, held)))


def _line(problem: Problem, campaign: Campaign | None, on: date) -> ProblemLine:
    unit = campaign.unit(problem.unit) if campaign and problem.unit else None
    return ProblemLine(
        number=problem.number,
        campaign=problem.campaign,
        unit=unit.name if unit else problem.unit_text,
        text=problem.text,
        state=problem.state_text or (problem.state.value if problem.state else "状态不详"),
        grade=problem.grade,
        deadline=problem.deadline,
        overdue=(on - problem.deadline).days if problem.deadline and problem.overdue(on) else 0,
        rounds=len(problem.rounds),
    )


def _of(line: ProblemLine, unit: str | None, held: dict[str, Campaign]) -> bool:
    if unit is None or line.unit == unit:
        return True
    known = held[line.campaign].unit(unit) if line.campaign in held else None
    return known is not None and known.name == line.unit
