"""One writer per office (单写锁): who holds it, since when, on which machine; a second one is told, never let in."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from model.errors import Busy, Refused, reason

NAME = ".正在使用"
_PATIENCE = 0.2  # seconds


@contextmanager
def office_lock(folder: Path, *, who: str, now: datetime) -> Iterator[None]:
    """Hold the office for writing. Raises Busy (exit 5) with holder, machine and age when another process does.

    The lock is the operating system's own on an open file: it ends with the process that holds it, however that ends, so there is
    never a stale one to guess about. What is written in the file only tells people who it is.
    """
    path = folder / NAME
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        why = reason(error)
        raise Refused("不能写这个单位文件夹", str(folder), why, "请检查文件夹的权限和磁盘是否只读") from None
    with file:
        if not _take(file):
            time.sleep(_PATIENCE)  # it may only have been looked at (`holder`)
            if not _take(file):
                raise _busy(folder, file, now)
        file.seek(0)
        file.truncate()
        json.dump({"who": who, "host": socket.gethostname(), "pid": os.getpid(), "since": now.isoformat()}, file)
        file.flush()
        try:
            yield
        finally:
            file.seek(0)
            file.truncate()
            file.flush()


def _take(file: IO[str]) -> bool:
    if os.name == "posix":
        import fcntl

        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
    import msvcrt  # pragma: no cover - Windows

    try:  # pragma: no cover - Windows; the byte far behind the text, so that others can still read it
        file.seek(1 << 20)
        getattr(msvcrt, "locking")(file.fileno(), getattr(msvcrt, "LK_NBLCK"), 1)  # noqa: B009 - absent from other systems' stubs
    except OSError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Holder:
    """Who wrote themselves into the lock; `stale` when that process is gone without having taken itself out again."""

    told: str
    stale: bool


def holder(folder: Path, now: datetime) -> Holder | None:
    """Who holds the office, or held it and ended badly; None when nobody does or it cannot be seen."""
    try:
        with (folder / NAME).open("r+", encoding="utf-8") as file:
            told = _told(file, now)
            return Holder(told, stale=_take(file)) if told else None  # taken for a moment only: closing gives it back
    except OSError:
        return None


def _told(file: IO[str], now: datetime) -> str | None:
    """Holder, machine and age as the file says."""
    file.seek(0)
    try:
        told = json.load(file)
        age = _age(now - datetime.fromisoformat(told["since"]))
        return f"{told['who']} 在 {told['host']} 上（进程 {told['pid']}，{age}前开始）"
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _age(age: timedelta) -> str:
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} 分钟"
    return f"{minutes // 60} 小时" if minutes < 48 * 60 else f"{minutes // (24 * 60)} 天"


def _busy(folder: Path, file: IO[str], now: datetime) -> Busy:
    why = _told(file, now)
    return Busy(
        "单位文件夹正被占用",
        str(folder),
        f"正在使用的是 {why}" if why else "另一个进程正在使用",
        "请等它结束后再试；档案没有任何改动",
    )
