"""What a program may mend (自动改正): the edits of fixable rules, none of them inside a title, a quotation, a code or a figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from generators.proofing.checking import marks_of
from generators.proofing.galley import Edit, Galley
from generators.proofing.rulebook import RuleBook
from model.proofing import ProofDocument, ProofParagraph, Role
from model.rules import Change, Rule

_MOST_ROUNDS = 8
AROUND = 6  # characters told before and after a change


def corrections(document: ProofDocument, rules: RuleBook) -> tuple[Change, ...]:
    """Every change to make, in an order in which they can be made one after the other; of a corrected document none.

    One correction may open the way for another (a comma made full-width beside a second one), so it is read again until
    nothing is left. Numbers that Word writes by itself, headers and footers are left alone.
    """
    fixable = tuple(rule for rule in rules.active if rule.fixable)
    made: list[Change] = []
    for _ in range(_MOST_ROUNDS):
        found = _round(Galley(document, rules.layout), fixable)
        if not found:
            break
        made += found
        document = corrected(document, found)
    return tuple(made)


def _round(galley: Galley, rules: Iterable[Rule]) -> list[Change]:
    """The edits of one reading that do not touch each other, of each paragraph the last first; the earlier rule wins."""
    taken: list[tuple[Edit, str]] = []
    touched: set[int] = set()
    for rule in rules:
        for mark in marks_of(galley, rule):
            edits = tuple(edit for edit in mark.edits if galley.text[edit.start : edit.end] != edit.after)
            places = {place for edit in edits for place in range(edit.start, edit.end + 1)}
            if edits and touched.isdisjoint(places) and not any(_forbidden(galley, edit) for edit in edits):
                taken += [(edit, rule.number) for edit in edits]
                touched |= places
    changes = (_change(galley, edit, rule) for edit, rule in taken)
    return sorted(changes, key=lambda change: (change.index, -change.start))


def _forbidden(galley: Galley, edit: Edit) -> bool:
    role = galley.at(edit.start).role
    crosses = galley.at(edit.start) is not galley.at(max(edit.start, edit.end - 1))
    return galley.shielded(edit) or crosses or role in (Role.HEADER, Role.FOOTER)


def _change(galley: Galley, edit: Edit, rule: str) -> Change:
    paragraph = galley.at(edit.start)
    base = galley.start(paragraph)
    start, end = edit.start - base, edit.end - base
    text = paragraph.text
    left, right = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Change(
        index=paragraph.index,
        start=start,
        end=end,
        old=text[start:end],
        new=edit.after,
        rule=rule,
        before=f"{left}{text[start:end]}{right}",
        after=f"{left}{edit.after}{right}",
    )


def corrected(document: ProofDocument, changes: Iterable[Change]) -> ProofDocument:
    """The document with the changes made in their order; only the texts of its paragraphs."""
    texts = {paragraph.index: paragraph.text for paragraph in document.paragraphs}
    changed: set[int] = set()
    for change in changes:
        text = texts[change.index]
        texts[change.index] = text[: change.start] + change.new + text[change.end :]
        changed.add(change.index)
    paragraphs = (_with(each, texts[each.index]) if each.index in changed else each for each in document.paragraphs)
    return replace(document, paragraphs=tuple(paragraphs))


def _with(paragraph: ProofParagraph, text: str) -> ProofParagraph:
    return paragraph._replace(text=text)


def by_paragraph(changes: Iterable[Change]) -> dict[int, list[Change]]:
    """The changes of each paragraph, in their order."""
    ordered = sorted(changes, key=lambda change: change.index)
    return {index: list(group) for index, group in groupby(ordered, key=lambda change: change.index)}
