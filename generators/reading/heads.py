"""版头, 标题 and 主送: the lines from the top down to where the body begins."""

from __future__ import annotations

import re

from generators.reading import patterns as p
from generators.reading.stream import LONG_BODY, LOOKED_AT, Stream
from model.proofing import Role, Where
from model.wording import MISSING

_TITLE_LINES = 8
_ENDS_MARK = ("文件", "令", "纪要", "简报")
_FILED_UNDER = re.compile(r"[\s\u3000]*(?:编号|档号|表号|文件编号|登记号)\s*[:：][^。]{0,30}$")
"""A line above the title by which a form is filed."""
_EDITION = re.compile(r"[（(][^（()）]*(?:稿|试行|暂行|修订|草案|版)[)）]")
_ORGANS = re.compile(
    r"各|局|校|学|园|政府|办|委|厅|部|院|公司|单位|中心|组|会|处|科|同志|你|机构|所|站|家长|老师|同学|镇|乡|街道|集团|党|支队|大队|【待补"
)
_LEADS_ON = re.compile(
    r"(?:(?:填报|填表|被检查|责任|报送|承办|主办|协办|牵头|检查)\S{0,3}(?:单位|人)|如下|以下|下列|包括|分别是|分别为|要求|事项|附\s*件|时间|地点|主持人?|内容|来源|联系人|电话|分工|任务|议程)[:：]$"
)


def head(stream: Stream) -> int:
    """Give the lines above the title their roles; the place where the title begins."""
    number = _number_line(stream)
    before = range(number if number is not None else 0)
    if number is not None and _has_title(stream, before):
        stream.set(number, Role.NUMBER, 0.8)
        return 0
    if number is None:
        return _marks_by_look(stream, 0)
    for at in before:
        if not _corner(stream, at):
            stream.set(at, Role.MARK, 0.9)
    stream.set(number, Role.NUMBER, 1.0)
    at = number + 1
    while at < len(stream.places) and _corner(stream, at):
        at += 1
    return at


def _number_line(stream: Stream) -> int | None:
    for at in range(min(LOOKED_AT, len(stream.places))):
        text = stream.text(at)
        if p.number_piece(text) or (at and _order_number(stream, at)):
            return at
        if len(text) > LONG_BODY and p.STOPS.search(text):
            return None
    return None


def _order_number(stream: Stream, at: int) -> bool:
    above = p.bare(stream.text(at - 1))
    return above.endswith(("令", "纪要", "简报")) and bool(p.ORDER_NUMBER.fullmatch(p.bare(stream.text(at))))


def _has_title(stream: Stream, before: range) -> bool:
    """Whether the title stands above the number, as web pages have it."""
    text = "".join(p.bare(stream.text(at)) for at in before)
    return "关于" in text and bool(p.KIND_END.search(text)) and not text.endswith("文件")


def _corner(stream: Stream, at: int) -> bool:
    """份号, 密级, 紧急程度 and 签发人 on lines of their own."""
    text = p.bare(stream.text(at))
    for shape, role in (
        (p.COPY_NUMBER, Role.COPY_NUMBER),
        (p.SECRECY, Role.SECRECY),
        (p.URGENCY, Role.URGENCY),
    ):
        if shape.fullmatch(text):
            stream.set(at, role, 1.0)
            return True
    if p.SIGNERS.match(stream.trimmed(at)):
        stream.set(at, Role.SIGNERS, 1.0)
        return True
    return False


def _marks_by_look(stream: Stream, at: int) -> int:
    """A head without a number: a mark is red or very large, or says 文件 or 令 with the title below it."""
    while at < len(stream.places) and _corner(stream, at):
        at += 1
    while at < min(LOOKED_AT, len(stream.places)) and _is_mark(stream, at):
        stream.set(at, Role.MARK, 0.7)
        at += 1
    if at and at < len(stream.places) and (_order_number(stream, at) or p.missing_number(stream.text(at))):
        stream.set(at, Role.NUMBER, 0.9)
        at += 1
    return at


def _is_mark(stream: Stream, at: int) -> bool:
    text, runs = p.bare(stream.text(at)), stream.line(at).runs
    if len(text) > 40 or p.STOPS.search(text) or "关于" in text or not runs:
        return False
    red = any(_red(run.colour) for run in runs)
    large = max(run.size for run in runs) >= 30 and (p.organ_like(text) or text.endswith(_ENDS_MARK))
    named = text.endswith("文件") and len(text) <= 30 and at + 1 < len(stream.places)
    return red or large or named


