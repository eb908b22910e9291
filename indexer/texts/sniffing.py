"""What a file is, by its content; the name is never believed."""

from __future__ import annotations

import zipfile
from enum import StrEnum
from io import BytesIO


class Kind(StrEnum):
    """The formats that are told apart."""

    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    OFD = "ofd"
    ZIP = "zip"
    PDF = "pdf"
    OLE = "ole"  # .doc .xls .wps .et
    HTML = "html"
    TEXT = "text"
    IMAGE = "image"
    EMPTY = "empty"
    UNKNOWN = "unknown"


_MAGIC = (
    (b"%PDF-", Kind.PDF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"BM", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
    (b"\x7fELF", Kind.UNKNOWN),
    (b"MZ", Kind.UNKNOWN),
    (b"Rar!", Kind.UNKNOWN),
    (b"7z\xbc\xaf", Kind.UNKNOWN),
)
_INSIDE = (
    ("word/document.xml", Kind.DOCX),
    ("xl/workbook.xml", Kind.XLSX),
    ("ppt/presentation.xml", Kind.PPTX),
    ("OFD.xml", Kind.OFD),
)


def sniff(content: bytes) -> Kind:
    """The format of these bytes."""
    if not content:
        return Kind.EMPTY
    if content.startswith(b"PK\x03\x04"):
        return _sniff_zip(content)
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if b"%PDF-" in content[:1024]:
        return Kind.PDF
    if decode(content) is None:
        return Kind.UNKNOWN
    head = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return Kind.HTML if head.startswith((b"<!doctype html", b"<html")) else Kind.TEXT


def _sniff_zip(content: bytes) -> Kind:
    try:
        names = set(zipfile.ZipFile(BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return Kind.UNKNOWN
    return next((kind for name, kind in _INSIDE if name in names), Kind.ZIP)


def decode(content: bytes) -> str | None:
    """Text in UTF-8, UTF-16 with its mark, or GB18030; None when it is none of these."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        controls = sum(character < " " and character not in "\t\r\n\f" for character in text)
        if controls * 100 <= len(text):
            return text
    return None
