"""The look of the running text (正文, GB/T 9704-2012 5.2 and 7.3.3): its face, size, lines and indents, and its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from generators.proofing.galley import Galley, Mark
from generators.proofing.looks import (
    IN_BODY_FACE,
    RUNNING_TEXT,
    face_of,
    family,
    family_of,
    is_off_size,
    judges_layout,
    told_of,
    wanted_family,
    wrong_face,
    wrong_size,
)
from model.proofing import ProofParagraph, Role

_EMPHASES = ("bold", "italic", "underlined")
_LABEL = re.compile("[ \u3000\t]*(?:.{0,12}$|[^ \u3000]{1,6}[ \u3000：])")

_TYPED = re.compile("\n[\u3000 \t]")


@judges_layout("F02")
def body_face(galley: Galley) -> Iterator[Mark]:
    """仿宋."""
    paragraphs, wrong = _in_one_face(galley)
    if len(wrong) * 2 > len(paragraphs):
        yield from wrong_face(galley, paragraphs, wanted_family(galley, "body"))


@judges_layout("F20")
def mixed_faces(galley: Galley) -> Iterator[Mark]:
    """Stretches in another face than the paragraph around them; heads of run-in headings have their own."""
    for paragraph in galley.main(*RUNNING_TEXT):
        if len(paragraph.runs) < 2:
            continue
        faces = {family(run.east) or run.east for run in paragraph.runs if run.east and not run.text.isascii()}
        if len(faces) > 1 and not paragraph.head:
            yield galley.mark(paragraph, detail="、".join(sorted(faces)))
    paragraphs, wrong = _in_one_face(galley)
    if len(wrong) * 2 <= len(paragraphs):
        for paragraph in wrong:
            yield galley.mark(paragraph, detail=face_of(paragraph))


@lru_cache(maxsize=2)
def _in_one_face(galley: Galley) -> tuple[tuple[ProofParagraph, ...], list[ProofParagraph]]:
    """The paragraphs of the body's face, heads of run-in headings left out, and which of them have another."""
    paragraphs = tuple(p for p in galley.main(*IN_BODY_FACE) if not p.head)
    right = ("", wanted_family(galley, "body"))
    return paragraphs, [p for p in paragraphs if family_of(p) not in right]


@judges_layout("F17")
def body_size(galley: Galley) -> Iterator[Mark]:
    """三号."""
    paragraphs = galley.main(*IN_BODY_FACE)
    wanted = galley.layout.number("sizes", "body")
    if len(_off_size(galley)) * 2 > len(paragraphs):
        yield from wrong_size(galley, paragraphs, wanted)


@judges_layout("F19")
def mixed_sizes(galley: Galley) -> Iterator[Mark]:
    """Single paragraphs or words in another size."""
    paragraphs = galley.main(*IN_BODY_FACE)
    wrong = {paragraph.index for paragraph in _off_size(galley)}
    usual = len(wrong) * 2 <= len(paragraphs)
    for paragraph in paragraphs:
        if len(paragraph.runs) < 2 and paragraph.index not in wrong:
            continue
        sizes = {run.size for run in paragraph.runs if run.text.strip() and run.size}
        if len(sizes) > 1 or (usual and paragraph.index in wrong):
            yield galley.mark(paragraph, detail="、".join(f"{size:g}磅" for size in sorted(sizes)))


@lru_cache(maxsize=2)
def _off_size(galley: Galley) -> list[ProofParagraph]:
    """The paragraphs that have another size than the body's."""
    wanted = galley.layout.number("sizes", "body")
    return [p for p in galley.main(*IN_BODY_FACE) if is_off_size(p, wanted)]


@judges_layout("F18")
def line_pitch(galley: Galley) -> Iterator[Mark]:
    """22 lines a page, adjusted where a signature must be fitted in (5.2.3, 7.3.5.5): an exact pitch or a grid near it.

    On no more than a page of text the pitch may differ as far as it must.
    """
    odd = [p for p in galley.main(*RUNNING_TEXT) if not _near_pitch(galley, p, "tightest_line", "loosest_line")]
    page = galley.layout.number("grid", "lines") * galley.layout.number("grid", "characters")
    last = sum(len(p.text) for p in odd) <= page
    far = [p for p in odd if not (last and _near_pitch(galley, p, "narrowest_line", "widest_line"))]
    for paragraph in far[:1]:
        look = paragraph.look
        told = f"{look.line:g}磅" if look.line_rule != "auto" else f"{look.line:g}倍行距"
        yield galley.mark(paragraph, 0, 0, detail=told)


def _near_pitch(galley: Galley, paragraph: ProofParagraph, least: str, most: str) -> bool:
    """Whether its lines are exact within those bounds of a profile, or stand on a grid near the wanted pitch."""
    look, layout = paragraph.look, galley.layout
    if look.line_rule in ("exact", "atLeast"):
        return layout.number("signature", least) <= look.line <= layout.number("signature", most)
    grid = look.line == 1.0 and _grid_pitch(galley, paragraph)
    return bool(grid) and abs(grid - layout.number("grid", "line_pitch")) <= 0.95


def _grid_pitch(galley: Galley, paragraph: ProofParagraph) -> float:
    section = next((s for s in reversed(galley.document.sections) if s.first <= paragraph.index), None)
    return section.grid_pitch if section and section.grid else 0.0


@judges_layout("F23")
def body_indent(galley: Galley) -> Iterator[Mark]:
    """Two characters."""
    wrong = []
    for paragraph in galley.main(Role.BODY):
        look = paragraph.look
        written = len(paragraph.text) - len(paragraph.text.lstrip("　 \t"))
        indented = look.first >= 20 or look.first_chars >= 1.5 or look.left >= 20 or look.left_chars >= 1.5 or written
        if not indented and len(paragraph.text) > 30 and look.align not in ("center", "right"):
            wrong.append(paragraph)
    if wrong:
        yield galley.mark(wrong[0], detail=told_of(wrong))


