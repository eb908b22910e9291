"""Make docs/pictures/specimens.png again: the specimens of docs/specimens as LibreOffice sets them, the type area outlined.

Run from the project's folder: .venv/bin/python scripts/pictures.py
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from generators.marking.markup import parse  # noqa: E402
from generators.pages.layout import load_layout  # noqa: E402
from generators.pages.writer import write  # noqa: E402
from generators.rendered.rendering import to_pdf  # noqa: E402

DPI, ACROSS = 96, 4
PAGES = {5: -1, 6: -1, 7: -1, 8: -1, 9: 1, 10: -1}
"""Which page a figure of the standard shows where it is not the first; -1 is the last."""
AREA = (28, 37, 184, 262)  # mm


def main() -> None:
    """Write, render, draw, lay side by side in the order of the figures."""
    layout, drawn = load_layout(), []
    with tempfile.TemporaryDirectory() as name:
        for number, path in sorted(
            (int(re.findall(r"\d+", p.stem)[0]), p) for p in (ROOT / "docs/specimens").glob("*")
        ):
            paper = Path(name) / f"{number}.docx"
            paper.write_bytes(write(parse(path.read_text(encoding="utf-8"), path.name)[0], layout))
            (pdf,) = to_pdf((paper,), Path(name))
            drawn.append(picture(pdf, PAGES.get(number, 0)))
    wide, high = drawn[0].size
    sheet = Image.new("RGB", (wide * ACROSS, high * -(-len(drawn) // ACROSS)), "white")
    for place, page in enumerate(drawn):
        sheet.paste(page, (place % ACROSS * wide, place // ACROSS * high))
    sheet.quantize(24).save(ROOT / "docs/pictures/specimens.png", optimize=True)


def picture(pdf: Path, page: int) -> Image.Image:
    """One page with its edges and its type area outlined."""
    document = pypdfium2.PdfDocument(pdf)
    image: Image.Image = document[page % len(document)].render(scale=DPI / 72).to_pil().convert("RGB")
    pen = ImageDraw.Draw(image)
    pen.rectangle([round(edge / 25.4 * DPI) for edge in AREA], outline="#9db4d0")
    pen.rectangle((0, 0, image.width - 1, image.height - 1), outline="#c8c8c8")
    return image


if __name__ == "__main__":
    main()
