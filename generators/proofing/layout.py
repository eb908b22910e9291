"""Layout (版面) as the file states it, judged by the office's profile, which is GB/T 9704-2012 unless it says otherwise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache

from generators.proofing.galley import Galley, Mark
from generators.proofing.nature import has_head, kind, official
from generators.proofing.registry import Check, judges
from generators.widths import ems
from model.documents import Format
from model.proofing import ProofParagraph, ProofSection, Role, Source

FAMILIES = {
    "仿宋": ("仿宋", "fangsong", "fang song", "fs_gb"),
    "楷体": ("楷体", "kaiti", "kai_gb", "楷体_gb"),
    "黑体": ("黑体", "simhei", "heiti"),
    "宋体": ("宋体", "simsun", "songti"),
    "小标宋": ("小标宋", "xiaobiaosong", "fzxbs"),
}
_LABEL = re.compile("[ \u3000\t]*(?:.{0,12}$|[^ \u3000]{1,6}[ \u3000：])")
_MARGIN = 1.2  # mm: the standard allows 1, twips and centimetres in two decimals round
_SIZE = 0.3  # pt


@lru_cache(maxsize=256)
def family(face: str) -> str:
    """The family of a face's name, "" for an unknown one."""
    plain = face.lower()
    return next((name for name, spellings in FAMILIES.items() if any(each in plain for each in spellings)), "")


def _laid_out(check: Check) -> Check:
    """Only for a 公文 in a file with a layout: marked-up text has none, and what is no 公文 has its own."""

    def judged(galley: Galley) -> Iterator[Mark]:
        if galley.document.source is not Source.MARKUP and official(galley):
            yield from check(galley)

    return judged


def _judges(number: str) -> Callable[[Check], Check]:
    def register(check: Check) -> Check:
        return judges(number)(_laid_out(check))

    return register


def _wanted(galley: Galley, key: str) -> str:
    """The family that the profile wants for an element."""
    return family(galley.layout.text("fonts", key))


def _wrong_face(galley: Galley, paragraphs: tuple[ProofParagraph, ...], wanted: str) -> Iterator[Mark]:
    """One mark for all paragraphs most of whose characters are in another family: where it begins, and how many."""
    wrong = [paragraph for paragraph in paragraphs if _face(paragraph) not in ("", wanted)]
    if wrong and wanted:
        faces = Counter(_run_face(paragraph) for paragraph in wrong)
        yield galley.mark(wrong[0], detail=f"用的是{faces.most_common(1)[0][0]}{_times(wrong)}")


def _times(paragraphs: list[ProofParagraph]) -> str:
    return f"，共{len(paragraphs)}段" if len(paragraphs) > 1 else ""


@lru_cache(maxsize=2048)
def _counted(runs: tuple[tuple[str, float, bool, int], ...]) -> tuple[str, float]:
    """Of runs as (Chinese face, size, is it Chinese, characters): the face and the size that most characters have."""
    faces, sizes = Counter[str](), Counter[float]()
    for east, size, chinese, count in runs:
        if chinese:
            faces[east] += count
        sizes[size] += count
    return (faces.most_common(1)[0][0] if faces else "", sizes.most_common(1)[0][0] if sizes else 0.0)


def _usual(paragraph: ProofParagraph) -> tuple[str, float]:
    """The face of most Chinese characters of a paragraph, and the size of most characters."""
    runs = paragraph.runs
    if len(runs) == 1:
        return ("" if runs[0].text.isascii() else runs[0].east, runs[0].size)
    return _counted(tuple((run.east, run.size, not run.text.isascii(), len(run.text.strip())) for run in runs))


def _run_face(paragraph: ProofParagraph) -> str:
    return _usual(paragraph)[0]


def _face(paragraph: ProofParagraph) -> str:
    """The family of a paragraph's face, the face itself where the family is unknown."""
    face = _run_face(paragraph)
    return family(face) or face


def _size(paragraph: ProofParagraph) -> float:
    return _usual(paragraph)[1]


def _wrong_size(galley: Galley, paragraphs: tuple[ProofParagraph, ...], wanted: float) -> Iterator[Mark]:
    wrong = [paragraph for paragraph in paragraphs if _size(paragraph) and abs(_size(paragraph) - wanted) > _SIZE]
    if wrong:
        yield galley.mark(wrong[0], detail=f"用的是{_size(wrong[0]):g}磅{_times(wrong)}")


