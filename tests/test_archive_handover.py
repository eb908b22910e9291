"""A hand-over package proves itself: bagit validates it, its EEP files follow DA/T 48 in order, and each planted fault fails its one item.

A dozen records here; `JUANZONG_SWEEP=full` makes 500 of them.
"""

import base64
import hashlib
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import bagit
import pytest
from clerk import new_office, run
from lxml import etree

from archive.bagging import DECLARATION, manifest
from archive.eep import NAMESPACE
from archive.inspecting import ITEMS
from archive.packaging import code_pattern
from generators.pages.checking import text_of
from model.errors import NotFound, Refused
from model.offices import Office

RECORDS = 500 if os.environ.get("JUANZONG_SWEEP") == "full" else 12


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An office with papers, one of them of several parts, one issued, one put into another class; and its package."""
    base = tmp_path_factory.mktemp("handover")
    office, papers = base / "office", base / "资料"
    new_office(office)
    papers.mkdir()
    for number in range(RECORDS - 2):
        text = f"关于第{number}项工作的通知\n各学校：\n请按要求办理第{number}项工作。\n青岚县教育局\n2026年2月{number % 28 + 1}日\n"
        (papers / f"{number:03d}.txt").write_text(text, encoding="utf-8")
    assert run(office, "archive", "add", str(papers))[0] == 0
    for name in ("正文.txt", "附件1.txt"):
        (base / name).write_text(f"有附件的一件：{name}\n2026年3月1日", encoding="utf-8")
    run(office, "archive", "add", "--one", str(base / "正文.txt"), str(base / "附件1.txt"), "--year", "2026")
    (office / "drafts" / "稿.md").write_text(
        "---\n发文机关: [青岚县教育局]\n标题: 青岚县教育局关于检查的通知\n---\n\n请办理。\n", encoding="utf-8"
    )
    run(
        office, "issue", str(office / "drafts" / "稿.md"), "--signer", "王局长", "--code", "青教发", "--drafter", "李四"
    )
    run(
        office,
        "archive",
        "describe",
        "Z109-WS·2026-D10-0002",
        "保管期限=永久",
        "--reason",
        "重要",
        "--relation",
        "回复=Z109-WS·2026-D10-0001",
    )
    code, told = run(office, "handover", "make", "-o", str(base / "移交"))
    assert (code, told["items"]) == (0, RECORDS), told["inspection"]
    return office, base / "移交"


def outcomes(told: dict[str, Any]) -> dict[str, str]:
    return {outcome["number"].removeprefix("YJ"): outcome["result"] for outcome in told["inspection"]["outcomes"]}


def test_an_independent_validator_finds_the_bag_sound(made: tuple[Path, Path]) -> None:
    bag = bagit.Bag(str(made[1] / "移交包"))
    bag.validate()
    assert bag.info["Source-Organization"] == "青岚县教育局"


def test_a_sound_package_passes_and_what_needs_outside_tools_is_never_a_pass(made: tuple[Path, Path]) -> None:
    told = run(made[0], "handover", "check", str(made[1] / "移交包"))[1]
    results = outcomes(told)
    assert set(results.values()) == {"pass", "not applicable"}
    assert [results[number] for number in ("1-1", "3-2", "3-5", "4-1", "4-2", "4-4", "4-5", "4-6")] == [
        "not applicable"
    ] * 8
    assert all(results[number] == "pass" for number in ("1-7", "1-13", "2-1", "2-6", "2-8", "3-7", "4-3"))
    assert len(results) == len(ITEMS)


def children(element: Any) -> list[str]:
    return [etree.QName(child).localname for child in element]


def test_every_eep_file_follows_the_order_of_the_standard_and_holds_the_files(made: tuple[Path, Path]) -> None:
    packages = sorted((made[1] / "移交包" / "data").glob("*/*.eep"))
    assert len(packages) == RECORDS
    for path in packages:
        root = etree.parse(str(path)).getroot()
        assert root.tag == f"{{{NAMESPACE}}}电子文件封装包"
        assert children(root) == ["封装包格式描述", "版本", "被签名对象"]
        signed = root[2]
        assert children(signed) == ["封装包类型", "封装包类型描述", "封装包创建时间", "封装包创建单位", "封装内容"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", signed[2].text or "")
        assert children(signed[4]) == ["文件实体块", "业务实体块", "机构人员实体块"]
        files, acts, agents = signed[4]
        entity = files[0]
        assert children(entity) == [
            "聚合层次", "来源", "电子文件号", "档号", "内容描述", "形式特征", "电子属性", "存储位置", "权限管理", "附注", "文件数据",
        ]  # fmt: skip
        assert set(children(files)[1:]) <= {"文件实体关系"}
        assert children(acts[0]) == [
            "业务标识符",
            "机构人员标识符",
            "文件标识符",
            "业务状态",
            "业务行为",
            "行为时间",
            "行为依据",
            "行为描述",
        ]
        assert children(agents[0]) == ["机构人员标识符", "机构人员类型", "机构人员名称", "组织机构代码", "个人职位"]
        stored = sorted(p for p in path.parent.iterdir() if p.suffix != ".eep" and p.name != "元数据.xml")
        packed = [base64.b64decode(data.text or "") for data in entity.iter(f"{{{NAMESPACE}}}编码数据")]
        assert packed == [p.read_bytes() for p in stored]


def test_the_life_of_an_issued_paper_goes_along(made: tuple[Path, Path]) -> None:
    (path,) = (
        p for p in (made[1] / "移交包" / "data").glob("*/元数据.xml") if "王局长" in p.read_text(encoding="utf-8")
    )
    root = etree.parse(str(path)).getroot()
    acts = [(act.findtext("业务行为"), act.findtext("机构人员标识符")) for act in root.iterfind("业务实体")]
    names = {
        agent.findtext("机构人员标识符"): agent.findtext("机构人员名称") for agent in root.iterfind("机构人员实体")
    }
    assert [name for name, _ in acts] == ["起草", "签发", "登记", "归档"]
    assert [names[who] for _, who in acts[:2]] == ["李四", "王局长"]


def rebag(bag: Path) -> None:
    """Manifests and Payload-Oxum of what lies there now, as somebody who had packed it so."""
    digests, size = {}, 0
    for path in sorted((bag / "data").rglob("*")):
        if path.is_file():
            digests[path.relative_to(bag).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
            size += path.stat().st_size
    info = (bag / "bag-info.txt").read_text(encoding="utf-8")
    info = re.sub(r"Payload-Oxum: .*", f"Payload-Oxum: {size}.{len(digests)}", info)
    tags = {"bagit.txt": DECLARATION, "bag-info.txt": info, "manifest-sha256.txt": manifest(digests)}
    for name, text in tags.items():
        (bag / name).write_bytes(text.encode())
    (bag / "tagmanifest-sha256.txt").write_text(
        manifest({name: hashlib.sha256(text.encode()).hexdigest() for name, text in tags.items()}), encoding="utf-8"
    )


def item(bag: Path, number: int = 0) -> Path:
    return sorted(path for path in (bag / "data").glob("*-D10-*"))[number]


def content(folder: Path) -> Path:
    return next(path for path in sorted(folder.iterdir()) if path.name.startswith("01-"))


def edit(bag: Path, old: str, new: str, folder: Path | None = None) -> None:
    path = (folder or item(bag)) / "元数据.xml"
    text = path.read_text(encoding="utf-8")
    assert re.search(old, text), old
    path.write_text(re.sub(old, new, text, count=1), encoding="utf-8")


def note(bag: Path, old: str, new: str | Callable[[re.Match[str]], str]) -> None:
    path = bag / "data" / "说明文件.txt"
    text = path.read_text(encoding="utf-8")
    assert re.search(old, text), old
    path.write_text(re.sub(old, new, text), encoding="utf-8")


def recount(bag: Path) -> None:
    """Let the note say what is there."""
    folders = [path for path in (bag / "data").iterdir() if path.is_dir()]
    size = sum(p.stat().st_size for f in folders for p in f.iterdir() if re.match(r"\d\d-", p.name))
    note(bag, r"件数：\d+", f"件数：{len(folders)}")
    note(bag, r"内容数据字节数：\d+", f"内容数据字节数：{size}")


def flip(bag: Path) -> None:
    path = content(item(bag))
    told = bytearray(path.read_bytes())
    told[10] ^= 1
    path.write_bytes(bytes(told))


def wrong_size(bag: Path) -> None:
    edit(bag, r"<计算机文件大小>\d+", "<计算机文件大小>1")


def long_title(bag: Path) -> None:
    edit(bag, "<题名>", f"<题名>{'长' * 600}")


def odd_date(bag: Path) -> None:
    edit(bag, r"<日期>\d{8}", "<日期>2026-2-1")


def odd_period(bag: Path) -> None:
    edit(bag, "<稿本>正本", "<稿本>草稿")


def other_year(bag: Path) -> None:
    edit(bag, r"<日期>2026", "<日期>1026")


def odd_character(bag: Path) -> None:
    edit(bag, "<题名>", "<题名>\ufffd")


def wrong_code(bag: Path) -> None:
    edit(bag, r"<档号值>Z109-WS·2026", "<档号值>Z109WS2026")


def wrong_part_of_code(bag: Path) -> None:
    edit(bag, r"<档号值>Z109-WS·2026-D10", "<档号值>Z109-WS·2026-D30")


def double_code(bag: Path) -> None:
    first, second = item(bag, 0), item(bag, 1)
    id = re.search(r"<电子文件号>(\w+)", (first / "元数据.xml").read_text(encoding="utf-8"))
    assert id
    edit(bag, r"<电子文件号>\w+", f"<电子文件号>{id[1]}", second)


def unlinked(bag: Path) -> None:
    path = item(bag) / "元数据.xml"
    told = re.sub(
        r"<文件属性>.*?</文件属性>",
        "<格式信息/><计算机文件名>x</计算机文件名>",
        path.read_text(encoding="utf-8"),
        flags=re.S,
    )
    told = told.replace("<格式信息/>", "<格式信息>txt</格式信息><计算机文件大小>1</计算机文件大小>")
    size = content(item(bag)).stat().st_size
    path.write_text(told, encoding="utf-8")
    content(item(bag)).unlink()
    note(bag, r"内容数据字节数：(\d+)", lambda m: f"内容数据字节数：{int(m[1]) - size}")


def no_list(bag: Path) -> None:
    (bag / "data" / "移交清单.docx").unlink()


def stray(bag: Path) -> None:
    (bag / "data" / "说说.txt").write_text("放错了地方", encoding="utf-8")


def wrong_count(bag: Path) -> None:
    note(bag, r"件数：\d+", "件数：9999")


def wrong_total(bag: Path) -> None:
    note(bag, r"内容数据字节数：\d+", "内容数据字节数：1")


def no_element(bag: Path) -> None:
    edit(bag, r"<文种>.*?</文种>\n", "")


def blank_title(bag: Path) -> None:
    edit(bag, r"<题名>.*?</题名>", "<题名></题名>")


def no_filing(bag: Path) -> None:
    edit(bag, "<业务行为>归档", "<业务行为>登记")


def gap(bag: Path) -> None:
    shutil.rmtree(item(bag, 0))
    recount(bag)


def unexplained(bag: Path) -> None:
    note(bag, r"空号：.*\n", "")


def no_content(bag: Path) -> None:
    content(item(bag)).unlink()
    recount(bag)


def no_annex(bag: Path) -> None:
    (path,) = (bag / "data").glob("*/02-*附件1.txt")
    path.unlink()
    recount(bag)


def no_package(bag: Path) -> None:
    next(item(bag).glob("*.eep")).unlink()


def broken_metadata(bag: Path) -> None:
    folder = sorted((bag / "data").glob("*-Y-*"))[-1]
    (folder / "元数据.xml").write_text("<元数据><没有写完", encoding="utf-8")
    size = sum(p.stat().st_size for p in folder.iterdir() if re.match(r"\d\d-", p.name))
    note(bag, r"内容数据字节数：(\d+)", lambda m: f"内容数据字节数：{int(m[1]) - size}")


def odd_format(bag: Path) -> None:
    renamed(bag, "xyz")


def renamed(bag: Path, ending: str, told: bytes | None = None) -> None:
    path = content(item(bag))
    name = f"{path.name[3:-4]}.{ending}"
    path.rename(path.with_name(f"01-{name}"))
    edit(bag, r"<格式信息>txt", f"<格式信息>{ending}")
    edit(bag, r"<计算机文件名>.*?<", f"<计算机文件名>{name}<")
    if told is not None:
        path.with_name(f"01-{name}").write_bytes(told)
        edit(bag, r"<计算机文件大小>\d+", f"<计算机文件大小>{len(told)}")
        recount(bag)


def unreadable(bag: Path) -> None:
    renamed(bag, "pdf", b"%PDF-1.4\n cut off")


def compressed(bag: Path) -> None:
    renamed(bag, "7z", b"7z\xbc\xaf\x27\x1c" + bytes(64))


def encrypted(bag: Path) -> None:
    renamed(bag, "zip", locked_zip(bag))


def locked_zip(bag: Path) -> bytes:
    """A zip whose one member says that it is encrypted."""
    path = bag / "x.zip"
    with ZipFile(path, "w") as package:
        package.writestr("a.txt", "内容")
    told = bytearray(path.read_bytes())
    path.unlink()
    told[6] |= 1
    told[told.index(b"PK\x01\x02") + 8] |= 1
    return bytes(told)


def extra(bag: Path) -> None:
    (item(bag) / "多余.txt").write_text("多出来的", encoding="utf-8")


PLANTED: dict[str, tuple[tuple[Callable[[Path], None], ...], bool]] = {
    "1-2": ((long_title,), True),
    "1-3": ((odd_date,), True),
    "1-4": ((odd_period,), True),
    "1-5": ((other_year,), True),
    "1-6": ((odd_character,), True),
    "1-7": ((wrong_code, wrong_part_of_code), True),
    "1-8": ((double_code,), True),
    "1-9": ((wrong_size,), True),
    "1-10": ((unlinked,), True),
    "1-11": ((no_list,), True),
    "1-12": ((stray,), True),
    "1-13": ((flip,), False),
    "2-1": ((wrong_count,), True),
    "2-2": ((wrong_total,), True),
    "2-3": ((no_element,), True),
    "2-4": ((blank_title,), True),
    "2-5": ((no_filing,), True),
    "2-6": ((gap, unexplained), True),
    "2-7": ((no_content,), True),
    "2-8": ((no_annex,), True),
    "2-9": ((no_package,), True),
    "3-1": ((broken_metadata,), True),
    "3-3": ((odd_format,), True),
    "3-4": ((unreadable,), True),
    "3-7": ((encrypted, compressed), True),
    "4-3": ((extra,), False),
}


@pytest.mark.parametrize(
    ("number", "plant", "packed_so"),
    [(number, plant, packed_so) for number, (plants, packed_so) in PLANTED.items() for plant in plants],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_a_planted_fault_fails_its_one_item(
    made: tuple[Path, Path], tmp_path: Path, number: str, plant: Callable[[Path], None], packed_so: bool
) -> None:
    bag = tmp_path / "移交包"
    shutil.copytree(made[1] / "移交包", bag)
    plant(bag)
    if packed_so:
        rebag(bag)
    code, told = run(tmp_path, "handover", "check", str(bag))
    assert [item for item, result in outcomes(told).items() if result == "fail"] == [number], told["inspection"]
    assert code == 1


def test_every_item_that_can_fail_has_a_planted_fault() -> None:
    judged = {number for number, _, _, check, only in ITEMS if not isinstance(check, str) and only != "archive"}
    assert judged == set(PLANTED)


def test_the_archive_itself_is_inspected_and_a_damage_fails_its_item(made: tuple[Path, Path], tmp_path: Path) -> None:
    office = tmp_path / "office"
    shutil.copytree(made[0], office)
    for stage, code in (("归档", "GD"), ("长期保存", "CB")):
        told = run(office, "handover", "inspect", "--stage", stage)[1]["inspection"]
        assert all(outcome["result"] != "fail" for outcome in told["outcomes"]), told
        assert {outcome["number"][:2] for outcome in told["outcomes"]} == {code}
    path = next(office.glob("archive/store/*/*/v1/content/files/01-*"))
    path.write_bytes(b"X" * path.stat().st_size)
    told = run(office, "handover", "inspect", "-o", str(tmp_path / "报告"))[1]
    assert [outcome["number"] for outcome in told["inspection"]["outcomes"] if outcome["result"] == "fail"] == [
        "GD1-13"
    ]
    assert "不通过" in text_of((tmp_path / "报告" / "四性检测报告（归档）.docx").read_bytes())


def test_a_hand_over_is_an_event_of_every_record_and_comes_back(made: tuple[Path, Path], tmp_path: Path) -> None:
    office, package = tmp_path / "office", tmp_path / "移交" / "移交包"
    shutil.copytree(made[0], office)
    shutil.copytree(made[1] / "移交包", package)
    code, told = run(
        office, "handover", "confirm", str(package), "--receiver", "青岚县档案馆", "--reason", "满十年移交"
    )
    assert (code, told["items"]) == (0, RECORDS)
    assert "青岚县档案馆" in text_of((package.parent / "移交与接收登记表.docx").read_bytes())
    run(office, "archive", "rebuild")
    events = run(office, "archive", "show", "Z109-WS·2026-D10-0001")[1]["events"]
    assert (events[-1]["action"], events[-1]["reason"]) == ("移交", "满十年移交")
    assert run(office, "archive", "verify")[0] == 0
    flip(package)
    with pytest.raises(Refused, match="没有通过"):
        run(office, "handover", "confirm", str(package), "--receiver", "青岚县档案馆")


def test_where_no_package_is_and_where_something_lies_already_it_is_said(
    made: tuple[Path, Path], tmp_path: Path
) -> None:
    with pytest.raises(NotFound, match="没有移交包"):
        run(tmp_path, "handover", "check", str(tmp_path))
    with pytest.raises(Refused, match="新的文件夹"):
        run(made[0], "handover", "make", "-o", str(made[1]))


def test_the_offices_own_pattern_becomes_the_rule_of_its_codes() -> None:
    own = Office(name="x", short="x", code_pattern="{全宗号}.{年度}.{机构}.{保管期限}.{件号}")
    pattern = code_pattern(own)
    assert re.fullmatch(pattern, "Z109.2026.BGS.Y.0001")
    assert re.fullmatch(pattern, "Z109.2026.Y.0001")
    assert not re.fullmatch(pattern, "Z109-WS·2026-Y-0001")
