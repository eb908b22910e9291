"""One child process from the parent's side: started when first asked, its whole group ended on any failure."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO

from indexer.texts.wire import from_json
from indexer.texts.worker import LENGTH
from model.texts import Text, TextState

LIFE = 500  # files a worker reads before it is replaced
_LARGEST = 256 << 20  # bytes of an answer: a worker gone wild must not fill the parent
_FAILED = (TextState.LIMIT, TextState.CRASHED, TextState.UNREADABLE)
_UNOPENED = (
    "unknown",
    "broken",
    "archive",
    "works",
)  # told by the first bytes: no library was at work that could have suffered
_GONE = object()


class Worker:
    """Reads one file after another in a process of its own. Not for two threads at once."""

    def __init__(self, seconds: float, most: float, *, ocr: bool = False) -> None:
        """`seconds`: without a sign of life, of CPU and of the clock; `most`: for a whole file."""
        self._seconds, self._most, self._ocr = seconds, most, ocr
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[object] = queue.Queue()
        self._served = 0

    def read(self, path: Path) -> Text:
        """The text of the file at `path`, or the state its reading ended in."""
        if self._process is None or self._process.poll() is not None or self._served >= LIFE:
            self.stop()
            self._start()
        self._served += 1
        text = self._ask(path)
        if text.state in _FAILED and text.reader not in _UNOPENED:
            self.stop()
        return text

    def _ask(self, path: Path) -> Text:
        assert self._process is not None
        assert self._process.stdin is not None
        until = time.monotonic() + self._most
        try:
            self._process.stdin.write((json.dumps(str(path)) + "\n").encode())
            self._process.stdin.flush()
            while True:
                answer = self._answers.get(timeout=max(0.0, min(self._seconds, until - time.monotonic())))
                if answer is _GONE:
                    return self._died()
                if answer:
                    assert isinstance(answer, bytes)
                    return from_json(answer)
        except queue.Empty:
            return Text(TextState.LIMIT, why=f"读了 {self._seconds:.0f} 秒没有进展，没有读完")
        except (OSError, ValueError):
            return self._died()

    def _died(self) -> Text:
        """What ended the worker: the system, for the CPU it took, or the file."""
        assert self._process is not None
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=5)
        if self._process.returncode == -getattr(signal, "SIGXCPU", 0) != 0:
            return Text(TextState.LIMIT, why=f"占用处理器超过 {self._seconds:.0f} 秒，没有读完")
        return Text(TextState.CRASHED, why="这个文件让解析程序崩溃了")

    def _start(self) -> None:
        root = str(Path(__file__).resolve().parents[2])
        command = [sys.executable, "-m", "indexer.texts.worker", str(max(1, round(self._seconds)))]
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [*command, *(["ocr"] if self._ocr else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": root, "PYTHONUTF8": "1", "OMP_NUM_THREADS": "2"},
            start_new_session=True,
        )
        self._answers, self._served = queue.Queue(), 0
        threading.Thread(target=_pump, args=(self._process.stdout, self._answers), daemon=True).start()

    def stop(self) -> None:
        """End the process and all that it started; it may be asked again, then another is started."""
        if self._process is None:
            return
        process, self._process = self._process, None
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError, ValueError):  # what was still to be written has no reader any more
                if pipe:
                    pipe.close()


def _pump(stream: IO[bytes] | None, answers: queue.Queue[object]) -> None:
    """Hand on the worker's frames; the last thing says that it is gone."""
    assert stream is not None
    with contextlib.suppress(OSError, ValueError):  # closed by the parent
        while len(head := stream.read(LENGTH.size)) == LENGTH.size:
            (length,) = LENGTH.unpack(head)
            if length > _LARGEST:
                break
            body = stream.read(length)
            if len(body) < length:
                break
            answers.put(body)
    answers.put(_GONE)
