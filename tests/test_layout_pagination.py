"""Where pages end: worked out beforehand, and compared with pages that LibreOffice rendered, paragraph by paragraph."""

import os
import random
from datetime import date
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_layout_lines import sentence

from generators.pages.layout import load_layout
from generators.pages.linebreaking import WORD, Engine, libreoffice
from generators.pages.pagination import Flow, Place, extents, measures_of
from generators.pages.pieces import Grid, Piece, Strip
from generators.pages.sections import area
from generators.pages.writer import pieces_of, write
from generators.rendered.measuring_sheets import MM, Line, Sheet, read_sheet
from generators.rendered.rendering import to_pdf
from model.documents import (
    Annex,
    Block,
    Cell,
    Direction,
    Document,
    Format,
    Heading,
    Item,
    Paragraph,
    RedHead,
    Run,
    Seal,
    Table,
)

LAYOUT = load_layout()
SIZES = measures_of(LAYOUT)
FULL = os.environ.get("JUANZONG_SWEEP") == "full"


def made(draw: random.Random) -> Document:
    """A document as an office might write it: any format, headings of four levels, tables, annexes, any length."""
    kind = draw.choice((Format.DOCUMENT, Format.DOCUMENT, Format.LETTER, Format.ORDER, Format.MINUTES))
    upward = kind is Format.DOCUMENT and draw.random() < 0.2
    annexes = tuple(
        Annex(sentence(draw, 12), tuple(blocks(draw, draw.randint(1, 8))), landscape=draw.random() < 0.4)
        for _ in range(draw.choice((0, 0, 1, 2)))
    )
    return Document(
        title="" if kind is Format.ORDER else f"关于{sentence(draw, draw.randint(8, 50))}的通知",
        format=kind,
        direction=Direction.UP if upward else Direction.DOWN,
        signers=("沈怀远", "陶知秋", "郝立言")[: draw.randint(1, 3)] if upward else (),
        red_head=draw.choice((RedHead.DRAWN, RedHead.DRAWN, RedHead.PREPRINTED, RedHead.NONE)),
        urgency=draw.choice(("", "特急")),
        issuers=("青岚县教育局", "青岚县公安局", "青岚县消防救援大队")[: draw.choice((1, 1, 1, 3))],
        number="青岚教发〔2026〕12号",
        addressees=draw.choice(("", "各中小学校", "、".join(f"第{n}中学" for n in range(draw.randint(5, 40))))),
        body=tuple(blocks(draw, draw.randint(2, 24))),
        annexes=annexes,
        seal=draw.choice((Seal.SEALED, Seal.UNSEALED, Seal.SIGNATURE)),
        dated=date(2026, 3, 5),
        note=draw.choice(("", "此件公开发布")),
        copies_to=("县人民政府办公室", "县应急管理局")[: draw.randint(0, 2)],
        printed_by=draw.choice(("", "青岚县教育局办公室")),
        printed_on=date(2026, 3, 5),
    )


def blocks(draw: random.Random, count: int) -> list[Block]:
    told: list[Block] = []
    for _ in range(count):
        kind = draw.random()
        if kind < 0.3:
            told.append(Heading(draw.randint(1, 4), sentence(draw, draw.randint(4, 14))))
        elif kind < 0.4:
            told.append(Heading(draw.randint(1, 3), sentence(draw, 6), (Run(sentence(draw, draw.randint(20, 120))),)))
        elif kind < 0.5:
            told.append(Item(draw.randint(3, 4), (Run(sentence(draw, draw.randint(10, 90))),)))
        elif kind < 0.57:
            told.append(table(draw))
        else:
            told.append(Paragraph((Run(sentence(draw, draw.randint(10, 320))),), flush=draw.random() < 0.1))
    return told


def table(draw: random.Random) -> Table:
    columns = draw.randint(2, 6)
    lengths = [draw.choice((2, 3, 6, 30)) for _ in range(columns)]
    rows = [tuple(Cell(sentence(draw, length)) for length in lengths) for _ in range(draw.randint(1, 14))]
    return Table((tuple(Cell(f"第{n}列") for n in range(columns)),), tuple(rows))


def laid(document: Document) -> list[tuple[Piece, Place]]:
    pieces = pieces_of(document, LAYOUT)
    filled = extents(pieces, SIZES, libreoffice(), document.landscape)
    return list(zip(pieces, Flow(SIZES, document.landscape).lay(pieces, filled).places, strict=True))


def begins(line: Line, text: str) -> bool:
    told = line.text.replace(" ", "").replace("\t", "")
    return told.startswith(text.replace(" ", "").split("\n")[0][:14]) if len(text) > 3 else told == text


