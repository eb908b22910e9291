"""四性检测 (DA/T 70-2018): every item of the standard on what lies in a package or in the archive, each with what it looked at.

Pure: whoever read the package says what is there (`model.packages.Packed`); an item gives its faults, none is a pass, and what
needs an outside tool, or has no object here, is not applicable.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from model.packages import Inspection, Outcome, Packed, PackedFile, PackedItem, Result

Check = Callable[[Packed], tuple[str, Iterable[str]]]
"""What was looked at, and each fault."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


LENGTHS = {"题名": 500, "责任者": 200, "文件编号": 100, "档号值": 60, "附注": 1000, "关键词": 500, "主送": 1000}
"""Longest values in characters."""

REQUIRED = _words(
    "聚合层次 立档单位名称 全宗号 年度 保管期限 题名 密级 计算机文件名 计算机文件大小 格式信息 当前位置 室编件号 "
)
"""必填著录项目 that do not depend on the paper; 责任者 and 日期 may be unknown of old papers, and then 附注 says so."""

ELEMENTS = _words(
    "聚合层次 全宗名称 立档单位名称 电子文件号 档号值 全宗号 年度 保管期限 机构或问题 室编件号 "
    "题名 文件编号 责任者 日期 文种 密级 件数 页数 语种 稿本 格式信息 计算机文件名 "
    "计算机文件大小 当前位置 附注 "
)
"""元数据项 that must be there, if only empty."""

VALUES = {
    "聚合层次": {"文件"},
    "保管期限": {"永久", "30年", "10年"},
    "语种": {"汉语"},
    "稿本": {"正本", "定稿"},
    "文件组合类型": {"单件", "组合文件"},
    "当前位置": {"在线", "近线", "离线"},
}
FORMATS = _words(
    "docx doc wps xlsx xls et pptx ppt dps pdf ofd rtf "
    "txt csv html htm xml json md eml jpg jpeg png tif "
    "tiff bmp gif mp3 wav mp4 avi zip "
)
"""Formats that are kept as they are or converted in time; another one is named."""

COMPRESSED = frozenset({"rar", "7z", "gz", "bz2", "xz", "tar", "arj"})
"""Packed in ways that a receiver need not be able to open."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff\ue000-\uf8ff\u200b-\u200f\u202a-\u202e]")
_OUTSIDE = "要用外部工具检测，本系统不代为判断"


def inspect(packed: Packed, *, at: datetime, who: str) -> Inspection:
    """Every item on one package or on the archive."""
    outcomes = tuple(_outcome(packed, *item) for item in ITEMS)
    return Inspection(stage=packed.stage, subject=packed.subject, at=at, who=who, outcomes=outcomes)


def _outcome(packed: Packed, number: str, group: str, name: str, check: Check | str, only: str) -> Outcome:
    full = f"{packed.stage.value}{number}"
    elsewhere = {"package": not packed.is_package, "archive": packed.is_package}.get(only, False)
    if isinstance(check, str) or elsewhere:
        why = check if isinstance(check, str) else "这里没有信息包" if only == "package" else "在档案系统里检测"
        return Outcome(number=full, group=group, name=name, result=Result.NOT_APPLICABLE, looked_at=why)
    looked, found = check(packed)
    faults = tuple(found)
    result = Result.FAIL if faults else Result.PASS
    return Outcome(number=full, group=group, name=name, result=result, looked_at=looked, faults=faults)


def _readable(packed: Packed) -> list[PackedItem]:
    return [item for item in packed.items if item.metadata]


def _each(packed: Packed, faults: Callable[[PackedItem], Iterable[str]]) -> Iterator[str]:
    """Faults of every item whose metadata can be read; the others are another item's fault."""
    for item in _readable(packed):
        yield from (f"{item.where}：{fault}" for fault in faults(item))


def _files(packed: Packed, fault: Callable[[PackedFile], str]) -> Iterator[str]:
    for item in _readable(packed):
        yield from (f"{item.where} {file.name}：{told}" for file in item.files if (told := fault(file)))


def _count(packed: Packed) -> str:
    files = sum(len(item.files) for item in packed.items)
    return f"{len(packed.items)} 件 {files} 个文件"


# 真实性


