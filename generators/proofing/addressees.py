"""Addressees (主送机关, GB/T 9704-2012 7.3.2): whether there must be some, how they are written, who is copied besides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generators.proofing.galley import Galley, Mark
from generators.proofing.nature import addressees, has_head, kind, official, on_title
from generators.proofing.registry import judges
from model.proofing import Role


@judges("E12")
def no_addressees(galley: Galley) -> Iterator[Mark]:
    """What goes to somebody says to whom, in the body's head or in the 版记."""
    asked = kind(galley) in ("请示", "报告", "函", "批复") or (kind(galley) == "通知" and has_head(galley))
    if asked and official(galley) and not galley.document.document.addressees and not addressees(galley):
        place = on_title(galley)
        yield galley.mark(place) if place else Mark()


@judges("E13")
def needless_addressees(galley: Galley) -> Iterator[Mark]:
    """公告, 通告 and 公报 speak to everybody."""
    if kind(galley) in ("公告", "通告", "公报"):
        for paragraph in galley.of(Role.ADDRESSEES)[:1]:
            yield galley.mark(paragraph)


@judges("F06")
def addressees_colon(galley: Galley) -> Iterator[Mark]:
    """The last addressee is followed by a colon."""
    if lines := addressees(galley):
        text = lines[-1].text.rstrip()
        if text and text[-1] not in "：:":
            stop = len(text) - (text[-1] in "，。；、,;")
            yield galley.mark(lines[-1], stop, len(text), after="：")


@judges("E14")
def addressees_marks(galley: Galley) -> Iterator[Mark]:
    """，： at the end of the addressees."""
    for paragraph in galley.of(Role.ADDRESSEES):
        if match := re.search("[，。；、]+(?=：\\s*$)", paragraph.text):
            yield galley.mark(paragraph, *match.span(), after="")


def names_of(text: str) -> list[str]:
    """The names in a list of organs."""
    return [name for name in re.split("[，、；,;：:。\\s]", re.sub("（[^（）]*）", "", text)) if name]


@judges("E15")
def addressees_twice(galley: Galley) -> Iterator[Mark]:
    """One addressee named twice."""
    for paragraph in galley.of(Role.ADDRESSEES):
        names = names_of(paragraph.text)
        for name in dict.fromkeys(name for name in names if names.count(name) > 1):
            place = paragraph.text.rfind(name)
            yield galley.mark(paragraph, place, place + len(name), detail=name)


@judges("E36")
def copied_addressee(galley: Galley) -> Iterator[Mark]:
    """Who is addressed need not be copied."""
    addressed = {name for paragraph in galley.of(Role.ADDRESSEES) for name in names_of(paragraph.text)}
    for paragraph in galley.of(Role.COPIES):
        for name in names_of(paragraph.text):
            if name in addressed and len(name) > 2:
                yield galley.mark(
                    paragraph, paragraph.text.index(name), paragraph.text.index(name) + len(name), detail=name
                )
