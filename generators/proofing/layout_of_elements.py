"""The look of the elements (公文要素, GB/T 9704-2012 clause 7) other than the running text: where each stands, in which face and size."""

from __future__ import annotations

from collections.abc import Iterator

from generators.pages.widths import ems
from generators.proofing.galley import Galley, Mark
from generators.proofing.looks import (
    face_of,
    family_of,
    is_off_size,
    is_red,
    judges_layout,
    size_of,
    told_of,
    wanted_family,
    wrong_face,
    wrong_size,
)
from generators.proofing.nature import has_head, kind
from model.documents import Format
from model.proofing import ProofParagraph, Role, Source


@judges_layout("F32")
def mark_red(galley: Galley) -> Iterator[Mark]:
    """Red."""
    for paragraph in galley.of(Role.MARK)[:1]:
        if (
            "关于" not in paragraph.text
            and not any(is_red(run.colour) for run in paragraph.runs if run.text.strip())
            and paragraph.runs
        ):
            yield galley.mark(paragraph)


@judges_layout("F31")
def number_centred(galley: Galley) -> Iterator[Mark]:
    """Centred in a downward paper; beside 签发人 in an upward one; at the right in a letter."""
    document = galley.document.document
    for paragraph in galley.main(Role.NUMBER)[: len(galley.of(Role.TITLE))][:1]:
        upward = "签发人" in paragraph.text or bool(galley.of(Role.SIGNERS)) or kind(galley) in ("请示", "报告")
        plain = document.format is Format.DOCUMENT and paragraph.place.where.value == "正文"
        if plain and not upward and paragraph.look.align != "center":
            yield galley.mark(paragraph)


@judges_layout("F46")
def red_rule(galley: Galley) -> Iterator[Mark]:
    """A red rule under the number; one drawn as a line is no paragraph's border and cannot be seen here."""
    if galley.document.source is not Source.OURS or galley.document.document.format is not Format.DOCUMENT:
        return
    numbers = galley.main(Role.NUMBER)
    titles = galley.main(Role.TITLE)
    if numbers and titles:
        between = galley.paragraphs[numbers[0].index - 1 : titles[0].index - 1]
        if not any(is_red(paragraph.look.border_below) for paragraph in between):
            yield galley.mark(numbers[0])


@judges_layout("F03")
def title_face(galley: Galley) -> Iterator[Mark]:
    """小标宋."""
    yield from wrong_face(galley, galley.main(Role.TITLE), wanted_family(galley, "title"))


@judges_layout("F21")
def title_size(galley: Galley) -> Iterator[Mark]:
    """二号."""
    yield from wrong_size(galley, galley.main(Role.TITLE), galley.layout.number("sizes", "title"))


@judges_layout("F22")
def title_centred(galley: Galley) -> Iterator[Mark]:
    """Centred, without an indent that shifts the centre."""
    for paragraph in galley.main(Role.TITLE)[:1]:
        look = paragraph.look
        if look.align != "center" or look.first > 8 or look.first_chars > 0.5:
            yield galley.mark(paragraph)


@judges_layout("F14")
def title_shape(galley: Galley) -> Iterator[Mark]:
    """Three lines or more: no middle line clearly shorter than both neighbours; no line begins with a mark or breaks 《 》 open."""
    lines = [p.text.strip() for p in galley.main(Role.TITLE)]
    widths = [ems(line) for line in lines]
    waist = any(b < a - 1.5 and b < c - 1.5 for a, b, c in zip(widths, widths[1:], widths[2:], strict=False))
    if (
        waist
        or any(line[:1] in "，。、》”）的" for line in lines[1:])
        or any(line[-1:] in "《“（" for line in lines[:-1])
    ):
        yield galley.mark(galley.main(Role.TITLE)[0])


@judges_layout("F30")
def addressees_flush(galley: Galley) -> Iterator[Mark]:
    """顶格."""
    for paragraph in galley.main(Role.ADDRESSEES)[:1]:
        look = paragraph.look
        if (
            look.first > 5
            or look.left > 5
            or look.first_chars > 0.3
            or look.align in ("center", "right")
            or paragraph.text[:1] in " 　"
        ):
            yield galley.mark(paragraph, 0, 6)


