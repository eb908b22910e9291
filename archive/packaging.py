"""移交包 made and read back: a folder a 件 with its files, 元数据.xml and EEP; what an inspection then looks at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from archive import bagging, eep, metadata
from archive.bagging import BagWriter
from archive.metadata import Tree
from archive.numbers import CODE, NO_FONDS
from model.naming import safe_name
from model.offices import Office
from model.packages import History, Packed, PackedFile, PackedItem, Stage
from model.records import Record, StoredFile

if TYPE_CHECKING:
    from lxml.etree import _Element

NOTE, METADATA = "说明文件.txt", "元数据.xml"
_LISTS = (NOTE, "移交清单.docx", "移交清单.xlsx")
_MUST_SAY = ("移交单位", "全宗号", "件数", "内容数据字节数", "移交包创建时间")
Probe = Callable[[Path], tuple[str, bool]]
"""Why a file cannot be read (empty: it can), and whether it is encrypted."""


def code_pattern(office: Office) -> str:
    """The shape that this office's 档号 have, as a regular expression."""
    if not office.code_pattern:
        return CODE.pattern
    parts = {"全宗号": "[A-Z0-9]{4}", "门类": "WS", "年度": r"\d{4}", "保管期限": "(?:Y|D30|D10)", "件号": r"\d{4,}"}
    pieces = re.split(r"([-·.]?\{机构\}|\{[^}]*\})", office.code_pattern)
    told = []
    for piece in pieces:
        if piece.endswith("{机构}"):
            told.append(f"(?:{re.escape(piece.removesuffix('{机构}'))}[A-Z0-9]{{3}})?")
        else:
            told.append(parts[piece[1:-1]] if piece.startswith("{") else re.escape(piece))
    return "".join(told)


def make(
    folder: Path,
    histories: Iterable[History],
    office: Office,
    *,
    content: eep.Blocks,
    lists: Mapping[str, bytes],
    void: Iterable[tuple[str, str]],
    now: datetime,
    progress: Callable[[int], None],
) -> None:
    """Write a package into a new folder. `lists` are its 移交清单 by file name, `void` 件号 without a 件 and why."""
    writer = BagWriter(folder)
    items = size = 0
    for items, history in enumerate(histories, 1):
        size += _item(writer, history, office, content, now)
        progress(items)
    for name, told in lists.items():
        writer.write(name, iter((told,)))
    writer.write(NOTE, iter((_note(office, items, size, void, now).encode(),)))
    writer.close(
        {
            "Source-Organization": office.name,
            "External-Description": f"{office.name}电子档案移交包，{items} 件",
            "Bagging-Date": f"{now:%Y-%m-%d}",
            "Bag-Size": f"{writer.size / 1e9:.3f} GB",
        }
    )


def _item(writer: BagWriter, history: History, office: Office, content: eep.Blocks, now: datetime) -> int:
    record = history.record
    place = safe_name(record.code)
    size = sum(writer.write(f"{place}/{base_of(file)}", content(record, file)) for file in record.files)
    writer.write(f"{place}/{METADATA}", iter((metadata.document(history, office),)))
    writer.write(f"{place}/{place}.eep", eep.blocks(history, office, content, now))
    return size


def base_of(file: StoredFile) -> str:
    """The name that a file bears in store and package: its place in the 件, then a name that every system takes."""
    return file.path.rpartition("/")[2]


def _note(office: Office, items: int, size: int, void: Iterable[tuple[str, str]], now: datetime) -> str:
    lines = [
        f"移交单位：{office.name}",
        f"全宗号：{office.fonds or NO_FONDS}",
        f"件数：{items}",
        f"内容数据字节数：{size}",
        f"移交包创建时间：{now.replace(tzinfo=None).isoformat(timespec='seconds')}",
        f"档号规则：{code_pattern(office)}",
        f"每件一个文件夹，以档号为名：内容数据、{METADATA}（DA/T 46-2009）、EEP 封装包（DA/T 48-2009）。",
        "整包按 BagIt 1.0（RFC 8493）组织，数字摘要为 SHA-256。",
        *(f"空号：{code}　{why}" for code, why in void),
    ]
    return "\n".join(lines) + "\n"


def read(folder: Path, probe: Probe, stage: Stage = Stage.HANDOVER) -> Packed:
    """What lies in a package, for inspection. Never raises for what is in it."""
    bag = bagging.read(folder)
    note = _said(folder / "data" / NOTE)
    places = sorted({path.split("/", 1)[0] for path in bag.payload if "/" in path})
    extra = tuple(
        path for path in bag.extra if not path.startswith("data/") or path.removeprefix("data/") in bag.payload
    )
    items = tuple(_read_item(folder / "data" / place, probe, extra) for place in places)
    strangers = [path for path in bag.payload if "/" not in path and path not in _LISTS and f"data/{path}" not in extra]
    sizes = (file.actual_size for item in items for file in item.files if file.actual_size is not None)
    return Packed(
        stage=stage,
        subject=str(folder),
        items=items,
        declared_items=_number(note.get("件数")),
        declared_bytes=_number(note.get("内容数据字节数")),
        actual_bytes=sum(sizes),
        structure=(*bag.structure, *(f"{path}：不该放在这里" for path in strangers)),
        digests=bag.digests,
        digested=bag.digested,
        description=tuple(_description_faults(bag, note)),
        extra=extra,
        void=tuple(_void(folder / "data" / NOTE)),
        code_pattern=note.get("档号规则", CODE.pattern),
    )


