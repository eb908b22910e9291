"""Pictures of a PDF's pages, drawn in a child process with limits: `python -m generators.rendered.picturing PDF FOLDER DPI FIRST LAST`."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

from model.errors import Refused

SECONDS = 120.0
MEMORY = 1536 << 20
_LONGEST = 6000  # pixels of the longer side


def pictures(pdf: Path, folder: Path, *, dpi: int = 110, first: int = 1, last: int | None = None) -> tuple[Path, ...]:
    """PNG pictures `第N页.png` of the pages from `first` to `last` (to the end) in `folder`, in their order.

    Raises Refused when the file cannot be drawn within the limits.
    """
    command = [sys.executable, "-m", "generators.rendered.picturing", str(pdf.resolve()), str(folder.resolve())]
    root = str(Path(__file__).resolve().parents[2])
    remedy = "请改用别的程序打开看看"
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [*command, str(dpi), str(first), str(last or 0)],
            capture_output=True,
            timeout=SECONDS,
            env=os.environ | {"PYTHONPATH": root, "PYTHONUTF8": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused("没有画出页面", pdf.name, f"超过 {SECONDS:.0f} 秒", remedy) from None
    if done.returncode:
        raise Refused("没有画出页面", pdf.name, "PDF 损坏、有密码或者太大", remedy)
    return tuple(folder / name for name in done.stdout.decode().split())


def main() -> None:
    """Draw; the names of the pictures go to standard output."""
    import pypdfium2

    pdf, folder, dpi, first, last = sys.argv[1:]
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (int(SECONDS), int(SECONDS)))
    document = pypdfium2.PdfDocument(pdf)
    for number in range(int(first), min(int(last) or len(document), len(document)) + 1):
        page = document[number - 1]
        scale = min(int(dpi) / 72, _LONGEST / max(page.get_size()))
        page.render(scale=scale).to_pil().save(Path(folder) / f"第{number}页.png")
        print(f"第{number}页.png")


if __name__ == "__main__":
    main()
