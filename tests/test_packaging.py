"""The root layout is packed as it stands: exactly the rooms and cli.py, nothing of the tests."""

import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ONLY = set(PROJECT["tool"]["hatch"]["build"]["only-include"])


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    # The build backend is called as pip calls it, without a network or an isolated environment.
    code = f"from hatchling.build import build_wheel; build_wheel({str(out)!r})"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_the_wheel_holds_exactly_the_rooms_and_the_counter(wheel: Path) -> None:
    top = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in top if not name.endswith(".dist-info")} == ONLY


def test_the_wheel_carries_every_data_file(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    meant = {name for name in tracked if name.split("/")[0] in ONLY and (ROOT / name).exists()}
    assert meant <= packed


def test_every_room_on_disk_is_packed() -> None:
    assert {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench"} == ONLY - {"cli.py"}


def test_no_other_installed_distribution_bears_one_of_our_names() -> None:
    ours = {name.removesuffix(".py") for name in ONLY}
    clashes = {
        (name, owner)
        for name, owners in metadata.packages_distributions().items()
        for owner in owners
        if name in ours and owner != "juanzong"
    }
    assert not clashes


def test_nothing_is_pinned_exactly() -> None:
    extras = PROJECT["project"]["optional-dependencies"].values()
    wanted = PROJECT["project"]["dependencies"] + [entry for extra in extras for entry in extra]
    assert not [entry for entry in wanted if "==" in entry or "<" in entry]
