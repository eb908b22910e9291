"""Lines with their roles become the elements of a `Document`; words are kept as they stand, only the layout's own are taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from generators.reading import patterns as p
from generators.reading.lines import Grid, Line, Walked
from generators.reading.stream import Recognised, Told
from model.documents import (
    Annex,
    Attendance,
    Block,
    Cell,
    Direction,
    Document,
    Format,
    Heading,
    Item,
    Paragraph,
    RedHead,
    Run,
    Seal,
    Table,
)
from model.proofing import Role, Where
from model.wording import MISSING

_BODIES = (Role.BODY, Role.HEADING, Role.ITEM)
_ENDINGS = {"文件": Format.DOCUMENT, "命令": Format.ORDER, "令": Format.ORDER, "纪要": Format.MINUTES}
_LEFT_OUT = frozenset((Role.HEADER, Role.FOOTER, Role.FOOTNOTE))


@dataclass(slots=True)
class Built:
    """The document; places of lines whose words found no element; remarks (place, message) on what could not be kept in form."""

    document: Document
    unplaced: list[int]
    remarks: list[tuple[int, str]]


def build(walked: Walked, recognised: Recognised) -> Built:
    """The elements that the lines make."""
    return _Builder(walked, recognised).build()


@dataclass(slots=True)
class _Counts:
    """The numbers that the writer will give; a number in the text that differs keeps its paragraph as plain text."""

    counts: list[int] = field(default_factory=lambda: [0, 0, 0, 0])

    def follows(self, level: int, value: int) -> bool:
        if self.counts[level - 1] + 1 != value:
            return False
        self.counts[level - 1] = value
        self.counts[level:] = [0] * (4 - level)
        return True


class _Builder:
    def __init__(self, walked: Walked, recognised: Recognised) -> None:
        self._walked, self._lines = walked, walked.lines
        self._told, self._recognised = recognised.told, recognised
        self._ours = walked.ours
        self._by_role: dict[Role, list[int]] = {}
        for place, told in enumerate(self._told):
            self._by_role.setdefault(told.role, []).append(place)
        self._unplaced: list[int] = []
        self._remarks: list[tuple[int, str]] = []

    def build(self) -> Built:
        title = "".join(self._texts(Role.TITLE, closed=True))
        copies, moved, printed_by, printed_on = self._imprint()
        names, posts, seal = self._signature()
        head = self._head(names)
        addressees = p.trimmed("".join(p.trimmed(text) for text in self._texts(Role.ADDRESSEES)))
        dated = self._date()
        document = Document(
            title=title,
            addressees=addressees.rstrip("：:") or moved,
            body=tuple(self._blocks(0)),
            annexes=self._annexes(),
            signatories=names,
            signatory_posts=posts,
            seal=seal,
            dated=dated,
            note=self._note(),
            copies_to=copies,
            printed_by=printed_by,
            printed_on=printed_on,
            attendance=self._attendance(),
            landscape=self._landscape(0) and head.get("red_head") is RedHead.NONE,
            **head,
        )
        self._leave_out()
        return Built(document, sorted(set(self._unplaced)), self._remarks)

    # helpers

    def _places(self, *roles: Role) -> Iterator[int]:
        return iter(sorted(place for role in roles for place in self._by_role.get(role, ())))

    def _texts(self, *roles: Role, closed: bool = False) -> list[str]:
        texts = (
            self._lines[place].auto + self._lines[place].text
            for place in self._places(*roles)
            if not self._told[place].annex
        )
        return [p.closed(text) if closed and not self._ours else text for text in texts]

    def _leave_out(self) -> None:
        """Words that are in no element: they are named, not forgotten."""
        left = self._places(Role.IMPRINT, Role.TEXT_BOX, Role.FOOTNOTE)
        self._unplaced += (place for place in left if p.trimmed(self._lines[place].text))

    def _landscape(self, place: int) -> bool:
        """Whether the page that a line stands on lies on its side."""
        return next((sheet.landscape for sheet in reversed(self._walked.sheets) if sheet.first <= place), False)

    # 版头

    def _head(self, names: tuple[str, ...]) -> dict[str, Any]:
        number, signers = self._number()
        mark = p.closed("".join(self._texts(Role.MARK, closed=True)))
        marks = [p.bare(text) for text in self._texts(Role.MARK)]
        found: dict[str, Any] = {"number": number, "signers": signers}
        for role, key in ((Role.COPY_NUMBER, "copy_number"), (Role.SECRECY, "secrecy"), (Role.URGENCY, "urgency")):
            texts = self._texts(role)
            if texts:
                found[key] = p.trimmed(texts[0])
        self._corner(found)
        form = self._format(mark, number)
        found["format"] = form
        issuers, own_mark = _issuers(mark, marks, names, form)
        if mark and not names:  # who issues signs, so a mark alone names no issuer
            found["mark"] = mark
        elif mark:
            found |= {"issuers": issuers, "mark": own_mark}
        elif number or signers:
            found |= {"issuers": names, "red_head": RedHead.PREPRINTED}
        else:
            found["red_head"] = RedHead.NONE
        if signers or any(p.SIGNERS.search(text) for text in self._texts(Role.NUMBER, Role.SIGNERS)):
            found["direction"] = Direction.UP
        elif p.bare("".join(self._texts(Role.TITLE))).endswith("函"):
            found["direction"] = Direction.LEVEL
        return found

    def _corner(self, found: dict[str, Any]) -> None:
        """In a letter the first corner element stands on the number's line, before a tab (10.1)."""
        for text in self._texts(Role.NUMBER):
            piece = p.trimmed(text.partition("\t")[0]) if "\t" in text else ""
            for shape, key in ((p.COPY_NUMBER, "copy_number"), (p.SECRECY, "secrecy"), (p.URGENCY, "urgency")):
                if piece and shape.fullmatch(p.bare(piece)):
                    found[key] = piece

    def _format(self, mark: str, number: str) -> Format:
        if self._ours and self._walked.sheets and self._walked.sheets[0].title_page:
            return Format.LETTER
        if not mark:
            return Format.DOCUMENT
        if mark.endswith("令"):
            return Format.ORDER
        if mark.endswith("纪要"):
            return Format.MINUTES
        about = number.partition("〔")[0][-2:] + p.bare("".join(self._texts(Role.TITLE)))[-1:]
        letter = not mark.endswith("文件") and "函" in about
        return Format.LETTER if letter else Format.DOCUMENT

    def _number(self) -> tuple[str, tuple[str, ...]]:
        number, signers = "", []
        for text in self._texts(Role.NUMBER):
            piece = p.number_piece(text) or p.bare(text)
            number = piece
            signers += _names_behind(text)
        listed = [name for text in self._texts(Role.SIGNERS) for name in _names_behind(text)]
        if listed:  # the last of several signers stands on the number's line (7.2.6)
            signers += (name for text in self._texts(Role.NUMBER) for name in _beside_number(text))
        return number, (*listed, *signers)

    # 署名

    def _signature(self) -> tuple[tuple[str, ...], tuple[str, ...], Seal]:
        names: list[str] = []
        posts: list[str] = []
        places = [place for place in self._places(Role.SIGNATORY, Role.SIGNED) if not self._told[place].annex]
        for place in places:
            text = self._lines[place].text
            if self._told[place].role is Role.SIGNED:
                text = re.split(r"[\s\u3000]+(?=\S*\d{4}|\S*二)", p.trimmed(text))[0]
            pieces = [piece for piece in re.split(r"\t+|[ \u3000]{2,}", p.trimmed(text)) if piece]
            if len(pieces) == 2 and not p.organ_like(pieces[1]) and not MISSING.fullmatch(pieces[1]):
                posts.append(pieces[0])
                names.append(pieces[1])
            else:
                names += [p.closed(piece) if not self._ours else piece for piece in pieces]
        return tuple(names), tuple(posts), self._seal(places, bool(posts))

    def _seal(self, places: list[int], posts: bool) -> Seal:
        if posts:
            return Seal.SIGNATURE
        if not places or self._told[places[-1]].role is Role.SIGNED:
            return Seal.SEALED
        last = places[-1]
        if last + 1 == len(self._lines):  # no date is below it
            return Seal.SEALED
        if not self._ours:
            name, day = (self._lines[place].look for place in (last, last + 1))
            stepped = name.align == day.align == "left" and name.left > 100 and 15 < day.left - name.left < 50
            return Seal.UNSEALED if stepped else Seal.SEALED  # the date two characters behind the name (7.3.5.2)
        if self._told[last + 1].role is Role.BLANK:  # the date stands one line below a stamp (7.3.5.3)
            return Seal.SIGNATURE
        return Seal.UNSEALED if self._lines[last + 1].look.align == "left" else Seal.SEALED

    def _date(self) -> date | None:
        for place in self._places(Role.DATE, Role.SIGNED):
            if self._told[place].annex:
                continue
            text = p.trimmed(self._lines[place].text)
            if self._told[place].role is Role.SIGNED:
                text = re.split(r"[\s\u3000]+(?=\S*\d{4}|\S*二)", text)[-1]
            return p.date_written(text)[1]
        return None

    def _note(self) -> str:
        texts = [p.trimmed(text) for text in self._texts(Role.NOTE)]
        if len(texts) == 1:
            return texts[0][1:-1]
        return "".join(texts)[1:-1] if texts else ""

    def _attendance(self) -> Attendance:
        found: dict[str, tuple[str, ...]] = {}
        keys = {"出席": "present", "请假": "excused", "列席": "observing"}
        for text in self._texts(Role.ATTENDANCE):
            match = p.ATTENDANCE.match(p.trimmed(text))
            if match:
                found[keys[match["label"]]] = tuple(p.trimmed(text)[match.end() :].split("、"))
        return Attendance(**found)

    # 版记

    def _imprint(self) -> tuple[tuple[str, ...], str, str, date | None]:
        copies: list[str] = []
        moved, label = "", ""
        printed: list[str] = []
        for place in self._places(Role.COPIES, Role.PRINTED):
            text = p.trimmed(self._lines[place].text)
            if self._told[place].role is Role.PRINTED:
                printed.append(text)
                continue
            match = p.IMPRINT.match(text)
            label = p.bare(match["label"]) if match else label
            names = p.trimmed(text[match.end() :] if match else text)
            names = names.removesuffix("。")
            if label == "主送":
                moved += names
            elif match:
                copies += names.split("，")
            elif copies:
                copies[-1:] = (copies[-1] + names).split("，")
        organ, day = _printed(" ".join(printed))
        return tuple(copies), moved, organ, day

    # 正文和附件

    def _annexes(self) -> tuple[Annex, ...]:
        names = self._listed()
        numbers = sorted({told.annex for told in self._told if told.annex})
        bound = [(self._annex_title(number), number) for number in numbers]
        annexes: list[Annex] = []
        left = dict.fromkeys(number for _, number in bound)
        titles = {number: title for title, number in bound}
        labels = {number: self._label(number) for number in numbers}
        for place, name in enumerate(names, 1):
            number = next((each for each in left if _same_name(titles[each], name)), None)
            if number is None:
                number = next((each for each in left if labels[each] == place), None)
            if number is None and len(names) == len(bound) == 1:
                number = next(iter(left), None)
            annexes.append(self._annex(name, number, titles))
            if number is not None:
                del left[number]
        for number in left:
            annexes.append(self._annex(titles[number], number, titles))
        return tuple(annexes)

    def _annex(self, name: str, number: int | None, titles: dict[int, str]) -> Annex:
        if number is None:
            return Annex(name)
        if titles[number] and titles[number] != name and not _same_name(titles[number], name):
            place = next(self._places(Role.ANNEX_TITLE, Role.ANNEX_LABEL))
            self._remarks.append((place, f"附件说明里叫“{name}”，附件上叫“{titles[number]}”，两处不一样"))
        first = next(place for place, told in enumerate(self._told) if told.annex == number)
        if titles[number] and _same_name(titles[number], name):
            name = titles[number]  # it stands in the open, the 附件说明 may have put it in 《》 (7.3.4)
        return Annex(name, tuple(self._blocks(number)), self._landscape(first))

    def _annex_title(self, number: int) -> str:
        told = [(place, each) for place, each in enumerate(self._told) if each.annex == number]
        named = [self._lines[place].text for place, each in told if each.role is Role.ANNEX_TITLE]
        if named:
            return "".join(named) if self._ours else "".join(map(p.closed, named))
        label = next((self._lines[place].text for place, each in told if each.role is Role.ANNEX_LABEL), "")
        match = p.ANNEX_NAMED.fullmatch(p.trimmed(label))
        return p.trimmed(match["name"]) if match else ""

    def _label(self, number: int) -> int:
        return next((each.level for each in self._told if each.annex == number and each.role is Role.ANNEX_LABEL), 0)

    def _listed(self) -> tuple[str, ...]:
        """The names in the 附件说明."""
        names: list[str] = []
        for place in self._places(Role.ANNEX_LIST):
            line = self._lines[place]
            text = p.trimmed(line.auto + line.text)
            match = p.ANNEX_NAMED.fullmatch(text)
            if match and not (names and p.LISTED.fullmatch(text) and not text.startswith("附")):
                first = p.LISTED.fullmatch(match["name"]) if not match["number"] else None
                names.append(p.trimmed(first["name"] if first else match["name"]))
            elif listed := p.LISTED.fullmatch(text):
                names.append(p.trimmed(listed["name"]))
            elif names:
                names[-1] += text
        return tuple(name if self._ours else name.rstrip("。；;") for name in names)

    def _blocks(self, annex: int) -> list[Block]:
        counts, caption = _Counts(), ""
        blocks: list[Block] = []
        grids = {grid.first: grid for grid in self._walked.grids if self._is_table(grid)}
        place = 0
        while place < len(self._lines):
            grid = grids.get(place)
            told = self._told[place]
            if grid is not None:
                if self._annex_of(grid) == annex:
                    blocks.append(_table(grid, self._lines, caption, self._ours))
                    caption = ""
                place = max(grid.after, place + 1)
                continue
            if told.annex == annex and told.role is Role.CAPTION:
                caption = p.trimmed(self._lines[place].text) if not self._ours else self._lines[place].text
            elif told.annex == annex and told.role in _BODIES:
                self._add(blocks, place, counts)
            place += 1
        return blocks

    def _add(self, blocks: list[Block], place: int, counts: _Counts) -> None:
        """The block of a line, or its text at the end of the block before it, whose paragraph a converter broke."""
        told = self._told[place]
        longer = _lengthened(blocks[-1], self._lines[place]) if told.goes_on and blocks else None
        if longer is None:
            blocks.append(self._block(place, told, counts))
        else:
            blocks[-1] = longer

    def _is_table(self, grid: Grid) -> bool:
        return grid.number not in self._recognised.frames and grid.after > grid.first and self._lines[grid.first].place.where not in (
            Where.HEADER, Where.FOOTER,
        )  # fmt: skip

    def _annex_of(self, grid: Grid) -> int:
        """The annex that a table stands in: that of the nearest line before it that is in the stream."""
        for place in range(grid.first - 1, -1, -1):
            if self._told[place].role not in (Role.BLANK, Role.CELL, *_LEFT_OUT):
                return self._told[place].annex
        return 0

    def _block(self, place: int, told: Told, counts: _Counts) -> Block:
        line = self._lines[place]
        shown = line.auto + line.text
        ordinal = None
        if told.role is not Role.BODY:
            ordinal = p.own_ordinal(shown, (told.level,)) if self._ours else p.ordinal_of(shown)
        if ordinal is None:
            return self._plain(line)
        if not counts.follows(told.level, ordinal.value):
            written = p.trimmed(shown[: ordinal.length])
            self._remarks.append((place, f"序号“{written}”与前面的接不上，按正文原样保留"))
            return self._plain(line)
        if told.role is Role.ITEM:
            return Item(told.level, self._runs(line, ordinal.length))
        if told.head:
            text = shown[ordinal.length : told.head]
            return Heading(told.level, text if self._ours else p.trimmed(text), self._runs(line, told.head))
        text = shown[ordinal.length :]
        return Heading(told.level, text if self._ours else p.trimmed(text))

    def _plain(self, line: Line) -> Paragraph:
        if self._ours:
            flush = not line.look.first_chars and not line.look.first
            return Paragraph(self._runs(line, 0), flush=flush)
        if line.text.startswith("\u3000" * 4):  # pushed to the right by spaces, as a place to sign is
            return Paragraph((Run(line.text.rstrip()),), flush=True)
        form = bool(re.search(r"\t|[ \u3000]{4,}|_{3,}", p.trimmed(line.text)))
        indented = line.look.first_chars > 0 or line.look.first > 0
        return Paragraph(self._runs(line, 0), flush=form and not indented)

    def _runs(self, line: Line, begins: int) -> tuple[Run, ...]:
        """The runs of a line from a character of `auto + text` on; bold is kept in our own papers only."""
        if not self._ours:
            text = p.trimmed((line.auto + line.text)[begins:])
            return (Run(text),) if text else ()
        runs: list[Run] = []
        skip = begins
        for run in line.runs:
            text = run.text[skip:]
            skip = max(0, skip - len(run.text))
            if not text:
                continue
            if runs and runs[-1].bold == run.bold:
                runs[-1] = Run(runs[-1].text + text, run.bold)
            else:
                runs.append(Run(text, run.bold))
        return tuple(runs)


