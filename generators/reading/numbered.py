"""Automatic numbering (自动编号, w:numPr): the number that Word shows before a paragraph and that is not among its characters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generators.reading.styles import W, number
from model.wording import chinese_number

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEAVENLY = "甲乙丙丁戊己庚辛壬癸"
_LEGAL = str.maketrans("一二三四五六七八九十百千零", "壹贰叁肆伍陆柒捌玖拾佰仟零")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def written(value: int, form: str) -> str:
    """A number in one of Word's formats (numFmt); plain digits for those that no Chinese paper uses."""
    if not 0 <= value <= 9999:
        return str(value)
    if form in _CHINESE:
        return chinese_number(value)
    if form == "ideographDigital":
        return str(value).translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    if form.startswith("chineseLegal") or form == "ideographLegalTraditional":
        return chinese_number(value).translate(_LEGAL)
    if form.startswith("decimalEnclosedCircle") and 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    if form == "decimalFullWidth":
        return str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    if form == "ideographTraditional" and 1 <= value <= 10:
        return _HEAVENLY[value - 1]
    if form in ("upperLetter", "lowerLetter") and value:
        letter = chr(ord("A") + (value - 1) % 26) * (1 + (value - 1) // 26)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman"):
        return _roman(value) if form == "upperRoman" else _roman(value).lower()
    return f"{value:02d}" if form == "decimalZero" else str(value)


_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand",
    "japaneseDigitalTenThousand", "koreanDigital2",
}  # fmt: skip


def _roman(value: int) -> str:
    told = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        told += letters * count
    return told


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """Counts as Word does: lists of one definition count on, a deeper level starts again, a start of its own is used once."""

    _lists: dict[str, tuple[str, dict[int, _Level]]] = field(default_factory=dict)
    _starts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _met: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def read(cls, root: _Element | None) -> Numbering:
        """The definitions of numbering.xml."""
        found = cls()
        if root is None:
            return found
        abstract = {str(each.get(f"{W}abstractNumId")): _levels(each) for each in root.iterchildren(f"{W}abstractNum")}
        for each in root.iterchildren(f"{W}num"):
            name = str(each.get(f"{W}numId"))
            of = each.find(f"{W}abstractNumId")
            key = str(of.get(f"{W}val")) if of is not None else ""
            levels = dict(abstract.get(key, {}))
            for override in each.iterchildren(f"{W}lvlOverride"):
                level = int(number(override.get(f"{W}ilvl")))
                start = override.find(f"{W}startOverride")
                if start is not None:
                    found._starts.setdefault(name, {})[level] = int(number(start.get(f"{W}val")))
                levels |= _levels(override)
            found._lists[name] = key, levels
        return found

    def next(self, name: str, level: int) -> str:
        """The number of the next paragraph of a list at a level from 0; empty for bullets and unknown lists."""
        key, levels = self._lists.get(name, ("", {}))
        here = levels.get(level)
        if here is None:
            return ""
        counts = self._counts.setdefault(key, {})
        own = self._starts.get(name, {}).get(level)
        if own is not None and (name, level) not in self._met:
            counts[level] = own
        else:
            counts[level] = counts[level] + 1 if level in counts else here.start
        self._met.add((name, level))
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if here.form in ("bullet", "none"):
            return ""
        text = here.text
        for each in range(9):
            if f"%{each + 1}" in text:
                of = levels.get(each, _Level())
                text = text.replace(f"%{each + 1}", written(counts.get(each, of.start), of.form))
        return text


def _levels(parent: _Element) -> dict[int, _Level]:
    found = {}
    for each in parent.iterchildren(f"{W}lvl"):
        told = {str(child.tag): str(child.get(f"{W}val") or "") for child in each}
        start = int(number(told.get(f"{W}start", "1")))
        found[int(number(each.get(f"{W}ilvl")))] = _Level(
            told.get(f"{W}numFmt", "decimal"), told.get(f"{W}lvlText", ""), start
        )
    return found
