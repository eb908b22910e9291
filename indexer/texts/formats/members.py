"""Files inside files: their names made harmless, their text read, their number, depth and size bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.texts.formats.package import Package
from indexer.texts.formats.wrapped import unwrapped
from indexer.texts.jobs import DEEPEST, Job, TooLarge
from model.texts import Member, TextPage, TextState

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_LONGEST = 1000


def pages_of_member(path: str, content: bytes, job: Job) -> Iterator[TextPage]:
    """The pages of one file inside; how its reading ended is noted in the job. Raises TooLarge when there are too many."""
    path = harmless(path)
    job.files -= 1
    if job.files < 0:
        raise TooLarge("里面的文件太多")
    if job.depth >= DEEPEST:
        job.members.append(Member(path, TextState.LIMIT, "压缩包套得太深，没有再往里读"))
        return
    inner = replace(job, members=[], remarks=[], depth=job.depth + 1, full=False)
    text = job.parse(content, inner)
    job.characters, job.files, job.unpacked = inner.characters, inner.files, inner.unpacked
    job.full = job.full or inner.full
    job.members.append(Member(path, text.state, text.why, text.reader))
    job.members.extend(replace(member, path=f"{path}/{member.path}") for member in text.members)
    for page in text.pages:
        yield replace(page, member=f"{path}/{page.member}" if page.member else path)


def embedded(package: Package, job: Job) -> Iterator[TextPage]:
    """The files embedded in an Office file, each a member; an object that is no file is only remarked."""
    for name in sorted(package.names):
        folder, _, base = name.rpartition("/")
        if not folder.endswith("/embeddings") or not base:
            continue
        content = package.read(name)
        told = unwrapped(content, base) if base.endswith(".bin") else (base, content)
        if told is None:
            job.remark("内嵌对象，没有读")
        else:
            yield from pages_of_member(*told, job)


def harmless(path: str) -> str:
    """A path as data: no control characters, no root, no drive, nothing that climbs. Never used to open anything."""
    parts = [part for part in _CONTROLS.sub("", path).replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if parts and re.fullmatch("[A-Za-z]:", parts[0]):
        parts = parts[1:]
    return "/".join(parts)[:_LONGEST] or "无名文件"
