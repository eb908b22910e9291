"""PDF through pdfium: each page's characters, or what it is instead: a picture, junk of a font that does not say its characters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from indexer.texts.formats.members import pages_of_member
from indexer.texts.formats.pdf_columns import columns, may_be_vertical
from indexer.texts.jobs import Encrypted, Job, Unreadable
from model.texts import PageState, TextPage

_FEW = 20  # characters below which a page may be a picture with a stamp of text on it
_MANY = 400  # characters that cannot all be blanks of a layout
_FILLS = 0.6  # share of the page that pictures cover
_DRAWN = 40  # paths on a page without characters: letters drawn as outlines
_JUNK = 0.2  # share of signs that are no characters
_DPI = 200
_STRETCH = 100  # pages after which the work is said to go on
_LARGEST_PICTURE = 4000  # pixels of the longer side
_SCRIPTS = 4  # stretches of 128 characters that no one text draws from at once
_SIGNS = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd-\uffff]")
_LATIN = re.compile("[\u00a1-\u00ff]")
_HAN = re.compile("[\u4e00-\u9fff]")


def read(content: bytes, job: Job) -> Iterator[TextPage]:
    """A page a page, recognised where it has no characters of its own; then the files attached."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() and b"/Encrypt" in content:  # pdfium may tell the error of the file before
            raise Encrypted from error
        raise Unreadable("PDF 损坏或不完整") from error
    try:
        vertical = may_be_vertical(content)
        for number in range(len(document)):
            yield _page(document, number, job, vertical=vertical)
            if number % _STRETCH == _STRETCH - 1:
                job.beat()
            if job.full:
                return
        for number in range(document.count_attachments()):
            attached = document.get_attachment(number)
            yield from pages_of_member(attached.get_name() or f"附件{number + 1}", bytes(attached.get_data()), job)
    finally:
        document.close()


def _page(document: Any, number: int, job: Job, *, vertical: bool) -> TextPage:
    label = f"第{number + 1}页"
    try:
        page = document[number]
    except Exception:
        job.remark(f"{label}损坏，没有读出")
        return TextPage(label, (), PageState.BLANK)
    read = page.get_textpage()
    text = read.get_text_bounded().replace("\ufffe", "")
    state = _state(text, page)
    if vertical and state is PageState.TEXT and (found := columns(read)):
        text = "\n".join(found)
    if state is PageState.TEXT or state is PageState.BLANK:
        made = TextPage(label, job.blocks(text.splitlines()), state)
    elif job.recognise is None:
        made = TextPage(label, job.blocks(text.splitlines()) if state is PageState.IMAGE else (), state)
    else:
        told = job.recognise(_picture(page))
        job.beat()
        own = () if state is PageState.GARBLED else text.splitlines()  # a stamp of text on a picture of none
        blocks = job.blocks(told.lines or own)
        made = TextPage(label, blocks, PageState.OCR if blocks else PageState.BLANK, told.score)
    page.close()
    return made


def _state(text: str, page: Any) -> PageState:
    """What the page's own characters are worth."""
    bare = text if len(text) > _MANY else "".join(text.split())
    if len(bare) >= _FEW:
        return PageState.GARBLED if _is_junk(text) else PageState.TEXT
    if _is_picture(page):
        return PageState.IMAGE
    if not bare:
        return PageState.BLANK
    return PageState.GARBLED if _is_junk(bare) else PageState.TEXT


def _is_junk(text: str) -> bool:
    """Control and private signs instead of characters, or Chinese bytes shown as accented Latin letters."""
    size = len(text)
    if len(_SIGNS.findall(text)) > _JUNK * size or text.count("(cid:") * 8 > _JUNK * size:
        return True
    if _HAN.search(text):
        return False
    return len(_LATIN.findall(text)) > 0.4 * size or _many_scripts(text)


def _many_scripts(text: str) -> bool:
    """Numbers of glyphs shown as characters lie all over the scripts that follow each other; a real text uses one or two."""
    strange = Counter(ord(character) >> 7 for character in text if "\u0100" <= character <= "\u1fff")
    held = sum(count * 50 > len(text) for count in strange.values())
    return held >= _SCRIPTS and strange.total() > 0.3 * len(text)


def _is_picture(page: Any) -> bool:
    import pypdfium2.raw as raw

    width, height = page.get_size()
    covered, drawn = 0.0, 0
    for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH), max_depth=3):
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            covered += max(0.0, min(right, width) - max(left, 0)) * max(0.0, min(top, height) - max(bottom, 0))
        else:
            drawn += 1
    return covered > _FILLS * width * height or drawn >= _DRAWN


def _picture(page: Any) -> object:
    longer = max(page.get_size())
    scale = min(_DPI / 72, _LARGEST_PICTURE / max(longer, 1))
    return page.render(scale=scale, grayscale=False).to_pil()
