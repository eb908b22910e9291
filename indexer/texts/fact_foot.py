"""The facts of a paper's foot: 附件说明, 署名, 成文日期 (GB/T 9704-2012 7.3.4 to 7.3.5), before its annexes and its 版记."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indexer.texts import fact_forms as forms
from indexer.texts.lines import Line, reading
from model.readings import Confidence, Reading

_ANNEX_PAGE = re.compile(r"附件(?:[\d一二三四五六七八九十]{1,3}[:：]?)?")
_ANNEX_NOTE = re.compile(r"附件[:：](?P<rest>.*)")
_ITEM = re.compile(r"(?P<number>\d{1,2})[.．、](?P<name>.+)")
_IMPRINT = re.compile(r"抄送[:：]|.*印发$|抄报[:：]")
_SIGNERS = 8  # lines that those who sign together may take
_AFTER = 6  # lines that may follow the date of a paper: 附注 and 版记
_WRAPPED = 20  # characters of a line that may go on in the next


@dataclass(frozen=True, slots=True)
class Foot:
    """The lines from the end of the title to the first annex; `signed`: the place of the date's line, if there is one."""

    lines: Sequence[Line]
    signed: int | None
    wraps: bool

    @classmethod
    def of(cls, lines: Sequence[Line], after: int) -> Foot:
        """The foot of a paper whose title ends before the line `after`."""
        end = next((n for n in range(after + 1, len(lines)) if _begins_annex(lines, n)), len(lines))
        own = lines[after:end]
        days = [n for n, line in enumerate(own) if _day_of(line)]
        return cls(lines[after:], days[-1] if days else None, wraps=len({line.block for line in lines}) == len(lines))

    def dated(self) -> Reading[date] | None:
        """成文日期: the last line that is nothing but a day, or an organ and a day."""
        if self.signed is None:
            return None
        line = self.lines[self.signed]
        day = _day_of(line)
        assert day
        signed = bool(self._signers())
        sure = Confidence.SURE if signed else Confidence.LIKELY if self._near_end() else Confidence.DOUBTFUL
        return reading(day, line, sure)

    def _near_end(self) -> bool:
        """Whether only 附注, 版记 and annexes follow."""
        assert self.signed is not None
        following = self.lines[self.signed + 1 : self.signed + 2 + _AFTER]
        return len(following) <= _AFTER or any(
            _ANNEX_PAGE.fullmatch(line.tight) or _IMPRINT.match(line.tight) for line in following
        )

    def issuer(self) -> Reading[str] | None:
        """发文机关署名: the organs above the date."""
        signers = self._signers()
        if not signers:
            return None
        value = "、".join(dict.fromkeys(name for _, names in signers for name in names))
        return reading(value, signers[0][0], Confidence.SURE, " ".join(line.text for line, _ in signers))

    def _signers(self) -> list[tuple[Line, tuple[str, ...]]]:
        if self.signed is None:
            return []
        own = self.lines[self.signed]
        same = _organs(own, own.tight)
        if same:
            return [(own, same)]
        found: list[tuple[Line, tuple[str, ...]]] = []
        for line in reversed(self.lines[max(0, self.signed - _SIGNERS) : self.signed]):
            names = _organs(line, line.tight)
            if not names:
                break
            found.insert(0, (line, names))
        return found

    def annexes(self) -> Reading[tuple[str, ...]] | None:
        """附件: the names of the 附件说明; where there is none, the titles of the annexes bound with the paper."""
        for place, line in enumerate(self.lines):
            if found := _ANNEX_NOTE.fullmatch(line.tight):
                names = self._listed(place, found["rest"]) if found["rest"] else self._listed_below(place)
                return reading(names, line, Confidence.SURE) if names else None
        bound = [n for n in range(len(self.lines) - 1) if _ANNEX_PAGE.fullmatch(self.lines[n].tight)]
        titles = tuple(self.lines[n + 1].tight for n in bound)
        return reading(titles, self.lines[bound[0]], Confidence.LIKELY) if titles else None

    def _listed_below(self, place: int) -> tuple[str, ...]:
        """The numbered names under a line that is only 附件：."""
        first = self.lines[place + 1].tight if place + 1 < len(self.lines) else ""
        return self._listed(place + 1, first) if first.startswith("1") and _ITEM.fullmatch(first) else ()

    def _listed(self, place: int, rest: str) -> tuple[str, ...]:
        """The numbered names from here on, a name that wraps put together; one name alone has no number."""
        names = _same_line(rest)
        numbered = bool(_ITEM.fullmatch(rest))
        for line in self.lines[place + 1 : place + 40]:
            item = _ITEM.fullmatch(line.tight)
            if numbered and item and int(item["number"]) == len(names) + 1:
                names.extend(_same_line(line.tight))
            elif self.wraps and len(names[-1]) >= _WRAPPED - 2 and _goes_on(line):
                names[-1] += line.tight
            else:
                break
        return tuple(name for name in (_bare(name) for name in names) if name)


def _begins_annex(lines: Sequence[Line], place: int) -> bool:
    return bool(_ANNEX_PAGE.fullmatch(lines[place].tight))


def _day_of(line: Line) -> date | None:
    """The day a line gives as its paper's: alone, or behind an organ."""
    found = re.search(r"(.*?)((?:19|20)\d\d年.*日|[一二][^年]{3}年.*日)$", line.tight)
    if not found or (found[1] and not forms.is_organ(found[1])):
        return None
    return forms.day(found[2])


def _organs(line: Line, tight: str) -> tuple[str, ...]:
    """The organs that sign in this line, a day behind them set aside; none when it is anything else."""
    bare = re.sub(r"(?:(?:19|20)\d\d|[一二][^年]{3})年[^年]*日$", "", tight)
    if bare == tight and len(line.cells) > 1 and all(forms.is_organ(cell) for cell in line.cells):
        return line.cells
    return (bare,) if bare and forms.is_organ(bare) else ()


def _same_line(text: str) -> list[str]:
    """The names in one line: 1.名单2.台账 are two when the numbers follow each other."""
    item = _ITEM.fullmatch(text)
    if not item:
        return [text]
    following = re.search(rf"(?<=[^\d.．]){int(item['number']) + 1}[.．、](?=\D)", item["name"])
    if not following:
        return [item["name"]]
    return [item["name"][: following.start()], *_same_line(item["name"][following.start() :])]


def _goes_on(line: Line) -> bool:
    return not (
        forms.is_organ(line.tight) or _day_of(line) or _ITEM.fullmatch(line.tight) or _ANNEX_PAGE.fullmatch(line.tight)
    ) and not re.search("[。：:]", line.tight)


def _bare(name: str) -> str:
    name = name.rstrip("。；;，,")
    return name[1:-1] if name.startswith("《") and name.endswith("》") and name.count("《") == 1 else name