def _lengths(packed: Packed) -> tuple[str, Iterable[str]]:
    def faults(item: PackedItem) -> Iterator[str]:
        for name, longest in LENGTHS.items():
            if len(item.value(name)) > longest:
                yield f"{name}有 {len(item.value(name))} 字，超过 {longest}"

    return f"{_count(packed)}的 {'、'.join(LENGTHS)}", _each(packed, faults)


def _types(packed: Packed) -> tuple[str, Iterable[str]]:
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

    return f"{_count(packed)}的 {'、'.join(forms)}", _each(packed, faults)


def _ranges(packed: Packed) -> tuple[str, Iterable[str]]:
    def faults(item: PackedItem) -> Iterator[str]:
        for name, allowed in VALUES.items():
            if item.value(name) and item.value(name) not in allowed:
                yield f"{name}“{item.value(name)}”不在值域内（{'、'.join(sorted(allowed))}）"
        if any(level in item.value("密级") for level in ("绝密", "机密", "秘密")):
            yield f"密级“{item.value('密级')}”：涉密文件不得进入本系统"

    return f"{_count(packed)}的 {'、'.join((*VALUES, '密级'))}", _each(packed, faults)


def _sense(packed: Packed) -> tuple[str, Iterable[str]]:
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

    return f"{_count(packed)}的日期与年度、页数、题名", _each(packed, faults)


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").date() if re.fullmatch(r"\d{8}", text) else None
    except ValueError:
        return None


def _characters(packed: Packed) -> tuple[str, Iterable[str]]:
    def faults(item: PackedItem) -> Iterator[str]:
        for name, value in item.metadata:
            if found := _CONTROL.search(value):
                yield f"{name}里有特殊字符（U+{ord(found.group()):04X}）"

    return f"{_count(packed)}的全部元数据", _each(packed, faults)


def _codes(packed: Packed) -> tuple[str, Iterable[str]]:
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

    return f"{_count(packed)}的档号", _each(packed, faults)


def _doubles(packed: Packed) -> tuple[str, Iterable[str]]:
    def faults() -> Iterator[str]:
        for name in ("档号值", "电子文件号"):
            held = Counter(item.value(name) for item in _readable(packed) if item.value(name))
            yield from (f"{name}“{value}”有 {count} 件" for value, count in held.items() if count > 1)
        both = Counter(
            (i.value("文件编号"), i.value("题名"), i.value("责任者")) for i in _readable(packed) if i.value("文件编号")
        )
        yield from (
            f"文号“{number}”题名“{title}”有 {count} 件" for (number, title, _), count in both.items() if count > 1
        )

    return f"{_count(packed)}的档号、电子文件号，文号连同题名和责任者", faults()


def _sizes(packed: Packed) -> tuple[str, Iterable[str]]:
    def fault(file: PackedFile) -> str:
        if file.actual_size is None or not file.size.isdigit():
            return ""  # another item's
        ending = file.name.rpartition(".")[2].lower() if "." in file.name else ""
        if file.actual_size != int(file.size):
            return f"元数据写 {file.size} 字节，实际 {file.actual_size}"
        return "" if file.format in ("", ending) else f"元数据写格式 {file.format}，文件名是 {ending}"

    return f"{_count(packed)}的大小与格式", _files(packed, fault)


def _linked(packed: Packed) -> tuple[str, Iterable[str]]:
    return f"{_count(packed)}", _each(packed, lambda item: () if item.files else ("没有关联任何内容数据",))


# 完整性


def _items(packed: Packed) -> tuple[str, Iterable[str]]:
    told = packed.declared_items
    bad = told is not None and told != len(packed.items)
    return f"说明 {told} 件，实有 {len(packed.items)} 件", (
        f"说明 {told} 件，实有 {len(packed.items)} 件",
    ) if bad else ()


def _bytes(packed: Packed) -> tuple[str, Iterable[str]]:
    told = packed.declared_bytes
    bad = told is not None and told != packed.actual_bytes
    looked = f"说明 {told} 字节，实有 {packed.actual_bytes} 字节"
    return looked, (looked,) if bad else ()


def _elements(packed: Packed) -> tuple[str, Iterable[str]]:
    def faults(item: PackedItem) -> Iterator[str]:
        held = {name for name, _ in item.metadata}
        if lacking := [name for name in ELEMENTS if name not in held]:
            yield f"缺元数据项 {'、'.join(lacking)}"

    return f"{_count(packed)}的 {len(ELEMENTS)} 个元数据项", _each(packed, faults)


