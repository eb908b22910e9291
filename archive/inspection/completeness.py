"""完整性: everything that is announced is there, nothing is left unfilled, no number is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from archive.inspection.looking import count, each, files, readable, words
from model.packages import Packed, PackedFile, PackedItem

REQUIRED = words(
    "聚合层次 立档单位名称 全宗号 年度 保管期限 题名 密级 计算机文件名 计算机文件大小 格式信息 当前位置 室编件号 "
)
"""必填著录项目 that do not depend on the paper; 责任者 and 日期 may be unknown of old papers, and then 附注 says so."""

ELEMENTS = words(
    "聚合层次 全宗名称 立档单位名称 电子文件号 档号值 全宗号 年度 保管期限 机构或问题 室编件号 题名 文件编号 "
    "责任者 日期 文种 密级 件数 页数 语种 稿本 格式信息 计算机文件名 计算机文件大小 当前位置 附注 "
)
"""元数据项 that must be there, if only empty."""


def total_items(packed: Packed) -> tuple[str, Iterable[str]]:
    """As many items as announced."""
    told = packed.declared_items
    bad = told is not None and told != len(packed.items)
    return f"说明 {told} 件，实有 {len(packed.items)} 件", (
        f"说明 {told} 件，实有 {len(packed.items)} 件",
    ) if bad else ()


def total_bytes(packed: Packed) -> tuple[str, Iterable[str]]:
    """As many bytes as announced."""
    told = packed.declared_bytes
    bad = told is not None and told != packed.actual_bytes
    looked = f"说明 {told} 字节，实有 {packed.actual_bytes} 字节"
    return looked, (looked,) if bad else ()


def elements(packed: Packed) -> tuple[str, Iterable[str]]:
    """Every element is there."""

    def faults(item: PackedItem) -> Iterator[str]:
        held = {name for name, _ in item.metadata}
        if lacking := [name for name in ELEMENTS if name not in held]:
            yield f"缺元数据项 {'、'.join(lacking)}"

    return f"{count(packed)}的 {len(ELEMENTS)} 个元数据项", each(packed, faults)


def required(packed: Packed) -> tuple[str, Iterable[str]]:
    """Every 必填 element has a value."""

    def faults(item: PackedItem) -> Iterator[str]:
        held = {name for name, _ in item.metadata}
        if lacking := [name for name in REQUIRED if name in held and not item.value(name)]:
            yield f"没有填 {'、'.join(lacking)}"

    return f"{count(packed)}的 {'、'.join(REQUIRED)}", each(packed, faults)


def steps(packed: Packed) -> tuple[str, Iterable[str]]:
    """The business acts (业务行为) are there, each with time and actor."""

    def faults(item: PackedItem) -> Iterator[str]:
        if "归档" not in {name for name, _, _ in item.steps}:
            yield "没有归档这一业务行为"
        yield from (f"业务行为“{name}”没有时间或机构人员" for name, when, who in item.steps if not when or not who)

    return f"{count(packed)}的 {sum(len(item.steps) for item in packed.items)} 条业务行为", each(packed, faults)


def gaps(packed: Packed) -> tuple[str, Iterable[str]]:
    """件号 run without gaps but for those that are said to be void."""
    classes: dict[str, set[int]] = defaultdict(set)
    for item in readable(packed):
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


def contents(packed: Packed) -> tuple[str, Iterable[str]]:
    """Main files are there and not empty."""
    return f"{count(packed)}中附件以外的文件", files(packed, lambda file: "" if file.part == "附件" else _absent(file))


def annexes(packed: Packed) -> tuple[str, Iterable[str]]:
    """Annexes are there and not empty."""
    annexes = sum(file.part == "附件" for item in packed.items for file in item.files)
    return f"{annexes} 个附件", files(packed, lambda file: _absent(file) if file.part == "附件" else "")


def _absent(file: PackedFile) -> str:
    if file.actual_size is None:
        return f"{file.part}不在"
    return f"{file.part}是空的" if file.actual_size == 0 else ""


def together(packed: Packed) -> tuple[str, Iterable[str]]:
    """Metadata and files of each item are in one place."""
    return f"{count(packed)}", (f"{item.where}：缺 {'、'.join(item.lacking)}" for item in packed.items if item.lacking)
