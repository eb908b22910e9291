"""An office of every released format opens for ever: it is read, verified, searched, brought up to date, added to, rebuilt.

`golden/office-0.1.0.zip` was made by version 0.1.0 itself from texts of our own; it is never made anew.
"""

import sqlite3
import zipfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import ocfl
import pytest
from clerk import run

from model.errors import Refused
from storage.database import MIGRATIONS, open_catalogue

GOLDEN = sorted((Path(__file__).parent / "golden").glob("office-*.zip"))
HELD = {
    "Z109-WS·2026-D10-0001": (
        "会议记录 （第1次）",
        [
            "7650ac88c1abbb6e56e0ae49aaeea1d20fe7b3417ff8e0cb56add3f71a9abc67",
            "4f225cbcd4db4a8a001ebbf48d936924a3df7b1a749875619ef8cdc107f531b1",
        ],
    ),
    "Z109-WS·2026-D10-0002": (
        "关于检查灭火器的通知",
        ["b5bfa65f1694b1d78c969a35d67cbdb0444f54e657a6957f69a5175491780241"],
    ),
    "Z109-WS·2026-D10-0003": ("盖章扫描件", ["ce6a62b64a1ff2779a78ea3899f7fd420727a29c7842ccec05f0df7877862348"]),
    "Z109-WS·2026-D10-0004": ("自查报告", ["47bafdd4526d45724f76da09ddacd46701a6227384e49093234d0e0db2828528"]),
}


@pytest.fixture(params=GOLDEN, ids=[path.stem for path in GOLDEN])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    with zipfile.ZipFile(request.param) as packed:
        packed.extractall(tmp_path / "office")
    return tmp_path / "office"


def held(office: Path) -> dict[str, tuple[str, list[str]]]:
    told = {}
    for line in run(office, "archive", "list")[1]["records"]:
        record = run(office, "archive", "show", line["code"])[1]["record"]
        told[line["code"]] = (line["title"], [version["files"][0]["sha256"] for version in record["versions"]])
    return told


def test_it_lists_shows_and_gives_out_what_was_filed(office: Path, tmp_path: Path) -> None:
    assert held(office) == HELD
    for code, (_, digests) in HELD.items():
        paths = run(office, "archive", "get", code, "-o", str(tmp_path / "out"))[1]["paths"]
        assert sha256(Path(paths[0]).read_bytes()).hexdigest() == digests[-1]


def test_it_verifies_and_an_independent_validator_agrees(office: Path) -> None:
    code, told = run(office, "archive", "verify")
    assert (code, told["damaged"], told["findings"]) == (0, [], [])
    assert ocfl.StorageRoot(str(office / "archive" / "store")).validate(log_warnings=False)


def test_it_is_searched_and_its_ledger_is_there(office: Path) -> None:
    assert run(office, "search", "司机名单")[1]["total"] == 1
    assert run(office, "search", "𬌗镇")[1]["total"] == 1
    assert len(run(office, "ledger", "list")[1]["problems"]) == 9


def test_it_takes_the_next_number_and_a_new_version(office: Path, tmp_path: Path) -> None:
    (tmp_path / "新.txt").write_text("新收的材料", encoding="utf-8")
    assert run(office, "archive", "add", str(tmp_path / "新.txt"))[1]["filed"][0]["code"].endswith("-0005")
    (tmp_path / "改.txt").write_text("又一版", encoding="utf-8")
    code, _ = run(
        office, "archive", "add", str(tmp_path / "改.txt"), "--to", "Z109-WS·2026-D10-0001", "--reason", "再改"
    )
    assert (code, run(office, "archive", "verify")[0]) == (0, 0)


def test_it_is_rebuilt_from_its_store_alone(office: Path) -> None:
    for path in (office / "archive").glob("catalogue.db*"):
        path.unlink()
    code, told = run(office, "archive", "rebuild")
    assert (code, told["records"], told["events"], told["ledger"]) == (0, 4, 6, True)
    assert held(office) == HELD
    assert run(office, "archive", "verify")[0] == 0
    assert run(office, "search", "司机名单")[1]["total"] == 1


def test_a_damaged_one_is_found_and_mended(office: Path, tmp_path: Path) -> None:
    run(office, "archive", "mirror", str(tmp_path / "usb"))
    (scan,) = office.glob("archive/store/*/*/v1/content/files/*盖章*")
    scan.write_bytes(b"?")
    assert run(office, "archive", "verify")[0] == 4
    assert run(office, "archive", "repair", str(tmp_path / "usb"))[0] == 0
    assert held(office) == HELD
    assert run(office, "archive", "verify")[0] == 0


def test_a_step_that_fails_leaves_the_catalogue_as_it_was(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = tmp_path / "steps"
    steps.mkdir()
    for path in MIGRATIONS.glob("*.sql"):
        (steps / path.name).write_bytes(path.read_bytes())
    (steps / "9999_broken.sql").write_text("CREATE TABLE halfway (x);\nINSERT INTO nowhere VALUES (1);\n")
    monkeypatch.setattr("storage.database.MIGRATIONS", steps)
    with pytest.raises(Exception, match="nowhere"):
        open_catalogue(office / "archive" / "catalogue.db")
    monkeypatch.undo()
    with closing(sqlite3.connect(office / "archive" / "catalogue.db")) as db:
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
        done = [number for (number,) in db.execute("SELECT number FROM migrations ORDER BY number")]
    assert "halfway" not in tables
    assert done == sorted(int(path.name[:4]) for path in MIGRATIONS.glob("[0-9]*.sql"))
    assert held(office) == HELD


def test_a_catalogue_of_a_newer_version_is_refused_and_untouched(office: Path) -> None:
    path = office / "archive" / "catalogue.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("INSERT INTO migrations (number, name) VALUES (9000, 'from the future')")
        db.commit()
    before = path.read_bytes()
    with pytest.raises(Refused, match="更新版本"):
        run(office, "archive", "list")
    assert path.read_bytes() == before
