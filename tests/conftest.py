"""Tests that render pages need LibreOffice: elsewhere they are skipped with the reason, under CI that is a failure."""

import os
import shutil

import pytest

TOOLS = ("soffice", "pdftoppm", "fc-list")


def pytest_runtest_setup(item: pytest.Item) -> None:
    lacking = [tool for tool in TOOLS if not shutil.which(tool)]
    if item.get_closest_marker("render") and lacking:
        told = f"{'、'.join(lacking)} not installed: run scripts/install-tools.sh as root"
        if os.environ.get("CI") == "true":
            pytest.fail(told)
        pytest.skip(told)
