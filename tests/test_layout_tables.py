"""Work tables: landscape pages, widths from content, many columns, rows taller than a page, totals that add up."""

import re
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.marking.markup import parse
from generators.marking.totals import find_totals
from generators.pages.checking import check_written
from generators.pages.columns import heading_width
from generators.pages.layout import load_layout
from generators.pages.linebreaking import WORD, libreoffice, line_ends
from generators.pages.sections import area
from generators.pages.tables import table_form
from generators.pages.writer import write
from generators.rendered.inking import Ink
from generators.rendered.rendering import to_pdf
from model.documents import Annex, Cell, Document, Paragraph, RedHead, Run, Table
from model.errors import FaultyInput, Refused

LAYOUT = load_layout()
MM = 72 / 25.4
DAY = date(2026, 3, 5)
TASK = "检查疏散通道、安全出口是否畅通，消防设施是否完好有效，发现问题立即整改。"


def row(*texts: str) -> tuple[Cell, ...]:
    return tuple(map(Cell, texts))


def register(rows: int = 40) -> Table:
    told = tuple(row(str(n), TASK, "安全科", f"4月{n}日", str(n)) for n in range(1, rows + 1))
    return Table(header=(row("序号", "任务", "责任科室", "时限", "数量"),), rows=told)


def notice(*annexes: Annex) -> Document:
    return Document(
        title="青岚县教育局关于开展校园消防检查的通知",
        issuers=("青岚县教育局",),
        number="青岚教发〔2026〕12号",
        body=(Paragraph((Run(TASK * 6),)),),
        annexes=annexes,
        dated=DAY,
        copies_to=("县人民政府办公室",),
        printed_by="青岚县教育局办公室",
        printed_on=DAY,
    )


def xml(document: Document) -> str:
    return zipfile.ZipFile(BytesIO(write(document, LAYOUT))).read("word/document.xml").decode()


def dashes(page: Any) -> list[Any]:
    return [char for char in page.chars if char["text"] == "—"]


@pytest.mark.render
def test_landscape_pages_keep_the_number_where_upright_pages_have_it(tmp_path: Path) -> None:
    document = notice(Annex("任务分工表", (register(),), landscape=True))
    paper = tmp_path / "横排.docx"
    paper.write_bytes(write(document, LAYOUT))
    (pdf,) = to_pdf((paper,), tmp_path)
    with pdfplumber.open(pdf) as opened, Ink(pdf) as ink:
        wide = [page for page in opened.pages if page.width > page.height]
        assert len(wide) >= 2
        for page in wide:
            left, right = sorted(dashes(page), key=lambda char: char["top"])
            found = ink.within(page.page_number - 1, (left["x0"], left["top"] + 1, left["x1"], left["bottom"] - 1))
            assert found
            assert 35 - found[2] / MM == pytest.approx(7, abs=0.3)
            if page.page_number % 2:  # on the right of the upright page, one character in
                assert right["bottom"] / MM == pytest.approx(28 + 156 - 14 / MM, abs=0.5)
            else:
                assert left["top"] / MM == pytest.approx(28 + 14 / MM, abs=0.5)
            assert "责任科室" in page.extract_text()
            assert max(char["bottom"] for char in page.chars) <= (28 + 156) * MM + 1
        last = opened.pages[-1]
        assert last.width < last.height
        assert "抄送" in last.extract_text()
        assert not [page for page in opened.pages if not page.extract_text().strip()]


def test_pages_turn_once_and_back() -> None:
    told = xml(notice(Annex("甲表", (register(2),), landscape=True), Annex("乙", (Paragraph((Run("无"),)),))))
    assert re.findall(r'<w:pgSz w:w="(\d+)"', told) == ["11906", "16838", "11906"]
    assert told.count("<w:sectPr>") == 3
    assert 'w:orient="landscape"' in told


def test_papers_without_landscape_pages_carry_no_footers_for_them() -> None:
    names = zipfile.ZipFile(BytesIO(write(notice(), LAYOUT))).namelist()
    assert len([name for name in names if "footer" in name]) == 2


def test_a_whole_register_lies_on_its_side() -> None:
    text = "---\n红头: 无\n页面: 横排\n标题: 归档文件目录\n---\n\n| 序号 | 题名 |\n|---|---|\n| 1 | 通知 |\n"
    document, findings = parse(text)
    assert document.landscape
    assert document.red_head is RedHead.NONE
    assert not findings
    assert xml(document).count('w:orient="landscape"') == 1


@pytest.mark.parametrize(
    ("head", "told"), [("页面: 横排\n发文机关: [甲局]", "横排的页面没有红头"), ("页面: 斜排", "竖排、横排")]
)
def test_a_landscape_page_has_no_red_head(head: str, told: str) -> None:
    with pytest.raises(FaultyInput) as caught:
        parse(f"---\n{head}\n标题: 目录\n---\n\n无\n")
    told_all = "".join(f"{getattr(one, 'message', '')}{getattr(one, 'fix', '')}" for one in caught.value.findings)
    assert told in told_all


def test_short_entries_stay_on_one_line_and_the_table_fills_the_width() -> None:
    told = xml(Document(title="表", body=(register(3),)))
    widths = [int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"', told)]
    assert sum(widths) == pytest.approx(8844, abs=len(widths))
    for width, entry in zip(widths, ("序号", "", "责任科室", "4月3日", "数量"), strict=True):
        assert width >= len(entry) * 240 + 160 - (60 if "月" in entry else 0)


DUE, SUM, NAME = "2026年11月30日前", "3.5万元", "县消防大队"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from((DUE, SUM, NAME, "139-0000-0000", TASK, TASK * 3, "整改中", "")), min_size=2, max_size=8)
)
def test_dates_and_numbers_are_never_broken_where_the_page_holds_them(entries: list[str]) -> None:
    table = Table((row(*("项目" for _ in entries)),), (row(*entries),) * 3)
    form = table_form(table, LAYOUT, area(LAYOUT, wide=True))
    assert form
    assert sum(form.widths) == pytest.approx(225 / 25.4 * 1440, abs=len(entries) + 1)
    for width, entry in zip(form.widths, entries, strict=True):
        if entry and not entry.startswith(TASK) and entry != NAME:
            for engine in (WORD, libreoffice()):
                room = width - form.padding
                assert len(line_ends(entry, room, room, form.em, 0.0, engine)) == 1, (entry, form.size)