def _said(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    return {name: value for name, colon, value in (line.partition("：") for line in lines) if colon}


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None


def _description_faults(bag: bagging.Bag, note: Mapping[str, str]) -> Iterator[str]:
    for name in _LISTS:
        if name not in bag.payload:
            yield f"没有 {name}"
    if note and (lacking := [name for name in _MUST_SAY if not note.get(name)]):
        yield f"{NOTE} 没有写 {'、'.join(lacking)}"


def _void(path: Path) -> Iterator[tuple[str, int]]:
    """The 件号 that the note says are void, as the inspection names classes: 全宗号-年度-保管期限-机构."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    for line in lines:
        found = re.match(r"空号：(\S+)-(\d+)　", line)
        if found:
            yield found[1], int(found[2])


def class_name(register: str) -> str:
    """A register's name as the inspection names its class: 全宗号-年度-保管期限-机构."""
    fonds, _, rest = register.removeprefix("档号/").partition("-WS·")
    year, *parts = rest.split("-")
    periods = {"Y": "永久", "D30": "30年", "D10": "10年"}
    period = next((periods[part] for part in parts if part in periods), "")
    department = next((part for part in parts if part not in periods), "")
    return "-".join(filter(None, (fonds, year, period, department)))


def _read_item(folder: Path, probe: Probe, extra: tuple[str, ...]) -> PackedItem:
    held = sorted(
        path.name for path in folder.iterdir() if path.is_file() and f"data/{folder.name}/{path.name}" not in extra
    )
    contents = [name for name in held if name != METADATA and not name.endswith(".eep")]
    lacking = [
        what
        for what, there in ((METADATA, METADATA in held), ("EEP 封装包", any(n.endswith(".eep") for n in held)))
        if not there
    ]
    try:
        root = _parsed(folder / METADATA) if METADATA in held else None
        unreadable = ""
    except (ValueError, OSError) as error:
        root, unreadable = None, f"{METADATA} 读不出来：{error}"
    told = _leaves(root) if root is not None else ()
    files = tuple(
        _read_file(folder, number, attributes, contents, probe)
        for number, attributes in enumerate(_attributes(root), 1)
    )
    return PackedItem(
        where=folder.name, metadata=told, files=files, steps=_steps(root), unreadable=unreadable, lacking=tuple(lacking)
    )


def _parsed(path: Path) -> _Element:
    from lxml import etree

    try:
        return etree.parse(
            str(path), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        ).getroot()
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from None


def _leaves(root: _Element) -> tuple[tuple[str, str], ...]:
    entity = root.find("文件实体")
    elements = entity.iter() if entity is not None else ()
    return tuple((str(element.tag), element.text or "") for element in elements if len(element) == 0)


def _attributes(root: _Element | None) -> list[dict[str, str]]:
    found = root.iterfind("文件实体/电子属性/文件属性") if root is not None else ()
    return [{str(child.tag): child.text or "" for child in element} for element in found]


def _steps(root: _Element | None) -> tuple[tuple[str, str, str], ...]:
    if root is None:
        return ()
    names = ("业务行为", "行为时间", "机构人员标识符")
    return tuple(
        (act.findtext(names[0]) or "", act.findtext(names[1]) or "", act.findtext(names[2]) or "")
        for act in root.iterfind("业务实体")
    )


def _read_file(folder: Path, number: int, told: Mapping[str, str], contents: list[str], probe: Probe) -> PackedFile:
    name = next((name for name in contents if name.startswith(f"{number:02d}-")), None)
    path = folder / (name or "")
    why, encrypted = probe(path) if name else ("", False)
    return PackedFile(
        name=told.get("计算机文件名", ""),
        part=told.get("组成部分", ""),
        size=told.get("计算机文件大小", ""),
        format=told.get("格式信息", ""),
        path=str(path),
        actual_size=path.stat().st_size if name else None,
        why=why,
        encrypted=encrypted,
    )


def item_of(history: History, office: Office, path: Callable[[Record, StoredFile], Path], probe: Probe) -> PackedItem:
    """A record of the archive as an inspection looks at it."""
    record = history.record
    tree: Tree = ("文件实体", metadata.file_entity(record, office))
    steps = tuple((event.action, event.at.isoformat(), event.who) for event in history.events)
    files = tuple(_held_file(path(record, file), file, probe) for file in record.files)
    return PackedItem(where=record.code, metadata=tuple(_told(tree)), files=files, steps=steps)


def _held_file(path: Path, file: StoredFile, probe: Probe) -> PackedFile:
    there = path.is_file()
    why, encrypted = probe(path) if there else ("", False)
    return PackedFile(
        name=file.name,
        part=file.part.value,
        size=str(file.size),
        format=metadata.format_of(file.name),
        path=str(path),
        actual_size=path.stat().st_size if there else None,
        why=why,
        encrypted=encrypted,
    )


def _told(tree: Tree) -> Iterator[tuple[str, str]]:
    name, content = tree
    if isinstance(content, str):
        yield name, content
        return
    for child in content:
        yield from _told(child)