@judges_layout("F47")
def under_title(galley: Galley) -> Iterator[Mark]:
    """One blank line between title and addressees."""
    for paragraph in galley.main(Role.ADDRESSEES)[:1]:
        if not _blank_before(galley, paragraph):
            yield galley.mark(paragraph, 0, 0)


@judges_layout("F48")
def above_annex_list(galley: Galley) -> Iterator[Mark]:
    """One blank line between body and 附件说明."""
    for paragraph in galley.main(Role.ANNEX_LIST)[:1]:
        if not _blank_before(galley, paragraph):
            yield galley.mark(paragraph, 0, 0)


@judges_layout("F44")
def annex_list_indent(galley: Galley) -> Iterator[Mark]:
    """Two characters."""
    for paragraph in galley.main(Role.ANNEX_LIST)[:1]:
        look = paragraph.look
        blanks = len(paragraph.text) - len(paragraph.text.lstrip(" 　\t"))
        if (
            look.first < 20
            and look.first_chars < 1.5
            and look.left + look.first < 20
            and look.left_chars < 1.5
            and not blanks
        ):
            yield galley.mark(paragraph)


def _blank_before(galley: Galley, paragraph: ProofParagraph) -> bool:
    """Whether a blank line, or a space as high as one, stands above."""
    if paragraph.index < 2:
        return True
    above = galley.document.paragraph(paragraph.index - 1)
    return above.role is Role.BLANK or paragraph.look.before + above.look.after > 14


@judges_layout("F36")
def date_right(galley: Galley) -> Iterator[Mark]:
    """At the right."""
    for paragraph in galley.main(Role.DATE)[:1]:
        look = paragraph.look
        blanks = len(paragraph.text) - len(paragraph.text.lstrip(" 　\t"))
        if look.align != "right" and look.left < 120 and look.left_chars < 8 and look.first < 120 and blanks < 8:
            yield galley.mark(paragraph)


@judges_layout("F40")
def annex_label(galley: Galley) -> Iterator[Mark]:
    """三号黑体."""
    for paragraph in galley.main(Role.ANNEX_LABEL):
        off_size = is_off_size(paragraph, galley.layout.number("sizes", "body"))
        if family_of(paragraph) not in ("", wanted_family(galley, "level1")) or off_size:
            yield galley.mark(paragraph, detail=f"{face_of(paragraph)}{size_of(paragraph):g}磅")
            return


@judges_layout("F41")
def annex_page(galley: Galley) -> Iterator[Mark]:
    """A new page: a break at the label or at the blank lines above it; a new section begins one."""
    for paragraph in galley.main(Role.ANNEX_LABEL):
        if not _on_new_page(galley, paragraph) and has_head(galley):
            yield galley.mark(paragraph)
            return


def _on_new_page(galley: Galley, paragraph: ProofParagraph) -> bool:
    sections = {section.first for section in galley.document.sections}
    while not paragraph.look.page_break and paragraph.index not in sections and paragraph.index > 1:
        paragraph = galley.document.paragraph(paragraph.index - 1)
        if paragraph.role is not Role.BLANK:
            return False
    return True


@judges_layout("F42")
def annex_title(galley: Galley) -> Iterator[Mark]:
    """Centred."""
    for paragraph in galley.main(Role.ANNEX_TITLE):
        if paragraph.look.align != "center":
            yield galley.mark(paragraph)
            return


@judges_layout("F45")
def small_tables(galley: Galley) -> Iterator[Mark]:
    """小五 at least."""
    wrong = [p for p in galley.of(Role.CELL) if 0 < size_of(p) < 8.5]
    if wrong:
        yield galley.mark(wrong[0], detail=told_of(wrong, f"{size_of(wrong[0]):g}磅"))


@judges_layout("F39")
def imprint_size(galley: Galley) -> Iterator[Mark]:
    """四号."""
    yield from wrong_size(galley, galley.of(Role.COPIES, Role.PRINTED), galley.layout.number("sizes", "imprint"))
