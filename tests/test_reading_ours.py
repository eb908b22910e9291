"""Our own papers read back: written, read, and the same elements again."""

import os
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.reading import read_definition
from generators.pages.layout import load_layout
from generators.pages.writer import write
from generators.papers.brief import Brief
from generators.papers.drafting import draft, shipped_kinds
from generators.papers.forms import Forms
from generators.reading.marked import read_markup
from generators.reading.reading import read_docx
from model.documents import (
    Annex,
    Attendance,
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
from model.offices import Office
from model.problems import Problem, State
from model.proofing import Role, Source, Where
from model.wording import missing
from templates import files

LAYOUT = load_layout()
EMPHATIC = replace(
    LAYOUT, values=tuple((name, (("bold", True),) if name == "body" else keys) for name, keys in LAYOUT.values)
)
"""A bureau's profile that lets words stand in bold."""


def read_back(document: Document) -> Document:
    return read_docx(write(document, EMPHATIC)).document


SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "campaigns"
DEFINITIONS = [files.path("example", "campaign.yaml")]
if os.environ.get("JUANZONG_SWEEP") == "full":
    DEFINITIONS += sorted(SHARED.glob("*.yaml"))
FORMS = Forms([files.path("forms")])


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda path: path.stem)
@pytest.mark.parametrize("kind", [kind.name for kind in shipped_kinds()])
def test_every_paper_of_a_campaign_is_read_back_equal(definition: Path, kind: str) -> None:
    campaign = read_definition(definition)
    unit = campaign.units[0]
    problem = Problem(
        number=1, campaign=campaign.id, unit=unit.id, unit_text=unit.name, found=date(2026, 5, 11), found_by="第一检查组",
        text="三楼东侧疏散通道堆放课桌", category="安全", grade="一般", measure="清理通道", person="总务主任", office="总务处",
        funds="无", deadline=date(2026, 5, 26), contingency="安排值班教师引导", state=State.UNDERWAY,
    )  # fmt: skip
    per = next(each.per for each in shipped_kinds() if each.name == kind)
    office = Office(name=campaign.issuer.name, short=campaign.issuer.short or campaign.issuer.name)
    made = draft(
        Brief(kind, campaign, office, on=date(2026, 6, 1), unit=unit if per else None, problems=(problem,)), FORMS
    )
    assert on_page(read_back(made.document)) == on_page(made.document)


_MARKS = {Format.ORDER: "令", Format.MINUTES: "纪要", Format.LETTER: ""}


def on_page(document: Document) -> dict[str, Any]:
    """The elements as a page shows them: not column widths, the alignment a cell has by itself, 平行 against 下行."""
    return {
        "title": document.title,
        "format": document.format if _headed(document) else Format.DOCUMENT,
        "head": _head(document) if _headed(document) else None,
        "addressees": document.addressees,
        "body": tuple(map(_block, document.body)),
        "annexes": tuple(
            replace(annex, body=None if annex.body is None else tuple(map(_block, annex.body)))
            for annex in document.annexes
        ),
        "signed": document.signatories or document.issuers,
        "posts": document.signatory_posts,
        "seal": document.seal if document.signatories or document.issuers else None,
        "dated": document.dated if document.signatories or document.issuers else None,
        "note": document.note,
        "copies": "，".join(document.copies_to),
        "printed": (document.printed_by, document.printed_on if document.printed_by else None)
        if document.format is not Format.LETTER
        else None,
        "attendance": document.attendance,
        "landscape": document.landscape,
    }


def _headed(document: Document) -> bool:
    return bool(document.issuers or document.mark) and document.red_head is not RedHead.NONE


def _head(document: Document) -> tuple[object, ...]:
    drawn = document.red_head is RedHead.DRAWN
    mark = document.mark or document.issuers[0] + _MARKS.get(document.format, "文件")
    number = document.number or ("" if document.format is Format.MINUTES else missing("发文字号"))
    up = document.direction is Direction.UP
    return (
        mark if drawn else "",
        number,
        document.copy_number,
        document.secrecy,
        document.urgency,
        up,
        document.signers or ((missing("签发人"),) if up else ()),
    )


