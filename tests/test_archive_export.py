"""A whole office exported and taken over elsewhere: equal ids, bytes and history."""

import json
from pathlib import Path
from typing import Any

import bagit
import pytest
from clerk import new_office, run

from model.errors import NotFound, Refused

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with something of every kind in it."""
    tmp_path = tmp_path_factory.mktemp("moving")
    folder = new_office(tmp_path / "office")
    example = ROOT / "templates" / "example"
    campaign = run(folder, "campaign", "add", str(example / "campaign.yaml"))[1]["campaign"]["id"]
    run(folder, "ledger", "import", str(example / "problems.csv"), "--campaign", campaign)
    for name in ("甲", "乙", "丙"):
        (tmp_path / f"{name}.txt").write_text(f"{name}的灭火器", encoding="utf-8")
        run(folder, "archive", "add", str(tmp_path / f"{name}.txt"), "--year", "2010")
    (folder / "drafts" / "稿.md").write_text(
        "---\n发文机关: [青岚县教育局]\n标题: 青岚县教育局关于检查的通知\n---\n\n请办理。\n", encoding="utf-8"
    )
    run(folder, "issue", str(folder / "drafts" / "稿.md"), "--signer", "王局长", "--code", "青教发")
    run(folder, "archive", "describe", "Z109-WS·2010-D10-0001", "页数=2")
    run(folder, "box", "fill")
    number = run(folder, "disposal", "propose", "Z109-WS·2010-D10-0002", "--reason", "期满")[1]["disposals"][0][
        "number"
    ]
    run(folder, "disposal", "approve", number, "--approver", "王局长", "--basis", "批准")
    run(folder, "disposal", "carry-out", number, "--witness", "甲", "--witness", "乙")
    return folder


QUESTIONS = (
    ("archive", "list"), ("register", "list"), ("box", "list"), ("disposal", "list"), ("ledger", "list"),
    ("campaign", "list"), ("archive", "show", "Z109-WS·2010-D10-0001"), ("archive", "show", "Z109-WS·2010-D10-0002"),
)  # fmt: skip


def bytes_of(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    held = {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
    return {name: content for name, content in held.items() if not name.startswith(("archive/catalogue", "."))}


def test_a_whole_office_comes_back_with_equal_ids_bytes_and_history(office: Path, tmp_path: Path) -> None:
    told = run(office, "archive", "export", "-o", str(tmp_path / "usb"))[1]
    assert (told["records"], told["left_out"]) == (4, [])
    bagit.Bag(str(tmp_path / "usb")).validate()
    code, told = run(tmp_path, "archive", "import", str(tmp_path / "usb"), str(tmp_path / "new"))
    assert (code, told["records"], told["damaged"]) == (0, 4, [])
    for words in QUESTIONS:
        ours, theirs = (
            json.dumps(run(place, *words)[1]).replace(str(place), "") for place in (office, tmp_path / "new")
        )
        assert ours == theirs, words
    assert bytes_of(office) == bytes_of(tmp_path / "new")
    assert run(tmp_path / "new", "archive", "verify")[0] == 0
    assert run(tmp_path / "new", "search", "灭火器")[1]["total"] == run(office, "search", "灭火器")[1]["total"]
    (tmp_path / "丁.txt").write_text("丁", encoding="utf-8")
    filed = run(tmp_path / "new", "archive", "add", str(tmp_path / "丁.txt"), "--year", "2010")[1]["filed"]
    assert filed[0]["code"] == "Z109-WS·2010-D10-0004", "registers go on where they were"


def change(usb: Path) -> None:
    path = usb / "data" / "office.toml"
    path.write_bytes(path.read_bytes() + b"\n")


def lose(usb: Path) -> None:
    next((usb / "data" / "archive" / "store").rglob("*.txt")).unlink()


def add(usb: Path) -> None:
    (usb / "data" / "多余.txt").write_text("x", encoding="utf-8")


@pytest.mark.parametrize("hurt", [change, lose, add])
def test_a_bag_that_was_changed_is_refused_and_nothing_is_made(office: Path, tmp_path: Path, hurt: Any) -> None:
    run(office, "archive", "export", "-o", str(tmp_path / "usb"))
    hurt(tmp_path / "usb")
    with pytest.raises(Refused, match="与导出时不同"):
        run(tmp_path, "archive", "import", str(tmp_path / "usb"), str(tmp_path / "new"))
    assert not (tmp_path / "new").exists()


def test_places_that_are_taken_or_wrong_are_refused(office: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="本单位文件夹里"):
        run(office, "archive", "export", "-o", str(office / "导出"))
    (tmp_path / "usb").mkdir()
    (tmp_path / "usb" / "x").write_text("x", encoding="utf-8")
    with pytest.raises(Refused, match="已经有别的文件"):
        run(office, "archive", "export", "-o", str(tmp_path / "usb"))
    with pytest.raises(NotFound, match="没有导出的单位"):
        run(tmp_path, "archive", "import", str(tmp_path / "usb"), str(tmp_path / "new"))
