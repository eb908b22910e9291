"""Removing sources (`--move`): after everything is filed, and only what is proved to lie in the strongroom byte for byte."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from archive.strongroom import Strongroom
from desk import rooms
from desk.answers.filing import Filed, FiledPaper
from desk.offices import Workspace
from model.errors import JuanzongError, reason
from storage.files import source_blocks


def remove_sources(workspace: Workspace, answer: Filed) -> Filed:
    """The same answer with what became of each source: filed now or by an earlier run, read back, compared, removed."""
    with rooms.reading(workspace) as opened:
        return replace(
            answer,
            filed=tuple(_removed(opened.strongroom, answer.filed)),
            earlier=tuple(_removed(opened.strongroom, answer.earlier)),
        )


def _removed(room: Strongroom, papers: tuple[FiledPaper, ...]) -> Iterable[FiledPaper]:
    for paper in papers:
        why = _remove(room, paper.id, paper.path)
        told = f"原件没有移走：{why}" if why else "原件已移走"
        yield replace(paper, remark="；".join(filter(None, (paper.remark, told))))


def _remove(room: Strongroom, record_id: str, source: Path) -> str:
    """Remove a source that the record holds; else why not."""
    try:
        held = sha256()
        for block in source_blocks(source):
            held.update(block)
        record = room.record(record_id)
        files = [file for version in record.versions for file in version.files if file.sha256 == held.hexdigest()]
        if not files:
            return "归档以后它又被改动过"
        for _ in room.blocks(record, files[0]):
            pass  # read back from the store to the end, which compares it
        source.unlink()
    except JuanzongError as error:
        return error.why or error.what
    except OSError as error:
        return reason(error)
    return ""
