"""Days as plans write them: 3月5日至4月10日, 5月底前, 2026年6月 (时间表述)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_HALF = str.maketrans("０１２３４５６７８９", "0123456789")
_DAY = r"(?:(?P<y{0}>\d{{4}})年)?(?P<m{0}>\d{{1,2}})月(?:(?P<d{0}>\d{{1,2}})[日号]|(?P<w{0}>底|末|初|上旬|中旬|下旬))?"
_TO = r"\s*(?:至|到|-|—|－|~|～)+\s*"
_SPAN = re.compile(
    _DAY.format(1)
    + _TO
    + r"(?:(?:(?P<y2>\d{4})年)?(?P<m2>\d{1,2})月)?(?:(?P<d2>\d{1,2})[日号]|(?P<w2>底|末))?(?P<before>前)?"
)
_SINGLE = re.compile(_DAY.format(1) + r"(?:份)?(?P<before>以?前|之前)?")
_MONTHS = re.compile(r"(?<![\d月日年.])(\d{1,2})[-—－~～至到]+(\d{1,2})月")
_LAST_OF = {"初": 10, "上旬": 10, "中旬": 20}

Span = tuple[date | None, date | None, str]
"""First and last day, and the words they were read from."""


def year(text: str) -> int | None:
    """The year a text speaks of most, the earlier of two equals; None where it gives none (or masks it, 20xx)."""
    found = [int(number) for number in re.findall(r"(?<!\d)((?:19|20)\d{2})年", text.translate(_HALF))]
    return max(sorted(set(found)), key=found.count) if found else None


def span(text: str, year: int | None) -> Span | None:
    """The first span of days in a text, or a single day with 前 as an end only; days without a year get `year`."""
    text = _MONTHS.sub(r"\1月至\2月", text.translate(_HALF))
    if (match := _SPAN.search(text)) and (match["m2"] or match["d2"]):
        return _span(match, year)
    if not (match := _SINGLE.search(text)):
        return None
    of = int(match["y1"]) if match["y1"] else year
    last = _last(of, match["m1"], match["d1"], match["w1"])
    if match["before"]:
        return None, last, match[0]
    first = last if match["d1"] else _first(of, match["m1"], None)
    return first, last, match[0]


def _span(match: re.Match[str], year: int | None) -> Span:
    from_year = int(match["y1"]) if match["y1"] else year
    to_year = int(match["y2"]) if match["y2"] else from_year
    to_month = match["m2"] or match["m1"]
    first = _first(from_year, match["m1"], match["d1"])
    last = _last(to_year, to_month, match["d2"], match["w2"])
    if first and last and last < first and not match["y2"] and to_year:
        last = _last(to_year + 1, to_month, match["d2"], match["w2"])
    return first, last, match[0]


def _first(year: int | None, month: str, day: str | None) -> date | None:
    return _day(year, int(month), int(day) if day else 1)


def _last(year: int | None, month: str, day: str | None, word: str | None) -> date | None:
    if year is None or not 1 <= int(month) <= 12:
        return None
    if day:
        return _day(year, int(month), int(day))
    return _day(year, int(month), _LAST_OF.get(word or "", monthrange(year, int(month))[1]))


def _day(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year else None
    except ValueError:
        return None
