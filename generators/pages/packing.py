"""The package of a .docx: parts that all papers share are deflated once, and a paper's own part is set behind them.

`zipfile` would read the shared parts' directory anew for every paper, which takes longer than deflating the paper.
Records are those of the ZIP specification (APPNOTE.TXT 4.3), all of one day, so that the same paper gives the same bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from struct import Struct

_OWN = "word/document.xml"
_FILE, _ENTRY, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_TOLD = Struct("<5H3L2H")  # version, flags, method, time, day, checksum, size deflated, size, lengths of name and extra
_PLACE = Struct("<3H2L")  # comment, disk, kind, rights, where the file begins
_COUNTS = Struct("<4H2LH")  # disks, entries here and in all, size and place of the directory, comment
_VERSION, _DEFLATED, _MIDNIGHT, _DAY = 20, 8, 0, 33  # 1980-01-01
_RIGHTS = 0o600 << 16
_SHARED_LEVEL, _OWN_LEVEL = 6, 1  # of a paper's own XML level 6 saves 200 bytes and takes twice the time


@dataclass(frozen=True, slots=True)
class Packed:
    """Files of a package, and the entries of its directory."""

    files: bytes = b""
    entries: bytes = b""
    count: int = 0

    def with_file(self, name: str, content: bytes, level: int) -> Packed:
        """The same with one more file."""
        squeezer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
        deflated, path = squeezer.compress(content) + squeezer.flush(), name.encode()
        told = _TOLD.pack(
            _VERSION, 0, _DEFLATED, _MIDNIGHT, _DAY, zlib.crc32(content), len(deflated), len(content), len(path), 0
        )  # fmt: skip
        entry = _ENTRY + _VERSION.to_bytes(2, "little") + told + _PLACE.pack(0, 0, 0, _RIGHTS, len(self.files)) + path
        return Packed(b"".join((self.files, _FILE, told, path, deflated)), self.entries + entry, self.count + 1)

    def whole(self) -> bytes:
        """The package with its directory."""
        counts = _COUNTS.pack(0, 0, self.count, self.count, len(self.entries), len(self.files), 0)
        return b"".join((self.files, self.entries, _END, counts))


def shared(parts: Iterable[tuple[str, bytes]]) -> Packed:
    """The parts that papers share, by name and content."""
    made = Packed()
    for name, content in parts:
        made = made.with_file(name, content, _SHARED_LEVEL)
    return made


def packed(front: Packed, document: str) -> bytes:
    """The shared parts with a paper's own XML."""
    return front.with_file(_OWN, document.encode(), _OWN_LEVEL).whole()
