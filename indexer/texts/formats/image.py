"""Pictures (.jpg .png .tif .bmp .gif .webp): words by recognition alone, a page a frame."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from indexer.texts.jobs import Job, TooLarge, Unreadable
from model.texts import PageState, TextPage

_PIXELS = 100_000_000  # of one picture; a page of A3 at 600 dpi has 70 million
_FRAMES = 500


def read(content: bytes, job: Job) -> Iterator[TextPage]:
    """A page a frame; without recognition the state says so."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = _PIXELS
    try:
        with Image.open(BytesIO(content)) as picture:
            frames = min(getattr(picture, "n_frames", 1), _FRAMES)
            if picture.size[0] * picture.size[1] > _PIXELS:
                raise TooLarge("图片太大")
            for number in range(frames):
                label = f"第{number + 1}页" if frames > 1 else ""
                if job.recognise is None:
                    yield TextPage(label, (), PageState.IMAGE)
                    continue
                picture.seek(number)
                found = job.recognise(picture.convert("RGB"))
                job.beat()
                state = PageState.OCR if found.lines else PageState.BLANK
                yield TextPage(label, job.blocks(found.lines), state, found.score)
    except UnidentifiedImageError as error:
        raise Unreadable("图片损坏或不完整") from error
    except Image.DecompressionBombError as error:
        raise TooLarge("图片太大") from error
