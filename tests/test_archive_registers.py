"""Numbers are given at registration: no gap, none twice, whatever happens to the process; what was taken in vain stays as 作废."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from archive.events import HAS_SM3, chain_damage
from archive.numbers import CODE, register_of, render
from archive.rebuilding import rebuild
from archive.registry import Clerk, Registry, new_id
from archive.strongroom import Strongroom
from model.errors import NotFound, Refused
from model.offices import Office
from model.records import Description, Paper, PaperFile, Retention
from model.registers import Book, Registration, Step
from storage.database import open_catalogue
from storage.ocfl import ObjectStore

DAY = date(2026, 3, 5)
CLERK = Clerk("张三", datetime(2026, 3, 5, 9, 30))
OFFICE = Office(name="青山县教育局", short="县教育局", fonds="Z109")
ROOT = Path(__file__).resolve().parent.parent


class Room:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.db: sqlite3.Connection = open_catalogue(folder / "catalogue.db")
        self.store = ObjectStore(folder / "store")
        self.strongroom = Strongroom(self.db, self.store, OFFICE)
        self.strongroom.settle()
        self.registry = Registry(self.db, self.strongroom)

    def register(
        self, code: str = "青教发", year: int = 2026, draft: str = "", book: Book = Book.OUTGOING
    ) -> Registration:
        wanted = Registration(
            id=new_id(), book=book, code=code, year=year, number=0, text="", on=DAY, title="通知", draft=draft,
            steps=(Step(name="签发", who="王局长", on=DAY), Step(name="登记", who="张三", on=DAY)),
        )  # fmt: skip
        return self.registry.register(wanted, CLERK)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = Room(tmp_path / "archive")
    yield opened
    opened.db.close()


def test_each_code_and_year_counts_for_itself(room: Room) -> None:
    given = [
        room.register(code, year).text
        for code, year in (("青教发", 2026), ("青教函", 2026), ("青教发", 2026), ("青教发", 2027))
    ]
    assert given == ["青教发〔2026〕1号", "青教函〔2026〕1号", "青教发〔2026〕2号", "青教发〔2027〕1号"]


def test_a_draft_asks_twice_and_keeps_its_one_number(room: Room) -> None:
    first = room.register(draft="d" * 64)
    assert room.register(draft="d" * 64) == first
    assert room.register(draft="e" * 64).number == 2


def test_a_number_taken_in_vain_stays_void_with_its_reason_and_is_not_given_again(room: Room) -> None:
    entry = room.register(draft="d" * 64)
    with pytest.raises(Refused, match="原因"):
        room.registry.void(entry.text, " ", CLERK)
    room.registry.void("青教发[2026]1号", "重复发文", CLERK)
    assert room.registry.find(entry.text).voided == "重复发文"
    assert room.register(draft="d" * 64).number == 2
    with pytest.raises(Refused, match="已经作废"):
        room.registry.void(entry.text, "再来", CLERK)
    with pytest.raises(Refused, match="作废"):
        room.registry.add_step(entry.text, Step(name="用印", who="李四", on=DAY), CLERK)


def test_a_register_begins_after_the_paper_one_and_only_once(room: Room) -> None:
    room.registry.begin(Book.OUTGOING, "青教发", 2026, 37, "此前用纸质登记簿", CLERK)
    assert room.register().number == 38
    with pytest.raises(Refused, match="已经编到 38"):
        room.registry.begin(Book.OUTGOING, "青教发", 2026, 50, "再设", CLERK)


def test_every_step_is_an_event_of_the_paper(room: Room) -> None:
    entry = room.register()
    room.registry.add_step(entry.text, Step(name="用印", who="李四", on=DAY, note="30份"), CLERK)
    told = room.strongroom.events(entry.id)
    assert [event.action for event in told] == ["签发", "登记", "用印"]
    assert '"经办": "李四"' in told[2].detail
    assert room.strongroom.verify().damaged == ()


def test_a_correction_keeps_what_was_before(room: Room) -> None:
    entry = room.register()
    room.registry.say(entry.text, [("份数", "30")], CLERK)
    room.registry.say(entry.text, [("份数", "40")], CLERK)
    assert room.registry.find(entry.text).fact("份数") == "40"
    assert '"改前": {"份数": "30"}' in room.strongroom.events(entry.id)[-1].detail


def test_registers_come_back_from_the_store_alone(room: Room, tmp_path: Path) -> None:
    room.registry.begin(Book.INCOMING, "收文", 2026, 5, "纸质", CLERK)
    room.register(book=Book.INCOMING, code="收文")
    void = room.register()
    room.registry.void(void.text, "试用", CLERK)
    kept = room.register()
    described = Description(title="通知", year=2026, number=kept.text, registration=kept.id)
    paper = Paper(files=(PaperFile(name="a.docx", source=b"x"),), description=described)
    list(
        room.strongroom.deposit(
            (paper,), who="张三", now=CLERK.now, reason="", note=lambda r, _paper: room.registry.filed(kept, r.id)
        )
    )
    db = open_catalogue(tmp_path / "new.db")
    assert rebuild(db, room.store, restore_ledger=lambda _told: None, note=lambda *_: None).damaged == ()
    for table in ("registrations", "registers", "events", "records"):
        ours, theirs = (
            sorted((tuple(row) for row in opened.execute(f"SELECT * FROM {table}")), key=repr)
            for opened in (room.db, db)
        )
        assert ours == theirs, table
    again = Registry(db, Strongroom(db, room.store, OFFICE))
    assert again.of_record(room.strongroom.records()[0].id) == room.registry.find(kept.text)
    db.close()


def test_a_changed_entry_contradicts_the_store(room: Room) -> None:
    entry = room.register()
    room.db.execute("UPDATE registrations SET entry = replace(entry, '王局长', '李局长')")
    assert [damage.record for damage in room.strongroom.verify().damaged] == [entry.text]


def test_the_national_hash_stands_beside_where_the_platform_has_it(room: Room) -> None:
    entry = room.register()
    stamped = [event.sm3 for event in room.strongroom.events(entry.id)]
    assert all(len(stamp) == 64 for stamp in stamped) if HAS_SM3 else stamped == ["", ""]
    if HAS_SM3:
        room.db.execute("UPDATE events SET sm3 = ? WHERE sequence = 2", ("0" * 64,))
        broken = chain_damage(room.db)
        assert broken is not None
        assert "第 2 条" in broken.path


def test_an_unknown_number_is_said_to_be_unknown(room: Room) -> None:
    with pytest.raises(NotFound, match="没有这个号"):
        room.registry.find("青教发〔2026〕9号")


def test_codes_follow_the_standard_or_the_offices_own_pattern() -> None:
    about = Description(title="通知", year=2011, retention=Retention.PERMANENT, department="BGS")
    assert render(OFFICE, about, 1) == "Z109-WS·2011-Y-BGS-0001"
    provincial = Office(name="x", short="x", fonds="0194", department="BGS")
    plain = Description(title="通知", year=2016, retention=Retention.THIRTY_YEARS)
    assert render(provincial, plain, 1) == "0194-WS·2016-D30-BGS-0001"
    assert all(CODE.match(code) for code in (render(OFFICE, about, 1), render(OFFICE, plain, 12345)))
    own = Office(name="x", short="x", fonds="Z109", code_pattern="{全宗号}.{年度}.{机构}.{保管期限}.{件号}")
    assert render(own, about, 7) == "Z109.2011.BGS.Y.0007"
    assert render(own, plain, 7) == "Z109.2016.D30.0007"
    without = Office(name="x", short="x", code_pattern="{年度}-{保管期限}-{件号}")
    assert register_of(without, about) == "档号/0000-WS·2011-Y", "two departments must not share a 档号"


WORKER = """
import sys
from datetime import date, datetime
from pathlib import Path
from time import sleep
sys.path.insert(0, {root!r})
from archive.registry import Clerk, Registry, new_id
from archive.strongroom import Strongroom
from model.errors import Busy
from model.offices import Office
from model.registers import Book, Registration, Step
from storage.database import open_catalogue
from storage.lock import office_lock
from storage.ocfl import ObjectStore
folder, count = Path(sys.argv[1]), int(sys.argv[2])
now = datetime(2026, 3, 5, 9, 30)
while count:
    try:
        with office_lock(folder, who="x", now=now):
            db = open_catalogue(folder / "catalogue.db")
            strongroom = Strongroom(db, ObjectStore(folder / "store"), Office(name="x", short="x"))
            strongroom.settle()
            wanted = Registration(id=new_id(), book=Book.OUTGOING, code="青教发", year=2026, number=0, text="",
                                  on=date(2026, 3, 5), title="x", steps=(Step(name="登记", who="x", on=date(2026, 3, 5)),))
            print(Registry(db, strongroom).register(wanted, Clerk("x", now)).number, flush=True)
            db.close()
        count -= 1
    except Busy:
        sleep(0.002)
