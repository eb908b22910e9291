"""Make docs/pictures/specimens.png and formats.png again: the specimens of docs/specimens as LibreOffice sets them.

The type area is outlined in the first.

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
FORMATS = (2, 11, 12, 8)
"""Figures of one paper of each format."""


def main() -> None:
    """Write, render, draw, lay side by side in the order of the figures."""
    layout, drawn, plain = load_layout(), [], {}
    with tempfile.TemporaryDirectory() as name:
        for number, path in sorted(
            (int(re.findall(r"\d+", p.stem)[0]), p) for p in (ROOT / "docs/specimens").glob("*")
        ):
            paper = Path(name) / f"{number}.docx"
            paper.write_bytes(write(parse(path.read_text(encoding="utf-8"), path.name)[0], layout))
            (pdf,) = to_pdf((paper,), Path(name))
            plain[number] = picture(pdf, PAGES.get(number, 0))
            drawn.append(outlined(plain[number].copy()))
    side_by_side(drawn).save(ROOT / "docs/pictures/specimens.png", optimize=True)
    formats = side_by_side([plain[number] for number in FORMATS])
    smaller = formats.convert("RGB").resize((formats.width * 2 // 3, formats.height * 2 // 3), Image.Resampling.LANCZOS)
    smaller.quantize(24).save(ROOT / "docs/pictures/formats.png", optimize=True)


def side_by_side(drawn: list[Image.Image]) -> Image.Image:
    """Pages on one sheet, in few colours."""
    wide, high = drawn[0].size
    sheet = Image.new("RGB", (wide * ACROSS, high * -(-len(drawn) // ACROSS)), "white")
    for place, page in enumerate(drawn):
        sheet.paste(page, (place % ACROSS * wide, place // ACROSS * high))
    return sheet.quantize(24)


def picture(pdf: Path, page: int) -> Image.Image:
    """One page with its edges."""
    document = pypdfium2.PdfDocument(pdf)
    image: Image.Image = document[page % len(document)].render(scale=DPI / 72).to_pil().convert("RGB")
    ImageDraw.Draw(image).rectangle((0, 0, image.width - 1, image.height - 1), outline="#c8c8c8")
    return image


def outlined(image: Image.Image) -> Image.Image:
    """A page with its type area outlined."""
    ImageDraw.Draw(image).rectangle([round(edge / 25.4 * DPI) for edge in AREA], outline="#9db4d0")
    return image


if __name__ == "__main__":
    main()
