"""The counter's `proof`: what a clerk types, what is told, which files are written, and that the original is never touched."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from cli import cli
from generators.pages.layout import load_layout
from generators.pages.writer import write
from generators.reading.reading import read_docx
from model.documents import Document, Heading, Paragraph, Run
from model.errors import CommandError, JuanzongError, NotFound, Refused
from model.proofing import Role

LAYOUT = load_layout()
NOTICE = Document(
    title="青岚县教育局关于开展校园安全隐患排查整治工作的通知",
    issuers=("青岚县教育局",),
    number="青岚教发〔2026〕12号",
    addressees="各中小学校、幼儿园",
    body=(
        Paragraph((Run("为加强校园安全工作，现将有关事项通知如下。"),)),
        Heading(1, "工作目标"),
        Paragraph((Run("各学校全面排查安全隐患，做到不漏一处。"),)),
        Heading(1, "工作要求"),
        Paragraph((Run("各学校要落实责任，及时报送情况。"),)),
    ),
    dated=date(2026, 3, 5),
    copies_to=("县人民政府办公室",),
    printed_by="青岚县教育局办公室",
    printed_on=date(2026, 3, 5),
)
FAULTY = replace(
    NOTICE,
    number="青岚教发[2026]12号",
    body=(*NOTICE.body[:2], Paragraph((Run("各学校全面排查,做到不漏一处。"),)), *NOTICE.body[3:]),
)


def proof(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(folder), "proof", *words, "--on", "2026-11-26"])


def error_of(result: Result) -> JuanzongError:
    assert isinstance(result.exception, JuanzongError)
    return result.exception


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "通知.docx"
    path.write_bytes(write(NOTICE, LAYOUT))
    return path


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "来文.docx"
    path.write_bytes(write(FAULTY, LAYOUT))
    return path


def test_a_clean_paper_ends_well(clean: Path) -> None:
    result = proof(clean.parent, str(clean))
    assert result.exit_code == 0, result.output
    assert "没有发现问题" in result.output
    assert NOTICE.title in result.output


def test_a_faulty_paper_is_told_with_place_clause_and_remedy(faulty: Path) -> None:
    result = proof(faulty.parent, str(faulty))
    assert result.exit_code == 1
    line = next(line for line in result.output.splitlines() if " D01 " in line)
    assert line.split()[:3] == ["错误", "D01", "发文字号"]
    assert "规定：GB/T 9704" in line
    assert "改法：" in result.output


def test_json_holds_the_findings(faulty: Path) -> None:
    result = proof(faulty.parent, str(faulty), "--json")
    told = json.loads(result.output)
    found = next(each for each in told["findings"] if each["rule"] == "D01")
    assert {"rule", "severity", "message", "file", "line", "page", "paragraph", "excerpt", "fix"} <= set(found)
    assert (found["severity"], found["file"], found["subject"]) == ("error", str(faulty), "发文字号")
    assert told["papers"][0]["errors"] == sum(each["severity"] == "error" for each in told["findings"])


def test_many_remarks_of_one_rule_do_not_hide_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "稿.docx"
    facts = tuple(Paragraph((Run(f"第{number}项为【待补：第{number}项】，请核对后填写。"),)) for number in range(1, 9))
    path.write_bytes(write(replace(NOTICE, number="", dated=None, body=(*NOTICE.body, *facts)), LAYOUT))
    result = proof(tmp_path, str(path))
    assert sum(line.split()[1:2] == ["D25"] for line in result.output.splitlines() if line.startswith("  说明")) == 4
    assert "D25 另有 7 处同样的" in result.output
    assert (
        len(
            [
                each
                for each in json.loads(proof(tmp_path, str(path), "--json").output)["findings"]
                if each["rule"] == "D25"
            ]
        )
        == 10
    )


def test_the_same_fault_everywhere_does_not_hide_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "稿.docx"
    lines = tuple(Paragraph((Run(f"第{number}项要建立问题台帐，并逐项登记。"),)) for number in range(1, 31))
    path.write_bytes(write(replace(NOTICE, body=(*NOTICE.body, *lines)), LAYOUT))
    result = proof(tmp_path, str(path))
    assert result.output.count("错别字") == 20
    assert "W01 另有 10 处同样的" in result.output
    assert "30 处提醒" in result.output


def test_copies_comments_and_report_are_written_beside_and_the_original_stays(faulty: Path) -> None:
    before = faulty.read_bytes()
    notes, report = faulty.parent / "批注.docx", faulty.parent / "报告.docx"
    result = proof(faulty.parent, str(faulty), "--fix", "--relayout", "--comments", str(notes), "--report", str(report))
    assert result.exit_code == 1, result.output
    assert faulty.read_bytes() == before
    fresh = read_docx((faulty.parent / "来文（改正重排）.docx").read_bytes()).document
    assert fresh.body[2] == Paragraph((Run("各学校全面排查，做到不漏一处。"),))
    assert "“各学校全面排查，做到不漏一处”" in result.output or "，做到" in result.output
    assert [remark.rule for remark in read_docx(notes.read_bytes()).remarks] == ["file-comments"]
    told = read_docx(report.read_bytes())
    assert told.document.title == "核稿报告"
    assert any("D01" in cell.text for cell in told.of(Role.CELL))


def test_what_needs_no_correction_gets_no_copy(clean: Path) -> None:
    result = proof(clean.parent, str(clean), "--fix")
    assert "没有可以自动改正的" in result.output
    assert [path.name for path in clean.parent.iterdir()] == [clean.name]


def test_a_second_copy_gets_a_name_of_its_own(faulty: Path) -> None:
    for _ in range(2):
        proof(faulty.parent, str(faulty), "--relayout")
    assert {path.name for path in faulty.parent.iterdir()} == {"来文.docx", "来文（重排）.docx", "来文（重排2）.docx"}


def test_an_office_switches_rules_off_and_the_report_names_them(faulty: Path, office: Path) -> None:
    (office / "templates" / "layout").mkdir(parents=True, exist_ok=True)
    (office / "templates" / "layout" / "本局.toml").write_text('[proof]\noff = "D01"\n', encoding="utf-8")
    toml = (office / "office.toml").read_text(encoding="utf-8")
    assert 'layout = "standard"' in toml
    (office / "office.toml").write_text(toml.replace('layout = "standard"', 'layout = "本局"'), encoding="utf-8")
    report = faulty.parent / "报告.docx"
    result = proof(office, str(faulty), "--report", str(report))
    assert "停用的规则 1 条：D01" in result.output
    assert not [line for line in result.output.splitlines() if line.split()[1:2] == ["D01"]]
    assert any("D01：" in each.text for each in read_docx(report.read_bytes()).paragraphs)


def test_marked_up_text_is_told_by_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "稿.md"
    path.write_text(
        "---\n标题: 关于开展检查的通知\n主送: 各学校\n---\n\n现通知如下。\n\n各校要全面检查,不漏一处。\n",
        encoding="utf-8",
    )
    told = json.loads(proof(tmp_path, str(path), "--json", "--fix").output)
    assert [each["line"] for each in told["findings"] if each["rule"] == "P03"] == [8]
    assert "检查，不漏" in (tmp_path / "稿（改正）.md").read_text(encoding="utf-8")
    assert told["changes"][0]["line"] == 8


def test_faulty_markup_is_told_and_the_others_are_read(tmp_path: Path, clean: Path) -> None:
    path = tmp_path / "稿.md"
    path.write_text("---\n标题: 甲\n成文日期: 2026-02-30\n---\n\n正文。\n", encoding="utf-8")
    result = proof(tmp_path, str(path), str(clean))
    assert result.exit_code == 1
    assert "没有这一天" in result.output
    assert "没有办成" in result.output
    assert NOTICE.title in result.output


def test_of_several_papers_those_that_cannot_be_read_are_named(tmp_path: Path, clean: Path) -> None:
    broken = tmp_path / "坏.docx"
    broken.write_bytes(clean.read_bytes()[:-100])
    result = proof(tmp_path, str(broken), str(clean), str(tmp_path / "无.docx"))
    assert result.exit_code == 1
    assert "坏.docx：它不是 .docx" in result.output
    assert "没有这个文件" in result.output
    assert "核了 1 份" in result.output


@pytest.mark.parametrize(
    ("words", "kind", "why"),
    [
        (("无.docx",), NotFound, "没有这个文件"),
        ((".",), NotFound, "文件夹"),
        (("通知.docx", "-o", "通知.docx", "--relayout"), CommandError, "原件不能改动"),
        (("通知.docx", "-o", "新.docx"), CommandError, "没有要写的副本"),
        (("通知.docx", "--comments", "批注.txt"), CommandError, "只能写成 .docx"),
        (("通知.docx", "通知.docx", "--comments", "批注.docx"), CommandError, "不知道是哪一份"),
        (("通知.docx", "--report", "已有.docx"), Refused, "已经有同名的文件"),
        (("扫描.docx",), Refused, "这是 PDF"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    clean: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], kind: type[JuanzongError], why: str
) -> None:
    monkeypatch.chdir(clean.parent)
    Path("已有.docx").write_bytes(b"x")
    Path("扫描.docx").write_bytes(b"%PDF-1.7")
    before = sorted(path.name for path in clean.parent.iterdir())
    error = error_of(proof(clean.parent, *words))
    assert isinstance(error, kind)
    assert why in str(error)
    assert sorted(path.name for path in clean.parent.iterdir()) == before


def test_our_own_paper_laid_out_anew_is_the_same_file(clean: Path) -> None:
    proof(clean.parent, str(clean), "--relayout")
    assert (clean.parent / "通知（重排）.docx").read_bytes() == clean.read_bytes()


def test_a_paper_that_cannot_be_laid_out_anew_is_told_why(tmp_path: Path) -> None:
    paper = docx.Document()
    for line in (
        "关于开展检查的通知",
        "各学校：",
        "现通知如下，请认真执行。",
        "附件：检查表",
        "青岚县教育局",
        "2026年3月5日",
        "附件",
        "汇总表",
        "见下。",
    ):
        paper.add_paragraph(line)
    paper.save(str(tmp_path / "来文.docx"))
    result = proof(tmp_path, str(tmp_path / "来文.docx"), "--relayout")
    assert result.exit_code == 1
    assert "没有重新排版" in result.output
    assert "附件说明里叫“检查表”，附件上叫“汇总表”" in result.output
    assert not (tmp_path / "来文（重排）.docx").exists()


@pytest.mark.render
def test_findings_know_their_page_where_the_paper_is_rendered(tmp_path: Path) -> None:
    filler = tuple(
        Paragraph((Run(f"第{number}所学校要对照清单逐项自查，发现问题立即整改，确保师生安全。"),))
        for number in range(1, 8)
    )
    path = tmp_path / "来文.docx"
    path.write_bytes(
        write(replace(NOTICE, body=(*NOTICE.body, *filler, Paragraph((Run("要及时上报,不得瞒报。"),)))), LAYOUT)
    )
    told = json.loads(proof(tmp_path, str(path), "--render", "--json").output)
    (found,) = (each for each in told["findings"] if each["rule"] == "P03")
    assert found["page"] == 2