_BODY = (Role.BODY, Role.ITEM)
_OWN = (Role.ADDRESSEES, Role.BODY, Role.ITEM, Role.ANNEX_LIST, Role.SIGNATORY, Role.DATE, Role.SIGNED, Role.NOTE)


def _portrait(galley: Galley) -> tuple[ProofSection, ...]:
    return tuple(section for section in galley.document.sections if not section.landscape)


def _at(galley: Galley, section: ProofSection, detail: str) -> Mark:
    index = min(max(section.first, 1), len(galley.paragraphs))
    return (
        galley.mark(galley.document.paragraph(index), 0, 0, detail=detail) if galley.paragraphs else Mark(detail=detail)
    )


@_judges("F01")
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
            yield _at(galley, section, f"{'、'.join(wrong)}毫米")
            return


@_judges("F16")
def paper(galley: Galley) -> Iterator[Mark]:
    """A4, upright or lying."""
    page = galley.layout.section("page")
    for section in galley.document.sections:
        sides = sorted((section.width, section.height))
        if any(abs(a - b) > 1.5 for a, b in zip(sides, sorted((page["width"], page["height"])), strict=True)):
            yield _at(galley, section, f"{section.width:.0f}×{section.height:.0f}毫米")
            return


@lru_cache(maxsize=2)
def _in_one_face(galley: Galley) -> tuple[tuple[ProofParagraph, ...], list[ProofParagraph]]:
    """The paragraphs of the body's face, heads of run-in headings left out, and which of them have another."""
    paragraphs = tuple(p for p in galley.main(*_OWN) if not p.head)
    right = ("", _wanted(galley, "body"))
    return paragraphs, [p for p in paragraphs if _face(p) not in right]


@lru_cache(maxsize=2)
def _off_size(galley: Galley) -> list[ProofParagraph]:
    """The paragraphs that have another size than the body's."""
    wanted = galley.layout.number("sizes", "body")
    return [p for p in galley.main(*_OWN) if (size := _size(p)) and abs(size - wanted) > _SIZE]


@_judges("F02")
def body_face(galley: Galley) -> Iterator[Mark]:
    """仿宋."""
    paragraphs, wrong = _in_one_face(galley)
    if len(wrong) * 2 > len(paragraphs):
        yield from _wrong_face(galley, paragraphs, _wanted(galley, "body"))


@_judges("F20")
def mixed_faces(galley: Galley) -> Iterator[Mark]:
    """Stretches in another face than the paragraph around them; heads of run-in headings have their own."""
    for paragraph in galley.main(*_BODY):
        if len(paragraph.runs) < 2:
            continue
        faces = {family(run.east) or run.east for run in paragraph.runs if run.east and not run.text.isascii()}
        if len(faces) > 1 and not paragraph.head:
            yield galley.mark(paragraph, detail="、".join(sorted(faces)))
    paragraphs, wrong = _in_one_face(galley)
    if len(wrong) * 2 <= len(paragraphs):
        for paragraph in wrong:
            yield galley.mark(paragraph, detail=_run_face(paragraph))


@_judges("F17")
def body_size(galley: Galley) -> Iterator[Mark]:
    """三号."""
    paragraphs = galley.main(*_OWN)
    wanted = galley.layout.number("sizes", "body")
    if len(_off_size(galley)) * 2 > len(paragraphs):
        yield from _wrong_size(galley, paragraphs, wanted)


@_judges("F19")
def mixed_sizes(galley: Galley) -> Iterator[Mark]:
    """Single paragraphs or words in another size."""
    paragraphs = galley.main(*_OWN)
    wrong = {paragraph.index for paragraph in _off_size(galley)}
    usual = len(wrong) * 2 <= len(paragraphs)
    for paragraph in paragraphs:
        if len(paragraph.runs) < 2 and paragraph.index not in wrong:
            continue
        sizes = {run.size for run in paragraph.runs if run.text.strip() and run.size}
        if len(sizes) > 1 or (usual and paragraph.index in wrong):
            yield galley.mark(paragraph, detail="、".join(f"{size:g}磅" for size in sorted(sizes)))


