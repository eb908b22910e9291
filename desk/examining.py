"""Examining (体检): whether this machine, this office and its archive are in order; nothing is changed."""

from __future__ import annotations

import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from importlib import metadata
from pathlib import Path

from campaigns import library
from desk import keeping, rooms
from desk.answers.overseeing import Examined
from desk.offices import Workspace, open_workspace
from model.errors import JuanzongError
from model.findings import Finding, Severity
from model.wording import chinese_date
from storage.lock import holder
from storage.places import network_share

_MIRRORED = 30  # days after which a mirror is told to be old
_CHECKED = 90  # days within which every object is to be verified once
_LITTLE, _TOO_LITTLE = 1 << 30, 100 << 20  # bytes: the next campaign's scans may not fit; nothing may
_SKEW = timedelta(minutes=5)


def examine(folder: Path, *, on: date) -> Examined:
    """Look over machine, office and archive."""
    found = [*_machine(), *_clock(on)]
    try:
        workspace = open_workspace(folder)
    except JuanzongError as error:
        found.append(_finding("office", Severity.ERROR, str(error)))
        return Examined(findings=tuple(found))
    found += [*_place(workspace), *library.faults(workspace.campaigns), *_archive(workspace, datetime.now())]
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


def _place(workspace: Workspace) -> Iterator[Finding]:
    """The disk the office lies on, and who holds it."""
    free = shutil.disk_usage(workspace.root).free
    if free < _LITTLE:
        grave = Severity.ERROR if free < _TOO_LITTLE else Severity.WARNING
        yield _finding("disk", grave, f"磁盘只剩 {free >> 20} MB", "请清理磁盘或换大一些的磁盘")
    if share := network_share(workspace.root):
        told = f"单位文件夹放在网络共享上（{share}）：断网或两台电脑同时写时，锁和落盘都没有保证"
        remedy = "请放在本机磁盘上，另用 juanzong archive mirror 往共享上做镜像"
        yield _finding("share", Severity.WARNING, told, remedy)
    if held := holder(workspace.root, datetime.now()):
        told = f"上一次没有正常结束：{held.told}；锁已随那个进程消失" if held.stale else f"正在使用：{held.told}"
        fix = "不用处理，下一次写入时会自动收拾干净" if held.stale else None
        yield _finding("lock", Severity.INFO, told, fix)


def _archive(workspace: Workspace, now: datetime) -> Iterator[Finding]:
    if not (workspace.archive / "catalogue.db").is_file():
        if any((workspace.archive / "store").glob("[0-9a-f]*/*/inventory.json")):
            fix = "运行 juanzong archive rebuild 由库房重建"
            yield _finding("catalogue", Severity.ERROR, "档案目录 catalogue.db 不见了，库房里却有档案", fix)
        return
    try:
        with rooms.reading(workspace) as opened:
            yield from _newest(opened, now)
            yield from _mirror(workspace, opened, now)
            yield from _verification(opened, now)
            yield from keeping.index_findings(opened)
    except (JuanzongError, sqlite3.DatabaseError) as error:
        fix = "运行 juanzong archive verify 查明；目录坏了用 juanzong archive rebuild 重建"
        yield _finding("catalogue", Severity.ERROR, str(error), fix)


def _newest(opened: rooms.Rooms, now: datetime) -> Iterator[Finding]:
    newest = opened.strongroom.newest_event()
    if newest and newest.at > now + _SKEW:
        told = f"最近一条业务行为（{newest.action}）记于 {newest.at:%Y-%m-%d %H:%M}，比现在的系统时间还晚"
        yield _finding("clock", Severity.WARNING, told, "请校准系统时间；已记下的时间不会被改动")


def _mirror(workspace: Workspace, opened: rooms.Rooms, now: datetime) -> Iterator[Finding]:
    """Whether there is a second copy, how old it is, and how much it lacks."""
    fix = "运行 juanzong archive mirror 另一块硬盘上的文件夹"
    told = keeping.mirror_note(workspace)
    if told is None:
        yield _finding("mirror", Severity.WARNING, "还没有做过镜像，硬盘一坏就没有第二份", fix)
        return
    days, since = (now - told.at).days, opened.strongroom.changes_since(told.at)
    if days > _MIRRORED and since:
        message = f"上一次镜像是 {days} 天前做的（{told.path}），那以后又有 {since} 处变动没有第二份"
        yield _finding("mirror", Severity.WARNING, message, f"运行 juanzong archive mirror {told.path}")
    elif days > _MIRRORED:
        message = f"上一次镜像是 {days} 天前做的（{told.path}），也该再核对一遍"
        yield _finding("mirror", Severity.WARNING, message, f"运行 juanzong archive mirror {told.path}")
    elif since:
        yield _finding("mirror", Severity.INFO, f"上一次镜像以后有 {since} 处变动还没有第二份（{told.path}）")


def _verification(opened: rooms.Rooms, now: datetime) -> Iterator[Finding]:
    """Whether damage is known and not mended, and whether some of the archive has not been looked at for long."""
    standing = opened.strongroom.standing()
    if standing.damaged:
        fix = "运行 juanzong archive repair 镜像文件夹，再运行 juanzong archive verify"
        yield _finding("damage", Severity.ERROR, f"上次核验发现 {standing.damaged} 件受损，还没有修好", fix)
    if standing.oldest and (now - standing.oldest).days > _CHECKED:
        fix = f"运行 juanzong archive verify，或每天运行 juanzong archive verify --share {_CHECKED}"
        days = (now - standing.oldest).days
        told = f"有的档案已经 {days} 天没有核验过（应当每 {_CHECKED} 天轮一遍）"
        yield _finding("verification", Severity.WARNING, told, fix)
