"""Old slides (.ppt, Kingsoft .dps): the text atoms of the one stream, in its order (MS-PPT 2.9.42 to 2.9.44)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO

from indexer.texts.jobs import Encrypted, Job
from model.texts import TextPage

_CHARS, _BYTES, _ENCRYPTED = 4000, 4008, 12052


def read(content: bytes, job: Job) -> Iterator[TextPage]:
    """One page: titles and bodies as they stand in the outline, then what is in boxes."""
    import olefile

    with olefile.OleFileIO(BytesIO(content)) as ole:
        stream = ole.openstream("PowerPoint Document").read()
    yield TextPage("", job.blocks(line for text in _texts(stream, 0, len(stream)) for line in text.splitlines()))


def _texts(stream: bytes, start: int, end: int) -> Iterator[str]:
    while start + 8 <= end:
        version, kind, length = struct.unpack_from("<HHI", stream, start)
        body, start = start + 8, start + 8 + length
        if kind == _ENCRYPTED:
            raise Encrypted
        if version & 0xF == 0xF:
            yield from _texts(stream, body, min(start, end))
        elif kind == _CHARS:
            yield stream[body:start].decode("utf-16-le", "replace").replace("\x0b", "\n").replace("\r", "\n")
        elif kind == _BYTES:
            yield stream[body:start].decode("cp1252", "replace").replace("\x0b", "\n").replace("\r", "\n")
