"""The same paper is recognised in another scan, format or wording, and another paper is not."""

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import near
from model.texts import Text, TextBlock, TextPage, TextState
from storage.database import open_catalogue

SCHOOLS = ("第一小学", "第二小学", "实验中学", "中心幼儿园", "职业教育中心")
MATTERS = (
    "消防通道堵塞",
    "校车未按期检验",
    "食堂台账不全",
    "围墙开裂",
    "宿舍电线老化",
    "危化品未双人双锁",
    "护学岗无人值守",
)


def notice(seed: int, sentences: int = 30) -> str:
    drawn = random.Random(seed)
    told = (
        f"经{drawn.randrange(2, 28)}日现场检查，{drawn.choice(SCHOOLS)}{drawn.choice(MATTERS)}，"
        f"责任人{chr(drawn.randrange(0x4E00, 0x9F00))}{chr(drawn.randrange(0x4E00, 0x9F00))}，"
        f"须在{drawn.randrange(3, 30)}日内整改到位并报送{chr(drawn.randrange(0x4E00, 0x9F00))}股。"
        for _ in range(sentences)
    )
    return "关于学校安全检查情况的通报\n" + "\n".join(told)


def text(words: str) -> Text:
    return Text(TextState.OK, (TextPage("", tuple(TextBlock(line) for line in words.splitlines())),), reader="docx")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    db = open_catalogue(tmp_path / "catalogue.db")
    yield db
    db.close()


def of(words: str) -> bytes:
    made = near.signature(text(words))
    assert made is not None
    return made


def test_the_same_paper_with_a_line_changed_is_recognised() -> None:
    lines = notice(1).splitlines()
    lines[7] = "这一行是后来改的，与原来完全不同。"
    assert near.share(of(notice(1)), of("\n".join(lines))) > near.ALIKE


def test_line_breaks_blanks_marks_and_widths_of_another_format_do_not_matter() -> None:
    other = "\f".join(notice(1)[place : place + 37] for place in range(0, len(notice(1)), 37))
    assert near.share(of(notice(1)), of(other.replace("，", ", ").replace("1", "１"))) == 1.0


def test_a_scan_with_an_error_in_fifty_characters_is_recognised() -> None:
    drawn = random.Random(3)
    blurred = "".join("口" if drawn.random() < 0.02 else character for character in notice(1))
    assert near.share(of(notice(1)), of(blurred)) > near.ALIKE


def test_another_paper_of_the_same_form_is_not_taken_for_it() -> None:
    assert near.share(of(notice(1)), of(notice(2))) < near.ALIKE


def test_a_text_too_short_to_be_told_has_no_signature() -> None:
    assert near.signature(text("关于放假的通知")) is None
    assert near.signature(Text(TextState.EMPTY)) is None


def test_the_catalogue_finds_it_among_others_and_forgets_it(catalogue: sqlite3.Connection) -> None:
    kept = near.Near(catalogue)
    for number in range(60):
        kept.remember(f"r{number}", 0, of(notice(number)))
    changed = of(notice(17).replace("关于学校安全检查情况的通报", "检查情况通报（修改稿）"))
    (found,) = kept.alike(changed)
    assert (found.record, found.place) == ("r17", 0)
    kept.remember("r17", 0, of(notice(99)))
    assert kept.alike(changed) == ()
    kept.forget("r17")
    assert kept.alike(of(notice(99))) == ()
    assert catalogue.execute("SELECT count(*) FROM near_bands").fetchone()[0] == 59 * 16


def test_a_batch_finds_it_before_anything_is_filed() -> None:
    batch = near.Batch()
    for number in range(20):
        batch.remember(f"{number}.docx", of(notice(number)))
    assert [alike.record for alike in batch.alike(of(notice(5) + "\n多一行。"))] == ["5.docx"]


def test_signatures_of_another_making_are_not_compared(catalogue: sqlite3.Connection) -> None:
    near.Near(catalogue).remember("r", 0, of(notice(1)))
    catalogue.execute("UPDATE near_signatures SET version = 'older'")
    assert near.Near(catalogue).alike(of(notice(1))) == ()


def test_the_library_still_makes_the_signatures_that_archives_hold() -> None:
    made = near.signature_of("关于开展学校安全大排查大整治专项行动的通知" * 4)
    assert made is not None
    assert made.hex()[:32] == "bb83ce083d579d13d98d510255298901"


@given(st.integers(0, 10**6), st.integers(0, 28))
def test_a_paper_and_itself_with_any_line_left_out_are_alike(seed: int, line: int) -> None:
    lines = notice(seed).splitlines()
    del lines[line]
    assert near.share(of(notice(seed)), of("\n".join(lines))) > near.ALIKE
