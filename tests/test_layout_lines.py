"""Where lines end: no sign in the wrong place, nothing lost on the rendered page, and the same lines as LibreOffice breaks."""

import os
import random
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.pages import linebreaking, portions
from generators.pages.layout import load_layout
from generators.pages.linebreaking import BEGIN_NO_LINE, END_NO_LINE, WORD, Engine, libreoffice, line_count, line_ends
from generators.pages.writer import write
from generators.rendered.measuring_sheets import read_sheet
from generators.rendered.rendering import to_pdf
from model.documents import Document, Paragraph, Run

LAYOUT = load_layout()
WIDTH, FIRST, EM, SPACING = 8846, 8216, 320, -5
HAN = "教育局学校安全检查整改责任落实工作会议县乡镇中心小学幼儿园消防食品交通"
FACTS = (
    "2026年3月5日",
    "12个",
    "95.5%",
    "〔2026〕12号",
    "100%",
    "5—10人",
    "1.5万元",
    "APP",
    "GB/T 9704",
    "http://a.cn/b",
    "A4",
)


MIXED = (*"，。、；：？！“”‘’（）《》〔〕【】·—…～￥％①Ⅱ℃№§±×,.!?;:()[]%‰/-+=<>&@#_|\"'", " ", "——", "……", *FACTS, "50%", "（1）",
         "(2)", "9:30", "1,200元", "10:00—11:30", "2026-03-05", "2026/3/5", "0571-88886666", "www.edu.gov.cn/a/b?c=1&d=2",
         "a@b.cn", "PM2.5", "25℃", "3×4", "±2", "5~10", "10～20", "“A”", "“12”", "《GB 9704》", "Wi-Fi", "hello world", "mg/L",
         "㎡", "m²", "24小时", "C++", "R&D", "A、B", "——", "“校”", "校", "学校", "教育局")  # fmt: skip


def sentence(draw: random.Random, length: int) -> str:
    """A text of Han characters, signs, figures and Latin words in the proportions of a real plan, or worse."""
    told = ""
    while len(told) < length:
        kind, words = draw.random(), "".join(draw.choices(HAN, k=draw.randint(2, 9)))
        if kind < 0.2:
            words = draw.choice("，。、；：？！")
        elif kind < 0.3:
            words = draw.choice(("“{}”", "《{}》", "（{}）")).format(words)
        elif kind < 0.36:
            words = draw.choice(FACTS)
        elif kind < 0.38:
            words = draw.choice(("——", "……", "·"))
        told += words
    return told


def broken(text: str, engine: Engine = WORD) -> list[str]:
    ends = line_ends(text, FIRST, WIDTH, EM, SPACING, engine)
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("校" * 30, "校" * 26),
        ("校" * 25 + "。校校校校", "校" * 25 + "。"),
        ("校" * 25 + "《校校》", "校" * 25),
        ("校" * 24 + "2026年", "校" * 24 + "2026"),
        ("校" * 25 + "2026年", "校" * 25),
        ("校" * 25 + "。”校校", "校" * 24),
        ("校" * 25 + "——校校", "校" * 24),  # the file forbids a dash to begin a line, so that none is parted
        ("校" * 26 + "，校校", "校" * 26 + "，"),
    ],
)
def test_signs_stand_where_they_may(text: str, first: str) -> None:
    assert broken(text)[0] == first


def test_without_hanging_signs_the_last_character_goes_along() -> None:
    assert broken("校" * 26 + "，校校", libreoffice())[0] == "校" * 25


@settings(max_examples=200, deadline=None)
@given(st.text("校安。，《》“”（）12ab%— ", min_size=1, max_size=200), st.sampled_from((WORD, libreoffice())))
def test_lines_hold_the_whole_text_and_begin_with_no_closing_sign(text: str, engine: Engine) -> None:
    lines = broken(text, engine)
    assert "".join(lines) == text
    assert all(lines)
    for before, after in pairwise(lines):
        if len(before) > 6:  # a line of nothing but signs breaks where it must
            assert after[0] not in (BEGIN_NO_LINE if engine is WORD else portions._NO_START)
            assert before[-1] not in END_NO_LINE


@settings(max_examples=200, deadline=None)
@given(st.text("校安。，《》“”（）12ab%— ", min_size=1, max_size=200))
def test_a_line_is_no_wider_than_its_room_but_for_a_hanging_sign_and_blanks(text: str) -> None:
    for place, line in enumerate(broken(text)):
        told = line.rstrip(" ")
        told = told[: len(told) - (told[-1:] in set("，。%"))]
        assert sum(EM * WORD.widths[sign] + SPACING for sign in told) <= (WIDTH if place else FIRST)


