"""The markup: elements by their names, levels without numbers, nothing lost, every fault by line."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.marking.escaping import literal
from generators.marking.markup import parse
from model.documents import Cell, Direction, Document, Format, Heading, Item, Paragraph, Run, Seal, Table
from model.errors import FaultyInput
from model.findings import Finding

HEAD = "---\n发文机关: [青山县教育局]\n标题: 青山县教育局关于开展检查的通知\n主送: 各学校\n---\n\n"


def body(text: str) -> tuple[object, ...]:
    return parse(HEAD + text)[0].body


def faults(text: str) -> list[Finding]:
    with pytest.raises(FaultyInput) as caught:
        parse(text, "通知.md")
    return [finding for finding in caught.value.findings if isinstance(finding, Finding)]


def test_every_element_of_the_front_matter_reaches_the_document() -> None:
    document, findings = parse(
        "---\n格式: 信函\n行文: 上行\n发文机关: [甲局, 乙局]\n发文字号: 青教发〔2026〕12号\n份号: 000012\n密级: 机密★1年\n"
        "紧急程度: 加急\n签发人: [李明]\n标题: 甲局乙局关于经费的请示\n主送: 县政府\n成文日期: 2026-03-05\n印章: 签名章\n"
        "附注: 联系人：王芳\n抄送: [县财政局]\n印发机关: 甲局办公室\n印发日期: 2026年3月6日\n出席: [甲, 乙]\n---\n\n请批示。\n"
    )
    assert findings == ()
    assert document.format is Format.LETTER
    assert document.direction is Direction.UP
    assert document.issuers == document.signatories == ("甲局", "乙局")
    assert document.copy_number == "000012"
    assert document.seal is Seal.SIGNATURE
    assert (document.dated, document.printed_on) == (date(2026, 3, 5), date(2026, 3, 6))
    assert document.note == "联系人：王芳"
    assert document.attendance.present == ("甲", "乙")


def test_all_faults_of_the_front_matter_are_told_at_once_by_line_with_the_nearest_name() -> None:
    found = faults("---\n标题: 通知\n主松: 各学校\n格式: 公函\n成文日期: 2026-02-30\n标题: 又一个\n---\n\n正文。\n")
    assert [(each.line, each.key) for each in found] == [(3, "主松"), (4, "格式"), (5, "成文日期"), (6, "标题")]
    assert "主送" in str(found[0].fix)
    assert "信函" in str(found[1].fix)
    assert "没有这一天" in found[2].message
    assert all(each.file == "通知.md" for each in found)


def test_a_full_width_colon_is_named() -> None:
    assert "全角冒号" in faults("---\n标题：通知\n---\n\n正文。\n")[0].message


def test_front_matter_that_is_no_yaml_is_told_by_line() -> None:
    found = faults("---\n标题: 通知\n主送: [甲\n---\n\n正文。\n")
    assert found[0].rule == "markup-header"
    assert found[0].line


def test_a_paper_without_title_is_refused() -> None:
    assert any("没有标题" in each.message for each in faults("---\n主送: 各学校\n---\n\n正文。\n"))


def test_four_levels_and_the_stop_of_a_heading_on_its_own_line() -> None:
    found = body("## 总体要求。\n\n### 目标\n\n#### 通道\n\n##### 宿舍\n")
    assert found == (Heading(1, "总体要求"), Heading(2, "目标"), Heading(3, "通道"), Heading(4, "宿舍"))


def test_a_run_in_heading_keeps_its_stop_and_its_text() -> None:
    assert body("### 落实责任。||各校校长负总责。\n") == (Heading(2, "落实责任。", (Run("各校校长负总责。"),)),)


def test_a_fifth_level_is_refused() -> None:
    assert "四级" in faults(HEAD + "###### 太深\n")[0].message


def test_items_count_one_level_below_their_heading() -> None:
    found = body("## 任务\n\n1. 甲\n2. 乙\n\n### 消防\n\n1. 丙\n   1. 丁\n")
    levels = [block.level for block in found if isinstance(block, Item)]
    assert levels == [2, 2, 3, 4]


def test_numbers_of_a_pasted_text_are_taken_off_and_gaps_told() -> None:
    document, findings = parse(
        HEAD + "一、总体要求\n\n（一）加强领导。各校要落实。\n\n（三）加强宣传。\n\n三、工作要求\n"
    )
    assert document.body == (
        Heading(1, "总体要求"),
        Item(2, (Run("加强领导。各校要落实。"),)),
        Item(2, (Run("加强宣传。"),)),
        Heading(1, "工作要求"),
    )
    odd = [each.message for each in findings if "缺号" in each.message]
    assert len(odd) == 2
    assert "“（一）”之后是“（三）”" in odd[0]


@pytest.mark.parametrize(
    "text", ["一、二年级学生参加。", "3.5米以上的围墙。", "二、三产业从业人员。", "2026.3.5召开会议。"]
)
def test_what_only_looks_like_a_number_stays(text: str) -> None:
    assert body(text) == (Paragraph((Run(text),)),)


def test_a_table_keeps_its_cells_and_merges_groups() -> None:
    (table,) = body("| 序号 | 任务 |\n|---|:-:|\n| 1 | 甲\\|乙 |\n| 2 | ^^ |\n")
    assert isinstance(table, Table)
    assert table.header == ((Cell("序号"), Cell("任务", align="中")),)
    assert table.rows == ((Cell("1"), Cell("甲|乙", rows=2, align="中")), (Cell("2"),))


def test_a_row_wider_than_its_head_is_refused_and_never_cut() -> None:
    assert "3格" in faults(HEAD + "| 序号 | 任务 |\n|---|---|\n| 1 | 甲 | 乙 |\n")[0].message


def test_annexes_follow_the_order_of_the_front_matter() -> None:
    text = (
        HEAD.replace("主送", "附件: [方案, 表, 未装订]\n主送")
        + "正文。\n\n# 附件2 表 {横排}\n\n乙\n\n# 附件1 方案\n\n甲\n"
    )
    document, _ = parse(text)
    assert [annex.title for annex in document.annexes] == ["方案", "表", "未装订"]
    assert document.annexes[1].landscape
    assert document.annexes[2].body is None


def test_references_name_the_place_of_a_heading_and_dead_ones_are_refused() -> None:
    document, _ = parse(HEAD + "见{#任务:消防}。\n\n## 目标\n\n## 任务\n\n### 食品\n\n### 消防\n")
    assert isinstance(document.body[0], Paragraph)
    assert document.body[0].text == "见第二部分（二）。"
    assert "没有这个标题" in faults(HEAD + "见{#防汛}。\n")[0].message


def test_a_reference_inside_an_annex_does_not_name_the_annex_and_one_from_outside_does() -> None:
    text = (
        HEAD + "见{#消防}，{#汇总}。\n\n# 附件1 方案\n\n见{#消防}。\n\n## 任务\n\n### 消防\n\n# 附件2 表\n\n## 汇总\n"
    )
    document, _ = parse(text)
    assert isinstance(document.body[0], Paragraph)
    assert document.body[0].text == "见附件1第一部分（一），附件2第一部分。"
    inside = (document.annexes[0].body or ())[0]
    assert isinstance(inside, Paragraph)
    assert inside.text == "见第一部分（一）。"


def test_what_a_paper_cannot_hold_stays_in_the_text_and_is_reported() -> None:
    source = "看<b>这</b>里，`代码`，![图](a.png)，[链](b)，*斜*。"
    document, findings = parse(HEAD + source)
    assert document.body == (Paragraph((Run(source),)),)
    assert {"图片", "网页标签", "代码标记", "链接"} <= {
        word for each in findings for word in each.message.split("不能有")[-1:] for word in [word.split("，")[0]]
    }


def test_bold_alone_becomes_a_face() -> None:
    assert body("请**务必**落实。") == (Paragraph((Run("请"), Run("务必", bold=True), Run("落实。"))),)


def visible(document: Document) -> str:
    """All the characters of a body, without line breaks."""
    parts: list[str] = []
    for block in document.body:
        if isinstance(block, Table):
            parts += [cell.text for row in (*block.header, *block.rows) for cell in row]
        elif isinstance(block, Heading):
            parts += [block.text, *(run.text for run in block.run_in)]
        else:
            parts += [run.text for run in block.runs]
    return "".join(parts)


FACTS = st.text(
    st.one_of(
        st.sampled_from("一二（）()12.、#*_|`<>&\\[]{}!-+~^:：\n 　。甲乙ab"),
        st.characters(categories=["L", "N", "P", "S"]),
    ),
    min_size=1,
    max_size=40,
)


def squeezed(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=300, deadline=None)
@given(FACTS)
def test_a_fact_written_literally_comes_out_as_it_went_in(fact: str) -> None:
    document, _ = parse(f"{HEAD}甲{literal(fact)}乙\n")
    assert squeezed(visible(document)) == squeezed(f"甲{fact}乙")


@settings(max_examples=300, deadline=None)
@given(FACTS.filter(lambda text: bool(text.strip()) and not text.strip().startswith("{顶格}")))
def test_a_fact_may_begin_a_paragraph_or_fill_a_cell(fact: str) -> None:
    document, _ = parse(f"{HEAD}{literal(fact.strip())}\n")
    assert squeezed(visible(document)) == squeezed(fact)
    table, _ = parse(f"{HEAD}| 甲 | 乙 |\n|---|---|\n| 1 | 〔{literal(fact)}〕 |\n")
    assert squeezed(visible(table)) == squeezed(f"甲乙1〔{fact}〕")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_chinese(text: str) -> None:
    try:
        document, _ = parse(text)
    except FaultyInput as error:
        told = error
    else:
        assert document.title
        return
    assert told.findings or "太长" in told.what


def test_a_front_matter_without_an_end_is_told_as_such() -> None:
    (fault,) = faults("---\n发文机关: [青山县教育局]\n标题: 通知\n\n请各校检查。\n")
    assert fault.message == "文件头没有结束"
    assert fault.fix
    assert "---" in fault.fix
