"""The library of paragraphs: every field exists, every campaign finds a variant, the choice is the same each time."""

from dataclasses import replace
from itertools import product
from types import SimpleNamespace

import pytest
from drafted import CAMPAIGNS, KINDS, paper, told

from generators.papers.campaign_facts import LEVELS
from generators.papers.contract import faults_of
from generators.papers.forms import Forms
from generators.papers.wordings import choose, library
from model.campaigns import Level
from templates import files

ALL = [(name, entry) for name, entries in library().items() for entry in entries]
LEVEL_NAMES = [name for name, _ in LEVELS.values()]
SORTS = ["专项整治", "安全隐患排查治理", "专项督导", "督查", "迎检"]
RETURNING = ["加强组织领导", "落实工作责任", "强化督导检查", "加强宣传引导", "做好总结归档", "台账管理", "领导小组职责"]


def test_a_paragraph_names_only_fields_that_exist() -> None:
    forms = Forms([files.path("forms")])
    for name, entry in ALL:
        parsed = (entry.text, forms._body.parse(entry.text))  # the same grammar as the forms
        assert faults_of(parsed, forms.contract, name) == ()


def test_every_campaign_finds_a_variant_of_every_returning_paragraph() -> None:
    for level, sort in product(LEVEL_NAMES, SORTS):
        campaign = SimpleNamespace(级别=level, 类型=sort, 机制=frozenset(), 编号="x-2026")
        for name in {name for name, _ in ALL} - {"举报受理"}:
            assert choose(name, campaign), (name, level, sort)


@pytest.mark.parametrize("name", RETURNING)
def test_a_returning_paragraph_has_variants_and_campaigns_differ(name: str) -> None:
    assert len(library()[name]) >= 3
    chosen = {
        choose(name, SimpleNamespace(级别="县", 类型="专项整治", 机制=frozenset(), 编号=f"xing-dong-{number}"))
        for number in range(40)
    }
    assert len(chosen) >= 2


def test_one_campaign_gets_one_variant_each_time() -> None:
    campaign = SimpleNamespace(级别="县", 类型="专项整治", 机制=frozenset(), 编号="xing-dong-2026")
    assert len({choose("加强组织领导", campaign) for _ in range(5)}) == 1


def test_the_more_particular_variant_is_taken() -> None:
    plain = SimpleNamespace(级别="学校", 类型="安全隐患排查", 机制=frozenset(), 编号="x")
    chosen = choose("落实工作责任", plain)
    assert chosen
    assert (chosen.levels, chosen.kinds) == (("学校",), ("隐患", "安全"))


@pytest.mark.parametrize("level", list(Level))
def test_a_plan_speaks_to_those_below_by_level(level: Level) -> None:
    campaign = replace(CAMPAIGNS[0], level=level)
    words = {
        Level.NATIONAL: "各地各校", Level.PROVINCE: "各地各校", Level.CITY: "各地各校", Level.COUNTY: "各单位",
        Level.TOWNSHIP: "各校", Level.SCHOOL: "各处室、各年级",
    }  # fmt: skip
    text = told("督查通报", campaign)
    assert f"{words[level]}要对照通报" in text
    assert all(f"{other}要对照通报" not in text for other in set(words.values()) - {words[level]} if other != "各校")


@pytest.mark.parametrize("level", [Level.PROVINCE, Level.TOWNSHIP, Level.SCHOOL])
def test_every_kind_comes_out_at_other_levels(level: Level) -> None:
    campaign = replace(CAMPAIGNS[0], level=level, approved_by=None)
    for kind in KINDS:
        made = paper(kind, campaign)
        assert made.document.body, kind
        assert "各处室" not in made.markup or level is Level.SCHOOL or made.unit, kind
