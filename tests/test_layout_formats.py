"""Letters, orders, minutes, stamps, joint seals, and a 版记 that never covers the text: on the rendered page."""

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.pages.checking import text_of
from generators.pages.layout import load_layout
from generators.pages.signing import SEAL, jointly_sealed, sealed, stamped, unsealed
from generators.pages.widths import ems, gapped
from generators.pages.writer import write
from generators.rendered.rendering import to_pdf
from model.documents import Annex, Direction, Document, Format, Paragraph, Run, Seal

LAYOUT = load_layout()
MM = 72 / 25.4
DAY = date(2026, 3, 5)


def paper(characters: int = 60, **more: object) -> Document:
    values: dict[str, object] = {
        "title": "青岚县教育局关于商请支持校园周边整治的函",
        "issuers": ("青岚县教育局",),
        "number": "青岚教函〔2026〕3号",
        "addressees": "青岚县公安局",
        "body": (Paragraph((Run("甲" * (characters - 1) + "。"),)),),
        "dated": DAY,
        "copies_to": ("县人民政府办公室",),
        "printed_by": "青岚县教育局办公室",
        "printed_on": DAY,
    }
    return Document(**(values | more))  # type: ignore[arg-type]


def rendered(documents: list[Document], folder: Path) -> list[Path]:
    papers = []
    for number, document in enumerate(documents):
        papers.append(folder / f"{number}.docx")
        papers[-1].write_bytes(write(document, LAYOUT))
    return list(to_pdf(papers, folder))


def em_top(char: Any) -> float:
    baseline: float = char["top"] + char["y1"] - char["matrix"][5]
    return float((baseline - 0.88 * char["size"]) / MM)


@pytest.mark.render
def test_a_letter_and_an_order_hold_up_to_the_ruler(tmp_path: Path) -> None:
    order = paper(format=Format.ORDER, title="", issuers=("青岚县人民政府",), number="第3号", addressees="")
    letter_pdf, order_pdf = rendered([paper(900, format=Format.LETTER), order], tmp_path)
    with pdfplumber.open(letter_pdf) as opened:
        first = opened.pages[0]
        mark = [char for char in first.chars if char["size"] > 30]
        assert min(map(em_top, mark)) == pytest.approx(30, abs=1)
        bars = sorted(
            (shape for shape in (*first.rects, *first.curves) if shape["width"] > 400), key=lambda shape: shape["top"]
        )
        assert [round(bar["width"] / MM) for bar in bars] == [170] * 4
        assert bars[0]["height"] > bars[1]["height"]
        assert bars[2]["height"] < bars[3]["height"]
        bottom = max(char["matrix"][5] for char in mark)
        under = (first.height - bottom + 0.12 * mark[0]["size"]) / MM
        assert bars[0]["top"] / MM - under == pytest.approx(4, abs=1)
        assert bars[3]["bottom"] / MM == pytest.approx(277, abs=0.5)
        number = [char for char in first.chars if char["text"] == "〔"]
        assert em_top(number[0]) - bars[1]["bottom"] / MM == pytest.approx(4.9, abs=1)
        assert not [char for char in first.chars if char["text"] == "—"]
        assert [char for char in opened.pages[1].chars if char["text"] == "—"]
        assert not opened.pages[-1].lines
    with pdfplumber.open(order_pdf) as opened:
        mark = [char for char in opened.pages[0].chars if char["size"] > 30]
        assert min(map(em_top, mark)) == pytest.approx(57, abs=1)


@pytest.mark.render
def test_the_imprint_covers_no_text_and_the_signature_is_not_alone(tmp_path: Path) -> None:
    documents = [paper(28 * lines - 2) for lines in (1, 3, 4, 5, 6, 7, 23, 24, 26, 28)]
    documents += [paper(28 * lines - 2, format=Format.LETTER) for lines in (8, 10, 12)]
    for document, pdf in zip(documents, rendered(documents, tmp_path), strict=True):
        with pdfplumber.open(pdf) as opened:
            signed = next(page for page in opened.pages if "2026年3月5日" in told(page, 16))
            assert "甲" in told(opened.pages[0], 16), "the first page shows text (7.3.3)"
            if (
                document.body != paper(28 * 7 - 2).body
            ):  # an only paragraph that fills page 1 and cannot be parted stays there
                assert "甲" in told(signed, 16), document.body
            last = opened.pages[-1]
            small = [char["top"] for char in last.chars if abs(char["size"] - 14) < 0.3 and char["top"] < 262 * MM]
            assert small
            large = [char["bottom"] for char in last.chars if abs(char["size"] - 16) < 0.3]
            assert max(large, default=0.0) < min(small)


