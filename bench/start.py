"""Cold start: `juanzong --help` beside `python -c "import click"`."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.timing import commands_ms


def main() -> None:
    """Print both and their ratio (promised: at most 2)."""
    cli = str(Path(__file__).resolve().parent.parent / "cli.py")
    click, ours = commands_ms(([sys.executable, "-c", "import click"], [sys.executable, cli, "--help"]))
    print(f"import click      {click:6.1f} ms CPU")
    print(f"juanzong --help   {ours:6.1f} ms CPU   ratio {ours / click:.2f}")
