"""What the tests of papers share: campaigns from the smallest to the richest, problems, and each paper drafted once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from campaigns.reading import read_definition
from generators.papers.brief import Brief
from generators.papers.drafting import Draft, draft, shipped_kinds
from generators.papers.forms import Forms
from model.campaigns import Campaign, Issuer, Unit
from model.documents import Document, Heading, Item, Paragraph
from model.offices import Office
from model.problems import Problem, Round, State
from templates import files

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared" / "campaigns"
DEFINITIONS = [
    files.path("example", "campaign.yaml"),
    *sorted((HERE / "definitions").glob("*.yaml")),
    *sorted(SHARED.glob("*.yaml")),
]
ON = date(2026, 6, 1)
FORMS = Forms([files.path("forms")])
KINDS = [kind.name for kind in shipped_kinds()]


def office_of(campaign: Campaign) -> Office:
    return Office(name=campaign.issuer.name, short=campaign.issuer.short or campaign.issuer.name)


def problem(number: int, unit: Unit, campaign: Campaign, **changes: object) -> Problem:
    grades = campaign.problem_rules.grades
    values: dict[str, object] = {
        "number": number, "campaign": campaign.id, "unit": unit.id, "unit_text": unit.name,
        "found": date(2026, 5, 11), "found_by": "第一检查组", "text": f"三楼东侧疏散通道堆放课桌{number}张",
        "category": (campaign.problem_rules.categories or ("安全",))[0], "grade": grades[-1].name if grades else "一般",
        "measure": "清理通道，划定禁放区", "person": "总务主任", "office": "总务处", "funds": "无",
        "deadline": date(2026, 5, 26), "contingency": "安排值班教师引导", "state": State.UNDERWAY,
    }  # fmt: skip
    return Problem(**{**values, **changes})  # type: ignore[arg-type]


def problems_of(campaign: Campaign, unit: Unit) -> tuple[Problem, ...]:
    """One overdue, one struck off, one that lacks measure, person and deadline."""
    closed = Round(number=1, progress="已清理", checked=date(2026, 5, 20), checked_by="晏秀兰", outcome="合格")
    return (
        problem(1, unit, campaign),
        problem(2, unit, campaign, state=State.CLOSED, closed=date(2026, 5, 20), rounds=(closed,)),
        problem(3, unit, campaign, deadline=None, measure="", person=""),
    )


@cache
def paper(kind: str, campaign: Campaign, *, with_problems: bool = True) -> Draft:
    """A paper of a kind: about the campaign's last unit where it is about one."""
    unit = campaign.units[-1] if campaign.units else None
    problems = problems_of(campaign, unit) if with_problems and unit else ()
    about_one = next((each.per for each in shipped_kinds() if each.name == kind), "")
    given = problems[:1] if about_one == "problem" else problems
    brief = Brief(kind, campaign, office_of(campaign), on=ON, unit=unit if about_one else None, problems=given)
    return draft(brief, FORMS)


def smallest() -> Campaign:
    """A definition that says nothing but its name and issuer."""
    return Campaign(
        id="xiao-2026", name="校园安全检查", short_name="安全检查", kind="专项整治", issuer=Issuer(name="青山县教育局")
    )


CAMPAIGNS = [*map(read_definition, DEFINITIONS), smallest()]


def texts(document: Document) -> Iterator[str]:
    """Every text of a paper."""
    yield document.title
    for block in (*document.body, *(block for annex in document.annexes for block in annex.body or ())):
        if isinstance(block, Heading):
            yield block.text + "".join(run.text for run in block.run_in)
        elif isinstance(block, Paragraph | Item):
            yield "".join(run.text for run in block.runs)
        else:
            yield from (cell.text for row in (*block.header, *block.rows) for cell in row)


def told(kind: str, campaign: Campaign) -> str:
    """A paper's texts, one a line."""
    return "\n".join(texts(paper(kind, campaign).document))