def told(page: Any, size: float) -> str:
    return "".join(char["text"] for char in page.chars if abs(char["size"] - size) < 0.3)


def test_a_letter_says_no_file_and_no_printing_office() -> None:
    text = text_of(write(paper(format=Format.LETTER), LAYOUT))
    assert text.startswith("青岚县教育局青岚教函〔2026〕3号")
    assert "印发" not in text
    assert text.endswith("抄送：县人民政府办公室。")


def test_each_format_bears_its_own_mark() -> None:
    minutes = paper(format=Format.MINUTES, number="")
    assert text_of(write(minutes, LAYOUT)).startswith("青岚县教育局纪要青岚县教育局关于")
    order = paper(format=Format.ORDER, title="", number="第3号", issuers=("青岚县人民政府",))
    assert text_of(write(order, LAYOUT)).startswith("青岚县人民政府令第3号")


def test_a_stamp_stands_two_characters_right_of_the_post_and_a_line_above_the_date() -> None:
    lines = list(stamped(("沈怀远", "陶知秋"), ("局　长",), "2026年3月5日", 4))
    assert [line.text for line in lines] == ["", "", "局　长　　沈怀远", "", "陶知秋", "", "2026年3月5日"]
    assert {line.right for line in lines if line.text} == {4}
    text = text_of(write(paper(seal=Seal.SIGNATURE, signatories=("沈怀远",), signatory_posts=("局长",)), LAYOUT))
    assert "局长　　沈怀远2026年3月5日" in text


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text("县教育局公安卫生", min_size=3, max_size=14), min_size=2, max_size=14))
def test_joint_seals_never_touch_and_every_organ_stands_once(names: list[str]) -> None:
    lines = list(jointly_sealed(tuple(names), "2026年3月5日", 4, 28))
    assert [name for line in lines if line.centres for name in line.text.split("\t")[1:]] == names
    for line in lines:
        for left, right in zip(line.centres, line.centres[1:], strict=False):
            assert right - left >= SEAL
        for centre, name in zip(line.centres, line.text.split("\t")[1:], strict=False):
            assert centre - ems(name) / 2 >= -0.01
            assert centre + ems(name) / 2 <= 28
    assert lines[-1].text == "2026年3月5日"


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text("县教育局公安卫生", min_size=1, max_size=22), min_size=1, max_size=12), st.integers(1, 31))
def test_unsealed_names_have_one_width_and_the_date_begins_two_characters_further_right(
    names: list[str], day: int
) -> None:
    *told, dated = unsealed(tuple(names), f"2026年3月{day}日", 2, 28)
    widest, date_wide = max(map(len, names)), gapped(dated.text)
    assert [line.text for line in told] == names
    assert {line.left for line in told} == {told[0].left}
    start = told[0].left or 0.0
    assert dated.left == pytest.approx(start + 2)
    for line in told:
        if len(line.text) > 1:
            assert len(line.text) + line.apart * (len(line.text) - 1) == pytest.approx(widest)
    indent = 28 - (start + 2 + date_wide if date_wide > widest else start + widest)
    assert indent == pytest.approx(2)
    assert start + 2 + date_wide <= 28


def test_a_sealed_name_stands_in_the_middle_of_its_date_and_inside_the_type_area() -> None:
    for name in ("青岚县教育局", "青岚县教育体育和科学技术局", "某" * 20):
        told, dated = sealed(name, "2026年11月30日", 4)
        assert told.right + len(name) / 2 == pytest.approx(dated.right + gapped(dated.text) / 2)
        assert dated.right >= 4
        assert told.right >= 0