def title(stream: Stream, at: int, role: Role, annex: int) -> int:
    """Give the title's lines their role; the place behind them."""
    styled = at
    while (
        styled < len(stream.places)
        and stream.line(styled).look.style == "公文标题"
        and _same_paragraph(stream, at, styled)
    ):
        stream.set(styled, role, 1.0, annex=annex)
        styled += 1
    if styled > at or (stream.walked.ours and role is Role.TITLE):  # our writer never leaves a title without its style
        return styled
    if role is Role.TITLE and at < len(stream.places) and _FILED_UNDER.match(stream.text(at)):
        at += 1
    lines, joined = 0, ""
    while at + lines < len(stream.places) and lines < _TITLE_LINES and _goes_on(stream, at, lines, joined):
        joined += p.closed(stream.text(at + lines))
        lines += 1
    if lines > 1 and not p.KIND_END.search(joined):
        lines = _like_first(stream, at, lines)
    sure = 0.9 if p.KIND_END.search(joined) else 0.6
    for place in range(at, at + lines):
        stream.set(place, role, sure, annex=annex)
    return at + lines


def _goes_on(stream: Stream, at: int, lines: int, joined: str) -> bool:
    """Whether the next line belongs to the title."""
    here = at + lines
    if len(stream.trimmed(here)) > LONG_BODY:
        return False
    text = p.closed(stream.text(here))
    plain = p.bare(text)
    if p.STOPS.search(text) or p.date_written(text)[0] or p.ANNEX_ALONE.fullmatch(plain):
        return False
    if (
        plain.endswith((":", "："))
        or _table_before(stream, here, lines)
        or (lines and stream.line(here).look.style.startswith("heading"))
    ):
        return False
    ordinal = p.ordinal_of(stream.shown(here))
    if not lines:
        return ordinal is None or ordinal.level >= 3
    if ordinal or _is_addressees(stream, here):
        return False
    if p.KIND_END.search(joined):
        follows = plain[0] in "的和及与暨》—" or bool(_EDITION.fullmatch(plain))
        return follows or (_looks_like(stream, at, here) and len(plain) <= 30)
    return True


def _looks_like(stream: Stream, one: int, other: int) -> bool:
    """Whether a line has the title's own size, which is not the body's."""
    first, second = stream.line(one).runs, stream.line(other).runs
    return bool(first and second) and first[0].size == second[0].size > stream.size


def _like_first(stream: Stream, at: int, lines: int) -> int:
    """Of lines that never came to a kind's name, those that look as the first does."""
    kept = 1
    while kept < lines and _looks_like(stream, at, at + kept):
        kept += 1
    return kept


def _same_paragraph(stream: Stream, one: int, other: int) -> bool:
    first, second = stream.line(one).place, stream.line(other).place
    return first.part == second.part and first.ordinal == second.ordinal


def _table_before(stream: Stream, at: int, lines: int) -> bool:
    """Whether a table stands between this line and the one before it."""
    if not lines:
        return False
    between = range(stream.places[at - 1] + 1, stream.places[at])
    return any(stream.lines[place].place.table for place in between)


def addressees(stream: Stream, at: int) -> int:
    """Give 主送 on the lines below the title their role; the place behind them, where the body begins."""
    for start in range(at, min(at + 4, len(stream.places))):
        for span in range(1, 5):
            if start + span <= len(stream.places) and _addressed(stream, start, span):
                for place in range(start, start + span):
                    stream.set(place, Role.ADDRESSEES, 0.95 if start == at else 0.8)
                return start + span if start == at else at
    if at < len(stream.places) and _lacks_colon(stream, at):
        stream.set(at, Role.ADDRESSEES, 0.6)
        return at + 1
    return at


def _addressed(stream: Stream, start: int, span: int) -> bool:
    texts = [p.trimmed(stream.shown(place)) for place in range(start, start + span)]
    if any(p.STOPS.search(text) or p.ordinal_of(text) for text in texts):
        return False
    if any(not text.endswith(("、", "，", ",")) and len(text) < 20 for text in texts[:-1]):
        return False
    if stream.walked.ours and stream.line(start).look.first_chars:
        return False
    return _addressees_like("".join(texts))


def _is_addressees(stream: Stream, at: int) -> bool:
    return _addressed(stream, at, 1)


def _lacks_colon(stream: Stream, at: int) -> bool:
    """主送 whose colon was forgotten: organs only, on the line after the title, with a longer line below."""
    text = stream.trimmed(at)
    if len(text) > 60 or p.STOPS.search(text) or p.ordinal_of(text) or at + 1 >= len(stream.places):
        return False
    if stream.walked.ours or "关于" in text or stream.line(at).place.where is not Where.BODY:
        return False
    names = [name for name in re.split("[、，,]", text) if name]
    return text.startswith(("各", "县直", "市直", "区直", "全县", "全市", "全区")) and all(
        p.organ_like(name) or name.endswith(("单位", "机构")) for name in names
    )


def _addressees_like(text: str) -> bool:
    """Whether a text could be 主送: organs up to a colon, no sentence."""
    text = p.trimmed(text)
    if not text.endswith(("：", ":")) or len(text) > 800 or _LEADS_ON.search(text):
        return False
    inner = MISSING.sub("", text[:-1])
    return bool(_ORGANS.search(text)) and not re.search("[《：:]", inner)


def _red(colour: str) -> bool:
    if len(colour) != 6:
        return False
    try:
        red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    except ValueError:
        return False
    return red > 180 and green < 90 and blue < 90
