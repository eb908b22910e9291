"""One writer per office (单写锁): who holds it, since when, on which machine; a second one is told, never let in."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from model.errors import Busy, Refused, reason

NAME = ".正在使用"


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


def _busy(folder: Path, file: IO[str], now: datetime) -> Busy:
    file.seek(0)
    try:
        told = json.load(file)
        since = datetime.fromisoformat(told["since"])
        minutes = max(0, int((now - since).total_seconds() // 60))
        why = f"{told['who']} 正在 {told['host']} 上使用（进程 {told['pid']}，{minutes} 分钟前开始）"
    except (ValueError, KeyError, TypeError):
        why = "另一个进程正在使用"
    return Busy("单位文件夹正被占用", str(folder), why, "请等它结束后再试；档案没有任何改动")
