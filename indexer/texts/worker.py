"""The child process: a path a line comes in; beats and at last a Text go out, each framed by its length. It may die.

A frame is four bytes of length and as many of JSON; length nought is a beat: a page is done, the work goes on.
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from indexer.texts.jobs import Recogniser
from indexer.texts.parsers import parse_with
from indexer.texts.wire import as_json
from model.texts import Text, TextState

MEMORY = 1536 << 20  # bytes of address space
MEMORY_OCR = 4 << 30  # of which the models' threads only reserve most
_FILES = 128  # open at once
LENGTH = struct.Struct("<I")


def main() -> None:
    """Serve until standard input ends. Arguments: CPU seconds a file (or a recognised page) may take, and `ocr`."""
    seconds, ocr = int(sys.argv[1]), "ocr" in sys.argv[2:]
    _limit(MEMORY_OCR if ocr else MEMORY)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what a library prints must not look like an answer
    beat = _beat(answers, seconds)
    parse = parse_with(_recogniser() if ocr else None, beat)
    for line in sys.stdin:
        _allow(seconds)
        told = as_json(read(Path(json.loads(line)), parse))
        answers.write(LENGTH.pack(len(told)) + told)
        answers.flush()


def read(path: Path, parse: Callable[[bytes], Text]) -> Text:
    """Read one file; what the parser does not turn into a state itself is turned here."""
    try:
        return parse(path.read_bytes())
    except (MemoryError, RecursionError):
        return Text(TextState.LIMIT, why="文件展开后太大")
    except Exception:
        return Text(TextState.UNREADABLE, why="文件损坏或不完整")


def _recogniser() -> Recogniser:
    from indexer.texts.ocr import Ocr

    return Ocr()


def _beat(answers: BinaryIO, seconds: int) -> Callable[[], None]:
    def beat() -> None:
        _allow(seconds)
        answers.write(LENGTH.pack(0))
        answers.flush()

    return beat


def _allow(seconds: int) -> None:
    """So many CPU seconds from now; the system ends a process that takes more."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))


def _limit(memory: int) -> None:
    """Bounds of the whole process; where the system knows none, the parent's clock is the only one."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (_FILES, _FILES))


if __name__ == "__main__":
    main()
