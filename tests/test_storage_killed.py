"""Real processes killed with SIGKILL, at every counted system call and at any moment; disks that are full or fail; two at once.

The commands run as a clerk runs them, under `strace`, which kills or fails the n-th call of a kind: Python's own and SQLite's.
`JUANZONG_SWEEP=full` tries every call, else a few of each command.
"""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from clerk import DAY, attempt, new_office

from archive import mirroring
from storage.ocfl import ObjectStore

ROOT = Path(__file__).resolve().parent.parent
FULL = os.environ.get("JUANZONG_SWEEP") == "full"
CALLS = "write,pwrite64,fsync,fdatasync,ftruncate,rename,mkdir,unlink,rmdir,unlinkat"
DONE = (0, 1)  # 1: done, with findings
ENVIRONMENT = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "JUANZONG_WHO": "张三", "PYTHONUTF8": "1"}


def command(office: Path, *words: str) -> list[str]:
    return [sys.executable, str(ROOT / "cli.py"), "-C", str(office), *words, "--on", DAY]


def traced(log: Path, inject: str, told: list[str]) -> subprocess.CompletedProcess[str]:
    strace = ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={CALLS}", *(("-e", inject) if inject else ())]
    return subprocess.run([*strace, *told], env=ENVIRONMENT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def strace() -> None:
    usable = shutil.which("strace") and subprocess.run(["strace", "-qq", "true"], check=False).returncode == 0
    if not usable:
        told = "strace is not installed or may not trace here: run scripts/install-tools.sh as root"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(told)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an office of two records and a ledger, its mirror, and what is to be filed next."""
    folder = tmp_path_factory.mktemp("before")
    office = new_office(folder / "office")
    for name, count in (("旧", 2), ("新", 3)):
        (folder / name).mkdir()
        for number in range(count):
            (folder / name / f"{name}通知{number}.txt").write_text(f"{name}通知第 {number} 号", encoding="utf-8")
    (folder / "盖章.txt").write_text("盖了章的旧通知", encoding="utf-8")
    attempt(office, "campaign", "add", str(ROOT / "templates" / "example" / "campaign.yaml"))
    assert attempt(office, "archive", "add", str(folder / "旧"))[0] == 0
    assert attempt(office, "archive", "mirror", str(folder / "usb"))[0] == 0
    return folder


def codes(office: Path) -> list[str]:
    return [line["code"][-4:] for line in attempt(office, "archive", "list")[1]["records"]]


def numbers(count: int) -> list[str]:
    return [f"{number:04d}" for number in range(1, count + 1)]


def filed(folder: Path) -> int:
    held = codes(folder / "office")
    assert held == numbers(len(held))
    return {2: 0, 5: 1}[len(held)]


def versions(folder: Path) -> int:
    (code,) = [
        r["code"] for r in attempt(folder / "office", "archive", "list")[1]["records"] if r["code"].endswith("0001")
    ]
    return len(attempt(folder / "office", "archive", "show", code)[1]["record"]["versions"]) - 1


def rows(folder: Path) -> int:
    return {0: 0, 9: 1}[len(attempt(folder / "office", "ledger", "list")[1]["problems"])]


def mirrored(folder: Path) -> int:
    store, copy = ObjectStore(folder / "office" / "archive" / "store"), mirroring.mirror_store(folder / "usb")
    return int(set(store.object_ids()) == {name for name in copy.object_ids() if not mirroring.faults(copy, name)})


def sound(folder: Path) -> int:
    return int(attempt(folder / "office", "archive", "verify")[0] == 0)


def findable(folder: Path) -> int:
    return int(attempt(folder / "office", "search", "旧通知")[1]["total"] == 2)


def nothing(_folder: Path) -> None:
    pass


def hurt(folder: Path) -> None:
    stored = sorted((folder / "office").glob("archive/store/*/*/v1/content/files/*"))[0]
    stored.write_bytes(b"ruined")


def grown(folder: Path) -> None:
    attempt(folder / "office", "archive", "add", str(folder / "新"))


def lost(folder: Path) -> None:
    for path in (folder / "office" / "archive").glob("catalogue.db*"):
        path.unlink()


@dataclass(frozen=True)
class Errand:
    """A command: what happened before it, its words, and how to see whether it has been done (1), not (0), or half (an error)."""

    words: tuple[str, ...]
    done: Callable[[Path], int]
    first: Callable[[Path], None] = nothing


ERRANDS = {
    "a batch": Errand(("archive", "add", "{}/新"), filed),
    "a new version": Errand(
        ("archive", "add", "{}/盖章.txt", "--to", "Z109-WS·2026-D10-0001", "--reason", "盖章"), versions
    ),
    "a ledger": Errand(
        ("ledger", "import", f"{ROOT}/templates/example/problems.csv", "--campaign", "san-cha-san-bao-2026"), rows
    ),
    "a mirror": Errand(("archive", "mirror", "{}/usb"), mirrored, grown),
    "a repair": Errand(("archive", "repair", "{}/usb"), sound, hurt),
    "a rebuild": Errand(("archive", "rebuild"), sound, lost),
    "a rebuild beside the old catalogue": Errand(("archive", "rebuild"), sound),
    "an index": Errand(("index", "rebuild"), findable),
    "a verification": Errand(("archive", "verify"), sound),
}


KILLED = ERRANDS if FULL else ("a batch", "a repair")
FAILED = ERRANDS if FULL else ("a batch",)
ERRORS = ("ENOSPC", "EIO") if FULL else ("ENOSPC",)


def office_of(before: Path, errand: Errand, place: Path) -> tuple[Path, tuple[str, ...]]:
    shutil.copytree(before, place)
    errand.first(place)
    return place, tuple(word.format(place) for word in errand.words)


def counted(log: Path) -> list[tuple[str, int]]:
    """Every call of the main thread as (kind, how many of that kind so far)."""
    lines = [line.split(None, 1) for line in log.read_text(errors="replace").splitlines()]
    main, seen = lines[0][0], Counter[str]()
    calls = []
    for thread, call in lines:
        kind = re.match(r"(\w+)\(", call)
        if thread == main and kind:
            seen[kind[1]] += 1
            calls.append((kind[1], seen[kind[1]]))
    return calls


def told_done(outcome: subprocess.CompletedProcess[str]) -> bool:
    """Whether a clerk was told that it is done; a process that cannot write its answer ends with 1 too."""
    return outcome.returncode in DONE and bool(outcome.stdout)


def chosen(calls: list[tuple[str, int]], name: str, count: int) -> list[tuple[str, int]]:
    return calls if FULL else random.Random(name).sample(calls, count)


def check_whole(folder: Path, errand: Errand, words: tuple[str, ...], acknowledged: bool) -> None:
    """Nothing damaged; done or not done, never half, and done if that was said; and doing it again completes it."""
    office = folder / "office"
    if errand.first is not hurt and attempt(office, "archive", "verify")[0] != 0:
        assert words[:2] == ("archive", "rebuild")
        assert attempt(office, "archive", "list")[0] == 4  # and the error says: archive rebuild
    else:
        assert errand.done(folder) in ((1,) if acknowledged else (0, 1))
    attempt(office, *words)
    code, told = attempt(office, "archive", "verify")
    assert (code, [f for f in told["findings"] if f["severity"] == "error"]) == (0, [])
    assert errand.done(folder) == 1
    held = codes(office)
    assert held == numbers(len(held))
    assert not list((office / "archive" / "staging").iterdir())


@pytest.mark.usefixtures("strace")
@pytest.mark.parametrize("name", KILLED)
def test_a_command_killed_at_any_call_has_been_done_or_not_and_can_be_done_again(
    before: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    errand = ERRANDS[name]
    folder, words = office_of(before, errand, tmp_path / "whole")
    outcome = traced(tmp_path / "log", "", command(folder / "office", *words))
    assert outcome.returncode in DONE, outcome.stderr
    calls = chosen(counted(tmp_path / "log"), name, 1)
    for kind, number in calls:
        folder, words = office_of(before, errand, tmp_path / "one")
        inject = f"inject={kind}:signal=KILL:when={number}"
        outcome = traced(tmp_path / "log", inject, command(folder / "office", *words))
        try:
            check_whole(folder, errand, words, told_done(outcome))
        except Exception as failed:
            failed.add_note(f"{inject}: exit {outcome.returncode}: {outcome.stdout} {outcome.stderr}")
            raise
        shutil.rmtree(folder)
    with capsys.disabled():
        print(f"\n{name}: killed at {len(calls)} calls", end="")


@pytest.mark.usefixtures("strace")
@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("name", FAILED)
def test_a_full_or_failing_disk_is_told_in_chinese_and_leaves_the_office_whole(
    before: Path, tmp_path: Path, name: str, error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    errand = ERRANDS[name]
    folder, words = office_of(before, errand, tmp_path / "whole")
    traced(tmp_path / "log", "", command(folder / "office", *words))
    # What fails from some call on until the end, as a full disk does, or once, as a bad sector may.
    calls = chosen([call for call in counted(tmp_path / "log") if call[0] != "unlinkat"], name + error, 1)
    for place, (kind, number) in enumerate(calls):
        folder, words = office_of(before, errand, tmp_path / "one")
        inject = f"inject={kind}:error={error}:when={number}{'+' if place % 2 else ''}"
        outcome = traced(tmp_path / "log", inject, command(folder / "office", *words))
        assert outcome.returncode != 70, (inject, outcome.stderr)
        assert "Traceback" not in outcome.stderr, (inject, outcome.stderr)
        try:
            check_whole(folder, errand, words, told_done(outcome))
        except Exception as failed:
            failed.add_note(f"{inject}: exit {outcome.returncode}: {outcome.stdout} {outcome.stderr}")
            raise
        shutil.rmtree(folder)
    with capsys.disabled():
        print(f"\n{name}: {error} at {len(calls)} calls", end="")


def left_alone(told: list[str], seconds: float) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        told, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    time.sleep(seconds)
    return process


def test_a_process_killed_at_any_moment_has_lost_nothing_and_left_nothing_half(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, tried = random.Random(5), 60 if FULL else 1
    for _ in range(tried):
        folder, words = office_of(before, ERRANDS["a batch"], tmp_path / "one")
        process = left_alone(command(folder / "office", *words), chance.uniform(0.3, 1.6))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        check_whole(folder, ERRANDS["a batch"], words, process.returncode in DONE)
        shutil.rmtree(folder)
    with capsys.disabled():
        print(f"\nkilled at {tried} moments", end="")


def test_two_processes_that_file_at_once_never_share_a_number_and_a_reader_sees_no_damage(
    before: Path, tmp_path: Path
) -> None:
    folder, _ = office_of(before, ERRANDS["a batch"], tmp_path / "one")
    office = folder / "office"
    batches = 12 if FULL else 3
    waiting = []
    for place in range(batches):
        (folder / f"来{place}").mkdir()
        for number in range(3):
            (folder / f"来{place}" / f"{number}.txt").write_text(f"第 {place} 批第 {number} 份", encoding="utf-8")
        waiting.append(command(office, "archive", "add", str(folder / f"来{place}")))
    running: list[tuple[list[str], subprocess.Popen[str]]] = []
    while waiting or running:
        while waiting and len(running) < 2:
            told = waiting.pop()
            running.append((told, left_alone(told, 0)))
        assert attempt(office, "archive", "verify")[0] == 0
        ended = [(told, process) for told, process in running if process.poll() is not None]
        running = [one for one in running if one not in ended]
        for told, process in ended:
            process.communicate()
            assert process.returncode in (0, 5)  # 5: the office was held; again
            waiting += [told] if process.returncode == 5 else []
    assert codes(office) == numbers(2 + 3 * batches)
    assert attempt(office, "archive", "verify")[0] == 0
