"""What several papers show only side by side (一并核): the sequence of their numbers (发文字号)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from generators.proofing.rulebook import RuleBook
from model.findings import Finding
from model.proofing import ProofDocument, Role

TWICE, GAP = "C19", "C20"
_NUMBER = re.compile(r"(?P<code>[^\s〔〕]{2,12}〔(?:19|20)\d\d〕)(?P<serial>\d{1,5})号")
_FEWEST = 3  # papers of one code before a missing number means anything


def check_together(documents: Sequence[ProofDocument], rules: RuleBook) -> tuple[Finding, ...]:
    """Numbers that two papers bear, and numbers missing between those of one code and year."""
    active = {rule.number for rule in rules.active}
    found = sorted(
        (match["code"], int(match["serial"]), place)
        for place, document in enumerate(documents)
        if (match := _NUMBER.search(document.document.number))
    )
    told: list[Finding] = []
    for code, group in groupby(found, key=lambda each: each[0]):
        held = [(serial, documents[place]) for _, serial, place in group]
        told += (finding for finding in _judged(code, held, rules) if finding.rule in active)
    return tuple(told)


def _judged(code: str, held: Sequence[tuple[int, ProofDocument]], rules: RuleBook) -> Iterator[Finding]:
    for (before, one), (serial, other) in pairwise(held):
        if serial == before:
            yield _finding(rules, TWICE, other, f"{code}{serial}号，{one.file}也用了")
        elif serial > before + 1 and len(held) >= _FEWEST:
            missing = f"{before + 1}" if serial == before + 2 else f"{before + 1}至{serial - 1}"
            yield _finding(rules, GAP, other, f"{code}{before}号之后是{serial}号，缺{missing}号")


def _finding(rules: RuleBook, number: str, document: ProofDocument, detail: str) -> Finding:
    rule = rules.rules[number]
    place = next((paragraph for paragraph in document.of(Role.NUMBER)), None)
    return Finding(
        rule=number,
        severity=rule.severity,
        message=f"{rule.message}：{detail}",
        file=document.file or None,
        paragraph=place.index if place else None,
        line=place.line if place else None,
        excerpt=place.text if place else None,
        fix=rule.remedy,
    )
