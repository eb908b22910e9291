"""真实性: metadata in the right form, codes that fit, files that are what is said of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from archive.inspection.looking import count, each, files, readable
from model.packages import Packed, PackedFile, PackedItem

LENGTHS = {"题名": 500, "责任者": 200, "文件编号": 100, "档号值": 60, "附注": 1000, "关键词": 500, "主送": 1000}
"""Longest values in characters."""

VALUES = {
    "聚合层次": {"文件"},
    "保管期限": {"永久", "30年", "10年"},
    "语种": {"汉语"},
    "稿本": {"正本", "定稿"},
    "文件组合类型": {"单件", "组合文件"},
    "当前位置": {"在线", "近线", "离线"},
}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff\ue000-\uf8ff\u200b-\u200f\u202a-\u202e]")


def lengths(packed: Packed) -> tuple[str, Iterable[str]]:
    """No value is longer than its element allows."""

    def faults(item: PackedItem) -> Iterator[str]:
        for name, longest in LENGTHS.items():
            if len(item.value(name)) > longest:
                yield f"{name}有 {len(item.value(name))} 字，超过 {longest}"

    return f"{count(packed)}的 {'、'.join(LENGTHS)}", each(packed, faults)


def types(packed: Packed) -> tuple[str, Iterable[str]]:
    """Numbers, years and days have their form."""
    forms = {
        "年度": r"\d{4}",
        "日期": r"(\d{8})?",
        "页数": r"\d*",
        "件数": r"\d+",
        "室编件号": r"\d{4,}",
        "计算机文件大小": r"\d+",
    }

    def faults(item: PackedItem) -> Iterator[str]:
        for name, form in forms.items():
            values = [file.size for file in item.files] if name == "计算机文件大小" else [item.value(name)]
            for value in values:
                if not re.fullmatch(form, value):
                    yield f"{name}“{value}”的格式不对"
        if re.fullmatch(r"\d{8}", item.value("日期")) and _day(item.value("日期")) is None:
            yield f"日期“{item.value('日期')}”不是一个日子"

    return f"{count(packed)}的 {'、'.join(forms)}", each(packed, faults)


def ranges(packed: Packed) -> tuple[str, Iterable[str]]:
    """Closed elements hold a value of their list; nothing secret is here."""

    def faults(item: PackedItem) -> Iterator[str]:
        for name, allowed in VALUES.items():
            if item.value(name) and item.value(name) not in allowed:
                yield f"{name}“{item.value(name)}”不在值域内（{'、'.join(sorted(allowed))}）"
        if any(level in item.value("密级") for level in ("绝密", "机密", "秘密")):
            yield f"密级“{item.value('密级')}”：涉密文件不得进入本系统"

    return f"{count(packed)}的 {'、'.join((*VALUES, '密级'))}", each(packed, faults)


def sense(packed: Packed) -> tuple[str, Iterable[str]]:
    """Day, year, pages and title can be true together."""

    def faults(item: PackedItem) -> Iterator[str]:
        day, year = _day(item.value("日期")), item.value("年度")
        if day and not 1900 <= day.year <= 2200:
            yield f"日期“{item.value('日期')}”不合情理"
        if day and year.isdigit() and day.year != int(year) and not item.value("附注"):
            yield f"日期是 {day.year} 年，年度却是 {year}，附注没有说明"
        if item.value("页数") == "0":
            yield "页数是 0"
        if item.value("题名") and not re.search(r"\w", item.value("题名")):
            yield "题名里没有字"

    return f"{count(packed)}的日期与年度、页数、题名", each(packed, faults)


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").date() if re.fullmatch(r"\d{8}", text) else None
    except ValueError:
        return None


def characters(packed: Packed) -> tuple[str, Iterable[str]]:
    """No control, private or invisible characters."""

    def faults(item: PackedItem) -> Iterator[str]:
        for name, value in item.metadata:
            if found := _CONTROL.search(value):
                yield f"{name}里有特殊字符（U+{ord(found.group()):04X}）"

    return f"{count(packed)}的全部元数据", each(packed, faults)


def codes(packed: Packed) -> tuple[str, Iterable[str]]:
    """档号 has the form of the rule and says what is described."""

    def faults(item: PackedItem) -> Iterator[str]:
        code = item.value("档号值")
        if not re.fullmatch(packed.code_pattern, code):
            yield f"档号“{code}”不合规则"
            return
        period = {"永久": "Y", "30年": "D30", "10年": "D10"}.get(item.value("保管期限"), item.value("保管期限"))
        parts = (item.value("全宗号"), item.value("年度"), period, item.value("室编件号"))
        lacking = [part for part in parts if part and part not in re.split(r"[-·.]", code)]
        if lacking:
            yield f"档号“{code}”与著录的 {'、'.join(lacking)} 对不上"

    return f"{count(packed)}的档号", each(packed, faults)


def doubles(packed: Packed) -> tuple[str, Iterable[str]]:
    """No 档号 twice, no paper twice."""

    def faults() -> Iterator[str]:
        for name in ("档号值", "电子文件号"):
            held = Counter(item.value(name) for item in readable(packed) if item.value(name))
            yield from (f"{name}“{value}”有 {count} 件" for value, count in held.items() if count > 1)
        both = Counter(
            (i.value("文件编号"), i.value("题名"), i.value("责任者")) for i in readable(packed) if i.value("文件编号")
        )
        yield from (
            f"文号“{number}”题名“{title}”有 {count} 件" for (number, title, _), count in both.items() if count > 1
        )

    return f"{count(packed)}的档号、电子文件号，文号连同题名和责任者", faults()


def sizes(packed: Packed) -> tuple[str, Iterable[str]]:
    """Files have the size and format that the metadata say."""

    def fault(file: PackedFile) -> str:
        if file.actual_size is None or not file.size.isdigit():
            return ""  # another item's
        ending = file.name.rpartition(".")[2].lower() if "." in file.name else ""
        if file.actual_size != int(file.size):
            return f"元数据写 {file.size} 字节，实际 {file.actual_size}"
        return "" if file.format in ("", ending) else f"元数据写格式 {file.format}，文件名是 {ending}"

    return f"{count(packed)}的大小与格式", files(packed, fault)


def linked(packed: Packed) -> tuple[str, Iterable[str]]:
    """Every item has files."""
    return f"{count(packed)}", each(packed, lambda item: () if item.files else ("没有关联任何内容数据",))