def _required(packed: Packed) -> tuple[str, Iterable[str]]:
    def faults(item: PackedItem) -> Iterator[str]:
        held = {name for name, _ in item.metadata}
        if lacking := [name for name in REQUIRED if name in held and not item.value(name)]:
            yield f"没有填 {'、'.join(lacking)}"

    return f"{_count(packed)}的 {'、'.join(REQUIRED)}", _each(packed, faults)


def _steps(packed: Packed) -> tuple[str, Iterable[str]]:
    def faults(item: PackedItem) -> Iterator[str]:
        if "归档" not in {name for name, _, _ in item.steps}:
            yield "没有归档这一业务行为"
        yield from (f"业务行为“{name}”没有时间或机构人员" for name, when, who in item.steps if not when or not who)

    return f"{_count(packed)}的 {sum(len(item.steps) for item in packed.items)} 条业务行为", _each(packed, faults)


def _gaps(packed: Packed) -> tuple[str, Iterable[str]]:
    classes: dict[str, set[int]] = defaultdict(set)
    for item in _readable(packed):
        if item.value("室编件号").isdigit():
            classes[_class(item)].add(int(item.value("室编件号")))
    for register, number in packed.void:
        if register in classes:
            classes[register].add(number)

    def faults() -> Iterator[str]:
        for name, numbers in sorted(classes.items()):
            missing = sorted(set(range(1, max(numbers) + 1)) - numbers)
            if missing:
                told = "、".join(f"{number:04d}" for number in missing[:10])
                yield f"{name} 缺件号 {told}{f' 等 {len(missing)} 个' if len(missing) > 10 else ''}"

    return f"{len(classes)} 类的件号，{len(packed.void)} 个空号已有说明", faults()


def _class(item: PackedItem) -> str:
    department = item.value("机构或问题")
    return "-".join(filter(None, (item.value("全宗号"), item.value("年度"), item.value("保管期限"), department)))


def _contents(packed: Packed) -> tuple[str, Iterable[str]]:
    return f"{_count(packed)}中附件以外的文件", _files(
        packed, lambda file: "" if file.part == "附件" else _absent(file)
    )


def _annexes(packed: Packed) -> tuple[str, Iterable[str]]:
    annexes = sum(file.part == "附件" for item in packed.items for file in item.files)
    return f"{annexes} 个附件", _files(packed, lambda file: _absent(file) if file.part == "附件" else "")


def _absent(file: PackedFile) -> str:
    if file.actual_size is None:
        return f"{file.part}不在"
    return f"{file.part}是空的" if file.actual_size == 0 else ""


def _together(packed: Packed) -> tuple[str, Iterable[str]]:
    return f"{_count(packed)}", (f"{item.where}：缺 {'、'.join(item.lacking)}" for item in packed.items if item.lacking)


# 可用性


def _metadata(packed: Packed) -> tuple[str, Iterable[str]]:
    return f"{len(packed.items)} 件的元数据", (
        f"{item.where}：{item.unreadable}" for item in packed.items if item.unreadable
    )


def _formats(packed: Packed) -> tuple[str, Iterable[str]]:
    def fault(file: PackedFile) -> str:
        return (
            ""
            if file.format in FORMATS or file.format in COMPRESSED
            else f"格式“{file.format or '不详'}”不在保存格式之列"
        )

    return f"{_count(packed)}的格式", _files(packed, fault)


def _opens(packed: Packed) -> tuple[str, Iterable[str]]:
    return f"{_count(packed)}，逐个打开", _files(
        packed, lambda file: "" if file.encrypted or file.format in COMPRESSED else file.why
    )


def _closed(packed: Packed) -> tuple[str, Iterable[str]]:
    def fault(file: PackedFile) -> str:
        if file.encrypted:
            return "有密码或加密"
        return f"是 {file.format} 压缩包" if file.format in COMPRESSED else ""

    return f"{_count(packed)}是否加密、压缩", _files(packed, fault)


# 安全性


def _extra(packed: Packed) -> tuple[str, Iterable[str]]:
    return "全部文件与清单", (f"{path}：清单上没有" for path in packed.extra)


