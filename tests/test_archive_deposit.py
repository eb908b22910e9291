"""What is filed is there, byte for byte; what is damaged is found and named."""

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import ocfl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.numbers import CODE
from archive.strongroom import Strongroom
from model.errors import Damaged, NotFound, Refused
from model.offices import Office
from model.records import Description, Paper, PaperFile, Record, Retention
from storage.database import open_catalogue
from storage.ocfl import ObjectStore

NOW = datetime(2026, 3, 5, 9, 30)
OFFICE = Office(name="青山县教育局", short="县教育局", fonds="Z109", department="BGS")


def paper(content: bytes = b"x", title: str = "关于开展校园安全检查的通知", **more: object) -> Paper:
    described = Description(title=title, year=2026, dated=date(2026, 3, 5), kind="通知", **more)  # type: ignore[arg-type]
    return Paper(files=(PaperFile(name=f"{title}.docx", source=content),), description=described)


class Room:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.db: sqlite3.Connection = open_catalogue(folder / "catalogue.db")
        self.store = ObjectStore(folder / "store")
        self.strongroom = Strongroom(self.db, self.store, OFFICE)
        self.strongroom.settle()

    def file(self, *papers: Paper) -> list[Record]:
        done = self.strongroom.deposit(papers, who="张三", now=NOW, reason="", note=lambda *_: None)
        return [deposit.record for deposit in done if deposit.record]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = Room(tmp_path / "archive")
    yield opened
    opened.db.close()


def test_a_filed_paper_is_fetched_byte_for_byte(room: Room) -> None:
    (record,) = room.file(paper(b"\x00signed\xff" * 100_000))
    assert b"".join(room.strongroom.blocks(record, record.files[0])) == b"\x00signed\xff" * 100_000


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=3000), name=st.text(min_size=1, max_size=120))
def test_any_bytes_under_any_name_come_back(room: Room, content: bytes, name: str) -> None:
    described = Description(title="题名", year=2026)
    given_paper = Paper(files=(PaperFile(name=name, source=content),), description=described)
    (deposit,) = room.strongroom.deposit((given_paper,), who="张三", now=NOW, reason="", note=lambda *_: None)
    record = deposit.record or deposit.same_as
    assert record is not None
    assert b"".join(room.strongroom.blocks(record, record.files[0])) == content
    assert room.strongroom.verify().damaged == ()


def test_the_code_follows_the_standard_and_counts_without_gaps(room: Room) -> None:
    records = room.file(*(paper(bytes([n])) for n in range(3)))
    assert [record.code for record in records] == [f"Z109-WS·2026-D10-BGS-000{n}" for n in (1, 2, 3)]
    assert all(CODE.match(record.code) for record in records)


def test_each_retention_period_has_its_own_register(room: Room) -> None:
    first, second = room.file(paper(b"a"), paper(b"b", retention=Retention.PERMANENT))
    assert (first.code[-4:], second.code) == ("0001", "Z109-WS·2026-Y-BGS-0001")


def test_an_exact_duplicate_is_not_filed_and_its_record_is_shown(room: Room) -> None:
    (record,) = room.file(paper(b"same"))
    (again,) = room.strongroom.deposit((paper(b"same"),), who="李四", now=NOW, reason="", note=lambda *_: None)
    assert again.record is None
    assert again.same_as == record


def test_a_failure_inside_the_transaction_leaves_nothing_and_wastes_no_number(room: Room) -> None:
    def fail(record: Record, paper: Paper) -> None:
        raise OSError(28, "磁盘已满")

    with pytest.raises(OSError, match="磁盘已满"):
        list(room.strongroom.deposit((paper(b"lost"),), who="张三", now=NOW, reason="", note=fail))
    assert room.strongroom.records() == ()
    assert list(room.store.object_ids()) == []
    assert room.file(paper(b"next"))[0].code.endswith("0001")


def test_a_crash_between_store_and_catalogue_is_settled_when_the_office_is_opened_again(room: Room) -> None:
    room.file(paper(b"kept"))
    staging = room.store.stage("orphan", 1)
    staging.write("files/01-a.txt", (b"a",))
    room.store.mark((staging,))
    room.store.install((staging,), created=NOW, who="张三", reason="")
    again = Room(room.folder)
    assert "orphan" not in set(again.store.object_ids())
    assert len(again.strongroom.records()) == 1
    assert again.strongroom.verify().damaged == ()
    again.db.close()


