"""Taking in what an office has: every awkward name gets its own line, every file is accounted for once, whatever interrupts.

The tree is small here; `JUANZONG_SWEEP=full` makes it 5,000 files and ten interruptions.
"""

import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from clerk import run
from PIL import Image

from archive.intake import longest_named
from archive.intake import read as read_rules
from generators.pages.layout import load_layout
from generators.pages.writer import write
from indexer.texts.readers import Readers
from model.documents import Document, Paragraph, Run
from model.errors import CommandError, NotFound, Refused

ROOT = Path(__file__).resolve().parent.parent
FULL = os.environ.get("JUANZONG_SWEEP") == "full"
FILES, INTERRUPTIONS = (5000, 10) if FULL else (60, 3)
BODY = (
    "各科室：\n为做好校园消防安全工作，现将自查情况报告如下。一是加强组织领导，成立工作专班；"
    "二是开展全面排查，更换灭火器十二具；三是组织应急演练两次，参加师生八百人。"
)


def lines(told: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """File name to its list and what was said of it."""
    found = {}
    for group in ("filed", "earlier", "duplicates", "held", "refused", "passed"):
        for entry in told[group]:
            found[Path(entry["path"]).name] = (group, entry.get("why") or entry.get("remark") or entry.get("of", ""))
    return found


def awkward(folder: Path) -> None:
    """A file or folder for every awkward case."""
    folder.mkdir(parents=True)
    (folder / "~$自查报告.docx").write_bytes(b"x")
    (folder / "Thumbs.db").write_bytes(b"x")
    (folder / ".git").mkdir()
    (folder / "空.txt").write_bytes(b"")
    (folder / "其实是pdf.doc").write_bytes(b"%PDF-1.4\n")
    (folder / "链接.txt").symlink_to(folder / "正常.txt")
    (folder / "圈").symlink_to(folder)
    os.mkfifo(folder / "管道")
    (folder / f"{'l' * 236}.txt").write_text("长名", encoding="utf-8")
    (folder / "乱码.bin").write_bytes(bytes(range(256)) * 8)
    (folder / "正常.txt").write_text("正常的内容", encoding="utf-8")
    (folder / "正常的副本.txt").write_text("正常的内容", encoding="utf-8")
    Path(os.fsdecode(os.fsencode(folder) + b"/" + "检查表.txt".encode("gbk"))).write_bytes("检查内容".encode("gbk"))
    with zipfile.ZipFile(folder / "报送.zip", "w") as package:
        package.writestr("../../../etc/x.txt", "climbs")
        name = zipfile.ZipInfo("x")
        name.filename = "材料.txt".encode("gbk").decode("cp437")
        package.writestr(name, "包里的内容")
    with zipfile.ZipFile(folder / "炸弹.zip", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("0.txt", b"0" * (40 << 20))
    (folder / "密件.txt").write_text("机密★5年\n关于某事的通知\n各校：\n内容。\n", encoding="utf-8")
    (folder / "疑似.txt").write_text("关于某事的通知\n机密文件\n各校：请注意。\n内容。\n", encoding="utf-8")
    (folder / "说到秘密.txt").write_text(
        "关于保密教育的通知\n各校：\n要教育学生保守秘密，不得泄露机密。\n", encoding="utf-8"
    )


AWKWARD = {
    "~$自查报告.docx": ("passed", "锁文件"),
    "Thumbs.db": ("passed", "系统文件"),
    ".git": ("passed", "隐藏的"),
    "空.txt": ("refused", "0 字节"),
    "其实是pdf.doc": ("filed", "扩展名是 .doc，内容其实是 pdf"),
    "链接.txt": ("refused", "链接"),
    "圈": ("refused", "链接"),
    "管道": ("refused", "不是普通文件"),
    f"{'l' * 236}.txt": ("filed", "240 字"),
    "乱码.bin": ("filed", "正文不能检索"),
    "正常.txt": ("filed", ""),
    "正常的副本.txt": ("duplicates", ""),
    "检查表.txt": ("filed", "GBK"),
    "报送.zip": ("filed", "越出文件夹"),
    "炸弹.zip": ("filed", "展开后太大"),
    "密件.txt": ("refused", "机密★5年"),
    "疑似.txt": ("held", "机密文件"),
    "说到秘密.txt": ("filed", ""),
}


def test_every_awkward_case_has_its_own_line_and_disturbs_nothing(office: Path, tmp_path: Path) -> None:
    awkward(tmp_path / "旧资料" / "2019年")
    rehearsed = lines(run(office, "archive", "add", str(tmp_path / "旧资料"), "--dry-run")[1])
    assert run(office, "archive", "list")[1]["records"] == []
    code, told = run(office, "archive", "add", str(tmp_path / "旧资料"), "--report", str(tmp_path / "报告.xlsx"))
    said = lines(told)
    assert code == 1
    assert said.keys() == AWKWARD.keys()
    for name, (group, words) in AWKWARD.items():
        assert said[name][0] == group, name
        assert words in said[name][1], (name, said[name])
        assert rehearsed[name][0] == group, f"the rehearsal told otherwise of {name}"
    assert said["正常的副本.txt"][1].startswith("Z109-WS·2019-D10-")
    rows = list(openpyxl.load_workbook(tmp_path / "报告.xlsx").active.iter_rows(min_row=3, values_only=True))
    assert len(rows) == len(AWKWARD)
    assert run(office, "archive", "verify")[0] == 0
    for entry in told["filed"]:
        record = run(office, "archive", "show", entry["code"])[1]["record"]
        assert record["description"]["source"].startswith("旧资料/2019年/")
        assert record["description"]["year"] == 2019


def test_a_copy_of_a_refused_file_is_refused_too(office: Path, tmp_path: Path) -> None:
    folder = tmp_path / "密"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("绝密\n关于某事的通知\n各校：\n", encoding="utf-8")
    told = run(office, "archive", "add", str(folder))[1]
    assert [len(told[group]) for group in ("filed", "duplicates", "refused")] == [0, 0, 2]


def test_a_doubtful_paper_is_filed_once_a_person_has_looked(office: Path, tmp_path: Path) -> None:
    (tmp_path / "疑似.txt").write_text("关于某事的通知\n机密文件\n各校：请注意。\n", encoding="utf-8")
    assert len(run(office, "archive", "add", str(tmp_path / "疑似.txt"))[1]["held"]) == 1
    assert len(run(office, "archive", "add", str(tmp_path / "疑似.txt"), "--not-secret")[1]["filed"]) == 1


def test_scans_are_not_recognised_where_a_person_does_not_want_to_wait(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    class Watched(Readers):
        def __init__(self, *, ocr: bool = True) -> None:
            asked.append(ocr)
            super().__init__(workers=1, ocr=ocr)

    monkeypatch.setattr("desk.taking_in.Readers", Watched)
    monkeypatch.setattr("desk.filing.Readers", Watched)
    scan, better = tmp_path / "扫描件.png", tmp_path / "重扫.png"
    Image.new("RGB", (400, 300), "white").save(scan)
    Image.new("RGB", (500, 400), "white").save(better)
    code, told = run(office, "archive", "add", str(scan), "--no-ocr")
    assert (code, asked) == (0, [False])
    assert "没有做文字识别" in told["filed"][0]["remark"]
    record = told["filed"][0]["code"]
    assert run(office, "archive", "add", str(better), "--to", record, "--reason", "重扫", "--no-ocr")[0] == 0
    assert asked == [False, False]
    assert run(office, "archive", "add", str(tmp_path / "扫描件.png"), "--dry-run")[0] == 0
    assert asked[-1] is True


def test_the_same_words_under_another_name_are_asked_about_and_never_merged(office: Path, tmp_path: Path) -> None:
    folder = tmp_path / "资料"
    folder.mkdir()
    (folder / "a.txt").write_text(BODY, encoding="utf-8")
    (folder / "b.txt").write_text(BODY.replace("十二", "十三"), encoding="utf-8")
    told = run(office, "archive", "add", str(folder))[1]
    assert len(told["filed"]) == 2
    assert "是不是同一份" in told["filed"][1]["remark"]
    (folder / "c.txt").write_text(BODY.replace("十二", "十五"), encoding="utf-8")
    told = run(office, "archive", "add", str(folder), "--hold-near")[1]
    assert (len(told["earlier"]), len(told["held"])) == (2, 1)
    assert "Z109-WS·" in told["held"][0]["why"]


def test_the_same_number_is_asked_about(office: Path, tmp_path: Path) -> None:
    for name, words in (("一.txt", "第一稿内容"), ("二.txt", "完全不同的第二稿")):
        text = f"青岚县教育局文件\n青教发〔2026〕5号\n关于{words}的通知\n各校：\n{words}。\n"
        (tmp_path / name).write_text(text, encoding="utf-8")
    run(office, "archive", "add", str(tmp_path / "一.txt"))
    told = run(office, "archive", "add", str(tmp_path / "二.txt"))[1]
    assert "文号与" in told["filed"][0]["remark"]


def test_files_named_together_as_one_are_one_item_in_the_order_of_the_standard(office: Path, tmp_path: Path) -> None:
    names = ("附件1 名单.txt", "处理单.txt", "通知.txt", "现场.jpg", "定稿.txt", "佐证.txt")
    for name in names:
        (tmp_path / name).write_text(f"内容：{name}", encoding="utf-8")
    paths = [str(tmp_path / name) for name in names]
    told = run(office, "archive", "add", "--one", *paths)[1]
    assert len({entry["code"] for entry in told["filed"]}) == 1
    record = run(office, "archive", "show", told["filed"][0]["code"])[1]["record"]
    assert [(file["part"], file["name"]) for file in record["versions"][0]["files"]] == [
        ("正文", "通知.txt"),
        ("附件", "附件1 名单.txt"),
        ("定稿", "定稿.txt"),
        ("处理单", "处理单.txt"),
        ("佐证", "佐证.txt"),
        ("照片", "现场.jpg"),
    ]
    again = run(office, "archive", "add", "--one", *paths)[1]
    assert (len(again["filed"]), len(again["duplicates"])) == (0, 6)


def test_year_kind_and_unit_are_read_from_the_names_and_a_persons_word_wins(office: Path, tmp_path: Path) -> None:
    run(office, "campaign", "add", str(ROOT / "templates" / "example" / "campaign.yaml"))
    campaign = run(office, "campaign", "list")[1]["campaigns"][0]["id"]
    unit = run(office, "campaign", "show", campaign)[1]["campaign"]["units"][0]
    folder = tmp_path / "2018年档案" / unit["name"]
    folder.mkdir(parents=True)
    (folder / "消防整改报告.txt").write_text("没有日期的内容", encoding="utf-8")
    (folder / "20210305 自查报告.txt").write_text("自查的内容", encoding="utf-8")
    told = run(office, "archive", "add", str(tmp_path / "2018年档案"), "--campaign", campaign)[1]
    about = [run(office, "archive", "show", entry["code"])[1]["record"]["description"] for entry in told["filed"]]
    assert [(each["year"], each["kind"], each["unit"]) for each in about] == [
        (2021, "自查报告", unit["id"]),
        (2018, "整改报告", unit["id"]),
    ]
    assert "年度取自" in about[0]["note"]
    (tmp_path / "2018 总结.txt").write_text("人写的为准", encoding="utf-8")
    one = run(office, "archive", "add", str(tmp_path / "2018 总结.txt"), "--year", "2020", "--kind", "工作总结")[1][
        "filed"
    ][0]
    assert one["code"] == "Z109-WS·2020-Y-0001"


def test_the_longest_unit_name_wins() -> None:
    assert longest_named(("县第一中学小学部", "学校"), {"第一中学": "m1", "第一中学小学部": "p1", "学校": "x"}) == "p1"


@pytest.mark.parametrize(
    ("told", "fault"),
    [({"年度": ["(x"]}, "正则"), ({"年度": ["x"]}, "括号"), ({"种类": [{"种类": "x"}]}, "词"), ({"别的": 1}, "不认识")],
)
def test_faulty_rules_are_refused_with_their_fault(told: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        read_rules(told)


def test_a_path_that_is_not_there_a_title_for_many_and_an_unknown_department_are_refused(
    office: Path, tmp_path: Path
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    both = [str(tmp_path / name) for name in ("a.txt", "b.txt")]
    with pytest.raises(NotFound):
        run(office, "archive", "add", str(tmp_path / "没有"))
    with pytest.raises(CommandError, match="题名只能用于一个文件"):
        run(office, "archive", "add", *both, "--title", "题")
    with pytest.raises(CommandError, match="机构代码"):
        run(office, "archive", "add", *both, "--department", "XYZ")
    assert run(office, "archive", "list")[1]["records"] == []


def tree(folder: Path, count: int) -> tuple[int, int]:
    """A mixed tree of so many files; gives how many distinct papers it holds and how many files of any kind."""
    chance = random.Random(7)
    content = b""
    for number in range(count):
        place = folder / f"{2000 + number % 20}年" / f"第{number % 7 + 1}小学"
        place.mkdir(parents=True, exist_ok=True)
        if number % 10 or not number:  # every tenth is the one before it again, under another name
            words = "".join(chance.choice("消防安全检查整改报告") for _ in range(30))
            content = f"第{number}份材料。{words}".encode()
        ending = chance.choice((".txt", ".html", ".bin", ".doc", ".csv"))
        (place / f"材料{number}{ending}").write_bytes(content)
    papers = {path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    awkward(folder / "怪名")
    every = sum(1 for path in folder.rglob("*") if (path.is_symlink() or not path.is_dir()) or path.name == ".git")
    return len(papers), every


def test_a_tree_broken_off_again_and_again_is_taken_in_with_each_file_accounted_for_once(
    office: Path, tmp_path: Path
) -> None:
    papers, every = tree(tmp_path / "旧资料", FILES)
    command = [
        sys.executable,
        str(ROOT / "cli.py"),
        "archive",
        "add",
        str(tmp_path / "旧资料"),
        "-C",
        str(office),
        "--json",
    ]
    chance = random.Random(5)
    held, stopped = 0, 0
    for _ in range(10 * INTERRUPTIONS):
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            process.wait(timeout=chance.uniform(1.2, 3) * (1 if not FULL else 4))
            break
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            stopped += 1
        now = len(run(office, "archive", "list")[1]["records"])
        assert now >= held
        held = now
        if stopped == INTERRUPTIONS:
            break
    time.sleep(0.2)
    told = run(office, "archive", "add", str(tmp_path / "旧资料"))[1]
    accounted = [
        entry["path"]
        for group in ("filed", "earlier", "duplicates", "held", "refused", "passed")
        for entry in told[group]
    ]
    assert len(accounted) == len(set(accounted)) == every
    records = run(office, "archive", "list")[1]["records"]
    known = sum(group in ("filed",) for group, _ in AWKWARD.values())
    assert len(records) == len({record["code"] for record in records}) == papers + known
    assert run(office, "archive", "verify")[0] == 0
    items = Counter(record["code"].rpartition("-")[0] for record in records)
    for head, count in items.items():
        numbers = sorted(int(r["code"].rpartition("-")[2]) for r in records if r["code"].rpartition("-")[0] == head)
        assert numbers == list(range(1, count + 1)), head
    print(f"{every} files, {papers + known} records, {stopped} interruptions")


def secret_docx() -> bytes:
    body = (Paragraph((Run("各校：请按要求办理。"),)),)
    return write(
        Document(
            title="关于某事的通知", issuers=("青岚县教育局",), secrecy="秘密★1年", number="青教发〔2026〕1号", body=body
        ),
        load_layout(),
    )


def secret_xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["机密★3年"], ["关于某事的统计表"], ["序号", "项目"], [1, "甲"]):
        sheet.append(row)
    book.save(path)


def test_a_paper_marked_secret_is_refused_in_every_format_we_make(office: Path, tmp_path: Path) -> None:
    folder = tmp_path / "密"
    folder.mkdir()
    (folder / "a.docx").write_bytes(secret_docx())
    secret_xlsx(folder / "b.xlsx")
    (folder / "c.txt").write_text("绝密\n关于某事的通知\n各校：\n", encoding="gb18030")
    (folder / "d.html").write_text("<html><body><p>机密★长期</p><p>关于某事的通知</p></body></html>", encoding="utf-8")
    with zipfile.ZipFile(folder / "e.zip", "w") as package:
        package.writestr("里面/a.docx", secret_docx())
    told = run(office, "archive", "add", str(folder))[1]
    assert {Path(entry["path"]).name for entry in told["refused"]} == {"a.docx", "b.xlsx", "c.txt", "d.html", "e.zip"}
    assert all("国家秘密" in entry["why"] for entry in told["refused"])
    with pytest.raises(Refused, match="密级"):
        run(office, "receive", str(folder / "a.docx"))
    (tmp_path / "好.txt").write_text("好的", encoding="utf-8")
    code = run(office, "archive", "add", str(tmp_path / "好.txt"))[1]["filed"][0]["code"]
    with pytest.raises(Refused, match="密级"):
        run(office, "archive", "add", str(folder / "a.docx"), "--to", code, "--reason", "换")
    with pytest.raises(Refused, match="国家秘密"):
        run(office, "archive", "describe", code, "密级=机密")