@_judges("F18")
def line_pitch(galley: Galley) -> Iterator[Mark]:
    """22 lines a page, adjusted where a signature must be fitted in (5.2.3, 7.3.5.5): an exact pitch or a grid near it."""
    wanted = galley.layout.number("grid", "line_pitch")
    tightest, loosest = (galley.layout.number("signature", key) for key in ("tightest_line", "loosest_line"))
    for paragraph in galley.main(*_BODY):
        look = paragraph.look
        exact = look.line_rule in ("exact", "atLeast") and tightest <= look.line <= loosest
        grid = look.line_rule == "auto" and look.line == 1.0 and _grid_pitch(galley, paragraph)
        if not exact and not (grid and abs(grid - wanted) <= 0.95):
            told = f"{look.line:g}磅" if look.line_rule != "auto" else f"{look.line:g}倍行距"
            yield galley.mark(paragraph, 0, 0, detail=told)
            return


def _grid_pitch(galley: Galley, paragraph: ProofParagraph) -> float:
    section = next((s for s in reversed(galley.document.sections) if s.first <= paragraph.index), None)
    return section.grid_pitch if section and section.grid else 0.0


@_judges("F03")
def title_face(galley: Galley) -> Iterator[Mark]:
    """小标宋."""
    yield from _wrong_face(galley, galley.main(Role.TITLE), _wanted(galley, "title"))


@_judges("F21")
def title_size(galley: Galley) -> Iterator[Mark]:
    """二号."""
    yield from _wrong_size(galley, galley.main(Role.TITLE), galley.layout.number("sizes", "title"))


@_judges("F22")
def title_centred(galley: Galley) -> Iterator[Mark]:
    """Centred, without an indent that shifts the centre."""
    for paragraph in galley.main(Role.TITLE)[:1]:
        look = paragraph.look
        if look.align != "center" or look.first > 8 or look.first_chars > 0.5:
            yield galley.mark(paragraph)


@_judges("F14")
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


@_judges("F23")
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
        yield galley.mark(wrong[0], detail=_times(wrong).lstrip("，"))


@_judges("F24")
def typed_indent(galley: Galley) -> Iterator[Mark]:
    """Blanks typed before a paragraph; lists of names (组长：…) are set with blanks on purpose."""
    wrong = [
        paragraph
        for paragraph in galley.main(Role.BODY, Role.ITEM, Role.HEADING)
        if paragraph.text[:1] in ("　", " ", "\t") and not _LABEL.match(paragraph.text)
    ]
    if wrong:
        yield galley.mark(wrong[0], 0, 2, detail=_times(wrong).lstrip("，"))


def _heads(galley: Galley, *levels: int) -> tuple[ProofParagraph, ...]:
    """Headings with the runs of the heading only."""
    return tuple(p for p in galley.main(Role.HEADING) if p.level in levels)


def _head_face(paragraph: ProofParagraph) -> str:
    """The family at the beginning of a heading."""
    face = next((run.east for run in paragraph.runs if not run.text.isascii()), "")
    return family(face) or face


def _wrong_heads(galley: Galley, wanted: str, *levels: int) -> Iterator[Mark]:
    wrong = [p for p in _heads(galley, *levels) if _head_face(p) not in ("", wanted)]
    if wrong and wanted:
        yield galley.mark(wrong[0], detail=f"用的是{_head_face(wrong[0])}{_times(wrong)}")


@_judges("F08")
def level1(galley: Galley) -> Iterator[Mark]:
    """黑体."""
    yield from _wrong_heads(galley, _wanted(galley, "level1"), 1)


@_judges("F25")
def level2(galley: Galley) -> Iterator[Mark]:
    """楷体."""
    yield from _wrong_heads(galley, _wanted(galley, "level2"), 2)


@_judges("F26")
def level3(galley: Galley) -> Iterator[Mark]:
    """仿宋."""
    yield from _wrong_heads(galley, _wanted(galley, "body"), 3, 4)


@_judges("F27")
def bold_heads(galley: Galley) -> Iterator[Mark]:
    """The standard knows no bold."""
    wrong = [p for p in galley.main(Role.TITLE, Role.HEADING) if any(run.bold for run in p.runs if run.text.strip())]
    if wrong:
        yield galley.mark(wrong[0], detail=_times(wrong).lstrip("，"))


