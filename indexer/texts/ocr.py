"""Words out of pictures by RapidOCR, whose models lie inside its package: nothing is fetched. The one door to it."""

from __future__ import annotations

import logging
import os
from typing import Any

from indexer.texts import ocr_layout as layout
from indexer.texts.jobs import Recognised

_THREADS = 2
_LEAST = 0.5  # score below which a line is no line
_SIDE = 2000  # pixels of the longer side that a line is looked for in
_LOOKED_AT = 12  # lines by which it is told whether the page stands on its head


class Ocr:
    """A recogniser; loading it takes seconds and half a gigabyte, so it is done when the first picture comes."""

    def __init__(self) -> None:
        self._engine: Any = None

    def __call__(self, picture: object) -> Recognised:
        """The lines of one picture (PIL), turned upright and put into reading order, with their mean score."""
        import numpy

        pixels = numpy.ascontiguousarray(numpy.asarray(picture)[:, :, ::-1])  # the engine takes blue first
        found = self._find(pixels)
        if layout.lies_on_side(found):
            pixels = numpy.ascontiguousarray(numpy.rot90(pixels))
            found = self._find(pixels)
        crops = [_cut(pixels, corners) for corners in found]
        if self._on_head(found, crops):
            height, width = pixels.shape[:2]
            found = [layout.turned(corners, width, height) for corners in found]
            crops = [numpy.ascontiguousarray(numpy.rot90(crop, 2)) for crop in crops]
        return layout.in_order(self._read(found, crops))

    def _find(self, pixels: Any) -> list[layout.Corners]:
        """Where lines stand."""
        found = self._loaded()(pixels, use_det=True, use_cls=False, use_rec=False).boxes
        return [] if found is None else [tuple((float(x), float(y)) for x, y in corners) for corners in found]

    def _on_head(self, found: list[layout.Corners], crops: list[Any]) -> bool:
        """Whether most of the longest lines are upside down: of single lines the engine is not sure, of the page it is."""
        longest = sorted(range(len(found)), key=lambda place: -layout.width(found[place]))[:_LOOKED_AT]
        if not longest:
            return False
        _, told = self._loaded().cls_and_rotate([crops[place].copy() for place in longest])
        turned = sum(label == "180" and score > 0.9 for label, score in told.cls_res)
        return bool(turned * 2 > len(longest))

    def _read(self, found: list[layout.Corners], crops: list[Any]) -> tuple[layout.Box, ...]:
        """The words of each line; what is hardly one is left out."""
        if not crops:
            return ()
        read = self._loaded().recognize_txt(crops)
        told = zip(found, read.txts, read.scores, strict=True)
        return tuple(
            layout.Box(corners, text, float(score)) for corners, text, score in told if score >= _LEAST and text.strip()
        )

    def _loaded(self) -> Any:
        if self._engine is None:
            from rapidocr import RapidOCR

            logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
            threads = min(_THREADS, os.cpu_count() or 1)
            self._engine = RapidOCR(
                params={
                    "Global.log_level": "critical",
                    "Global.max_side_len": _SIDE,
                    "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                }
            )
        return self._engine


def _cut(pixels: Any, corners: layout.Corners) -> Any:
    """One line cut out of the page and put straight."""
    import numpy
    from rapidocr.utils.process_img import get_rotate_crop_image

    return get_rotate_crop_image(pixels, numpy.array(corners, dtype=numpy.float32))
