"""An old plan's text gives back its definition; what is uncertain is listed, and any text whatever gives a sound one."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns import chronology
from campaigns.reading import check_text
from campaigns.recovering import recover
from model.campaigns import Campaign
from model.findings import has_errors

PLANS = Path(__file__).resolve().parents[1].parent / "shared" / "plans"

PLAN = """\
青岚县校园消防安全专项整治实施方案
各中小学、幼儿园:
为管好校园消防安全,根据《消防法》和《青岚县教育局关于做好校园消防工作的通知》(青教发〔2024〕7号),制定本方案。
一、指导思想
以师生安全为先,查清隐患,改到位。
二、工作目标
2024年10月底前全县校园消防隐患整改率达到100%;消防演练每学期不少于一次。
三、重点任务
(一)查疏散通道。通道不得堵塞。
(二)查电气线路。不得私拉乱接。
四、实施步骤
(一)动员部署阶段(3月1日至3月20日)。印发方案,召开会议。
(二)自查自纠阶段(3月21日至4月底)。各校对照自查;建立台账。
(三)总结阶段(10月15日前)。归档全部材料。
五、工作要求
各校于4月20日前将自查报告报送县教育局。
附件
青岚县校园消防安全专项整治工作领导小组
组  长:沈怀远   县教育局局长
副组长:陶知秋   县教育局副局长
成  员:温长庚   县教育局安全股股长
柏  松   县教育局办公室主任
领导小组办公室设在县教育局安全股,办公室主任由温长庚同志兼任。
"""


def recovered(text: str) -> Campaign:
    written, findings = recover(text)
    campaign, _ = check_text(written, "恢复.yaml")
    assert not has_errors(findings)
    assert campaign is not None
    return campaign


def test_a_plan_gives_back_its_stages_grounds_goals_group_and_things_due() -> None:
    campaign = recovered(PLAN)
    assert (campaign.name, campaign.year, campaign.level) == ("青岚县校园消防安全专项整治", 2024, "county")
    assert [(stage.name, stage.start, stage.end) for stage in campaign.stages] == [
        ("动员部署阶段", date(2024, 3, 1), date(2024, 3, 20)),
        ("自查自纠阶段", date(2024, 3, 21), date(2024, 4, 30)),
        ("总结阶段", None, date(2024, 10, 15)),
    ]
    assert [(document.title, document.number) for document in campaign.basis] == [
        ("消防法", None),
        ("青岚县教育局关于做好校园消防工作的通知", "青教发〔2024〕7号"),
    ]
    assert (campaign.goals[0].value, campaign.goals[0].due) == (100, date(2024, 10, 31))
    assert [area.name for area in campaign.areas] == ["查疏散通道", "查电气线路"]
    group = campaign.leading_group
    assert group is not None
    assert group.office is not None
    assert [person.name for person in (*group.leader, *group.deputies, *group.members)] == [
        "沈怀远",
        "陶知秋",
        "温长庚",
        "柏松",
    ]
    assert (group.office.place, group.office.director) == ("县教育局安全股", "温长庚")
    assert [(thing.what, thing.to, thing.due) for thing in campaign.deliverables] == [
        ("台账", (), None),
        ("自查报告", ("县教育局",), date(2024, 4, 20)),
    ]
    assert campaign.addressees == ("各中小学、幼儿园",)
    assert campaign.guiding_ideology == "以师生安全为先，查清隐患，改到位。"


def test_what_the_plan_does_not_say_is_left_open_and_listed() -> None:
    campaign = recovered(PLAN)
    assert campaign.issuer.name == "【待补：发文机关】"
    assert any("发文机关" in line for line in campaign.assumed)
    assert any("period" in line for line in campaign.assumed)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("3月1日至4月10日", date(2026, 3, 1), date(2026, 4, 10)),
        ("3月1日-20日", date(2026, 3, 1), date(2026, 3, 20)),
        ("2026年11月至2027年2月", date(2026, 11, 1), date(2027, 2, 28)),
        ("11月至2月", date(2026, 11, 1), date(2027, 2, 28)),
        ("8——10月", date(2026, 8, 1), date(2026, 10, 31)),
        ("5月底前", None, date(2026, 5, 31)),
        ("３月５日", date(2026, 3, 5), date(2026, 3, 5)),
        ("2月30日前", None, None),
        ("13月", None, None),
    ],
)
def test_days_are_read_as_plans_write_them(words: str, first: date | None, last: date | None) -> None:
    read = chronology.span(words, 2026)
    assert read is not None
    assert read[:2] == (first, last)


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_any_text_whatever_gives_a_definition_without_a_fault(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(PLAN) - 1))
    end = data.draw(st.integers(start, min(len(PLAN), start + 40)))
    noise = data.draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
    recovered(PLAN[:start] + noise + PLAN[end:])


@pytest.mark.skipif(not PLANS.is_dir(), reason="the shared plans are not here")
def test_every_real_plan_gives_a_definition_without_a_fault() -> None:
    plans = sorted(PLANS.glob("*.txt"))
    assert len(plans) == 11
    for path in plans:
        recovered(path.read_text(encoding="utf-8"))
