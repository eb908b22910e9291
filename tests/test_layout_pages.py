"""The written page: measured where it can be rendered, checked in its structure everywhere."""

import shutil
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from generators.pages.layout import Layout, load_layout
from generators.pages.numbering import ordinals
from generators.pages.stationery import stationery
from generators.pages.stationery_making import make
from generators.pages.titles import break_title
from generators.pages.widths import ems
from generators.pages.writer import write
from generators.rendered.measuring import measures
from generators.rendered.rendering import to_pdf
from model.documents import Annex, Attendance, Cell, Direction, Document, Heading, Item, Paragraph, Run, Seal, Table
from model.errors import FaultyInput, NotFound, Refused

LAYOUT = load_layout()
SENTENCE = "各学校要对照检查清单逐项自查，做到底数清情况明责任实，发现问题立即整改，确保师生生命安全和身体健康。"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words(text: str) -> tuple[Run, ...]:
    return (Run(text),)


def notice(**more: object) -> Document:
    table = Table(
        header=((Cell("序号"), Cell("任务"), Cell("时限")),),
        rows=tuple((Cell(str(n)), Cell(SENTENCE), Cell("4月底")) for n in range(1, 4)),
    )
    values: dict[str, object] = {
        "title": "青岚县教育局关于开展全县学校安全隐患排查整治工作的通知",
        "issuers": ("青岚县教育局",),
        "number": "青岚教发〔2026〕12号",
        "addressees": "各中小学校、幼儿园",
        "body": (
            Paragraph(words(SENTENCE * 3)),
            Heading(1, "工作目标"),
            Heading(2, "总体目标"),
            Paragraph(words(SENTENCE * 8)),
            Heading(2, "落实责任。", words(SENTENCE)),
            Heading(3, "学校责任"),
            Heading(4, "校长责任"),
            Item(3, words(SENTENCE)),
            table,
        ),
        "annexes": (Annex("任务分工表", (Paragraph(words(SENTENCE * 6)),)), Annex("检查表", (Paragraph(words("无")),))),
        "dated": date(2026, 3, 5),
        "copies_to": ("县人民政府办公室", "县应急管理局"),
        "printed_by": "青岚县教育局办公室",
        "printed_on": date(2026, 3, 5),
    }
    return Document(**(values | more))  # type: ignore[arg-type]


def text_of(content: bytes) -> str:
    root = etree.fromstring(zipfile.ZipFile(BytesIO(content)).read("word/document.xml"))
    return "".join(node.text or "" for node in root.iter(f"{W}t"))


@pytest.mark.render
@pytest.mark.parametrize(
    "document",
    [
        notice(),
        notice(direction=Direction.UP, signers=("沈怀远", "陶知秋"), seal=Seal.UNSEALED, annexes=()),
        notice(
            body=tuple(Paragraph(words(SENTENCE * 4)) for _ in range(30)),
            urgency="特急",
            secrecy="",
            copy_number="000001",
        ),
        notice(issuers=("青岚县教育局校外教育培训机构专项治理工作领导小组办公室",)),
    ],
    ids=["下行", "上行", "长文", "长名"],
)
def test_the_rendered_page_holds_up_to_the_ruler(document: Document, tmp_path: Path) -> None:
    paper = tmp_path / "公文.docx"
    paper.write_bytes(write(document, LAYOUT))
    (pdf,) = to_pdf((paper,), tmp_path)
    told = measures(pdf, LAYOUT)
    assert {"mark", "rule", "title", "imprint", "dash"} <= {one.key for one in told}
    assert not [one.finding for one in told if not one.holds]


def test_the_same_document_gives_the_same_bytes() -> None:
    assert write(notice(), LAYOUT) == write(notice(), LAYOUT)


@pytest.mark.parametrize("wide", [False, True])
def test_the_shipped_stationery_is_what_would_be_made_today(wide: bool) -> None:
    """If this fails: `python -m generators.pages.stationery`."""
    assert stationery(LAYOUT, wide) == make(LAYOUT, wide)


def test_a_bureaus_own_profile_gets_its_own_stationery() -> None:
    smaller = {"sizes": dict(LAYOUT.section("sizes")) | {"imprint": 12.0}}
    own = replace(
        LAYOUT, values=tuple((name, tuple(smaller.get(name, dict(keys)).items())) for name, keys in LAYOUT.values)
    )
    assert stationery(own).parts == make(own, wide=False).parts != stationery(LAYOUT).parts


