"""Word 97 to 2003 (.doc) and Kingsoft .wps: the piece table ([MS-DOC] 2.4.1), rows of tables by their paragraphs' properties.

The stories stand one after the other: body, footnotes, headers, comments, endnotes, text boxes, text boxes of headers.
Text deleted in tracked changes is not told apart here and stays in.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from indexer.texts.jobs import Encrypted, Job, Unreadable
from indexer.texts.places import AnnexPlaces
from model.texts import TextPage

_STORIES = (
    ("", 0x4C),
    ("脚注", 0x50),
    ("页眉页脚", 0x54),
    ("批注", 0x5C),
    ("尾注", 0x60),
    ("", 0x64),
    ("页眉页脚", 0x68),
)
_WORD_97 = 0x00C1
_DROPPED = re.compile("[\x00-\x06\x08\x0e-\x12\x1f]|\x13[^\x13-\x15]*\x14|\x13[^\x13-\x15]*\x15|\x15")
_SIGNS = {0x1E: "-", 0x0B: "\n", 0xA0: " "}
_CELL, _PAGE = "\x07", "\x0c"
_ROW_END = 0x2417  # sprmPFTtp


@dataclass(slots=True)
class _Piece:
    """Characters that stand together in the stream: `start` in bytes, `wide` two bytes a character."""

    text: str
    start: int
    wide: bool


def read(content: bytes, job: Job) -> Iterator[TextPage]:
    """The body by its hard pages, then what stands beside it."""
    import olefile

    with olefile.OleFileIO(BytesIO(content)) as ole:
        main = ole.openstream("WordDocument").read()
        flags, version = _short(main, 0x0A), _short(main, 0x02)
        if flags & 0x0100:
            raise Encrypted
        if version < _WORD_97:
            yield TextPage("", job.blocks(_old(main)))
            return
        name = "1Table" if flags & 0x0200 else "0Table"
        if not ole.exists(name):
            raise Unreadable("缺少文字表，文件不完整")
        table = ole.openstream(name).read()
        macros = ole.exists("Macros") or ole.exists("_VBA_PROJECT_CUR")
    yield from _pages(main, table, job)
    if macros:
        job.remark("含宏，没有运行")


def _pages(main: bytes, table: bytes, job: Job) -> Iterator[TextPage]:
    pieces = list(_pieces(main, table))
    rows = _row_ends(main, table)
    text = "".join(_marked(piece, rows) for piece in pieces)
    at = 0
    for label, field_at in _STORIES:
        length = _long(main, field_at)
        story = text[at : at + length]
        at += length
        if blocks := job.blocks(_blocks(story)):
            yield TextPage(label, blocks, beside=bool(label))


def _pieces(main: bytes, table: bytes) -> Iterator[_Piece]:
    """The pieces in the order of the text ([MS-DOC] 2.8.35)."""
    at, length = _long(main, 0x01A2), _long(main, 0x01A6)
    clx = table[at : at + length]
    place = 0
    while place < len(clx) and clx[place] == 1:  # properties, passed over
        place += 3 + _short(clx, place + 1)
    if place >= len(clx) or clx[place] != 2:
        raise Unreadable("文字表损坏")
    plc = clx[place + 5 : place + 5 + _long(clx, place + 1)]
    count = (len(plc) - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", plc)
    for number in range(count):
        (position,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)
        size = bounds[number + 1] - bounds[number]
        start = position & 0x3FFFFFFF
        if position & 0x40000000:
            yield _Piece(main[start // 2 : start // 2 + size].decode("cp1252", "replace"), start // 2, wide=False)
        else:
            yield _Piece(_utf16(main[start : start + 2 * size]), start, wide=True)


def _utf16(raw: bytes) -> str:
    """As many characters as there are units, so that places stay true; a rare character beyond the first plane is two."""
    return (
        raw.decode("utf-16-le", "surrogatepass") if not _beyond(raw) else "".join(map(chr, memoryview(raw).cast("H")))
    )


def _beyond(raw: bytes) -> bool:
    return any(0xD8 <= high <= 0xDF for high in raw[1::2])


def _marked(piece: _Piece, rows: set[int]) -> str:
    """A piece's text in which the marks that end a row are form-feed-like \\x1d, apart from those that end a cell."""
    if not rows or _CELL not in piece.text:
        return piece.text
    told = list(piece.text)
    width = 2 if piece.wide else 1
    for place, character in enumerate(told):
        if character == _CELL and piece.start + width * (place + 1) in rows:
            told[place] = "\x1d"
    return "".join(told)


