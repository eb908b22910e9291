"""Cold start: `juanzong --help` beside `python -c "import click"`, and one paper drafted beside importing python-docx."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.timing import commands_ms
from desk.offices import init_office
from templates import files

CAMPAIGN = "san-cha-san-bao-2026"


def main() -> None:
    """Print each and its ratio (promised: `--help` at most 2; a draft at most 500 ms)."""
    python, cli = sys.executable, str(Path(__file__).resolve().parent.parent / "cli.py")
    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder) / "单位"
        init_office(office, name="青岚县教育局", short="县教育局", fonds=None)
        (office / "campaigns" / "三查三保.yaml").write_bytes(files.path("example", "campaign.yaml").read_bytes())
        draft = [python, cli, "-C", str(office), "draft", CAMPAIGN, "实施方案", "--on", "2026-03-03"]
        click, ours, docx, drafted = commands_ms(
            ([python, "-c", "import click"], [python, cli, "--help"], [python, "-c", "import docx"], draft)
        )
    print(f"import click        {click:6.1f} ms CPU")
    print(f"juanzong --help     {ours:6.1f} ms CPU   ratio {ours / click:.2f}")
    print(f"import docx         {docx:6.1f} ms CPU")
    print(f"juanzong draft      {drafted:6.1f} ms CPU   ratio {drafted / docx:.2f}")