def test_the_package_is_sound_and_holds_the_stationery_as_it_was_made() -> None:
    """By a reader of ZIP files that is not ours."""
    with zipfile.ZipFile(BytesIO(write(notice(), LAYOUT))) as package:
        assert package.testzip() is None
        held = {entry.filename: package.read(entry) for entry in package.infolist()}
    assert list(held) == [*(name for name, _ in stationery(LAYOUT).parts), "word/document.xml"]
    assert held.items() >= dict(stationery(LAYOUT).parts).items()


def test_no_character_is_lost_and_the_order_is_the_standards() -> None:
    text = text_of(write(notice(), LAYOUT))
    order = [
        "青岚县教育局文件",
        "青岚教发〔2026〕12号",
        "各中小学校、幼儿园：",
        "一、工作目标",
        "（一）总体目标",
        "（二）落实责任。",
    ]
    order += [
        "1.学校责任",
        "（1）校长责任",
        "附件：1.任务分工表",
        "2.检查表",
        "2026年3月5日",
        "附件1",
        "附件2",
        "抄送：县人民政府办公室",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert text.endswith("2026年3月5日印发")


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=80
    )
)
def test_any_text_in_is_the_same_text_out(text: str) -> None:
    document = Document(title="标题", body=(Paragraph(words(text)),))
    assert text_of(write(document, LAYOUT)) == "标题" + text


def test_minutes_tell_who_was_there() -> None:
    there = Attendance(present=("沈怀远", "陶知秋"), excused=("郝立言",), observing=("温长庚",))
    text = text_of(write(notice(attendance=there), LAYOUT))
    assert "出席：沈怀远、陶知秋请假：郝立言列席：温长庚" in text


def test_a_character_no_file_can_hold_is_refused_and_named() -> None:
    with pytest.raises(Refused, match="控制字符"):
        write(notice(title="关于\x07检查的通知"), LAYOUT)


def test_facts_that_are_not_known_stand_as_missing() -> None:
    text = text_of(write(notice(number="", dated=None, printed_on=None), LAYOUT))
    assert all(f"【待补：{fact}】" in text for fact in ("发文字号", "成文日期", "印发日期"))


def test_word_reads_the_file_with_its_headings_and_table() -> None:
    document = docx.Document(BytesIO(write(notice(), LAYOUT)))
    assert [
        p.style.name for p in document.paragraphs if p.style and p.style.name and p.style.name.startswith("Heading")
    ] == [
        "Heading 1",
        "Heading 2",
        "Heading 3",
        "Heading 4",
    ]
    assert document.tables[0].rows[1].cells[1].text == SENTENCE
    assert document.core_properties.author == ""


def test_the_file_is_small_and_carries_no_ballast() -> None:
    content = write(notice(), LAYOUT)
    assert len(content) < 12_000
    names = zipfile.ZipFile(BytesIO(content)).namelist()
    assert not [name for name in names if "theme" in name or "thumbnail" in name]


def test_quotation_marks_are_set_in_the_chinese_face() -> None:
    xml = zipfile.ZipFile(BytesIO(write(notice(title="“三查三保”通知"), LAYOUT))).read("word/document.xml").decode()
    assert '<w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">“三查三保”通知' in xml


@settings(max_examples=120, deadline=None)
@given(
    st.text(
        "青岚县教育局关于印发学校安全隐患排查整治“三查三保”专项行动实施方案《》的通知2026年、", min_size=1, max_size=120
    )
)
def test_a_title_is_broken_without_losing_or_overfilling(title: str) -> None:
    lines = break_title(title, 20.0)
    assert "".join(lines) == title
    assert all(ems(line) <= 20.0 for line in lines)
    assert_no_hourglass(lines)


