"""What a file is, by its content; the name is never believed."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from io import BytesIO

from indexer.texts.encodings import decode


class Kind(StrEnum):
    """The formats that are told apart; the value is what `Text.reader` says."""

    DOCX = "docx"
    DOC = "doc"  # and Kingsoft .wps
    XLSX = "xlsx"
    XLS = "xls"  # and Kingsoft .et
    PPTX = "pptx"
    PPT = "ppt"  # and Kingsoft .dps
    PDF = "pdf"
    OFD = "ofd"
    RTF = "rtf"
    HTML = "html"
    MAIL = "eml"  # and .mht, a web page saved in the form of a mail
    TEXT = "txt"
    IMAGE = "image"
    ZIP = "zip"
    LOCKED = "locked"  # an Office file with a password
    WORKS = "works"  # Microsoft Works, which wears .wps too
    ARCHIVE = "archive"  # .rar .7z .gz .tar: not opened
    BROKEN = "broken"  # a zip package or an Office file cut off or damaged
    EMPTY = "empty"
    UNKNOWN = "unknown"


_MAGIC = (
    (b"%PDF-", Kind.PDF),
    (b"{\\rtf", Kind.RTF),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
    (b"\x7fELF", Kind.UNKNOWN),
    (b"Rar!", Kind.ARCHIVE),
    (b"7z\xbc\xaf", Kind.ARCHIVE),
    (b"\x1f\x8b", Kind.ARCHIVE),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_INSIDE = (
    ("ofd.xml", Kind.OFD),
    ("word/", Kind.DOCX),
    ("xl/", Kind.XLSX),
    ("ppt/", Kind.PPTX),
)
_STREAMS = (
    ("EncryptedPackage", Kind.LOCKED),
    ("WordDocument", Kind.DOC),
    ("Workbook", Kind.XLS),
    ("Book", Kind.XLS),
    ("PowerPoint Document", Kind.PPT),
    ("CONTENTS", Kind.WORKS),
    ("MatOST", Kind.WORKS),
    ("MM", Kind.WORKS),
)
_HEADER = re.compile(
    r"(?:From|To|Cc|Subject|Date|Message-ID|MIME-Version|Received|Return-Path|Content-Type|X-[\w-]+):", re.I
)
_FIELD = re.compile(r"[\w-]+:|[ \t]")
_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype html|html|head|body|table|meta|div|p)\b", re.I | re.S
)


def sniff(content: bytes) -> Kind:
    """The format of these bytes."""
    if not content:
        return Kind.EMPTY
    if content.startswith(_ZIP):
        return _sniff_zip(content)
    if content.startswith(_OLE):
        return _sniff_ole(content)
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if _is_bitmap(content) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        return Kind.IMAGE
    if b"%PDF-" in content[:1024]:
        return Kind.PDF
    return _sniff_text(content)


def _is_bitmap(content: bytes) -> bool:
    """BM and its own length: a text may begin with these two letters."""
    return content[:2] == b"BM" and int.from_bytes(content[2:6], "little") == len(content)


def _sniff_zip(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            names = {name.replace("\\", "/").lower().lstrip("/") for name in package.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return Kind.BROKEN
    if "ofd.xml" in names:
        return Kind.OFD
    if "[content_types].xml" in names or any(name.endswith(("word/document.xml", "xl/workbook.xml")) for name in names):
        found = (kind for start, kind in _INSIDE for name in names if name.startswith(start) and name.endswith(".xml"))
        return next(found, Kind.ZIP)
    return Kind.ZIP


def _sniff_ole(content: bytes) -> Kind:
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(content)) as ole:
            return next((kind for name, kind in _STREAMS if ole.exists(name)), Kind.UNKNOWN)
    except Exception:
        return Kind.BROKEN  # olefile raises whatever a broken directory leads it to


def _sniff_text(content: bytes) -> Kind:
    head = decode(content[:8192], cut=len(content) > 8192)
    if head is None:
        return Kind.UNKNOWN
    if _is_mail(head):
        return Kind.MAIL
    return Kind.HTML if _MARKUP.match(head[:2048]) else Kind.TEXT


def _is_mail(head: str) -> bool:
    """Header lines only up to the first empty line, three of them a mail's own, the first among them."""
    fields = re.split(r"\r?\n\r?\n", head.lstrip(), maxsplit=1)[0].splitlines()
    fields = fields[1:] if head.startswith("From ") else fields  # the line a mailbox puts before each mail
    own = sum(bool(_HEADER.match(line)) for line in fields)
    return own >= 3 and not fields[0].startswith((" ", "\t")) and all(_FIELD.match(line) for line in fields if line)
