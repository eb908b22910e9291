"""A batch: a paper per unit, failures by record, what was written is kept, a second run goes on where the first stopped."""

import errno
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from campaigns.reading import read_definition
from desk import drafting as errand
from desk import rooms
from desk.answers.drafting import Drafted
from desk.drafting import Wanted
from desk.drafting_jobs import jobs_of, planned_for
from desk.drafts import MEMORY
from desk.offices import init_office, open_workspace
from generators.papers import drafting
from generators.papers.brief import Brief
from generators.papers.forms import Forms
from model.errors import Refused
from model.problems import Problem, State
from model.records import Description
from templates import files

ON = date(2026, 6, 12)
EXAMPLE = files.path("example", "campaign.yaml")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    init_office(tmp_path / "单位", name="青岚县教育局", short="县教育局", fonds=None)
    (tmp_path / "单位" / "campaigns" / "三查三保.yaml").write_bytes(EXAMPLE.read_bytes())
    return tmp_path / "单位"


def run(office: Path, *kinds: str, on: date = ON) -> Drafted:
    wanted = Wanted(kinds=kinds)
    return errand.draft(office, "san-cha-san-bao-2026", wanted, on=on, output=None, progress=lambda _done, _all: None)


def trouble(monkeypatch: pytest.MonkeyPatch, unit: str, error: Exception) -> None:
    """Drafting for one unit goes wrong."""
    whole = drafting.draft

    def draft(brief: Brief, forms: Forms) -> drafting.Draft:
        if brief.unit and brief.unit.name == unit:
            raise error
        return whole(brief, forms)

    monkeypatch.setattr(drafting, "draft", draft)


