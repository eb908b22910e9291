"""CPU time of calls and of whole commands, as medians."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence


def call_ms(call: Callable[[], object], times: int, runs: int = 5) -> float:
    """CPU milliseconds of one call: the median of runs, each the mean of `times` calls, after one warm call."""
    call()
    told = []
    for _ in range(runs):
        start = time.process_time()
        for _ in range(times):
            call()
        told.append((time.process_time() - start) / times * 1000)
    return statistics.median(told)


def commands_ms(commands: Sequence[Sequence[str]], runs: int = 15) -> list[float]:
    """CPU milliseconds of whole commands, interleaved so that a busy machine slows all alike: a median each.

    Compiled modules are kept, as where the program is installed.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    told: list[list[float]] = [[] for _ in commands]
    for _ in range(runs):
        for place, command in enumerate(commands):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=environment)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            told[place].append(used * 1000)
    return [statistics.median(values) for values in told]