@judges_layout("F24")
def typed_indent(galley: Galley) -> Iterator[Mark]:
    """Blanks typed before a paragraph; lists of names (组长：…) are set with blanks on purpose."""
    if not _TYPED.search(galley.text):
        return
    wrong = [
        paragraph
        for paragraph in galley.main(Role.BODY, Role.ITEM, Role.HEADING)
        if paragraph.text[:1] in ("　", " ", "\t") and not _LABEL.match(paragraph.text)
    ]
    if wrong:
        yield galley.mark(wrong[0], 0, 2, detail=told_of(wrong))


@judges_layout("F37")
def spacing(galley: Galley) -> Iterator[Mark]:
    """No space before or after a paragraph of the body."""
    wrong = [p for p in galley.main(*RUNNING_TEXT, Role.HEADING) if p.look.before > 1 or p.look.after > 1]
    if wrong:
        look = wrong[0].look
        yield galley.mark(wrong[0], 0, 0, detail=told_of(wrong, f"段前{look.before:g}磅、段后{look.after:g}磅"))


@judges_layout("F38")
def blank_lines(galley: Galley) -> Iterator[Mark]:
    """Blank lines inside the body."""
    inside = {Role.BODY, Role.ITEM, Role.HEADING}
    wrong = []
    for blank in galley.of(Role.BLANK):
        if not 1 < blank.index < len(galley.paragraphs):
            continue
        before, after = galley.paragraphs[blank.index - 2], galley.paragraphs[blank.index]
        tabled = any(each.place.table for each in (before, blank, after))
        if not tabled and {before.role, after.role} <= inside:
            wrong.append(blank)
    if wrong:
        yield galley.mark(wrong[0], 0, 0, detail=f"共{len(wrong)}处" if len(wrong) > 1 else "")


@judges_layout("F08")
def level1(galley: Galley) -> Iterator[Mark]:
    """黑体."""
    yield from _wrong_heads(galley, wanted_family(galley, "level1"), 1)


@judges_layout("F25")
def level2(galley: Galley) -> Iterator[Mark]:
    """楷体."""
    yield from _wrong_heads(galley, wanted_family(galley, "level2"), 2)


@judges_layout("F26")
def level3(galley: Galley) -> Iterator[Mark]:
    """仿宋."""
    yield from _wrong_heads(galley, wanted_family(galley, "body"), 3, 4)


def _wrong_heads(galley: Galley, wanted: str, *levels: int) -> Iterator[Mark]:
    heads = [
        (head, face) for head, face in _faces_of_heads(galley) if head.level in levels and face not in ("", wanted)
    ]
    if heads and wanted:
        wrong, faces = zip(*heads, strict=True)
        yield galley.mark(wrong[0], detail=told_of(wrong, f"用的是{faces[0]}"))


@lru_cache(maxsize=2)
def _faces_of_heads(galley: Galley) -> tuple[tuple[ProofParagraph, str], ...]:
    """The headings with the family at the beginning of each."""
    faces = ((head, _face_at_head(head)) for head in galley.main(Role.HEADING))
    return tuple((head, family(face) or face) for head, face in faces)


def _face_at_head(paragraph: ProofParagraph) -> str:
    for run in paragraph.runs:
        if not run.text.isascii():
            return run.east
    return ""


@judges_layout("F27")
def bold_heads(galley: Galley) -> Iterator[Mark]:
    """The standard knows no bold."""
    if "bold" not in _emphases(galley):
        return
    wrong = [p for p in galley.main(Role.TITLE, Role.HEADING) if any(run.bold and run.text.strip() for run in p.runs)]
    if wrong:
        yield galley.mark(wrong[0], detail=told_of(wrong))


@lru_cache(maxsize=2)
def _emphases(galley: Galley) -> frozenset[str]:
    """How any characters are made to stand out; in most papers none are."""
    seen = {(run.bold, run.italic, run.underlined) for paragraph in galley.paragraphs for run in paragraph.runs}
    return frozenset(name for each in seen for name, is_so in zip(_EMPHASES, each, strict=True) if is_so)


@judges_layout("F28")
def emphasis(galley: Galley) -> Iterator[Mark]:
    """Bold, italics or underline in the body."""
    if not _emphases(galley):
        return
    names = (("bold", "加粗"), ("italic", "斜体"), ("underlined", "下划线"))[galley.layout.allows("body", "bold") :]
    found: list[tuple[ProofParagraph, str]] = []
    for paragraph in galley.main(*RUNNING_TEXT):
        for run in paragraph.runs:
            if any(getattr(run, name) for name, _ in names) and run.text.strip("_ 　"):
                found += [(paragraph, told) for name, told in names if getattr(run, name)]
    if found:
        yield galley.mark(found[0][0], detail="、".join(dict.fromkeys(told for _, told in found)))


@judges_layout("F29")
def colour(galley: Galley) -> Iterator[Mark]:
    """Black but for the red parts."""
    for paragraph in galley.main(*IN_BODY_FACE, Role.TITLE, Role.HEADING):
        for run in paragraph.runs:
            if run.colour not in ("", "000000", "auto") and run.text.strip() and not _dark(run.colour):
                yield galley.mark(paragraph, detail=f"颜色{run.colour}")
                break


def _dark(colour: str) -> bool:
    """Near black, as some converters write it."""
    try:
        return max(int(colour[place : place + 2], 16) for place in (0, 2, 4)) < 0x34
    except ValueError:
        return True