def test_one_that_fails_is_named_and_the_rest_are_written(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trouble(monkeypatch, "石塘镇中心小学", Refused("没有起草", "", "缺资料", ""))
    made = run(office, "自查报告")
    assert [failure.which for failure in made.failed] == ["自查报告（石塘镇中心小学）"]
    assert len(made.papers) == 12
    assert made.exit == 1


def test_a_file_that_cannot_be_written_is_a_failure_of_that_file_only(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trouble(monkeypatch, "石塘镇中心小学", PermissionError(errno.EACCES, "Permission denied"))
    made = run(office, "自查报告")
    assert len(made.papers) == 12
    assert "写不了文件" in made.failed[0].why


def test_a_full_disk_stops_the_batch_and_what_was_written_is_remembered(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trouble(monkeypatch, "石塘镇中心小学", OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(Refused, match=r"没有全部写完（共 13 份）：磁盘已满；已写成 3 份") as told:
        run(office, "自查报告")
    assert "再运行一次，会接着写其余的" in str(told.value)
    monkeypatch.undo()
    again = run(office, "自查报告")
    assert sum(paper.same for paper in again.papers) == 3
    assert not any(paper.kept for paper in again.papers)


def test_a_run_that_was_killed_is_gone_on_with_though_its_memory_is_lost(office: Path) -> None:
    first = run(office, "自查报告")
    (first.papers[0].path.parents[1] / MEMORY).unlink()
    first.papers[5].path.unlink()
    again = run(office, "自查报告")
    assert [paper.path for paper in again.papers] == [paper.path for paper in first.papers]
    assert [index for index, paper in enumerate(again.papers) if not paper.same] == [5]


def test_a_draft_that_a_person_changed_is_kept(office: Path) -> None:
    first = run(office, "自查报告")
    first.papers[0].path.write_bytes(b"edited")
    again = run(office, "自查报告", on=date(2026, 6, 15))
    assert again.papers[0].kept == first.papers[0].path
    assert first.papers[0].path.read_bytes() == b"edited"
    assert "新稿2" in again.papers[0].path.name


def jobs(kind: str, *problems: Problem) -> list[str]:
    campaign = read_definition(EXAMPLE)
    wanted = Wanted(kinds=(kind,))
    planned, _ = planned_for(campaign, wanted, Forms([files.path("forms")]))
    return [job.unit.name for job in jobs_of(campaign, planned, wanted, problems, ON) if job.unit]


def problem(number: int, unit: str, **changes: object) -> Problem:
    plain = Problem(
        number=number, campaign="san-cha-san-bao-2026", unit=unit, unit_text=unit, found=date(2026, 5, 11),
        found_by="第一检查组", text="疏散门上锁", category="校舍消防", grade="一般", measure="开锁", person="", office="",
        funds="", deadline=date(2026, 7, 1), contingency="", state=State.UNDERWAY,
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_an_order_goes_only_to_units_with_open_problems_and_a_summons_only_to_overdue_ones() -> None:
    open_one = problem(1, "U01")
    closed = problem(2, "U02", state=State.CLOSED)
    late = problem(3, "U03", deadline=date(2026, 6, 1))
    assert jobs("整改通知书", open_one, closed, late) == ["青岚县第一小学", "青岚县实验小学"]
    assert jobs("约谈通知", open_one, closed, late) == ["青岚县实验小学"]
    assert jobs("问责通知书", open_one, closed) == []
    assert len(jobs("整改报告", open_one, closed, late)) == 3
    assert len(jobs("自查报告", open_one)) == 13


def test_what_inspectors_found_is_no_self_check() -> None:
    campaign = read_definition(EXAMPLE)
    found, own = problem(1, "U01"), problem(2, "U01", found_by="学校自查")
    wanted = Wanted(kinds=("自查自纠报告",), units=("青岚县第一小学",))
    planned, _ = planned_for(campaign, wanted, Forms([files.path("forms")]))
    (job,) = jobs_of(campaign, planned, wanted, (found, own), ON)
    assert [each.number for each in job.problems] == [2]


def test_a_later_paper_cites_the_number_that_registration_gave(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"campaign": "san-cha-san-bao-2026", "year": 2026}
    issued = (
        Description(title="通知", kind="实施方案", number="青岚教发〔2026〕12号", dated=date(2026, 3, 3), **told),  # type: ignore[arg-type]
        Description(title="整改通知书", kind="整改通知书", number="青岚教改〔2026〕7号", unit="U01", **told),  # type: ignore[arg-type]
    )
    monkeypatch.setattr(rooms.Rooms, "issued", lambda _rooms, _campaign: issued)
    made = run(office, "自查报告", "整改报告")
    assert made.papers
    workspace = open_workspace(office)
    campaign = drafting.numbered(read_definition(EXAMPLE), issued)
    forms = Forms([files.path("forms")])
    unit = campaign.units[0]
    report = drafting.draft(Brief("整改报告", campaign, workspace.office, on=ON, unit=unit, issued=issued), forms)
    assert "整改通知书（青岚教改〔2026〕7号）" in report.markup
    check = drafting.draft(Brief("自查报告", campaign, workspace.office, on=ON, unit=unit, issued=issued), forms)
    assert "实施方案》（青岚教发〔2026〕12号）要求" in check.markup
    other = drafting.draft(
        Brief("整改报告", campaign, workspace.office, on=ON, unit=campaign.units[1], issued=issued), forms
    )
    assert "【待补：整改通知书文号】" in other.markup


def test_a_kind_that_cannot_be_written_is_named_with_the_nearest_and_is_no_success(office: Path) -> None:
    made = run(office, "整改通报书")
    assert made.unknown == ("整改通报书",)
    assert "整改通知书" in made.near
    assert made.exit == 1


def test_a_paper_whose_title_is_still_open_is_filed_under_its_kind(office: Path) -> None:
    (made,) = run(office, "简报").papers
    assert made.path.name == "简报 三查三保.docx"


def test_three_hundred_units_or_the_few_of_the_suite(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of `JUANZONG_SWEEP=full`, twenty otherwise: one fails, the rest are written, a second run writes that one."""
    units = 300 if os.environ.get("JUANZONG_SWEEP") == "full" else 20
    definition = office / "campaigns" / "三查三保.yaml"
    text = definition.read_text(encoding="utf-8")
    more = "".join(f"  - {{id: U{n}, name: 青岚县第{n}小学, kind: 小学}}\n" for n in range(100, 100 + units - 13))
    definition.write_text(text.replace("\ndeliverables:", f"{more}\ndeliverables:"), encoding="utf-8")
    trouble(monkeypatch, "青岚县第103小学", Refused("没有起草", "", "缺资料", ""))
    first = run(office, "自查报告")
    assert (len(first.papers), len(first.failed)) == (units - 1, 1)
    monkeypatch.undo()
    again = run(office, "自查报告")
    assert [paper.unit for paper in again.papers if not paper.same] == ["青岚县第103小学"]
    assert len(again.papers) == units
