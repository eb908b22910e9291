"""The page (版面, GB/T 9704-2012 clause 5 and 7.5): paper, margins, running heads and page numbers, as the file states them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generators.proofing.galley import Galley, Mark
from generators.proofing.looks import SIZE_ALLOWED, family, judges_layout, wanted_family
from model.documents import Format
from model.proofing import ProofSection, Role

_MARGIN = 1.2  # mm: the standard allows 1, twips and centimetres in two decimals round


@judges_layout("F01")
def margins(galley: Galley) -> Iterator[Mark]:
    """天头 37 mm, 订口 28 mm, 版心 156 × 225 mm, each within a millimetre."""
    page = galley.layout.section("page")
    wanted = {
        "上": page["top"],
        "下": page["height"] - page["top"] - page["text_height"],
        "左": page["left"],
        "右": page["width"] - page["left"] - page["text_width"],
    }
    for section in _portrait(galley):
        found = {"上": section.top, "下": section.bottom, "左": section.left, "右": section.right}
        wrong = [f"{side}{found[side]:.1f}" for side in wanted if abs(found[side] - wanted[side]) > _MARGIN]
        if wrong:
            told = f"{'、'.join(wrong)}毫米" if any(found.values()) else "文件里没有写明"
            yield _at(galley, section, told)
            return


@judges_layout("F16")
def paper(galley: Galley) -> Iterator[Mark]:
    """A4, upright or lying."""
    page = galley.layout.section("page")
    for section in galley.document.sections:
        sides = sorted((section.width, section.height))
        if any(abs(a - b) > 1.5 for a, b in zip(sides, sorted((page["width"], page["height"])), strict=True)):
            told = f"{section.width:.0f}×{section.height:.0f}毫米" if section.width else "文件里没有写明"
            yield _at(galley, section, told)
            return


@judges_layout("F07")
def first_page(galley: Galley) -> Iterator[Mark]:
    """Body text on the first page; known only where the file was rendered."""
    body = [p for p in galley.of(Role.BODY, Role.ITEM, Role.HEADING, Role.CELL) if p.page]
    if body and min(p.page or 1 for p in body) > 1:
        yield galley.mark(body[0])


@judges_layout("F43")
def page_header(galley: Galley) -> Iterator[Mark]:
    """No running head."""
    for paragraph in galley.of(Role.HEADER):
        if paragraph.text.strip():
            yield galley.mark(paragraph)
            return


@judges_layout("F33")
def no_page_number(galley: Galley) -> Iterator[Mark]:
    """A paper of more than one page is numbered; a letter of one is not."""
    if galley.document.sections and not _page_footers(galley) and galley.document.document.format is not Format.LETTER:
        yield Mark()


@judges_layout("F12")
def page_number_form(galley: Galley) -> Iterator[Mark]:
    """— 1 —."""
    for section, _, text in _page_footers(galley):
        if not re.fullmatch(r"[\s\u3000]*[—－―─–]\s?\{PAGE\}\s?[—－―─–][\s\u3000]*", text):
            yield _at(galley, section, f"现在是“{text.strip().replace('{PAGE}', '1')}”")
            return


@judges_layout("F34")
def page_number_face(galley: Galley) -> Iterator[Mark]:
    """四号宋体."""
    wanted = galley.layout.number("sizes", "number")
    for paragraph in galley.of(Role.FOOTER):
        for run in paragraph.runs:
            if not run.text.strip() or not re.search(r"PAGE|\d|[—－]", run.text):
                continue
            faces = {family(face) or face for face in (run.latin, run.east) if face}
            if (run.size and abs(run.size - wanted) > SIZE_ALLOWED) or (
                faces and wanted_family(galley, "number") not in faces
            ):
                yield galley.mark(paragraph, detail=f"{run.latin or run.east}{run.size:g}磅")
                return


@judges_layout("F35")
def odd_and_even(galley: Galley) -> Iterator[Mark]:
    """Odd pages at the right, even ones at the left."""
    for section in _portrait(galley):
        kinds = {footer.kind for footer in section.footers if "{PAGE}" in footer.text}
        if kinds and not (section.odd_even and "even" in kinds):
            yield _at(galley, section, "")
            return


@judges_layout("F49")
def character_grid(galley: Galley) -> Iterator[Mark]:
    """A grid of characters breaks in LibreOffice."""
    for section in galley.document.sections:
        if section.grid in ("linesAndChars", "snapToChars"):
            yield _at(galley, section, "")
            return


def _portrait(galley: Galley) -> tuple[ProofSection, ...]:
    return tuple(section for section in galley.document.sections if not section.landscape)


def _page_footers(galley: Galley) -> list[tuple[ProofSection, str, str]]:
    """Section, kind and text of every footer with a page number."""
    return [
        (section, footer.kind, footer.text)
        for section in galley.document.sections
        for footer in section.footers
        if not footer.header and "{PAGE}" in footer.text
    ]


def _at(galley: Galley, section: ProofSection, detail: str) -> Mark:
    """A mark where a section begins; for the first it is about the whole document."""
    if not 1 < section.first <= len(galley.paragraphs):
        return Mark(detail=detail)
    return galley.mark(galley.document.paragraph(section.first), 0, 0, detail=detail)
