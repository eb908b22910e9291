"""Punctuation (标点符号, GB/T 15834-2011) that no single pattern finds: pairs, quotes, brackets, the ends of paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from generators.proofing.galley import Edit, Galley, Mark
from generators.proofing.registry import judges
from generators.proofing.rulebook import HAN
from model.proofing import ProofParagraph, Role

_HAN = re.compile(f"[{HAN}]")
_PAIRS = dict(zip("）》”〕】", "（《“〔【", strict=True))
_DEEPEST = 3  # pairs inside one another in all but strange papers
_MARKS = re.compile("[（）《》“”〔〕【】]")
_NUMBERED = re.compile(r"\s*[\d一二三四五六七八九十a-zA-Z]{1,3}）")
_PARENS = re.compile(r"\(([^()\n]*)\)")
_ORDINAL = re.compile(r"\d{1,2}|[一二三四五六七八九十]{1,3}")
_HALF_ORDINAL = re.compile(r"[ \t\u3000]*([(（])(?:[一二三四五六七八九十]{1,3}|\d{1,2})([)）])")
_QUESTION = re.compile(f"[?!](?<=[{HAN}”》）].)(?![=A-Za-z0-9])")
_STRAIGHT = re.compile(r'"')
_CLOSES, _OPENS = frozenset(' ，。；、：！？）》”,.;:!?)"'), frozenset(' ：（《“，、:(,"')
_ANGLES = re.compile(r"[<＜]{1,2}([^<>＜＞\n]{2,60})[>＞]{1,2}")
_CORNERS = str.maketrans("「」『』", "“”‘’")
_REVERSED = re.compile("”[^“”\n]+“(?=[^“”\n]*\n)")
_SINGLE = re.compile(f"‘[^‘’\n]*[{HAN}][^‘’\n]*’")
_CAPTION = re.compile("(?:[附续]?[表图] ?[0-9一二三四五六七八九十].{0,20}|[^，；：。]{2,18}[表图])。")
_GAP = re.compile(f" {{1,20}}(?<=[{HAN}][{HAN}] )(?<![条章节编款] )(?=[{HAN}][{HAN}])")
_NESTED = re.compile(r"《[^《》\n]*(《[^《》\n]*》)[^《》\n]*》")
_ENDS = "。！？：；…”）》—.!?:;"


@judges("P05")
def heading_stops(galley: Galley) -> Iterator[Mark]:
    """A heading on a line of its own ends without punctuation; one that goes on in the line is a sentence."""
    for paragraph in galley.of(Role.HEADING):
        text = paragraph.text.rstrip()
        if not paragraph.head and text[-1:] in "。，；：、" and len(text) > 1 and not re.search("[。；]", text[:-1]):
            yield galley.mark(paragraph, len(text) - 1, len(text), after="")


@judges("P16")
def caption_stops(galley: Galley) -> Iterator[Mark]:
    """A caption ends without a full stop; one that has it passes for a short paragraph above a table."""
    for paragraph, below in pairwise(galley.paragraphs):
        if not below.place.table or paragraph.place.table or not paragraph.text.endswith("。"):
            continue
        if paragraph.role is Role.CAPTION or (paragraph.role is Role.BODY and _CAPTION.fullmatch(paragraph.text)):
            yield galley.mark(paragraph, len(paragraph.text) - 1, len(paragraph.text), after="")


@judges("P10")
def nested_titles(galley: Galley) -> Iterator[Mark]:
    """《 》 inside 《 》."""
    for match in _NESTED.finditer(galley.text):
        yield Mark(*match.span(1), remedy=f"里面的写成〈{match[1][1:-1]}〉")


@judges("P12")
def pairs(galley: Galley) -> Iterator[Mark]:
    """Halves of pairs. They may run over paragraphs; a quotation of several paragraphs opens each of them and is closed once."""
    if _all_closed("".join(_MARKS.findall(galley.text))):
        return
    text, waiting = galley.text, dict[str, list[int]]()
    odd: list[int] = []
    for match in _MARKS.finditer(text):
        sign, place = match[0], match.start()
        opening = _PAIRS.get(sign)
        if opening is None:
            if not (sign == "“" and waiting.get(sign) and text[place - 1] in "\n\u3000"):
                waiting.setdefault(sign, []).append(place)
        elif waiting.get(opening):
            waiting[opening].pop()
        elif not (sign == "）" and _is_ordinal(galley, place)):
            odd.append(place)
    left = sorted((*odd, *(place for places in waiting.values() for place in places)))
    reversed_at = {start for start, _ in _reversed(galley)} if left else set()
    for place in left:
        near = text[place : place + 40].split("\n")[0]
        if place not in reversed_at and not any(
            start < place < start + 400 and text[place] == "“" for start in reversed_at
        ):
            yield Mark(place, place + 1, detail=f"“{near[:8]}”处的“{text[place]}”没有配成对")


def _all_closed(marks: str) -> bool:
    """Whether the marks are nothing but pairs, a few inside one another; what is deeper is looked at one by one."""
    for _ in range(_DEEPEST):
        for closing, opening in _PAIRS.items():
            marks = marks.replace(opening + closing, "")
    return not marks


def _is_ordinal(galley: Galley, place: int) -> bool:
    paragraph = galley.at(place)
    return bool(_NUMBERED.match(paragraph.text)) and place - galley.start(paragraph) < 6


@judges("P22")
def half_questions(galley: Galley) -> Iterator[Mark]:
    """? and ! after Chinese; before letters they belong to an address."""
    for match in _QUESTION.finditer(galley.text):
        yield Mark(*match.span(), (Edit(*match.span(), "？" if match[0] == "?" else "！"),))


@judges("P23")
def half_brackets(galley: Galley) -> Iterator[Mark]:
    """( ) with Chinese inside or before them; at the head of a paragraph they are an ordinal (N05)."""
    for match in _PARENS.finditer(galley.text):
        start, end = match.span()
        at_head = not galley.text[galley.start(galley.at(start)) : start].strip()
        if at_head and _ORDINAL.fullmatch(match[1]):
            continue
        if _HAN.search(match[1]) or (_HAN.match(galley.text[start - 1]) and not match[1].isascii()):
            yield Mark(start, end, (Edit(start, start + 1, "（"), Edit(end - 1, end, "）")))


@judges("N05")
def half_ordinals(galley: Galley) -> Iterator[Mark]:
    """(一) and (1) at the head of a paragraph."""
    for start in galley.starts:
        match = _HALF_ORDINAL.match(galley.text, start)
        if match and (match[1], match[2]) != ("（", "）"):
            sides = ((match.span(1), match[1], "（"), (match.span(2), match[2], "）"))
            yield Mark(
                match.start(1), match.end(2), tuple(Edit(*span, wide) for span, sign, wide in sides if sign != wide)
            )


@judges("P24")
def straight_quotes(galley: Galley) -> Iterator[Mark]:
    """Straight quotes in a paragraph of Chinese, paired in order; where that may be wrong they are only told."""
    for paragraph in galley.paragraphs:
        places = [match.start() for match in _STRAIGHT.finditer(paragraph.text)]
        if len(places) % 2:  # 55" is a measure
            places = [place for place in places if not paragraph.text[max(0, place - 1) : place].isdigit()]
        if not places or not _HAN.search(paragraph.text) or paragraph.role in (Role.HEADER, Role.FOOTER):
            continue
        if not _paired(paragraph.text, places):
            yield galley.mark(paragraph, places[0], places[-1] + 1, detail="数目不成对或者一层套着一层，要由人来改")
            continue
        base = galley.start(paragraph)
        for one, other in zip(places[::2], places[1::2], strict=False):
            if _HAN.search(paragraph.text, one, other):
                start, end = base + one, base + other + 1
                yield Mark(start, end, (Edit(start, start + 1, "“"), Edit(end - 1, end, "”")))


def _paired(text: str, places: list[int]) -> bool:
    """Whether quotes can be taken in pairs: none is left over, and none of them looks as if it stood inside another pair."""
    opened = all(text[place + 1 : place + 2] not in _CLOSES for place in places[::2])
    closed = all(place and text[place - 1] not in _OPENS for place in places[1::2])
    return len(places) % 2 == 0 and opened and closed


@judges("P28")
def gaps(galley: Galley) -> Iterator[Mark]:
    """Spaces between words of Chinese in a sentence, slogans in quotes left out. Between names one may stand for a mark: never mended."""
    for paragraph in galley.prose:
        if " " in paragraph.text and paragraph.text.rstrip()[-1:] in "。；":
            base = galley.start(paragraph)
            for match in _GAP.finditer(paragraph.text):
                if not galley.quoted(base + match.start(), base + match.end()):
                    yield galley.mark(paragraph, *match.span())


@judges("P32")
def angles(galley: Galley) -> Iterator[Mark]:
    """<< >> for 《 》."""
    for match in _ANGLES.finditer(galley.text):
        if _HAN.search(match[1]):
            start, end = match.span()
            yield Mark(start, end, (Edit(start, match.start(1), "《"), Edit(match.end(1), end, "》")))


@judges("P33")
def corners(galley: Galley) -> Iterator[Mark]:
    """「 」 in horizontal text."""
    for match in re.finditer("[「『][^「」『』\n]*[」』]", galley.text):
        start, end = match.span()
        sides = (match[0][0].translate(_CORNERS), match[0][-1].translate(_CORNERS))
        yield Mark(start, end, (Edit(start, start + 1, sides[0]), Edit(end - 1, end, sides[1])))


@judges("P34")
def reversed_quotes(galley: Galley) -> Iterator[Mark]:
    """A paragraph whose quotes begin with the closing one."""
    for start, end in _reversed(galley):
        yield Mark(start, end)


def _reversed(galley: Galley) -> Iterator[tuple[int, int]]:
    """Where a paragraph has a ” and then a “, and no other quotes."""
    for match in _REVERSED.finditer(galley.text):
        before = galley.text[galley.text.rfind("\n", 0, match.start()) : match.start()]
        if "“" not in before and "”" not in before:
            yield match.span()


@judges("P35")
def outer_single(galley: Galley) -> Iterator[Mark]:
    """‘ ’ that stand in no “ ”."""
    for match in _SINGLE.finditer(galley.text):
        line = galley.text[galley.text.rfind("\n", 0, match.start()) : match.start()]
        if line.count("“") <= line.count("”"):
            yield Mark(*match.span())


@judges("P37")
def unfinished(galley: Galley) -> Iterator[Mark]:
    """A paragraph of sentences whose last one has no end."""
    for paragraph in galley.of(Role.BODY):
        text = paragraph.text.rstrip()
        if len(text) >= 30 and _HAN.match(text[-1]) and "。" in text and not _is_label(paragraph):
            yield galley.mark(paragraph, max(0, len(text) - 8), len(text))


def _is_label(paragraph: ProofParagraph) -> bool:
    """Lines of particulars (联系人：……) are no sentences."""
    return "：" in paragraph.text[-20:]
