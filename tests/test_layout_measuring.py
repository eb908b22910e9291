"""The ruler itself: it passes every format as we set it, and finds what is off, replaced or unreadable."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from generators.pages.faces import fontconfig, is_one_of, plain_name
from generators.pages.layout import Layout, load_layout
from generators.pages.writer import write
from generators.rendered.measuring import measure, measures
from generators.rendered.measuring_faces import asked_by, find_substitutes
from generators.rendered.measuring_sheets import Sheet, Sign
from generators.rendered.rendering import to_pdf
from model.documents import Annex, Attendance, Cell, Direction, Document, Format, Heading, Paragraph, Run, Seal, Table
from model.errors import Refused
from model.findings import Finding, Severity, has_errors

LAYOUT = load_layout()
DAY = date(2026, 3, 5)
SENTENCE = "各学校要对照检查清单逐项自查，做到底数清、情况明、责任实，发现问题立即整改，确保师生生命安全。"


def paper(**more: object) -> Document:
    body = tuple(
        block
        for n in range(6)
        for block in (Heading(1, f"第{n}项任务"), Paragraph((Run("校" * 57),)), Paragraph((Run(SENTENCE * 7),)))
    )
    values: dict[str, object] = {
        "title": "青岚县教育局关于开展全县学校安全隐患排查整治工作的通知",
        "issuers": ("青岚县教育局",),
        "number": "青岚教发〔2026〕12号",
        "addressees": "各中小学校、幼儿园",
        "body": body,
        "dated": DAY,
        "copies_to": ("县人民政府办公室",),
        "printed_by": "青岚县教育局办公室",
        "printed_on": DAY,
    }
    return Document(**(values | more))  # type: ignore[arg-type]


TABLE = Table(
    (tuple(map(Cell, ("序号", "任务", "时限"))),),
    tuple((Cell(str(n)), Cell(SENTENCE), Cell("4月底")) for n in range(30)),
)
PAPERS = {
    "公文": (paper(), {"mark", "rule", "title", "lines", "characters", "dash", "imprint"}),
    "上行": (paper(direction=Direction.UP, signers=("沈怀远", "陶知秋"), note="联系人：沈怀远"), {"mark", "rule", "title"}),
    "信函": (paper(format=Format.LETTER), {"mark", "letter_rule", "letter_foot", "letter_weights", "unnumbered", "dash"}),
    "命令": (
        paper(format=Format.ORDER, title="", addressees="", number="第3号", issuers=("青岚县人民政府",),
              seal=Seal.SIGNATURE, signatories=("沈怀远",), signatory_posts=("县长",), body=(Paragraph((Run(SENTENCE * 3),)),)),
        {"mark", "number_below_mark", "dash", "imprint"},
    ),
    "纪要": (paper(format=Format.MINUTES, number="", attendance=Attendance(("沈怀远",))), {"mark", "title", "imprint"}),
    "横排": (paper(annexes=(Annex("任务分工表", (TABLE,), landscape=True),)), {"mark", "dash", "outer", "imprint"}),
}  # fmt: skip


def rendered(documents: dict[str, Document], folder: Path, layout: Layout = LAYOUT) -> dict[str, Path]:
    papers = [folder / f"{name}.docx" for name in documents]
    for path, document in zip(papers, documents.values(), strict=True):
        path.write_bytes(write(document, layout))
    return dict(zip(documents, to_pdf(papers, folder), strict=True))


@pytest.mark.render
def test_every_format_holds_up_to_the_ruler(tmp_path: Path) -> None:
    pdfs = rendered({name: document for name, (document, _) in PAPERS.items()}, tmp_path)
    for name, pdf in pdfs.items():
        told = measures(pdf)
        assert PAPERS[name][1] <= {one.key for one in told}, name
        assert not [one.finding.message for one in told if not one.holds], name
        if name == "横排":
            assert len({one.page for one in told if one.key == "dash"}) >= 4
    assert not has_errors(measure(tmp_path / "公文.docx"))


def off(**sections: dict[str, float]) -> Layout:
    """The standard's profile with measures that are off."""
    values = tuple(
        (section, tuple((dict(keys) | sections.get(section, {})).items())) for section, keys in LAYOUT.values
    )
    return replace(LAYOUT, values=values)


