"""署名, 附件 and 版记: where the document itself ends, what belongs to its annexes, what stands at its foot."""

from __future__ import annotations

import re

from generators.reading import patterns as p
from generators.reading.heads import title
from generators.reading.stream import Stream
from model.proofing import Role, Where
from model.wording import MISSING

_BEGIN_IMPRINT, _END_IMPRINT = frozenset("主抄分发"), frozenset("发制")
_IMPRINT = frozenset((Role.COPIES, Role.PRINTED, Role.IMPRINT))


def segments(stream: Stream, at: int) -> None:
    """Part the rest into the document itself, its annexes and the 版记; what is body is told by `annex` only."""
    _imprint(stream, at)
    signed = next((place for place in range(at, len(stream.places)) if _dated(stream, place)), len(stream.places))
    named = (place for place in range(at, len(stream.places)) if stream.trimmed(place)[:1] == "附")
    starts = [place for place in named if _annex_starts(stream, place, signed)]
    end = next((place for place in starts), len(stream.places))
    end = min(end, next((k for k in range(at, len(stream.places)) if stream.of(k).role in _IMPRINT), end))
    left_over = _ending(stream, at, end)
    annex = 0
    if left_over < end:
        annex = 1
        _unlabelled(stream, left_over, end, annex)
    for number, start in enumerate(starts):
        annex += 1
        after = starts[number + 1] if number + 1 < len(starts) else len(stream.places)
        _annex(stream, start, after, annex)


def _dated(stream: Stream, at: int) -> bool:
    """Whether a line is a date, alone or behind an organ's name."""
    text = stream.text(at)
    return text.rstrip()[-1:] in p.END_DATE and (p.date_written(text)[0] or _signed_line(text))


def _annex_starts(stream: Stream, at: int, signed: int) -> bool:
    """附件 on a line of its own, or with its name once the document was signed (on line `signed`) or a page was turned."""
    line, text = stream.line(at), stream.trimmed(at)
    if line.place.where is Where.TEXT_BOX or stream.of(at).role in _IMPRINT or line.auto:
        return False
    if p.ANNEX_ALONE.fullmatch(p.bare(text)):
        listed = at + 1 < len(stream.places) and p.LISTED.fullmatch(stream.text(at + 1)) and text[-1:] in ":："
        return not listed
    named = p.ANNEX_NAMED.fullmatch(text)
    if not named or len(text) > 60 or p.STOPS.search(text):
        return False
    return line.look.page_break or signed < at


def _annex(stream: Stream, start: int, after: int, annex: int) -> None:
    text = stream.trimmed(start)
    alone = p.ANNEX_ALONE.fullmatch(p.bare(text))
    match = alone or p.ANNEX_NAMED.fullmatch(text)
    assert match is not None
    stream.set(start, Role.ANNEX_LABEL, 1.0 if alone else 0.9, level=p.annex_number(match["number"]), annex=annex)
    for place in range(start + 1, after):
        stream.of(place).annex = annex
    if alone and start + 1 < after and stream.of(start + 1).role not in _IMPRINT:
        title(stream, start + 1, Role.ANNEX_TITLE, annex)


def _unlabelled(stream: Stream, start: int, end: int, annex: int) -> None:
    """What follows the signature without a label: an annex whose label is missing."""
    for place in range(start, end):
        stream.of(place).annex = annex
    title(stream, start, Role.ANNEX_TITLE, annex)


def _ending(stream: Stream, at: int, end: int) -> int:
    """署名, 成文日期, 附件说明, 附注 and 出席 of the document itself; the place of what is left behind them."""
    signed = _signature(stream, at, end)
    body_end = signed[0] if signed else end
    after = signed[1] if signed else end
    if not signed:
        while body_end > at and _is_tail(stream, body_end - 1):
            body_end -= 1
        after = body_end
    while after < end and _is_tail(stream, after):
        text = stream.trimmed(after)
        stream.set(after, Role.ATTENDANCE if p.ATTENDANCE.match(text) else Role.NOTE, 0.9)
        after += 1
    _annex_list(stream, at, body_end)
    return after if signed else end


def _is_tail(stream: Stream, at: int) -> bool:
    """附注 or 出席 behind the signature."""
    text = stream.trimmed(at)
    return bool(p.ATTENDANCE.match(text)) or (bool(p.NOTE.fullmatch(text)) and not p.ordinal_of(text))


def _signature(stream: Stream, at: int, end: int) -> tuple[int, int] | None:
    """Where the signature begins and ends: the first date below an organ's name, else the last date that ends the text."""
    last = None
    for place in range(max(at, 1), end):
        text = stream.text(place)
        if text.rstrip()[-1:] not in p.END_DATE:
            continue
        if _signed_line(text):
            stream.set(place, Role.SIGNED, 0.9)
            return _signatories(stream, at, place), place + 1
        if not p.date_written(text)[0]:
            continue
        first = _signatories(stream, at, place)
        if first < place:
            stream.set(place, Role.DATE, 1.0)
            return first, place + 1
        last = place
    if last is not None and all(_is_tail(stream, place) for place in range(last + 1, end)):
        stream.set(last, Role.DATE, 0.8)
        return last, last + 1
    return _undated(stream, at, end)


def _signatories(stream: Stream, at: int, date: int) -> int:
    """Give the lines above a date that name organs their role; the first of them."""
    first = date
    while first > at and date - first < 20 and _signs(stream, first - 1, date):
        first -= 1
    for place in range(first, date):
        stream.set(place, Role.SIGNATORY, 0.9)
    return first