@_judges("F28")
def emphasis(galley: Galley) -> Iterator[Mark]:
    """Bold, italics or underline in the body."""
    names = (("bold", "加粗"), ("italic", "斜体"), ("underlined", "下划线"))
    found: list[tuple[ProofParagraph, str]] = []
    for paragraph in galley.main(*_BODY):
        for run in paragraph.runs:
            if (run.bold or run.italic or run.underlined) and run.text.strip("_ 　"):
                found += [(paragraph, told) for name, told in names if getattr(run, name)]
    if found:
        yield galley.mark(found[0][0], detail="、".join(dict.fromkeys(told for _, told in found)))


@_judges("F29")
def colour(galley: Galley) -> Iterator[Mark]:
    """Black but for the red parts."""
    for paragraph in galley.main(*_OWN, Role.TITLE, Role.HEADING):
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


@_judges("F30")
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


@_judges("F31")
def number_centred(galley: Galley) -> Iterator[Mark]:
    """Centred in a downward paper; beside 签发人 in an upward one; at the right in a letter."""
    document = galley.document.document
    for paragraph in galley.main(Role.NUMBER)[: len(galley.of(Role.TITLE))][:1]:
        upward = "签发人" in paragraph.text or bool(galley.of(Role.SIGNERS)) or kind(galley) in ("请示", "报告")
        plain = document.format is Format.DOCUMENT and paragraph.place.where.value == "正文"
        if plain and not upward and paragraph.look.align != "center":
            yield galley.mark(paragraph)


@_judges("F32")
def mark_red(galley: Galley) -> Iterator[Mark]:
    """Red."""
    for paragraph in galley.of(Role.MARK)[:1]:
        if (
            "关于" not in paragraph.text
            and not any(_red(run.colour) for run in paragraph.runs if run.text.strip())
            and paragraph.runs
        ):
            yield galley.mark(paragraph)


def _red(colour: str) -> bool:
    try:
        red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    except ValueError:
        return False
    return red > 0x90 and max(green, blue) < 0x60


def _page_footers(galley: Galley) -> list[tuple[ProofSection, str, str]]:
    """Section, kind and text of every footer with a page number."""
    return [
        (section, footer.kind, footer.text)
        for section in galley.document.sections
        for footer in section.footers
        if not footer.header and "{PAGE}" in footer.text
    ]


@_judges("F33")
def no_page_number(galley: Galley) -> Iterator[Mark]:
    """A paper of more than one page is numbered; a letter of one is not."""
    if galley.document.sections and not _page_footers(galley) and galley.document.document.format is not Format.LETTER:
        yield Mark()


@_judges("F12")
def page_number_form(galley: Galley) -> Iterator[Mark]:
    """— 1 —."""
    for section, _, text in _page_footers(galley):
        if not re.fullmatch(r"[\s\u3000]*[—－―─–]\s?\{PAGE\}\s?[—－―─–][\s\u3000]*", text):
            yield _at(galley, section, f"现在是“{text.strip().replace('{PAGE}', '1')}”")
            return


@_judges("F34")
def page_number_face(galley: Galley) -> Iterator[Mark]:
    """四号宋体."""
    wanted = galley.layout.number("sizes", "number")
    for paragraph in galley.of(Role.FOOTER):
        for run in paragraph.runs:
            if not run.text.strip() or not re.search(r"PAGE|\d|[—－]", run.text):
                continue
            faces = {family(face) or face for face in (run.latin, run.east) if face}
            if (run.size and abs(run.size - wanted) > _SIZE) or (faces and _wanted(galley, "number") not in faces):
                yield galley.mark(paragraph, detail=f"{run.latin or run.east}{run.size:g}磅")
                return


@_judges("F35")
def odd_and_even(galley: Galley) -> Iterator[Mark]:
    """Odd pages at the right, even ones at the left."""
    for section in _portrait(galley):
        kinds = {footer.kind for footer in section.footers if "{PAGE}" in footer.text}
        if kinds and not (section.odd_even and "even" in kinds):
            yield _at(galley, section, "")
            return


@_judges("F36")
def date_right(galley: Galley) -> Iterator[Mark]:
    """At the right."""
    for paragraph in galley.main(Role.DATE)[:1]:
        look = paragraph.look
        blanks = len(paragraph.text) - len(paragraph.text.lstrip(" 　\t"))
        if look.align != "right" and look.left < 120 and look.left_chars < 8 and look.first < 120 and blanks < 8:
            yield galley.mark(paragraph)


