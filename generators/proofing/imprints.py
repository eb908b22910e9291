"""The imprint (版记, GB/T 9704-2012 7.4): 抄送机关, 印发机关 and 印发日期."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generators.proofing.galley import Galley, Mark
from generators.proofing.registry import judges
from generators.proofing.signatures import DATE, UNFILLED
from model.proofing import ProofParagraph, Role


@judges("F11")
def copies_stop(galley: Galley) -> Iterator[Mark]:
    """抄送 ends with a full stop."""
    printed = _printed(galley)
    lines = [p for p in galley.of(Role.COPIES) if not p.text.lstrip().startswith("主送") and p not in printed]
    if lines:
        text = lines[-1].text.rstrip()
        if text and text[-1] != "。" and len(text) > 3:
            stop = len(text) - (text[-1] in "，、；,;.")
            yield galley.mark(lines[-1], stop, len(text), after="。")


def _printed(galley: Galley) -> tuple[ProofParagraph, ...]:
    """印发机关和印发日期; without the word 印发 the line passes for 抄送, but it ends with a day."""
    last = (p for p in galley.of(Role.COPIES) if "送" not in p.text[:4] and re.search(r"日\s*$", p.text))
    return (*galley.of(Role.PRINTED), *last)


@judges("E37")
def printed_word(galley: Galley) -> Iterator[Mark]:
    """…日印发."""
    for paragraph in _printed(galley):
        if DATE.search(paragraph.text) and "印发" not in paragraph.text:
            yield galley.mark(paragraph)


@judges("E38")
def printed_date(galley: Galley) -> Iterator[Mark]:
    """The date of printing as the date of the paper."""
    for paragraph in galley.of(Role.PRINTED):
        text = re.sub(r"\s", "", paragraph.text)
        if re.search("[年./-]", text) and not DATE.search(text) and not UNFILLED.search(paragraph.text):
            yield galley.mark(paragraph)


@judges("E39")
def printed_before(galley: Galley) -> Iterator[Mark]:
    """Printed before it was signed."""
    document = galley.document.document
    if document.dated and document.printed_on and document.printed_on < document.dated:
        for paragraph in galley.of(Role.PRINTED)[:1]:
            yield galley.mark(paragraph)