def _lengthened(block: Block, line: Line) -> Block | None:
    """A block with a line's text behind its own, None for a table."""
    run = (Run(p.trimmed(line.text)),)
    if isinstance(block, Paragraph):
        return replace(block, runs=_joined(block.runs, run))
    if isinstance(block, Item):
        return replace(block, runs=_joined(block.runs, run))
    if isinstance(block, Heading):
        if block.run_in:
            return replace(block, run_in=_joined(block.run_in, run))
        return Item(block.level, _joined((Run(block.text),), run))
    return None


def _joined(runs: tuple[Run, ...], more: tuple[Run, ...]) -> tuple[Run, ...]:
    """Runs put together; Latin words that a line's end parted get their space back."""
    before, after = "".join(run.text for run in runs), "".join(run.text for run in more)
    space = (
        " " if before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha() else ""
    )
    return (Run(before + space + after),)


def _issuers(mark: str, marks: list[str], names: tuple[str, ...], form: Format) -> tuple[tuple[str, ...], str]:
    """发文机关 and the mark where it is not what they give by themselves."""
    ending = next((each for each in _ENDINGS if mark.endswith(each)), "")
    host = mark.removesuffix(ending) if ending else mark
    whole = ending if form is not Format.LETTER else ""
    if names and (mark == names[0] + whole or host == names[0]):
        return names, "" if mark in (names[0] + whole, names[0] + ending) and _made(names[0], mark, form) else mark
    joint = [name for name in (each.removesuffix(ending) if ending else each for each in marks) if name]
    if len(joint) > 1 and len(joint) == len(names):
        return names, ""
    return ((host,), "") if _made(host, mark, form) else ((host,), mark)


