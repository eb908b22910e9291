"""The facts of a paper's head (版头 and what follows it, GB/T 9704-2012 7.2 and 7.3.1 to 7.3.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from indexer.texts import fact_forms as forms
from indexer.texts.lines import Line, joined, reading
from model.readings import Confidence, Reading

_HEAD = 40  # lines in which a head and its title lie
_FIRST = 6  # lines in which a mark of secrecy stands
_TITLE = 6  # lines a title may take
_ADDRESSEES = 8  # lines the addressees may take
_NUMBER = re.compile(
    r"(?:(?:发文)?(?:字号|文号|编号)[:：])?(?P<open>[（(])?"
    r"(?P<organ>[\u4e00-\u9fff]{2,14})[〔\[（(【［﹝〈<](?P<year>(?:19|20)\d\d)[〕\]）)】］﹞〉>]"
    r"(?:第)?0*(?P<serial>[1-9]\d{0,4})号(?P<close>[）)])?(?:签发人[:：].*)?"
)
_ISSUE = re.compile(r"[（(]?(第\d{1,5}[号期]|〔(?:19|20)\d\d〕第?\d{1,5}[号期])[）)]?")
_MARK = re.compile(
    r"(?:№|No\.?)?\d{0,6}(?P<level>绝密|机密|秘密)(?P<star>[★☆✩✭⭐＊*]?)"
    r"(?P<period>长期|(?:启用|使用|解密|公布|开考)前|\d{1,3}(?:年|个月|日|天)|[一二三四五六七八九十]{1,3}年)?(?:特急|加急|特提|平急)?"
)
_LABELLED = re.compile(r"密级[:：](?P<level>绝密|机密|秘密)(?P<period>[★☆*]?\S{0,8})")
_BLURRED = re.compile(r"(?P<level>绝密|机密|秘密).{0,2}?(?P<period>长期|启用前|\d{1,2}年)")
_NEAR_MARK = re.compile(r"密级(?:.*[☑√✔✓■])?.*?(绝密|机密|秘密)|^.{0,3}(绝密|机密|秘密).{0,2}$")
_PASSED_OVER = re.compile(
    r"\d{1,6}|附件[\d一二三四五六七八九十]{0,3}[:：]?|【待补：(?:发文字号|密级|份号|签发人)[^】]*】.*|特急|加急|特提|平急|急件|签发人[:：].*|.{2,40}文件|(?:№|No).*|[-—_─━＿=＝·•*★☆]+|第?\d+页.*|.*[：:]\d{4}-\d\d-\d\d.*"
)
_NO_TITLE = re.compile(
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、]|第[一二三四五六七八九十]+[章条节])"
)
_DATE_BELOW = re.compile(r"[（(](?P<date>[^（）()]{8,16}日)(?:[^（）()]{0,40})[）)]")


def number(lines: Sequence[Line]) -> Reading[str] | None:
    """发文字号: a line of its own in the head, never one that is cited in a sentence."""
    for place, line in enumerate(lines[:_HEAD]):
        if line.page != lines[0].page:
            break
        for cell in (line.tight, *line.cells):
            found = _NUMBER.fullmatch(cell)
            if found and not forms.addressed(lines[:place]):
                value = f"{found['organ']}〔{found['year']}〕{int(found['serial'])}号"
                below_title = bool(found["open"] and found["close"])
                return reading(value, line, Confidence.LIKELY if below_title else Confidence.SURE)
    return _issue_number(lines)


def _issue_number(lines: Sequence[Line]) -> Reading[str] | None:
    """第12号 under a 令, 第3期 under a 简报 or 纪要."""
    for before, line in pairwise(lines[: _FIRST + 1]):
        found = _ISSUE.fullmatch(line.tight)
        if found and re.search(r"(?:令|简报|纪要|通报|信息|动态|公报)$", before.tight):
            return reading(found[1], line, Confidence.LIKELY)
    return None


def secrecy(lines: Sequence[Line], beside: Sequence[Line]) -> Reading[str] | None:
    """密级: the mark of the header, never the word in a sentence; what only looks like one is told as doubtful."""
    best: Reading[str] | None = None
    for place, line in enumerate(lines):
        on_first = line.page == lines[0].page
        early = on_first and place < _FIRST
        if early or on_first or _opens_page(lines, place):
            best = _surer(best, _mark(line, early=early, first_page=on_first))
    for line in beside:
        best = _surer(best, _mark(line, early=True, first_page=True))
    return best


def _opens_page(lines: Sequence[Line], place: int) -> bool:
    return (place >= 3 and lines[place - 3].page != lines[place].page) or place < 3


def _surer(best: Reading[str] | None, other: Reading[str] | None) -> Reading[str] | None:
    if best is None or other is None:
        return best or other
    order = list(Confidence)
    return other if order.index(other.confidence) < order.index(best.confidence) else best


def _mark(line: Line, *, early: bool, first_page: bool) -> Reading[str] | None:
    for cell in (line.tight, *line.cells):
        if found := _MARK.fullmatch(cell):
            period = found["period"] or ""
            sure = Confidence.SURE if found["star"] else Confidence.LIKELY
            value = found["level"] + ("★" if found["star"] or period else "") + period
            return reading(value, line, sure if early or (first_page and found["star"]) else Confidence.DOUBTFUL)
        if early and (found := _LABELLED.fullmatch(cell)):
            return reading(found["level"] + found["period"].replace("☆", "★").replace("*", "★"), line, Confidence.SURE)
        if early and line.ocr and (found := _BLURRED.fullmatch(cell)):
            return reading(f"{found['level']}★{found['period']}", line, Confidence.LIKELY)
        if early and (found := _NEAR_MARK.search(cell)):
            return reading(found[1] or found[2], line, Confidence.DOUBTFUL)
    return None


def title(lines: Sequence[Line], numbered: Reading[str] | None) -> tuple[Reading[str] | None, int]:
    """标题 and the place of the line after it. Sure: below a number, or named 关于… and ended by a 文种."""
    start = _title_start(lines, numbered)
    taken: list[Line] = []
    for line in lines[start : start + _TITLE]:
        if not _may_be_title(line) or (taken and _complete(taken, line)):
            break
        taken.append(line)
    taken = _back_to_kind(taken)
    if not taken:
        return None, start
    value = joined([line.text for line in taken])
    excerpt = " ".join(line.text for line in taken)
    return reading(value, taken[0], _title_confidence(value, numbered), excerpt), start + len(taken)


def _title_start(lines: Sequence[Line], numbered: Reading[str] | None) -> int:
    """After the number where it stands above the title; else after what a head holds before it."""
    place = 0
    if numbered and not numbered.excerpt.startswith(("（", "(")):
        place = (
            next(n for n, line in enumerate(lines) if (line.page, line.block) == (numbered.page, numbered.block)) + 1
        )
    while place < min(len(lines), _HEAD) and _before_title(lines[place]):
        place += 1
    return place


def _before_title(line: Line) -> bool:
    tight = line.tight
    return bool(_PASSED_OVER.fullmatch(tight) or _MARK.fullmatch(tight) or _LABELLED.fullmatch(tight)) or bool(
        _NUMBER.fullmatch(tight) or _ISSUE.fullmatch(tight) or forms.LABEL.match(tight)
    )


def _may_be_title(line: Line) -> bool:
    return (
        len(line.tight) <= 60
        and len(line.cells) <= 3
        and not re.search(r"[。；;]|[：:，,]$", line.tight)
        and not _NO_TITLE.match(line.tight)
        and not _NUMBER.fullmatch(line.tight)
        and not _DATE_BELOW.fullmatch(line.tight)
        and forms.day(line.tight) is None
    )


def _complete(taken: list[Line], following: Line) -> bool:
    """Whether the title has ended before this line: it closes with a 文种 and the line does not go on with 的…."""
    return bool(kind_word("".join(line.tight for line in taken))) and not following.tight.startswith(("的", "（", "("))


def _back_to_kind(taken: list[Line]) -> list[Line]:
    """As many lines as end with a 文种; the first alone where none does."""
    for count in range(len(taken), 0, -1):
        if kind_word("".join(line.tight for line in taken[:count])):
            return taken[:count]
    return taken[:1]


def _title_confidence(value: str, numbered: Reading[str] | None) -> Confidence:
    if not kind_word(value):
        return Confidence.DOUBTFUL
    if (numbered and numbered.confidence is Confidence.SURE) or re.search("关于|印发|转发", value):
        return Confidence.SURE
    return Confidence.LIKELY


def kind(title: Reading[str] | None) -> Reading[str] | None:
    """文种: the word that the title ends with."""
    word = kind_word(title.value) if title else ""
    if title is None or not word:
        return None
    return Reading(word, title.page, title.block, title.excerpt, title.confidence)


def kind_word(title: str) -> str:
    """The 文种 a title ends with (brackets and a web page's running number after it set aside), or nothing."""
    bare = re.sub(r"(?:[（(〔\[][^（）()]{0,30}[）)〕\]]|[》」”\"]|(?<=[^\d])\d{1,3})+$", "", title)
    return next((word for word in _kinds() if bare.endswith(word)), "")


@cache
def _kinds() -> tuple[str, ...]:
    file = Path(__file__).resolve().parents[1] / "data" / "kinds.txt"
    words = {line.strip() for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")}
    return tuple(sorted(words - {""}, key=lambda word: (-len(word), word)))


def addressees(lines: Sequence[Line], after: int) -> Reading[tuple[str, ...]] | None:
    """主送机关: what ends with a colon right below the title."""
    while after < len(lines) and (_DATE_BELOW.fullmatch(lines[after].tight) or _NUMBER.fullmatch(lines[after].tight)):
        after += 1
    taken: list[Line] = []
    for line in lines[after : after + _ADDRESSEES]:
        taken.append(line)
        if re.search("[。；！？]", line.tight):
            return None
        if line.tight.endswith(("：", ":")):
            names = forms.names("".join(item.tight for item in taken).rstrip("：:"))
            return reading(names, taken[0], Confidence.SURE, "".join(i.text for i in taken)) if names else None
    return None


def issuer(lines: Sequence[Line], numbered: Reading[str] | None, title: Reading[str] | None) -> Reading[str] | None:
    """发文机关 by the header (青山县教育局文件) or the title (青山县教育局关于…); used where nobody signed."""
    for line in lines[:_FIRST]:
        found = re.fullmatch(r"(.{3,40}?)(文件)?", line.tight)
        if found and forms.is_organ(found[1]) and (found[2] or (numbered and _above(line, numbered))):
            return reading(found[1], line, Confidence.LIKELY)
    name = _before_about(title) if title else ""
    return Reading(name, title.page, title.block, title.excerpt, Confidence.LIKELY) if title and name else None


def _before_about(title: Reading[str]) -> str:
    """The organ or organs a title begins with, or nothing."""
    begins = re.match(r"(.{3,60}?)(?:关于|印发|转发)", title.excerpt)
    parts = begins[1].split() if begins else []
    if len(parts) > 1 and all(map(forms.is_organ, parts)):
        return "、".join(parts)
    whole = "".join(parts)
    return whole if whole and forms.is_organ(whole) else ""


def _above(line: Line, numbered: Reading[str]) -> bool:
    return (line.page, line.block) < (numbered.page or 0, numbered.block or 0)


def dated(lines: Sequence[Line], after: int) -> Reading[date] | None:
    """The date in brackets below a title (题注), as papers passed by a meeting bear it."""
    for line in lines[after : after + 2]:
        found = _DATE_BELOW.fullmatch(line.tight)
        day = forms.day(found["date"]) if found else None
        if day:
            return reading(day, line, Confidence.LIKELY)
    return None
