"""Citations (引文): the same paper cited with two numbers, a number with two titles, papers of the future, parts that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generators.proofing.dates import _own_year
from generators.proofing.galley import Galley, Mark
from generators.proofing.registry import judges
from model.proofing import Role
from model.wording import chinese_number

_CITED = re.compile(r"《(?P<title>[^《》\n]{4,80})》（(?P<number>[\u4e00-\u9fff]{2,12}〔(?P<year>\d{4})〕\d{1,4}号)）")
_ORGAN_END = re.compile("(?:局|委员会|办公室|公司|学校|小学|中学|幼儿园|领导小组|中心|大队|专项行动)$")
_PART = re.compile(r"(?:见|按照|依照|照|根据)(?:本[方通]案?知?)?第([一二三四五六七八九十]{1,3})部分")
_NUMBER = re.compile(r"〔(?<=[\u4e00-\u9fff].)(\d{4})〕\d{1,4}号")
_SHORT = re.compile(r"（以下(?:统一)?简称[：:]?“?(?P<short>[\u4e00-\u9fff“”《》]{2,20}?)”?）")
_BEFORE = re.compile("[^的由在对向和及与，“。；：\n]+$")


@judges("C11")
def numbers_differ(galley: Galley) -> Iterator[Mark]:
    """One title, two numbers."""
    seen: dict[str, str] = {}
    for match in _CITED.finditer(galley.text):
        before = seen.setdefault(match["title"], match["number"])
        if before != match["number"] and before.split("〔")[1][:4] == match["year"]:
            yield Mark(*match.span("number"), detail=f"前面是“{before}”")


@judges("C12")
def titles_differ(galley: Galley) -> Iterator[Mark]:
    """One number, two titles."""
    seen: dict[str, str] = {}
    for match in _CITED.finditer(galley.text):
        before = seen.setdefault(match["number"], match["title"])
        if before != match["title"] and before not in match["title"] and match["title"] not in before:
            yield Mark(*match.span("title"), detail=f"前面是《{before}》")


@judges("C13")
def cited_from_the_future(galley: Galley) -> Iterator[Mark]:
    """A paper of a later year than this one."""
    year = _own_year(galley)
    if year:
        for match in _NUMBER.finditer(galley.text):
            if int(match[1]) > year and galley.at(match.start()).role is not Role.NUMBER:
                yield Mark(match.start() - 1, match.end(), detail=f"本文是{year}年的")


@judges("C18")
def parts_not_there(galley: Galley) -> Iterator[Mark]:
    """见第五部分 where there are four."""
    if "部分" not in galley.text:
        return
    heads = {paragraph.shown.split("、")[0].strip() for paragraph in galley.of(Role.HEADING) if paragraph.level == 1}
    heads |= {chinese_number(place) for place, _ in enumerate((p for p in galley.of(Role.HEADING) if p.level == 1), 1)}
    for match in _PART.finditer(galley.text):
        if heads and match[1] not in heads and galley.text[match.start() - 1] != "》":
            yield Mark(*match.span())


@judges("C10")
def unused_short_name(galley: Galley) -> Iterator[Mark]:
    """（以下简称……） that nobody uses after."""
    for match in _SHORT.finditer(galley.text):
        if match["short"].strip("“”《》") not in galley.text[match.end() :]:
            yield Mark(match.start("short"), match.end("short"))


@judges("D06")
def full_name_again(galley: Galley) -> Iterator[Mark]:
    """The full name after its short one was declared, in running text outside titles."""
    for match in _SHORT.finditer(galley.text):
        found = _BEFORE.search(galley.text, max(0, match.start() - 40), match.start())
        full = found[0] if found else ""
        if len(full) < 5 or full.startswith("《") or not _ORGAN_END.search(full):
            continue
        place = galley.text.find(full, match.end())
        if place > 0 and galley.at(place).role in (Role.BODY, Role.ITEM) and galley.text[place - 1] not in "《〈":
            yield Mark(place, place + len(full))