@_judges("F37")
def spacing(galley: Galley) -> Iterator[Mark]:
    """No space before or after a paragraph of the body."""
    wrong = [p for p in galley.main(*_BODY, Role.HEADING) if p.look.before > 1 or p.look.after > 1]
    if wrong:
        look = wrong[0].look
        yield galley.mark(wrong[0], 0, 0, detail=f"段前{look.before:g}磅、段后{look.after:g}磅{_times(wrong)}")


@_judges("F38")
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


@_judges("F39")
def imprint_size(galley: Galley) -> Iterator[Mark]:
    """四号."""
    yield from _wrong_size(galley, galley.of(Role.COPIES, Role.PRINTED), galley.layout.number("sizes", "imprint"))


@_judges("F40")
def annex_label(galley: Galley) -> Iterator[Mark]:
    """三号黑体."""
    for paragraph in galley.main(Role.ANNEX_LABEL):
        wrong_size = _size(paragraph) and abs(_size(paragraph) - galley.layout.number("sizes", "body")) > _SIZE
        if _face(paragraph) not in ("", _wanted(galley, "level1")) or wrong_size:
            yield galley.mark(paragraph, detail=f"{_run_face(paragraph)}{_size(paragraph):g}磅")
            return


@_judges("F41")
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


@_judges("F42")
def annex_title(galley: Galley) -> Iterator[Mark]:
    """Centred."""
    for paragraph in galley.main(Role.ANNEX_TITLE):
        if paragraph.look.align != "center":
            yield galley.mark(paragraph)
            return


@_judges("F43")
def page_header(galley: Galley) -> Iterator[Mark]:
    """No running head."""
    for paragraph in galley.of(Role.HEADER):
        if paragraph.text.strip():
            yield galley.mark(paragraph)
            return


@_judges("F44")
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


@_judges("F45")
def small_tables(galley: Galley) -> Iterator[Mark]:
    """小五 at least."""
    wrong = [p for p in galley.of(Role.CELL) if 0 < _size(p) < 8.5]
    if wrong:
        yield galley.mark(wrong[0], detail=f"{_size(wrong[0]):g}磅{_times(wrong)}")


@_judges("F46")
def red_rule(galley: Galley) -> Iterator[Mark]:
    """A red rule under the number; one drawn as a line is no paragraph's border and cannot be seen here."""
    if galley.document.source is not Source.OURS or galley.document.document.format is not Format.DOCUMENT:
        return
    numbers = galley.main(Role.NUMBER)
    titles = galley.main(Role.TITLE)
    if numbers and titles:
        between = galley.paragraphs[numbers[0].index - 1 : titles[0].index - 1]
        if not any(_red(paragraph.look.border_below) for paragraph in between):
            yield galley.mark(numbers[0])


@_judges("F07")
def first_page(galley: Galley) -> Iterator[Mark]:
    """Body text on the first page; known only where the file was rendered."""
    body = [p for p in galley.of(Role.BODY, Role.ITEM, Role.HEADING, Role.CELL) if p.page]
    if body and min(p.page or 1 for p in body) > 1:
        yield galley.mark(body[0])


def _blank_before(galley: Galley, paragraph: ProofParagraph) -> bool:
    """Whether a blank line, or a space as high as one, stands above."""
    if paragraph.index < 2:
        return True
    above = galley.document.paragraph(paragraph.index - 1)
    return above.role is Role.BLANK or paragraph.look.before + above.look.after > 14


@_judges("F47")
def under_title(galley: Galley) -> Iterator[Mark]:
    """One blank line between title and addressees."""
    for paragraph in galley.main(Role.ADDRESSEES)[:1]:
        if not _blank_before(galley, paragraph):
            yield galley.mark(paragraph, 0, 0)


@_judges("F48")
def above_annex_list(galley: Galley) -> Iterator[Mark]:
    """One blank line between body and 附件说明."""
    for paragraph in galley.main(Role.ANNEX_LIST)[:1]:
        if not _blank_before(galley, paragraph):
            yield galley.mark(paragraph, 0, 0)


@_judges("F49")
def character_grid(galley: Galley) -> Iterator[Mark]:
    """A grid of characters breaks in LibreOffice."""
    for section in galley.document.sections:
        if section.grid in ("linesAndChars", "snapToChars"):
            yield _at(galley, section, "")
            return
