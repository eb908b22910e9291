"""All papers of all campaigns: they parse, lack nothing silently, agree with each other and count right."""

import re
from dataclasses import replace
from datetime import date

import pytest
from drafted import CAMPAIGNS, FORMS, KINDS, ON, office_of, paper, problem, problems_of, smallest, texts

from generators.papers.brief import Brief
from generators.papers.drafting import concerns, draft, explain, fields, is_known, known_kinds, per_of, refusal
from model.campaigns import (
    Assessment,
    Campaign,
    FilePlan,
    Grade,
    PlannedDocument,
    ProblemRules,
    Sanction,
    Supervision,
)
from model.documents import Direction, Heading, Table
from model.errors import NotFound, Refused
from model.findings import Severity
from model.problems import State
from model.wording import chinese_date

every_campaign = pytest.mark.parametrize("campaign", CAMPAIGNS, ids=lambda campaign: campaign.id)


@every_campaign
@pytest.mark.parametrize("with_problems", [True, False])
def test_a_paper_comes_out_whole(campaign: Campaign, with_problems: bool) -> None:
    broken = r"\bNone\b|\{\{|\{%|\[\]|\bTrue\b|\bFalse\b"
    odd = r"，，|。。|；；|、、|，。|；。|。；|、。|：。|“”|《》|（）|。，|：，|，；|】；。"
    odd += r"|的的|等等|关于关于|工作工作|零个|““|””|活动活动"
    for kind in KINDS:
        made = paper(kind, campaign, with_problems=with_problems)
        assert made.title == made.document.title, kind
        assert made.document.body, kind
        assert not [found for found in made.findings if found.severity is not Severity.INFO], kind
        for text in texts(made.document):
            assert not re.search(f"{broken}|{odd}", text), (kind, text)
        assert all(f"【待补：{what}】" in made.markup or what == "成文日期" for what in made.missing), kind


@every_campaign
def test_every_date_in_a_paper_is_one_that_was_given(campaign: Campaign) -> None:
    known = {day for stage in campaign.stages for day in (stage.start, stage.end)}
    known |= {campaign.period.start, campaign.period.end, campaign.archive.due, ON}
    known |= {each.due for group in (campaign.deliverables, campaign.goals, campaign.evidence) for each in group}
    known |= {date(2026, 5, 11), date(2026, 5, 20), date(2026, 5, 26)}
    given = {chinese_date(day) for day in known if day}
    said = " ".join(str(value) for value in (campaign.goals, campaign.stages, campaign.deliverables, campaign.archive))
    for kind in KINDS:
        for text in texts(paper(kind, campaign).document):
            for found in re.findall(r"\d{4}年\d{1,2}月\d{1,2}日", text):
                assert found in given or found in said or found.partition("年")[2] in said, (kind, found)


@every_campaign
def test_names_and_bodies_are_written_alike_in_all_papers(campaign: Campaign) -> None:
    group = campaign.leading_group
    for kind in KINDS:
        text = "\n".join(texts(paper(kind, campaign).document))
        if group:
            for found in re.findall(r"成立(\S{2,40}?领导小组)(?=[，（。])", text):
                assert found == group.name or "本单位" in found or "由" in found, (kind, found)
        for basis in campaign.basis:
            if basis.number and basis.title in text:
                assert f"《{basis.title}》（" in text or basis.role == "standard", (kind, basis.title)


@every_campaign
def test_numbers_dates_and_signatures_are_left_to_issue(campaign: Campaign) -> None:
    for kind in KINDS:
        made = paper(kind, campaign)
        assert made.document.dated is None
        assert made.document.number in ("", "【待补：发文字号】", "第【待补：期号】期")
        if made.document.direction is Direction.UP:
            assert made.document.signers == ("【待补：签发人】",)


def test_what_a_bureau_may_not_issue_is_refused_with_the_reason() -> None:
    campaign = smallest()
    assert refusal("责令限期整改指令书")
    with pytest.raises(Refused, match="职权"):
        draft(Brief("责令限期整改指令书", campaign, office_of(campaign), on=ON), FORMS)


