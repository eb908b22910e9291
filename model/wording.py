"""How the office writes numbers and dates (GB/T 9704-2012 7.3.5.4; GB/T 15835-2011)."""

from __future__ import annotations

import re
from datetime import date

_DIGITS = "零一二三四五六七八九"

MISSING = re.compile(r"【待补：([^】]*)】")
"""A fact that is not known yet; group 1 says which."""


def missing(what: str) -> str:
    """The mark that stands where a fact is not known yet (待补)."""
    return f"【待补：{what}】"


def missing_facts(text: str) -> tuple[str, ...]:
    """The facts marked as missing in a text, in order, each once."""
    return tuple(dict.fromkeys(MISSING.findall(text)))


def chinese_number(number: int) -> str:
    """An ordinal or count in Chinese characters: 1 is 一, 10 is 十, 21 is 二十一, 105 is 一百零五.

    Raises ValueError outside 0 to 9999.
    """
    if not 0 <= number <= 9999:
        raise ValueError(number)
    if number < 10:
        return _DIGITS[number]
    text, pending_zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if pending_zero else "") + _DIGITS[digit] + name
            pending_zero = False
        elif text:
            pending_zero = True
    return text.removeprefix("一") if text.startswith("一十") else text


def count_word(count: int) -> str:
    """A count as it stands before a measure word: 两个阶段, 三个阶段 (GB/T 15835-2011)."""
    return "两" if count == 2 else chinese_number(count)


def chinese_date(day: date) -> str:
    """2026年3月5日: Arabic numerals, the year in full, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_period(start: date | None, end: date | None) -> str:
    """A period as plans write it: 2026年3月5日至4月30日; the year is repeated only when it changes."""
    if start and end:
        if start == end:
            return chinese_date(start)
        if start.year == end.year:
            return f"{chinese_date(start)}至{end.month}月{end.day}日"
        return f"{chinese_date(start)}至{chinese_date(end)}"
    if end:
        return f"{chinese_date(end)}前"
    if start:
        return f"自{chinese_date(start)}起"
    return missing("起止时间")


def is_day(text: str) -> bool:
    """Whether a text is a day written 2026-03-05."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
