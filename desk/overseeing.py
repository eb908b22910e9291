"""Overseeing: what is due in this office, and whether the machine and the office are in order."""

from __future__ import annotations

import json
import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from importlib import metadata
from pathlib import Path

from archive import life
from campaigns import dues, library
from desk import keeping, rooms
from desk.answers import DueLine, Examined, Status
from desk.offices import Workspace, open_workspace
from model.campaigns import Campaign
from model.errors import JuanzongError
from model.findings import Finding, Severity
from model.problems import State
from model.readiness import Readiness
from model.registers import Book
from model.wording import chinese_date
from readiness import assessing

SOON = timedelta(days=14)
_STALE = 30  # days after which a mirror is told to be old
_ROOM_LEFT = 1 << 30  # bytes: below 1 GiB free the next campaign's scans may not fit


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


def examine(folder: Path, *, on: date) -> Examined:
    """Look over machine and office; nothing is changed."""
    found = [*_machine(), *_clock(on)]
    try:
        workspace = open_workspace(folder)
    except JuanzongError as error:
        found.append(_finding("office", Severity.ERROR, str(error)))
        return Examined(findings=tuple(found))
    found += [*_disk(workspace), *_mirror(workspace), *_definitions(workspace), *_archive(workspace)]
    return Examined(findings=tuple(found))


def _finding(rule: str, severity: Severity, message: str, fix: str | None = None) -> Finding:
    return Finding(rule=rule, severity=severity, message=message, fix=fix)


def _machine() -> Iterator[Finding]:
    version = metadata.version("juanzong")
    told = f"卷宗 {version}，Python {platform.python_version()}，{platform.system()} {platform.machine()}"
    yield _finding("machine", Severity.INFO, f"{told}，SQLite {sqlite3.sqlite_version}")
    if sys.flags.utf8_mode == 0 and sys.getfilesystemencoding() != "utf-8":
        fix = "运行前设环境变量 PYTHONUTF8=1"
        yield _finding("encoding", Severity.ERROR, f"文件名编码是 {sys.getfilesystemencoding()}，中文文件名会出错", fix)
    if not shutil.which("soffice"):
        fix = "Debian、Ubuntu 上：apt-get install libreoffice-writer-nogui fonts-noto-cjk poppler-utils"
        yield _finding("soffice", Severity.INFO, "没有安装 LibreOffice：不能转换 PDF 和核对版面，其余不受影响", fix)


def _clock(on: date) -> Iterator[Finding]:
    if date.today().year < 2024:
        fix = "请先校准系统日期"
        yield _finding("clock", Severity.ERROR, f"系统日期是 {chinese_date(date.today())}，显然不对", fix)
    if on != date.today():
        yield _finding("clock", Severity.INFO, f"按 {chinese_date(on)} 检查")


def _disk(workspace: Workspace) -> Iterator[Finding]:
    free = shutil.disk_usage(workspace.root).free
    if free < _ROOM_LEFT:
        yield _finding("disk", Severity.WARNING, f"磁盘只剩 {free >> 20} MB", "请清理磁盘或换大一些的磁盘")


def _mirror(workspace: Workspace) -> Iterator[Finding]:
    """Whether there is a second copy, and how old it is."""
    note = workspace.archive / keeping.NOTE
    fix = "运行 juanzong archive mirror 另一块硬盘上的文件夹"
    if not note.is_file():
        yield _finding("mirror", Severity.WARNING, "还没有做过镜像，硬盘一坏就没有第二份", fix)
        return
    told = json.loads(note.read_text(encoding="utf-8"))
    days = (datetime.now() - datetime.fromisoformat(told["at"])).days
    if days > _STALE:
        yield _finding("mirror", Severity.WARNING, f"上一次镜像是 {days} 天前做的（{told['path']}）", fix)


def _definitions(workspace: Workspace) -> Iterator[Finding]:
    yield from library.faults(workspace.campaigns)


def _archive(workspace: Workspace) -> Iterator[Finding]:
    with rooms.reading(workspace) as opened:
        latest = max((record.filed for record in opened.strongroom.records()), default=None)
        if latest and latest > datetime.now() + timedelta(minutes=5):
            fix = "请校准系统时间；归档时间不会被改动"
            yield _finding(
                "clock", Severity.WARNING, f"最近一件归档于 {latest:%Y-%m-%d %H:%M}，比现在的系统时间还晚", fix
            )
        state = opened.index.status()
        if state.indexed != state.entries:
            fix = "运行 juanzong index rebuild"
            message = f"档案有 {state.entries} 件，索引只收了 {state.indexed} 件"
            yield _finding("index", Severity.ERROR, message, fix)
