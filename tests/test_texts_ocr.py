"""Scanned pages: slanted and turned ones are put right, lines come in reading order, the text is marked as recognised."""

import math
import os
import subprocess
from io import BytesIO

import pytest

from indexer.texts import ocr_layout as layout
from indexer.texts.jobs import Job, Recognised
from indexer.texts.parsers import parse
from indexer.texts.readers import Readers, ocr_installed
from model.texts import PageState, TextState


def corners(x: float, y: float, wide: float, high: float = 30.0) -> layout.Corners:
    return ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high))


def slanted(given: layout.Corners, degrees: float) -> layout.Corners:
    angle = math.radians(degrees)
    return tuple(
        (x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)) for x, y in given
    )


@pytest.mark.parametrize("degrees", [-4.0, 0.0, 1.3, 4.0])
def test_lines_come_from_the_top_and_their_parts_from_the_left_however_slanted(degrees: float) -> None:
    told = {
        "右一": corners(900, 100, 300),
        "左一": corners(100, 104, 700),
        "二": corners(100, 160, 1200),
        "三": corners(100, 220, 400),
    }
    boxes = tuple(layout.Box(slanted(place, degrees), text, 0.9) for text, place in reversed(told.items()))
    assert layout.in_order(boxes).lines == ("左一\t右一", "二", "三")


def test_the_score_is_the_mean_by_characters() -> None:
    boxes = (layout.Box(corners(0, 0, 100), "一二三", 1.0), layout.Box(corners(0, 60, 100), "四", 0.6))
    assert layout.in_order(boxes).score == 0.9
    assert layout.in_order(()) == Recognised((), 0.0)


def test_a_page_on_its_side_is_known_by_its_lines() -> None:
    assert layout.lies_on_side([corners(0, 0, 30, 500), corners(50, 0, 30, 400)])
    assert not layout.lies_on_side([corners(0, 0, 500), corners(0, 50, 30, 500), corners(0, 90, 500)])
    assert not layout.lies_on_side([])


def test_a_place_on_a_page_turned_upside_down() -> None:
    assert layout.turned(corners(10, 20, 100, 30), 1000, 2000) == corners(890, 1950, 100, 30)


def picture() -> bytes:
    from PIL import Image

    made = BytesIO()
    Image.new("RGB", (20, 20), "white").save(made, "TIFF", save_all=True, append_images=[Image.new("RGB", (9, 9))])
    return made.getvalue()


def test_what_is_recognised_is_marked_with_its_score_page_by_page() -> None:
    told = iter([Recognised(("关于检查的通知",), 0.97), Recognised((), 0.0)])
    text = parse(picture(), Job(parse, recognise=lambda _: next(told)))
    assert [(page.label, page.state, page.score) for page in text.pages] == [
        ("第1页", PageState.OCR, 0.97),
        ("第2页", PageState.BLANK, 0.0),
    ]
    assert text.state is TextState.OK


def test_without_recognition_a_picture_says_what_is_lacking() -> None:
    text = parse(picture())
    assert (text.state, text.pages[0].state) == (TextState.EMPTY, PageState.IMAGE)
    assert "识别" in text.why


def lines_drawn() -> bytes:
    """Three lines in a known face, upside down and lying on the side."""
    from PIL import Image, ImageDraw, ImageFont

    found = subprocess.run(
        ["fc-match", "-f", "%{file}", "Noto Sans CJK SC"], capture_output=True, check=True
    ).stdout.decode()
    page = Image.new("RGB", (900, 260), "white")
    for number, line in enumerate(("青山县教育局关于开展", "学校安全专项整治的通知", "二〇二六年三月五日印发各校")):
        ImageDraw.Draw(page).text((60, 30 + 70 * number), line, font=ImageFont.truetype(found, 40), fill="black")
    made = BytesIO()
    page.save(made, "TIFF", save_all=True, append_images=[page.rotate(180), page.rotate(90, expand=True)])
    return made.getvalue()


@pytest.mark.render
def test_pages_upright_on_their_head_and_on_their_side_are_recognised_in_a_worker() -> None:
    if not ocr_installed():
        told = "juanzong[ocr] is not installed"
        pytest.fail(told) if os.environ.get("CI") == "true" else pytest.skip(told)
    with Readers(seconds=120, workers=1) as readers:
        text = readers.read(lines_drawn())
    assert (text.state, text.why) == (TextState.OK, "")
    for page in text.pages:
        assert page.state is PageState.OCR
        assert [block.text for block in page.blocks] == [
            "青山县教育局关于开展",
            "学校安全专项整治的通知",
            "二〇二六年三月五日印发各校",
        ]
        assert page.score is not None
        assert page.score > 0.9
