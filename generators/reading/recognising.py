"""What each line of a document is (公文要素), told by its words and its place among the others.

Centring, indents and sizes never decide alone: Word, WPS, converters and pasted web pages each lose some of them. What our own
writer marks by its styles is believed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from generators.reading import patterns as p
from generators.reading.headings import heading_of, looks_of
from generators.reading.lines import Grid, Line, Walked
from generators.widths import ems
from model.proofing import Role, Where
from model.wording import MISSING

_LOOKED_AT = 16
"""Lines from the top among which the head is looked for."""
_LONG_BODY = 60
_TITLE_LINES = 8
_FURNITURE = {Where.HEADER: Role.HEADER, Where.FOOTER: Role.FOOTER, Where.FOOTNOTE: Role.FOOTNOTE}


@dataclass(slots=True)
class Told:
    """What is known of a line: see `ProofParagraph`; `annex`: place of the annex it stands in, 0 the document itself.

    goes_on: the line goes on with the text of the one before it, which a converter broke where the page's line ended.
    """

    role: Role = Role.BODY
    level: int = 0
    head: int = 0
    sure: float = 0.5
    annex: int = 0
    goes_on: bool = False


@dataclass(slots=True)
class Recognised:
    """A `Told` for each line, and the tables that are layout only (版记, 版头, a frame round everything)."""

    told: list[Told]
    imprint: set[int] = field(default_factory=set)
    frames: set[int] = field(default_factory=set)


def recognise(walked: Walked) -> Recognised:
    """The role of every line."""
    return _Recogniser(walked).recognise()


class _Recogniser:
    def __init__(self, walked: Walked) -> None:
        self._walked, self._lines = walked, walked.lines
        self._told = [Told() for _ in walked.lines]
        self._found = Recognised(self._told)
        self._stream: list[int] = []
        self._plain = [p.trimmed(line.text) for line in walked.lines]
        self._size = _body_size(walked.lines)

    def recognise(self) -> Recognised:
        """Head, title and addressees from the top, then signature, annexes and 版记, then what is left is body."""
        self._sort_out()
        at = self._addressees(self._title(self._head(), Role.TITLE, 0))
        self._segments(at)
        self._bodies()
        return self._found

    # helpers

    def _text(self, at: int) -> str:
        return self._lines[self._stream[at]].text if at < len(self._stream) else ""

    def _trimmed(self, at: int) -> str:
        return self._plain[self._stream[at]] if at < len(self._stream) else ""

    def _shown(self, at: int) -> str:
        line = self._lines[self._stream[at]]
        return line.auto + line.text

    def _line(self, at: int) -> Line:
        return self._lines[self._stream[at]]

    def _of(self, at: int) -> Told:
        return self._told[self._stream[at]]

    def _set(self, at: int, role: Role, sure: float = 0.9, **more: int) -> None:
        told = self._of(at)
        told.role, told.sure = role, sure
        for name, value in more.items():
            setattr(told, name, value)

    # what is read as a stream of lines

    def _sort_out(self) -> None:
        """Blank lines, furniture and cells get their roles; the rest is the stream, lines of layout tables among it."""
        frames = {grid.number for grid in self._walked.grids if self._is_frame(grid)}
        self._found.frames = frames
        for place, line in enumerate(self._lines):
            told, where = self._told[place], line.place.where
            if where in _FURNITURE:
                told.role, told.sure = _FURNITURE[where], 1.0
            elif not self._plain[place] and not line.auto:
                told.role, told.sure = Role.BLANK, 1.0
                if line.place.table and line.place.table not in frames:
                    told.role = Role.CELL
            elif line.place.table and line.place.table not in frames:
                told.role, told.sure = Role.CELL, 1.0
            else:
                self._stream.append(place)

    def _is_frame(self, grid: Grid) -> bool:
        """A table that lays out 版头 or 版记, or that only frames a whole text."""
        texts = [p.trimmed(line.text) for line in self._lines[grid.first : grid.after]]
        texts = [text for text in texts if text]
        if sum(len(row) for row in grid.rows) == 1 and len(texts) > 3:
            return True
        if not texts or len(texts) > 12:
            return False
        if any(p.IMPRINT.match(text) for text in texts) or any(
            p.PRINTED.search(text[-4:]) and len(texts) <= 6 for text in texts
        ):
            self._found.imprint.add(grid.number)
            return True
        early = grid.first <= _LOOKED_AT and not any(len(line.text) > _LONG_BODY for line in self._lines[: grid.first])
        short = all(len(text) < 30 for text in texts)
        return early and any(
            number_piece(text) or p.SIGNERS.match(text) or (short and p.bare(text).endswith("文件")) for text in texts
        )

    # 版头

    def _head(self) -> int:
        """Give the lines above the title their roles; the place where the title begins."""
        number = self._number_line()
        before = range(number if number is not None else 0)
        if number is not None and self._has_title(before):
            self._set(number, Role.NUMBER, 0.8)
            return 0
        if number is None:
            return self._marks_by_look(0)
        for at in before:
            if not self._corner(at):
                self._set(at, Role.MARK, 0.9)
        self._set(number, Role.NUMBER, 1.0)
        at = number + 1
        while at < len(self._stream) and self._corner(at):
            at += 1
        return at

    def _number_line(self) -> int | None:
        for at in range(min(_LOOKED_AT, len(self._stream))):
            text = self._text(at)
            if number_piece(text) or (at and self._order_number(at)):
                return at
            if len(text) > _LONG_BODY and p.STOPS.search(text):
                return None
        return None

    def _order_number(self, at: int) -> bool:
        above = p.bare(self._text(at - 1))
        return above.endswith(("令", "纪要", "简报")) and bool(p.ORDER_NUMBER.fullmatch(p.bare(self._text(at))))

    def _has_title(self, before: range) -> bool:
        """Whether the title stands above the number, as web pages have it."""
        text = "".join(p.bare(self._text(at)) for at in before)
        return "关于" in text and bool(p.KIND_END.search(text)) and not text.endswith("文件")

    def _corner(self, at: int) -> bool:
        """份号, 密级, 紧急程度 and 签发人 on lines of their own."""
        text = p.bare(self._text(at))
        for shape, role in (
            (p.COPY_NUMBER, Role.COPY_NUMBER),
            (p.SECRECY, Role.SECRECY),
            (p.URGENCY, Role.URGENCY),
        ):
            if shape.fullmatch(text):
                self._set(at, role, 1.0)
                return True
        if p.SIGNERS.match(self._trimmed(at)):
            self._set(at, Role.SIGNERS, 1.0)
            return True
        return False

    def _marks_by_look(self, at: int) -> int:
        """A head without a number: a mark is red or very large, or says 文件 or 令 with the title below it."""
        while at < len(self._stream) and self._corner(at):
            at += 1
        while at < min(_LOOKED_AT, len(self._stream)) and self._is_mark(at):
            self._set(at, Role.MARK, 0.7)
            at += 1
        if at and at < len(self._stream) and (self._order_number(at) or _missing_number(self._text(at))):
            self._set(at, Role.NUMBER, 0.9)
            at += 1
        return at

    def _is_mark(self, at: int) -> bool:
        text, runs = p.bare(self._text(at)), self._line(at).runs
        if len(text) > 40 or p.STOPS.search(text) or "关于" in text or not runs:
            return False
        red = any(_red(run.colour) for run in runs)
        large = max(run.size for run in runs) >= 30
        named = text.endswith("文件") and len(text) <= 30 and at + 1 < len(self._stream)
        return red or large or named

    # 标题

    def _title(self, at: int, role: Role, annex: int) -> int:
        """Give the title's lines their role; the place behind them."""
        styled = at
        while (
            styled < len(self._stream)
            and self._line(styled).look.style == "公文标题"
            and self._same_paragraph(at, styled)
        ):
            self._set(styled, role, 1.0, annex=annex)
            styled += 1
        if styled > at:
            return styled
        lines, joined = 0, ""
        while at + lines < len(self._stream) and lines < _TITLE_LINES and self._goes_on(at, lines, joined):
            joined += p.closed(self._text(at + lines))
            lines += 1
        if lines > 1 and not p.KIND_END.search(joined):
            lines = self._like_first(at, lines)
        sure = 0.9 if p.KIND_END.search(joined) else 0.6
        for place in range(at, at + lines):
            self._set(place, role, sure, annex=annex)
        return at + lines

    def _goes_on(self, at: int, lines: int, joined: str) -> bool:
        """Whether the next line belongs to the title."""
        here = at + lines
        text = p.closed(self._text(here))
        plain = p.bare(text)
        if len(text) > 60 or p.STOPS.search(text) or p.date_written(text)[0] or p.ANNEX_ALONE.fullmatch(plain):
            return False
        if (
            plain.endswith((":", "："))
            or self._table_before(here, lines)
            or self._line(here).look.style.startswith("heading")
        ):
            return False
        ordinal = p.ordinal_of(self._shown(here))
        if not lines:
            return ordinal is None or ordinal.level >= 3
        if ordinal or self._is_addressees(here):
            return False
        if p.KIND_END.search(joined):
            follows = plain[0] in "的和及与暨》—" or bool(_EDITION.fullmatch(plain))
            return follows or (self._looks_like(at, here) and len(plain) <= 30)
        return True

    def _looks_like(self, one: int, other: int) -> bool:
        """Whether a line has the title's own size, which is not the body's."""
        first, second = self._line(one).runs, self._line(other).runs
        return bool(first and second) and first[0].size == second[0].size > self._size

    def _like_first(self, at: int, lines: int) -> int:
        """Of lines that never came to a kind's name, those that look as the first does."""
        kept = 1
        while kept < lines and self._looks_like(at, at + kept):
            kept += 1
        return kept

    def _same_paragraph(self, one: int, other: int) -> bool:
        first, second = self._line(one).place, self._line(other).place
        return first.part == second.part and first.ordinal == second.ordinal

    def _table_before(self, at: int, lines: int) -> bool:
        """Whether a table stands between this line and the one before it."""
        if not lines:
            return False
        between = range(self._stream[at - 1] + 1, self._stream[at])
        return any(self._lines[place].place.table for place in between)

    # 主送

    def _addressees(self, at: int) -> int:
        for start in range(at, min(at + 4, len(self._stream))):
            for span in range(1, 5):
                if start + span <= len(self._stream) and self._addressed(start, span):
                    for place in range(start, start + span):
                        self._set(place, Role.ADDRESSEES, 0.95 if start == at else 0.8)
                    return start + span if start == at else at
        if at < len(self._stream) and self._lacks_colon(at):
            self._set(at, Role.ADDRESSEES, 0.6)
            return at + 1
        return at

    def _addressed(self, start: int, span: int) -> bool:
        texts = [p.trimmed(self._shown(place)) for place in range(start, start + span)]
        if any(p.STOPS.search(text) or p.ordinal_of(text) for text in texts):
            return False
        if any(not text.endswith(("、", "，", ",")) and len(text) < 20 for text in texts[:-1]):
            return False
        if self._walked.ours and self._line(start).look.first_chars:
            return False
        return addressees_like("".join(texts))

    def _is_addressees(self, at: int) -> bool:
        return self._addressed(at, 1)

    def _lacks_colon(self, at: int) -> bool:
        """主送 whose colon was forgotten: organs only, on the line after the title, with a longer line below."""
        text = self._trimmed(at)
        if len(text) > 60 or p.STOPS.search(text) or p.ordinal_of(text) or at + 1 >= len(self._stream):
            return False
        if self._walked.ours or "关于" in text or self._line(at).place.where is not Where.BODY:
            return False
        names = [name for name in re.split("[、，,]", text) if name]
        return text.startswith(("各", "县直", "市直", "区直", "全县", "全市", "全区")) and all(
            p.organ_like(name) or name.endswith(("单位", "机构")) for name in names
        )

    # 署名、附件、版记

    def _segments(self, at: int) -> None:
        """Part the rest into the document itself, its annexes and the 版记; what is body is told by `annex` only."""
        self._imprint(at)
        starts = [place for place in range(at, len(self._stream)) if self._annex_starts(place, at)]
        end = next((place for place in starts), len(self._stream))
        end = min(end, next((k for k in range(at, len(self._stream)) if self._of(k).role in _IMPRINT), end))
        left_over = self._ending(at, end)
        annex = 0
        if left_over < end:
            annex = 1
            self._unlabelled(left_over, end, annex)
        for number, start in enumerate(starts):
            annex += 1
            after = starts[number + 1] if number + 1 < len(starts) else len(self._stream)
            self._annex(start, after, annex)

    def _annex_starts(self, at: int, top: int) -> bool:
        """附件 on a line of its own, or with its name once the document was signed or a page was turned."""
        line, text = self._line(at), self._trimmed(at)
        if text[:1] != "附":
            return False
        if line.place.where is Where.TEXT_BOX or self._of(at).role in _IMPRINT or line.auto:
            return False
        if p.ANNEX_ALONE.fullmatch(p.bare(text)):
            listed = at + 1 < len(self._stream) and p.LISTED.fullmatch(self._text(at + 1)) and text[-1:] in ":："
            return not listed
        named = p.ANNEX_NAMED.fullmatch(text)
        if not named or len(text) > 60 or p.STOPS.search(text):
            return False
        return line.look.page_break or any(
            p.date_written(self._text(place))[0] or _signed_line(self._text(place)) for place in range(top, at)
        )

    def _annex(self, start: int, after: int, annex: int) -> None:
        text = self._trimmed(start)
        alone = p.ANNEX_ALONE.fullmatch(p.bare(text))
        match = alone or p.ANNEX_NAMED.fullmatch(text)
        assert match is not None
        self._set(start, Role.ANNEX_LABEL, 1.0 if alone else 0.9, level=p.annex_number(match["number"]), annex=annex)
        for place in range(start + 1, after):
            self._of(place).annex = annex
        if alone and start + 1 < after and self._of(start + 1).role not in _IMPRINT:
            self._title(start + 1, Role.ANNEX_TITLE, annex)

    def _unlabelled(self, start: int, end: int, annex: int) -> None:
        """What follows the signature without a label: an annex whose label is missing."""
        for place in range(start, end):
            self._of(place).annex = annex
        self._title(start, Role.ANNEX_TITLE, annex)

    def _ending(self, at: int, end: int) -> int:
        """署名, 成文日期, 附件说明, 附注 and 出席 of the document itself; the place of what is left behind them."""
        signed = self._signature(at, end)
        body_end = signed[0] if signed else end
        after = signed[1] if signed else end
        if not signed:
            while body_end > at and self._is_tail(body_end - 1):
                body_end -= 1
            after = body_end
        while after < end and self._is_tail(after):
            text = self._trimmed(after)
            self._set(after, Role.ATTENDANCE if p.ATTENDANCE.match(text) else Role.NOTE, 0.9)
            after += 1
        self._annex_list(at, body_end)
        return after if signed else end

    def _is_tail(self, at: int) -> bool:
        """附注 or 出席 behind the signature."""
        text = self._trimmed(at)
        return bool(p.ATTENDANCE.match(text)) or (bool(p.NOTE.fullmatch(text)) and not p.ordinal_of(text))

    def _signature(self, at: int, end: int) -> tuple[int, int] | None:
        """Where the signature begins and ends: the first date below an organ's name, else the last date that ends the text."""
        last = None
        for place in range(max(at, 1), end):
            text = self._text(place)
            if _signed_line(text):
                self._set(place, Role.SIGNED, 0.9)
                return self._signatories(at, place), place + 1
            if not p.date_written(text)[0]:
                continue
            first = self._signatories(at, place)
            if first < place:
                self._set(place, Role.DATE, 1.0)
                return first, place + 1
            last = place
        if last is not None and all(self._is_tail(place) for place in range(last + 1, end)):
            self._set(last, Role.DATE, 0.8)
            return last, last + 1
        return self._undated(at, end)

    def _signatories(self, at: int, date: int) -> int:
        """Give the lines above a date that name organs their role; the first of them."""
        first = date
        while first > at and date - first < 20 and self._signs(first - 1, date):
            first -= 1
        for place in range(first, date):
            self._set(place, Role.SIGNATORY, 0.9)
        return first

    def _signs(self, at: int, date: int) -> bool:
        line, text = self._line(at), self._trimmed(at)
        if p.ordinal_of(self._shown(at)) or line.place.table != self._line(date).place.table:
            return False
        pieces = [piece for piece in re.split(r"[\t]+|[ \u3000]{2,}", text) if piece]
        if all(p.organ_like(piece) or MISSING.fullmatch(piece) for piece in pieces):
            return True
        if len(p.bare(text)) > 30 or re.search(r"[。，；：、！？,;:!?]", text):
            return False
        stamped = len(pieces) == 2 and pieces[0].endswith(("长", "主任", "书记", "主席", "园长"))
        pushed = line.look.align == "right" or line.look.left > 120 or line.text.startswith(("      ", "　　　　　　"))
        return stamped or (pushed and at == date - 1) or (pushed and self._of(at + 1).role is Role.SIGNATORY)

    def _undated(self, at: int, end: int) -> tuple[int, int] | None:
        """A signature whose date is missing: the mark's organ alone on the last line."""
        place = end - 1
        while place > at and self._is_tail(place):
            place -= 1
        marks = "".join(
            p.bare(line.text) for line, told in zip(self._lines, self._told, strict=True) if told.role is Role.MARK
        )
        name = p.bare(self._text(place)) if place > at else ""
        if len(name) > 3 and p.organ_like(name) and name in marks:
            self._set(place, Role.SIGNATORY, 0.7)
            return place, place + 1
        return None

    def _annex_list(self, at: int, end: int) -> None:
        """附件说明: 附件： with a name, or alone above numbered names, as the last thing before the signature."""
        for start in range(end - 1, max(at - 1, end - 40), -1):
            if self._lists_from(start) and all(self._listed(place) for place in range(start + 1, end)):
                for place in range(start, end):
                    self._set(place, Role.ANNEX_LIST, 0.95)
                return
            if not self._listed(start):
                return

    def _lists_from(self, at: int) -> bool:
        """Whether a 附件说明 begins here: alone above numbered names, with the first of them, or with the only one."""
        text = self._trimmed(at)
        below = bool(at + 1 < len(self._stream) and p.LISTED.fullmatch(self._shown(at + 1)))
        if p.ANNEX_ALONE.fullmatch(p.bare(text)) and text[-1:] in ":：":
            return below
        named = p.ANNEX_NAMED.fullmatch(text)
        if not named:
            return False
        return bool(named["number"] or p.LISTED.fullmatch(named["name"])) or not below

    def _listed(self, at: int) -> bool:
        text = self._shown(at)
        long_text = len(text) > 80 or bool(p.STOPS.search(p.trimmed(text)[:-1]))
        return not long_text and (bool(p.LISTED.fullmatch(text)) or not p.ordinal_of(text))

    def _imprint(self, at: int) -> None:
        """版记: 抄送 and what follows it line by line, and the line that ends with 印发."""
        place = at
        while place < len(self._stream):
            text = self._trimmed(place)
            if p.IMPRINT.match(text) or _printed(text):
                place = self._imprint_from(place)
            else:
                place += 1

    def _imprint_from(self, at: int) -> int:
        if _printed(self._trimmed(at)) and at and p.IMPRINT_REST.match(self._trimmed(at - 1)):
            self._set(at - 1, Role.IMPRINT, 0.8)
        last = None
        while at < len(self._stream):
            text = self._trimmed(at)
            boxed = self._line(at).place.table in self._found.imprint and bool(self._line(at).place.table)
            if match := p.IMPRINT.match(text):
                known = p.bare(match["label"]) in ("抄送", "主送")
                self._set(at, Role.COPIES if known else Role.IMPRINT, 0.95)
            elif _printed(text):
                self._set(at, Role.PRINTED, 0.95)
            elif p.IMPRINT_REST.match(text):
                self._set(at, Role.IMPRINT, 0.9)
            elif p.organ_like(text) and _printed(self._trimmed(at + 1)):
                self._set(at, Role.PRINTED, 0.9)
            elif last is Role.COPIES and (boxed or _more_names(text)):
                self._set(at, Role.COPIES, 0.8)
            else:
                return at
            last = self._of(at).role
            at += 1
        return at

    # 正文

    def _bodies(self) -> None:
        captions = self._captions()
        bodies = [self._lines[place] for place in self._stream if self._told[place].role is Role.BODY]
        looks = looks_of([] if self._walked.ours else bodies)
        for at, place in enumerate(self._stream):
            told, line = self._told[place], self._lines[place]
            if told.role is not Role.BODY:
                continue
            if place in captions:
                told.role, told.sure = Role.CAPTION, 0.8
                continue
            below = self._lines[self._stream[at + 1]] if at + 1 < len(self._stream) else None
            found = heading_of(line, below, self._walked.ours, looks)
            if found:
                told.role, told.level, told.head, told.sure = found
            elif line.place.where is Where.TEXT_BOX and line.place.table not in self._found.frames:
                told.role, told.sure = Role.TEXT_BOX, 0.6
            else:
                told.sure = 0.9
        if not self._walked.ours:
            self._rejoin()

    def _rejoin(self) -> None:
        """Lines that a converter made paragraphs of: where most are as wide as the page and few end a sentence."""
        bodies = [place for place in self._stream if self._told[place].role in _BODIES]
        widths = [ems(p.trimmed(self._lines[place].text)) for place in bodies]
        full = max(widths, default=0.0)
        if len(bodies) < 6 or not 15 <= full <= 60:
            return
        broken = [
            wide > full - 4 and not _ended(self._lines[place].text) for place, wide in zip(bodies, widths, strict=True)
        ]
        if sum(broken) < 0.3 * len(bodies):
            return
        for (place, below), cut in zip(pairwise(bodies), broken, strict=False):
            told = self._told[below]
            same = told.annex == self._told[place].annex and told.role is Role.BODY
            if cut and same and not self._between(place, below) and not _indented(self._lines[below]):
                told.goes_on = True

    def _between(self, one: int, other: int) -> bool:
        """Whether anything but blank lines stands between two lines."""
        return any(self._told[place].role is not Role.BLANK for place in range(one + 1, other))

    def _captions(self) -> set[int]:
        """The lines that name the table below them."""
        found = set()
        for grid in self._walked.grids:
            if grid.number in self._found.frames or grid.boxed:
                continue
            place = grid.first - 1
            while place >= 0 and self._told[place].role is Role.BLANK and grid.first - place < 3:
                place -= 1
            if (
                place >= 0
                and self._told[place].role is Role.BODY
                and self._is_caption(self._lines[place], grid.first - place)
            ):
                found.add(place)
        return found

    def _is_caption(self, line: Line, distance: int) -> bool:
        text = p.trimmed(line.text)
        if not text or len(text) > 40 or p.STOPS.search(text) or text.endswith(("：", ":")) or line.place.table:
            return False
        centred = line.look.align == "center"
        if self._walked.ours:
            return centred and distance == 1
        if p.ordinal_of(line.auto + line.text):
            return False
        return centred or bool(re.match(r"(?:附?表)\s*[\d一二三四五六七八九十]", text)) or text.endswith(("表", "一览"))