def assert_no_hourglass(lines: tuple[str, ...]) -> None:
    """Lines grow, shrink, swell (梯形、菱形) or are equal; none is shorter than one above it and one below it."""
    wide = [ems(line) for line in lines]
    for place, width in enumerate(wide):
        assert not (max(wide[:place], default=0) > width and max(wide[place + 1 :], default=0) > width), lines


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ("关于", "印发", "“三查三保”", "专项行动", "实施方案", "青岚县人民政府", "2026年",
             "校外培训机构", "领导小组", "开展", "通知", "和", "、", "的", "暑期学生防溺水")
        ),
        min_size=4, max_size=26,
    )
)  # fmt: skip
def test_words_and_names_of_a_title_stay_whole(words: list[str]) -> None:
    lines = break_title("".join(words), 20.0, ("青岚县人民政府", "暑期学生防溺水"))
    assert_no_hourglass(lines)
    ends = {sum(map(len, lines[: count + 1])) for count in range(len(lines))}
    edges = {sum(map(len, words[: count + 1])) for count in range(len(words))}
    assert ends <= edges


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于召开会议的通知", ("关于召开会议的通知",)),
        (
            "关于成立青岚县教育系统“三查三保”专项行动领导小组的通知",
            ("关于成立青岚县教育系统", "“三查三保”专项行动领导小组的通知"),
        ),
        (
            "关于成立青岚县教育系统“三查三保”专项行动领导小组并召开动员部署会议有关事项的通知",
            ("关于成立青岚县教育系统", "“三查三保”专项行动领导小组", "并召开动员部署会议有关事项的通知"),
        ),
    ],
)
def test_titles_break_between_words(title: str, lines: tuple[str, ...]) -> None:
    assert break_title(title, 20.0) == lines


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 4), max_size=20), st.data())
def test_numbers_start_again_below_every_higher_heading(levels: list[int], data: st.DataObject) -> None:
    blocks = tuple(Heading(level, "标题") for level in levels)
    told = ordinals(blocks)
    if levels:
        drop = data.draw(st.integers(0, len(levels) - 1))
        assert ordinals(blocks[:drop]) == told[:drop]
    for place, level in enumerate(levels):
        first = all(earlier != level for earlier in takewhile_deeper(levels[:place], level))
        assert (told[place] in ("一、", "（一）", "1.", "（1）")) == first


def takewhile_deeper(levels: list[int], level: int) -> list[int]:
    found = []
    for earlier in reversed(levels):
        if earlier < level:
            break
        found.append(earlier)
    return found


def test_a_bureaus_own_profile_is_listed_as_deviations(tmp_path: Path) -> None:
    (tmp_path / "本局.toml").write_text(
        '[signature]\nsealed_blank_lines = 3\n[fonts]\nlatin = "Times New Roman"\n', encoding="utf-8"
    )
    layout = load_layout("本局", (tmp_path,))
    assert [(one.key, one.standard, one.value, one.clause) for one in layout.deviations] == [
        ("fonts.latin", "仿宋_GB2312", "Times New Roman", "5.2.2、7.2.4、7.3.1、7.3.3"),
        ("signature.sealed_blank_lines", 2, 3, "7.3.5"),
    ]
    assert b"Times New Roman" in zipfile.ZipFile(BytesIO(write(notice(), layout))).read("word/styles.xml")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[page]\ntop = '37'", "应当是数"),
        ("[page]\ntop = true", "应当是数"),
        ("[imprint]\neven_page = 1", "应当是 true 或 false"),
        ("[page]\ntopp = 37", "不认识“page.topp”"),
        ("[x]\ny=1", "不认识"),
    ],
)
def test_a_faulty_profile_is_refused_with_every_fault(content: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "本局.toml").write_text(content, encoding="utf-8")
    with pytest.raises(FaultyInput) as caught:
        load_layout("本局", (tmp_path,))
    assert any(told in getattr(finding, "message", "") for finding in caught.value.findings)


def test_an_unknown_profile_is_said_to_be_unknown() -> None:
    with pytest.raises(NotFound):
        load_layout("没有", ())


@pytest.mark.parametrize(
    "document",
    [
        Document(title="甲" * 100, issuers=("乙",)),
        notice(addressees="、".join(f"第{n}小学" for n in range(40))),
        notice(issuers=tuple(f"青岚县第{n}局" for n in range(12))),
        notice(body=(Paragraph(words("一行。")),)),
        notice(body=tuple(Paragraph(words(SENTENCE * 20)) for _ in range(300))),
        notice(
            body=(Table(header=(), rows=((Cell("合并", rows=2), Cell("a")), (Cell("b"),), (Cell("c", columns=2),))),)
        ),
        notice(body=(), annexes=()),
    ],
    ids=["长题", "多主送", "联合", "一行", "三百页", "合并格", "无正文"],
)
def test_extremes_come_out_as_sound_files(document: Document) -> None:
    content = write(document, LAYOUT)
    assert docx.Document(BytesIO(content)).paragraphs


def test_rendering_without_libreoffice_names_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Refused, match="apt-get install"):
        to_pdf((tmp_path / "a.docx",), tmp_path)


def test_layout_is_a_value() -> None:
    assert isinstance(LAYOUT, Layout)
    assert hash(LAYOUT) == hash(load_layout())
