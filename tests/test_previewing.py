"""Preview at the counter: files and records as PDF and pictures, one that cannot be shown stops nothing."""

import json
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from cli import cli

pytestmark = pytest.mark.render


def run(*words: str | Path) -> tuple[int, dict[str, list[dict[str, str]]]]:
    outcome = CliRunner().invoke(cli, [*map(str, words), "--json"])
    return outcome.exit_code, json.loads(outcome.stdout)


def test_a_file_and_a_record_are_shown_and_a_broken_one_is_named(tmp_path: Path) -> None:
    office, target = tmp_path / "单位", tmp_path / "看"
    run("init", office, "--name", "青岚县教育局")
    document = docx.Document()
    document.add_paragraph("关于开展校园安全检查的通知")
    document.save(str(tmp_path / "通知.docx"))
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    code = run("archive", "add", tmp_path / "通知.docx", "-C", office)[1]["filed"][0]["code"]
    words = ("preview", tmp_path / "坏.docx", code, "-o", target, "--pictures", "-C", office)
    exit_code, told = run(*words)
    assert exit_code == 1
    assert (target / "通知.pdf").read_bytes().startswith(b"%PDF-")
    assert (target / "通知" / "第1页.png").is_file()
    assert [Path(failure["which"]).name for failure in told["failed"]] == ["坏.docx"]
    before = (target / "通知.pdf").read_bytes()
    assert len(run(*words)[1]["failed"]) == 2  # the second run overwrites nothing
    assert (target / "通知.pdf").read_bytes() == before
