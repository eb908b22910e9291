"""Annexes (附件说明、附件, GB/T 9704-2012 7.3.4 and 7.3.7): the list, the annexes behind it, and what the text says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from generators.proofing.galley import Galley, Mark
from generators.proofing.nature import official
from generators.proofing.registry import judges
from model.proofing import ProofParagraph, Role

_ENTRY = re.compile(
    r"[\s\u3000]*(?P<label>附\s*件?\s*[：:]?)?[\s\u3000]*(?:(?P<number>\d{1,2})[.．、][\s\u3000]*)?(?P<name>.*?)\s*$"
)
_LABEL = re.compile(
    r"[\s\u3000]*附\s*件\s*(?P<number>[一二三四五六七八九十]{1,2}(?=[\s\u3000：:、.]|$)|\d{0,2})\s*(?P<mark>[：:、.]?)(?P<name>.*)$"
)
_MENTION = re.compile(r"(?<![文及函]的)(?<!其)附件(\d{1,2})(?!\d)(?:[—～至、和及](?:附件)?(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the 附件说明: its number (0 none), its name, and where the name stands in the paragraph."""

    paragraph: ProofParagraph
    label: str
    number: int
    name: str
    place: int


@lru_cache(maxsize=2)
def entries(galley: Galley) -> tuple[Entry, ...]:
    """The 附件说明; a line without a number after a numbered one goes on with its name."""
    found: list[Entry] = []
    for paragraph in galley.of(Role.ANNEX_LIST):
        match = _ENTRY.match(paragraph.text)
        if not match or not match["name"]:
            continue
        if found and not match["label"] and not match["number"] and not paragraph.auto:
            before = found[-1]
            found[-1] = Entry(paragraph, before.label, before.number, before.name + match["name"], match.start("name"))
            continue
        number = int(match["number"] or re.sub(r"\D", "", paragraph.auto) or 0)
        found.append(Entry(paragraph, match["label"] or "", number, match["name"], match.start("name")))
    return tuple(found)


@lru_cache(maxsize=2)
def behind(galley: Galley) -> tuple[tuple[ProofParagraph, int, str], ...]:
    """The annexes behind the paper: label, number (0 none), title."""
    found: list[tuple[ProofParagraph, int, str]] = []
    for paragraph in galley.of(Role.ANNEX_LABEL, Role.ANNEX_TITLE):
        if paragraph.role is Role.ANNEX_LABEL:
            match = _LABEL.match(paragraph.text)
            found.append((paragraph, paragraph.level, match["name"].strip() if match else ""))
        elif found:
            label, number, name = found[-1]
            found[-1] = (label, number, name + paragraph.text.strip())
    return tuple(found)


@judges("D04")
def names_in_marks(galley: Galley) -> Iterator[Mark]:
    """A name in the list stands without 《 》."""
    for entry in entries(galley):
        if entry.name.startswith("《") and entry.name.rstrip("。；，").endswith("》"):
            yield galley.mark(entry.paragraph)


@judges("E28")
def names_end(galley: Galley) -> Iterator[Mark]:
    """No mark after a name in the list."""
    for entry in entries(galley):
        text = entry.paragraph.text.rstrip()
        if text[-1:] in "。；，、;,":
            yield galley.mark(entry.paragraph, len(text) - 1, len(text), after="")


@judges("E29")
def single_numbered(galley: Galley) -> Iterator[Mark]:
    """One annex bears no number."""
    found = entries(galley)
    if len(found) == 1 and found[0].number and len(behind(galley)) <= 1:
        yield galley.mark(found[0].paragraph)


@judges("E30")
def several_unnumbered(galley: Galley) -> Iterator[Mark]:
    """Several annexes are numbered from one."""
    found = entries(galley)
    if len(found) > 1:
        for number, entry in enumerate(found, 1):
            if entry.number != number:
                yield galley.mark(entry.paragraph)
                return


@judges("E31")
def list_label(galley: Galley) -> Iterator[Mark]:
    """附件： with a colon; a half-width colon is told by P20."""
    for entry in entries(galley)[:1]:
        label = re.sub(r"\s", "", entry.label)
        if label and label not in ("附件：", "附件:"):
            yield galley.mark(entry.paragraph)


def _plain(name: str) -> str:
    return re.sub(r"[\s\u3000《》。；，（）()“”]", "", name)


def _known(name: str, listed: tuple[Entry, ...]) -> bool:
    """Whether a title is a name of the list, or the first line of one."""
    return any(_plain(entry.name).startswith(_plain(name)) for entry in listed)


@judges("F09")
def names_equal(galley: Galley) -> Iterator[Mark]:
    """The title of an annex is its name in the list."""
    listed = entries(galley)
    for place, (label, number, name) in enumerate(behind(galley)):
        at = number - 1 if number else place
        if 0 <= at < len(listed) and name and not _known(name, listed):
            yield galley.mark(label, detail=f"附件说明是“{listed[at].name}”，附件标题是“{name}”")


@judges("E32")
def not_listed(galley: Galley) -> Iterator[Mark]:
    """An annex that the list does not know."""
    listed, found = entries(galley), behind(galley)
    if official(galley) and galley.of(Role.DATE, Role.SIGNED, Role.ADDRESSEES):
        for label, _number, name in found[len(listed) :]:
            yield galley.mark(label, detail=name)


@judges("E33")
def label_form(galley: Galley) -> Iterator[Mark]:
    """附件1, not 附件一 nor 附件1：."""
    for paragraph in galley.of(Role.ANNEX_LABEL):
        match = _LABEL.match(paragraph.text)
        if match and (match["mark"] or (match["number"] and not match["number"].isascii())):
            yield galley.mark(paragraph)


@judges("E34")
def label_order(galley: Galley) -> Iterator[Mark]:
    """Annexes follow each other in the order of the list."""
    listed = [_plain(entry.name) for entry in entries(galley)]
    before = 0
    for label, number, name in behind(galley):
        at = listed.index(_plain(name)) + 1 if _plain(name) in listed else 0
        if number and (number != before + 1 or (at and at != number)) and len(behind(galley)) > 1:
            yield galley.mark(label)
        before = number


@judges("D05")
def promised(galley: Galley) -> Iterator[Mark]:
    """附件3 where there are two."""
    count = max(len(entries(galley)), len(behind(galley)), *(number for _, number, _ in behind(galley)), 0)
    if not official(galley):
        return
    for paragraph in galley.prose:
        if "附件" not in paragraph.text:
            continue
        for match in _MENTION.finditer(paragraph.text):
            if max(int(match[1]), int(match[2] or 0)) > count:
                yield galley.mark(paragraph, *match.span(), detail=f"只有{count}个附件" if count else "没有附件")


@judges("E35")
def unmentioned(galley: Galley) -> Iterator[Mark]:
    """An annex that the text neither counts nor names."""
    listed = entries(galley)
    prose = "".join(paragraph.text for paragraph in galley.prose)
    if len(listed) < 2:
        return
    for entry in listed:
        if f"附件{entry.number}" not in prose and _plain(entry.name) not in _plain(prose) and "附件" not in prose:
            yield galley.mark(entry.paragraph)
