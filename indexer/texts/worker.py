"""The child process: a path a line comes in, a Text a line goes out as JSON. It may die; the parent takes another."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path

from indexer.texts.parsers import parse
from indexer.texts.wire import as_json
from model.texts import Text, TextState

MEMORY = 2 << 30  # bytes of address space
_ENCRYPTED = ("password", "encrypted", "incorrect password")


def main() -> None:
    """Serve until standard input ends."""
    _limit_memory()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what a library prints must not look like an answer
    for line in sys.stdin:
        answers.write(as_json(read(Path(json.loads(line)))) + "\n")
        answers.flush()


def read(path: Path) -> Text:
    """Read one file; whatever a parser raises becomes a state."""
    try:
        return parse(path.read_bytes())
    except MemoryError:
        return Text(TextState.LIMIT, why="文件展开后太大")
    except Exception as error:
        told = f"{type(error).__name__}: {error}".lower()
        if any(word in told for word in _ENCRYPTED):
            return Text(TextState.ENCRYPTED, why="有密码，打不开")
        return Text(TextState.UNREADABLE, why=f"文件损坏或不完整（{type(error).__name__}）")


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    main()
