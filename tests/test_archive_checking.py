"""A share of the archive verified a day, and what `doctor` says of mirror, verification, clock, disk, lock and place."""

import json
import os
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from clerk import run
from click.testing import CliRunner

import desk.examining
from archive import checks
from archive.checks import Checked
from cli import cli
from model.errors import Busy
from storage.database import open_catalogue, transaction
from storage.lock import NAME, holder, office_lock
from storage.places import network_share

NOW = datetime(2026, 3, 5, 9, 30)


@pytest.fixture
def office(office: Path, tmp_path: Path) -> Path:
    (tmp_path / "来件").mkdir()
    for number in range(5):
        (tmp_path / "来件" / f"自查报告{number}.txt").write_text(f"第 {number} 所学校自查。", encoding="utf-8")
    assert run(office, "archive", "add", str(tmp_path / "来件"))[0] == 0
    return office


def stored(office: Path) -> list[Path]:
    return sorted(office.glob("archive/store/*/*/v1/content/files/*"))


def rules(office: Path) -> dict[str, str]:
    return {finding["rule"]: finding["message"] for finding in run(office, "doctor")[1]["findings"]}


def alter(office: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(office / "archive" / "catalogue.db")) as db:
        db.execute(statement, values)
        db.commit()


def test_a_share_a_day_goes_round_the_whole_archive(office: Path) -> None:
    seen = []
    for _ in range(3):
        code, told = run(office, "archive", "verify", "--share", "3")
        assert (code, told["parts"]) == (0, 3)
        seen.append(told["objects"])
    assert seen == [2, 2, 2]
    with closing(open_catalogue(office / "archive" / "catalogue.db")) as db:
        assert len(db.execute("SELECT object FROM checks").fetchall()) == 5


def test_the_longest_unseen_come_first_and_the_never_seen_before_them(tmp_path: Path) -> None:
    with closing(open_catalogue(tmp_path / "catalogue.db")) as db:
        with transaction(db):
            for days, name in enumerate("abc"):
                checks.note(db, (Checked(name, 1, ()),), NOW - timedelta(days=days))
        assert checks.due(db, "abcd", 2) == ["d", "c"]
        assert checks.due(db, "abcd", 1) == ["d", "c", "b", "a"]
        assert checks.due(db, (), 7) == []


def test_damage_in_the_share_of_the_day_is_loud_exits_4_and_is_remembered_until_mended(
    office: Path, tmp_path: Path
) -> None:
    run(office, "archive", "mirror", str(tmp_path / "usb"))
    stored(office)[0].write_bytes(b"?")
    found = [run(office, "archive", "verify", "--share", "5")[0] for _ in range(5)]
    assert sorted(found) == [0, 0, 0, 0, 4]
    loud = CliRunner().invoke(cli, ["archive", "verify", "-C", str(office)]).stdout
    assert loud.startswith("！！！档案受损：1 处 ！！！")
    assert f"archive repair {tmp_path / 'usb'}" in loud
    assert "1 件受损" in rules(office)["damage"]
    assert run(office, "archive", "repair", str(tmp_path / "usb"))[0] == 0
    assert "damage" not in rules(office)
    assert run(office, "archive", "verify")[0] == 0


def test_verification_while_another_process_writes_checks_and_says_that_the_day_was_not_put_down(office: Path) -> None:
    with office_lock(office, who="李四", now=datetime.now()):
        code, told = run(office, "archive", "verify")
    assert (code, told["objects"]) == (0, 5)
    assert [finding["rule"] for finding in told["findings"]] == ["checks"]
    assert "李四" in told["findings"][0]["message"]


