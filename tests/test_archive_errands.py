"""Mirror, repair and rebuild as a clerk runs them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli import cli
from model.errors import NotFound, Refused


def run(office: Path, *words: str) -> tuple[int, dict[str, Any]]:
    outcome = CliRunner().invoke(cli, [*words, "--json", "-C", str(office)])
    if outcome.exception and not isinstance(outcome.exception, SystemExit):
        raise outcome.exception
    return outcome.exit_code, json.loads(outcome.stdout)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    CliRunner().invoke(cli, ["init", str(folder), "--name", "青山县教育局"])
    (tmp_path / "灭火器检查通知.txt").write_text("请各学校检查灭火器。", encoding="utf-8")
    assert run(folder, "archive", "add", str(tmp_path / "灭火器检查通知.txt"))[0] == 0
    return folder


def test_a_damaged_file_is_found_and_mended_from_the_mirror(office: Path, tmp_path: Path) -> None:
    assert run(office, "archive", "mirror", str(tmp_path / "usb"))[1]["copied"] == 1
    (stored,) = office.glob("archive/store/*/*/v1/content/files/*")
    stored.write_bytes(b"?")
    assert run(office, "archive", "verify")[0] == 4
    code, told = run(office, "archive", "repair", str(tmp_path / "usb"))
    assert (code, len(told["mended"])) == (0, 1)
    assert run(office, "archive", "verify")[0] == 0


def test_a_lost_catalogue_is_rebuilt_and_searched_again(office: Path) -> None:
    before = run(office, "archive", "list")[1]
    for path in office.glob("archive/catalogue.db*"):
        path.unlink()
    code, told = run(office, "archive", "rebuild")
    assert (code, told["records"], told["events"]) == (0, 1, 1)
    assert run(office, "archive", "list")[1] == before
    assert run(office, "search", "灭火器")[1]["total"] == 1
    assert run(office, "archive", "verify")[0] == 0
    run(office, "archive", "rebuild")
    assert len(list(office.glob("archive/catalogue.*.db"))) == 1


def test_a_mirror_inside_the_office_and_a_repair_without_a_mirror_are_refused(office: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="另一块磁盘"):
        run(office, "archive", "mirror", str(office / "镜像"))
    with pytest.raises(NotFound, match="没有镜像"):
        run(office, "archive", "repair", str(tmp_path))
