"""Several papers side by side: a number used twice, a number that is missing."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from proofing_papers import NOTICE, Defect

from desk.proofing import Wanted, proof
from generators.proofing.rulebook import load_rules
from generators.proofing.together import check_together
from model.proofing import ProofDocument

BOOK = load_rules()


def numbered(*serials: int, code: str = "青岚教发") -> list[ProofDocument]:
    papers = (replace(NOTICE, number=f"{code}〔2026〕{serial}号") for serial in serials)
    return [replace(Defect(paper).read(), file=f"{place}.docx") for place, paper in enumerate(papers, 1)]


def test_a_number_that_two_papers_bear_is_an_error_with_both_files() -> None:
    (finding,) = check_together(numbered(12, 13, 12), BOOK)
    assert (finding.rule, finding.file) == ("C19", "3.docx")
    assert "1.docx" in finding.message
    assert finding.excerpt == "青岚教发〔2026〕12号"


def test_a_number_missing_in_a_run_of_papers_is_told() -> None:
    (finding,) = check_together(numbered(12, 13, 16), BOOK)
    assert finding.rule == "C20"
    assert "缺14至15号" in finding.message


def test_two_papers_far_apart_and_papers_of_other_codes_say_nothing() -> None:
    assert check_together([*numbered(12, 20), *numbered(12, code="青岚教函")], BOOK) == ()


def test_switched_off_they_are_silent() -> None:
    assert check_together(numbered(12, 12), load_rules(off=("C19",))) == ()


def test_papers_given_in_one_command_are_held_side_by_side(tmp_path: Path) -> None:
    paths = [tmp_path / "甲.docx", tmp_path / "乙.docx"]
    for path in paths:
        path.write_bytes(Defect(NOTICE).content())
    told = proof(tmp_path, paths, Wanted(), on=date(2026, 3, 10), progress=lambda done, of: None)
    (finding,) = (finding for finding in told.findings if finding.rule == "C19")
    assert finding.file == str(paths[1])
    assert "甲.docx" in finding.message
