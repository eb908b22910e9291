"""All papers of a campaign agree: one date, name, number and wording for one thing; words count what stands beside them."""

import re
from datetime import date

import pytest
from drafted import CAMPAIGNS, DEFINITIONS, KINDS, ON, paper, told

from generators.papers.campaign_facts import plan_title
from generators.papers.derived_facts import found_word, supporters
from model.campaigns import Campaign
from model.wording import chinese_date, chinese_number, chinese_period, count_word

DAY = r"\d{4}年\d{1,2}月\d{1,2}日"
NUMBERS = {count_word(number): number for number in range(1, 40)} | {chinese_number(n): n for n in range(1, 40)}
every_campaign = pytest.mark.parametrize("campaign", CAMPAIGNS, ids=lambda campaign: campaign.id)


def test_the_project_proves_itself_alone() -> None:
    own = [path for path in DEFINITIONS if "shared" not in path.parts]
    assert {path.stem for path in own} == {"campaign", "city", "school"}


@every_campaign
def test_a_thing_due_has_one_day_in_all_papers(campaign: Campaign) -> None:
    due = {thing.what: chinese_date(thing.due) for thing in campaign.deliverables if thing.due}
    twice = [thing.what for thing in campaign.deliverables if thing.due]
    seen = 0
    for kind in KINDS:
        for day, things in re.findall(rf"于({DAY})前(?:向[^；。]*?)?报送([^；。，]+)", told(kind, campaign)):
            for what in things.split("、"):
                if what in due and twice.count(what) == 1:
                    assert due[what] == day, (kind, what)
                    seen += 1
    assert seen or not due


@every_campaign
def test_a_stage_has_one_period_in_all_papers(campaign: Campaign) -> None:
    for stage in campaign.stages:
        if not (stage.start or stage.end):
            continue
        period = chinese_period(stage.start, stage.end)
        for kind in KINDS:
            for found in re.findall(rf"{re.escape(stage.name)}（({DAY}[^）]*)）", told(kind, campaign)):
                assert found == period, (kind, stage.name)


@every_campaign
def test_persons_keep_their_posts_and_the_office_its_place(campaign: Campaign) -> None:
    group = campaign.leading_group
    if group is None:
        return
    members = (*group.leader, *group.deputies, *group.members)
    posts = {member.name: member.post for member in members}
    for kind in KINDS:
        text = told(kind, campaign)
        for name, post in re.findall(r"由(\S{2,4})（([^）]+)）任组长", text):
            assert posts[name] == post, kind
        for name in re.findall(r"由?([^，。、由兼]{2,4})兼?任办公室主任", text):
            assert group.office
            assert name == group.office.director or paper(kind, campaign).unit, (kind, name)
        for place in re.findall(r"领导小组办公室设在([^，。]+)", text):
            assert group.office
            assert place == group.office.place, kind


@every_campaign
def test_the_plan_is_cited_by_one_title(campaign: Campaign) -> None:
    title = plan_title(campaign)
    for kind in KINDS:
        made = paper(kind, campaign)
        own = {annex.title for annex in made.document.annexes}
        for cited in re.findall(r"《([^》]*方案)》", told(kind, campaign)):
            assert cited == title or cited in own, (kind, cited)


@every_campaign
def test_what_is_found_is_called_one_thing(campaign: Campaign) -> None:
    word, other = ("隐患", "问题") if found_word(campaign) == "隐患" else ("问题", "隐患")
    given = str(campaign)
    for kind in KINDS:
        text = told(kind, campaign)
        for phrase in (f"{other}台账", f"重大{other}", f"登记{other}", f"个{other}", f"存在的{other}和"):
            assert phrase not in text or phrase in given or "问题台账（样表）" in text, (kind, phrase)
    assert paper("问题台账", campaign).title.endswith(f"{word}台账")


