"""Mirror, repair and rebuild as a clerk runs them."""

import os
import shutil
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from clerk import new_office, run
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import mirroring
from archive.rebuilding import rebuild
from archive.strongroom import Strongroom
from model.errors import NotFound, Refused
from model.offices import Office
from model.records import Description, Paper, PaperFile
from storage.database import open_catalogue
from storage.ocfl import ObjectStore

NOW = datetime(2026, 3, 5, 9, 30)


@pytest.fixture
def office(office: Path, tmp_path: Path) -> Path:
    (tmp_path / "灭火器检查通知.txt").write_text("请各学校检查灭火器。", encoding="utf-8")
    assert run(office, "archive", "add", str(tmp_path / "灭火器检查通知.txt"))[0] == 0
    return office


def test_a_damaged_file_is_found_and_mended_from_the_mirror(office: Path, tmp_path: Path) -> None:
    assert run(office, "archive", "mirror", str(tmp_path / "usb"))[1]["copied"] == 1
    (stored,) = office.glob("archive/store/*/*/v1/content/files/*")
    stored.write_bytes(b"?")
    assert run(office, "archive", "verify")[0] == 4
    code, told = run(office, "archive", "repair", str(tmp_path / "usb"))
    assert (code, len(told["mended"])) == (0, 1)
    assert run(office, "archive", "verify")[0] == 0


def test_a_lost_catalogue_is_rebuilt_and_searched_again(office: Path) -> None:
    before = run(office, "archive", "list")[1]
    for path in office.glob("archive/catalogue.db*"):
        path.unlink()
    code, told = run(office, "archive", "rebuild")
    assert (code, told["records"], told["events"]) == (0, 1, 1)
    assert run(office, "archive", "list")[1] == before
    assert run(office, "search", "灭火器")[1]["total"] == 1
    assert run(office, "archive", "verify")[0] == 0
    run(office, "archive", "rebuild")
    assert len(list(office.glob("archive/catalogue.*.db"))) == 1


def test_a_mirror_inside_the_office_and_a_repair_without_a_mirror_are_refused(office: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="另一块磁盘"):
        run(office, "archive", "mirror", str(office / "镜像"))
    run(new_office(tmp_path / "别的单位"), "archive", "list")
    for other in ("别的单位", "别的单位/archive"):
        with pytest.raises(Refused, match="单位自己的文件夹"):
            run(office, "archive", "mirror", str(tmp_path / other))
    with pytest.raises(NotFound, match="没有镜像"):
        run(office, "archive", "repair", str(tmp_path))


def test_an_office_whose_disk_is_lost_comes_back_from_its_mirror(office: Path, tmp_path: Path) -> None:
    (tmp_path / "二.txt").write_text("第二份", encoding="utf-8")
    run(office, "archive", "add", str(tmp_path / "二.txt"))
    run(office, "archive", "mirror", str(tmp_path / "usb"))
    before = run(office, "archive", "list")[1]
    shutil.rmtree(office)
    shutil.copytree(tmp_path / "usb" / "office", office)
    code, told = run(office, "archive", "repair", str(tmp_path / "usb"))
    assert (code, len(told["mended"])) == (0, 2)
    assert run(office, "archive", "list")[1] == before
    assert run(office, "search", "灭火器")[1]["total"] == 1
    code, told = run(office, "archive", "verify")
    assert (code, told["damaged"]) == (0, [])
    (tmp_path / "三.txt").write_text("第三份", encoding="utf-8")
    assert run(office, "archive", "add", str(tmp_path / "三.txt"))[1]["filed"][0]["code"].endswith("0003")


PAPERS = st.lists(
    st.tuples(st.text(min_size=1, max_size=40), st.binary(min_size=1, max_size=300), st.booleans()),
    min_size=1,
    max_size=6,
    unique_by=lambda paper: paper[1],
)


@settings(max_examples=40 if os.environ.get("JUANZONG_SWEEP") == "full" else 5, deadline=None)
@given(papers=PAPERS)
def test_any_office_restored_from_its_mirror_is_the_same_office(papers: list[tuple[str, bytes, bool]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        office = Office(name="青山县教育局", short="县教育局", fonds="Z109")
        with closing(open_catalogue(folder / "catalogue.db")) as db:
            store = ObjectStore(folder / "store")
            room = Strongroom(db, store, office)
            room.settle()
            for title, content, again in papers:
                file = PaperFile(name=title, source=content)
                paper = Paper(files=(file,), description=Description(title=title, year=2026))
                (done,) = room.deposit((paper,), who="张三", now=NOW, reason="", note=lambda *_: None)
                if again and done.record:
                    newer = (PaperFile(name=title, source=content + b"!"),)
                    room.add_version(done.record.id, newer, who="李四", now=NOW, reason="改", note=lambda *_: None)
            copy = mirroring.mirror_store(folder / "usb")
            mirroring.mirror(store, copy, lambda done, total: None)
            new = ObjectStore(folder / "new" / "store")
            assert mirroring.restore(new, copy).left == ()
            with closing(open_catalogue(folder / "new" / "catalogue.db")) as back:
                rebuild(back, new, restore_ledger=lambda told: None, note=lambda record: None)
                again_room = Strongroom(back, new, office)
                assert again_room.records() == room.records()
                assert again_room.events() == room.events()
                assert again_room.verify().damaged == ()
                for record in room.records():
                    for version in record.versions:
                        for held in version.files:
                            assert b"".join(again_room.blocks(record, held)) == b"".join(room.blocks(record, held))