def _block(block: Block) -> Block:
    if not isinstance(block, Table):
        return block

    def rows(of: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
        return tuple(tuple(replace(cell, align="右" if cell.align == "右" else None) for cell in row) for row in of)

    return replace(block, header=rows(block.header), rows=rows(block.rows), widths=())


WORDS = (
    "各学校",
    "安全隐患",
    "排查整治",
    "落实责任",
    "教职工",
    "消防设施",
    "三楼",
    "2026年5月",
    "《方案》",
    "“三防”",
    "100%",
)
phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map("".join)
sentences = st.lists(phrases, min_size=1, max_size=3).map(lambda parts: "，".join(parts) + "。")
runs = st.lists(st.builds(Run, sentences, st.booleans()), min_size=1, max_size=3).map(
    lambda parts: tuple(run for place, run in enumerate(parts) if not place or parts[place - 1].bold != run.bold)
)
cells = st.builds(Cell, phrases | st.just(""))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.integers(2, 4))
    row = st.tuples(*[cells] * columns)
    header = tuple(Cell(f"栏{column}") for column in range(columns))
    return Table(
        header=(header,),
        rows=tuple(draw(st.lists(row, min_size=1, max_size=3))),
        caption=draw(st.sampled_from(("", "任务分工"))),
    )


@st.composite
def bodies(draw: st.DrawFn) -> tuple[Block, ...]:
    """Blocks whose first is a sentence, as a body begins."""
    first = Paragraph((Run(draw(sentences)),))
    blocks: list[Block] = draw(
        st.lists(
            st.builds(Heading, st.integers(1, 4), phrases)
            | st.builds(Heading, st.integers(1, 4), sentences, st.builds(Run, sentences).map(lambda run: (run,)))
            | st.builds(Paragraph, runs)
            | st.builds(Item, st.integers(1, 4), runs)
            | tables(),
            max_size=8,
        )
    )
    return (first, *(replace(each, bold=False) if isinstance(each, Run) else each for each in blocks))


ORGANS = ("青岚县教育局", "青岚县公安局", "青岚县应急管理局")
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
annexes = st.lists(
    st.builds(Annex, st.sampled_from(("任务分工表", "工作台账样表", "检查办法（试行）")), bodies() | st.none()),
    max_size=3, unique_by=lambda annex: annex.title,
)  # fmt: skip
documents = st.builds(
    Document,
    title=st.sampled_from(("青岚县教育局关于开展校园安全隐患排查整治工作的通知", "关于春季开学工作情况的报告", "校园安全工作要点")),
    format=st.just(Format.DOCUMENT),
    direction=st.sampled_from((Direction.DOWN, Direction.UP)),
    issuers=st.integers(0, 3).map(lambda count: ORGANS[:count]),
    red_head=st.sampled_from(RedHead),
    copy_number=st.sampled_from(("", "000012")),
    secrecy=st.sampled_from(("", "秘密★5年")),
    urgency=st.sampled_from(("", "特急")),
    number=st.sampled_from(("青岚教发〔2026〕12号", "")),
    addressees=st.sampled_from(("各中小学校、幼儿园", "县人民政府", "")),
    body=bodies(),
    annexes=annexes.map(tuple),
    seal=st.sampled_from((Seal.SEALED, Seal.UNSEALED)),
    dated=days | st.none(),
    note=st.sampled_from(("", "联系人：甘霖，电话：0000-1234567")),
    copies_to=st.sampled_from(((), ("县人民政府办公室", "县应急管理局"))),
    printed_by=st.sampled_from(("", "青岚县教育局办公室")),
    printed_on=days | st.none(),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(documents)
def test_what_was_written_is_read_back_equal(document: Document) -> None:
    assert on_page(read_back(document)) == on_page(document)


NOTICE = Document(
    title="青岚县教育局关于开展校园安全隐患排查整治工作的通知",
    issuers=("青岚县教育局",),
    number="青岚教发〔2026〕12号",
    addressees="各中小学校、幼儿园",
    body=(Paragraph((Run("现将有关事项通知如下。"),)), Heading(1, "工作目标"), Paragraph((Run("排查不漏一处。"),))),
    dated=date(2026, 3, 5),
)


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(replace(NOTICE, format=Format.LETTER, number="青岚教函〔2026〕3号", urgency="特急"), id="信函"),
        pytest.param(replace(NOTICE, format=Format.ORDER, number="第3号", addressees="", seal=Seal.SIGNATURE,
                             signatories=("李明",), signatory_posts=("局长",)), id="命令"),
        pytest.param(replace(NOTICE, format=Format.MINUTES, mark="青岚县教育局局长办公会议纪要", addressees="", number="",
                             attendance=Attendance(("李明", "王强"), ("赵亮",), ("孙梅",))), id="纪要"),
        pytest.param(replace(NOTICE, issuers=("青岚县教育局", "青岚县公安局")), id="联合行文"),
        pytest.param(replace(NOTICE, direction=Direction.UP, signers=("李明", "王强")), id="上行文"),
        pytest.param(replace(NOTICE, seal=Seal.UNSEALED), id="不加盖印章"),
        pytest.param(replace(NOTICE, red_head=RedHead.PREPRINTED), id="预印红头"),
        pytest.param(replace(NOTICE, annexes=(Annex("任务分工表", (Paragraph((Run("分工如下。"),)),), landscape=True),)), id="横排附件"),
        pytest.param(replace(NOTICE, addressees="，".join(f"青岚县第{number}中心小学" for number in range(1, 40))), id="主送移至版记"),
    ],
)  # fmt: skip
def test_every_format_is_read_back(document: Document) -> None:
    assert on_page(read_back(document)) == on_page(document)