def _row_ends(main: bytes, table: bytes) -> set[int]:
    """The places in bytes behind the paragraphs that end a row ([MS-DOC] 2.9.173, 2.9.174)."""
    at, length = _long(main, 0x0102), _long(main, 0x0106)
    count = (length - 4) // 8
    ends: set[int] = set()
    if count <= 0 or at + length > len(table):
        return ends
    for (number,) in struct.iter_unpack("<I", table[at + 4 * (count + 1) : at + length]):
        page = main[(number & 0x3FFFFF) * 512 : (number & 0x3FFFFF) * 512 + 512]
        if len(page) == 512:
            ends |= set(_row_ends_of(page))
    return ends


def _row_ends_of(page: bytes) -> Iterator[int]:
    count = page[511]
    if count * 17 + 4 > 511:
        return
    bounds = struct.unpack_from(f"<{count + 1}I", page)
    for number in range(count):
        offset = page[4 * (count + 1) + 13 * number] * 2
        if offset:
            size = page[offset] * 2 - 1 if page[offset] else page[offset + 1] * 2 + 1
            properties = page[offset + 1 : offset + 1 + size]
            if struct.pack("<HB", _ROW_END, 1) in properties:
                yield bounds[number + 1]


def _blocks(story: str) -> Iterator[tuple[str, str]]:
    """Paragraphs, and rows with their cells parted by tabs."""
    walk = _Rows()
    for paragraph in re.split("(?<=[\r\x07\x1d\x0c])", story):
        yield from walk.take(paragraph)
    yield from walk.close()


@dataclass(slots=True)
class _Rows:
    """Cells gather until their row ends; a paragraph outside ends the table."""

    places: AnnexPlaces = field(default_factory=AnnexPlaces)
    cells: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)  # paragraphs that may turn out to belong to a cell
    table: str = ""
    row: int = 0

    def take(self, paragraph: str) -> Iterator[tuple[str, str]]:
        mark, text = paragraph[-1:], _clean(paragraph)
        if mark == "\x1d":
            yield from self._end_row()
        elif mark == _CELL:
            self.cells.append(" ".join([*self.waiting, text]).strip() if self.cells or self.table else text)
            if not (self.cells[1:] or self.table):
                yield from self._flush()
            self.waiting = []
        elif self.cells:
            self.waiting.append(text)
        else:
            yield from self._flush()
            self.table = ""
            if text.strip():
                yield text, self.places.paragraph(text)

    def _flush(self) -> Iterator[tuple[str, str]]:
        for text in self.waiting:
            if text.strip():
                yield text, self.places.paragraph(text)
        self.waiting = []

    def _end_row(self) -> Iterator[tuple[str, str]]:
        if not self.table:
            self.table, self.row = self.places.table(), 0
        self.row += 1
        if any(self.cells):
            yield "\t".join(self.cells), f"{self.table}第{self.row}行"
        self.cells, self.waiting = [], []

    def close(self) -> Iterator[tuple[str, str]]:
        if self.cells:
            yield "\t".join(self.cells), ""
        yield from self._flush()


def _clean(text: str) -> str:
    """Without marks and field codes; what a field shows stays."""
    text = text.rstrip("\r\x07\x1d\x0c")
    while (shorter := _DROPPED.sub("", text)) != text:
        text = shorter
    text = text.translate(_SIGNS)
    if any("\ud800" <= character <= "\udfff" for character in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _old(main: bytes) -> Iterator[str]:
    """Word 6 and 95: one stretch of characters of eight bits; Chinese ones are GBK."""
    start, end = _long(main, 0x18), _long(main, 0x1C)
    text = main[start:end].decode("gb18030", "replace")
    yield from (_clean(paragraph) for paragraph in re.split("[\r\x07\x0c]", text))


def _short(raw: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", raw, at)[0])


def _long(raw: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", raw, at)[0])
