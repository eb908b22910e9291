"""An object that is wrong in one way is found wrong; the OCFL project's own catalogue of objects judges the judge."""

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import ocfl
import pytest

from storage.checking import Fault, check, sidecar
from storage.ocfl import ObjectStore, json_bytes

NOW = datetime(2026, 3, 5, 9, 30)
FIXTURES = os.environ.get("JUANZONG_OCFL_FIXTURES")
"""A checkout of https://github.com/OCFL/fixtures, which is not ours to ship."""

STRICTER = {
    "minimal_logs_directory_one_log_file",  # nothing but versions lies in an object of ours
    "minimal_mixed_digests",  # digests are SHA-512 throughout
    "minimal_uppercase_digests",  # and in lower case
}


@pytest.fixture
def made(tmp_path: Path) -> Path:
    store = ObjectStore(tmp_path / "store")
    store.create()
    for number, files in enumerate(({"a.txt": b"one", "b.txt": b"same"}, {"c/d.txt": b"two"}), 1):
        staging = store.stage("x1", number)
        for path, content in files.items():
            staging.write(path, (content,))
        store.install((staging,), created=NOW, who="张三", reason="归档")
    return store.object_path("x1")


def found(base: Path, object_id: str = "x1") -> list[str]:
    return [f"{fault.path} {fault.why}" for fault in check(base, object_id) if isinstance(fault, Fault)]


def told(base: Path, place: str = "") -> dict[str, Any]:
    inventory: dict[str, Any] = json.loads((base / place / "inventory.json").read_bytes())
    return inventory


def sign(base: Path, inventory: dict[str, Any], *places: str) -> None:
    """Write an inventory with a sidecar that fits: only its content is wrong."""
    for place in places or ("", "v2"):
        (base / place / "inventory.json").write_bytes(json_bytes(inventory))
        (base / place / "inventory.json.sha512").write_bytes(sidecar(json_bytes(inventory)))


def test_what_our_writer_made_is_sound_here_and_by_an_independent_validator(made: Path) -> None:
    assert found(made) == []
    assert ocfl.StorageRoot(str(made.parent.parent)).validate(log_warnings=False)


def first(inventory: dict[str, Any]) -> str:
    return str(next(iter(inventory["manifest"])))


WRONG: dict[str, Callable[[dict[str, Any]], object]] = {
    "说的是另一件": lambda i: i.update(id="x2"),
    "E025、E038": lambda i: i.update(digestAlgorithm="sha256"),
    "E036": lambda i: i.pop("head"),
    "E102": lambda i: i.update(more=1),
    "E010": lambda i: i["versions"].update(v4=i["versions"].pop("v2")),
    "E040": lambda i: i.update(head="v1"),
    "E049": lambda i: i["versions"]["v1"].update(created="2026-03-05"),
    "E054": lambda i: i["versions"]["v1"].update(user={"name": ""}),
    "E050）": lambda i: i["versions"]["v1"]["state"].update({"0" * 128: ["z"]}),
    "E107": lambda i: i["manifest"].update({"1" * 128: ["v1/content/z"]}),
    "E025、E050": lambda i: i["manifest"].update({first(i).upper(): i["manifest"].pop(first(i))}),
    "E099": lambda i: i["manifest"].update({first(i): ["v1/content/../../x"]}),
    "E101": lambda i: i["manifest"][first(i)].append(i["manifest"][first(i)][0]),
    "E095": lambda i: i["versions"]["v2"]["state"].update({first(i): ["c"]}),
    "E097": lambda i: i.update(fixity={"md5": {"0" * 32: ["v9/content/nothing"]}}),
    "不成样子": lambda i: i.update(manifest=[]),
}


@pytest.mark.parametrize("why", WRONG)
def test_an_inventory_that_is_wrong_in_one_way_is_found_although_its_digest_fits(made: Path, why: str) -> None:
    inventory = told(made)
    WRONG[why](inventory)
    sign(made, inventory)
    assert any(why in line for line in found(made))


def test_a_second_digest_that_does_not_fit_is_found(made: Path) -> None:
    sign(made, told(made) | {"fixity": {"md5": {"0" * 32: ["v1/content/a.txt"]}}})
    assert "E093" in found(made)[0]


def test_an_older_inventory_that_tells_another_past_is_found(made: Path) -> None:
    older = told(made, "v1")
    older["versions"]["v1"]["state"][first(older)] = ["renamed.txt"]
    sign(made, older, "v1")
    assert found(made) == ["v1/inventory.json 与后来的清单说的不一样（E066）"]


def test_a_key_that_stands_twice_is_found(made: Path) -> None:
    content = (made / "inventory.json").read_bytes().replace(b'{\n "digest', b'{\n "head": "v2",\n "digest', 1)
    for place in ("", "v2"):
        (made / place / "inventory.json").write_bytes(content)
        (made / place / "inventory.json.sha512").write_bytes(sidecar(content))
    assert found(made) == ["inventory.json 不成样子"]


def test_a_folder_or_a_file_that_belongs_to_nothing_is_found(made: Path) -> None:
    (made / "v1" / "content" / "空").mkdir()
    (made / "extra").mkdir()
    (made / "extra" / "x").write_bytes(b"")
    assert found(made) == ["extra/x 清单上没有的文件", "v1/content/空 清单上没有的空文件夹"]


@pytest.mark.skipif(not FIXTURES, reason="JUANZONG_OCFL_FIXTURES names no checkout of github.com/OCFL/fixtures")
def test_the_catalogue_of_the_ocfl_project_is_judged_as_it_says() -> None:
    assert FIXTURES
    root = Path(FIXTURES) / "1.1"
    verdicts = {}
    for base in (path for kind in ("good", "bad") for path in (root / f"{kind}-objects").iterdir()):
        try:
            object_id = json.loads((base / "inventory.json").read_bytes())["id"]
        except (OSError, ValueError, KeyError):
            object_id = "none"
        verdicts[base.parent.name, base.name] = not found(base, object_id)
    bad = {name for (kind, name), sound in verdicts.items() if kind == "bad-objects" and sound}
    good = {name for (kind, name), sound in verdicts.items() if kind == "good-objects" and not sound}
    assert (bad, good) == (set(), STRICTER)
