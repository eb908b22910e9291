"""The forms that ship: a lack is said and never invented, a misspelling is found, facts come out literally."""

from pathlib import Path

import pytest

from generators.marking.markup import parse
from generators.papers.drafting import shipped_kinds
from generators.papers.forms import Forms
from model.errors import FaultyInput, NotFound
from model.findings import Finding
from templates import files

SHIPPED = files.path("forms")


@pytest.fixture(scope="module")
def forms() -> Forms:
    return Forms([SHIPPED])


def own(tmp_path: Path, text: str, name: str = "简短通知") -> Forms:
    (tmp_path / f"{name}.md.j2").write_text(text, encoding="utf-8")
    return Forms([tmp_path, SHIPPED])


def faults(forms: Forms, kind: str, facts: dict[str, object] | None = None) -> list[Finding]:
    with pytest.raises(FaultyInput) as caught:
        forms.render(kind, facts or {"题名": "关于放假的通知"})
    return [finding for finding in caught.value.findings if isinstance(finding, Finding)]


@pytest.mark.parametrize("kind", Forms([SHIPPED]).kinds())
def test_a_shipped_form_names_only_fields_that_exist(forms: Forms, kind: str) -> None:
    assert forms.check(kind) == ()
    assert forms.fields(kind)


def test_every_kind_has_its_form_and_every_form_its_kind(forms: Forms) -> None:
    named = {form for kind in shipped_kinds() for form in (kind.form, *dict(kind.variants).values())}
    assert named == set(forms.kinds())


def test_a_form_of_the_offices_own_wins(tmp_path: Path) -> None:
    forms = own(tmp_path, "---\n标题: {{ 题名 }}\n---\n\n本单位自己的样子。\n", "领导小组通知")
    assert "本单位自己的样子" in forms.render("领导小组通知", {"题名": "关于放假的通知"})


def test_missing_facts_stand_in_the_text_by_their_chinese_names(tmp_path: Path) -> None:
    forms = own(
        tmp_path,
        "---\n标题: {{ 题名 }}\n发文字号: {{ 发文字号 }}\n---\n\n联系{{ 联系方式 }}，{{ 单位.负责人 }}，{{ 行动.领导小组.组长 }}。\n",
    )
    facts = {
        "题名": "关于放假的通知",
        "发文字号": None,
        "联系方式": "",
        "单位": {"负责人": None},
        "行动": {"领导小组": None},
    }
    text = forms.render("简短通知", facts)
    assert '发文字号: "【待补：发文字号】"' in text
    assert "联系【待补：联系人及电话】，【待补：单位负责人】，【待补：领导小组组长】。" in text


def test_misspelt_fields_are_all_told_at_once_with_line_and_nearest_name(tmp_path: Path) -> None:
    text = "---\n标题: {{ 题名 }}\n---\n\n{{ 联系方试 }}\n{% for 段 in 行动.阶段 %}\n{{ 段.名字 }}\n{% endfor %}\n"
    found = faults(own(tmp_path, text), "简短通知")
    assert [(each.line, each.key) for each in found] == [(5, "联系方试"), (7, "行动.阶段.名字")]
    assert "联系方式" in str(found[0].fix)
    assert "名称" in str(found[1].fix)


def test_a_misspelling_in_the_front_matter_is_found_on_its_line(tmp_path: Path) -> None:
    found = faults(own(tmp_path, "---\n标题: {{ 提名 }}\n---\n\n正文。\n"), "简短通知")
    assert (found[0].line, found[0].key) == (2, "提名")


def test_facts_that_no_field_has_are_all_told(tmp_path: Path) -> None:
    forms = own(tmp_path, "---\n标题: {{ 题名 }}\n---\n\n正文。\n")
    found = faults(forms, "简短通知", {"题名": "通知", "提名": "x", "单位": {"名字": "y"}})
    assert [each.key for each in found] == ["单位.名字", "提名"]


def test_a_broken_form_is_told_by_line(tmp_path: Path) -> None:
    found = faults(own(tmp_path, "---\n标题: {{ 题名 }}\n---\n\n{% if 题名 %}没有结束\n"), "简短通知")
    assert found[0].line
    assert "写法有错" in found[0].message


