"""Our own papers pass their own proof-reader: no error, no warning in any paper of any campaign."""

import subprocess
from datetime import date
from pathlib import Path

import pytest
from proofing_papers import PAPERS, Defect

from campaigns.reading import read_definition
from generators.pages.layout import load_layout
from generators.pages.writer import write
from generators.papers.brief import Brief
from generators.papers.drafting import draft, shipped_kinds
from generators.papers.forms import Forms
from generators.proofing.checking import check
from generators.proofing.rulebook import load_rules
from generators.reading.reading import read_docx
from model.findings import Severity
from model.offices import Office
from templates import files

BOOK, LAYOUT, FORMS = load_rules(), load_layout(), Forms([files.path("forms")])
EXAMPLE = files.path("example", "campaign.yaml")
SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "campaigns"
FAULTS_OF_PLANS = {("W01", "签定"), ("W01", "台帐"), ("D24", "20xx年")}
"""Words that stand so in the plans that two definitions were drawn from: the proof-reader is right to tell them."""


def told(definition: Path) -> list[tuple[str, str, str | None]]:
    campaign = read_definition(definition)
    office = Office(name=campaign.issuer.name, short=campaign.issuer.short or "")
    faults = []
    for kind in shipped_kinds():
        for unit in {None, campaign.units[0] if campaign.units and kind.per == "unit" else None}:
            made = draft(Brief(kind.name, campaign, office, on=date(2026, 3, 5), unit=unit), FORMS)
            for finding in check(read_docx(write(made.document, LAYOUT), kind.name), BOOK):
                if finding.severity is not Severity.INFO:
                    faults.append((finding.rule, finding.message, finding.excerpt))
    return faults


def test_the_papers_of_the_example_have_no_error_and_no_warning() -> None:
    assert told(EXAMPLE) == []


@pytest.mark.parametrize(
    "name", ["san-cha-san-zheng-zhi-2021", "xuexiao-yinhuan-zhili-nian-2008", "ying-sheng-jian-2011"]
)
def test_the_papers_of_real_campaigns_have_only_the_faults_of_their_plans(name: str) -> None:
    definition = SHARED / f"{name}.yaml"
    if not definition.is_file():
        pytest.skip(f"{definition} is not here")
    plan = definition.read_text(encoding="utf-8")
    for rule, message, excerpt in told(definition):
        known = [word for number, word in FAULTS_OF_PLANS if number == rule and word in f"{message}{excerpt}"]
        assert known, (rule, message, excerpt)
        assert known[0] in plan


@pytest.mark.render
def test_clean_papers_that_another_program_saved_have_no_error_and_no_warning(tmp_path: Path) -> None:
    """Through LibreOffice into .odt and back: styles, frames and page breaks are all written in its own way."""
    for number, paper in enumerate(PAPERS):
        (tmp_path / f"{number}.docx").write_bytes(Defect(paper).content())
    for suffix, source in (("odt", "docx"), ("docx", "odt")):
        files_of = sorted(tmp_path.glob(f"*.{source}"))
        home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
        command = [
            "soffice",
            home,
            "--headless",
            "--convert-to",
            suffix,
            "--outdir",
            str(tmp_path),
            *map(str, files_of),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    for number in range(len(PAPERS)):
        found = check(read_docx((tmp_path / f"{number}.docx").read_bytes()), BOOK)
        assert [(f.rule, f.message) for f in found if f.severity is not Severity.INFO] == []
