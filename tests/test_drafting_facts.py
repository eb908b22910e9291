"""What follows from a definition: whom to report to, how many units, which year is meant, which period a report covers."""

from dataclasses import replace
from datetime import date

import pytest
from drafted import CAMPAIGNS, FORMS, ON, problem, told

from generators.papers.brief import Brief
from generators.papers.campaign_facts import addressed, campaign_facts, quoted_short, short_name
from generators.papers.derived_facts import dated, found_word, make_up, stage_for, superior, supporters
from generators.papers.drafting import draft
from generators.papers.period_facts import period_facts
from generators.papers.problem_facts import funds
from model.campaigns import Campaign, Frequency, Level, Period, PlannedDocument, Report, Unit
from model.offices import Office
from model.problems import State

BY_ID = {campaign.id: campaign for campaign in CAMPAIGNS}
EXAMPLE, CITY, SCHOOL = (
    BY_ID[name] for name in ("san-cha-san-bao-2026", "jian-fu-du-dao-2026", "dong-ji-pai-cha-2025")
)


def test_a_report_goes_to_whom_the_issuers_own_summary_is_due() -> None:
    assert superior(EXAMPLE) == "县人民政府"
    assert superior(SCHOOL) == "明溪市教育局"
    assert superior(replace(EXAMPLE, deliverables=(), reporting=())) == EXAMPLE.approved_by
    assert superior(replace(EXAMPLE, deliverables=(), reporting=(), approved_by=None)) is None


def test_what_is_looked_for_has_one_name() -> None:
    assert found_word(SCHOOL) == "隐患"
    assert found_word(EXAMPLE) == "问题"


def test_units_are_counted_by_kind_without_the_issuer() -> None:
    assert make_up(CITY) == "区教育局2个、县教育局1个、小学3所、初中1所"
    itself = Unit(id="C0", name=CITY.issuer.name, kind="中心学校")
    assert make_up(replace(CITY, units=(*CITY.units, itself))) == make_up(CITY)


def test_a_share_of_units_is_rounded_up() -> None:
    assert campaign_facts(EXAMPLE)["抽查数"] == "8"  # 60% of 13
    assert campaign_facts(CITY)["抽查数"] == "3"  # 30% of 7


def test_a_slogan_stands_in_quotes_and_a_plain_name_does_not() -> None:
    assert quoted_short(EXAMPLE) == "“三查三保”"
    assert short_name(EXAMPLE) == "“三查三保”专项行动"
    assert short_name(CITY) == "减负专项督导"
    assert short_name(replace(SCHOOL, short_name="平安校园")) == "平安校园整治行动"


def test_classes_of_addressees_are_parted_by_commas() -> None:
    assert addressed(("各中小学校、幼儿园", "局机关各股室")) == "各中小学校、幼儿园，局机关各股室"
    assert addressed(("各学校", "各幼儿园")) == "各学校、各幼儿园"


def test_only_bodies_outside_are_asked_by_letter() -> None:
    assert supporters(SCHOOL) == []
    assert "县消防救援大队" in supporters(EXAMPLE)
    assert not any(body.startswith("市教育局") for body in supporters(CITY))


def test_a_stage_is_found_by_its_name_before_its_outputs() -> None:
    assert stage_for(EXAMPLE, "自查") == EXAMPLE.stages[1]
    assert stage_for(EXAMPLE, "督查") == EXAMPLE.stages[2]
    assert stage_for(EXAMPLE, "不存在") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12月5日前报送", "2025年12月5日前报送"),
        ("1月9日前完成", "2026年1月9日前完成"),
        ("2025年12月5日前", "2025年12月5日前"),
        ("6月1日前", "6月1日前"),
        ("20xx年1月", "2026年1月"),
        ("20XX年全年", "【待补：年份】年全年"),
    ],
)
def test_a_day_carries_its_year_where_only_one_can_be_meant(text: str, said: str) -> None:
    assert dated(text, SCHOOL) == said


def test_a_day_that_two_years_have_keeps_its_words() -> None:
    long = replace(SCHOOL, period=Period(start=date(2024, 1, 1), end=date(2026, 12, 31)))
    assert dated("5月1日前", long) == "5月1日前"
    assert dated("5月1日前", long, date(2025, 1, 1), date(2025, 12, 31)) == "2025年5月1日前"


@pytest.mark.parametrize(
    ("kind", "start"), [("周报", date(2026, 6, 8)), ("月报", date(2026, 6, 1)), ("统计分析表", date(2026, 6, 8))]
)
def test_a_report_covers_its_week_or_month_up_to_the_day(kind: str, start: date) -> None:
    weekly = Report(id="R", what="隐患统计分析表", frequency=Frequency.WEEKLY)
    told_period = period_facts(kind, None, replace(EXAMPLE, reporting=(weekly,)), (), date(2026, 6, 12))
    assert told_period
    assert told_period["起"] == start


def test_figures_of_the_period_and_of_the_whole_stand_apart() -> None:
    unit = EXAMPLE.units[0]
    problems = (
        problem(1, unit, EXAMPLE, found=date(2026, 6, 9)),
        problem(2, unit, EXAMPLE, found=date(2026, 5, 2), state=State.CLOSED, closed=date(2026, 6, 10)),
        problem(3, unit, EXAMPLE, found=date(2026, 5, 2)),
    )
    period = period_facts("周报", None, EXAMPLE, problems, date(2026, 6, 12))
    assert period
    assert (period["发现"], period["销号"], period["时间"]) == ("1", "1", "2026年6月8日至6月12日")


def test_a_paper_that_does_not_recur_has_no_period() -> None:
    assert period_facts("督查报告", PlannedDocument(kind="督查报告", title=""), EXAMPLE, (), ON) is None


def test_sections_inside_a_school_write_no_red_headed_report() -> None:
    office = Office(name=SCHOOL.issuer.name, short="学校")
    made = draft(Brief("自查报告", SCHOOL, office, on=ON, unit=SCHOOL.units[0]), FORMS)
    assert made.document.red_head.value == "无"
    assert not made.document.number
    assert not made.document.signers


def test_a_notice_of_a_school_names_the_group_as_the_definition_does() -> None:
    assert "关于成立明溪市第三中学冬季安全隐患排查整治领导小组的通知" in told("领导小组通知", SCHOOL)


def test_an_unnamed_level_speaks_of_the_body_itself() -> None:
    bare: Campaign = BY_ID["xiao-2026"]
    assert bare.level is None
    assert "结合本单位实际" in told("实施方案", bare)
    assert Level.COUNTY.value == "county"


def test_money_is_added_up_only_when_every_problem_says_it() -> None:
    assert funds(["200元", "3.5万元", "无"]) == "3.52"
    assert funds(["200元", ""]) is None
    assert funds(["待定"]) is None
