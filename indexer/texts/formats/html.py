"""Web pages (.html, .htm and those that wear .doc or .xls): their words without scripts, tables row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from indexer.texts.encodings import decode_as
from indexer.texts.jobs import Job
from indexer.texts.places import AnnexPlaces
from model.texts import TextPage

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_PASSED_OVER = {"script", "style", "noscript", "template", "head"}
_BREAKING = (
    "p div br tr li dt dd h1 h2 h3 h4 h5 h6 ul ol table section article header footer pre blockquote title hr option"
)
_LINES = frozenset(_BREAKING.split())


def read(content: bytes, job: Job) -> Iterator[TextPage]:
    """One page: its title, then the lines as a browser breaks them."""
    found = _CHARSET.search(content[:4096])
    marked = content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    text = decode_as(content, None if marked or not found else found[1].decode("ascii"))
    yield TextPage("", job.blocks(lines(text)))


def lines(markup: str) -> Iterator[tuple[str, str]]:
    """The lines of a web page with their places."""
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    markup = re.sub(r"^\s*<\?xml[^>]*>", "", markup.replace("\x00", ""))
    root = etree.fromstring(markup, parser) if markup.strip() else None
    if root is None:
        return
    title = root.findtext(".//title")
    if title and title.strip():
        yield " ".join(title.split()), ""
    walk = _Walk()
    walk.element(root)
    walk.flush()
    yield from walk.lines


class _Walk:
    """Gathers lines; a row of a table is one."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str]] = []
        self._told: list[str] = []
        self._places = AnnexPlaces()

    def element(self, element: _Element) -> None:
        for child in element:
            tag = child.tag
            if tag == "table":
                self.flush()
                self._table(child)
            elif tag not in _PASSED_OVER and isinstance(tag, str):
                self._inner(child, apart=tag in _LINES)
            self._told.append(child.tail or "")

    def _inner(self, child: _Element, *, apart: bool) -> None:
        if apart:
            self.flush()
        self._told.append(child.text or "")
        self.element(child)
        if apart:
            self.flush()

    def flush(self) -> None:
        text = " ".join("".join(self._told).split())
        self._told = []
        if text:
            self.lines.append((text, self._places.paragraph(text)))

    def _table(self, table: _Element) -> None:
        if table.find(".//table") is not None:  # a table that only arranges the page
            self._inner(table, apart=True)
            return
        place = self._places.table()
        for number, row in enumerate(table.iter("tr"), 1):
            cells = [" ".join("".join(cell.itertext()).split()) for cell in row if cell.tag in ("td", "th")]
            if any(cells):
                self.lines.append(("\t".join(cells), f"{place}第{number}行"))