def test_merged_cells_are_read_back() -> None:
    head = (Cell("类别", rows=2), Cell("数量", columns=2))
    table = Table(
        header=(head, (Cell("学校"), Cell("幼儿园"))),
        rows=((Cell("消防", rows=2), Cell("3"), Cell("4")), (Cell("5"), Cell("6"))),
        caption="隐患数量",
    )
    assert read_back(replace(NOTICE, body=(*NOTICE.body, table))).body[-1] == table


def test_paragraphs_know_their_place_and_look() -> None:
    found = read_docx(write(replace(NOTICE, copies_to=("县人民政府办公室",)), LAYOUT), "通知.docx")
    (number,), (mark,), (copies,) = found.of(Role.NUMBER), found.of(Role.MARK), found.of(Role.COPIES)
    assert found.source is Source.OURS
    assert [paragraph.index for paragraph in found.paragraphs] == list(range(1, len(found.paragraphs) + 1))
    assert number.look.border_below == mark.runs[0].colour == "FF0000"
    assert (mark.runs[0].east, mark.runs[0].size) == ("方正小标宋简体", 48.0)
    assert copies.place.where is Where.TEXT_BOX
    assert copies.place.table == 1
    footers = found.sections[0].footers
    assert [(footer.kind, footer.text) for footer in footers] == [("default", "— {PAGE} —"), ("even", "— {PAGE} —")]
    assert abs(found.sections[0].top - 37.0) < 0.1


def test_marked_up_text_is_the_paper_it_would_become_with_its_lines() -> None:
    text = "---\n标题: 关于开展检查的通知\n主送: 各学校\n---\n\n现通知如下。\n\n## 目标\n\n不漏一处。\n"
    found = read_markup(text, LAYOUT, "稿.md")
    assert found.source is Source.MARKUP
    told = {paragraph.text: paragraph.line for paragraph in found.paragraphs if paragraph.text}
    assert told["关于开展检查的通知"] == 2
    assert told["各学校："] == 3
    assert (told["现通知如下。"], told["一、目标"], told["不漏一处。"]) == (6, 8, 10)


SAVED = {
    "通知": replace(
        NOTICE,
        annexes=(Annex("任务分工表", (Table(((Cell("任务"), Cell("科室")),), ((Cell("检查"), Cell("安全科")),)),)),),
    ),
    "联合": replace(
        NOTICE, issuers=("青岚县教育局", "青岚县公安局"), copies_to=("县人民政府办公室",), printed_by="县教育局办公室"
    ),
    "上行": replace(NOTICE, direction=Direction.UP, signers=("李明", "王强"), note="联系人：甘霖"),
    "信函": replace(NOTICE, title="青岚县教育局关于商请护学的函", format=Format.LETTER, number="青岚教函〔2026〕3号"),
    "不盖章": replace(NOTICE, seal=Seal.UNSEALED),
}


@pytest.mark.render
def test_papers_that_another_program_saved_are_read_back_equal(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    for name, document in SAVED.items():
        (tmp_path / f"{name}.docx").write_bytes(write(document, LAYOUT))
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "docx",
    ]
    papers = [str(path) for path in sorted(tmp_path.glob("*.docx"))]
    subprocess.run([*command, "--outdir", str(tmp_path / "out"), *papers], check=True, capture_output=True, timeout=180)
    for name, document in SAVED.items():
        found = read_docx((tmp_path / "out" / f"{name}.docx").read_bytes())
        assert found.source is Source.STRANGER
        assert on_page(found.document) == on_page(document), name
