"""Recognition of scanned pages against the known words: clean, noisy, sealed, turned."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from bench import making

if TYPE_CHECKING:
    from PIL.Image import Image

_DPI = 200
_LINES = (*making.TITLE, *making.BODY, "青山县教育局", "2026年3月5日")


def main(folder: Path) -> None:
    """Print accuracy, the share of Han characters and CPU seconds of each kind of page."""
    from indexer.texts.ocr import Ocr

    page = drawn(folder)
    if page is None:
        print("no OCR figures: LibreOffice is not installed")
        return
    recognise = Ocr()
    wanted = "".join(_LINES)
    print(f"\n{'page of A4 at 200 dpi':30}{'accuracy':>10}{'recall':>10}{'score':>8}{'CPU-s':>8}")
    for name, picture in kinds(page):
        start = time.process_time()
        found = recognise(picture)
        used = time.process_time() - start
        got = "".join(found.lines)
        print(f"{name:30}{accuracy(wanted, got):10.4f}{making.recall(wanted, got):10.4f}{found.score:8.3f}{used:8.1f}")


def drawn(folder: Path) -> Image | None:
    """The notice as a picture of its page."""
    import shutil
    import subprocess

    import docx
    import pypdfium2

    if not shutil.which("soffice"):
        return None
    document = docx.Document()
    for line in _LINES:
        document.add_paragraph(line)
    document.save(str(folder / "扫描.docx"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / "扫描.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    page = pypdfium2.PdfDocument(folder / "扫描.pdf")[0]
    picture: Image = page.render(scale=_DPI / 72).to_pil().convert("RGB")
    return picture


def kinds(page: Image) -> Iterator[tuple[str, Image]]:
    """The page as scanners and clerks give it."""
    turns: tuple[tuple[str, Callable[[Image], Image]], ...] = (
        ("clean", lambda picture: picture),
        ("noisy: skew, blur, noise, grey", noisy),
        ("red seal over the signature", sealed),
        ("turned by 90 degrees", lambda picture: picture.rotate(90, expand=True)),
        ("turned by 180 degrees", lambda picture: picture.rotate(180)),
        ("turned by 270, noisy, sealed", lambda picture: noisy(sealed(picture)).rotate(270, expand=True)),
    )
    for name, turn in turns:
        yield name, turn(page)


def noisy(page: Image) -> Image:
    """1.3 degrees of skew, blur, noise and a grey ground."""
    from PIL import Image, ImageFilter

    turned = page.rotate(1.3, expand=False, fillcolor="white", resample=Image.Resampling.BICUBIC)
    blurred = turned.filter(ImageFilter.GaussianBlur(0.9))
    grey = Image.new("RGB", page.size, (225, 222, 215))
    noise = Image.effect_noise(page.size, 40).convert("RGB")
    return Image.blend(Image.blend(blurred, grey, 0.18), noise, 0.12)


def sealed(page: Image) -> Image:
    """A round red seal with a star and words around it, over the last lines, as ink lets the letters through."""
    from PIL import Image, ImageChops, ImageDraw, ImageFont

    side = round(42 / 25.4 * _DPI)
    seal = Image.new("RGB", (side, side), "white")
    pen = ImageDraw.Draw(seal)
    middle = side / 2
    pen.ellipse((4, 4, side - 5, side - 5), outline=(210, 20, 30), width=9)
    points = [(middle + r * math.sin(n * math.pi / 5), middle - r * math.cos(n * math.pi / 5))
              for n, r in enumerate([50, 20] * 5)]  # fmt: skip
    pen.polygon(points, fill=(210, 20, 30))
    for a, b in pairwise([*points, points[0]]):
        pen.line((*a, *b), fill=(210, 20, 30))
    face = ImageFont.truetype(_face(), 40)
    for number, character in enumerate("青山县教育局"):
        angle = math.radians(-75 + 30 * number)
        glyph = Image.new("RGB", (56, 56), "white")
        ImageDraw.Draw(glyph).text((8, 2), character, font=face, fill=(210, 20, 30))
        glyph = glyph.rotate(-math.degrees(angle), fillcolor="white")
        at = (round(middle + 120 * math.sin(angle) - 28), round(middle - 120 * math.cos(angle) - 28))
        seal.paste(ImageChops.multiply(glyph, seal.crop((*at, at[0] + 56, at[1] + 56))), at)
    last = _lowest_ink(page)
    at = (round(page.width * 0.12), max(0, last - side // 2 - 30))
    over = Image.new("RGB", page.size, "white")
    over.paste(seal, at)
    return ImageChops.multiply(page, over)


def _lowest_ink(page: Image) -> int:
    from PIL import ImageOps

    box = ImageOps.invert(page.convert("L")).getbbox()
    return box[3] if box else page.height // 2


def _face() -> str:
    import subprocess

    told = subprocess.run(["fc-match", "-f", "%{file}", "Noto Sans CJK SC"], capture_output=True, check=True)
    return told.stdout.decode()


def accuracy(wanted: str, got: str) -> float:
    """1 less the edit distance over the length; blanks ignored, widths folded."""
    from indexer.folding import fold

    one, other = ("".join(fold(text).split()) for text in (wanted, got))
    row = list(range(len(other) + 1))
    for number, character in enumerate(one, 1):
        before, row[0] = row[0], number
        for place, found in enumerate(other, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (character != found))
    return 1 - row[-1] / len(one)


if __name__ == "__main__":
    import tempfile

    random.seed(9704)
    with tempfile.TemporaryDirectory() as work:
        main(Path(work))
