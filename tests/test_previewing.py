"""Preview at the counter: files and records as PDF and pictures, one that cannot be shown stops nothing."""

from pathlib import Path

import docx
import pytest
from clerk import new_office, run

pytestmark = pytest.mark.render


def test_a_file_and_a_record_are_shown_and_a_broken_one_is_named(tmp_path: Path) -> None:
    office, target = new_office(tmp_path / "单位"), tmp_path / "看"
    document = docx.Document()
    document.add_paragraph("关于开展校园安全检查的通知")
    document.save(str(tmp_path / "通知.docx"))
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    code = run(office, "archive", "add", str(tmp_path / "通知.docx"))[1]["filed"][0]["code"]
    words = ("preview", str(tmp_path / "坏.docx"), code, "-o", str(target), "--pictures")
    exit_code, told = run(office, *words)
    assert exit_code == 1
    assert (target / "通知.pdf").read_bytes().startswith(b"%PDF-")
    assert (target / "通知" / "第1页.png").is_file()
    assert [Path(failure["which"]).name for failure in told["failed"]] == ["坏.docx"]
    before = (target / "通知.pdf").read_bytes()
    assert len(run(office, *words)[1]["failed"]) == 2  # the second run overwrites nothing
    assert (target / "通知.pdf").read_bytes() == before
