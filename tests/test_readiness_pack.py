"""What a campaign asks for, what answers it, and a pack that proves itself whatever is filed."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.dues import debtors
from campaigns.reading import check_text
from model.campaigns import Campaign
from model.documents import Table
from model.errors import Damaged, NotFound, Refused
from model.readiness import PackEntry, Standing
from model.records import Description, Part, Record, StoredFile, Version
from readiness import pack, page
from readiness.assessing import assess, findings
from readiness.directory import directory
from readiness.requirements import requirements, same

ON = date(2026, 5, 1)
DEFINITION = """\
format: campaign/1
id: xiao-2026
name: 某县检查
short_name: 检查
kind: 隐患排查
issuer: {name: 某县教育局}
units:
  - {id: U1, name: 第一小学, kind: 小学}
  - {id: U2, name: 第二小学, kind: 小学}
  - {id: U3, name: 晨曦培训, kind: 培训机构}
stages:
  - {id: S1, name: 自查阶段, end: 2026-04-30, outputs: [自查报告, 会议记录]}
deliverables:
  - {id: D1, what: 自查报告, from: [各学校], due: 2026-04-20}
evidence:
  - {code: E1, name: 自查报告, group: 自查, from: [各学校], due: 2026-04-25}
  - {code: E2, name: 健康证, from: [第一小学], due: 2026-05-10, private: true}
archive:
  volumes:
    - {code: "01", name: 自查, items: [自查报告], evidence: [E2]}
documents:
  - {kind: 实施方案, title: 检查实施方案, stage: S1}
  - {kind: 自查报告, title: 自查报告, stage: S1, per_unit: true}
  - {kind: 整改通知书, title: 整改通知书, per_unit: true}
