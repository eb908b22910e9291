"""No file, however hostile, takes the reader down, hangs it or fills it; each ends in its state within the limits."""

import os
import random
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import making
from indexer.texts.jobs import Job
from indexer.texts.parsers import parse
from indexer.texts.readers import Readers
from model.texts import TextState

SAMPLES = Path(__file__).resolve().parents[1].parent / "shared" / "samples"
FULL = os.environ.get("JUANZONG_SWEEP") == "full"
HOSTILE = making.hostile()
SECONDS = 4.0


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(seconds=SECONDS, workers=1, ocr=False) as opened:
        yield opened


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_its_state_and_the_next_is_read(readers: Readers, name: str) -> None:
    content, states = HOSTILE[name]
    text = readers.read(content)
    assert text.state.value in states
    assert text.why or text.state is TextState.OK
    assert os.uname().nodename not in text.plain
    assert readers.read("还在".encode()).plain == "还在"


def test_the_parent_does_not_grow_by_what_workers_meet(readers: Readers) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name in ("a part of one gigabyte", "a part that lies about its size", "bombs in bombs"):
        readers.read(HOSTILE[name][0])
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 << 10


def test_a_file_that_takes_the_processor_for_itself_is_ended() -> None:
    """One CPU second a file: the system ends the worker, and the next file is read."""
    with Readers(seconds=1.0, workers=1, ocr=False) as hurried:
        started = time.monotonic()
        assert hurried.read(HOSTILE["a thousand million nested forms"][0]).state is TextState.LIMIT
        assert time.monotonic() - started < 30
        hurried._workers[0]._seconds = 20
        assert hurried.read("还在".encode()).plain == "还在"


def test_texts_longer_than_the_bound_are_read_up_to_it() -> None:
    job = Job(parse, characters=1000)
    text = parse(("安全" * 50 + "\n").encode() * 20, job)
    assert (text.state, text.why, len(text.plain)) == (TextState.LIMIT, "文字太多，后面的没有读", 1009)


def test_many_files_are_read_in_their_order_by_several_workers(tmp_path: Path) -> None:
    sources = [f"第{number}份".encode() for number in range(40)]
    sources[7] = HOSTILE["a part of one gigabyte"][0]
    with Readers(seconds=SECONDS, workers=2, ocr=False) as pool:
        told = list(pool.read_all(sources))
    assert [text.plain for number, text in enumerate(told) if number != 7] == [
        f"第{number}份" for number in range(40) if number != 7
    ]
    assert told[7].state is TextState.LIMIT


def test_what_is_no_file_is_told(readers: Readers, tmp_path: Path) -> None:
    assert readers.read(tmp_path).why == "不是普通文件"
    assert readers.read(tmp_path / "没有").why == "没有这个文件或文件夹"
    os.mkfifo(tmp_path / "管道")
    assert readers.read(tmp_path / "管道").state is TextState.UNREADABLE


def whole_files() -> list[bytes]:
    made = [
        making.bureau_docx(),
        making.xlsx(),
        making.xls(),
        making.pptx([making.BODY]),
        making.ofd([making.BODY]),
        making.pdf([making.wrapped(making.BODY)] * 2),
        making.mail(),
        making.zipped({"甲.docx": making.bureau_docx(), "乙.xls": making.xls()}),
    ]
    if SAMPLES.is_dir():
        files = (
            path for path in sorted(SAMPLES.iterdir()) if path.suffix in (".doc", ".wps", ".ofd", ".docx", ".pptx")
        )
        made += [path.read_bytes() for path in files if 0 < path.stat().st_size < 100_000]
    return made


def mutated(content: bytes, drawn: random.Random) -> bytes:
    """A file with some bytes changed, cut, doubled or overwritten by extremes."""
    raw = bytearray(content)
    for _ in range(drawn.randrange(1, 12)):
        place = drawn.randrange(max(1, len(raw) - 1))
        kind = drawn.randrange(5)
        if kind == 0:
            raw[place : place + 1] = bytes([drawn.randrange(256)])
        elif kind == 1:
            raw[place : place + 4] = drawn.choice((b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\xff\xff\xff\x7f"))
        elif kind == 2:
            del raw[place : place + drawn.randrange(1, 64)]
        elif kind == 3:
            raw[place:place] = raw[place : place + drawn.randrange(1, 64)]
        else:
            raw = raw[: max(1, place)] if drawn.random() < 0.1 else raw
    return bytes(raw)


def test_mutations_of_whole_files_never_take_the_parent_down_or_hang_it() -> None:
    drawn = random.Random(9704)
    files = whole_files()
    count = 2000 if FULL else 60
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    states = []
    with Readers(seconds=SECONDS, workers=2, ocr=False) as pool:
        for text in pool.read_all(mutated(drawn.choice(files), drawn) for _ in range(count)):
            states.append(text.state)
            assert text.why or text.state is TextState.OK
        assert pool.read("还在".encode()).plain == "还在"
    assert len(states) == count
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60 << 10


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
def test_every_sample_ends_in_the_state_its_manifest_lets_expect() -> None:
    paths = [path for path in SAMPLES.iterdir() if path.suffix != ".csv" and (FULL or not path.name.startswith(DIES))]
    with Readers(seconds=20, workers=1, ocr=False) as patient:  # whoever else uses the machine
        states = {path.name: patient.read(path) for path in paths}
    for name, text in states.items():
        assert text.state.value in expected(name), (name, text.state, text.why)


ENCRYPTED = ("028", "029", "033", "040", "043", "044", "058", "060", "065")
UNREADABLE = (
    "006",
    "026",
    "032",
    "056",
    "057",
    "061",
    "064",
    "080",
    "own_truncated",
    "own_billion",
    "own_deep",
    "own_nested",
)
EMPTY = ("002", "004", "015", "022", "035", "054", "055", "063", "own_zero", "own_flate_bomb")
DIES = ("own_self_xobject", "own_xobject_10pow9")


def expected(name: str) -> tuple[str, ...]:
    if name.startswith(ENCRYPTED):
        return ("encrypted",)
    if name.startswith(UNREADABLE):
        return ("unreadable",)
    if name.startswith(EMPTY):
        return ("empty",)
    if name.startswith(("own_sparse", "own_bomb")):
        return ("limit",)
    return ("crashed", "limit") if name.startswith(DIES) else ("ok",)
