"""The specimen pages of the standard (figures 2 to 12), rebuilt from markup in docs/specimens, hold up to the ruler."""

import re
from pathlib import Path

import pytest

from generators.marking.markup import parse
from generators.pages.checking import check_written
from generators.pages.layout import load_layout
from generators.pages.writer import write
from generators.rendered.measuring import measures, read_sheets
from generators.rendered.rendering import to_pdf

SPECIMENS = sorted((Path(__file__).parent.parent / "docs" / "specimens").glob("*.md"))
LAYOUT = load_layout()


@pytest.mark.render
def test_the_specimens_of_the_standard_hold_up_to_the_ruler(tmp_path: Path) -> None:
    assert {int(match[0]) for path in SPECIMENS if (match := re.search(r"\d+", path.name))} == set(range(2, 13))
    papers = []
    for path in SPECIMENS:
        document, findings = parse(path.read_text(encoding="utf-8"), path.name)
        assert not findings
        content = write(document, LAYOUT)
        check_written(document, content)
        papers.append(tmp_path / f"{path.stem}.docx")
        papers[-1].write_bytes(content)
    for pdf in to_pdf(papers, tmp_path):
        told = measures(pdf)
        assert {"mark", "number_below_mark"} & {one.key for one in told}
        assert "date_indent" in {one.key for one in told} or "name_indent" in {one.key for one in told}
        assert not [one.finding.message for one in told if not one.holds], pdf.stem
        if pdf.stem.startswith("图9"):
            longest, drawn_out = (line for line in read_sheets(pdf)[0][1].lines if line.text.endswith("局"))
            assert drawn_out.text == "青岚县公安局"
            assert abs(longest.x0 - drawn_out.x0) < 0.2
            assert abs(longest.x1 - drawn_out.x1) < 0.2
