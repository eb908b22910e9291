"""Disposal: three steps by different people, holds that block, a stub that stays, nothing half destroyed."""

import shutil
from pathlib import Path

import ocfl
import pytest
from clerk import new_office, run

from generators.pages.checking import text_of
from model.errors import CommandError, NotFound, Refused

OLD, MIDDLE, PERMANENT = "Z109-WS·2010-D10-0001", "Z109-WS·2010-D10-0002", "Z109-WS·2010-Y-0001"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three papers of 2010, one of them permanent, and one of 2020."""
    base = tmp_path_factory.mktemp("disposal")
    new_office(base / "office")
    papers = {
        "旧简报": ("简报", 2010),
        "旧自查": ("自查报告", 2010),
        "旧纪要": ("会议纪要", 2010),
        "新简报": ("简报", 2020),
    }
    for name, (kind, year) in papers.items():
        (base / f"{name}.txt").write_text(f"{name}里的灭火器", encoding="utf-8")
        words = ("archive", "add", str(base / f"{name}.txt"), "--kind", kind, "--year", str(year))
        assert run(base / "office", *words)[0] == 0
    return base


@pytest.fixture
def office(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JUANZONG_WHO", "张三")
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "office"


def approved(office: Path) -> str:
    number: str = run(office, "disposal", "propose", OLD, "--reason", "期满")[1]["disposals"][0]["number"]
    run(office, "disposal", "approve", number, "--approver", "王局长", "--basis", "青教批〔2026〕1号")
    return number


WITNESSES = ("--witness", "甲", "--witness", "乙")


def test_what_is_due_is_counted_from_the_end_of_the_year(office: Path) -> None:
    assert [r["code"] for r in run(office, "disposal", "due")[1]["records"]] == [OLD, MIDDLE]
    assert run(office, "disposal", "due", on="2020-12-31")[1]["records"] == []
    assert len(run(office, "disposal", "due", on="2021-01-01")[1]["records"]) == 2


def test_three_steps_destroy_the_files_and_leave_the_entry(office: Path, tmp_path: Path) -> None:
    before = run(office, "archive", "show", OLD)[1]
    number = approved(office)
    assert run(office, "search", "灭火器")[1]["total"] == 4
    told = run(office, "disposal", "carry-out", number, *WITNESSES)[1]["disposals"][0]
    assert (told["state"], told["witnesses"]) == ("已销毁", ["甲", "乙"])
    shown = run(office, "archive", "show", OLD)[1]
    assert shown["record"]["description"] == before["record"]["description"]
    assert (shown["record"]["versions"], shown["record"]["disposed"]) == ([], number)
    assert [event["action"] for event in shown["events"]] == ["归档", "提出销毁", "批准销毁", "销毁"]
    assert not list(office.rglob(f"*{before['record']['id']}*")), "nothing of it is left in the store"
    assert run(office, "archive", "verify")[0] == 0
    assert ocfl.StorageRoot(str(office / "archive" / "store")).validate(log_warnings=False)
    assert (
        run(office, "search", "旧简报里的灭火器")[1]["hits"] == [] or run(office, "search", "旧简报")[1]["total"] >= 1
    )
    run(office, "disposal", "print", number, "-o", str(tmp_path / "清册.docx"))
    written = text_of((tmp_path / "清册.docx").read_bytes())
    assert "甲、乙 监督下销毁" in written
    assert "青教批〔2026〕1号" in written
    for words in (
        ("archive", "get", OLD),
        ("archive", "describe", OLD, "题名=别的"),
        ("archive", "add", "--to", OLD, "--reason", "x", str(tmp_path / "旧自查.txt")),
    ):
        with pytest.raises(Refused, match="销毁"):
            run(office, *words)


def test_no_step_can_be_left_out_or_done_by_one_person(office: Path) -> None:
    number = run(office, "disposal", "propose", OLD, "--reason", "期满")[1]["disposals"][0]["number"]
    with pytest.raises(Refused, match="三步"):
        run(office, "disposal", "carry-out", number, *WITNESSES)
    with pytest.raises(Refused, match="另一位"):
        run(office, "disposal", "approve", number, "--approver", "张三", "--basis", "x")
    run(office, "disposal", "approve", number, "--approver", "王局长", "--basis", "x")
    with pytest.raises(Refused, match="两人"):
        run(office, "disposal", "carry-out", number, "--witness", "甲", "--witness", "甲")
    run(office, "disposal", "withdraw", number, "--reason", "还要用")
    with pytest.raises(Refused, match="已撤回"):
        run(office, "disposal", "carry-out", number, *WITNESSES)
    assert run(office, "archive", "verify")[0] == 0


@pytest.mark.parametrize(("code", "why"), [(PERMANENT, "永久"), ("Z109-WS·2020-D10-0001", "还没有满")])
def test_what_may_not_be_destroyed_is_not_even_proposed(office: Path, code: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        run(office, "disposal", "propose", code, "--reason", "x")


def test_a_hold_blocks_every_step_until_it_is_released(office: Path) -> None:
    number = approved(office)
    run(office, "disposal", "hold", OLD, "--reason", "正在审计")
    assert [r["code"] for r in run(office, "disposal", "due")[1]["held"]] == [OLD]
    with pytest.raises(Refused, match="正在审计"):
        run(office, "disposal", "carry-out", number, *WITNESSES)
    with pytest.raises(Refused, match="正在审计"):
        run(office, "disposal", "propose", OLD, "--reason", "x")
    run(office, "disposal", "release", OLD)
    assert run(office, "disposal", "carry-out", number, *WITNESSES)[0] == 0


def test_stub_and_history_come_back_from_the_store_alone_and_no_number_is_given_again(
    office: Path, tmp_path: Path
) -> None:
    run(office, "disposal", "carry-out", approved(office), *WITNESSES)
    before = [run(office, *words)[1] for words in (("archive", "show", OLD), ("disposal", "list"), ("archive", "list"))]
    assert run(office, "archive", "rebuild")[1]["damaged"] == []
    assert [
        run(office, *words)[1] for words in (("archive", "show", OLD), ("disposal", "list"), ("archive", "list"))
    ] == before
    assert run(office, "archive", "verify")[0] == 0
    (tmp_path / "又一份.txt").write_text("又一份", encoding="utf-8")
    told = run(office, "archive", "add", str(tmp_path / "又一份.txt"), "--kind", "简报", "--year", "2010")[1]
    assert told["filed"][0]["code"] == "Z109-WS·2010-D10-0003"


def test_broken_off_before_the_files_were_gone_it_is_completed_when_the_office_opens(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = run(office, "archive", "show", OLD)[1]["record"]["id"]
    number = approved(office)

    def fail(_self: object, _name: str) -> None:
        raise OSError(5, "断电")

    with monkeypatch.context() as broken:
        broken.setattr("storage.ocfl.ObjectStore.remove", fail)
        with pytest.raises(OSError, match="断电"):
            run(office, "disposal", "carry-out", number, *WITNESSES)
    assert list(office.glob(f"archive/store/*/{id}"))
    run(office, "disposal", "hold", MIDDLE, "--reason", "任何写入")
    assert not list(office.glob(f"archive/store/*/{id}"))
    assert run(office, "archive", "verify")[0] == 0


def test_the_mirror_loses_it_too_and_does_not_bring_it_back(office: Path, tmp_path: Path) -> None:
    id = run(office, "archive", "show", OLD)[1]["record"]["id"]
    run(office, "archive", "mirror", str(tmp_path / "usb"))
    shutil.copytree(tmp_path / "usb", tmp_path / "old")
    run(office, "disposal", "carry-out", approved(office), *WITNESSES)
    assert run(office, "archive", "repair", str(tmp_path / "old"))[1]["mended"] == []
    run(office, "archive", "mirror", str(tmp_path / "usb"))
    assert list((tmp_path / "old").rglob(id))
    assert not list((tmp_path / "usb").rglob(id))
    assert not list(office.glob(f"archive/store/*/{id}"))


def test_a_destroyed_paper_leaves_an_explained_gap_in_a_hand_over(office: Path, tmp_path: Path) -> None:
    run(office, "disposal", "carry-out", approved(office), *WITNESSES)
    told = run(office, "handover", "make", "-o", str(tmp_path / "移交"))[1]
    results = {outcome["number"]: outcome["result"] for outcome in told["inspection"]["outcomes"]}
    assert (told["items"], results["YJ2-6"]) == (3, "pass")


def test_what_is_not_clear_is_asked(office: Path) -> None:
    with pytest.raises(CommandError, match="二者选一"):
        run(office, "disposal", "propose", "--reason", "x")
    with pytest.raises(NotFound, match="没有这次鉴定"):
        run(office, "disposal", "approve", "销毁〔2026〕9号", "--approver", "x", "--basis", "y")
