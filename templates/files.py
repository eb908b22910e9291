"""Where the shipped data files lie."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def path(*parts: str) -> Path:
    """The shipped file or folder of that name, e.g. `path("layout", "standard.toml")`."""
    return _HERE.joinpath(*parts)
