"""The forms that facts take in an official paper: days, organs, lists of organs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from indexer.texts.lines import Line

LABEL = re.compile(
    r"(?:发文机关|发文单位|发文字号|文号|成文日期|发布日期|索引号|主题分类|公开方式|签发人|抄送|印发)[:：]"
)
_DAY = re.compile(
    r"(?P<year>(?:19|20)\d\d|[一二][九〇○零OＯo0◯][〇○零OＯo0◯一二三四五六七八九]{2})年"
    r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
_DIGITS = {character: n for n, character in enumerate("〇一二三四五六七八九")} | dict.fromkeys("○零OＯo0◯", 0)
_ORGAN = re.compile(
    r"[\u4e00-\u9fff（）()“”·\d]{2,40}?"
    r"(?:局|委|厅|部|院|校|园|室|组|府|会|心|站|处|司|学|小|中|所|社|队|团|科|股|馆|办|乡|镇|街道|教办|总校|学区)(?:[（(][^（）()]{2,12}[）)])?"
)
_ADDRESSED = re.compile(
    r"各|局|校|园|院|部|委|办|厅|所|中心|政府|单位|公司|站|处|会|组|学|室|人员|同志|家长|老师|教师|负责人|乡|镇|街道|县|市|区|组织"
)
_NO_ADDRESSEE = re.compile(r"如下|附件|事项|根据|按照|为了|现将|时间|地点|内容|要求|目标|思想|一、|问题")


def day(text: str) -> date | None:
    """The day that these words are, in Arabic or Chinese numerals; None for anything else and for days there are not."""
    found = _DAY.fullmatch(text)
    if not found:
        return None
    year = found["year"]
    whole = int(year) if year.isdigit() else int("".join(str(_DIGITS[character]) for character in year))
    try:
        return date(whole, _number(found["month"]), _number(found["day"]))
    except ValueError:
        return None


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, mark, ones = text.partition("十")
    if not mark:
        return int("".join(str(_DIGITS[character]) for character in text))
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def is_organ(text: str) -> bool:
    """Whether these words have the form of an organ's name."""
    return bool(_ORGAN.fullmatch(text)) and not re.search(
        r"关于|开展|要求|如下|第[一二三四五六七八九十]+[章条节]", text
    )


def names(text: str) -> tuple[str, ...]:
    """The organs of a list; marks inside brackets part nothing. Empty when this is no list of addressees."""
    if _NO_ADDRESSEE.search(text) or not _ADDRESSED.search(text):
        return ()
    parted: list[str] = [""]
    depth = 0
    for character in text:
        depth += (character in "（(〔") - (character in "）)〕")
        if depth <= 0 and character in "，,、；;":
            parted.append("")
        else:
            parted[-1] += character
    return tuple(name for name in parted if name)


def addressed(lines: Sequence[Line]) -> bool:
    """Whether the addressees have passed: what follows is the body, and numbers in it are cited."""
    return any(line.tight.endswith(("：", ":")) and names(line.tight[:-1]) for line in lines)
