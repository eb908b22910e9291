"""The parsers, one a format; they run in the worker process only, where failing is allowed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from io import BytesIO
from typing import TYPE_CHECKING

from indexer.texts.sniffing import Kind, decode, sniff
from model.texts import Text, TextBlock, TextPage, TextState

if TYPE_CHECKING:
    from lxml.etree import _Element

_LARGEST_PART = 200 << 20  # bytes of one unpacked part; a real document's is far below
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def parse(content: bytes) -> Text:
    """Read a file's text. May raise anything on a hostile file: the worker turns that into a state."""
    kind = sniff(content)
    if kind is Kind.EMPTY:
        return Text(TextState.EMPTY, why="文件是空的")
    if kind is Kind.IMAGE:
        return Text(TextState.EMPTY, why="这是图片，没有安装文字识别", reader=kind.value)
    reader = _READERS.get(kind)
    if reader is None:
        return Text(TextState.UNREADABLE, why=f"这一版还读不出这种格式（{kind.value}）的文字", reader=kind.value)
    pages = tuple(reader(content))
    if any(block.text.strip() for page in pages for block in page.blocks):
        return Text(TextState.OK, pages, reader=kind.value)
    why = "只有图像没有文字，可能是扫描件" if kind is Kind.PDF else "里面没有文字"
    return Text(TextState.EMPTY, pages, why=why, reader=kind.value)


def _docx(content: bytes) -> Iterator[TextPage]:
    """Body, then headers, footers, footnotes and endnotes; deleted text left out, inserted text kept."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        names = package.namelist()
        yield TextPage("", tuple(_blocks(_xml(package, "word/document.xml"))))
        for stem, label in (("header", "页眉"), ("footer", "页脚"), ("footnotes", "脚注"), ("endnotes", "尾注")):
            for name in sorted(n for n in names if n.startswith(f"word/{stem}") and n.endswith(".xml")):
                blocks = tuple(_blocks(_xml(package, name)))
                if blocks:
                    yield TextPage(label, blocks, beside=True)


def _xml(package: zipfile.ZipFile, name: str) -> _Element:
    from lxml import etree

    info = package.getinfo(name)
    if info.file_size > _LARGEST_PART:
        raise MemoryError("部件太大")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    return etree.fromstring(package.read(info), parser)


def _blocks(root: _Element) -> Iterator[TextBlock]:
    """Paragraphs and table rows in reading order; text boxes come where they are anchored."""
    table = 0
    for element in root.iter(f"{_W}p", f"{_W}tbl"):
        if any(parent.tag == _FALLBACK for parent in element.iterancestors()):
            continue
        inside = any(parent.tag == f"{_W}tbl" for parent in element.iterancestors())
        if element.tag == f"{_W}tbl" and not inside:
            table += 1
            for row, line in enumerate(element.iterchildren(f"{_W}tr"), 1):
                cells = (
                    " ".join(_text(p) for p in cell.iter(f"{_W}p")) for cell in line.iterchildren(f"{_W}tc", f"{_W}sdt")
                )
                yield TextBlock("\t".join(cells), f"表{table}第{row}行")
        elif element.tag == f"{_W}p" and not inside and (text := _text(element)):
            yield TextBlock(text)


def _text(paragraph: _Element) -> str:
    """A paragraph's own characters: those of a text box inside it belong to the box's paragraphs."""
    told = []
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        owner = next(parent for parent in element.iterancestors() if parent.tag == f"{_W}p")
        if owner is paragraph:
            tag = str(element.tag).removeprefix(_W)
            told.append({"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}.get(tag, element.text or ""))
    return "".join(told)


def _pdf(content: bytes) -> Iterator[TextPage]:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage().get_text_bounded().replace("\r\n", "\n").replace("\ufffe", "")
            yield TextPage(f"第{number + 1}页", tuple(TextBlock(line) for line in text.split("\n") if line.strip()))
            page.close()
    finally:
        document.close()


def _xlsx(content: bytes) -> Iterator[TextPage]:
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            rows = (
                TextBlock("\t".join("" if cell is None else str(cell) for cell in row), f"第{number}行")
                for number, row in enumerate(sheet.iter_rows(values_only=True), 1)
                if any(cell is not None for cell in row)
            )
            yield TextPage(f"工作表“{sheet.title}”", tuple(rows))
    finally:
        book.close()


def _plain(content: bytes) -> Iterator[TextPage]:
    text = decode(content) or ""
    for number, page in enumerate(text.split("\f"), 1):
        label = f"第{number}页" if "\f" in text else ""
        yield TextPage(label, tuple(TextBlock(line) for line in page.splitlines() if line.strip()))


class _Words(HTMLParser):
    """The text of a page, without scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = [""]
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._hidden += tag in ("script", "style")
        if tag in ("p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "title"):
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style") and self._hidden > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.lines[-1] += data


def _html(content: bytes) -> Iterator[TextPage]:
    words = _Words()
    words.feed(decode(content) or "")
    lines = (" ".join(line.split()) for line in words.lines)
    yield TextPage("", tuple(TextBlock(line) for line in lines if line))


_READERS: dict[Kind, Callable[[bytes], Iterator[TextPage]]] = {
    Kind.DOCX: _docx,
    Kind.PDF: _pdf,
    Kind.XLSX: _xlsx,
    Kind.TEXT: _plain,
    Kind.HTML: _html,
}
