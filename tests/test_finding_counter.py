"""What a clerk asks the archive at the counter, and what is said when nothing answers."""

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cli import cli
from counter.errands import run
from counter.telling import lines
from desk import accessions, asking, cataloguing, finding, offices, planning, rectifying, rooms, taking_in, writings
from desk.answers.finding import Asked, IndexState
from desk.asking import Given
from model.errors import CommandError, FaultyInput, NotFound, Refused
from templates import files

ON = date(2026, 6, 25)
CAMPAIGN = "san-cha-san-bao-2026"
PAPERS = {
    "青岚县第二小学自查报告": ("自查报告", "青岚县第二小学", "我校开展消防自查，灭火器失效三具。"),
    "消防器材台账": ("消防器材台账", "青岚县第二小学", "灭火器十二具，按青岚安委〔2026〕2号配置。"),
    "关于消防检查情况的通报": ("通报", None, "县二小灭火器失效，予以通报。青岚县第一小学整改及时。"),
    "第二小学整改报告": ("整改报告", "青岚县第二小学", "灭火器已经更换。"),
    "消防工作方案": ("方案", None, "依据《中小学幼儿园安全管理办法》，制定本方案。"),
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("finding") / "office"
    offices.init_office(folder, name="青岚县教育局", short=None, fonds="Z109")
    planning.add(folder, files.path("example", "campaign.yaml"))
    drafts = folder.parent / "in"
    drafts.mkdir()
    for title, (kind, unit, text) in PAPERS.items():
        path = drafts / f"{title}.txt"
        path.write_text(text, encoding="utf-8")
        about = accessions.About(campaign=CAMPAIGN, unit=unit, kind=kind)
        taking_in.add(folder, (path,), about, on=date(2025 if kind == "方案" else 2026, 5, 1), progress=lambda *_: None)
    rectifying.import_ledger(folder, files.path("example", "problems.csv"), CAMPAIGN)
    return folder


def counter(capsys: pytest.CaptureFixture[str], office: Path, *words: str) -> tuple[str, str]:
    """What the command prints, and what it says on the error stream."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["juanzong", "-C", str(office), *words])
        with pytest.raises(SystemExit):
            run(cli)
    return tuple(capsys.readouterr())  # type: ignore[return-value]


Told = Callable[..., list[str]]


@pytest.fixture
def told(office: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    return lambda *words: counter(capsys, office, *words)[0].splitlines()


def titles(office: Path, words: str) -> set[str]:
    return {hit.title for hit in finding.search(office, words).answer.hits}


def test_another_name_of_a_unit_finds_it_and_its_papers(office: Path) -> None:
    assert "关于消防检查情况的通报" in titles(office, "青岚县第二小学")
    narrowed = finding.search(office, "灭火器", finding.Narrow(unit="县二小")).answer
    assert {hit.unit for hit in narrowed.hits} == {"青岚县第二小学"}


def test_names_of_units_are_read_anew_when_a_definition_changes(office: Path) -> None:
    kept = office / "archive" / "words" / "names.json"
    titles(office, "消防")
    before = json.loads(kept.read_text(encoding="utf-8"))
    kept.write_text("{", encoding="utf-8")
    assert len(writings.of_units(_workspace(office))) == len(before["units"])
    assert json.loads(kept.read_text(encoding="utf-8")) == before


def _workspace(office: Path) -> offices.Workspace:
    return offices.open_workspace(office)


def test_counts_and_the_way_to_the_next_page_are_shown(office: Path, told: Told) -> None:
    lines = told("search", "消防 或 灭火器", "--limit", "2", "--offset", "1")
    assert "共找到 5 件，这里是第 2 到 3 件。" in lines
    assert any(line.strip().startswith("年度　2026 4、2025 1") for line in lines)
    assert "  活动　青岚县教育系统“三查三保”专项行动 5" in lines
    assert any(line.strip().startswith("保管期限　") and "年" in line for line in lines)
    assert lines[-1] == "看后面的：加 --offset 3"


def test_pages_by_json_lead_from_one_to_the_next_and_end(office: Path, told: Told) -> None:
    seen: list[str] = []
    offset: int | None = 0
    while offset is not None:
        page = json.loads("".join(told("--json", "search", "灭火器", "--limit", "2", "--offset", str(offset))))
        seen += [hit["id"] for hit in page["hits"]]
        offset = page["next"]
    assert len(seen) == len(set(seen)) == page["total"] == 4


def test_json_tells_where_the_words_stand(office: Path, told: Told) -> None:
    hit = json.loads("".join(told("--json", "search", "“灭火器已经更换”")))["hits"][0]
    place = hit["positions"][0]
    assert PAPERS["第二小学整改报告"][2][place["start"] : place["end"]] == "灭火器已经更换"
    assert hit["code"].startswith(hit["volume"])


def test_an_offset_behind_the_last_hit_is_told(office: Path, told: Told) -> None:
    assert "共找到 4 件，没有第 100 件；--offset 最大可写 3。" in list(told("search", "灭火器", "--offset", "99"))


def test_did_you_mean_and_nothing_found(office: Path, told: Told) -> None:
    assert "是不是要找“消防器材”？" in (told("search", "“消妨器材”"))
    assert (told("search", "“绝无此语”"))[-1].startswith("没有找到““绝无此语””")


def test_papers_like_one_and_suggestions(office: Path, told: Told) -> None:
    code = finding.search(office, "标题:消防器材台账").answer.hits[0].code
    assert "关于消防检查情况的通报" in {hit.title for hit in finding.like(office, code, limit=5).hits}
    assert (told("search", "--suggest", "xfqc"))[0] == "消防器材"
    with pytest.raises(NotFound):
        finding.like(office, "没有这一件", limit=5)


def test_like_and_words_together_are_refused(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--like" in counter(capsys, office, "search", "消防", "--like", "x")[1]


def ask(office: Path, name: str, **given: object) -> Asked:
    return asking.ask(office, name, Given(**given), on=ON, limit=20)  # type: ignore[arg-type]


def test_all_evidence_for_a_check_item(office: Path) -> None:
    answer = ask(office, "佐证", campaign=CAMPAIGN, item="A1-2")
    assert {record.title for record in answer.records} == {"消防器材台账"}
    assert answer.answer
    assert {hit.title for hit in answer.answer.hits} == {"消防器材台账"}


def test_every_problem_of_a_unit_and_how_it_was_closed(office: Path, told: Told) -> None:
    answer = ask(office, "单位问题", unit="云溪小学", year=2026)
    assert [(story.problem.unit, story.closed) for story in answer.problems] == [("云溪镇中心小学", date(2026, 6, 4))]
    assert "2026年6月4日销号" in "".join(told("ask", "单位问题", "--unit", "云溪镇中心小学"))
    assert ask(office, "单位问题", unit="云溪小学", year=2027).problems == ()
    papers = ask(office, "单位问题", unit="县二小", year=2026).answer
    assert papers
    assert {hit.title for hit in papers.hits} == {"第二小学整改报告"}


def test_last_years_plan_of_the_same_kind(office: Path) -> None:
    answer = ask(office, "去年同类", kind="方案").answer
    assert answer
    assert {hit.title for hit in answer.hits} == {"消防工作方案"}


def test_units_without_a_self_check_report(office: Path) -> None:
    answer = ask(office, "缺交", campaign=CAMPAIGN)
    assert answer.lacking
    assert "青岚县第一小学" in answer.lacking
    assert "青岚县第二小学" not in answer.lacking
    with pytest.raises(NotFound):
        ask(office, "缺交", campaign=CAMPAIGN, kind="无此材料")


def test_circulars_that_name_a_unit_by_any_of_its_names(office: Path) -> None:
    answer = ask(office, "点名", unit="青岚县第二小学").answer
    assert answer
    assert {hit.title for hit in answer.hits} == {"关于消防检查情况的通报"}


@pytest.mark.parametrize(
    ("cited", "expected"),
    [("青岚安委(2026)2号", "消防器材台账"), ("中小学幼儿园安全管理办法", "消防工作方案")],
)
def test_papers_that_rest_on_a_document(office: Path, cited: str, expected: str) -> None:
    answer = ask(office, "引用", cites=cited).answer
    assert answer
    assert {hit.title for hit in answer.hits} == {expected}


def test_a_question_says_what_it_still_needs_and_which_there_are(office: Path, told: Told) -> None:
    with pytest.raises(CommandError, match="单位"):
        ask(office, "单位问题")
    with pytest.raises(NotFound) as refused:
        ask(office, "没有这样的问题")
    assert "佐证" in refused.value.next
    with pytest.raises(NotFound):
        ask(office, "佐证", campaign=CAMPAIGN, item="Z9-9")
    assert any(line.strip().startswith("缺交") for line in told("ask"))


@pytest.mark.parametrize("typed", ["“", "”) 或 (", "标题:", "-", "((("])
def test_nothing_given_breaks_a_question(office: Path, typed: str) -> None:
    ask(office, "点名", unit=typed)
    ask(office, "引用", cites=typed)


def test_an_office_has_questions_of_its_own_and_hears_of_faults_in_them(office: Path) -> None:
    own = office / "templates" / "questions.toml"
    own.write_text('[[question]]\nname = "灭火器"\nquery = "灭火器 年份:{年份}"\nasks = ["年份"]\n', encoding="utf-8")
    try:
        answer = ask(office, "灭火器", year=2026).answer
        assert answer
        assert answer.total == 4
        for text in ("[[question]\n", '[[question]]\nname = "x"\nasks = ["天气"]\n', "x = 1\n"):
            own.write_text(text, encoding="utf-8")
            with pytest.raises(Refused):
                asking.questions(office)
        own.write_text('[[question]]\nname = "x"\nquery = "{天气}"\n', encoding="utf-8")
        with pytest.raises(Refused):
            ask(office, "x")
    finally:
        own.unlink()


def test_the_office_may_choose_its_engine_and_a_wrong_one_is_told(office: Path) -> None:
    path = office / "office.toml"
    before = path.read_text(encoding="utf-8")
    try:
        path.write_text(before.replace('engine = ""', 'engine = "whoosh"'), encoding="utf-8")
        assert "关于消防检查情况的通报" in titles(office, "县二小")
        assert finding.index_status(office).engine == "whoosh"
        path.write_text(before.replace('engine = ""', 'engine = "google"'), encoding="utf-8")
        with pytest.raises(FaultyInput):
            titles(office, "消防")
    finally:
        path.write_text(before, encoding="utf-8")


def test_an_index_of_an_older_version_is_made_anew_before_it_answers(office: Path, told: Told) -> None:
    with rooms.writing(_workspace(office)) as opened:
        opened.db.execute("UPDATE index_state SET tokenizer = '1'")
    assert not finding.index_status(office).current
    assert "index rebuild" in "".join(told("index", "status"))
    assert "消防器材台账" in titles(office, "灭火器")
    assert finding.index_status(office).current


def test_the_box_that_the_paper_lies_in_is_told_with_the_hit(office: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(office, tmp_path / "office"))
    assert {hit.box for hit in finding.search(copy, "灭火器").answer.hits} == {None}
    cataloguing.fill(copy, cataloguing.Which(), 20, on=ON)
    assert None not in {hit.box for hit in finding.search(copy, "灭火器").answer.hits}


def test_status_counts_what_is_not_in_the_index(office: Path) -> None:
    state = finding.index_status(office)
    assert state.records == state.indexed == len(PAPERS)
    assert state.behind == 0
    assert "还差 2 件" in "".join(_lines(replace(state, behind=2)))


def _lines(state: IndexState) -> list[str]:
    return list(lines(state))
