"""Overseeing: what is due in this office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from archive import life
from campaigns import dues, library
from desk import rooms
from desk.answers.overseeing import DueLine, Status
from desk.offices import Workspace, open_workspace
from model.campaigns import Campaign
from model.problems import State
from model.readiness import Readiness
from model.registers import Book
from readiness import assessing

SOON = timedelta(days=14)


def status(folder: Path, *, on: date) -> Status:
    """Everything overdue, and what is due within fourteen days, of all campaigns and the ledger; most overdue first."""
    workspace = open_workspace(folder)
    lines = [line for line in _dues(workspace, on) if line.due <= on + SOON]
    return Status(on=on, due=tuple(sorted(lines, key=lambda line: (line.due, line.what, line.who))))


def _dues(workspace: Workspace, on: date) -> Iterator[DueLine]:
    """What is not on file yet, what recurs, and problems not struck off, each with its day."""
    with rooms.reading(workspace) as opened:
        records = opened.strongroom.records()
        problems = opened.book.problems()
        received = opened.registry.entries(Book.INCOMING)
    for paper in received:
        if (until := life.until(paper)) is not None:
            who = paper.fact("承办人") or paper.fact("承办科室") or "没有写承办人"
            told = f"{paper.text}《{paper.title}》"
            yield DueLine(what=told, who=who, due=until, late=(on - until).days, campaign="")
    for _, campaign in library.definitions(workspace.campaigns):
        yield from _unmet(campaign, assessing.assess(campaign, records, on, dues.debtors), on)
        for due in dues.dues(campaign, on):
            ended = campaign.period.end is not None and campaign.period.end < on
            if due.source == "archive" or (due.source == "report" and not ended):
                late = (on - due.due).days
                yield DueLine(what=due.what, who=due.who, due=due.due, late=late, campaign=campaign.id)
    for problem in problems:
        if problem.deadline and problem.state is not State.CLOSED:
            late, what = (on - problem.deadline).days, f"第{problem.number}号问题整改"
            yield DueLine(what=what, who=problem.unit_text, due=problem.deadline, late=late, campaign=problem.campaign)


def _unmet(campaign: Campaign, readiness: Readiness, on: date) -> Iterator[DueLine]:
    """Requirements without evidence, units that owe the same thing together."""
    owing: dict[tuple[str, date], list[str]] = {}
    for held in readiness.evidence:
        wanted = held.requirement
        if wanted.required and wanted.due and not held.records:
            owing.setdefault((wanted.name, wanted.due), []).append(wanted.unit_name)
    for (name, due), units in owing.items():
        who = "、".join(units[:2]) + (f" 等 {len(units)} 个单位" if len(units) > 2 else "")
        yield DueLine(what=name, who=who, due=due, late=(on - due).days, campaign=campaign.id)
