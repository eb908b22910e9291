"""A paper's files are copied into staging, under names that every system takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from model.records import PaperFile, StoredFile
from storage.files import Digest, source_blocks
from storage.ocfl import Staging

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')


def write_files(staging: Staging, files: Sequence[PaperFile]) -> tuple[StoredFile, ...]:
    """Copy a paper's files into staging under readable names that cannot collide."""
    stored = []
    for place, file in enumerate(files, 1):
        path = f"files/{place:02d}-{_stored_name(file.name)}"
        digest = _write_one(staging, path, file)
        stored.append(
            StoredFile(
                name=file.name,
                path=f"v{staging.number}/content/{path}",
                part=file.part,
                media_type=file.media_type,
                size=digest.size,
                sha256=digest.sha256,
                sha512=digest.sha512,
            )
        )
    return tuple(stored)


def _write_one(staging: Staging, path: str, file: PaperFile) -> Digest:
    return staging.write(path, source_blocks(file.source) if isinstance(file.source, Path) else (file.source,))


def _stored_name(name: str) -> str:
    """A file name that every system takes: at most 60 characters, so that the path stays short; the ending is kept."""
    clean = _UNSAFE.sub("", unicodedata.normalize("NFC", name)).strip(" .") or "文件"
    stem, dot, ending = clean.rpartition(".")
    if not dot or len(ending) > 10:
        return clean[:60].rstrip(" .")
    return f"{stem[:48].rstrip(' .')}.{ending}"
