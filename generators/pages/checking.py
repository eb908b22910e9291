"""After writing: the text of the file against what went in, character by character. A difference is a fault of ours."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from generators.pages.numbering import ordinals
from model.documents import Annex, Block, Document, Heading, Item, Paragraph, Table
from model.errors import Fault

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def check_written(document: Document, content: bytes) -> None:
    """Raises Fault where an element's text is not in the file, in its order and in one piece.

    Layout's own additions (labels, brackets, page breaks) may stand between the elements, nothing inside one.
    """
    written = text_of(content)
    place = 0
    for what, text in expected(document):
        wanted = _plain(text)
        found = written.find(wanted, place)
        if found < 0:
            got = written[place : place + 20]
            raise Fault("写出的文件与原文不一致", what, f"应有“{wanted[:20]}”，此处是“{got}”", "请把原文寄给开发者")
        place = found + len(wanted)


def text_of(content: bytes) -> str:
    """All characters of a .docx body in reading order, without breaks and tabs. A cell that goes on below is empty there."""
    with ZipFile(BytesIO(content)) as package:
        root = etree.fromstring(package.read("word/document.xml"), etree.XMLParser(resolve_entities=False))
    return "".join(node.text or "" for node in root.iter(f"{_W}t"))


def expected(document: Document) -> Iterator[tuple[str, str]]:
    """The texts that must be found, in the order of the page, each with its element's name.

    The head and the 版记 are left out: the profile and the format decide whether and where they stand.
    """
    yield "标题", document.title
    yield "正文", ""
    yield from _blocks(document.body, "正文")
    for annex in document.annexes:
        yield "附件说明", annex.title
    if document.note:
        yield "附注", document.note
    for number, annex in enumerate(document.annexes, 1):
        yield from _annex(annex, number)


def _annex(annex: Annex, number: int) -> Iterator[tuple[str, str]]:
    if annex.body is not None:
        yield f"附件{number}标题", annex.title
        yield from _blocks(annex.body, f"附件{number}")


def _blocks(blocks: tuple[Block, ...], where: str) -> Iterator[tuple[str, str]]:
    for place, (block, ordinal) in enumerate(zip(blocks, ordinals(blocks), strict=True), 1):
        what = f"{where}第{place}段"
        if isinstance(block, Table):
            yield what, block.caption
            for row in (*block.header, *block.rows):
                for cell in row:
                    yield what, cell.text
        else:
            yield what, ordinal + _text(block)


def _text(block: Heading | Paragraph | Item) -> str:
    if isinstance(block, Heading):
        return block.text + "".join(run.text for run in block.run_in)
    return "".join(run.text for run in block.runs)


def _plain(text: str) -> str:
    """Without the breaks that the page shows as such."""
    return text.replace("\n", "").replace("\t", "")