def test_a_crash_in_the_middle_of_a_new_version_goes_back_to_the_version_before(room: Room) -> None:
    (record,) = room.file(paper(b"one"))
    staging = room.store.stage(record.id, 2)
    staging.write("files/01-a.txt", (b"two",))
    room.store.mark((staging,))
    room.store.install((staging,), created=NOW, who="张三", reason="改")
    again = Room(room.folder)
    assert again.store.inventory(record.id)["head"] == "v1"
    assert again.strongroom.verify().damaged == ()
    again.db.close()


def test_a_new_version_keeps_the_old_one(room: Room) -> None:
    (record,) = room.file(paper(b"one"))
    files = (PaperFile(name="盖章扫描件.pdf", source=b"two"),)
    newer = room.strongroom.add_version(record.code, files, who="张三", now=NOW, reason="补盖章", note=lambda *_: None)
    assert [version.number for version in newer.versions] == [1, 2]
    assert room.strongroom.record(record.code) == newer
    assert b"".join(room.strongroom.blocks(newer, newer.versions[0].files[0])) == b"one"
    assert room.strongroom.verify().damaged == ()


def test_a_new_version_needs_a_reason_and_other_bytes(room: Room) -> None:
    (record,) = room.file(paper(b"one"))
    for reason, content in (("", b"two"), ("改", b"one")):
        files = (PaperFile(name="a.txt", source=content),)
        with pytest.raises(Refused):
            room.strongroom.add_version(record.code, files, who="张三", now=NOW, reason=reason, note=lambda *_: None)
    assert len(room.strongroom.record(record.code).versions) == 1


def test_a_link_is_refused_and_the_rest_is_filed(room: Room, tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_bytes(b"real")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    papers = [
        Paper(files=(PaperFile(name=name, source=tmp_path / name),), description=Description(title=name, year=2026))
        for name in ("link.txt", "real.txt")
    ]
    link, real = room.strongroom.deposit(papers, who="张三", now=NOW, reason="", note=lambda *_: None)
    assert "链接" in link.refused
    assert real.record is not None


def test_an_independent_validator_finds_the_store_sound(room: Room) -> None:
    (record,) = room.file(paper(b"one"))
    room.file(paper(b"other"))
    files = (PaperFile(name="b.txt", source=b"two"),)
    room.strongroom.add_version(record.code, files, who="张三", now=NOW, reason="改", note=lambda *_: None)
    root = ocfl.StorageRoot(str(room.folder / "store"))
    assert root.validate(log_warnings=False)


def stored_file(room: Room, record: Record) -> Path:
    return room.store.content_path(record.id, record.files[0].path)


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def test_a_flipped_byte_in_the_store_is_found_and_named(room: Room) -> None:
    sound, hurt = room.file(paper(b"sound"), paper(b"hurt"))
    flip(stored_file(room, hurt))
    (damage,) = room.strongroom.verify().damaged
    assert (damage.record, damage.path) == (hurt.code, hurt.files[0].path)
    assert b"".join(room.strongroom.blocks(sound, sound.files[0])) == b"sound"
    with pytest.raises(Damaged):
        list(room.strongroom.blocks(hurt, hurt.files[0]))


def test_a_flipped_byte_anywhere_in_an_object_is_found(room: Room) -> None:
    (record,) = room.file(paper(b"content"))
    for path in sorted(room.store.object_path(record.id).rglob("*")):
        if path.is_file():
            before = path.read_bytes()
            flip(path)
            assert room.strongroom.verify().damaged, path
            path.write_bytes(before)
    assert room.strongroom.verify().damaged == ()


def test_a_deleted_an_added_and_a_truncated_file_are_found(room: Room) -> None:
    (record,) = room.file(paper(b"content"))
    path = stored_file(room, record)
    for hurt in (path.unlink, lambda: path.write_bytes(b"con"), lambda: path.with_name("多余.txt").write_bytes(b"")):
        before = path.read_bytes()
        hurt()
        assert room.strongroom.verify().damaged
        path.write_bytes(before)


def test_a_changed_catalogue_row_contradicts_the_store(room: Room) -> None:
    (record,) = room.file(paper(b"content"))
    room.db.execute("UPDATE records SET title = '别的' WHERE id = ?", (record.id,))
    assert [damage.record for damage in room.strongroom.verify().damaged] == [record.code]


def test_a_changed_event_breaks_the_chain(room: Room) -> None:
    room.file(paper(b"a"), paper(b"b"))
    room.db.execute("UPDATE events SET who = '别人' WHERE sequence = 1")
    assert "第 1 条" in room.strongroom.verify().damaged[0].path


def test_an_unknown_record_is_said_to_be_unknown(room: Room) -> None:
    with pytest.raises(NotFound, match="没有这个档号"):
        room.strongroom.record("Z109-WS·1999-Y-0001")
