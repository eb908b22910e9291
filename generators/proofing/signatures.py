"""Signature and date (署名、成文日期, GB/T 9704-2012 7.3.5): whether they are there, and whether who issues signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generators.proofing.galley import Galley, Mark
from generators.proofing.nature import has_head, kind, official
from generators.proofing.registry import judges
from model.documents import Format
from model.proofing import Role
from model.wording import MISSING

DATE = re.compile(r"(?:19|20)\d{2}年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日")
_LIKE_DATE = re.compile(r"[\d〇○零一二三四五六七八九Oo]{2,4}\s*[年./-].*")
UNFILLED = re.compile(r"【|[xX×*＊]|年[ 　]|月[ 　]+日")


@judges("E17")
def no_signatory(galley: Galley) -> Iterator[Mark]:
    """A date without a name above it; minutes and papers under a mark of their own need none."""
    dates = galley.of(Role.DATE)
    if dates and has_head(galley) and kind(galley) != "纪要" and not galley.of(Role.SIGNATORY, Role.SIGNED):
        yield galley.mark(dates[-1])


@judges("E18")
def no_date(galley: Galley) -> Iterator[Mark]:
    """A signed or numbered paper without a date."""
    signed = galley.of(Role.SIGNATORY)
    asked = signed or (has_head(galley) and kind(galley))
    if asked and official(galley) and not galley.of(Role.DATE, Role.SIGNED) and kind(galley) != "纪要":
        yield galley.mark(signed[-1]) if signed else Mark()


@judges("F05")
def date_form(galley: Galley) -> Iterator[Mark]:
    """成文日期 in Arabic figures, in full, without zeros."""
    for paragraph in galley.of(Role.DATE):
        text = re.sub(r"[ \u3000\t]", "", paragraph.text)
        if text and not DATE.fullmatch(text) and not UNFILLED.search(paragraph.text) and _LIKE_DATE.match(text):
            yield galley.mark(paragraph)


def organ(text: str) -> str:
    """An organ's name on a line, without blanks, brackets and 文件."""
    return re.sub(r"[\s\u3000]|文件$|（[^（）]*）", "", text)


@judges("E19")
def signatory_is_issuer(galley: Galley) -> Iterator[Mark]:
    """署名 and 标志 name the same organ, one of them perhaps in its short form."""
    marks = [organ(paragraph.text) for paragraph in galley.of(Role.MARK)]
    mark = "".join(marks)
    signatories = galley.of(Role.SIGNATORY)
    ordered = galley.document.document.format is Format.ORDER  # signed by a person with the post (7.3.5.3)
    if not mark or not signatories or ordered or MISSING.search(mark):
        return
    if not any(same_organ(organ(paragraph.text), each) for paragraph in signatories for each in (*marks, mark)):
        yield galley.mark(signatories[0], detail=f"标志是“{mark}”，署名是“{organ(signatories[0].text)}”")


def same_organ(one: str, other: str) -> bool:
    """Whether one may be the other's short form: its characters stand in the other in their order."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return bool(short) and all(sign in rest for sign in short)