@settings(max_examples=200, deadline=None)
@given(
    st.text("校安。，《》“”（）12ab%/— \u3000", max_size=80),
    st.sampled_from((WORD, libreoffice())),
    st.integers(200, 2000),
)
def test_columns_of_any_width_hold_the_whole_text(text: str, engine: Engine, width: int) -> None:
    ends = line_ends(text, width, width, 210, 0.0, engine)
    assert ends == sorted(set(ends))
    assert ends[-1:] == [len(text)][: len(text)]


@settings(max_examples=200, deadline=None)
@given(st.text("校。12aWM%— ", max_size=60), st.sampled_from((WORD, libreoffice())))
def test_lines_are_counted_as_they_are_broken(text: str, engine: Engine) -> None:
    measures = FIRST, WIDTH, EM, SPACING, engine
    assert line_count(text, *measures) == (len(line_ends(text, *measures)) or 1)


@pytest.mark.parametrize("engine", [WORD, libreoffice()])
def test_a_column_narrower_than_a_character_holds_one_a_line(engine: Engine) -> None:
    assert line_ends("校W", 100, 100, EM, 0.0, engine) == [1, 2]


def test_what_is_measured_as_one_stretch_is_of_one_width_in_every_face() -> None:
    for stretch in linebreaking._ALIKE.findall("".join(map(chr, range(0x20, 0xD800)))):
        for engine in (WORD, libreoffice()):
            assert len({engine.widths[sign] for sign in stretch}) == 1


def mixture(draw: random.Random) -> str:
    """Whatever may stand in a line, in any order."""
    told = (draw.choice(MIXED) if draw.random() < 0.6 else "".join(draw.choices(HAN, k=4)) for _ in range(40))
    return "".join(told).strip()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("校" * 25 + "”ABC校", "校" * 24),  # a quote parts from nothing before Latin letters
        ("校" * 24 + "ABC“校校", "校" * 24),
        ("校" * 25 + "，12个", "校" * 24),
        ("校" * 24 + "5—10人", "校" * 24 + "5—"),
        ("校" * 22 + "http://a.cn", "校" * 22 + "http://"),
        ("校" * 26 + "……校校", "校" * 26),
        ("校" * 26 + "》校校", "校" * 25),
    ],
)
def test_libreoffice_breaks_by_the_script_of_what_has_no_room(text: str, first: str) -> None:
    assert broken(text, libreoffice())[0] == first


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("局改育〔2026〕12号", ["局改", "育", "〔", "2026", "〕12", "号"]),
        ("：校2026、（——·", ["：校", "2026", "、", "（—", "—·"]),
        ("；》；2026：A4", ["；》", "；", "202", "6：A4"]),
        ("“作安安”“作育", ["“作", "安", "安”", "“作", "育"]),
    ],
)
def test_in_a_narrow_cell_libreoffice_breaks_where_it_must(text: str, lines: list[str]) -> None:
    ends = line_ends(text, 660, 660, 240, 0.0, libreoffice())
    assert [text[start:end] for start, end in zip([0, *ends], ends, strict=False)] == lines


@pytest.mark.render
@pytest.mark.parametrize("kind", ["sentences", "mixtures"])
def test_libreoffice_breaks_the_same_lines_and_loses_no_character(kind: str, tmp_path: Path) -> None:
    draw, count = random.Random(9704), 2000 if os.environ.get("JUANZONG_SWEEP") == "full" else 100
    texts = [sentence(draw, draw.randint(40, 220)) if kind == "sentences" else mixture(draw) for _ in range(count)]
    paper = tmp_path / "断行.docx"
    paper.write_bytes(write(Document(title="", body=tuple(Paragraph((Run(text),)) for text in texts)), LAYOUT))
    with pdfplumber.open(to_pdf((paper,), tmp_path)[0]) as opened:
        sheets = [read_sheet(page) for page in opened.pages]
    got = [line.text.replace(" ", "") for sheet in sheets for line in sheet.lines if line.base < 263]
    assert "".join(got) == "".join(texts).replace(" ", "")
    alike = 0
    for text in texts:
        wanted = [line.replace(" ", "") for line in broken(text, libreoffice())]
        found = [got.pop(0)]
        while len("".join(found)) < len("".join(wanted)):
            found.append(got.pop(0))
        alike += found == wanted
    print(f"{alike} of {count} paragraphs are broken into the lines of the page")
    assert alike >= 0.99 * count
