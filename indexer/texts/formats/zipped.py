"""Zip archives: every member read by its own content, named by what its name was in the sender's encoding."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator

from indexer.texts.formats.members import harmless, pages_of_member
from indexer.texts.formats.package import opened, read_at_most
from indexer.texts.jobs import FILES, Job, TooLarge, Unreadable
from model.texts import Member, TextPage, TextState

_LARGEST = 200 << 20  # bytes of one member
_RATIO, _SUSPECT = 200, 10 << 20  # a member larger than this that was packed more tightly than this is a bomb
_PASSED_OVER = ("__MACOSX/", ".DS_Store", "Thumbs.db")
_UTF8 = 0x800


def read(content: bytes, job: Job) -> Iterator[TextPage]:
    """The members' pages in the order of the archive's directory."""
    with opened(content) as archive:
        listed = archive.infolist()
        for info in listed[:FILES]:
            path = harmless(name_of(info))
            base = path.rpartition("/")[2]
            if info.is_dir() or path.startswith(_PASSED_OVER) or base in _PASSED_OVER or base.startswith("~$"):
                continue
            yield from _member(archive, info, path, job)
        if len(listed) > FILES:
            raise TooLarge(f"里面的文件超过 {FILES} 个，后面的没有读")


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, job: Job) -> Iterator[TextPage]:
    if info.flag_bits & 1:
        job.members.append(Member(path, TextState.ENCRYPTED, "有密码，打不开"))
        return
    if stat.S_ISLNK(info.external_attr >> 16):
        job.members.append(Member(path, TextState.UNREADABLE, "是链接，没有读"))
        return
    if info.file_size > _SUSPECT and info.file_size > _RATIO * max(1, info.compress_size):
        job.members.append(Member(path, TextState.LIMIT, "压缩得异常紧，展开后太大，没有读"))
        return
    bound = min(_LARGEST, job.unpacked)
    if info.file_size > bound:
        job.members.append(Member(path, TextState.LIMIT, "展开后太大，没有读"))
        return
    try:
        with archive.open(info) as part:
            inside = read_at_most(part, bound, "展开后太大，没有读")
    except TooLarge as error:
        job.members.append(Member(path, TextState.LIMIT, str(error)))
        return
    except (Unreadable, zipfile.BadZipFile, NotImplementedError, ValueError, OSError, RuntimeError):
        job.members.append(Member(path, TextState.UNREADABLE, "压缩包里的这一份损坏"))
        return
    job.unpacked -= len(inside)
    yield from pages_of_member(path, inside, job)


def name_of(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: UTF-8 where the archive says so, else the bytes as UTF-8 or GB18030."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
