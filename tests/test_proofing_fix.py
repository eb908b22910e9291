"""--fix: a defective paper is mended in a copy, twice is once, and what is quoted, counted or coded stays as it was."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from proofing_papers import LAYOUT, NOTICE, Defect, para, said, xml
from test_proofing_form import CASES
from test_proofing_text import DEFECTS

from generators.pages.writer import write
from generators.proofing.checking import check
from generators.proofing.correcting import corrected, corrections
from generators.proofing.mending import mend_docx, mend_markup
from generators.proofing.rulebook import load_rules
from generators.reading.marked import read_markup
from generators.reading.reading import read_docx
from model.documents import Document

BOOK = load_rules()
FIXABLE = [rule.number for rule in BOOK.rules.values() if rule.fixable]


def mended(content: bytes) -> bytes:
    document = read_docx(content)
    return mend_docx(content, document, corrections(document, BOOK))[0]


@pytest.mark.parametrize("number", FIXABLE)
def test_a_paper_with_one_fault_that_may_be_mended_comes_out_clean(number: str) -> None:
    content = {**CASES, **DEFECTS}[number].content()
    document = read_docx(content)
    changes = corrections(document, BOOK)
    copy, made = mend_docx(content, document, changes)
    assert set(made) == set(changes)
    assert {change.rule for change in changes} == {number}
    assert [(f.rule, f.message, f.excerpt) for f in check(read_docx(copy), BOOK)] == []
    assert mended(copy) == copy


def test_a_clean_paper_is_given_back_byte_for_byte() -> None:
    content = Defect(NOTICE).content()
    assert mended(content) is content


def test_a_change_tells_its_place_and_the_words_around() -> None:
    (change,) = corrections(said("各校要建立问题台帐，逐项登记。").read(), BOOK)
    assert (change.rule, change.old, change.new) == ("W01", "台帐", "台账")
    assert (change.before, change.after) == ("校要建立问题台帐，逐项登记。", "校要建立问题台账，逐项登记。")


def test_looks_and_everything_else_of_the_file_stay() -> None:
    split = "各校应</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>建立问题台</w:t></w:r><w:r><w:t>帐,逐项登记。"
    content = xml("各校要建立台账。", split, paper=said("各校要建立台账。").paper).content()
    copy = mended(content)
    assert [p.text for p in read_docx(copy).paragraphs if "各校应" in p.text] == ["各校应建立问题台账，逐项登记。"]
    with ZipFile(BytesIO(content)) as old, ZipFile(BytesIO(copy)) as new:
        assert old.namelist() == new.namelist()
        assert all(old.read(name) == new.read(name) for name in old.namelist() if name != "word/document.xml")
        assert b"<w:rPr><w:i/></w:rPr>" in new.read("word/document.xml")


KEPT = [
    "《关于建立问题台帐,逐项登记的通知》",
    "“问题台帐,逐项登记”",
    '"问题台帐,逐项登记"',
    "「问题台帐,逐项登记」",
    "http://www.example.cn/a,b:c?d",
    "青岚教发〔2026〕12号",
    "A1-2,B3",
    "15:40",
    "1,200",
    "3-5",
    "3.5",
    "zhangsan@example.cn",
    "GB/T 9704—2012",
    "13800001234",
    "0000-6612345",
    "青岚教发[2026]12号",
    "“要求‘逐项,登记’其它台帐”",
    "《关于〈台帐,管理〉的通知》",
    "DZ47-63/C",
    "11010519491231002X",
    "1:50,000",
]


@pytest.mark.parametrize("kept", KEPT)
def test_what_is_quoted_counted_or_coded_is_never_touched(kept: str) -> None:
    inside = kept.strip('"「」')
    document = said(f"各校要按照{kept}的要求开展自查,建立问题台帐。").read()
    after = corrected(document, corrections(document, BOOK))
    text = next(p.text for p in after.paragraphs if "开展自查" in p.text)
    assert inside in text
    assert text.endswith("开展自查，建立问题台账。")


@pytest.mark.parametrize(
    "text",
    [
        '他说:"请大家注意:"安全第一"不是口号。"',
        '各校要落实"一校一策要求，逐项登记。',
        '各校要落实"一校一策"要求，做到"底数清，逐项登记。',
        '会议指出，"要坚持"三管三必须""，不留死角。',
    ],
)
def test_straight_quotes_that_may_stand_inside_one_another_are_told_and_left(text: str) -> None:
    document = said(text).read()
    assert "P24" in {finding.rule for finding in check(document, BOOK)}
    after = corrected(document, corrections(document, BOOK))
    assert [each.text for each in after.paragraphs if '"' in each.text] == [text.replace("说:", "说：")]


def test_inches_are_no_quotation() -> None:
    assert check(said('每个教室配一台55"显示屏，逐台登记。').read(), BOOK) == ()


def test_a_long_quotation_full_of_figures_is_one_quotation() -> None:
    quote = f"“{'第12次、第34次，' * 20}问题台帐”"
    document = said(f"文件要求{quote}逐项登记。").read()
    assert corrections(document, BOOK) == ()


FRAGMENTS = st.sampled_from(
    [
        *KEPT, "台帐", "其它", "各校", "张三", "李 四", ",", "，，", "、", "。", ".", ":", ";", "?", "(甲)", "（乙。）", "“", "”",
        "《", "》", "》、《", "”、“", "...", "--", "等", " ", "　", "1、", "（一）、", "一.", "12", "３", "％", "截止2026年3月", "\t",
        "是", "…", "<<办法>>", '"',
    ]
)  # fmt: skip
TEXTS = st.lists(FRAGMENTS, min_size=1, max_size=14).map("".join)
_SPAN = re.compile(r"《[^《》]*》|“[^“”]*”")


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_twice_is_once_and_figures_and_quotes_stay(texts: list[str]) -> None:
    content = write(Document(title="青岚县教育局关于检查的通知", body=tuple(para(text) for text in texts)), LAYOUT)
    document = read_docx(content)
    changes = corrections(document, BOOK)
    after = corrected(document, changes)
    assert corrections(after, BOOK) == ()
    copy, made = mend_docx(content, document, changes)
    again = read_docx(copy)
    assert set(made) == set(changes)
    assert [p.text for p in again.paragraphs] == [p.text for p in after.paragraphs]
    assert mended(copy) == copy
    for old, new in zip(document.paragraphs, after.paragraphs, strict=True):
        assert re.findall(r"\d", old.text) == re.findall(r"\d", new.text)
        assert all(quote in new.text for quote in _SPAN.findall(old.text) if old.text.count("“") == old.text.count("”"))


def test_marked_up_text_is_mended_line_by_line() -> None:
    text = '---\n标题: "关于开展检查的通知。"\n---\n\n各校要认真开展自查，并建立问题台帐,\n逐项登记。\n\n## 检查:范围\n\n1. 检查其它设施\n'
    document = read_markup(text, LAYOUT)
    copy, made = mend_markup(text, document, corrections(document, BOOK))
    assert copy == text.replace("通知。", "通知").replace("台帐,", "台账，").replace("检查:", "检查：").replace(
        "其它", "其他"
    )
    assert len(made) == 5
    again = read_markup(copy, LAYOUT)
    assert mend_markup(copy, again, corrections(again, BOOK)) == (copy, ())


def test_numbers_that_the_layout_writes_are_in_no_line() -> None:
    text = "---\n标题: 关于开展检查的通知\n---\n\n## 检查范围\n\n1. 检查台帐\n"
    document = read_markup(text, LAYOUT)
    copy, _ = mend_markup(text, document, corrections(document, BOOK))
    assert copy == text.replace("台帐", "台账")
