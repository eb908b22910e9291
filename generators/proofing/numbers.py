"""Figures (数字用法, GB/T 15835-2011) that no single pattern finds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generators.proofing.galley import Galley, Mark
from generators.proofing.registry import judges

_GROUPED = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])")
_PLAIN = re.compile(r"(?<![\d,.\-—〕A-Za-z/:：])[1-9]\d{4,7}(?![\d,\-年号〕:：A-Za-z/])(?=[\u4e00-\u9fff.])")
_CITIZEN = re.compile(
    r"[1-9]\d{5}(?<![\dA-Za-z].{6})(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
_ACCOUNT = re.compile(r"(?:账号|账户|卡号|开户[^\d\n]{0,20})[：:为]?\s*(\d[\d ]{14,22}\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@judges("U09")
def grouping(galley: Galley) -> Iterator[Mark]:
    """1,200 in one place and 12000 in another."""
    grouped = _GROUPED.search(galley.text)
    plain = _PLAIN.search(galley.text) if grouped else None
    if grouped and plain:
        yield Mark(*plain.span(), detail=f"这里是{plain[0]}，别处是{grouped[0]}")


@judges("D13")
def citizen_numbers(galley: Galley) -> Iterator[Mark]:
    """公民身份号码 whose check digit is right (GB 11643-1999)."""
    for match in _CITIZEN.finditer(galley.text):
        total = sum(int(digit) * weight for digit, weight in zip(match[0], _WEIGHTS, strict=False))
        if "10X98765432"[total % 11] == match[0][-1].upper():
            yield Mark(*match.span())


@judges("D28")
def accounts(galley: Galley) -> Iterator[Mark]:
    """Numbers of bank accounts."""
    for match in _ACCOUNT.finditer(galley.text):
        yield Mark(*match.span(1))


_MEASURED = re.compile(
    r"[二三四五六七八九十百千][一二三四五六七八九十百千]+(?:平方米|公里|千米|厘米|公斤|千克|吨|℃|毫升)"
)
_OVER = re.compile(r"(?:(?<!\d)(?:10[1-9]|1[1-9]\d|[2-9]\d\d)(?:\.\d+)?|(?<!\d)100\.\d*[1-9]\d*)$")
_CLOCK = re.compile(
    r"[:：]([0-9]\d)(?![\d:：])(?<!\d[:：]..[:：]..)(?=[\u4e00-\u9fff，。；、—～~（）-]|$)", re.MULTILINE
)
_HOUR = re.compile(r"(?<![\d:：.])\d{1,2}$")
_RATE = re.compile(
    "(?:覆盖率|合格率|完成率|整改率|达标率|入学率|巩固率|参与率|知晓率|配备率|持证率|出勤率|占比|占总数的?|占全[县市区省校][^，。\n]{0,6}?)"
    "(?:达到?|为|是|至|：|高达)?了?$"
)


@judges("U01")
def measured_in_words(galley: Galley) -> Iterator[Mark]:
    """二十六平方米; laws in articles write so by their own custom."""
    if "第二条" not in galley.text:
        for match in _MEASURED.finditer(galley.text):
            yield Mark(*match.span())


@judges("U23")
def more_than_all(galley: Galley) -> Iterator[Mark]:
    """覆盖率达到105%."""
    for sign in re.finditer("[%％]", galley.text):
        match = _OVER.search(galley.text, max(0, sign.start() - 8), sign.start())
        if match and _RATE.search(galley.text, max(0, match.start() - 16), match.start()):
            yield Mark(match.start(), sign.end())


@judges("U22")
def clock(galley: Galley) -> Iterator[Mark]:
    """25:30, 8:75; 24:00 ends a day."""
    for match in _CLOCK.finditer(galley.text):
        hour = _HOUR.search(galley.text, max(0, match.start() - 3), match.start())
        if hour and (int(hour[0]) > 24 or int(match[1]) > 59 or (hour[0] == "24" and match[1] != "00")):
            yield Mark(hour.start(), match.end())
