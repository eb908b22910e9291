"""Ink on a rendered page: where signs really stand, whatever their faces say of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCALE = 8.0
"""Pixels a point: an eighth of a point is 0.04 mm."""

_DARK = 160

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in points from the page's upper left corner."""


@dataclass(slots=True)
class Ink:
    """The pages of a PDF as pictures, made piece by piece."""

    path: Path
    _opened: Any = None

    def __enter__(self) -> Ink:
        import pypdfium2

        self._opened = pypdfium2.PdfDocument(self.path)
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def within(self, page: int, box: Box) -> Box | None:
        """What is dark inside a box of page `page` (from 0); None where nothing is."""
        drawn = self._opened[page]
        width, height = drawn.get_size()
        left, top, right, bottom = max(0.0, box[0]), max(0.0, box[1]), min(width, box[2]), min(height, box[3])
        if right - left < 0.5 or bottom - top < 0.5:
            return None
        crop = (left, height - bottom, width - right, top)
        picture = drawn.render(scale=SCALE, crop=crop).to_pil().convert("L").point(lambda grey: 255 * (grey < _DARK))
        found = picture.getbbox()
        if found is None:
            return None
        x0, y0, x1, y1 = (value / SCALE for value in found)
        return left + x0, top + y0, left + x1, top + y1
