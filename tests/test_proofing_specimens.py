"""The specimen pages of the standard (figures 2 to 12), rebuilt in docs/specimens, are clean, whoever wrote the file."""

from pathlib import Path

import pytest
from proofing_papers import LETTER, swapped, told

from generators.marking.markup import parse
from generators.pages.layout import load_layout
from generators.pages.writer import write
from generators.proofing.checking import check
from generators.proofing.rulebook import load_rules
from generators.proofing.together import check_together
from generators.reading.places import called
from generators.reading.reading import read_docx
from model.proofing import ProofDocument, Source

SPECIMENS = sorted((Path(__file__).parent.parent / "docs" / "specimens").glob("*.md"))
BOOK = load_rules()


def written(path: Path, *, stranger: bool = False) -> ProofDocument:
    content = write(parse(path.read_text(encoding="utf-8"))[0], load_layout())
    if stranger:  # without our name nothing is believed for its style
        content = swapped(content, "docProps/app.xml", "Juanzong", "Another")
    return read_docx(content, f"{path.stem}.docx")


@pytest.mark.parametrize("stranger", [False, True], ids=["ours", "a stranger's"])
@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.stem)
def test_a_specimen_page_of_the_standard_has_no_finding(path: Path, stranger: bool) -> None:
    document = written(path, stranger=stranger)
    assert document.source is (Source.STRANGER if stranger else Source.OURS)
    assert [(found.rule, found.message, found.excerpt) for found in check(document, BOOK)] == []


def test_the_specimen_pages_side_by_side_use_no_number_twice() -> None:
    assert check_together([written(path) for path in SPECIMENS], BOOK) == ()


def test_an_order_is_called_by_its_mark_since_it_has_no_title() -> None:
    (order,) = (path for path in SPECIMENS if path.name.startswith("图12"))
    assert called(written(order)) == "青岚县人民政府令"


def test_in_a_letter_the_number_is_judged_and_not_what_stands_before_it() -> None:
    found = check(told(LETTER, copy_number="000001", number="青岚教函20263号").read(), BOOK)
    assert [(each.rule, each.excerpt) for each in found if each.rule == "F04"] == [("F04", "000001\t青岚教函20263号")]


def test_a_secret_letter_without_a_copy_number_is_told() -> None:
    assert "E25" in {each.rule for each in check(told(LETTER, secrecy="机密").read(), BOOK)}
    assert "E25" not in {each.rule for each in check(told(LETTER, secrecy="机密", copy_number="000001").read(), BOOK)}
