"""Numbering (层次序数, GB/T 9704-2012 7.3.3): order, gaps and repeats of every kind of ordinal; counts that are promised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generators.proofing.galley import Galley, Mark
from generators.proofing.ordinals import NUMERALS, Ordinal, number, ordinals
from generators.proofing.registry import judges
from model.proofing import ProofTable, Role

_FIRSTS = re.compile(rf"[\n。；：，]([{NUMERALS}])是(?![一否的])")
_ORDINALS = re.compile(rf"[\n。；]第([{NUMERALS}]{{1,2}})，")
_CIRCLED = re.compile(r"[\n。；：，]([①-⑳])")
_ARTICLES = re.compile(r"\n[ 　]*第([零一二三四五六七八九十百千]{1,7})条[ 　]")
_CHAPTERS = re.compile(r"\n[ 　]*第([零一二三四五六七八九十百]{1,5})章(?:[ 　]|(?=[^，。；\n]{2,20}\n))")
_ORDINAL = re.compile(rf"[（(]?[\d{NUMERALS}]{{1,3}}[）)]?[、.．]?")
_STOPS = re.compile(r"[。：；，\s]+")
_PROMISED = re.compile(
    rf"(?:以下|下列|如下|分为?|分成)([{NUMERALS}两]|\d)(?:个|项|条|点|种|类|步)[^。；：\n]{{0,12}}[。：]?(?=\n)"
)


@judges("N01")
def order(galley: Galley) -> Iterator[Mark]:
    """A level that is entered from one two above it (一、 to 1. is allowed), or under one that is below it."""
    opened: list[int] = []
    part = -1
    for ordinal in ordinals(galley):
        if ordinal.part != part:
            opened, part = [], ordinal.part
        level = ordinal.level
        if level == 1:
            opened = [1]
        elif level in opened:
            opened = opened[: opened.index(level) + 1]
        else:
            if opened and ordinal.value == 1 and not _follows(opened[-1], level):
                yield galley.mark(ordinal.paragraph, 0, ordinal.width)
            opened.append(level)


def _follows(above: int, level: int) -> bool:
    return level == above + 1 or (above, level) == (1, 3)


@judges("N02")
def gaps(galley: Galley) -> Iterator[Mark]:
    """A number that is not one more than the one before it on its level; a list may begin anew."""
    last: dict[int, Ordinal] = {}
    part = -1
    for ordinal in ordinals(galley):
        if ordinal.part != part:
            last, part = {}, ordinal.part
        before = last.get(ordinal.level)
        expected = before.value + 1 if before else 1
        if ordinal.value not in (expected, 1) or (
            before and ordinal.value == 1 == before.value and _next(before, ordinal)
        ):
            told = f"前一个是第{before.value}，这里是第{ordinal.value}" if before else f"从第{ordinal.value}开始"
            yield galley.mark(ordinal.paragraph, 0, ordinal.width, detail=told)
        for deeper in [level for level in last if level > ordinal.level]:
            del last[deeper]
        last[ordinal.level] = ordinal


def _next(one: Ordinal, other: Ordinal) -> bool:
    return other.paragraph.index == one.paragraph.index + 1


@judges("N04")
def alone(galley: Galley) -> Iterator[Mark]:
    """A first item that no second follows before its level ends."""
    opened: dict[int, Ordinal] = {}
    part = -1
    for ordinal in (*ordinals(galley), None):
        if ordinal is None or ordinal.part != part:
            ended = [*opened.values()]
            opened, part = {}, ordinal.part if ordinal else -1
        else:
            ended = [opened.pop(deeper) for deeper in [level for level in opened if level > ordinal.level]]
        for first in ended:
            if first.value == 1:
                yield galley.mark(first.paragraph, 0, first.width)
        if ordinal:
            opened[ordinal.level] = ordinal


@judges("N16")
def repeated_headings(galley: Galley) -> Iterator[Mark]:
    """Two headings of one level with the same words below the same higher heading."""
    seen: dict[tuple[int, ...], set[str]] = {}
    path: list[int] = [0, 0, 0, 0, 0]
    part = 0
    heading = Role.HEADING
    for paragraph in galley.of(Role.ANNEX_LABEL, Role.ANNEX_TITLE, heading):
        if paragraph.role is not heading:
            part, path = part + 1, [0] * 5
            continue
        if not 1 <= paragraph.level <= 4:
            continue
        level = paragraph.level
        words = _plain(paragraph.shown[: paragraph.head] if paragraph.head else paragraph.text)
        known = seen.setdefault((part, level, *path[:level]), set())
        if len(words) >= 3 and words in known:
            yield galley.mark(paragraph)
        known.add(words)
        path[level] += 1
        path[level + 1 :] = [0] * (4 - level)


def _plain(text: str) -> str:
    words = _STOPS.sub("", text)
    ordinal = _ORDINAL.match(words)
    return words[ordinal.end() :] if ordinal else words


def _consecutive(matches: Iterable[re.Match[str]], value: int = 0) -> Iterator[Mark]:
    """Marks numbers that are neither one more than the last nor a beginning; the first may be any."""
    for match in matches:
        found = ord(match[1]) - 0x245F if "①" <= match[1] <= "⑳" else number(match[1])
        if value and found not in (value + 1, 1):
            yield Mark(*match.span(1), detail=f"前一个是第{value}，这里是第{found}")
        value = found


@judges("N17")
def one_is(galley: Galley) -> Iterator[Mark]:
    """一是 二是 三是."""
    yield from _consecutive(_FIRSTS.finditer(galley.text))


@judges("N18")
def firstly(galley: Galley) -> Iterator[Mark]:
    """第一， 第二，."""
    yield from _consecutive(_ORDINALS.finditer(galley.text))


@judges("N19")
def circled(galley: Galley) -> Iterator[Mark]:
    """① ② ③."""
    yield from _consecutive(_CIRCLED.finditer(galley.text))


@judges("N20")
def articles(galley: Galley) -> Iterator[Mark]:
    """第一条 第二条."""
    yield from _consecutive(_ARTICLES.finditer(galley.text))


@judges("N21")
def chapters(galley: Galley) -> Iterator[Mark]:
    """第一章 第二章."""
    yield from _consecutive(_CHAPTERS.finditer(galley.text))


@judges("N22")
def table_numbers(galley: Galley) -> Iterator[Mark]:
    """The column 序号 of a table."""
    for table in galley.document.tables:
        before = 0
        for text, index in _serials(table):
            if before and int(text) not in (before + 1, 1):
                paragraph = galley.document.paragraph(index)
                yield galley.mark(paragraph, detail=f"前一行是{before}，这里是{text}")
            before = int(text)


def _serials(table: ProofTable) -> Iterator[tuple[str, int]]:
    """The figures of the column 序号, each with its paragraph."""
    column = next((cell.column for row in table.rows[:2] for cell in row if cell.text.strip() == "序号"), None)
    for row in table.rows:
        for cell in row:
            text = cell.text.strip()
            if cell.column == column and text.isascii() and text.isdigit() and cell.paragraphs:
                yield text, cell.paragraphs[0]


@judges("N24")
def promised(galley: Galley) -> Iterator[Mark]:
    """以下三项 before a list of four."""
    found = tuple(ordinals(galley))
    for match in _PROMISED.finditer(galley.text):
        paragraph = galley.at(match.start())
        following = [each for each in found if each.paragraph.index > paragraph.index]
        if not following or following[0].value != 1 or following[0].paragraph.index > paragraph.index + 2:
            continue
        told = 2 if match[1] == "两" else number(match[1])
        counted = _run(following)
        if counted > 1 and counted != told:
            yield Mark(*match.span(), detail=f"说的是{match[1]}，下面列了{counted}")


def _run(following: list[Ordinal]) -> int:
    """How many items the list has that begins with the first ordinal."""
    level, count = following[0].level, 0
    for each in following:
        if each.level < level or each.part != following[0].part or (each.level == level and each.value != count + 1):
            break
        count += each.level == level
    return count