def test_a_crowded_register_is_set_smaller_before_its_dates_break() -> None:
    entries = ("1", "青岚县第一小学", "2026-05-11", "第一检查组温长庚", TASK, "校舍消防", "较大", TASK, "严冬青",
               "2026-05-13", TASK, "已整改", "2026-05-14")  # fmt: skip
    form = table_form(
        Table((row(*("检查日期" for _ in entries)),), (row(*entries),) * 9), LAYOUT, area(LAYOUT, wide=True)
    )
    assert form
    assert form.size < 12
    for width, entry in zip(form.widths, entries, strict=True):
        if entry.startswith("2026"):
            assert width - form.padding >= form.em * 5


@pytest.mark.parametrize(
    ("heading", "room", "wide"),
    [
        ("配合单位", 3.6, 2),
        ("复查人及日期", 5.2, 4),
        ("存放处（档号）", 5.3, 4),
        ("检查内容", 4.2, 4.2),
        ("2026年度", 3.0, 3.0),
    ],
)
def test_a_heading_breaks_between_words_and_into_even_lines(heading: str, room: float, wide: float) -> None:
    assert heading_width(heading, room) == pytest.approx(wide, abs=0.45)


def test_a_form_to_fill_in_has_no_header() -> None:
    document, findings = parse("---\n标题: 回执\n---\n\n|  |  |\n|---|---|\n| 单位 | 某校 |\n| 日期 |  |\n")
    assert not findings
    (table,) = document.body
    assert isinstance(table, Table)
    assert table.header == ()
    assert [cell.text for line in table.rows for cell in line] == ["单位", "某校", "日期", ""]
    assert "<w:tblHeader/>" not in xml(document)


@pytest.mark.render
def test_a_group_that_goes_on_overleaf_says_its_name_again_there(tmp_path: Path) -> None:
    rows = [(Cell(str(n)), *((Cell("校舍消防", rows=40),) if n == 1 else ()), Cell(TASK)) for n in range(1, 41)]
    document = notice(Annex("检查表", (Table((row("序号", "方面", "内容"),), tuple(rows)),)))
    paper = tmp_path / "组.docx"
    paper.write_bytes(write(document, LAYOUT))
    check_written(document, paper.read_bytes())
    (pdf,) = to_pdf((paper,), tmp_path)
    with pdfplumber.open(pdf) as opened:
        pages = [text for page in opened.pages if "序号" in (text := page.extract_text())]
    assert len(pages) >= 3
    assert [page.count("校舍消防") for page in pages] == [1] * len(pages)


def test_many_columns_are_set_smaller_and_too_many_are_refused_by_name() -> None:
    fourteen = Table((row(*("检查" for _ in range(14))),), (row(*("检查内容" for _ in range(14))),))
    assert '<w:sz w:val="21"/>' in xml(Document(title="表", body=(fourteen,)))
    thirty = Table((row(*(f"第{n}列" for n in range(30))),), (row(*(TASK for _ in range(30))),), caption="总表")
    with pytest.raises(Refused, match=r"表格太宽.*总表.*30 列.*横排"):
        xml(Document(title="表", body=(thirty,)))


def test_rows_stay_whole_unless_no_page_could_hold_them() -> None:
    table = Table((row("事项", "内容"),), (row("短", "无"), row("长", TASK * 60)))
    told = xml(Document(title="表", body=(table,)))
    assert told.count("<w:cantSplit/>") == 2
    assert told.count("<w:tr>") == 3
    assert told.count("<w:tblHeader/>") == 1


def test_a_total_that_does_not_add_up_is_named() -> None:
    head = "---\n标题: 统计\n---\n\n| 学校 | 问题 | 整改率 |\n|---|---|---|\n"
    (finding,) = find_totals(parse(f"{head}| 甲校 | 3个 | 50% |\n| 乙校 | 4 | 25% |\n| 合 计 | 8 | 40% |\n")[0])
    assert "“问题”一列的合计写的是 8，各行相加是 7" in finding.message


def test_subtotals_add_up_by_group_and_the_total_over_all() -> None:
    rows = (
        row("甲", "1"),
        row("乙", "2"),
        row("小计", "3"),
        row("丙", "1,000.5"),
        row("小计", "1000.5"),
        row("合计", "1003.5"),
    )
    assert find_totals(Document(title="表", body=(Table((row("单位", "元"),), rows),))) == ()
    merged = (
        (Cell("甲区", rows=2), Cell("一校"), Cell("2")),
        (Cell("二校"), Cell("5")),
        (Cell("合计", columns=2), Cell("6")),
    )
    (finding,) = find_totals(Document(title="表", body=(Table((row("区", "校", "数"),), merged),)))
    assert "各行相加是 7" in finding.message


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=8), st.integers(-3, 3))
def test_only_wrong_sums_are_named(figures: list[int], off: int) -> None:
    rows = (*(row("校", str(figure)) for figure in figures), row("总计", str(sum(figures) + off)))
    assert bool(find_totals(Document(title="表", body=(Table((row("单位", "数"),), rows),)))) == bool(off)
