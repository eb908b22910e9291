"""The package of a .docx from outside: its parts as XML trees, within limits; nothing in it is run, fetched or unpacked by name.

A file is hostile until read: declared and real sizes are bounded, a DTD is refused (OOXML has none), libxml2 stops at 256
levels. That is why no child process is needed here (docs/adr/0032-reading-in-process.md).
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING

from model.errors import Refused

if TYPE_CHECKING:
    from lxml.etree import XMLParser, _Element

LARGEST_FILE = 200 << 20
LARGEST_PART = 64 << 20
"""Bytes of one unpacked part; 1,000 pages of a 公文 have 5 MB."""
LARGEST_RATIO = 200
"""A part over 10 MB that unpacks to more than so many times its size is a bomb."""
MOST_MEMBERS = 10_000
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WHAT = "没有核这份文件"
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part points to: the last word of its type (footer, numbering …) and the target's name in the package."""

    kind: str
    target: str


class Package:
    """The parts of one .docx. Raises Refused for what is no .docx, is damaged, encrypted or too large."""

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        if not content:
            raise Refused(_WHAT, name, "文件是空的", "请核对传来的文件是不是完整")
        if len(content) > LARGEST_FILE:
            raise Refused(_WHAT, name, f"文件超过 {LARGEST_FILE >> 20} MB", "请去掉里面的图片或分成几份")
        if content.startswith(_OLD):
            why = "这是旧格式（.doc、.wps）的文件，或者加了打开密码"
            raise Refused(_WHAT, name, why, "请在 Word 或 WPS 里去掉密码，另存为 .docx 再核")
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
            self._members = {info.filename: info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise self.damaged("它不是 .docx，或者没有传完整") from None
        if len(self._members) > MOST_MEMBERS:
            raise Refused(_WHAT, name, f"里面有 {len(self._members)} 个部件，不像公文", "请核对来源")
        self.main = next(
            (relation.target for relation in self.relations("").values() if relation.kind == "officeDocument"), ""
        )
        if not self.main.endswith(".xml") or self.main not in self._members:
            raise Refused(_WHAT, name, "里面没有 Word 正文（可能是表格、幻灯片或压缩包）", "请另存为 .docx 再核")

    def names(self) -> tuple[str, ...]:
        """The names of all members, as data only."""
        return tuple(self._members)

    def data(self, part: str) -> bytes | None:
        """The bytes of a part, None where there is none. Raises Refused over the limits."""
        info = self._members.get(part)
        if info is None:
            return None
        bomb = info.file_size > 10 << 20 and info.file_size > LARGEST_RATIO * max(1, info.compress_size)
        if bomb or info.file_size > LARGEST_PART:
            raise self._too_large(part)
        if info.flag_bits & 1:
            raise Refused(_WHAT, self.name, "文件加了密码", "请去掉密码再核")
        try:
            with self._zip.open(info) as stream:
                content = stream.read(LARGEST_PART + 1)  # the declared size may lie
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError):
            raise self.damaged(f"{part} 解不开") from None
        if len(content) > LARGEST_PART:
            raise self._too_large(part)
        return content

    def tree(self, part: str) -> _Element | None:
        """A part as XML, None where there is none. Raises Refused for XML that is broken, too deep or has a DTD."""
        from lxml.etree import XMLSyntaxError, fromstring

        content = self.data(part)
        if content is None:
            return None
        if b"purl.oclc.org" in content[:4000]:  # the strict variant of OOXML differs in names only
            for strict, usual in _STRICT:
                content = content.replace(strict, usual)
        if b"<!DOCTYPE" in content[:4000]:
            raise self._with_dtd(part)
        try:
            root = fromstring(content, self._parser)
        except XMLSyntaxError as error:
            deep = "depth" in str(error).lower()
            raise self.damaged(f"{part} {'套得太深' if deep else '不是完整的 XML'}") from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._with_dtd(part)
        return root

    @cached_property
    def _parser(self) -> XMLParser:
        """A parser that resolves, fetches and loads nothing."""
        from lxml.etree import XMLParser

        return XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
        )

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part points to inside the package, by id; links that lead outside are left out."""
        folder, file = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, Relation] = {}
        for each in root if root is not None else ():
            target = str(each.get("Target") or "")
            if each.get("TargetMode") == "External" or not target:
                continue
            path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[str(each.get("Id"))] = Relation(str(each.get("Type") or "").rpartition("/")[2], path)
        return found

    def with_parts(self, changed: Mapping[str, _Element]) -> bytes:
        """The package with these parts exchanged, or put in behind the others; every other part's bytes as they were."""
        from lxml import etree

        target = BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
            for name in dict.fromkeys((*self._members, *changed)):
                if name in changed:
                    data = etree.tostring(changed[name], xml_declaration=True, encoding="UTF-8", standalone=True)
                    file.writestr(name, data)
                elif not name.endswith("/"):
                    file.writestr(name, self.data(name) or b"")
        return target.getvalue()

    def damaged(self, why: str) -> Refused:
        """The error for a file that cannot be read."""
        return Refused(_WHAT, self.name, why, "请在 Word、WPS 或 LibreOffice 里打开，另存为 .docx 再核")

    def _with_dtd(self, part: str) -> Refused:
        return Refused(_WHAT, self.name, f"{part} 里有文档类型定义，正常的公文没有", "请核对来源，不要打开它")

    def _too_large(self, part: str) -> Refused:
        return Refused(_WHAT, self.name, f"{part} 展开后太大，不像公文", "请核对来源；确是公文就分成几份")
