"""Rectifying: the problem ledger taken in, listed, worked through step by step, counted and written out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from campaigns import library
from desk import rooms
from desk.answers.rectifying import (
    ChangeLine,
    FigureLine,
    LedgerExported,
    LedgerImported,
    LedgerReport,
    ProblemLine,
    Problems,
    ProblemShown,
    Stepped,
)
from desk.offices import Workspace, open_workspace
from ledger import sheet, statistics
from ledger.book import Book, Change, Taken
from ledger.life import Act as Act
from ledger.life import Step
from ledger.reading import read_ledger
from model.campaigns import Campaign
from model.errors import NotFound, Refused
from model.problems import Problem
from storage.files import FILES


def import_ledger(folder: Path, file: Path, name: str) -> LedgerImported:
    """Take a ledger in; faulty rows are kept and listed. Kept in the store as well, in the same transaction."""
    workspace = open_workspace(folder)
    campaign = library.find(workspace.campaigns, name)
    read = read_ledger(file, campaign)
    taken = Taken(0, 0)
    with rooms.writing(workspace) as opened:

        def change() -> str | None:
            nonlocal taken
            taken = opened.book.take(read.problems, who=opened.who, now=opened.now)
            return opened.book.export() if taken.new or taken.changed else None

        opened.strongroom.keep_ledger(change, who=opened.who, now=opened.now, reason=f"导入 {file.name}")
    return LedgerImported(rows=len(read.problems), new=taken.new, changed=taken.changed, findings=read.findings)


def problems(folder: Path, *, on: date, campaign: str | None, unit: str | None, overdue: bool) -> Problems:
    """The ledger's rows on a day; overdue is worked out, never stored."""
    workspace = open_workspace(folder)
    held = {campaign.id: campaign for _, campaign in library.definitions(workspace.campaigns)}
    wanted = library.find(workspace.campaigns, campaign) if campaign else None
    with rooms.reading(workspace) as opened:
        rows = opened.book.problems(wanted.id if wanted else None)
    lines = (problem_line(row, held.get(row.campaign), on) for row in rows if not overdue or row.overdue(on))
    return Problems(on=on, problems=tuple(one for one in lines if of_unit(one, unit, held)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a person says of a step: who took it (None: the person at the machine), what was done or why, who approved."""

    campaign: str | None = None
    who: str | None = None
    text: str = ""
    approver: str = ""
    deadline: date | None = None


def step(folder: Path, act: Act, numbers: tuple[int, ...], told: Told, *, on: date) -> Stepped:
    """Take one step, dated `on`, with every problem named or with none of them: all refusals are told at once.

    Raises NotFound, Refused.
    """
    workspace = open_workspace(folder)
    numbers = tuple(dict.fromkeys(numbers))
    done: list[Problem] = []
    with rooms.writing(workspace) as opened:
        campaign = _campaign(workspace, opened.book, told.campaign, numbers)
        who = told.who or opened.who
        taken = Step(act=act, day=on, who=who, text=told.text, approver=told.approver, deadline=told.deadline)

        def change() -> str:
            done.extend(_all(opened, numbers, taken, campaign))
            return opened.book.export()

        which = "、".join(f"第{number}号" for number in numbers)
        opened.strongroom.keep_ledger(change, who=opened.who, now=opened.now, reason=f"{act.value} {which}")
    return Stepped(
        act=act.value, campaign=campaign.id, problems=tuple(problem_line(problem, campaign, on) for problem in done)
    )


def _all(opened: rooms.Rooms, numbers: tuple[int, ...], taken: Step, campaign: Campaign) -> tuple[Problem, ...]:
    done: list[Problem] = []
    refused: list[Refused] = []
    for number in numbers:
        try:
            done.append(opened.book.step(number, taken, campaign, who=opened.who, now=opened.now))
        except Refused as error:
            refused.append(error)
    if len(refused) == 1:
        raise refused[0]
    if refused:
        whys = "；".join(f"{error.which}：{error.why}" for error in refused)
        raise Refused(refused[0].what, f"{len(refused)} 个问题", whys, "一个也没有办，请补齐或核对后再办")
    return tuple(done)


def _campaign(workspace: Workspace, book: Book, name: str | None, numbers: tuple[int, ...]) -> Campaign:
    """The campaign named, else the only one whose ledger holds all these numbers."""
    if name:
        return library.find(workspace.campaigns, name)
    rows = {(problem.campaign, problem.number) for problem in book.problems()}
    ids = sorted({held for held, _ in rows})
    fitting = [held for held in ids if all((held, number) in rows for number in numbers)]
    which = "、".join(f"第{number}号" for number in numbers)
    if not fitting:
        raise NotFound("没有这个问题", which, "台账里没有这个序号", "请用 juanzong ledger list 查看序号")
    if len(fitting) > 1:
        told = f"{len(fitting)} 个行动的台账里都有这个序号"
        raise NotFound("不知道指的是哪个行动的问题", which, told, f"请加上 --campaign（{'、'.join(fitting)}）")
    return library.find(workspace.campaigns, fitting[0])


def show(folder: Path, number: int, *, campaign: str | None) -> ProblemShown:
    """One row and its whole history. Raises NotFound."""
    workspace = open_workspace(folder)
    with rooms.reading(workspace) as opened:
        held = _campaign(workspace, opened.book, campaign, (number,))
        found = [problem for problem in opened.book.problems(held.id) if problem.number == number]
        history = opened.book.history(held.id, number)
    if not found:
        raise NotFound(
            "没有这个问题", f"第{number}号", f"“{held.name}”的台账里没有它", "请用 juanzong ledger list 查看序号"
        )
    unit = held.unit(found[0].unit) if found[0].unit else None
    return ProblemShown(
        problem=found[0], unit=unit.name if unit else found[0].unit_text, history=tuple(map(_change, history))
    )


def _change(change: Change) -> ChangeLine:
    told = json.loads(change.note) if change.note.startswith("{") else {}
    days = {key: date.fromisoformat(told[key]) if key in told else None for key in ("day", "deadline")}
    return ChangeLine(
        at=change.at,
        entered_by=change.who,
        act=change.act,
        day=days["day"],
        who=told.get("who", ""),
        text=told.get("text", ""),
        approver=told.get("approver", ""),
        deadline=days["deadline"],
        state=change.after.state_text or (change.after.state.value if change.after.state else "状态不详"),
    )


def report(folder: Path, name: str, *, on: date, start: date | None, end: date | None) -> LedgerReport:
    """The figures for a weekly or monthly report; what was found or struck off after `on` is not known on that day."""
    workspace = open_workspace(folder)
    campaign = library.find(workspace.campaigns, name)
    with rooms.reading(workspace) as opened:
        rows = opened.book.problems(campaign.id)
    names = {unit.id: unit.name for unit in campaign.units}
    last = end or on
    within = statistics.period(rows, start or date.min, last)
    return LedgerReport(
        on=on,
        campaign=campaign.name,
        total=_figures("合计", statistics.figures(rows, on)),
        by_unit=_groups(statistics.by(rows, lambda row: names.get(row.unit or "", row.unit_text), on)),
        by_category=_groups(statistics.by(rows, lambda row: row.category, on)),
        by_grade=_groups(statistics.by(rows, lambda row: row.grade, on)),
        start=start,
        end=last,
        new=within.found,
        struck_off=within.closed,
    )


def _groups(figures: dict[str, statistics.Figures]) -> tuple[FigureLine, ...]:
    return tuple(_figures(name, counted) for name, counted in figures.items())


def _figures(name: str, counted: statistics.Figures) -> FigureLine:
    return FigureLine(
        name=name,
        found=counted.found,
        closed=counted.closed,
        remaining=counted.remaining,
        overdue=counted.overdue,
        listed=counted.listed,
        rate=counted.percent,
    )


def export(folder: Path, name: str, output: Path) -> LedgerExported:
    """The ledger of a campaign as a .csv that the import reads again. Raises Refused where the file exists."""
    workspace = open_workspace(folder)
    campaign = library.find(workspace.campaigns, name)
    if output.exists():
        raise Refused("没有导出台账", str(output), "这里已经有同名文件", "请换一个文件名")
    with rooms.reading(workspace) as opened:
        rows = opened.book.problems(campaign.id)
    content = sheet.as_csv(rows, {unit.id: unit.name for unit in campaign.units})
    output.parent.mkdir(parents=True, exist_ok=True)
    FILES.write(output, iter((content,)))
    return LedgerExported(path=output, rows=len(rows))


def problem_line(problem: Problem, campaign: Campaign | None, on: date) -> ProblemLine:
    """A problem as a list shows it on a day."""
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


def of_unit(line: ProblemLine, unit: str | None, held: dict[str, Campaign]) -> bool:
    """Whether a problem is of this unit, by name or alias; None: of any."""
    if unit is None or line.unit == unit:
        return True
    known = held[line.campaign].unit(unit) if line.campaign in held else None
    return known is not None and known.name == line.unit