def test_an_unknown_kind_is_named_and_the_known_ones_are_listed() -> None:
    campaign = smallest()
    assert not is_known("催学通知书", FORMS) or "催学通知书" in known_kinds(FORMS)
    with pytest.raises(NotFound, match="不存在的文书"):
        draft(Brief("不存在的文书", campaign, office_of(campaign), on=ON), FORMS)


def test_two_names_of_one_kind_give_one_form() -> None:
    campaign = CAMPAIGNS[0]
    plan, same = (draft(Brief(kind, campaign, office_of(campaign), on=ON), FORMS) for kind in ("实施方案", "工作方案"))
    assert plan.document.annexes[0].body == same.document.annexes[0].body or same.title != plan.title


FIVE = ("责任", "措施", "资金", "时限", "预案")
MECHANISMS: dict[str, ProblemRules | Supervision | Assessment | tuple[Sanction, ...]] = {
    "挂牌督办": ProblemRules(grades=(Grade(name="重大", rule="由县局督办", days=60, listed=True),)),
    "“五落实”": ProblemRules(grades=(Grade(name="重大", days=60, five=FIVE),)),
    "“回头看”": Supervision(forms=("回头看",)),
    "直插现场": Supervision(forms=("四不两直",)),
    "一票否决": Assessment(into="年度考核", veto=True),
    "复查合格后销号": ProblemRules(close_out="复查合格后销号"),
    "抽查比例不低于30%": Supervision(sample=0.3),
    "评定红旗、黄旗": (Sanction(trigger="月度排名第一的", consequence="授予红旗"),),
    "约谈主要负责人": (Sanction(trigger="逾期未完成整改的", consequence="约谈主要负责人"),),
    "通报批评": (Sanction(trigger="瞒报的", consequence="通报批评"),),
}
FIELDS = {ProblemRules: "problem_rules", Supervision: "supervision", Assessment: "assessment", tuple: "sanctions"}


@pytest.mark.parametrize("word", MECHANISMS)
def test_a_mechanism_stands_in_the_plan_only_when_the_campaign_switches_it_on(word: str) -> None:
    plain = "\n".join(texts(paper("实施方案", smallest()).document))
    given = MECHANISMS[word]
    switched = replace(smallest(), **{FIELDS[type(given)]: given})  # type: ignore[arg-type]
    rich = "\n".join(texts(paper("实施方案", switched).document))
    assert word in rich
    assert word not in plain


SAID = ("五落实", "挂牌", "回头看", "四不两直", "一票否决", "红旗", "黄旗", "黄牌", "约谈", "通报批评")
ABOUT = {
    "挂牌督办通知书": "挂牌",
    "解除挂牌督办通知书": "挂牌",
    "回头看报告": "回头看",
    "约谈通知": "约谈",
    "约谈记录": "约谈",
}


