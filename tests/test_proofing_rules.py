"""The rule tables: every rule is whole, honest about where it comes from, and proved by a defective paper."""

import re
from pathlib import Path

import pytest
from proofing_papers import said
from test_proofing_form import CASES
from test_proofing_text import DEFECTS

from generators.pages.layout import load_layout
from generators.proofing.checking import check
from generators.proofing.registry import CHECKS
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


def test_every_function_judges_a_rule_of_the_tables() -> None:
    assert set(CHECKS) <= set(BOOK.rules)


@pytest.mark.parametrize("name", [path.stem for path in files.path("rules", "lists").glob("*.txt")])
def test_a_word_list_changes_something_and_never_back(name: str) -> None:
    listed = words(name).words
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
