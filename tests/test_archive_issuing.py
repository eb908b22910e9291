"""Papers out and papers in, as a clerk registers them."""

import stat
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from clerk import run

from generators.pages.checking import text_of
from model.errors import JuanzongError, NotFound, Refused

DRAFT = """---
发文机关: [青岚县教育局]
标题: 青岚县教育局关于开展校园消防检查的通知
主送: 各乡镇中心学校
印发机关: 青岚县教育局办公室
---

为做好校园消防安全工作，现将有关事项通知如下。

## 检查内容

1. 灭火器在有效期内；
"""


@pytest.fixture
def office(office: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JUANZONG_WHO", "张三")
    return office


def draft(office: Path, name: str = "稿.md", text: str = DRAFT) -> Path:
    path = office / "drafts" / name
    path.write_text(text, encoding="utf-8")
    return path


def as_docx(office: Path, text: str = DRAFT) -> Path:
    path = draft(office, "稿.md", text)
    run(office, "typeset", str(path))
    return path.with_suffix(".docx")


SIGNED = ("--signer", "王局长", "--code", "青教发", "--signed", "2026-03-05")


@pytest.mark.parametrize("form", ["md", "docx"])
def test_a_signed_draft_is_numbered_dated_filed_and_locked(office: Path, form: str) -> None:
    path = draft(office) if form == "md" else as_docx(office)
    code, told = run(office, "issue", str(path), *SIGNED, "--drafter", "李四", "--checker", "赵五", "--copies", "30")
    assert (code, told["number"], told["code"]) == (0, "青教发〔2026〕1号", "Z109-WS·2026-D10-0001")
    written = text_of(Path(told["path"]).read_bytes())
    assert "青教发〔2026〕1号" in written
    assert "2026年3月5日" in written
    assert "2026年3月6日印发" in written
    assert "【待补" not in written
    assert not path.stat().st_mode & stat.S_IWUSR
    record = run(office, "archive", "show", told["code"])[1]
    parts = [(file["part"], file["name"]) for file in record["record"]["versions"][0]["files"]]
    assert parts == [("正文", "青教发〔2026〕1号 青岚县教育局关于开展校园消防检查的通知.docx"), ("定稿", path.name)]
    about = record["record"]["description"]
    assert (about["number"], about["dated"], about["addressees"]) == (
        "青教发〔2026〕1号",
        "2026-03-05",
        "各乡镇中心学校",
    )
    assert [event["action"] for event in record["events"]] == ["起草", "审核", "签发", "登记", "归档"]
    assert run(office, "archive", "verify")[0] == 0


def test_what_a_person_changed_in_word_stays_and_the_number_finds_its_place_in_parted_runs(office: Path) -> None:
    path = as_docx(office)
    edited = docx.Document(str(path))
    body = next(p for p in edited.paragraphs if "消防安全工作" in p.text)
    body.runs[0].text = "为做好春季校园消防安全工作，现通知如下。"
    number = next(p for p in edited.paragraphs if "发文字号" in p.text)
    number.runs[0].text = "【待补：发"
    number.add_run("文字号】")
    edited.save(str(path))
    told = run(office, "issue", str(path), *SIGNED)[1]
    written = text_of(Path(told["path"]).read_bytes())
    assert "为做好春季校园消防安全工作" in written
    assert "青教发〔2026〕1号" in written


def test_blanks_that_people_leave_in_word_are_filled(office: Path) -> None:
    path = as_docx(office)
    edited = docx.Document(str(path))
    for mark, blank in (("发文字号", "青教发〔2026〕  号"), ("成文日期", "2026年  月  日")):
        paragraph = next(p for p in edited.paragraphs if f"【待补：{mark}】" in p.text)
        paragraph.runs[0].text = blank
    edited.save(str(path))
    written = text_of(Path(run(office, "issue", str(path), *SIGNED)[1]["path"]).read_bytes())
    assert "青教发〔2026〕1号" in written
    assert "2026年3月5日" in written


@pytest.mark.parametrize(
    "signature",
    [
        "印章: 有",
        "印章: 无",
        "印章: 无\n署名: [青岚县教育局, 青岚县市场监督管理局]",
        "印章: 无\n署名: [县教育局]",
        "署名: [青岚县教育局, 青岚县公安局, 青岚县卫生健康局]",
        "署名: [青岚县校园安全专项整治工作领导小组办公室]",
    ],
)
def test_an_issued_docx_lays_its_signature_out_as_a_fresh_one_would(office: Path, signature: str) -> None:
    text = DRAFT.replace("标题", f"{signature}\n标题", 1)
    from_docx = Path(run(office, "issue", str(as_docx(office, text)), *SIGNED)[1]["path"])
    fresh = text.replace("标题", "发文字号: 青教发〔2026〕1号\n成文日期: 2026-03-05\n印发日期: 2026-03-06\n标题", 1)
    run(office, "typeset", str(draft(office, "对照.md", fresh)))
    assert document_xml(from_docx) == document_xml(office / "drafts" / "对照.docx")


def document_xml(path: Path) -> list[str]:
    """Paragraph texts with their indents, the two papers' common measure."""
    found = []
    for paragraph in docx.Document(str(path)).paragraphs:
        form = paragraph.paragraph_format
        indents = tuple(round((side or 0) / 635 / 40) for side in (form.left_indent, form.right_indent))
        found.append(f"{paragraph.text}{indents}")
    return found


REFUSED = {
    "a fact is missing": (DRAFT.replace("现将", "【待补：检查时间】现将"), "检查时间"),
    "a number stands in it": (DRAFT.replace("标题", "发文字号: 青教发〔2026〕9号\n标题", 1), "文号只能由登记簿给"),
    "another date stands in it": (DRAFT.replace("标题", "成文日期: 2026-01-01\n标题", 1), "不同"),
    "it is marked secret": (DRAFT.replace("标题", "密级: 机密★5年\n标题", 1), "机密★5年"),
}


@pytest.mark.parametrize("form", ["md", "docx"])
@pytest.mark.parametrize("why", list(REFUSED))
def test_a_draft_that_may_not_go_out_takes_no_number(office: Path, why: str, form: str) -> None:
    text, told = REFUSED[why]
    path = draft(office, "稿.md", text) if form == "md" else as_docx(office, text)
    with pytest.raises(Refused, match=told):
        run(office, "issue", str(path), *SIGNED)
    assert run(office, "register", "list")[1]["registrations"] == []


def test_a_draft_is_issued_once(office: Path) -> None:
    path = draft(office)
    run(office, "issue", str(path), *SIGNED)
    with pytest.raises(Refused, match="已经发出"):
        run(office, "issue", str(path), *SIGNED)


def test_broken_off_after_the_number_was_given_it_keeps_the_number(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_words: object) -> None:
        raise OSError(28, "磁盘已满")

    with monkeypatch.context() as broken:
        broken.setattr("desk.registering._file", fail)
        with pytest.raises(OSError, match="磁盘已满"):
            run(office, "issue", str(draft(office)), *SIGNED)
    told = run(office, "issue", str(office / "drafts" / "稿.md"), *SIGNED)[1]
    assert told["number"] == "青教发〔2026〕1号"
    assert len(run(office, "register", "list")[1]["registrations"]) == 1


def test_without_a_code_or_for_a_file_of_another_kind_it_says_what_to_do(office: Path) -> None:
    with pytest.raises(JuanzongError, match="--code"):
        run(office, "issue", str(draft(office)), "--signer", "王局长")
    scan = office / "drafts" / "扫描件.pdf"
    scan.write_bytes(b"%PDF-1.4 ")
    with pytest.raises(Refused, match="archive add"):
        run(office, "issue", str(scan), *SIGNED)


def test_a_step_left_out_is_a_finding_until_it_is_recorded(office: Path) -> None:
    number = run(office, "issue", str(draft(office)), *SIGNED)[1]["number"]
    (finding,) = run(office, "register", "list", "发文")[1]["findings"]
    assert finding["message"] == "没有记载起草、审核、复核、用印、发文"
    for name in ("起草", "审核", "复核", "用印", "发文"):
        code, told = run(office, "register", "step", number, name, "--who", "李四")
        assert code == 0
    assert [finding["message"] for finding in told["findings"]] == ["签发（2026-03-05）早于审核（2026-03-06）"], (
        "steps recorded for a day after the signing are out of order"
    )


def test_a_received_paper_is_registered_filed_and_its_deadline_watched(office: Path, tmp_path: Path) -> None:
    letter = tmp_path / "来文.txt"
    letter.write_text(
        "市教发〔2026〕3号\n青岭市教育局关于报送消防自查情况的通知\n各县教育局：\n请于三月底前报送。\n青岭市教育局\n2026年3月1日\n",
        encoding="utf-8",
    )
    code, told = run(office, "receive", str(letter), "--deadline", "2026-03-05", "--person", "李四")
    assert (code, told["number"], told["held"]) == (0, "收文〔2026〕1号", False)
    entry = run(office, "register", "list", "收文")[1]["registrations"][0]
    facts = dict(entry["facts"])
    assert (facts["来文机关"], facts["来文字号"], facts["承办人"]) == ("青岭市教育局", "市教发〔2026〕3号", "李四")
    assert "已逾期1天" in told["findings"][1]["message"]
    assert any("来文" in due["what"] or "消防自查" in due["what"] for due in run(office, "status")[1]["due"])
    closed = run(office, "register", "step", "收文〔2026〕1号", "办结", "--note", "已报送")[1]
    assert not any("逾期" in finding["message"] for finding in closed["findings"])
    again = run(office, "receive", str(letter))[1]
    assert (again["held"], again["number"]) == (True, "收文〔2026〕1号")
    assert len(run(office, "register", "list")[1]["registrations"]) == 1


def test_the_register_is_written_with_void_numbers_in_their_place(office: Path, tmp_path: Path) -> None:
    run(office, "register", "take", "督办单", "--title", "=1+1 消防")
    run(office, "register", "void", "督办单〔2026〕1号", "--reason", "写错")
    for name in ("a.xlsx", "a.docx"):
        assert run(office, "register", "book", "编号", "-o", str(tmp_path / name))[1]["rows"] == 1
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert [cell.value for cell in sheet[3]] == [1, "督办单〔2026〕1号", "3月6日", "=1+1 消防", "张三", "作废：写错"]
    assert sheet["D3"].data_type == "s", "a text that begins with = is no formula"
    assert "作废：写错" in text_of((tmp_path / "a.docx").read_bytes())
    with pytest.raises(Refused, match="同名"):
        run(office, "register", "book", "编号", "-o", str(tmp_path / "a.xlsx"))


def test_an_empty_register_is_written_as_an_empty_table(office: Path, tmp_path: Path) -> None:
    assert run(office, "register", "book", "发文", "-o", str(tmp_path / "空.docx"))[1]["rows"] == 0
    with ZipFile(BytesIO((tmp_path / "空.docx").read_bytes())) as package:
        assert package.testzip() is None


def test_an_unknown_number_says_where_to_look(office: Path) -> None:
    with pytest.raises(NotFound, match="register list"):
        run(office, "register", "step", "青教发〔2026〕7号", "用印")


def test_a_deadline_that_is_no_day_is_refused(office: Path) -> None:
    run(office, "register", "take", "督办单", "--title", "消防")
    with pytest.raises(JuanzongError, match="日期看不懂"):
        run(office, "register", "note", "督办单〔2026〕1号", "办理期限=明天")