@every_campaign
def test_leading_and_supporting_bodies_are_those_of_the_definition(campaign: Campaign) -> None:
    leads = {body for area in campaign.areas for body in area.lead}
    supports = {body for area in campaign.areas for body in area.support}
    for kind in KINDS:
        text = told(kind, campaign)
        for lead, support in re.findall(r"牵头单位：([^；。]+)(?:；配合单位：([^。]+))?。", text):
            assert set(lead.split("、")) <= leads, kind
            assert not support or set(support.split("、")) <= supports, kind
        for lead, support in re.findall(r"由([^，。；]+)牵头(?:，([^，。；]+)配合)?[；。]", text):
            assert set(lead.split("、")) <= leads | {"牵头人员负责协调"}, (kind, lead)
            assert not support or set(support.split("、")) <= supports, kind
    assert set(supporters(campaign)) <= supports


@every_campaign
def test_words_count_what_stands_beside_them(campaign: Campaign) -> None:
    for kind in KINDS:
        text = told(kind, campaign)
        for listed, word in re.findall(r"([^，。；：\n]+?)([两三四五六七八九十]{1,3})个方面", text):
            if "重点领域" not in listed and "、" in listed:
                assert len(listed.split("、")) == NUMBERS[word], (kind, listed)
        for word in re.findall(r"分([一-龥]{1,3})个阶段", text):
            assert NUMBERS[word] == len(campaign.stages), kind
        for word, listed in re.findall(r"设([一-龥]{1,3})个检查组：([^。]+)。", text):
            assert NUMBERS[word] == len(listed.split("；")) == len(campaign.teams), kind
        for listed, whole in re.findall(r"((?:[^，。；\d覆盖及]+\d+[所个]、?)+)，共(\d+)个单位", text):
            assert sum(map(int, re.findall(r"(\d+)[所个]", listed))) == int(whole), (kind, listed)
        for whole, parts in re.findall(r"整改任务共(\d+)项，其中([^。]+)。", text):
            assert sum(map(int, re.findall(r"(\d+)项", parts))) == int(whole), kind
        firsts, seconds = len(re.findall("一是", text)), len(re.findall("二是", text))
        assert firsts == seconds, kind


@every_campaign
def test_figures_of_the_ledger_are_the_same_in_all_papers(campaign: Campaign) -> None:
    seen = set()
    for kind in KINDS:
        if paper(kind, campaign).unit is None:
            figures = r"登记(?:问题|隐患)(\d+)个，.*?销号(\d+)个，整改率[^；]+；未(?:销号|整改到位)(\d+)个"
            seen |= set(re.findall(figures, told(kind, campaign)))
    assert seen <= {("3", "1", "2")}
    assert seen or not campaign.units


@every_campaign
def test_a_paragraph_of_the_library_stands_alike_in_plan_and_minutes(campaign: Campaign) -> None:
    plan, minutes = told("实施方案", campaign), told("会议纪要", campaign)
    asked = re.search(r"会议要求，([^。]{12,}?)[。，]", minutes)
    assert asked
    assert asked[1] in plan or "督导" in campaign.kind


@every_campaign
def test_days_in_a_stage_lie_inside_it(campaign: Campaign) -> None:
    plan = told("实施方案", campaign)
    for stage in campaign.stages:
        found = re.search(rf"^{re.escape(stage.name)}（[^）]+）。(.*)$", plan, re.MULTILINE)
        for year, month, day in re.findall(r"(\d{4})年(\d{1,2})月(\d{1,2})日", found[1] if found else ""):
            said = date(int(year), int(month), int(day))
            assert (stage.start or said) <= said <= (stage.end or said), stage.name


@every_campaign
def test_a_campaign_that_crosses_a_year_writes_every_year(campaign: Campaign) -> None:
    days = [day for stage in campaign.stages for day in (stage.start, stage.end) if day]
    if not days or min(days).year == max(days).year:
        return
    for kind in KINDS:
        for line in told(kind, campaign).split("\n"):
            bare = re.findall(r"(?<![年\d至—])\d{1,2}月\d{1,2}日", line)
            assert not bare, (kind, line)


@every_campaign
def test_the_day_of_the_figures_is_the_day_of_drafting(campaign: Campaign) -> None:
    for kind in KINDS:
        for day in re.findall(rf"截至({DAY})", told(kind, campaign)):
            assert day == chinese_date(ON), kind
