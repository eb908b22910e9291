"""Zip packages: of parts (OOXML, OFD), and archives with names in any encoding."""

import struct
import zipfile
import zlib
from io import BytesIO

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(parts: dict[str, str | bytes]) -> bytes:
    """A zip package of these parts."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return target.getvalue()


def zipped(members: dict[str, bytes], encoding: str = "utf-8", *, flagged: bool = True) -> bytes:
    """An archive whose names are in some encoding, with or without the flag that says UTF-8."""
    made, directory = b"", b""
    for told, content in members.items():
        name, packer = told.encode(encoding), zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = packer.compress(content) + packer.flush()
        about = struct.pack("<HHHHH", 20, 0x800 if flagged else 0, 8, 0, 0x5A21)
        about += struct.pack("<IIIHH", zlib.crc32(content), len(packed), len(content), len(name), 0)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + about
        directory += struct.pack("<HHHII", 0, 0, 0, 0, len(made)) + name
        made += b"PK\x03\x04" + about + name + packed
    count = len(members)
    return made + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(made), 0)
