"""Errors: what the machine could not do. What a paper lacks is a `Finding`, not an error.

Every error says in the clerk's words what happened, to which thing, why, and what to do next; the class
carries the exit code (see `docs/manual.md`). `desk.answers.error_line` turns one into one Chinese line.
"""

from __future__ import annotations

import errno
from typing import ClassVar

_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有读写它的权限",
    errno.EPERM: "系统不允许这样做",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "磁盘是只读的",
    errno.EIO: "磁盘读写出错，可能已经损坏",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENAMETOOLONG: "名字太长",
    errno.EEXIST: "已经有同名的文件",
    errno.ELOOP: "链接绕成了圈",
    errno.EMFILE: "同时打开的文件太多",
    errno.EBUSY: "它正被别的程序使用",
}


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese; its own words where we have none."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


class JuanzongError(Exception):
    """Base of all errors that a person may see.

    what: what could not be done (做什么没做成); which: the file, record or value it concerns;
    why: the reason; next: what the person can do now. All Chinese, without full stop.
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, what: str, which: str = "", why: str = "", next: str = "") -> None:
        super().__init__(what, which, why, next)
        self.what = what
        self.which = which
        self.why = why
        self.next = next

    def __str__(self) -> str:
        which = f"（{self.which}）" if self.which else ""
        why = f"：{self.why}" if self.why else ""
        remedy = f"。{self.next}" if self.next else ""
        return f"{self.what}{which}{why}{remedy}。"


class CommandError(JuanzongError):
    """The command line is wrong (命令写错了)."""

    exit_code = 2


class Refused(JuanzongError):
    """The house refuses, and nothing has changed (未做任何改动)."""

    exit_code = 3


class NotFound(Refused):
    """A file, record, campaign or unit that was named does not exist."""


class FaultyInput(Refused):
    """A file from outside cannot be used; `findings` list every fault in it.

    findings is a tuple of `model.findings.Finding`.
    """

    def __init__(
        self, what: str, which: str = "", why: str = "", next: str = "", findings: tuple[object, ...] = ()
    ) -> None:
        super().__init__(what, which, why, next)
        self.findings = findings


class MissingTool(Refused):
    """A program or library outside the house that this errand needs is not installed."""


class Damaged(JuanzongError):
    """Stored bytes are not what they were (档案受损)."""

    exit_code = 4


class Busy(JuanzongError):
    """Another process holds the office (另一个进程正在使用本单位档案)."""

    exit_code = 5


class Fault(JuanzongError):
    """A fault of ours (程序自身的错误)."""

    exit_code = 70
