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

        pixels = numpy.asarray(picture)[:, :, ::-1]  # the engine takes blue first
        boxes = self._boxes(pixels)
        if layout.lies_on_side(boxes):
            pixels = numpy.ascontiguousarray(numpy.rot90(pixels))
            boxes = self._boxes(pixels)
        if self._on_head(pixels, boxes):
            pixels = numpy.ascontiguousarray(numpy.rot90(pixels, 2))
            boxes = self._boxes(pixels)
        return layout.in_order(boxes)

    def _boxes(self, pixels: Any) -> tuple[layout.Box, ...]:
        found = self._loaded()(pixels)
        if found.boxes is None or found.txts is None:
            return ()
        told = zip(found.boxes.tolist(), found.txts, found.scores, strict=True)
        return tuple(layout.Box(tuple(map(tuple, corners)), text, float(score)) for corners, text, score in told)

    def _on_head(self, pixels: Any, boxes: tuple[layout.Box, ...]) -> bool:
        """Whether most of the longest lines had to be turned to be read."""
        import numpy
        from rapidocr.utils.process_img import get_rotate_crop_image

        longest = sorted(boxes, key=lambda box: -box.width)[:_LOOKED_AT]
        if not longest:
            return False
        crops = [get_rotate_crop_image(pixels, numpy.array(box.corners, dtype=numpy.float32)) for box in longest]
        _, told = self._loaded().cls_and_rotate(crops)
        turned = sum(label == "180" and score > 0.9 for label, score in told.cls_res)
        return bool(turned * 2 > len(longest))

    def _loaded(self) -> Any:
        if self._engine is None:
            from rapidocr import RapidOCR

            logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
            threads = min(_THREADS, os.cpu_count() or 1)
            self._engine = RapidOCR(
                params={
                    "Global.log_level": "critical",
                    "Global.text_score": _LEAST,
                    "Global.max_side_len": _SIDE,
                    "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                }
            )
        return self._engine
