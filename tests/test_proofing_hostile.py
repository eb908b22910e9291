"""Hostile text: very long lines of the signs that patterns look for cost time in proportion to their length, not its square."""

import os
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.pages.layout import load_layout
from generators.proofing.checking import check, marks_of
from generators.proofing.correcting import corrections
from generators.proofing.galley import Galley
from generators.proofing.rulebook import compiled, load_rules
from model.documents import Document
from model.proofing import Place, ProofDocument, ProofParagraph, Role, Source

BOOK = load_rules()
SEEDS = (
    *"《“（(1１年一、，。….- 　×X_【{<&的县张于应至等:\"「",
    "《》", "2026年", "2026年3月5日", "（一）", "{{", "<p", "县教育局", "12所", "共100所，其中", "50%", "局长", "组长：", "（以下简称",
    "〔2026〕1号", "《通知》（教发〔2026〕1号）", "http://", "a@", "a-1", "甲:", "百分之", "第一条 ", "台帐", "的的", "1～2", "12:30",
)  # fmt: skip


def galley(text: str, role: Role = Role.BODY) -> Galley:
    paragraphs = (
        ProofParagraph(index=1, text="青岚县教育局关于检查的通知", role=Role.TITLE, place=Place()),
        ProofParagraph(index=2, text=text, role=role, place=Place()),
    )
    document = Document(title="青岚县教育局关于检查的通知", issuers=("青岚县教育局",), number="青岚教发〔2026〕1号")
    return Galley(
        ProofDocument(file="", source=Source.STRANGER, paragraphs=paragraphs, document=document), load_layout()
    )


def spent(text: str) -> dict[str, float]:
    """CPU seconds of every rule on a line."""
    held = galley(text)
    told = {}
    for rule in BOOK.rules.values():
        start = time.process_time()
        list(marks_of(held, rule))
        told[rule.number] = time.process_time() - start
    return told


SIZE = 20_000 if os.environ.get("JUANZONG_SWEEP") == "full" else 1_500


@pytest.mark.parametrize("seed", SEEDS)
def test_no_rule_is_slow_on_a_long_line(seed: str) -> None:
    """A rule that is not done at once must not take four times as long on twice as much."""
    slow = [number for number, seconds in spent(seed * (SIZE // len(seed))).items() if seconds > 0.03]
    for number in slow:
        once, twice = (min(spent(seed * (times * SIZE // len(seed)))[number] for _ in range(2)) for times in (2, 4))
        assert twice < 3 * once or twice < 0.1, (number, once, twice)


def test_corrections_of_a_long_hostile_line_end() -> None:
    text = "甲,“乙(丙" * 600
    held = galley(text)
    start = time.process_time()
    corrections(held.document, BOOK)
    assert time.process_time() - start < 20


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(Role), st.lists(st.sampled_from(SEEDS), max_size=8).map("".join)), max_size=12)
)
def test_any_order_of_roles_and_any_text_is_judged_and_mended(lines: list[tuple[Role, str]]) -> None:
    paragraphs = tuple(
        ProofParagraph(index=index, text=text, role=role, place=Place(), level=index % 5)
        for index, (role, text) in enumerate(lines, 1)
    )
    document = ProofDocument(file="", source=Source.STRANGER, paragraphs=paragraphs, document=Document(title=""))
    for finding in check(document, BOOK):
        assert finding.paragraph is None or 1 <= finding.paragraph <= len(lines)
    corrections(document, BOOK)


def test_patterns_have_no_repeated_repeats() -> None:
    """(a+)+ is what makes a pattern blow up."""
    for rule in BOOK.rules.values():
        assert not re.search(r"\([^()]*[+*]\)[+*]", rule.pattern), rule.number
        compiled(rule.pattern)
