"""The rule tables: every rule is whole, honest about where it comes from, and proved by a defective paper."""

import re
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]  # there is no public way to take a pattern apart
from re import _parser as sre_parse  # type: ignore[attr-defined]
from typing import Any

import pytest
from proofing_papers import said
from test_proofing_form import CASES
from test_proofing_text import DEFECTS

from generators.pages.layout import load_layout
from generators.proofing.checking import check
from generators.proofing.registry import CHECKS
from generators.proofing.rulebook import HAN as HAN_RANGE
from generators.proofing.rulebook import load_rules, words
from model.errors import FaultyInput
from model.findings import Severity
from model.rules import Authority
from templates import files

BOOK = load_rules()
TOGETHER = {"C19", "C20"}  # several papers break them, test_proofing_together.py
HAN = re.compile("[\u4e00-\u9fff]")


def test_there_are_rules_enough_and_each_has_its_defective_paper() -> None:
    assert len(BOOK.rules) >= 120
    assert set(BOOK.rules) - {*CASES, *DEFECTS} == TOGETHER


@pytest.mark.parametrize("rule", BOOK.rules.values(), ids=lambda rule: rule.number)
def test_a_rule_says_what_is_wrong_what_would_be_right_and_why(rule) -> None:  # type: ignore[no-untyped-def]
    assert re.fullmatch(r"[A-Z]\d\d", rule.number)
    assert rule.basis
    assert all(HAN.search(text) for text in (rule.message, rule.remedy))
    assert bool(rule.pattern) != (rule.number in CHECKS or rule.number in TOGETHER)
    assert rule.replace is None or rule.fixable


def test_custom_never_makes_an_error() -> None:
    wrong = [r.number for r in BOOK.rules.values() if r.authority is Authority.CUSTOM and r.severity is Severity.ERROR]
    assert wrong == []


def _certain(items: Any, needs: frozenset[str]) -> bool:
    """Whether every match of a parsed pattern holds one of the characters."""
    return any(_holds(kind, value, needs) for kind, value in items)


def _holds(kind: Any, value: Any, needs: frozenset[str]) -> bool:
    if kind is sre.LITERAL:
        return chr(value) in needs
    if kind is sre.IN:
        return all(_within(each, needs) for each in value)
    if kind is sre.BRANCH:
        return all(_certain(each, needs) for each in value[1])
    if kind is sre.SUBPATTERN:
        return _certain(value[-1], needs)
    if kind is sre.ASSERT:
        return _certain(value[1], needs)
    return kind in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[0] > 0 and _certain(value[2], needs)


def _within(each: tuple[Any, Any], needs: frozenset[str]) -> bool:
    kind, value = each
    if kind is sre.RANGE:
        return set(map(chr, range(value[0], value[1] + 1))) <= needs
    return bool(kind is sre.LITERAL and chr(value) in needs)


@pytest.mark.parametrize(
    "rule", [rule for rule in BOOK.rules.values() if rule.needs and rule.pattern], ids=lambda rule: rule.number
)
def test_what_a_rule_needs_is_in_every_match_of_its_pattern(rule) -> None:  # type: ignore[no-untyped-def]
    assert _certain(sre_parse.parse(rule.pattern.replace("%汉%", HAN_RANGE)), rule.needs)


def test_every_function_judges_a_rule_of_the_tables() -> None:
    assert set(CHECKS) <= set(BOOK.rules)


@pytest.mark.parametrize("name", [path.stem for path in files.path("rules", "lists").glob("*.txt")])
def test_a_word_list_changes_something_and_never_back(name: str) -> None:
    listed = words(name)
    assert listed
    for word in listed:
        assert word.literal != word.right
        assert not any(other.pattern.search(word.right) for other in listed), word.literal


def test_a_rule_that_is_switched_off_is_silent_and_named() -> None:
    book = load_rules(off=("W01",))
    assert check(said("各校要建立问题台帐。").read(), book) == ()
    assert [rule.number for rule in book.switched_off] == ["W01"]


def test_an_office_switches_rules_off_in_its_layout_profile(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "本局.toml").write_text('[proof]\noff = "W01 F27"\n', encoding="utf-8")
    book = load_rules(load_layout("本局", (tmp_path,)))
    assert [rule.number for rule in book.switched_off] == ["F27", "W01"]


def test_a_number_that_no_rule_has_is_refused() -> None:
    with pytest.raises(FaultyInput, match="X99"):
        load_rules(off=("X99",))


def test_the_page_about_rules_has_every_rule_as_it_is() -> None:
    page = (Path(__file__).resolve().parent.parent / "docs" / "proof.md").read_text(encoding="utf-8")
    for rule in BOOK.rules.values():
        basis = f"{rule.authority.value}：{rule.basis}"
        cells = (rule.number, rule.message, rule.remedy, rule.severity.chinese, basis, "可" if rule.fixable else "")
        assert f"| {' | '.join(cells)} |" in page, rule.number
