"""Catalogues, boxes and labels: a line a 件, one class a box, every size as the standard has it."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from clerk import run
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from archive.boxing import fill
from archive.cataloguing import CATALOGUE, catalogue
from generators.pages.checking import text_of
from generators.pages.labels import write_front, write_spines, write_stamps
from generators.pages.layout import load_layout
from model.boxes import Spine, Stamp
from model.errors import CommandError, NotFound
from model.offices import Office
from model.records import Description, Record

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = Office(name="青山县教育局", short="县教育局", fonds="Z109")


def record(item: int, pages: int | None = None, **about: Any) -> Record:
    told: dict[str, Any] = {"title": "通知", "year": 2026, "pages": pages} | about
    described = Description(**told)
    code = f"Z109-WS·2026-D10-{item:04d}"
    return Record(id=str(item), code=code, description=described, filed=None, versions=(), register="档号/x", item=item)  # type: ignore[arg-type]


def test_the_catalogue_has_the_nine_columns_of_the_standard() -> None:
    assert [column.name for column in CATALOGUE] == [
        "序号",
        "档号",
        "文号",
        "责任者",
        "题名",
        "日期",
        "密级",
        "页数",
        "备注",
    ]
    told = record(
        2, 12, title="青山县教育局关于检查的通知", number="青教发〔2026〕2号", issuer="本局", dated=date(2026, 3, 5)
    )
    sheet = catalogue((told, record(1)), OFFICE, "归档文件目录", ())
    assert sheet.rows[1] == (
        2, "Z109-WS·2026-D10-0002", "青教发〔2026〕2号", "青山县教育局", "青山县教育局关于检查的通知", "20260305", "", 12, "",
    )  # fmt: skip
    assert sheet.rows[0][1] == "Z109-WS·2026-D10-0001", "in the order of the 件号"


@settings(deadline=None)
@given(
    pages=st.lists(st.one_of(st.none(), st.integers(1, 900)), max_size=40), thickness=st.sampled_from([20, 30, 40, 50])
)
def test_boxes_hold_every_record_once_in_order_and_never_more_than_fits(
    pages: list[int | None], thickness: int
) -> None:
    records = [record(number, count) for number, count in enumerate(pages, 1)]
    boxes = list(fill(records, thickness))
    assert [item for first, last in boxes for item in range(first, last + 1)] == list(range(1, len(records) + 1))
    for first, last in boxes:
        held = sum(pages[item - 1] or 3 for item in range(first, last + 1))
        assert held <= thickness * 10 or first == last, "only what no box holds has one of its own"


def body(content: bytes) -> Any:
    with ZipFile(BytesIO(content)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def millimetres(value: str) -> float:
    return round(int(value) * 25.4 / 1440, 1)


def test_a_stamp_is_45_by_16_mm_of_six_equal_cells() -> None:
    stamp = Stamp(fonds="Z109", year="2026", item="0001", department="办公室", retention="永久", pages="12")
    root = body(write_stamps([stamp] * 4, load_layout()))
    upper, lower = list(root.iter(f"{W}tr"))[:2]
    cells = [cell for row in (upper, lower) for cell in row.iter(f"{W}tc") if cell.find(f".//{W}tcBorders") is not None]
    assert ["".join(cell.itertext()) for cell in cells[:3]] == ["Z109", "2026", "0001"]
    assert ["".join(cell.itertext()) for cell in cells[9:12]] == ["办公室", "永久", "12"]
    assert {millimetres(cell.find(f".//{W}tcW").get(f"{W}w")) for cell in cells} == {15.0}
    assert {millimetres(row.find(f".//{W}trHeight").get(f"{W}val")) for row in (upper, lower)} == {8.0}


@pytest.mark.parametrize("thickness", [20, 30, 40, 50])
def test_a_spine_is_as_wide_as_its_box(thickness: int) -> None:
    spine = Spine(
        fonds="Z109",
        year="2026",
        retention="永久",
        department="",
        items="0001\n—\n0009",
        number="1",
        thickness=thickness,
    )
    root = body(write_spines([spine] * 9, load_layout()))
    widths = [millimetres(column.get(f"{W}w")) for column in root.iter(f"{W}gridCol")]
    assert [width for width in widths if width > 5] == [float(thickness)] * 9
    assert all(sum(map(float, widths_of(table))) <= 156.1 for table in root.iter(f"{W}tbl")), "all on the page"


def widths_of(table: Any) -> list[float]:
    return [millimetres(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]


def test_the_front_bears_the_name_over_a_double_rule() -> None:
    root = body(write_front("青山县教育局", load_layout()))
    assert root.find(f".//{W}pBdr/{W}bottom").get(f"{W}val") == "double"


@pytest.fixture
def office(office: Path, tmp_path: Path) -> Path:
    for kind in ("自查报告", "通报"):
        for number in range(3):
            (tmp_path / f"{kind}{number}.txt").write_text(f"{kind}{number}", encoding="utf-8")
            run(office, "archive", "add", str(tmp_path / f"{kind}{number}.txt"), "--kind", kind)
    return office


def test_what_is_boxed_stays_and_newcomers_get_a_new_box(office: Path, tmp_path: Path) -> None:
    boxes = run(office, "box", "fill")[1]["boxes"]
    assert [(box["number"], box["shelf"]["retention"], box["first"], box["last"]) for box in boxes] == [
        (1, "D10", 1, 3),
        (2, "Y", 1, 3),
    ]
    assert run(office, "box", "fill")[1]["boxes"] == []
    (tmp_path / "新.txt").write_text("新", encoding="utf-8")
    run(office, "archive", "add", str(tmp_path / "新.txt"), "--kind", "通报")
    assert run(office, "box", "list")[1]["loose"] == 1
    (box,) = run(office, "box", "fill")[1]["boxes"]
    assert (box["number"], box["first"], box["last"]) == (3, 4, 4)


def test_everything_for_the_boxes_is_printed_and_comes_back_after_a_rebuild(office: Path, tmp_path: Path) -> None:
    run(office, "box", "fill")
    run(office, "box", "note", "2", "--note", "第3件缺附件", "--checked-by", "赵五", "--checked-on", "2026-03-06")
    before = run(office, "box", "list")[1]
    run(office, "archive", "rebuild")
    assert run(office, "box", "list")[1] == before
    out = tmp_path / "盒"
    assert len(run(office, "box", "print", "-o", str(out))[1]["paths"]) == 7
    assert "第3件缺附件" in text_of((out / "备考表.docx").read_bytes())
    assert "0001" in text_of((out / "盒脊.docx").read_bytes())
    data = openpyxl.load_workbook(out / "归档章数据.xlsx").active
    assert [cell.value for cell in data[3]] == ["Z109", "2026", "0001", None, "10年", None]
    assert run(office, "archive", "verify")[0] == 0


def test_a_catalogue_file_is_of_one_class_and_a_folder_of_all(office: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="一类"):
        run(office, "archive", "catalogue", "-o", str(tmp_path / "a.xlsx"))
    run(office, "archive", "catalogue", "-o", str(tmp_path / "a.xlsx"), "--retention", "永久")
    rows = list(openpyxl.load_workbook(tmp_path / "a.xlsx").active.iter_rows(values_only=True))
    assert [row[1] for row in rows[4:]] == [f"Z109-WS·2026-Y-000{n}" for n in (1, 2, 3)]
    assert len(run(office, "archive", "catalogue", "-o", str(tmp_path / "目录"))[1]["paths"]) == 4
    with pytest.raises(NotFound):
        run(office, "archive", "catalogue", "-o", str(tmp_path / "b.xlsx"), "--year", "1999")
