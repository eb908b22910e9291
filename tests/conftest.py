"""An empty office for every test that asks for one; tests that render pages need LibreOffice.

Without it they are skipped with the reason, under CI that is a failure.
"""

import os
import shutil
from pathlib import Path

import pytest
from clerk import new_office

TOOLS = ("soffice", "pdftoppm", "fc-list")


def pytest_runtest_setup(item: pytest.Item) -> None:
    lacking = [tool for tool in TOOLS if not shutil.which(tool)]
    if item.get_closest_marker("render") and lacking:
        told = f"{'、'.join(lacking)} not installed: run scripts/install-tools.sh as root"
        if os.environ.get("CI") == "true":
            pytest.fail(told)
        pytest.skip(told)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An empty office; a module that wants papers in it builds its own fixture of this name upon it."""
    return new_office(tmp_path / "office")
