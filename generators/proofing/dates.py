"""Days (日期): that exist, that are the weekday they are said to be, in an order that can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from generators.proofing.galley import Galley, Mark
from generators.proofing.registry import judges
from model.proofing import Role

_DAY = re.compile(r"月(?P<day>\d{1,2})[日号]")
_MONTH = re.compile(r"(?:(?P<year>(?:19|20)\d\d)年)?(?<!\d)(?P<month>\d{1,2})$")
_WEEKDAY = re.compile(r"(?:[（(，]\s*)?(?:星期|周|礼拜)(?P<week>[一二三四五六日天])")
_UNTIL = re.compile(
    r"(?:[（(][^（）()\n]{1,6}[）)])?(?:至|到|—|～|-|－|起至)(?:(?P<year>(?:19|20)\d\d)年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日"
)
_DEADLINE = re.compile(r"于(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:前|之前|以前)")
_STAGE = re.compile(r"阶段[^。；\n]{0,4}（[^）\n]*$")
_ASKED = re.compile(r"(?:请|须|应|务必|要求|定)[^。；\n]{0,30}$")
_WEEK = "一二三四五六日"
_NAMED_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")


@dataclass(frozen=True, slots=True)
class Written:
    """A day as written: where, its year if one is named with it, month and day; it need not exist."""

    start: int
    end: int
    year: int | None
    month: int
    day: int

    def on(self, year: int) -> date | None:
        """The day, in the year named with it or else the given one; None for a day that is not."""
        return _day(self.year or year, self.month, self.day)


def _day(year: int | str, month: int | str, day: int | str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@lru_cache(maxsize=4)
def _days(text: str) -> tuple[Written, ...]:
    """Every 3月5日 of a text, with its year where that stands before it."""
    found = []
    for match in _DAY.finditer(text):
        if month := _MONTH.search(text, max(0, match.start() - 8), match.start()):
            year = int(month["year"]) if month["year"] else None
            found.append(Written(month.start(), match.end(), year, int(month["month"]), int(match["day"])))
    return tuple(found)


@judges("C01")
def days_that_are_not(galley: Galley) -> Iterator[Mark]:
    """2月30日, 13月."""
    for day in _days(galley.text):
        if day.on(2024) is None:
            yield Mark(day.start, day.end, detail=galley.text[day.start : day.end])


def _year_near(galley: Galley, place: int) -> int | None:
    """The year last named before a place, else that of the paper."""
    found = _NAMED_YEAR.findall(galley.text, max(0, place - 200), place)
    dated = galley.document.document.dated
    return int(found[-1]) if found else dated.year if dated else None


@judges("D09")
def weekdays(galley: Galley) -> Iterator[Mark]:
    """2026年3月5日（星期四）."""
    for written in _days(galley.text):
        match = _WEEKDAY.match(galley.text, written.end)
        year = written.year or (_year_near(galley, written.start) if match else None)
        day = written.on(year) if match and year else None
        told = match["week"].replace("天", "日") if match else ""
        if match and day and _WEEK[day.weekday()] != told:
            right = f"{day.year}年{day.month}月{day.day}日是星期{_WEEK[day.weekday()]}"
            yield Mark(written.start, match.end(), detail=right)


def _span(text: str, start: Written, year: int) -> tuple[int, date, date] | None:
    """A period that begins with this day: where it ends in the text, first and last day."""
    match = _UNTIL.match(text, start.end)
    first = start.on(year) if match else None
    if match is None or first is None:
        return None
    last = _day(match["year"] or first.year, match["month"] or start.month, match["day"])
    turns = not match["year"] and match["month"] and start.month >= 9 and int(match["month"]) <= 3
    if last and turns:  # 9月1日至1月20日 ends in the year after
        last = _day(first.year + 1, last.month, last.day)
    return (match.end(), first, last) if last else None


@judges("C02")
def spans(galley: Galley) -> Iterator[Mark]:
    """From a day to an earlier one."""
    for written in _days(galley.text):
        span = _span(galley.text, written, 2024)
        if span and span[2] < span[1]:
            yield Mark(written.start, span[0])


@judges("D10")
def deadlines(galley: Galley) -> Iterator[Mark]:
    """A thing to be done before the day the paper is dated."""
    dated = galley.document.document.dated
    if not dated:
        return
    for match in _DEADLINE.finditer(galley.text):
        day = _day(match["year"], match["month"], match["day"])
        asked = day and day < dated and _ASKED.search(galley.text, max(0, match.start() - 32), match.start())
        if asked and not galley.quoted(*match.span("year")):
            yield Mark(match.start("year"), match.end(), detail=f"成文日期是{dated.year}年{dated.month}月{dated.day}日")


@judges("C17")
def stages(galley: Galley) -> Iterator[Mark]:
    """Stages named one after the other, each with its days in brackets, whose days overlap."""
    found: list[tuple[Mark, date, date]] = []
    for written in _days(galley.text):
        if not _STAGE.search(galley.text, max(0, written.start - 12), written.start):
            continue
        span = _span(galley.text, written, _year_near(galley, written.start) or 2024)
        if span:
            found.append((Mark(written.start, span[0]), span[1], span[2]))
    for (_, start, end), (mark, following, until) in pairwise(found):
        if start < following <= end and until > end:
            yield mark


_TO_BE_DONE = re.compile(
    r"(?:19|20)\d\d年(?<!\d.....)(?:\d{1,2}月(?:\d{1,2}日)?)?(?:底|末)?(?:之?前|以前)(?=[^，。；]{0,12}(?:完成|报送|上报|报|达到|实现|建立|整改))"
)


@judges("C08")
def years_left_over(galley: Galley) -> Iterator[Mark]:
    """A past year where the text speaks of what is to be done: 2023年底前, at least two years before the paper's own year."""
    year = _own_year(galley)
    if not year:
        return
    for match in _TO_BE_DONE.finditer(galley.text):
        if int(match[0][:4]) < year and galley.at(match.start()).role in (Role.BODY, Role.ITEM, Role.HEADING):
            yield Mark(*match.span(), detail=f"本文是{year}年的")


def _own_year(galley: Galley) -> int | None:
    """The year the paper speaks of: in its number, its date or its title."""
    document = galley.document.document
    if found := re.search(r"〔(\d{4})〕", document.number):
        return int(found[1])
    if document.dated:
        return document.dated.year
    found = _NAMED_YEAR.search(document.title)
    return int(found[1]) if found else None


@judges("C16")
def title_year(galley: Galley) -> Iterator[Mark]:
    """The title speaks of one year, the date is of an earlier one, or of one more than two years later."""
    document = galley.document.document
    found = _NAMED_YEAR.search(re.sub("《[^《》]*》", "", document.title))
    places = galley.of(Role.TITLE)
    if found and document.dated and places and not -1 <= document.dated.year - int(found[1]) <= 1:
        yield galley.mark(places[0], detail=f"标题是{found[1]}年，成文日期是{document.dated.year}年")