"""


def begin(folder: Path, count: int) -> "subprocess.Popen[str]":
    script = WORKER.format(root=str(ROOT))
    command = [sys.executable, "-c", script, str(folder), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ)


def test_two_processes_give_every_number_once_and_leave_no_gap(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    Room(folder).db.close()
    both = [begin(folder, 15), begin(folder, 15)]
    told = [process.communicate(timeout=120) for process in both]
    assert [error for _, error in told] == ["", ""]
    assert sorted(int(number) for out, _ in told for number in out.split()) == list(range(1, 31))


def test_a_process_killed_at_any_moment_leaves_no_gap_and_no_double(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    Room(folder).db.close()
    acknowledged: list[int] = []
    for turn in range(6):
        process = begin(folder, 10_000)
        assert process.stdout is not None
        line = process.stdout.readline()
        time.sleep(0.01 * turn)
        process.send_signal(signal.SIGKILL)
        rest = process.communicate(timeout=60)[0]
        acknowledged += [int(number) for number in (line + rest).split()]
    room = Room(folder)
    given = [entry.number for entry in room.registry.entries()]
    assert given == list(range(1, len(given) + 1))
    assert len(acknowledged) == len(set(acknowledged))
    assert set(acknowledged) <= set(given)
    assert room.strongroom.verify().damaged == ()
    room.db.close()
