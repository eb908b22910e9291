"""A source is removed only when asked, and only after what the store holds of it has been read back."""

from pathlib import Path
from typing import Any

import pytest
from clerk import run

import desk.removing
from archive.strongroom import Strongroom


@pytest.fixture
def office(office: Path, tmp_path: Path) -> Path:
    (tmp_path / "来件").mkdir()
    (tmp_path / "来件" / "关于检查灭火器的通知.txt").write_text("请各学校检查灭火器。", encoding="utf-8")
    (tmp_path / "来件" / "盖章扫描件.pdf").write_bytes(b"%PDF-1.4 signed\r\n\0\xff")
    return office


def left(office: Path) -> list[str]:
    return sorted(path.name for path in (office.parent / "来件").iterdir())


def test_sources_stay_where_they_are(office: Path) -> None:
    run(office, "archive", "add", str(office.parent / "来件"))
    assert left(office) == ["关于检查灭火器的通知.txt", "盖章扫描件.pdf"]


def test_with_move_they_go_once_they_are_filed_and_come_back_byte_for_byte(office: Path, tmp_path: Path) -> None:
    signed = (tmp_path / "来件" / "盖章扫描件.pdf").read_bytes()
    _, told = run(office, "archive", "add", str(office.parent / "来件"), "--move")
    assert left(office) == []
    assert ["原件已移走" in paper["remark"] for paper in told["filed"]] == [True, True]
    (code,) = (paper["code"] for paper in told["filed"] if paper["path"].endswith("pdf"))
    run(office, "archive", "get", code, "-o", str(tmp_path / "取出"))
    (got,) = (tmp_path / "取出").iterdir()
    assert got.read_bytes() == signed


def test_a_rehearsal_removes_nothing(office: Path) -> None:
    run(office, "archive", "add", str(office.parent / "来件"), "--move", "--dry-run")
    assert len(left(office)) == 2


def test_a_source_that_was_changed_after_it_was_read_stays(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deposit = Strongroom.deposit

    def change_then(self: Strongroom, *given: Any, **named: Any) -> Any:
        done = deposit(self, *given, **named)
        (office.parent / "来件" / "盖章扫描件.pdf").write_bytes(b"another")
        return done

    monkeypatch.setattr(Strongroom, "deposit", change_then)
    _, told = run(office, "archive", "add", str(office.parent / "来件"), "--move")
    assert left(office) == ["盖章扫描件.pdf"]
    assert any("归档以后它又被改动过" in paper["remark"] for paper in told["filed"])


def test_a_source_whose_stored_copy_cannot_be_read_back_stays(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remove = desk.removing._remove

    def ruin_then(room: Strongroom, record: str, source: Path) -> str:
        for stored in office.glob("archive/store/*/*/v1/content/files/*"):
            stored.write_bytes(b"?")
        return remove(room, record, source)

    monkeypatch.setattr(desk.removing, "_remove", ruin_then)
    _, told = run(office, "archive", "add", str(office.parent / "来件"), "--move")
    assert len(left(office)) == 2
    assert all("原件没有移走" in paper["remark"] for paper in told["filed"])
