"""What was written is what went in, and rare characters are named before a printer shows a gap."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.pages.checking import check_written, text_of
from generators.pages.emphasis import find_emphasis
from generators.pages.layout import load_layout
from generators.pages.rare import find_rare, rare_characters
from generators.pages.writer import write
from model.documents import Annex, Block, Cell, Document, Heading, Item, Paragraph, Run, Table
from model.errors import Fault

LAYOUT = load_layout()
WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=30
)
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, st.integers(1, 4), WORDS),
    st.builds(lambda level, text, more: Heading(level, text, (Run(more),)), st.integers(1, 4), WORDS, WORDS),
    st.builds(lambda text: Paragraph((Run(text),)), WORDS),
    st.builds(lambda level, text: Item(level, (Run(text),)), st.integers(1, 4), WORDS),
    st.builds(lambda one, two: Table((), ((Cell(one), Cell(two)), (Cell(two, columns=2),))), WORDS, WORDS),
)


def paragraphs(content: bytes) -> list[Any]:
    return list(docx.Document(BytesIO(content)).paragraphs)


@settings(max_examples=60, deadline=None)
@given(WORDS, st.lists(BLOCKS, max_size=8), st.lists(WORDS, max_size=2), WORDS)
def test_every_document_is_written_as_it_stands(title: str, body: list[Block], annexes: list[str], note: str) -> None:
    document = Document(
        title=title,
        body=tuple(body),
        annexes=tuple(Annex(name, tuple(body)) for name in annexes),
        issuers=("青岚县教育局",),
        dated=date(2026, 3, 5),
        note=note,
    )
    content = write(document, LAYOUT)
    check_written(document, content)
    assert content == write(document, LAYOUT)


@pytest.mark.parametrize("other", ["各校要认真自查", "各校要认真自査。", "各校认真自查。"])
def test_a_character_lost_or_changed_is_a_fault_of_ours(other: str) -> None:
    asked = Document(title="通知", body=(Paragraph((Run("各校要认真自查。"),)),))
    written = Document(title="通知", body=(Paragraph((Run(other),)),))
    with pytest.raises(Fault, match="正文第1段"):
        check_written(asked, write(written, LAYOUT))


def test_paragraphs_in_another_order_are_a_fault_of_ours() -> None:
    one, two = Paragraph((Run("先自查。"),)), Paragraph((Run("后整改。"),))
    with pytest.raises(Fault):
        check_written(Document(title="通知", body=(one, two)), write(Document(title="通知", body=(two, one)), LAYOUT))


def test_the_text_of_a_file_is_read_without_layout() -> None:
    assert text_of(write(Document(title="通知"), LAYOUT)) == "通知"


def test_rare_characters_in_names_are_named_with_their_neighbours() -> None:
    assert rare_characters("张喆、李堃、王玥、赵昇、钱文") == ("喆", "堃", "玥", "昇")
    person = Table((), ((Cell("组长"), Cell("张喆")),))
    (finding,) = find_rare(Document(title="关于成立领导小组的通知", body=(person,), signers=("李堃",)))
    assert "喆（张喆）" in finding.message
    assert finding.excerpt == "堃喆" or finding.excerpt == "喆堃"


def test_common_characters_and_signs_are_no_rare_ones() -> None:
    assert find_rare(Document(title="“三查三保”——①〔2026〕12号 ABC ㎡")) == ()


def test_words_in_bold_are_set_like_the_others_and_named_unless_the_profile_allows_them(tmp_path: Path) -> None:
    order = Heading(1, "要求", (Run("即日起"), Run("一律", bold=True), Run("停用。")))
    document = Document(
        title="关于停用的通知", body=(Paragraph((Run("请"), Run("务必", bold=True), Run("落实。"))), order)
    )
    (finding,) = find_emphasis(document, LAYOUT)
    assert "有 2 处要求加粗" in finding.message
    assert "务必、一律" in finding.message
    (tmp_path / "本局.toml").write_text("[body]\nbold = true\n", encoding="utf-8")
    bold = load_layout("本局", (tmp_path,))
    assert [one.clause for one in bold.deviations] == ["7.3.3"]
    assert find_emphasis(document, bold) == ()
    assert text_of(write(document, bold)) == text_of(write(document, LAYOUT))
    runs = {
        layout: [run.text for p in paragraphs(write(document, layout)) for run in p.runs if run.bold]
        for layout in (bold, LAYOUT)
    }
    assert runs == {bold: ["务必", "一律"], LAYOUT: []}