@pytest.mark.parametrize(
    ("mistake", "told"),
    [
        ("{% if %}", "少了字段或条件"),
        ("{% endif %}", "“endif”前面没有与它成对的开头"),
        ("{% 如果 题名 %}", "不认识“如果”"),
        ("{{ 题名", "没有写完"),
        ("{{ 题名！ }}", "不该出现的“！”"),
        ("{{ 题名 | 无 }}", "没有“无”这种处理"),
        ("{% if 题名 is 甲 %}{% endif %}", "没有“甲”这种判断"),
        ("{{ (题名 }}", "没有成对"),
        ("{% if 题名 = 1 %}{% endif %}", "“=”前面少了内容"),
    ],
)
def test_a_mistake_in_writing_a_form_is_told_in_words_a_clerk_knows(tmp_path: Path, mistake: str, told: str) -> None:
    (fault,) = faults(own(tmp_path, f"---\n标题: {{{{ 题名 }}}}\n---\n\n{mistake}\n"), "简短通知", {"题名": "通知"})
    assert fault.line == 5
    assert told in fault.message


@pytest.mark.parametrize(
    "attack", ["{{ ''.__class__.__mro__ }}", "{{ 题名.__init__.__globals__ }}", "{% include '/etc/passwd' %}"]
)
def test_a_hostile_form_gets_nowhere(tmp_path: Path, attack: str) -> None:
    assert faults(own(tmp_path, f"---\n标题: {{{{ 题名 }}}}\n---\n\n{attack}\n"), "简短通知")


def test_a_form_outside_its_folder_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "secret.md.j2").write_text("x", encoding="utf-8")
    (tmp_path / "forms").mkdir()
    with pytest.raises(NotFound):
        Forms([tmp_path / "forms"]).render("../secret", {})


@pytest.mark.parametrize(
    "fact", ["甲<乙&丙>", "**粗**_斜_", "# 井号", "竖|线", "1. 一条", "一、序号", "{#任务}", 'a: "b"', "\\反斜"]
)
def test_facts_come_out_literally_wherever_they_stand(tmp_path: Path, fact: str) -> None:
    text = "---\n标题: {{ 题名 }}\n---\n\n{{ 单位.名称 }}\n\n| 甲 |\n|---|\n| {{ 单位.名称 }} |\n\n## {{ 单位.名称 }}\n"
    document, _ = parse(own(tmp_path, text).render("简短通知", {"题名": fact, "单位": {"名称": fact}}))
    assert document.title == fact
    assert [document.body[0].text, document.body[2].text] == [fact, fact]  # type: ignore[union-attr]
    assert document.body[1].rows[0][0].text == fact  # type: ignore[union-attr]


def test_a_line_break_in_a_fact_breaks_its_cell_and_its_paragraph(tmp_path: Path) -> None:
    text = "---\n标题: {{ 题名 }}\n---\n\n{{ 单位.名称 }}\n\n| 甲 |\n|---|\n| {{ 单位.名称 }} |\n"
    document, _ = parse(own(tmp_path, text).render("简短通知", {"题名": "通知", "单位": {"名称": "甲\n乙"}}))
    assert [block.text for block in document.body[:2]] == ["甲", "乙"]  # type: ignore[union-attr]
    assert document.body[2].rows[0][0].text == "甲\n乙"  # type: ignore[union-attr]


def test_a_front_matter_line_that_is_no_element_is_told(tmp_path: Path) -> None:
    found = faults(own(tmp_path, "---\n标题: {{ 题名 }}\n主松: 各校\n只有一句话\n---\n\n正文。\n"), "简短通知")
    assert [each.line for each in found] == [3, 4]
    assert "主送" in str(found[0].fix)


def test_a_line_of_text_that_ends_in_a_tag_keeps_its_end(tmp_path: Path) -> None:
    forms = own(tmp_path, "---\n标题: {{ 题名 }}\n---\n\n{% if 题名 %}甲{% endif %}\n\n乙\n")
    document, _ = parse(forms.render("简短通知", {"题名": "通知"}))
    assert [block.text for block in document.body] == ["甲", "乙"]  # type: ignore[union-attr]