@pytest.mark.parametrize("kind", KINDS)
def test_with_every_mechanism_off_no_paper_speaks_of_one(kind: str) -> None:
    off = replace(
        CAMPAIGNS[0], short_name="安全检查", goals=(), stages=(), sanctions=(), assessment=None, supervision=Supervision(),
        problem_rules=ProblemRules(), hotline=None, archive=FilePlan(), areas=(), documents=(), deliverables=(),
    )  # fmt: skip
    text = "\n".join(texts(paper(kind, off).document))
    assert [word for word in SAID if word in text and word != ABOUT.get(kind)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_with_every_mechanism_on_every_paper_comes_out_whole(kind: str) -> None:
    rules = ProblemRules(
        categories=("校舍消防",), grades=(Grade(name="重大", rule="挂牌督办", days=60, listed=True, five=FIVE),),
        close_out="复查合格后销号", reopen="反弹的退回重新整改", late="逾期的约谈", off_campus="校外的报告乡镇人民政府",
    )  # fmt: skip
    sanctions = tuple(Sanction(trigger=f"第{n}种情形的", consequence=word) for n, word in enumerate(SAID, 1))
    on = replace(
        CAMPAIGNS[0], problem_rules=rules, sanctions=sanctions, assessment=Assessment(into="年度考核", veto=True),
        supervision=Supervision(forms=("四不两直", "回头看", "明察暗访"), sample=0.5),
    )  # fmt: skip
    made = paper(kind, on)
    assert made.document.body
    assert not [found for found in made.findings if found.severity is not Severity.INFO]


def test_an_order_holds_each_problem_with_its_deadline_and_asks_for_what_is_lacking() -> None:
    campaign = CAMPAIGNS[0]
    unit = campaign.units[0]
    made = draft(
        Brief("整改通知书", campaign, office_of(campaign), on=ON, unit=unit, problems=problems_of(campaign, unit)),
        FORMS,
    )
    table = next(block for block in made.document.body if isinstance(block, Table))
    assert len(table.rows) == 3
    assert table.rows[0][-1].text == "2026年5月26日"
    assert table.rows[2][-1].text == "【待补：整改时限】"
    assert {"整改时限", "整改措施"} <= set(made.missing)
    assert "3个问题" in made.markup


@pytest.mark.parametrize("kind", KINDS)
def test_every_line_of_a_paper_is_explained_by_form_line_and_facts(kind: str) -> None:
    campaign = CAMPAIGNS[0]
    unit = campaign.units[0]
    given = problems_of(campaign, unit)[: 1 if per_of(kind) == "problem" else None]
    found = explain(Brief(kind, campaign, office_of(campaign), on=ON, unit=unit, problems=given), FORMS)
    made = draft(Brief(kind, campaign, office_of(campaign), on=ON, unit=unit, problems=given), FORMS)
    body = made.markup.partition("\n---\n")[2]
    lines = [line.strip().replace("\\", "") for line in body.split("\n") if line.strip()]
    first = min(each.line for each in found if each.text.replace("\\", "") == lines[0])
    assert [each.text.replace("\\", "") for each in found if each.line >= first] == lines
    source = FORMS.source(kind if kind in FORMS.kinds() else "实施方案").read_text(encoding="utf-8").split("\n")
    assert all(1 <= each.line <= len(source) for each in found)
    assert any(each.facts for each in found) or kind == "催学通知书"


def test_title_and_addressees_are_explained_too() -> None:
    campaign = CAMPAIGNS[0]
    found = {
        each.text.partition("：")[0]: each
        for each in explain(Brief("整改通知书", campaign, office_of(campaign), on=ON, unit=campaign.units[0]), FORMS)
    }
    assert found["标题"].facts == ("标题",)
    assert found["主送"].text == "主送：青岚县第一小学"
    assert found["发文字号"].missing == ("发文字号",)


def test_an_explanation_names_the_field_the_library_and_what_is_missing() -> None:
    campaign = CAMPAIGNS[0]
    found = explain(Brief("实施方案", campaign, office_of(campaign), on=ON), FORMS)
    ideology = next(
        each for each in found if campaign.guiding_ideology and each.text.startswith(campaign.guiding_ideology[:10])
    )
    assert ideology.facts == ("行动.指导思想",)
    assert any("加强组织领导（通用段落.toml）" in each.wordings for each in found)
    assert any("联系方式" in each.missing for each in found)


def test_the_contract_of_a_kind_lists_its_fields_with_source_and_example() -> None:
    found = {field.name: field for field in fields("工作方案", FORMS, CAMPAIGNS[0])}
    assert found["行动.阶段.名称"].source == "name"
    assert found["行动.指导思想"].example
    assert "问题.内容" not in found


def test_the_meeting_bears_one_name_in_all_its_papers() -> None:
    campaign = CAMPAIGNS[0]
    name = "全县教育系统“三查三保”专项行动动员部署会"
    for kind in ("会议通知", "会议议程", "签到册", "会议纪要"):
        assert name in "\n".join(texts(paper(kind, campaign).document)), kind


HALVES = ("goals", "areas", "stages", "basis", "units", "deliverables", "documents", "addressees", "sanctions", "teams")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("start", [0, 1])
def test_a_definition_that_lacks_half_its_facts_gives_papers_that_say_so(kind: str, start: int) -> None:
    lacking = replace(CAMPAIGNS[0], **dict.fromkeys(HALVES[start::2], ()))  # type: ignore[arg-type]
    lacking = replace(lacking, leading_group=None, guiding_ideology=None, approved_by=None, supervision=Supervision())
    made = paper(kind, lacking)
    whole = paper(kind, CAMPAIGNS[0])
    assert made.document.body
    figures = set(re.findall(r"\d+", "\n".join(texts(whole.document))))
    said = set(re.findall(r"\d+", "\n".join(texts(made.document))))
    counted = {str(number) for number in range(40)}
    assert said <= figures | counted, said - figures


def test_a_plan_says_each_part_that_its_definition_lacks() -> None:
    made = paper("实施方案", smallest())
    wanted = {"依据文件", "指导思想", "工作目标", "检查领域", "实施阶段", "报送事项", "牵头单位", "结束日期"}
    assert wanted <= set(made.missing)


def test_a_kind_that_is_planned_under_another_name_or_without_title_takes_the_definitions_title() -> None:
    campaign = CAMPAIGNS[0]
    untitled = PlannedDocument(kind="工作方案", title="")
    made = draft(Brief("工作方案", campaign, office_of(campaign), on=ON, planned=untitled), FORMS)
    assert made.document.annexes[0].title == "青岚县教育系统“三查三保”专项行动实施方案"


@pytest.mark.parametrize("kind", ["领导小组通知", "工作总结", "整改方案", "汇报材料", "自查报告", "整改报告"])
def test_a_units_own_paper_is_issued_by_the_unit(kind: str) -> None:
    campaign = CAMPAIGNS[0]
    unit = campaign.units[0]
    made = draft(Brief(kind, campaign, office_of(campaign), on=ON, unit=unit), FORMS)
    assert made.document.issuers == (unit.name,)
    assert made.title.startswith(unit.name)
    assert made.document.printed_by == ""


@pytest.mark.parametrize("kind", ["整改通知书", "复查意见书", "约谈通知", "问责通知书", "挂牌督办通知书"])
def test_an_order_is_issued_by_the_bureau_to_the_unit(kind: str) -> None:
    campaign = CAMPAIGNS[0]
    unit = campaign.units[0]
    made = draft(Brief(kind, campaign, office_of(campaign), on=ON, unit=unit), FORMS)
    assert made.document.issuers == (campaign.issuer.name,)
    assert made.document.addressees == unit.name


@pytest.mark.parametrize(("sort", "word"), [("专项督导", "督导对象"), ("迎检", "资料准备"), ("专项整治", "问题整改")])
def test_a_plan_takes_the_skeleton_of_its_sort_of_campaign(sort: str, word: str) -> None:
    made = paper("实施方案", replace(CAMPAIGNS[0], kind=sort))
    annex = made.document.annexes[0].body or ()
    assert word in [block.text for block in annex if isinstance(block, Heading)]


def test_a_paper_about_one_problem_is_never_written_about_several() -> None:
    campaign = CAMPAIGNS[0]
    several = problems_of(campaign, campaign.units[0])
    with pytest.raises(Refused, match="--problem"):
        draft(Brief("挂牌督办通知书", campaign, office_of(campaign), on=ON, problems=several), FORMS)
    mixed = (*several, problem(4, campaign.units[1], campaign))
    with pytest.raises(Refused, match="--unit"):
        draft(Brief("整改通知书", campaign, office_of(campaign), on=ON, problems=mixed), FORMS)


def test_only_a_listed_problem_is_put_under_supervision_in_a_batch() -> None:
    campaign = CAMPAIGNS[0]
    unit = campaign.units[0]
    plain = problem(1, unit, campaign, grade="一般")
    assert not concerns("挂牌督办通知书", plain, campaign)
    assert concerns("挂牌督办通知书", problem(1, unit, campaign, grade="一般", state=State.LISTED), campaign)
    assert concerns("整改通知书", plain, campaign)