def _made(host: str, mark: str, form: Format) -> bool:
    """Whether the writer makes this mark of the host's name by itself."""
    ending = {Format.LETTER: "", Format.ORDER: "令", Format.MINUTES: "纪要"}.get(form, "文件")
    return mark == host + ending


def _names_behind(text: str) -> list[str]:
    """The names behind 签发人：, parted by spaces; 李　明 is one name."""
    match = p.SIGNERS.search(text)
    if not match:
        return []
    found: list[str] = []
    for piece in re.split(r"[\s\u3000、，,]+", p.trimmed(text[match.end() :])):
        if found and len(piece) == len(found[-1]) == 1:
            found[-1] += piece
        elif piece:
            found.append(piece)
    return found


def _beside_number(text: str) -> Iterator[str]:
    """Names on the number's line that no 签发人 stands before."""
    for piece in re.split(r"\t|[ \u3000]{2,}", p.trimmed(text)):
        plain = p.bare(piece)
        corner = any(shape.fullmatch(plain) for shape in (p.COPY_NUMBER, p.SECRECY, p.URGENCY))
        if plain and not p.number_piece(piece) and not p.SIGNERS.search(piece) and not corner:
            yield plain


def _printed(text: str) -> tuple[str, date | None]:
    """印发机关 and 印发日期."""
    whole = re.sub(r"(?:印发|印制)$", "", p.trimmed(text))
    pieces = [piece for piece in re.split(r"[\t\n]+|[ \u3000]{2,}", whole) if p.trimmed(piece)]
    if len(pieces) < 2:
        pieces = [
            piece for piece in re.split(r"(?=(?:19|20)\d{2}\s*年|二[〇○零])", whole, maxsplit=1) if p.trimmed(piece)
        ]
    day = p.date_written(pieces[-1]) if len(pieces) > 1 else (False, None)
    return p.trimmed(" ".join(pieces[:-1] if day[0] else pieces)), day[1]


def _same_name(one: str, other: str) -> bool:
    """Whether two names of an annex are the same words (book marks, spaces and end punctuation apart)."""
    return bool(one) and _core(one) == _core(other)


def _core(name: str) -> str:
    return re.sub(r"[《》。；;\s\u3000]", "", name)


def _table(grid: Grid, lines: list[Line], caption: str, ours: bool) -> Table:
    rows = tuple(tuple(_cell(cell.lines, cell.columns, cell.rows, lines, ours) for cell in row) for row in grid.rows)
    header = grid.header if ours or grid.header else int(len(rows) > 1)
    return Table(header=rows[:header], rows=rows[header:], caption=caption)


def _cell(places: list[int], columns: int, rows: int, lines: list[Line], ours: bool) -> Cell:
    texts = [lines[place].auto + lines[place].text for place in places]
    if not ours:  # blank lines and full-width blanks are room to write in
        texts = [text.rstrip() if text.startswith("\u3000") else p.trimmed(text) for text in texts]
    right = bool(places) and lines[places[0]].look.align == "right"
    text = "\n".join(texts)
    return Cell(text.removesuffix("\n") if rows > 1 else text, columns, rows, "右" if right else None)
