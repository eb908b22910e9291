"""The door to formats that are zip packages of XML (OOXML, OFD): bounded, no entity resolved, no name believed.

`generators/reading/package.py` opens a .docx too and shares no code with this on purpose. It reads one paper for proofing, in the
program's own process, so it is strict: smaller bounds, no DTD at all, names as they are written, the strict variant made usual,
and whatever is wrong is a refusal for the person who asked. Here anything may come (OFD with paths of the wrong case, parts of
100 MB), a child process bears the risk, and what is wrong is a state. What both have in common is the call of `zipfile`.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO
from typing import IO, TYPE_CHECKING

from lxml import etree

from indexer.texts.jobs import Encrypted, TooLarge, Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

_LARGEST = 100 << 20  # bytes of one part as XML; its tree takes several times as much memory
_TOTAL = 400 << 20
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
)


class Package:
    """A package in memory; reads parts by name, each and all together bounded whatever the directory claims."""

    def __init__(self, content: bytes) -> None:
        self._zip = opened(content)
        self._left = _TOTAL
        self.names = {info.filename: info for info in self._zip.infolist()}
        self._folded = {name.lower().lstrip("/"): name for name in self.names}

    def find(self, name: str) -> str | None:
        """The part of this name, its case and leading slash not minded; None when there is none."""
        name = posixpath.normpath(name.replace("\\", "/")).lstrip("/")
        return name if name in self.names else self._folded.get(name.lower())

    def read(self, name: str, largest: int = _LARGEST) -> bytes:
        """The bytes of a part. Raises TooLarge, Encrypted, KeyError."""
        info = self.names[self.find(name) or name]
        if info.flag_bits & 1:
            raise Encrypted
        bound = min(largest, self._left)
        if info.file_size > bound:
            raise TooLarge(f"展开后的部件“{name}”太大")
        with self._zip.open(info) as part:
            content = read_at_most(part, bound, f"展开后的部件“{name}”太大")
        self._left -= len(content)
        return content

    def xml(self, name: str) -> _Element:
        """A part as XML. A document type with entities is refused where they would be expanded."""
        return etree.fromstring(self.read(name), _PARSER)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The relationships of a part (its folder for none: the package's own): id to (last word of the type, target)."""
        folder, _, name = part.rpartition("/")
        rels = self.find(f"{folder}/_rels/{name}.rels")
        if rels is None:
            return {}
        told = {}
        for relation in self.xml(rels):
            if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            whole = target if target.startswith("/") else posixpath.join(folder, target)
            kind = relation.get("Type", "").rpartition("/")[2]
            told[relation.get("Id", "")] = (kind, posixpath.normpath(whole).lstrip("/"))
        return told

    def main(self, otherwise: str) -> str:
        """The main part by the package's relationships, else the usual name."""
        for kind, target in self.relations("").values():
            if kind == "officeDocument" and self.find(target):
                return target
        return otherwise


def opened(content: bytes) -> zipfile.ZipFile:
    """A zip archive in memory. Raises Unreadable."""
    try:
        return zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise Unreadable("压缩包损坏或不完整") from error


def read_at_most(part: IO[bytes], bound: int, told: str) -> bytes:
    """All of a stream that is said to be no longer than this; the header may lie. Raises TooLarge, Unreadable."""
    try:
        content = part.read(bound + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise Unreadable("压缩包里的内容损坏") from error
    if len(content) > bound:
        raise TooLarge(told)
    return content
