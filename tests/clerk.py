"""What tests at the counter share: an office, and commands given there as a clerk gives them, their answers read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from cli import cli
from desk.answers.base import error_json
from model.errors import JuanzongError

DAY = "2026-03-06"
"""The day on which everything is done that names no other."""


def new_office(folder: Path) -> Path:
    """An office with a 全宗号 and nothing in it."""
    run(folder, "init", str(folder), "--name", "青岚县教育局", "--fonds", "Z109")
    return folder


def run(office: Path, *words: str, on: str = DAY) -> tuple[int, dict[str, Any]]:
    """The exit code and the answer of a command. What it refuses is raised, as the house's own error."""
    said = () if "--on" in words else ("--on", on)
    outcome = CliRunner().invoke(cli, [*words, "--json", "-C", str(office), *said])
    if outcome.exception and not isinstance(outcome.exception, SystemExit):
        raise outcome.exception
    return outcome.exit_code, json.loads(outcome.stdout)


def attempt(office: Path, *words: str) -> tuple[int, dict[str, Any]]:
    """As `run`; what it refuses is told as the counter tells it."""
    try:
        return run(office, *words)
    except JuanzongError as error:
        return error.exit_code, error_json(error)
