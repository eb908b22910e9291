"""The head (版头, GB/T 9704-2012 7.2 and 10.1): 发文字号, 签发人, 份号, 密级, 紧急程度 and the mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generators.proofing.galley import Galley, Mark
from generators.proofing.nature import kind
from generators.proofing.registry import judges
from generators.proofing.signatures import UNFILLED
from model.documents import Format
from model.proofing import Role

_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,}〔(?:19|20)\d{2}〕[1-9]\d*号|第[1-9]\d*[号期]|（[^（）]*第[1-9]\d*[号期]）")
_CORNER = re.compile(r"\d{3,7}|(?:绝密|机密|秘密)(?:★.*)?|特急|加急")
_SECRECY = re.compile(r"(?:绝密|机密|秘密)(?:★(?:\d{1,2}年|\d{1,2}个月|长期))?")


@judges("F04")
def number_form(galley: Galley) -> Iterator[Mark]:
    """机关代字〔年份〕顺序号; faults of the brackets and zeros are told by D01, D02 and D37."""
    for paragraph in galley.of(Role.NUMBER):
        pieces = re.split(
            r"签发人|\t", paragraph.text
        )  # in a letter 份号 or another corner element stands before it (10.1)
        text = next((piece for each in pieces if (piece := each.strip()) and not _CORNER.fullmatch(piece)), "")
        if text and not _NUMBER.search(text) and not UNFILLED.search(text) and not _told_elsewhere(text):
            start = paragraph.text.index(text)
            yield galley.mark(paragraph, start, start + len(text))


def _told_elsewhere(text: str) -> bool:
    return bool(re.search(r"[\[［(（【﹝]\s*\d{2,4}|〔\d{2}〕|〕\s*(?:第|0)|\s|[０-９]", text))


@judges("E20")
def no_number(galley: Galley) -> Iterator[Mark]:
    """××文件 without a number."""
    marks = [paragraph for paragraph in galley.of(Role.MARK) if paragraph.text.strip().endswith("文件")]
    if marks and not galley.of(Role.NUMBER):
        yield galley.mark(marks[-1])


@judges("E21")
def number_year(galley: Galley) -> Iterator[Mark]:
    """The year of the number is the year of the date."""
    found = re.search(r"〔(\d{4})〕", galley.document.document.number)
    dated = galley.document.document.dated
    numbers = galley.of(Role.NUMBER)
    if found and dated and numbers and int(found[1]) != dated.year:
        yield galley.mark(numbers[0], detail=f"文号是{found[1]}年，成文日期是{dated.year}年")


@judges("F10")
def no_signer(galley: Galley) -> Iterator[Mark]:
    """请示 and 报告 under a red head bear 签发人."""
    numbers = galley.of(Role.NUMBER)
    told = "".join(paragraph.text for paragraph in galley.of(Role.NUMBER, Role.SIGNERS))
    if kind(galley) in ("请示", "报告") and numbers and "签发人" not in told:
        yield galley.mark(numbers[0])


@judges("E22")
def needless_signer(galley: Galley) -> Iterator[Mark]:
    """Other papers bear none."""
    if kind(galley) in ("通知", "通报", "决定", "批复", "函", "通告", "公告"):
        for paragraph in galley.of(Role.NUMBER, Role.SIGNERS):
            if "签发人" in paragraph.text:
                yield galley.mark(paragraph)


@judges("E23")
def signers_marks(galley: Galley) -> Iterator[Mark]:
    """Signers stand side by side without marks."""
    for paragraph in galley.of(Role.NUMBER, Role.SIGNERS):
        if match := re.search("签发人[：:][^、，]{2,4}([、，])", paragraph.text):
            yield galley.mark(paragraph, *match.span(1))


@judges("E24")
def secrecy_form(galley: Galley) -> Iterator[Mark]:
    """秘密★1年."""
    secrecy = galley.document.document.secrecy
    if secrecy and not _SECRECY.fullmatch(re.sub(r"\s", "", secrecy)):
        yield _in_corner(galley, Role.SECRECY)


def _in_corner(galley: Galley, role: Role) -> Mark:
    """Where a corner element stands: on a line of its own, in a letter perhaps on the number's (10.1)."""
    lines = galley.of(role) or galley.of(Role.NUMBER)
    return galley.mark(lines[0]) if lines else Mark()


@judges("E25")
def secret_without_copy_number(galley: Galley) -> Iterator[Mark]:
    """Secret papers are counted."""
    document = galley.document.document
    if document.secrecy and not document.copy_number:
        yield _in_corner(galley, Role.SECRECY)


@judges("E26")
def copy_number_form(galley: Galley) -> Iterator[Mark]:
    """Six figures."""
    number = galley.document.document.copy_number
    if number and not re.fullmatch(r"\d{6}", number):
        yield _in_corner(galley, Role.COPY_NUMBER)


@judges("E27")
def urgency_form(galley: Galley) -> Iterator[Mark]:
    """特急, 加急; telegrams also 特提, 平急."""
    urgency = re.sub(r"\s", "", galley.document.document.urgency)
    if urgency and urgency not in ("特急", "加急", "特提", "平急"):
        yield _in_corner(galley, Role.URGENCY)


@judges("F13")
def letter_form(galley: Galley) -> Iterator[Mark]:
    """A letter's mark is the bare name; its 版记 has no 印发."""
    if galley.document.document.format is not Format.LETTER:
        return
    for paragraph in galley.of(Role.MARK, Role.PRINTED):
        if paragraph.role is Role.PRINTED or paragraph.text.strip().endswith("文件"):
            yield galley.mark(paragraph)
