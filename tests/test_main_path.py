"""The main job from end to end, as a clerk runs it: a definition goes in, a pack that verifies itself comes out."""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import pytest

from cli import cli
from counter.errands import run
from templates import files

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
CAMPAIGN = "san-cha-san-bao-2026"
ON = "2026-06-25"


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def juanzong(*words: str | Path, cwd: Path | None = None) -> Outcome:
    """The command as it is installed, in this process: a process of its own for each would cost a hundred cold starts."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["juanzong", *map(str, words)])
        for name in [name for name in os.environ if name.startswith("JUANZONG_")]:
            patch.delenv(name)
        if cwd:
            patch.chdir(cwd)
        with pytest.raises(SystemExit) as left:
            run(cli)
    return Outcome(int(left.value.code or 0), out.getvalue(), err.getvalue())


def as_a_process(*words: str | Path) -> Outcome:
    """The command in a process of its own, cold."""
    command = [sys.executable, str(ROOT / "cli.py"), *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    return Outcome(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("演示") / "办公室"
    done = juanzong("demo", folder, "--json")
    assert done.code == 0, done.err
    told = done.json
    assert told["papers"] > 20
    assert told["records"] > told["papers"]
    assert len(told["fingerprint"]) == 64
    return folder


@pytest.fixture
def office(demo: Path, tmp_path: Path) -> Path:
    """A copy that a test may harm."""
    return Path(shutil.copytree(demo, tmp_path / "办公室"))


def test_the_demonstration_is_not_run_over_a_folder_in_use(demo: Path) -> None:
    done = juanzong("demo", demo)
    assert done.code == 3
    assert "已经有文件" in done.err


def test_every_paper_is_found_again_by_a_phrase_from_it(demo: Path) -> None:
    papers = sorted((demo / "drafts" / CAMPAIGN).rglob("*.docx"))
    assert len(papers) > 20
    for paper in papers:
        paragraphs = [p.text.strip() for p in docx.Document(str(paper)).paragraphs]
        phrase = max((p for p in paragraphs if "“" not in p), key=len)[:20].rstrip("0123456789")
        hits = juanzong("-C", demo, "search", f"“{phrase}”", "--limit", "100", "--json").json["hits"]
        assert any(hit["title"] in paper.stem for hit in hits), (paper.stem, phrase)


@pytest.mark.parametrize("words", ["消防", "灯", "沈怀远", "防溺水 领导小组", "2026年4月17日"])
def test_words_and_single_characters_find_papers(demo: Path, words: str) -> None:
    told = juanzong("-C", demo, "search", words, "--json").json
    assert told["total"] > 0
    assert told["exact"] is True
    assert {"id", "code", "title", "snippet", "page", "score", "date", "unit", "campaign"} <= set(told["hits"][0])


def test_a_second_filing_of_the_same_papers_shows_what_is_held(office: Path) -> None:
    told = juanzong("-C", office, "archive", "add", office / "drafts" / CAMPAIGN, "--on", ON, "--json").json
    assert told["filed"] == []
    assert told["refused"] == []
    assert len(told["duplicates"]) > 20
    assert all(copy["of"].startswith("0386-WS·2026") for copy in told["duplicates"])


def test_a_second_draft_changes_nothing_and_an_edited_one_is_kept(office: Path) -> None:
    before = {path: path.read_bytes() for path in (office / "drafts" / CAMPAIGN).rglob("*.docx")}
    again = juanzong("-C", office, "draft", CAMPAIGN, "--all", "--on", ON, "--json").json
    assert {path: path.read_bytes() for path in (office / "drafts" / CAMPAIGN).rglob("*.docx")} == before
    edited = Path(again["papers"][0]["path"])
    edited.write_bytes(b"edited by hand")
    third = juanzong("-C", office, "draft", CAMPAIGN, "--all", "--on", ON, "--json").json
    assert edited.read_bytes() == b"edited by hand"
    assert third["papers"][0]["kept"] == str(edited)


def test_missing_facts_are_listed_and_stand_in_the_paper(demo: Path, tmp_path: Path) -> None:
    told = juanzong("-C", demo, "draft", CAMPAIGN, "实施方案", "-o", tmp_path, "--on", ON, "--json").json
    (paper,) = told["papers"]
    assert "成文日期" in paper["missing"]
    text = "\n".join(p.text for p in docx.Document(paper["path"]).paragraphs)
    assert all(f"【待补：{fact}】" in text for fact in ("成文日期", "发文字号"))


def test_the_archive_is_whole_and_a_flipped_byte_is_found_and_named(office: Path) -> None:
    sound = juanzong("-C", office, "archive", "verify", "--json")
    assert sound.code == 0
    assert sound.json["damaged"] == []
    victim = next(path for path in sorted((office / "archive" / "store").rglob("files/*.docx")))
    content = bytearray(victim.read_bytes())
    content[100] ^= 1
    victim.write_bytes(bytes(content))
    hurt = juanzong("-C", office, "archive", "verify")
    assert hurt.code == 4
    assert victim.name in hurt.out


def test_what_is_damaged_is_mended_from_the_mirror_byte_for_byte(office: Path, tmp_path: Path) -> None:
    assert juanzong("-C", office, "archive", "mirror", office / "里面").code == 3
    first = juanzong("-C", office, "archive", "mirror", tmp_path / "镜像", "--json")
    assert first.code == 0
    assert first.json["copied"] > 30
    victim = next(path for path in sorted((office / "archive" / "store").rglob("files/*.docx")))
    before = victim.read_bytes()
    victim.write_bytes(b"damaged")
    assert juanzong("-C", office, "archive", "verify").code == 4
    mended = juanzong("-C", office, "archive", "repair", tmp_path / "镜像", "--json")
    assert mended.code == 0
    assert len(mended.json["mended"]) == 1
    assert victim.read_bytes() == before
    assert juanzong("-C", office, "archive", "verify").code == 0
    again = juanzong("-C", office, "archive", "mirror", tmp_path / "镜像", "--json").json
    assert again["copied"] <= 1  # the object that keeps the repair's event


def test_the_catalogue_comes_back_from_the_store_alone(office: Path) -> None:
    records = juanzong("-C", office, "archive", "list", "--json").json
    problems = juanzong("-C", office, "ledger", "list", "--on", ON, "--json").json
    hits = juanzong("-C", office, "search", "疏散通道", "--json").json
    for path in (office / "archive").glob("catalogue.db*"):
        path.unlink()
    done = juanzong("-C", office, "archive", "rebuild", "--json")
    assert done.code == 0, done.err
    assert done.json["ledger"] is True
    assert juanzong("-C", office, "archive", "list", "--json").json == records
    assert juanzong("-C", office, "ledger", "list", "--on", ON, "--json").json == problems
    assert juanzong("-C", office, "search", "疏散通道", "--json").json["total"] == hits["total"]
    assert juanzong("-C", office, "archive", "verify").code == 0


def the_pack(office: Path) -> Path:
    return next((office / "packs").iterdir())


def test_the_pack_is_proved_by_us_and_by_sha256sum(office: Path) -> None:
    pack = the_pack(office)
    assert juanzong("pack", "verify", pack).code == 0
    if shutil.which("sha256sum"):
        assert (
            subprocess.run(["sha256sum", "-c", "--quiet", "manifest-sha256.txt"], cwd=pack, check=False).returncode == 0
        )
    for line in (pack / "manifest-sha256.txt").read_text(encoding="utf-8").splitlines():
        digest, path = line.split("  ", 1)
        assert hashlib.sha256((pack / path).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("harm", ["flip", "remove", "add", "climb"])
def test_a_harmed_pack_is_found_and_named(office: Path, harm: str) -> None:
    pack = the_pack(office)
    victim = next(path for path in sorted(pack.rglob("*.docx")) if path.parent != pack)
    if harm == "flip":
        content = victim.read_bytes()
        victim.write_bytes(content[:-40] + bytes([content[-40] ^ 1]) + content[-39:])
    elif harm == "remove":
        victim.unlink()
    elif harm == "add":
        (victim.parent / "多余.txt").write_text("多余", encoding="utf-8")
    else:
        manifest = pack / "manifest-sha256.txt"
        manifest.write_text(manifest.read_text(encoding="utf-8") + f"{'0' * 64}  ../../office.toml\n", encoding="utf-8")
    done = juanzong("pack", "verify", pack, "--json")
    assert done.code == 4
    named = done.json["damaged"][0]["path"]
    assert named in (victim.relative_to(pack).as_posix(), "manifest-sha256.txt") or named.endswith("多余.txt")


def test_the_index_page_opens_offline_and_hides_nothing_that_is_missing(demo: Path) -> None:
    pack = the_pack(demo)
    page = (pack / "index.html").read_text(encoding="utf-8")
    assert "http://" not in page
    assert "https://" not in page
    assert "缺（" in page
    from html.parser import HTMLParser
    from urllib.parse import unquote

    class Links(HTMLParser):
        found: list[str] = []  # noqa: RUF012 - one parser, one page

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.found += [value or "" for name, value in attrs if name == "href"]

    Links().feed(page)
    assert len(Links.found) > 20
    assert all((pack / unquote(link)).is_file() for link in Links.found)


def test_the_pack_follows_the_inspections_own_order(demo: Path) -> None:
    volumes = sorted(path.name for path in the_pack(demo).iterdir() if path.is_dir())
    assert volumes[:2] == ["01 方案部署", "02 自查材料"]


def test_what_is_missing_is_told_worst_first(demo: Path) -> None:
    done = juanzong("-C", demo, "ready", CAMPAIGN, "--on", ON, "--json")
    assert done.code == 1
    severities = [finding["severity"] for finding in done.json["findings"]]
    assert severities == sorted(severities, key=["error", "warning", "info"].index)
    assert "error" in severities


def test_overdue_problems_are_worked_out_for_the_day(demo: Path) -> None:
    early = juanzong("-C", demo, "ledger", "list", "--overdue", "--on", "2026-05-27", "--json").json
    late = juanzong("-C", demo, "ledger", "list", "--overdue", "--on", ON, "--json").json
    assert [problem["number"] for problem in early["problems"]] == [2]
    assert {2, 3, 7, 8, 9} == {problem["number"] for problem in late["problems"]}


def test_an_order_for_one_problem_is_drafted_for_its_school(demo: Path, tmp_path: Path) -> None:
    told = juanzong(
        "-C", demo, "draft", CAMPAIGN, "整改通知书", "--problem", "6", "-o", tmp_path, "--on", ON, "--json"
    ).json
    (paper,) = told["papers"]
    assert paper["unit"] == "云溪镇九年一贯制学校"
    assert "二次供水水箱" in "".join(
        cell.text for table in docx.Document(paper["path"]).tables for row in table.rows for cell in row.cells
    )


def test_a_new_version_keeps_the_old_one_and_is_searchable(office: Path, tmp_path: Path) -> None:
    (tmp_path / "盖章版.txt").write_text("这是补盖公章的正式版本", encoding="utf-8")
    code = juanzong("-C", office, "archive", "list", "--json").json["records"][0]["code"]
    refused = juanzong("-C", office, "archive", "add", tmp_path / "盖章版.txt", "--to", code)
    assert refused.code == 3
    done = juanzong("-C", office, "archive", "add", tmp_path / "盖章版.txt", "--to", code, "--reason", "补盖公章")
    assert done.code == 0, done.err
    assert len(juanzong("-C", office, "archive", "show", code, "--json").json["record"]["versions"]) == 2
    assert juanzong("-C", office, "search", "补盖公章的正式版本", "--json").json["hits"][0]["code"] == code


def test_a_fetched_file_is_the_filed_one_and_overwrites_nothing(demo: Path, tmp_path: Path) -> None:
    record = juanzong("-C", demo, "archive", "list", "--json").json["records"][0]
    told = juanzong("-C", demo, "archive", "get", record["code"], "-o", tmp_path, "--json").json
    assert [Path(path).name for path in told["paths"]] == record["files"]
    assert juanzong("-C", demo, "archive", "get", record["code"], "-o", tmp_path).code == 3


def test_strange_names_are_filed_and_lock_files_passed_over(office: Path, tmp_path: Path) -> None:
    folder = tmp_path / "来件"
    folder.mkdir()
    (folder / "~$锁.docx").write_bytes(b"lock")
    (folder / ".hidden").write_bytes(b"hidden")
    (folder / ("长" * 80 + ".txt")).write_text("长名文件的内容", encoding="utf-8")
    (folder / "陈喆𠮷.txt").write_text("生僻字姓名陈喆𠮷", encoding="utf-8")
    (folder / "空.txt").write_bytes(b"")
    gbk = os.path.join(os.fsencode(folder), "关于检查的函.txt".encode("gb18030"))  # noqa: PTH118 - a name in bytes
    with open(gbk, "wb") as file:  # noqa: PTH123
        file.write("国标编码的文件名".encode("gb18030"))
    (folder / "链接.txt").symlink_to(folder / "空.txt")
    told = juanzong("-C", office, "archive", "add", folder, "--on", ON, "--json").json
    names = sorted(paper["title"] for paper in told["filed"])
    assert names == sorted(["长" * 80, "陈喆𠮷", "关于检查的函"])
    refused = {Path(line["path"]).name: line["why"] for line in told["refused"]}
    assert set(refused) == {"链接.txt", "空.txt"}
    assert "空" in refused["空.txt"]
    assert {Path(line["path"]).name for line in told["passed"]} == {".hidden", "~$锁.docx"}
    assert juanzong("-C", office, "search", "陈喆𠮷", "--json").json["total"] == 1
    assert juanzong("-C", office, "search", "国标编码的文件名", "--json").json["total"] == 1


def test_a_rehearsal_files_nothing(office: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一", encoding="utf-8")
    before = len(juanzong("-C", office, "archive", "list", "--json").json["records"])
    told = juanzong("-C", office, "archive", "add", tmp_path / "a.txt", "--dry-run", "--json").json
    assert len(told["filed"]) == 1
    assert len(juanzong("-C", office, "archive", "list", "--json").json["records"]) == before


def test_a_second_process_is_told_who_holds_the_office(office: Path, tmp_path: Path) -> None:
    code = (
        "import sys,time;from datetime import datetime;from pathlib import Path;from storage.lock import office_lock\n"
        "with office_lock(Path(sys.argv[1]),who='王五',now=datetime.now()):\n print('held',flush=True);time.sleep(60)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(office)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "held"
        (tmp_path / "a.txt").write_text("一", encoding="utf-8")
        busy = juanzong("-C", office, "archive", "add", tmp_path / "a.txt")
        assert busy.code == 5
        assert "王五" in busy.err
        assert juanzong("-C", office, "search", "消防").code == 0
    finally:
        holder.kill()
        holder.wait()
        assert holder.stdout is not None
        holder.stdout.close()
    assert juanzong("-C", office, "archive", "add", tmp_path / "a.txt").code == 0


COMMANDS: list[list[str]] = [
    ["campaign", "list"],
    ["campaign", "show", CAMPAIGN],
    ["campaign", "add", "没有.yaml"],
    ["campaign", "check", "没有.yaml"],
    ["campaign", "import", "没有.docx"],
    ["draft", CAMPAIGN, "--all"],
    ["typeset", "没有.md"],
    ["archive", "add", "没有.docx"],
    ["archive", "list"],
    ["archive", "show", "0386-WS·2026-D10-0001"],
    ["archive", "get", "0386-WS·2026-D10-0001"],
    ["archive", "verify"],
    ["archive", "mirror", "镜像"],
    ["archive", "repair", "镜像"],
    ["archive", "rebuild"],
    ["search", "消防"],
    ["index", "status"],
    ["index", "rebuild"],
    ["ledger", "import", "没有.csv", "--campaign", CAMPAIGN],
    ["ledger", "list"],
    ["ready", CAMPAIGN],
    ["pack", CAMPAIGN],
    ["pack", "verify", "没有"],
    ["status"],
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_dies_politely_where_there_is_no_office(words: list[str], tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "没有这个文件夹"):
        done = juanzong(*words, "-C", place, cwd=tmp_path)
        assert done.code == 3
        assert "Traceback" not in done.err
        assert done.err.rstrip().endswith("。")
        told = juanzong(*words, "-C", place, "--json", cwd=tmp_path).json["error"]
        assert told["exit"] == 3
        assert told["what"]
        assert told["next"]


@pytest.mark.parametrize(
    "words",
    [
        ["无此命令"],
        ["draft"],
        ["search"],
        ["init", "x"],
        ["archive", "add", "--无此选项", "x"],
        ["ready", "x", "--on", "三月"],
        ["pack"],
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_is_explained_in_chinese(words: list[str], tmp_path: Path) -> None:
    done = juanzong(*words, cwd=tmp_path)
    assert done.code == 2
    assert any("\u4e00" <= character <= "\u9fff" for character in done.err)
    assert "Traceback" not in done.err


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_refused_politely(office: Path, tmp_path: Path) -> None:
    path = tmp_path / "锁住.txt"
    path.write_text("一", encoding="utf-8")
    path.chmod(0)
    told = juanzong("-C", office, "archive", "add", path, "--json").json
    assert told["refused"][0]["why"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
def test_what_is_no_ordinary_file_is_refused_and_nothing_hangs(office: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    told = juanzong("-C", office, "archive", "add", tmp_path / "管道.txt", "--json").json
    assert "不是普通文件" in told["refused"][0]["why"]


def test_a_damaged_catalogue_is_said_to_be_damaged(office: Path) -> None:
    (office / "archive" / "catalogue.db").write_bytes(b"no database at all" * 1000)
    for name in ("catalogue.db-wal", "catalogue.db-shm"):
        (office / "archive" / name).unlink(missing_ok=True)
    done = juanzong("-C", office, "archive", "list")
    assert done.code == 4
    assert "catalogue.db" in done.err


@pytest.mark.parametrize(
    "broken", ["name = ", "name = 3\nformat = 'office/1'", "format = 'office/9'\nname='甲'\nfond='1'"]
)
def test_a_broken_office_file_is_explained(broken: str, tmp_path: Path) -> None:
    (tmp_path / "office.toml").write_text(broken, encoding="utf-8")
    done = juanzong("-C", tmp_path, "archive", "list")
    assert done.code == 3
    assert "office.toml" in done.err


def test_an_office_is_made_once_and_never_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "新单位"
    assert juanzong("init", folder, "--name", "青岚县“教育”局", "--fonds", "z109").code == 0
    text = (folder / "office.toml").read_text(encoding="utf-8")
    assert 'fonds = "Z109"' in text
    again = juanzong("init", folder, "--name", "别的局")
    assert again.code == 3
    assert (folder / "office.toml").read_text(encoding="utf-8") == text
    assert juanzong("init", tmp_path / "x", "--name", "甲", "--fonds", "12345").code == 3
    assert juanzong("-C", folder, "archive", "list", "--json").json == {"records": []}
    assert juanzong("-C", folder, "status", "--json").json["due"] == []
    assert juanzong("-C", folder, "search", "什么", "--json").json["total"] == 0
    assert juanzong("-C", folder, "archive", "verify").code == 0


def test_doctor_finds_the_demonstration_in_order(demo: Path) -> None:
    done = juanzong("-C", demo, "doctor", "--json")
    assert done.code == 0
    assert not [finding for finding in done.json["findings"] if finding["severity"] == "error"]


def test_status_tells_what_is_due_and_not_on_file_with_days(demo: Path) -> None:
    due = juanzong("-C", demo, "status", "--on", "2026-04-20", "--json").json["due"]
    own = {line["what"]: line for line in due if line["campaign"] == CAMPAIGN}
    assert own["问题台账"]["late"] == 3
    assert own["消防器材台账"]["late"] == -10
    assert "自查报告" not in own  # they are on file


def test_a_campaign_with_another_content_under_the_same_id_is_refused(office: Path, tmp_path: Path) -> None:
    source = files.path("example", "campaign.yaml").read_text(encoding="utf-8")
    same, other = tmp_path / "same.yaml", tmp_path / "other.yaml"
    same.write_text(source, encoding="utf-8")
    other.write_text(source.replace("沈怀远", "沈怀近"), encoding="utf-8")
    assert juanzong("-C", office, "campaign", "add", same).code == 0
    assert juanzong("-C", office, "campaign", "add", other).code == 3


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared definitions are not here")
def test_the_three_real_campaigns_draft_all_that_is_known(tmp_path: Path) -> None:
    office = tmp_path / "单位"
    assert juanzong("init", office, "--name", "某县教育局").code == 0
    for path in sorted((SHARED / "campaigns").glob("*.yaml")):
        assert juanzong("-C", office, "campaign", "add", path).code == 0
        done = juanzong("-C", office, "draft", path.stem, "--all", "--json")
        assert done.code == 0, done.out
        assert done.json["papers"]
        for paper in done.json["papers"]:
            text = "".join(p.text for p in docx.Document(paper["path"]).paragraphs)
            assert "None" not in text
            assert "{{" not in text


def test_an_old_plan_is_recovered_as_a_definition_that_checks(demo: Path, tmp_path: Path) -> None:
    plan = next((demo / "drafts" / CAMPAIGN).glob("*实施方案的通知.docx"))
    target = tmp_path / "还原.yaml"
    done = juanzong("campaign", "import", plan, "-o", target, "--json")
    assert done.code == 0, done.err
    assert juanzong("campaign", "check", target).code == 0
    assert "动员部署" in target.read_text(encoding="utf-8")
    assert juanzong("campaign", "import", plan, "-o", target).code == 3


def test_help_is_chinese_and_starts_cold_without_heavy_libraries() -> None:
    done = as_a_process("--help")
    assert done.code == 0
    assert "用法" in done.out
    for words in (("issue",), ("archive", "add"), ("archive", "catalogue"), ("archive", "verify")):
        assert not re.search(r"OPTIONS|\[required|<=x|x>=", juanzong(*words, "--help").out), words
    code = "import sys,cli;print([m for m in ('lxml','docx','pydantic','sqlite3','jinja2','rich') if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert told.stdout.strip() == "[]"


def test_names_in_the_pack_are_normal_and_short(demo: Path) -> None:
    pack = the_pack(demo)
    for path in pack.rglob("*"):
        relative = path.relative_to(pack).as_posix()
        assert relative == unicodedata.normalize("NFC", relative)
        assert len(relative) < 160