def test_doctor_tells_a_mirror_that_is_missing_behind_or_old(office: Path, tmp_path: Path) -> None:
    assert "还没有做过镜像" in rules(office)["mirror"]
    run(office, "archive", "mirror", str(tmp_path / "usb"))
    assert "mirror" not in rules(office)
    (tmp_path / "新通知.txt").write_text("新", encoding="utf-8")
    run(office, "archive", "add", str(tmp_path / "新通知.txt"))
    assert "1 处变动" in rules(office)["mirror"]
    note = office / "archive" / "镜像记录.json"
    told = json.loads(note.read_text(encoding="utf-8"))
    note.write_text(json.dumps(told | {"at": (datetime.now() - timedelta(days=40)).isoformat()}), encoding="utf-8")
    assert "40 天前" in rules(office)["mirror"]
    note.write_text("不成样子", encoding="utf-8")
    assert "还没有做过镜像" in rules(office)["mirror"]


def test_doctor_tells_what_has_not_been_verified_for_long(office: Path) -> None:
    assert "verification" not in rules(office)
    long_ago = (datetime.now() - timedelta(days=100)).isoformat()
    alter(office, "UPDATE records SET filed = ?", long_ago)
    assert "100 天没有核验" in rules(office)["verification"]
    run(office, "archive", "verify")
    assert "verification" not in rules(office)


def test_doctor_tells_a_clock_that_is_behind_the_newest_event(office: Path) -> None:
    alter(office, "UPDATE events SET at = ?", (datetime.now() + timedelta(days=2)).isoformat())
    assert "还晚" in rules(office)["clock"]


def test_doctor_tells_a_full_disk(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.examining, "_TOO_LITTLE", 1 << 62)
    monkeypatch.setattr(desk.examining, "_LITTLE", 1 << 62)
    assert "磁盘只剩" in rules(office)["disk"]


def test_doctor_tells_a_catalogue_that_is_gone_or_no_database(office: Path) -> None:
    for path in office.glob("archive/catalogue.db*"):
        path.unlink()
    assert "不见了" in rules(office)["catalogue"]
    assert not (office / "archive" / "catalogue.db").exists()
    (office / "archive" / "catalogue.db").write_bytes(b"no database at all" * 1000)
    assert "rebuild" in str(run(office, "doctor")[1]["findings"])


def test_a_lock_left_by_a_process_that_died_is_explained_with_owner_machine_and_age(office: Path) -> None:
    told = {
        "who": "张三",
        "host": "办公室一号机",
        "pid": 4711,
        "since": (datetime.now() - timedelta(days=3)).isoformat(),
    }
    (office / NAME).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    message = rules(office)["lock"]
    assert "没有正常结束" in message
    assert "张三 在 办公室一号机 上（进程 4711，3 天前开始）" in message
    assert run(office, "archive", "verify")[0] == 0
    assert "lock" not in rules(office)


def test_a_lock_that_is_held_names_its_holder_and_refuses_the_second(office: Path) -> None:
    with office_lock(office, who="张三", now=NOW):
        held = holder(office, NOW + timedelta(minutes=7))
        assert held
        assert (held.stale, "张三" in held.told, "7 分钟前" in held.told) == (False, True, True)
        with pytest.raises(Busy, match=f"张三.*进程 {os.getpid()}"), office_lock(office, who="李四", now=NOW):
            pass
    assert holder(office, NOW) is None


MOUNTS = """/dev/sda1 / ext4 rw 0 0
//server/gongxiang /mnt/\\344\\272\\247\\040x cifs rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/local ext4 rw 0 0
me@host: /mnt/ssh fuse.sshfs rw 0 0
stick /media/usb fuseblk rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/office", None),
        ("/home/x/office", "nfs4"),
        ("/home/local/office", None),
        ("/mnt/产 x/office", "cifs"),
        ("/mnt/ssh/office", "fuse.sshfs"),
        ("/media/usb/office", None),
    ],
)
def test_a_network_share_is_told_from_a_disk(path: str, kind: str | None) -> None:
    assert network_share(Path(path), MOUNTS) == kind


def test_doctor_warns_of_an_office_on_a_network_share(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.examining, "network_share", lambda path: "cifs")
    assert "网络共享" in rules(office)["share"]
