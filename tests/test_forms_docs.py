"""The pages about forms and papers stay true: the worked example works, every kind stands in the table."""

import re
from datetime import date
from pathlib import Path

from drafted import CAMPAIGNS, KINDS
from papers_table import cell, lacking

from campaigns.reading import read_definition
from generators.marking.elements import KEYS
from generators.marking.markup import parse
from generators.papers.brief import Brief
from generators.papers.drafting import draft, shipped_kinds
from generators.papers.forms import Forms
from generators.papers.formtools import FILTERS
from model.offices import Office
from templates import files

DOCS = Path(__file__).resolve().parent.parent / "docs"


def blocks(page: str) -> list[str]:
    return re.findall(r"^```\n(.*?)^```$", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def test_the_example_of_the_markup_page_is_a_document() -> None:
    document, findings = parse(blocks("markup.md")[0])
    assert not findings
    assert document.annexes[0].landscape
    assert "见第一部分（二）" in str(document.body)


def test_every_element_stands_on_the_markup_page() -> None:
    page = (DOCS / "markup.md").read_text(encoding="utf-8")
    assert [key for key in KEYS if key not in page] == []


def test_the_worked_example_of_an_offices_own_form_works(tmp_path: Path) -> None:
    (tmp_path / "整改通知书.md.j2").write_text(blocks("forms.md")[0], encoding="utf-8")
    campaign = read_definition(files.path("example", "campaign.yaml"))
    office = Office(name=campaign.issuer.name, short=campaign.issuer.short or "")
    forms = Forms([tmp_path, files.path("forms")])
    made = draft(Brief("整改通知书", campaign, office, on=date(2026, 6, 1), unit=campaign.units[0]), forms)
    assert "存在下列问题，请按时整改" in made.markup
    assert "检查发现的问题" in made.missing


def test_every_filter_of_ours_stands_on_the_forms_page_or_is_for_tables() -> None:
    page = (DOCS / "forms.md").read_text(encoding="utf-8")
    assert set(FILTERS) - {name for name in FILTERS if name in page} <= {"原样", "含有", "紧凑"}


def test_every_kind_stands_in_the_table_of_papers() -> None:
    page = (DOCS / "papers.md").read_text(encoding="utf-8")
    assert [kind.name for kind in shipped_kinds() if f"| {kind.name} |" not in page] == []


def test_the_table_of_papers_is_what_drafting_gives() -> None:
    page = (DOCS / "papers.md").read_text(encoding="utf-8")
    at_hand = {campaign.id: campaign for campaign in CAMPAIGNS}
    own = [at_hand[name] for name in ("san-cha-san-bao-2026", "jian-fu-du-dao-2026", "dong-ji-pai-cha-2025")]
    for kind in KINDS:
        assert f"| {kind} | " + " | ".join(cell(kind, campaign) for campaign in own) + " |" in page, kind
        assert f"| {kind} | {'、'.join(lacking(kind, own[0])) or '无'} |" in page, kind
