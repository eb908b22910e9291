"""What the elements of a 公文 look like as text, in every width and spacing that strangers write them in."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from model.wording import MISSING, chinese_number

_HAN = "一二三四五六七八九十百"
_VALUES = {chinese_number(value): value for value in range(1, 200)}
_WIDE = str.maketrans("０１２３４５６７８９（）：．，　\xa0", "0123456789():.,  ")
_INVISIBLE = re.compile("[\u200b\ufeff]")
_BETWEEN = re.compile(r"(?<=[^\x00-\x7f])[ \t\u3000\xa0\u200b\ufeff]+(?=[^\x00-\x7f])|[\u200b\ufeff]")


def bare(text: str) -> str:
    """Without any white space: how short fixed elements are compared."""
    text = "".join(text.split())
    return _INVISIBLE.sub("", text) if "\u200b" in text or "\ufeff" in text else text


def closed(text: str) -> str:
    """Without spaces at the ends and between Han characters (通　知 is 通知)."""
    return _BETWEEN.sub("", text.strip("\u200b\ufeff \t\u3000\xa0\n"))


def trimmed(text: str) -> str:
    """Without white space and invisible characters at the ends."""
    return text.strip("\u200b\ufeff \t\u3000\xa0\n")


NUMBER = re.compile(
    r"(?P<code>[\u4e00-\u9fa5A-Za-z]{2,14})[〔［\[【(（〈<]?(?P<year>(?:19|20)\d{2})[〕］\]】)）〉>]?(?:第)?(?P<serial>\d{1,5}|[×xX*_]{1,4}|)号"
)
"""发文字号, in any bracket; a serial may still be open."""
ORDER_NUMBER = re.compile(
    r"第?(?:[0-9]{1,4}|【待补：[^】]*】|[一二三四五六七八九十百]{1,6})[号期]|[（(]第?\d{1,4}[期号][)）]|[〔\[(（]20\d\d[〕\])）]\d+号"
)
COPY_NUMBER = re.compile(r"(?:份号[:：]?)?(?:N[oO][.．]?)?\d{3,7}")
SECRECY = re.compile(r"(?:绝密|机密|秘密|内部)(?:★.*|[☆*].*|\d+年)?(?:级)?")
URGENCY = re.compile(r"特急|加急|特提|平急|急件|限时办理")
SIGNERS = re.compile(r"签\s*发\s*人?\s*[:：]|会\s*签\s*人\s*[:：]")
_MONTH_DAY = r"(?P<month>\d{1,2}|[×xX*_]{1,2}|)月(?P<day>\d{1,2}|[×xX*_]{1,2}|)日"
_DATE = re.compile(rf"(?P<year>(?:19|20)\d\d|20[×xX*_]{{2}}|[×xX*_]{{2,4}}|)年{_MONTH_DAY}")
_HAN_DATE = re.compile(
    rf"(?P<year>[一二][〇○零ＯOo0一二三四五六七八九]{{3}})年(?P<month>[{_HAN}]{{1,2}})月(?P<day>[{_HAN}]{{1,3}})日"
)
_ISO = re.compile(r"(?P<year>(?:19|20)\d\d)[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})")
ANNEX_ALONE = re.compile(r"附件(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3}|)[:：]?")
ANNEX_NAMED = re.compile(
    r"(?:附\s*件|附\s*表|附)\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3}|)\s*(?P<mark>[:：.．、\s　]\s*)(?P<name>\S.*)",
    re.DOTALL,
)
LISTED = re.compile(r"\s*(?:附件\s*)?(?P<number>\d{1,2})\s*[.．、:：]\s*(?P<name>\S.*)", re.DOTALL)
IMPRINT = re.compile(r"(?P<label>主\s*送|抄\s*送|抄\s*报|分\s*送|发\s*送)\s*[:：]")
PRINTED = re.compile(r"印发|印制")
IMPRINT_REST = re.compile(
    r"主\s*题\s*词\s*[:：]|[（(]?共\s*印\s*\d+\s*份|印数\s*[:：]|打字\s*[:：]|校对\s*[:：]|拟稿\s*[:：]|[（(]?此件"
)
PASTED = re.compile(
    r"您?(?:现在|当前)(?:的|所在)?位置\s*[:：].*"
    r"|(?:发布|更新)(?:时间|日期)\s*[:：].{0,80}|【?(?:浏览|点击|阅读|访问)(?:次数|人数|数|量)\s*[:：].{0,40}|责任编辑\s*[:：].{0,40}|【?字[体号]\s*[:：].{0,40}"
    r"|(?:信息|稿件|文章)?(?:来源|作者)\s*[:：].{0,40}(?:发布|时间|浏览|点击|阅读).{0,40}"
    r"|[【\[]?(?:打印(?:本页|此页|文章)|关闭(?:本页|窗口|此页)|返回(?:顶部|首页|列表)|分享到|扫一扫|收藏本页|查看原文|上一[篇条]|下一[篇条])(?:[\s\u3000|】\]:：].{0,80})?"
)
"""A line that a web page sets round a paper, whole."""
ATTENDANCE = re.compile(r"(?P<label>出席|请假|列席)(?:人员|领导|单位)?\s*[:：]")
NOTE = re.compile(r"[（(].+[)）]", re.DOTALL)
KINDS = (
    "决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|方案|计划|要点|总结|办法|细则|规定|规程|规则|清单|台账|讲话|简报|"
    "预案|汇报|通知书|意见书|责任书|承诺书|制度|条例|章程|名单|安排|标准|指南|职责|目录|记录|申请|审批表|情况|表|册"
)
KIND_END = re.compile(
    rf"(?:{KINDS})(?:[（(][^（()）]{{1,20}}[)）]|[〔\[][^〕\]]*[〕\]])?[》”]?(?:[（(][^（()）]{{1,20}}[)）])?$"
)
ORGAN_END = re.compile(
    r"(?:局|委|委员会|办|办公室|室|厅|部|组|领导小组|指挥部|中心|政府|党组|党委|支部|院|会|所|站|处|科|股|队|支队|大队|学校|中学|小学|幼儿园|校|园|大学|"
    r"学院|公司|集团|联社|总工会|团委|协会|学会|基金会|馆|社|银行|医院|街道|乡|镇|村|社区)(?:[（(][^()（）]*[)）])?$"
)
STOPS = re.compile(
    r"[。；！？;!?]|\.(?<=[\u4e00-\u9fff”）]\.)(?<![一二三四五六七八九十]\.)(?=[\u4e00-\u9fff“《（]|\s*$)"
)
"""What ends a sentence or a part of one, a half-width point between Chinese words too."""
_DIGITS = {"〇": 0, "○": 0, "零": 0, "Ｏ": 0, "O": 0, "o": 0, "0": 0}


def date_written(text: str) -> tuple[bool, date | None]:
    """Whether a text is nothing but a date, and which; None for one that is incomplete or does not exist."""
    if len(text) > _LONGEST_DATE or text.rstrip()[-1:] not in END_DATE:
        return False, None
    short = bare(text).translate(_WIDE)
    if MISSING.fullmatch(bare(text)):
        return "日期" in short, None
    match = _DATE.fullmatch(short) or _ISO.fullmatch(short) or _HAN_DATE.fullmatch(bare(text))
    if not match:
        return False, None
    year, month, day = match["year"], match["month"], match["day"]
    if match.re is _DATE and not year and not (month and day):
        return False, None
    try:
        if match.re is _HAN_DATE:
            digits = "".join(str(_DIGITS.get(each, _VALUES.get(each, 0))) for each in year)
            return True, date(int(digits), _VALUES[month], _VALUES[day])
        return True, date(int(year), int(month), int(day))
    except (ValueError, KeyError):
        return True, None


END_DATE = frozenset("日】0123456789\u200b\ufeff")
_LONGEST_DATE = 60
"""Characters with the blanks that push a date to the right."""


class Ordinal(NamedTuple):
    """A number at a paragraph's beginning: level 1 to 4, value, and how many characters it takes."""

    level: int
    value: int
    length: int


