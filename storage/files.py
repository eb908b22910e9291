"""The one small interface through which every byte of the store passes.

A written file is flushed to the disk before it gets its name, and its folder is flushed after (restic's and SQLite's
order); what `Files` says is written survives a power cut. Tests put a `Files` of their own in its place that kills, tears or fails.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from model.errors import Refused, reason

BLOCK = 1 << 20
_FLUSHING = 16  # flushes under way at once: a journal commits once for all that wait for it


@dataclass(frozen=True, slots=True)
class Digest:
    """Size in bytes and digests in hex of what was written or read."""

    size: int
    sha256: str
    sha512: str


class Hasher:
    """Both digests and the size of a stream of blocks."""

    def __init__(self) -> None:
        self._size = 0
        self._sha256 = hashlib.sha256()
        self._sha512 = hashlib.sha512()

    def update(self, block: bytes) -> None:
        """Take in one block."""
        self._size += len(block)
        self._sha256.update(block)
        self._sha512.update(block)

    def digest(self) -> Digest:
        """What has been taken in so far."""
        return Digest(self._size, self._sha256.hexdigest(), self._sha512.hexdigest())


class Files:
    """Durable file operations. What was asked to be flushed has reached the disk when a method returns; all raise OSError."""

    def write(self, path: Path, blocks: Iterator[bytes], *, flush: bool = True) -> Digest:
        """Write a new file and flush it, unless the caller flushes many at once; so with its folder. An existing file is an error."""
        hasher = Hasher()
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        with os.fdopen(descriptor, "wb") as file:
            for block in blocks:
                file.write(block)
                hasher.update(block)
            file.flush()
            if flush:
                os.fsync(file.fileno())
        return hasher.digest()

    def flush(self, paths: Iterable[Path]) -> None:
        """Make files that were written unflushed, and the names in folders, durable; several at once, so that the disk shares the work."""
        with ThreadPoolExecutor(_FLUSHING) as pool:
            for done in [pool.submit(self._flush_one, path) for path in paths]:
                done.result()

    def _flush_one(self, path: Path) -> None:
        if path.is_dir():
            self.flush_folder(path)
            return
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))  # Windows flushes only what is open to write
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def make_folder(self, path: Path, *, flush: bool = True) -> list[Path]:
        """Make a folder and those above it, flushing each folder that gained one; gives those that were made, outermost first."""
        made: list[Path] = []
        while not path.exists():
            made.append(path)
            path = path.parent
        made.reverse()
        for folder in made:
            folder.mkdir(exist_ok=True)
            if flush:
                self.flush_folder(folder.parent)
        return made

    def flush_folder(self, path: Path) -> None:
        """Make the names in a folder durable. Not every system can (Windows): there the rename itself must do."""
        if os.name != "posix":
            return
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network shares know no folder flush
                raise
        finally:
            os.close(descriptor)

    def rename(self, old: Path, new: Path) -> None:
        """Give a file or folder its final name and make both folders durable."""
        self.rename_all(((old, new),))

    def rename_all(self, moves: Sequence[tuple[Path, Path]]) -> None:
        """Give each its final name, then make every folder concerned durable, once; new names before old ones are given up."""
        for old, new in moves:
            old.replace(new)
        folders = dict.fromkeys([new.parent for _, new in moves] + [old.parent for old, _ in moves])
        self.flush(folders)

    def remove(self, path: Path) -> None:
        """Remove a file of our own making (a temporary one), never a record's."""
        path.unlink(missing_ok=True)


FILES = Files()


def source_blocks(path: Path) -> Iterator[bytes]:
    """The bytes of a file from outside: an ordinary file, no link, and the same when the copy ends as when it began.

    Raises Refused for links, folders, devices, files that change while they are read and those that cannot be read.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if path.is_symlink():
        raise Refused("没有收下文件", str(path), "它是一个链接，不是文件本身", "请改为提供它指向的文件")
    with _refusing(path):
        descriptor = os.open(path, flags)
    with os.fdopen(descriptor, "rb") as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise Refused("没有收下文件", str(path), "它不是普通文件", "请提供文件本身")
        while True:
            with _refusing(path):
                block = file.read(BLOCK)
            if not block:
                break
            yield block
        after = os.fstat(file.fileno())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise Refused("没有收下文件", str(path), "读的时候它还在变", "请关闭正在写它的程序后再试")


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """What fails in reading a file from outside is a fault of that file, not of the store."""
    try:
        yield
    except OSError as error:
        raise Refused("读不了文件", str(path), reason(error), "请检查路径和权限") from None


def blocks_of(file: BinaryIO) -> Iterator[bytes]:
    """The file's bytes in blocks of at most 1 MiB."""
    while block := file.read(BLOCK):
        yield block


def digest_of(path: Path, on_block: Callable[[int], None] | None = None) -> Digest:
    """Read a file of the store and give its digests; `on_block` hears how many bytes each step read."""
    hasher = Hasher()
    with path.open("rb") as file:
        for block in blocks_of(file):
            hasher.update(block)
            if on_block:
                on_block(len(block))
    return hasher.digest()


def replace_file(path: Path, content: bytes, files: Files = FILES) -> None:
    """Put a file in place, whole or not at all: written aside, flushed, renamed."""
    aside = path.with_name(f".{path.name[:80]}.{os.getpid()}.part")
    files.remove(aside)
    try:
        files.write(aside, iter((content,)))
        files.rename(aside, path)
    except BaseException:
        files.remove(aside)
        raise
