"""On which page of the rendered document each paragraph begins."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generators.reading.patterns import bare
from model.errors import Refused
from model.proofing import ProofDocument, ProofParagraph, Where

_ENOUGH = 16
"""Characters by which a paragraph is known on its page."""
_FURNITURE = (Where.HEADER, Where.FOOTER)


def paged(read: ProofDocument, pdf: Path) -> ProofDocument:
    """The document with the page of every paragraph that is found, looked for from the page of the one before it on.

    Raises Refused for what is no sound PDF.
    """
    pages = page_texts(pdf)
    page, place = 0, 0
    told: list[ProofParagraph] = []
    for paragraph in read.paragraphs:
        wanted = bare(paragraph.shown)[:_ENOUGH]
        found = _find(pages, wanted, page, place) if wanted and paragraph.place.where not in _FURNITURE else None
        if found is not None:
            told.append(paragraph._replace(page=found[0] + 1))
            if paragraph.place.where is not Where.TEXT_BOX:  # a box stands where it likes
                page, place = found
        else:
            told.append(paragraph._replace(page=None if not wanted else told[-1].page if told else None))
    return replace(read, paragraphs=tuple(told))


def _find(pages: tuple[str, ...], wanted: str, page: int, place: int) -> tuple[int, int] | None:
    """Page and place behind the words; a paragraph that a page's end parts is known by its first characters."""
    for short in (wanted, wanted[:6]):
        for number in range(page, len(pages)):
            at = pages[number].find(short, place if number == page else 0)
            if at >= 0:
                return number, at + len(short)
    return None


def page_texts(pdf: Path) -> tuple[str, ...]:
    """The characters of each page without white space."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except Exception:  # pdfium says what it likes
        raise Refused("量不了版面", str(pdf), "PDF 损坏或不完整", "请重新导出 PDF，或直接用 .docx") from None
    try:
        return tuple(bare(document[number].get_textpage().get_text_bounded()) for number in range(len(document)))
    finally:
        document.close()