_ORDINALS = (
    # A 顿号 between two Chinese numerals is an enumeration (一、二年级), not an ordinal; so is a decimal point (3.5米).
    (1, re.compile(rf"[\s\u3000]*(?P<n>[{_HAN}]{{1,4}})\s*[、.．](?![{_HAN}]+(?:[、年季期级班产线]|$))\s*")),
    (2, re.compile(rf"[\s\u3000]*[（(]\s*(?P<n>[{_HAN}]{{1,4}})\s*[）)]\s*[、.．]?\s*")),
    (3, re.compile(r"[\s\u3000]*(?P<n>[\d０-９]{1,2})\s*[.．、](?![\d０-９])\s*")),
    (4, re.compile(r"[\s\u3000]*[（(]\s*(?P<n>[\d０-９]{1,2})\s*[）)]\s*[、.．]?\s*")),
    (4, re.compile(r"[\s\u3000]*(?P<n>[\d０-９]{1,2})\s*[）)]\s*")),
)  # fmt: skip


def ordinal_of(text: str) -> Ordinal | None:
    """The ordinal that a text begins with, where there is text behind it."""
    for level, shape in _ORDINALS:
        match = shape.match(text)
        if match and match.end() < len(text):
            written = match["n"].translate(_WIDE)
            value = int(written) if written.isdecimal() else _VALUES.get(written, 0)
            if value:
                return Ordinal(level, value, match.end())
    return None


_OWN = re.compile(rf"([{_HAN}千零]+)、|（([{_HAN}千零]+)）|(\d+)\.|（(\d+)）")
"""The group is the level."""


def own_ordinal(text: str, levels: tuple[int, ...] = (1, 2, 3, 4)) -> Ordinal | None:
    """The ordinal as our own writer writes it, whatever stands behind it."""
    match = _OWN.match(text)
    if match is None or match.lastindex not in levels:
        return None
    written = match[match.lastindex]
    return Ordinal(match.lastindex, int(written) if written.isdecimal() else _VALUES.get(written, 0), match.end())


def annex_number(written: str) -> int:
    """The number after 附件: 2 and 二 are 2; 0 where there is none."""
    written = written.translate(_WIDE)
    return int(written) if written.isdecimal() else _VALUES.get(written, 0)


def organ_like(text: str) -> bool:
    """Whether a line could be an organ's name as it stands in a signature."""
    short = bare(text)
    return (
        2 <= len(short) <= 40 and not re.search(r"[。，；：、！？,;:!?《》]", short) and bool(ORGAN_END.search(short))
    )


def number_piece(text: str) -> str:
    """The 发文字号 on a line, alone or beside 签发人 or a corner element; "" when there is none."""
    for piece in re.split(r"\t|[ \u3000]{2,}|(?=签\s*发\s*人)", text):
        short = bare(piece)
        if NUMBER.fullmatch(short) or missing_number(short):
            return short
    return ""


def missing_number(text: str) -> bool:
    """Whether a line says that the number is not known yet."""
    match = MISSING.fullmatch(bare(text))
    return bool(match and "字号" in match[1])