ITEMS: tuple[tuple[str, str, str, Check | str, str], ...] = (
    ("1-1", "真实性·来源", "固化信息有效性检测", f"没有电子签名、电子印章、时间戳；{_OUTSIDE}", ""),
    ("1-2", "真实性·元数据准确性", "元数据项数据长度检测", _lengths, ""),
    ("1-3", "真实性·元数据准确性", "元数据项数据类型、格式检测", _types, ""),
    ("1-4", "真实性·元数据准确性", "设定值域的元数据项值域符合度检测", _ranges, ""),
    ("1-5", "真实性·元数据准确性", "元数据项数据值合理性检测", _sense, ""),
    ("1-6", "真实性·元数据准确性", "元数据项数据包含特殊字符检测", _characters, ""),
    ("1-7", "真实性·元数据准确性", "档号规范性检测", _codes, ""),
    ("1-8", "真实性·元数据准确性", "元数据项数据重复性检测", _doubles, ""),
    ("1-9", "真实性·内容真实性", "内容数据的电子属性一致性检测", _sizes, ""),
    ("1-10", "真实性·关联", "元数据是否关联内容数据检测", _linked, ""),
    (
        "1-11",
        "真实性·信息包",
        "说明文件和目录文件规范性检测",
        lambda p: ("说明文件、移交清单", p.description),
        "package",
    ),
    (
        "1-12",
        "真实性·信息包",
        "信息包目录结构规范性检测",
        lambda p: ("BagIt 结构，每件一个文件夹", p.structure),
        "package",
    ),
    ("1-13", "真实性·信息包", "信息包一致性检测", lambda p: (f"{p.digested} 个文件的 SHA-256", p.digests), ""),
    ("2-1", "完整性·数据总量", "总件数相符性检测", _items, ""),
    ("2-2", "完整性·数据总量", "总字节数相符性检测", _bytes, ""),
    ("2-3", "完整性·元数据", "元数据项完整性检测", _elements, ""),
    ("2-4", "完整性·元数据", "元数据必填著录项目检测", _required, ""),
    ("2-5", "完整性·元数据", "过程信息完整性检测", _steps, ""),
    ("2-6", "完整性·元数据", "连续性元数据项检测", _gaps, ""),
    ("2-7", "完整性·内容", "内容数据完整性检测", _contents, ""),
    ("2-8", "完整性·内容", "附件数据完整性检测", _annexes, ""),
    ("2-9", "完整性·信息包", "元数据与内容数据齐全性检测", _together, "package"),
    ("3-1", "可用性·元数据", "元数据可读性检测", _metadata, ""),
    ("3-2", "可用性·元数据", "目标数据库中元数据可访问性检测", "要在接收方的系统里检测", ""),
    ("3-3", "可用性·内容", "内容数据格式检测", _formats, ""),
    ("3-4", "可用性·内容", "内容数据可读性检测", _opens, ""),
    ("3-5", "可用性·软硬件", "软硬件环境合规性检测", _OUTSIDE, ""),
    ("3-6", "可用性·信息包", "信息包中内容数据格式合规性检测", "与 3-3 同一对象，已在 3-3 检测", ""),
    ("3-7", "可用性·信息包", "无非公开压缩、加密、口令检测", _closed, ""),
    ("4-1", "安全性·病毒", "系统环境是否安装杀毒软件检测", _OUTSIDE, ""),
    ("4-2", "安全性·病毒", "病毒感染检测", _OUTSIDE, ""),
    ("4-3", "安全性·载体", "载体中多余文件检测", _extra, ""),
    ("4-4", "安全性·载体", "载体读取速度检测", _OUTSIDE, ""),
    ("4-5", "安全性·载体", "载体外观检测", "由人查看", ""),
    ("4-6", "安全性·载体", "光盘合格性检测", _OUTSIDE, ""),
    ("4-7", "安全性·过程", "操作过程安全性检测", lambda p: ("业务行为的哈希链", p.process), "archive"),
)
"""Number, group, name, how it is judged or why it is not, and where alone it can be judged (DA/T 70-2018; serials but three are GK)."""


def summary(inspection: Inspection) -> str:
    """How many passed, failed, do not apply: 通过 24 项，不通过 0 项，不适用 10 项."""
    held = Counter(outcome.result for outcome in inspection.outcomes)
    return "，".join(f"{result.chinese} {held[result]} 项" for result in Result)