def found(sheets: list[Sheet], text: str, after: tuple[int, float]) -> tuple[int, float] | None:
    """Page and base line of the first line that begins so, behind a place."""
    for sheet in sheets[after[0] - 1 :]:
        for line in sheet.lines:
            if (sheet.number, line.base) > after and begins(line, text):
                return sheet.number, line.base
    return None


def compared(documents: list[Document], folder: Path) -> tuple[int, int, list[str]]:
    """Paragraphs that stand on the page and line that was worked out, all of them, and the others."""
    papers = [folder / f"{number}.docx" for number in range(len(documents))]
    for path, document in zip(papers, documents, strict=True):
        path.write_bytes(write(document, LAYOUT))
    alike = count = 0
    odd: list[str] = []
    for start in range(0, len(papers), 100):
        for place, pdf in enumerate(to_pdf(papers[start : start + 100], folder), start):
            with pdfplumber.open(pdf) as opened:
                sheets = [read_sheet(page) for page in opened.pages]
            one, all_, others = compare(documents[place], sheets)
            alike, count = alike + one, count + all_
            odd += [f"{place}: {other}" for other in others]
    return alike, count, odd


def compare(document: Document, sheets: list[Sheet]) -> tuple[int, int, list[str]]:
    alike = count = 0
    odd: list[str] = []
    after = (1, 0.0)
    for piece, place in laid(document):
        if not isinstance(piece, Strip) or piece.fixed or len(piece.text) < 2:
            continue
        count += 1
        got = found(sheets, piece.text, after)
        if got is None:
            odd.append(f"not found: {piece.text[:14]}")
            continue
        after = got
        line = piece.form.line or SIZES.line
        sheet = sheets[place.page - 1] if place.page <= len(sheets) else None
        top = area(LAYOUT, bool(sheet and sheet.wide)).top
        wanted = (
            top + (place.top + piece.form.before + line - 100) / 20 / MM
        )  # a base line stands about 5 pt above the line's end
        if got[0] == place.page and abs(got[1] - wanted) < line / 20 / MM / 2:
            alike += 1
        else:
            odd.append(f"{piece.text[:14]}: page {place.page} at {wanted:.1f}, got {got[0]} at {got[1]:.1f}")
    return alike, count, odd


@pytest.mark.render
def test_paragraphs_stand_on_the_page_and_line_that_was_worked_out(tmp_path: Path) -> None:
    draw, count = random.Random(2012), 400 if FULL else 16
    alike, all_, odd = compared([made(draw) for _ in range(count)], tmp_path)
    print(f"{alike} of {all_} paragraphs in {count} documents: {alike / all_:.2%}")
    print("\n".join(odd[:40]))
    assert alike >= 0.99 * all_


def paged(document: Document, engine: Engine) -> list[tuple[Piece, Place]]:
    pieces = pieces_of(document, LAYOUT)
    return list(zip(pieces, Flow(SIZES).lay(pieces, extents(pieces, SIZES, engine)).places, strict=True))


def signed(draw: random.Random, seal: Seal, organs: int) -> Document:
    """A paper with a signature, hard to fit: one paragraph or many, any length, big heads, addressees, 附件说明, 附注."""
    lengths = (draw.randint(1, 60), draw.randint(30, 300), draw.randint(300, 1600))
    return Document(
        title=f"关于{sentence(draw, draw.choice((8, 30, 60)))}的通知",
        issuers=tuple(f"青岚县第{n}局" for n in range(draw.choice((organs, 1)))),
        signatories=tuple(f"青岚县第{n}局" for n in range(organs)),
        number="青教〔2026〕1号",
        red_head=draw.choice((RedHead.DRAWN, RedHead.DRAWN, RedHead.PREPRINTED, RedHead.NONE)),
        addressees=draw.choice(("", "各中小学校", "、".join(f"第{n}中学" for n in range(20)))),
        body=tuple(
            Paragraph((Run(sentence(draw, draw.choice(lengths))),)) for _ in range(draw.choice((1, 1, 2, 3, 8)))
        ),
        annexes=tuple(Annex(sentence(draw, draw.randint(6, 30))) for _ in range(draw.choice((0, 0, 0, 1, 3)))),
        seal=seal,
        dated=date(2026, 3, 5),
        note=draw.choice(("", "此件公开发布")),
        printed_by=draw.choice(("", "青岚县教育局办公室")),
        printed_on=date(2026, 3, 5),
    )


def assert_signed_with_text(document: Document) -> None:
    """The first name stands on the page where the text before it ends, the last one and the 附注 on that of the date."""
    texts = [block.text for block in document.body if isinstance(block, Paragraph)]
    for engine in (WORD, libreoffice()):
        told = [
            (piece, place) for piece, place in paged(document, engine) if isinstance(piece, Strip) and piece.content
        ]
        body = next(at for at, (piece, _) in enumerate(told) if piece.text == texts[0])
        first = next(at for at, (piece, _) in enumerate(told) if at > body and not piece.text)
        names = [place for piece, place in told[first:] if not piece.text]
        day = names.pop()
        assert told[body][1].page == 1
        assert told[first - 1][1].end_page == names[0].page
        assert names[-1].page == day.page == told[-1][1].page
        assert len(document.signatories or document.issuers) > 3 or names[0].page == day.page


