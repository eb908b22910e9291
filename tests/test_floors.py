"""Arrows go down only: who may import whom is the table in docs/house.md."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

MAY_IMPORT = {
    "model": set(),
    "templates": set(),
    "storage": {"model"},
    "campaigns": {"model"},
    "generators": {"model", "templates"},
    "archive": {"model", "storage"},
    "indexer": {"model", "storage"},
    "ledger": {"model", "storage"},
    "readiness": {"model"},
    "desk": {
        "campaigns", "generators", "archive", "indexer", "ledger", "readiness", "storage", "templates", "model",
    },
    "counter": {"desk", "model"},
    "cli": {"counter", "desk", "model"},
}  # fmt: skip

GENERATORS = {
    "pages": set(),
    "marking": {"pages"},
    "papers": {"pages", "marking"},
    "rendered": {"pages"},
    "reading": {"pages", "marking"},
    "proofing": {"pages", "reading"},
}
"""The groups of the largest room: which may import which others."""


def rooms_imported(source: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute and begin with the room's name"
            found.add((node.module or "").split(".")[0])
    return found & set(MAY_IMPORT)


def sources() -> list[tuple[str, Path]]:
    files = [("cli", ROOT / "cli.py")]
    for room in MAY_IMPORT:
        files += [(room, path) for path in sorted((ROOT / room).rglob("*.py"))]
    return [(room, path) for room, path in files if path.exists()]


@pytest.mark.parametrize(("room", "path"), sources(), ids=lambda value: str(value).removeprefix(f"{ROOT}/"))
def test_a_room_imports_only_from_floors_below(room: str, path: Path) -> None:
    allowed = MAY_IMPORT[room] | {room}
    upward = rooms_imported(path.read_text(encoding="utf-8")) - allowed
    assert not upward, f"{path.relative_to(ROOT)} may not import {sorted(upward)}"


def groups_imported(source: str) -> set[str]:
    imports = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
    modules = {f"{node.module}.{alias.name}" for node in imports for alias in node.names}
    return {module.split(".")[1] for module in modules if module.startswith("generators.")}


@pytest.mark.parametrize("group", GENERATORS)
def test_the_groups_of_the_generators_make_no_circle(group: str) -> None:
    for path in (ROOT / "generators" / group).glob("*.py"):
        outside = groups_imported(path.read_text(encoding="utf-8")) - {group}
        assert outside <= GENERATORS[group], path.name


def test_every_file_of_the_generators_stands_in_a_group() -> None:
    files = {path.relative_to(ROOT / "generators").parts[0] for path in (ROOT / "generators").rglob("*.py")}
    assert files == {*GENERATORS, "__init__.py"}


def test_every_python_folder_at_the_root_is_a_room_on_the_plan() -> None:
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert folders - {"tests", "bench"} <= set(MAY_IMPORT)


def test_every_room_says_what_it_is_in_one_sentence() -> None:
    for room in set(MAY_IMPORT) - {"cli"}:
        doc = ast.get_docstring(ast.parse((ROOT / room / "__init__.py").read_text(encoding="utf-8")))
        assert doc, room
        assert len(doc.splitlines()) == 1, room
