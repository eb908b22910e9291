"""Checking (核稿): every active rule reads the document; what it marks becomes findings in reading order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from generators.proofing import (  # noqa: F401 – these files register their rules
    addressees,
    annexes,
    citations,
    dates,
    elements,
    heads,
    imprints,
    kinds,
    layout_of_elements,
    layout_of_page,
    layout_of_text,
    names,
    numbering,
    numbers,
    punctuation,
    signatures,
    sums,
    titles,
    wording,
)
from generators.proofing.galley import SCOPES, Edit, Galley, Mark
from generators.proofing.registry import CHECKS
from generators.proofing.rulebook import RuleBook, compiled
from model.findings import Finding
from model.proofing import ProofDocument, ProofParagraph
from model.rules import Rule

_AROUND = 8  # characters of the excerpt before and after a fault
_LONGEST = 40


def check(document: ProofDocument, rules: RuleBook) -> tuple[Finding, ...]:
    """What the active rules have to say about a document, in reading order; one finding a rule and paragraph.

    `Finding.paragraph` is the index of the paragraph, `excerpt` the words found fault with and some around them.
    """
    galley, active = Galley(document, rules.layout), rules.active
    starts = galley.starts
    found: dict[tuple[int, int], list[Mark]] = {}
    for place, rule in enumerate(active):
        for mark in marks_of(galley, rule):
            index = bisect_right(starts, mark.start) if mark.start else 0  # 0: the whole document
            found.setdefault((index, place), []).append(mark)
    return tuple(_finding(galley, active[place], index, found[index, place]) for index, place in sorted(found))


def marks_of(galley: Galley, rule: Rule) -> Iterable[Mark]:
    """The marks of one rule: by its function, else by its pattern; none without a character that a fault would hold."""
    if rule.needs and galley.signs.isdisjoint(rule.needs):
        return ()
    judge = CHECKS.get(rule.number)
    if judge:
        return judge(galley)
    return _by_pattern(galley, rule) if rule.pattern else ()  # without either it takes several papers: together.py


def _by_pattern(galley: Galley, rule: Rule) -> Iterator[Mark]:
    """Matches of the pattern, or of its group `at`; one that begins with ^ is tried at paragraphs' heads only."""
    scope = SCOPES[rule.scope]
    pattern = compiled(rule.pattern)
    named = "at" if "at" in pattern.groupindex else 0
    for match in _heads(galley, pattern) if rule.pattern.startswith("^") else pattern.finditer(galley.text):
        span = match.span(named)
        if galley.at(span[0]).role in scope:
            yield Mark(*span, () if rule.replace is None else (Edit(*span, rule.replace),))


def _heads(galley: Galley, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    return (match for start in galley.heads if (match := pattern.match(galley.text, start)))


def _finding(galley: Galley, rule: Rule, index: int, marks: Sequence[Mark]) -> Finding:
    first = marks[0]
    details = tuple(dict.fromkeys(mark.detail for mark in marks if mark.detail))
    message = f"{rule.message}：{'；'.join(details[:3])}" if details else rule.message
    if len(marks) > 1:
        message += f"（本段{len(marks)}处）"
    paragraph = galley.document.paragraph(index) if index else None
    return Finding(
        rule=rule.number,
        severity=rule.severity,
        message=message,
        file=galley.document.file or None,
        line=paragraph.line if paragraph else None,
        page=paragraph.page if paragraph else None,
        paragraph=index or None,
        excerpt=_excerpt(paragraph, galley.starts[index - 1], first) if paragraph else None,
        fix=first.remedy or rule.remedy,
    )


def _excerpt(paragraph: ProofParagraph, base: int, mark: Mark) -> str:
    """The words of a paragraph, which begins at `base`, that a mark stands at."""
    start = max(0, mark.start - base - _AROUND)
    end = min(len(paragraph.text), max(mark.end, mark.start) - base + _AROUND, start + _LONGEST)
    text = paragraph.text[start:end].strip()
    return f"{'…' if start else ''}{text}{'…' if end < len(paragraph.text) else ''}"
