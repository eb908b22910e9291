"""A file wrapped as an OLE object inside an Office file: taken out with the name it had ([MS-OLEDS] 2.3.6)."""

from __future__ import annotations

import struct
from io import BytesIO

_WHOLE = ("WordDocument", "Workbook", "Book", "PowerPoint Document")
_NATIVE = "\x01Ole10Native"


def unwrapped(content: bytes, name: str) -> tuple[str, bytes] | None:
    """Name and bytes of what the object holds; None for a picture, a formula and what else is no file."""
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(content)) as ole:
            if any(ole.exists(stream) for stream in _WHOLE):
                return name, content
            if ole.exists("Package"):
                return name, ole.openstream("Package").read()
            return _native(ole.openstream(_NATIVE).read()) if ole.exists(_NATIVE) else None
    except Exception:
        return None  # olefile raises whatever a broken directory leads it to


def _native(stream: bytes) -> tuple[str, bytes]:
    """Size, mark, label, path, mark, temporary path with its length, then the size of the file and the file."""
    label_end = stream.index(b"\x00", 6)
    path_end = stream.index(b"\x00", label_end + 1)
    (length,) = struct.unpack_from("<I", stream, path_end + 5)
    start = path_end + 9 + length
    (size,) = struct.unpack_from("<I", stream, start)
    return stream[6:label_end].decode("gb18030", "replace"), stream[start + 4 : start + 4 + size]