def test_secrecy_and_urgency_are_set_apart_where_no_period_stands_beside_them() -> None:
    def spaced(secrecy: str = "", urgency: str = "") -> int:
        labelled = paper(secrecy=secrecy, urgency=urgency)
        xml = zipfile.ZipFile(BytesIO(write(labelled, LAYOUT))).read("word/document.xml").decode()
        return xml.count('<w:spacing w:val="310"/>')

    assert spaced(secrecy="机密", urgency="特急") == 2
    assert spaced(secrecy="机密★1年", urgency="特急") == 0
    assert spaced() == 0


def test_addressees_that_push_the_body_off_the_first_page_go_to_the_imprint() -> None:
    few, many = paper(), paper(addressees="、".join(f"青岚县第{n}初级中学" for n in range(40)))
    assert "主送：" not in text_of(write(few, LAYOUT))
    text = text_of(write(many, LAYOUT))
    assert text.index("甲甲") < text.index("主送：青岚县第0初级中学") < text.index("抄送：")
    assert "第39初级中学。抄送" in text


@pytest.mark.render
def test_all_of_forty_addressees_are_seen_in_the_imprint(tmp_path: Path) -> None:
    names = "、".join(f"青岚县第{n}初级中学" for n in range(1, 41))
    document = paper(addressees=names, title="青岚县教育局关于开展校园周边环境和食品安全检查的通知")
    (tmp_path / "多.docx").write_bytes(write(document, LAYOUT))
    (pdf,) = to_pdf((tmp_path / "多.docx",), tmp_path)
    with pdfplumber.open(pdf) as opened:
        page = opened.pages[-1]
        told = "".join(char["text"] for char in page.chars).replace(" ", "")
        assert f"主送：{names}。" in told
        last = max(char["bottom"] for char in page.chars if char["text"] == "。")
        rules = [line["top"] for kind in ("lines", "rects", "curves") for line in getattr(page, kind)]
        assert min(rule for rule in rules if rule > last - 4) - last > 1


def test_joint_issue_upward_and_annexed_papers_are_the_same_bytes_each_time() -> None:
    names = tuple(f"青岚县第{n}局" for n in range(12))
    annex = Annex("名单", (Paragraph((Run("无"),)),))
    for document in (paper(issuers=names), paper(direction=Direction.UP, signers=("甲",)), paper(annexes=(annex,))):
        content = write(document, LAYOUT)
        assert content == write(document, LAYOUT)
        assert zipfile.ZipFile(BytesIO(content)).testzip() is None


@pytest.mark.render
def test_an_office_may_want_the_imprint_on_an_even_page(tmp_path: Path) -> None:
    (tmp_path / "双面.toml").write_text("[imprint]\neven_page = true\n", encoding="utf-8")
    layout = load_layout("双面", (tmp_path,))
    papers = []
    for number, lines in enumerate((4, 6, 16, 26)):  # on page 1; no room on 1; on page 2; no room on 2
        papers.append(tmp_path / f"{number}.docx")
        papers[-1].write_bytes(write(paper(28 * lines - 2), layout))
    for pdf, (pages, numbered) in zip(to_pdf(papers, tmp_path), ((2, 2), (2, 2), (2, 2), (4, 2)), strict=True):
        with pdfplumber.open(pdf) as opened:
            assert len(opened.pages) == pages
            assert "抄送" in opened.pages[-1].extract_text()
            assert sum(any(char["text"] == "—" for char in page.chars) for page in opened.pages) == numbered


def test_all_organs_stand_beside_the_word_document(tmp_path: Path) -> None:
    names = tuple(f"青岚县第{n}局" for n in range(12))
    assert text_of(write(paper(issuers=names, mark="\n".join((*names, "文件"))), LAYOUT)).startswith(
        "".join(names) + "文件"
    )
    assert text_of(write(paper(issuers=names, mark="\n".join(names)), LAYOUT)).startswith("".join(names) + "青岚")
    (tmp_path / "联合.toml").write_text("[head]\nall_issuers = true\n", encoding="utf-8")
    assert text_of(write(paper(issuers=names), load_layout("联合", (tmp_path,)))).startswith("".join(names) + "文件")
    assert text_of(write(paper(issuers=names), LAYOUT)).startswith("青岚县第0局文件青岚")