"""


def campaign() -> Campaign:
    read, _ = check_text(DEFINITION, "定义.yaml")
    assert read is not None
    return read


def record(id_: str, title: str, *names: str, content: bytes = b"x", **about: object) -> Record:
    files = tuple(
        StoredFile(
            name=name,
            path=f"v1/content/{name}",
            part=Part.MAIN,
            media_type="",
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            sha512="",
        )
        for name in names or (f"{title}.docx",)
    )
    described = Description(title=title, year=2026, campaign="xiao-2026", **about)  # type: ignore[arg-type]
    now = datetime(2026, 4, 18)
    versions = (Version(number=1, created=now, who="张三", reason="", files=files),)
    return Record(id=id_, code=f"0000-WS·2026-D10-{id_:0>4}", description=described, filed=now, versions=versions)


def test_the_same_paper_asked_for_three_times_is_one_requirement_with_the_earliest_day() -> None:
    reports = [wanted for wanted in requirements(campaign(), debtors) if same(wanted.name, "自查报告")]
    assert [(wanted.unit, wanted.due, wanted.volume) for wanted in reports] == [
        ("U1", date(2026, 4, 20), "01"),
        ("U2", date(2026, 4, 20), "01"),
    ]


def test_orders_are_owed_by_nobody_and_stage_outputs_only_wished_for() -> None:
    wanted = {requirement.name: requirement for requirement in requirements(campaign(), debtors)}
    assert wanted["整改通知书"].required is False
    assert wanted["会议记录"].required is False
    assert wanted["实施方案"].due == date(2026, 4, 30)


@pytest.mark.parametrize(
    ("about", "met"),
    [
        ({"kind": "自查报告", "unit": "U1"}, True),
        ({"kind": "自查报告", "unit": "U2"}, False),
        ({"kind": "自查报告"}, False),
        ({"evidence": ("E1",), "unit_name": "第一小学"}, True),
        ({"kind": "报告", "unit": "U1"}, True),
        ({"kind": "通知", "unit": "U1"}, True),
    ],
)
def test_a_record_answers_by_code_kind_or_title_and_only_from_the_right_unit(
    about: dict[str, object], met: bool
) -> None:
    title = "第一小学自查报告" if about.get("kind") in ("报告", "通知") else "材料"
    readiness = assess(campaign(), [record("1", title, **about)], ON, debtors)  # type: ignore[arg-type]
    standing = next(e.standing for e in readiness.evidence if e.requirement.code == "E1" and e.requirement.unit == "U1")
    assert (standing is Standing.MET) is met


def test_findings_come_worst_first_and_units_together() -> None:
    found = findings(assess(campaign(), [], ON, debtors))
    assert [finding.rule for finding in found][:3] == ["R01", "R01", "R03"]
    assert "第一小学、第二小学" in found[0].message
    assert "逾期 11 天" in found[0].message
    assert [finding.rule for finding in found] == sorted(finding.rule for finding in found)


def test_records_of_other_campaigns_are_passed_over() -> None:
    other = record("1", "自查报告", kind="自查报告", unit="U1")
    moved = Record(
        id=other.id,
        code=other.code,
        filed=other.filed,
        versions=other.versions,
        description=Description(title="自查报告", year=2026, campaign="别的", kind="自查报告", unit="U1"),
    )
    readiness = assess(campaign(), [moved], ON, debtors)
    assert all(not held.records for held in readiness.evidence)
    assert readiness.unplaced == ()


def blocks(record_: Record, file: StoredFile) -> Iterator[bytes]:
    yield b"x"


def built(records: list[Record], target: Path, *, private: bool = False) -> tuple[PackEntry, ...]:
    held = {one.id: one for one in records}
    readiness = assess(campaign(), records, ON, debtors)
    sources = pack.plan(readiness, held, {"01": "自查"}, private=private)

    def extras(entries: tuple[PackEntry, ...]) -> dict[str, bytes]:
        shown = page.index_page(readiness, held, entries, {"01": "自查"}, campaign="<某县>检查", office="某县教育局")
        return {"index.html": shown.encode()}

    return pack.build(sources, blocks, target, extras, lambda _done, _total: None).entries


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=90), min_size=1, max_size=6)
)
def test_whatever_files_are_called_none_collides_none_escapes_and_the_pack_verifies(
    names: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    target = tmp_path_factory.mktemp("pack") / "材料包"
    records = [record(str(place), name, name, kind="自查报告", unit="U1") for place, name in enumerate(names)]
    entries = built(records, target)
    assert len({entry.path.lower() for entry in entries}) == len(names)
    assert all((target / entry.path).resolve().is_relative_to(target.resolve()) for entry in entries)
    assert pack.verify(target).damaged == ()


def test_private_papers_stay_out_unless_asked_for_and_the_page_says_so(tmp_path: Path) -> None:
    records = [record("1", "健康证", kind="健康证", unit="U1")]
    assert built(records, tmp_path / "a") == ()
    assert "未装入：涉及个人信息" in (tmp_path / "a" / "index.html").read_text(encoding="utf-8")
    assert len(built(records, tmp_path / "b", private=True)) == 1


def test_what_people_wrote_is_text_on_the_page_never_markup(tmp_path: Path) -> None:
    built([record("1", "<script>alert(1)</script>自查报告", "a.docx", unit="U1")], tmp_path / "a")
    shown = (tmp_path / "a" / "index.html").read_text(encoding="utf-8")
    assert "<script>alert" not in shown
    assert "&lt;某县&gt;检查" in shown


def test_papers_that_answer_nothing_come_last(tmp_path: Path) -> None:
    (entry,) = built([record("1", "别的材料")], tmp_path / "a")
    assert entry.path.startswith("99 其他材料/")


def test_an_existing_folder_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(Refused):
        built([], tmp_path / "a")


def test_a_damaged_file_leaves_no_half_pack(tmp_path: Path) -> None:
    def broken(record_: Record, file: StoredFile) -> Iterator[bytes]:
        yield b"part"
        raise Damaged("受损")

    records = [record("1", "材料")]
    readiness = assess(campaign(), records, ON, debtors)
    sources = pack.plan(readiness, {"1": records[0]}, {}, private=False)
    with pytest.raises(Damaged):
        pack.build(sources, broken, tmp_path / "a", lambda entries: {}, lambda _d, _t: None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "line", ["0" * 64 + "  /etc/passwd", "0" * 64 + "  ../x", "0" * 64 + "  a\\b", "junk", "0" * 64 + " a"]
)
def test_a_hostile_manifest_line_is_damage(line: str, tmp_path: Path) -> None:
    (tmp_path / pack.MANIFEST).write_text(line + "\n", encoding="utf-8")
    (damage,) = pack.verify(tmp_path).damaged
    assert "第 1 行" in damage.why


def test_a_link_in_the_place_of_a_file_is_damage(tmp_path: Path) -> None:
    (entry,) = built([record("1", "材料")], tmp_path / "a")
    (tmp_path / "outside").write_bytes(b"x")
    (tmp_path / "a" / entry.path).unlink()
    (tmp_path / "a" / entry.path).symlink_to(tmp_path / "outside")
    assert [damage.path for damage in pack.verify(tmp_path / "a").damaged] == [entry.path]


def test_a_folder_without_manifest_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        pack.verify(tmp_path)


def test_the_directory_names_what_is_missing() -> None:
    records = {"1": record("1", "第一小学自查报告", kind="自查报告", unit="U1", number="一小〔2026〕3号")}
    readiness = assess(campaign(), list(records.values()), ON, debtors)
    document = directory(readiness, records, (), title="目录", office="某县教育局")
    (table,) = (block for block in document.body if isinstance(block, Table))
    cells = [[cell.text for cell in row] for row in table.rows]
    assert ["自查报告", "缺", "第二小学"] in [row[1:4] for row in cells]
    assert any("一小〔2026〕3号" in row[2] for row in cells)
