"""Gathering what is to be taken in: every file below the paths named, each with a word about it, none left out in silence."""

from __future__ import annotations

import os
import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.intake import Rules
from model.errors import NotFound, reason

_LONG = 100  # characters of a file name that few systems carry safely once it lies in folders


@dataclass(frozen=True, slots=True)
class Found:
    """A file: where it lies, how the person would name it, and why it is no paper (`passed`) or cannot be taken (`refused`).

    `path` may hold bytes that are no text; `shown` is what people and JSON are told.
    """

    path: Path
    source: str
    passed: str = ""
    refused: str = ""
    remarks: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        """The file's name as text."""
        return self.source.rpartition("/")[2]

    @property
    def shown(self) -> Path:
        """The path as text."""
        return Path(*map(readable, self.path.parts))

    @property
    def names(self) -> tuple[str, ...]:
        """The file's name and those of the folders around it, from the inside out."""
        return tuple(reversed(self.source.split("/")))


def gather(paths: tuple[Path, ...], rules: Rules) -> Iterator[Found]:
    """Files named and those below the folders named, in the order of their names. Raises NotFound for a path that is not there."""
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise NotFound("没有归档", str(path), "没有这个文件或文件夹", "请检查路径")
        yield from _walk(path, readable(path.resolve().name if path.name in ("", ".", "..") else path.name), rules)


def _walk(path: Path, source: str, rules: Rules) -> Iterator[Found]:
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        yield Found(path, source, refused=reason(error))
        return
    if stat.S_ISLNK(mode):
        yield Found(path, source, refused="它是一个链接，不是文件本身；请提供它指向的文件")
    elif rules.is_no_paper(readable(path.name)):
        yield Found(path, source, passed=_why_no_paper(readable(path.name), folder=stat.S_ISDIR(mode)))
    elif stat.S_ISDIR(mode):
        yield from _folder(path, source, rules)
    elif not stat.S_ISREG(mode):
        yield Found(path, source, refused="它不是普通文件（管道、设备之类）")
    elif path.stat().st_size == 0:
        yield Found(path, source, refused="文件是空的（0 字节），没有可归的内容")
    else:
        yield Found(path, source, remarks=tuple(_remarks(path, source)))


def _folder(path: Path, source: str, rules: Rules) -> Iterator[Found]:
    try:
        inside = sorted(path.iterdir(), key=lambda each: readable(each.name))
    except OSError as error:
        yield Found(path, source, refused=f"打不开这个文件夹：{reason(error)}")
        return
    for each in inside:
        yield from _walk(each, f"{source}/{readable(each.name)}", rules)


def _why_no_paper(name: str, *, folder: bool) -> str:
    if name.startswith("~$"):
        return "办公软件打开文件时留下的锁文件，不是材料"
    return "隐藏的或系统的文件夹，没有进去看" if folder else "系统文件或没有下载完的文件，不是材料"


def _remarks(path: Path, source: str) -> Iterator[str]:
    name = source.rpartition("/")[2]
    if len(name) > _LONG:
        yield f"文件名有 {len(name)} 字，库里另存短名，原名照记"
    if _is_gbk(path.name):
        yield "文件名是 GBK 编码，已转成正常文字"
    if path.suffix.lower() == ".zip":
        yield from _climbing(path)


def _is_gbk(name: str) -> bool:
    """Whether a name could not be read as UTF-8."""
    try:
        os.fsencode(name).decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _climbing(path: Path) -> Iterator[str]:
    """Names inside a zip that would leave the folder it is unpacked in; it is kept whole and never unpacked here."""
    try:
        with zipfile.ZipFile(path) as package:
            names = [info.filename.replace("\\", "/") for info in package.infolist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return
    bad = [name for name in names if name.startswith("/") or ".." in name.split("/") or name[1:3] == ":/"]
    if bad:
        yield f"压缩包里有 {len(bad)} 个名字越出文件夹（如 {bad[0][:40]}），只整包保存，没有展开"


def readable(name: str) -> str:
    """A file name as text: names in GBK on a disk that speaks UTF-8 are read as what they are."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return unicodedata.normalize("NFC", raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")
