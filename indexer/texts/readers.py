"""Texts of files, read by a warm pool of workers; what has no characters of its own goes on to the one that recognises."""

from __future__ import annotations

import os
import queue
import stat
import tempfile
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType

from indexer.texts.workers import Worker
from model.errors import reason
from model.texts import PageState, Text, TextState

SECONDS = 60.0
LARGEST = 500 << 20
_MOST, _MOST_OCR = 300.0, 3600.0  # seconds for a whole file
_WORKERS = 4


def ocr_installed() -> bool:
    """Whether pictures can be recognised here (`juanzong[ocr]`)."""
    return all(find_spec(name) for name in ("rapidocr", "onnxruntime"))


class Readers:
    """Reads texts in child processes; a context manager, for several threads. One bad file never stops the next.

    seconds: without a sign of life; workers: at most so many at once (`read_all`); ocr: recognise where it is installed.
    """

    def __init__(self, seconds: float = SECONDS, *, workers: int | None = None, ocr: bool = True) -> None:
        self._count = workers or min(_WORKERS, os.cpu_count() or 1)
        self._workers = [Worker(seconds, max(seconds, _MOST)) for _ in range(self._count)]
        self._idle: queue.LifoQueue[Worker] = queue.LifoQueue()  # the last used is the warm one
        for worker in reversed(self._workers):
            self._idle.put(worker)
        self._recogniser = Worker(2 * seconds, _MOST_OCR, ocr=True) if ocr and ocr_installed() else None
        self._recognising = threading.Lock()  # one at a time: a page takes both a gigabyte and the processor

    def __enter__(self) -> Readers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.stop()
        if self._recogniser:
            self._recogniser.stop()

    def read(self, source: Path | bytes) -> Text:
        """The text of one file, or the state its reading ended in. Never raises for what is in the file."""
        with _as_path(source) as path:
            if refused := _refused(path):
                return refused
            worker = self._idle.get()
            try:
                text = worker.read(path.absolute())
            finally:
                self._idle.put(worker)
            if self._recogniser and _needs_recognition(text):
                return self._recognise(path.absolute(), text)
            return text

    def read_all(self, sources: Iterable[Path | bytes]) -> Iterator[Text]:
        """The texts of many files in their order, several read at once; only a few wait to be taken."""
        with ThreadPoolExecutor(self._count) as pool:
            waiting: deque[Future[Text]] = deque()
            for source in sources:
                waiting.append(pool.submit(self.read, source))
                if len(waiting) > 2 * self._count:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def _recognise(self, path: Path, text: Text) -> Text:
        """The text with its pictures recognised; what was read without stays where recognising fails."""
        assert self._recogniser
        with self._recognising:
            found = self._recogniser.read(path)
        if found.state in (TextState.OK, TextState.EMPTY):
            return found
        why = f"图像没有识别出来：{found.why}"
        return Text(text.state, text.pages, why, text.reader, text.members, text.remarks)


def _needs_recognition(text: Text) -> bool:
    return any(page.state in (PageState.IMAGE, PageState.GARBLED) for page in text.pages)


@contextmanager
def _as_path(source: Path | bytes) -> Iterator[Path]:
    if isinstance(source, Path):
        yield source
        return
    with tempfile.NamedTemporaryFile(prefix="juanzong-", delete=False) as file:
        file.write(source)
    try:
        yield Path(file.name)
    finally:
        Path(file.name).unlink(missing_ok=True)


def _refused(path: Path) -> Text | None:
    """The state of what is no file to read at all."""
    try:
        about = path.stat()
    except OSError as error:
        return Text(TextState.UNREADABLE, why=reason(error))
    if not stat.S_ISREG(about.st_mode):
        return Text(TextState.UNREADABLE, why="不是普通文件")
    if about.st_size > LARGEST:
        return Text(TextState.LIMIT, why=f"文件超过 {LARGEST >> 20} MB，未读其中的文字")
    return None
