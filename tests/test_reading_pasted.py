"""What clerks paste and forward: web pages with what stands round the paper, issued methods, lists, forms; understood and laid out anew."""

from __future__ import annotations

import pytest
from test_reading_strangers import LAYOUT, TABLE, Stranger

from generators.pages.writer import write
from generators.reading.reading import read_docx
from generators.reading.relaying import relay
from model.documents import Document, Heading, Item, Paragraph, Run
from model.errors import FaultyInput
from model.findings import Finding, Severity
from model.proofing import ProofDocument, Role

TITLE = "青岚县教育局关于开展校园安全检查的通知"


def lines(*texts: str) -> ProofDocument:
    """A file of plain paragraphs in one face."""
    paper = Stranger()
    for text in texts:
        paper.add(text)
    return paper.read()


WEB = lines(
    "您当前的位置：首页 > 政务公开 > 通知公告",
    TITLE,
    "发布时间：2026-03-05 10:21  来源：青岚县教育局  浏览次数：128",
    "青岚教发[2026]12号",
    "各学校:",
    "　　为做好校园安全工作,现就有关事项通知如下:",
    "　　一、检查内容",
    "　　(一)消防安全.重点检查疏散通道,灭火器,应急灯.",
    "　　请于3月25日前报送自查报告.",
    "青岚县教育局",
    "2026年3月5日",
    "【打印本页】 【关闭窗口】",
)


def test_what_a_web_page_sets_round_a_paper_is_no_part_of_it() -> None:
    assert [each.index for each in WEB.of(Role.PASTED)] == [1, 3, 12]
    assert (WEB.document.title, WEB.document.number) == (TITLE, "青岚教发[2026]12号")
    assert WEB.document.annexes == ()


def test_it_does_not_come_along_when_the_paper_is_laid_out_anew_and_that_is_told() -> None:
    laid = relay(WEB, LAYOUT)
    assert not [each for each in read_docx(laid.content).paragraphs if "浏览次数" in each.text or "打印" in each.text]
    assert sum("没有带过来" in each.message and "网页" in each.message for each in laid.findings) == 3


def test_a_source_in_the_middle_of_a_paper_is_no_web_page() -> None:
    text = tuple(f"第{number}项工作按照计划推进，各单位要抓好落实。" for number in range(30))
    read = lines(TITLE, "各学校：", *text[:15], "浏览次数：128", *text[15:])
    assert read.of(Role.PASTED) == ()


def test_a_half_width_stop_ends_a_heading_that_runs_in() -> None:
    (heading,) = (block for block in WEB.document.body if isinstance(block, Heading) and block.level == 2)
    assert (heading.text, heading.run_in[0].text) == ("消防安全.", "重点检查疏散通道,灭火器,应急灯.")


ISSUED = (
    "青岚县教育局关于印发《学校食堂管理办法》的通知",
    "各学校：",
    "现将《学校食堂管理办法》印发给你们，请认真执行。",
    "青岚县教育局",
    "2026年3月6日",
    "学校食堂管理办法",
    "第一条　为加强食堂管理，制定本办法。",
    "第二条　食堂采购实行定点采购，由学校统一组织。",
)


def test_a_method_that_is_issued_is_laid_out_behind_its_notice_and_listed() -> None:
    laid = relay(lines(*ISSUED), LAYOUT)
    assert [annex.title for annex in laid.document.annexes] == ["学校食堂管理办法"]
    assert "附件说明：按格式加上“附件：学校食堂管理办法”" in [each.message for each in laid.findings]


def test_an_annex_without_its_paper_is_told_and_not_laid_out() -> None:
    paper = Stranger().add("附件2").add("校园安全检查表").raw(TABLE)
    with pytest.raises(FaultyInput) as refused:
        relay(paper.read(), LAYOUT)
    assert "放在正文之后再排" in str(refused.value)
    (finding,) = refused.value.findings
    assert isinstance(finding, Finding)
    assert finding.severity is Severity.ERROR


def test_the_last_item_of_a_list_is_an_item_though_it_ends_with_a_full_stop() -> None:
    read = lines(
        TITLE, "各学校：", "检查以下内容：", "（一）消防设施；", "（二）食品留样；", "（三）校车状况。", "特此通知。"
    )
    assert [type(block) for block in read.document.body[1:4]] == [Item, Item, Item]


def test_what_stands_below_the_copies_and_above_them_is_imprint() -> None:
    read = lines(
        *ISSUED[:5], "主题词：食堂　管理", "抄送：县政府办公室。", "青岚县教育局办公室　　2026年3月6日印发", "共印60份"
    )
    assert [each.text for each in read.of(Role.IMPRINT)] == ["主题词：食堂　管理", "共印60份"]


def test_the_number_by_which_a_form_is_filed_is_no_part_of_its_title() -> None:
    read = lines("编号：0012", "校车安全检查登记表", "请如实填写，一校一表，由学校留存备查。")
    assert read.document.title == "校车安全检查登记表"
    assert "编号：0012" in str(read.document.body[0])


def test_a_large_first_line_that_names_no_organ_is_a_title_and_no_mark() -> None:
    read = Stranger().add("春季工作目标", rPr='<w:sz w:val="72"/>').add("各股室要抓好落实，按月报送进度。").read()
    assert (read.document.title, read.of(Role.MARK)) == ("春季工作目标", ())


def test_our_own_paper_without_a_title_has_none_when_it_is_read_back() -> None:
    body = (Paragraph((Run("春季工作目标"),)), Paragraph((Run("各股室要抓好落实，按月报送进度。"),)))
    read = read_docx(write(Document(title="", body=body), LAYOUT))
    assert (read.document.title, len(read.document.body)) == ("", 2)