def _signs(stream: Stream, at: int, date: int) -> bool:
    line, text = stream.line(at), stream.trimmed(at)
    if p.ordinal_of(stream.shown(at)) or line.place.table != stream.line(date).place.table:
        return False
    pieces = [piece for piece in re.split(r"[\t]+|[ \u3000]{2,}", text) if piece]
    if all(p.organ_like(piece) or MISSING.fullmatch(piece) for piece in pieces):
        return True
    if len(p.bare(text)) > 30 or re.search(r"[。，；：、！？,;:!?]", text):
        return False
    stamped = len(pieces) == 2 and pieces[0].endswith(("长", "主任", "书记", "主席", "园长"))
    pushed = line.look.align == "right" or line.look.left > 120 or line.text.startswith(("      ", "　　　　　　"))
    return stamped or (pushed and at == date - 1) or (pushed and stream.of(at + 1).role is Role.SIGNATORY)


def _undated(stream: Stream, at: int, end: int) -> tuple[int, int] | None:
    """A signature whose date is missing: the mark's organ alone on the last line."""
    place = end - 1
    while place > at and _is_tail(stream, place):
        place -= 1
    marks = "".join(
        p.bare(line.text) for line, told in zip(stream.lines, stream.told, strict=True) if told.role is Role.MARK
    )
    name = p.bare(stream.text(place)) if place > at else ""
    if len(name) > 3 and p.organ_like(name) and name in marks:
        stream.set(place, Role.SIGNATORY, 0.7)
        return place, place + 1
    return None


def _annex_list(stream: Stream, at: int, end: int) -> None:
    """附件说明: 附件： with a name, or alone above numbered names, as the last thing before the signature."""
    for start in range(end - 1, max(at - 1, end - 40), -1):
        if _lists_from(stream, start) and all(_listed(stream, place) for place in range(start + 1, end)):
            for place in range(start, end):
                stream.set(place, Role.ANNEX_LIST, 0.95)
            return
        if not _listed(stream, start):
            return


def _lists_from(stream: Stream, at: int) -> bool:
    """Whether a 附件说明 begins here: alone above numbered names, with the first of them, or with the only one."""
    text = stream.trimmed(at)
    below = bool(at + 1 < len(stream.places) and p.LISTED.fullmatch(stream.shown(at + 1)))
    if p.ANNEX_ALONE.fullmatch(p.bare(text)) and text[-1:] in ":：":
        return below
    named = p.ANNEX_NAMED.fullmatch(text)
    if not named:
        return False
    return bool(named["number"] or p.LISTED.fullmatch(named["name"])) or not below


def _listed(stream: Stream, at: int) -> bool:
    text = stream.shown(at)
    long_text = len(text) > 80 or bool(p.STOPS.search(p.trimmed(text)[:-1]))
    return not long_text and (bool(p.LISTED.fullmatch(text)) or not p.ordinal_of(text))


def _imprint(stream: Stream, at: int) -> None:
    """版记: 抄送 and what follows it line by line, and the line that ends with 印发."""
    behind = at
    for place in range(at, len(stream.places)):
        text = stream.trimmed(place)
        likely = place >= behind and (text[:1] in _BEGIN_IMPRINT or text[-1:] in _END_IMPRINT)
        if likely and (p.IMPRINT.match(text) or _printed(text)):
            behind = _imprint_from(stream, place)


def _imprint_from(stream: Stream, at: int) -> int:
    if at and p.IMPRINT_REST.match(stream.trimmed(at - 1)):
        stream.set(at - 1, Role.IMPRINT, 0.8)
    last = None
    while at < len(stream.places):
        text = stream.trimmed(at)
        boxed = stream.line(at).place.table in stream.found.imprint and bool(stream.line(at).place.table)
        if match := p.IMPRINT.match(text):
            known = p.bare(match["label"]) in ("抄送", "主送")
            stream.set(at, Role.COPIES if known else Role.IMPRINT, 0.95)
        elif _printed(text):
            stream.set(at, Role.PRINTED, 0.95)
        elif p.IMPRINT_REST.match(text):
            stream.set(at, Role.IMPRINT, 0.9)
        elif p.organ_like(text) and _printed(stream.trimmed(at + 1)):
            stream.set(at, Role.PRINTED, 0.9)
        elif last is Role.COPIES and (boxed or _more_names(text)):
            stream.set(at, Role.COPIES, 0.8)
        else:
            return at
        last = stream.of(at).role
        at += 1
    return at


def _signed_line(text: str) -> bool:
    """An organ's name and a date on one line."""
    if len(text) > 100 or text.rstrip()[-1:] != "日":
        return False
    match = re.fullmatch(r"[\s\u3000]*(\S.*?)[\s\u3000]+(\S*(?:19|20|二)\S*年.*日)[\s\u3000]*", text)
    return bool(match and p.organ_like(match[1]) and p.date_written(match[2])[0])


def _printed(text: str) -> bool:
    if not text.endswith(("发", "制")):
        return False
    short = p.bare(text)
    return len(short) < 60 and short.endswith(("印发", "印制")) and bool(re.search(r"年.*[月日]|待补|^印发$", short))


def _more_names(text: str) -> bool:
    """A line that goes on with names of 抄送."""
    return (
        len(text) < 80
        and text.endswith(("。", "，", "、"))
        and not p.STOPS.search(text[:-1])
        and not p.ordinal_of(text)
    )