@pytest.mark.render
def test_the_ruler_finds_what_is_off(tmp_path: Path) -> None:
    wrong = off(
        head={"mark_below": 40.0, "rule_below_number": 8.0},
        grid={"line_pitch": 29.6, "character_spacing": 0.0},
        footer={"distance": 28.0, "indent": 0},
        sizes={"number": 12.0},
        page={"left": 30.0},
        imprint={"outer_rule": 1.0},
        signature={"sealed_indent": 6, "unsealed_indent": 3.5},
    )
    unsealed = paper(seal=Seal.UNSEALED, issuers=("青岚县教育局", "青岚县教育体育局"))
    pdfs = rendered({"偏": paper(), "不盖章": unsealed}, tmp_path, wrong)
    pdf = pdfs["偏"]
    failing = {one.key for path in pdfs.values() for one in measures(path) if not one.holds}
    assert failing >= {
        "mark",
        "rule",
        "lines",
        "pitch",
        "characters",
        "dash",
        "outer",
        "number_size",
        "left",
        "imprint_outer",
        "date_indent",
        "name_indent",
    }
    found = measure(pdf)
    assert has_errors(found)
    (mark,) = [finding for finding in found if finding.rule == "render-mark"]
    assert "应为 72 毫米" in mark.message
    assert "7.2.4" in mark.message
    assert mark.fix
    assert not [finding for finding in measure(pdf, wrong) if finding.severity is Severity.ERROR]


@pytest.mark.render
def test_a_face_that_nobody_foresaw_is_an_error_and_named(tmp_path: Path) -> None:
    made = docx.Document()
    run = made.add_paragraph().add_run("各校要认真自查")
    run.font.name = "华文行楷"
    run.font.element.rPr.rFonts.set(qn("w:eastAsia"), "华文行楷")
    made.save(str(tmp_path / "行楷.docx"))
    assert "华文行楷" in asked_by(tmp_path / "行楷.docx")
    (finding,) = [
        one for one in measure(tmp_path / "行楷.docx") if one.rule == "render-fonts" and one.severity is Severity.ERROR
    ]
    assert "华文行楷" in finding.message
    assert "如“各校要认”" in finding.message


def sheet(**texts: str) -> Sheet:
    signs = tuple(Sign(t, 30, 35, 100, 16, red=False, face=face) for face, text in texts.items() for t in text)
    return Sheet(1, 210, 297, signs, ())


def fonts(asked: tuple[str, ...], **texts: str) -> list[Finding]:
    return list(find_substitutes(asked, (sheet(**texts),)))


def test_a_known_stand_in_is_a_note_and_a_rare_character_a_warning() -> None:
    (note,) = fonts(("仿宋_GB2312",), FandolFang="校园")
    assert note.severity is Severity.INFO
    assert "仿宋_GB2312（用的是 FandolFang）" in note.message
    assert fonts(("仿宋_GB2312",), FangSong_GB2312="校园") == []
    _, rare = fonts(("仿宋_GB2312",), FandolFang="校园", NotoSerifCJKsc="喆堃")
    assert rare.severity is Severity.WARNING
    assert "生僻字“喆堃”" in rare.message
    (replaced,) = fonts(("仿宋_GB2312",), NotoSansCJKjp="校园")
    assert replaced.severity is Severity.ERROR
    assert "仿宋_GB2312 没有用上" in replaced.message


def test_faces_are_known_by_all_their_names() -> None:
    assert plain_name("BAAAAA+FandolFang-Regular") == "fandolfang"
    assert is_one_of("ABCDEF+FZXBSJW--GB1-0", ("FZXBSJW",))
    assert is_one_of("TimesNewRomanPSMT", ("TimesNewRomanPSMT",))
    assert not is_one_of("NotoSansCJKjp-Regular", ("FandolHei",))


def test_an_offices_own_fonts_come_first(tmp_path: Path) -> None:
    told = fontconfig((tmp_path,))
    assert f"<dir>{tmp_path}</dir>" in told
    assert told.index("<string>FangSong_GB2312</string>") < told.index("<string>FandolFang</string>")


@pytest.mark.parametrize("name", ["坏.pdf", "坏.docx"])
def test_a_file_that_is_not_sound_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes("不是文件".encode())
    with pytest.raises(Refused, match="不是完好的"):
        measure(tmp_path / name)