@settings(max_examples=2000 if FULL else 150, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(Seal), st.integers(1, 12))
@example(319950, Seal.SIGNATURE, 1)
@example(319950, Seal.SEALED, 2)
def test_name_and_date_are_never_alone_on_a_page(seed: int, seal: Seal, organs: int) -> None:
    draw = random.Random(seed)
    texts = (Paragraph((Run(sentence(draw, draw.randint(10, 250))),)) for _ in range(draw.randint(1, 12)))
    issuers = tuple(f"青岚县第{n}局" for n in range(organs))
    plain = Document(title="关于开展检查的通知", issuers=issuers, body=tuple(texts), seal=seal, dated=date(2026, 3, 5))
    assert_signed_with_text(plain)
    assert_signed_with_text(signed(draw, seal, organs))


@pytest.mark.parametrize("seal", Seal)
@pytest.mark.parametrize("organs", range(1, 13) if FULL else (1, 2, 3, 12))
def test_an_only_paragraph_of_any_length_is_signed_with_text(seal: Seal, organs: int) -> None:
    for lines in range(1, 70 if FULL else 28):
        body = (Paragraph((Run("校" * (26 + 28 * (lines - 1))),)),)
        issuers = tuple(f"青岚县第{n}局" for n in range(organs))
        assert_signed_with_text(Document(title="通知", issuers=issuers, body=body, seal=seal, dated=date(2026, 3, 5)))


@pytest.mark.parametrize("seal", Seal)
def test_a_table_of_any_length_has_rows_above_the_signature(seal: Seal) -> None:
    draw = random.Random(7)
    for rows in range(1, 120 if FULL else 45):
        head = tuple(map(Cell, ("序号", "问题", "期限")))
        told = tuple((Cell(str(n)), Cell(sentence(draw, draw.randint(4, 60))), Cell("3月5日")) for n in range(1, rows))
        body = (Paragraph((Run("检查发现下列问题，请逐项整改。"),)), Table((head,), told))
        document = Document(title="整改通知书", issuers=("甲局",), body=body, seal=seal, dated=date(2026, 3, 5))
        for engine in (WORD, libreoffice()):
            placed = paged(document, engine)
            table = next(place for piece, place in placed if isinstance(piece, Grid))
            assert table.end_page == placed[-1][1].page
            assert table.top == 0 or table.page == 1


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32))
def test_no_heading_is_stranded_at_a_pages_foot(seed: int) -> None:
    draw = random.Random(seed)
    document = Document(title="标题", body=(*blocks(draw, 30), Paragraph((Run("完。"),))))
    for engine in (WORD, libreoffice()):
        told = paged(document, engine)
        for (piece, place), (_, following) in pairwise(told):
            if isinstance(piece, Strip) and piece.form.style.startswith("Heading"):
                assert following.page == place.end_page or (following.top == 0 and place.top == 0)


def test_only_the_last_page_of_text_is_drawn_together_for_the_signature() -> None:
    for lines in range(40, 70):
        texts = ["校" * (26 + 28 * 4)] * (lines // 5) + ["校" * (26 + 28 * (lines % 5))]
        body = tuple(Paragraph((Run(text),)) for text in texts)
        document = Document(title="通知", issuers=("甲局",), red_head=RedHead.NONE, body=body, dated=date(2026, 3, 5))
        told = paged(document, WORD)
        drawn = [
            place.page for piece, place in told if isinstance(piece, Strip) and piece.form.line and not piece.fixed
        ]
        assert len(set(drawn)) <= 2
        assert not drawn or min(drawn) >= told[-1][1].end_page - 1


@pytest.mark.render
def test_a_table_above_the_signature_goes_along_with_it(tmp_path: Path) -> None:
    rows = tuple((Cell(str(n)), Cell("疏散通道堆放杂物，消防器材过期")) for n in range(1, 9))
    order = Table((tuple(map(Cell, ("序号", "问题"))),), rows)
    body = (Paragraph((Run("校" * 130),)), order)
    document = Document(
        title="整改通知书",
        issuers=("甲局",),
        number="甲改〔2026〕1号",
        addressees="第一中学",
        body=body,
        dated=date(2026, 3, 5),
    )
    paper = tmp_path / "整改.docx"
    paper.write_bytes(write(document, LAYOUT))
    with pdfplumber.open(to_pdf((paper,), tmp_path)[0]) as opened:
        assert len(opened.pages) == 2
        text = opened.pages[1].extract_text()
        assert "疏散通道" in text
        assert "2026" in text
