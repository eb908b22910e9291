"""The parent's side: one warm worker, a time limit for each file, a new worker after any failure."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import stat
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from types import TracebackType

from indexer.texts.wire import from_json
from model.errors import reason
from model.texts import Text, TextState

SECONDS = 60.0
LARGEST = 500 << 20
_LIFE = 500  # files a worker reads before it is replaced


class Readers:
    """Reads texts in a child process; a context manager. One bad file never stops the next."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()
        self._served = 0

    def __enter__(self) -> Readers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def read(self, source: Path | bytes) -> Text:
        """The text of one file, or the state its reading ended in. Never raises for what is in the file."""
        if isinstance(source, Path):
            return self._read_path(source)
        with tempfile.NamedTemporaryFile(prefix="juanzong-", delete=False) as file:
            file.write(source)
        try:
            return self._read_path(Path(file.name))
        finally:
            Path(file.name).unlink(missing_ok=True)

    def _read_path(self, path: Path) -> Text:
        try:
            about = path.stat()
            if not stat.S_ISREG(about.st_mode):
                return Text(TextState.UNREADABLE, why="不是普通文件")
            if about.st_size > LARGEST:
                return Text(TextState.LIMIT, why=f"文件超过 {LARGEST >> 20} MB，未读其中的文字")
        except OSError as error:
            return Text(TextState.UNREADABLE, why=reason(error))
        answer = self._ask(json.dumps(str(path.resolve())))
        if answer is None:
            self._stop()
            return Text(TextState.LIMIT, why=f"读了 {self._seconds:.0f} 秒还没有读完")
        if not answer:
            self._stop()
            return Text(TextState.CRASHED, why="这个文件让解析程序崩溃了")
        return from_json(answer)

    def _ask(self, question: str) -> str | None:
        """The worker's answer; "" when it died, None when it took too long."""
        if self._process is None or self._process.poll() is not None or self._served >= _LIFE:
            self._stop()
            self._start()
        self._served += 1
        assert self._process is not None
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(question + "\n")
            self._process.stdin.flush()
            return self._answers.get(timeout=self._seconds)
        except queue.Empty:
            return None
        except OSError:
            return ""

    def _start(self) -> None:
        root = str(Path(__file__).resolve().parents[2])
        self._process = subprocess.Popen(
            [sys.executable, "-m", "indexer.texts.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env=os.environ | {"PYTHONPATH": root, "PYTHONUTF8": "1"},
            start_new_session=True,
        )
        self._answers, self._served = queue.Queue(), 0
        threading.Thread(target=_pump, args=(self._process, self._answers), daemon=True).start()

    def _stop(self) -> None:
        if self._process is None:
            return
        process, self._process = self._process, None
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):  # what was still to be written has no reader any more
                if pipe:
                    pipe.close()


def _pump(process: subprocess.Popen[str], answers: queue.Queue[str]) -> None:
    """Hand on the worker's lines; an empty one says that it is gone."""
    assert process.stdout is not None
    try:
        for line in process.stdout:
            answers.put(line)
    except ValueError:  # closed by the parent
        return
    answers.put("")