_BODIES = frozenset((Role.BODY, Role.HEADING, Role.ITEM))
_EDITION = re.compile(r"[（(][^（()）]*(?:稿|试行|暂行|修订|草案|版)[)）]")
_IMPRINT = frozenset((Role.COPIES, Role.PRINTED, Role.IMPRINT))
_ORGANS = re.compile(
    r"各|局|校|学|园|政府|办|委|厅|部|院|公司|单位|中心|组|会|处|科|同志|你|机构|所|站|家长|老师|同学|镇|乡|街道|集团|党|支队|大队|【待补"
)
_LEADS_ON = re.compile(
    r"(?:(?:填报|填表|被检查|责任|报送|承办|主办|协办|牵头|检查)\S{0,3}(?:单位|人)|如下|以下|下列|包括|分别是|分别为|要求|事项|附\s*件|时间|地点|主持人?|内容|来源|联系人|电话|分工|任务|议程)[:：]$"
)


def number_piece(text: str) -> str:
    """The 发文字号 on a line, alone or beside 签发人 or a corner element; "" when there is none."""
    for piece in re.split(r"\t|[ \u3000]{2,}|(?=签\s*发\s*人)", text):
        short = p.bare(piece)
        if p.NUMBER.fullmatch(short) or _missing_number(short):
            return short
    return ""


def addressees_like(text: str) -> bool:
    """Whether a text could be 主送: organs up to a colon, no sentence."""
    text = p.trimmed(text)
    if not text.endswith(("：", ":")) or len(text) > 800 or _LEADS_ON.search(text):
        return False
    inner = MISSING.sub("", text[:-1])
    return bool(_ORGANS.search(text)) and not re.search("[《：:]", inner)


def _ended(text: str) -> bool:
    return p.trimmed(text).endswith(("。", "！", "？", "：", "；", ".", ":", ";", "”", "）"))


def _indented(line: Line) -> bool:
    return line.text.startswith(("　　", "    ")) or line.look.first_chars >= 1 or line.look.first >= 12


def _missing_number(text: str) -> bool:
    match = MISSING.fullmatch(p.bare(text))
    return bool(match and "字号" in match[1])


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


def _red(colour: str) -> bool:
    if len(colour) != 6:
        return False
    try:
        red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    except ValueError:
        return False
    return red > 180 and green < 90 and blue < 90


def _body_size(lines: list[Line]) -> float:
    """The size that most characters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.place.where is Where.BODY:
            for run in line.runs:
                sizes[run.size] += len(run.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
