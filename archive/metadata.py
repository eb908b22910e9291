"""A record as the entities of DA/T 46-2009 (文件 业务 机构人员 实体关系), in the order of the scheme; the stuff of packages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape  # saxutils would load urllib too

from archive.numbers import CATEGORY, NO_FONDS
from model.offices import Office
from model.packages import History
from model.records import Record, StoredFile

Tree = tuple[str, "str | tuple[Tree, ...]"]
"""An element: its name, and its text or its children."""


def render(tree: Tree, depth: int = 0) -> str:
    """An element as XML; characters that XML cannot hold are left out."""
    name, content = tree
    pad = " " * depth
    if isinstance(content, str):
        return f"{pad}<{name}>{escape(clean(content), quote=False)}</{name}>\n"
    inside = "".join(render(child, depth + 1) for child in content)
    return f"{pad}<{name}>\n{inside}{pad}</{name}>\n"


def clean(text: str) -> str:
    """A text without what no XML file can hold."""
    return "".join(
        c for c in text if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )


def file_entity(record: Record, office: Office) -> tuple[Tree, ...]:
    """文件实体 but its data: M1 to M75 as far as a bureau fills them; an element that nobody knows is there and empty."""
    about = record.description
    department = about.department or office.department or ""
    return (
        ("聚合层次", "文件"),
        ("来源", (("档案馆名称", ""), ("档案馆代码", ""), ("全宗名称", office.name), ("立档单位名称", office.name))),
        ("电子文件号", record.id),
        (
            "档号",
            (
                ("档号值", record.code),
                ("全宗号", office.fonds or NO_FONDS),
                ("目录号", ""),
                ("年度", str(about.year)),
                ("保管期限", about.retention.chinese),
                ("机构或问题", department),
                ("类别号", CATEGORY),
                ("室编件号", f"{record.item:04d}"),
                ("馆编件号", ""),
                ("页号", ""),
            ),
        ),
        ("内容描述", _content(record)),
        ("形式特征", _form(record)),
        ("电子属性", tuple(electronic(file) for file in record.files)),
        ("存储位置", (("当前位置", "在线"), ("脱机载体编号", ""))),
        ("权限管理", (("知识产权说明", ""), ("控制标识", about.secrecy or "公开"))),
        ("附注", "；".join(filter(None, (about.note, *(f"原档号{each.code}：{each.why}" for each in record.former))))),
    )


def _content(record: Record) -> tuple[Tree, ...]:
    about = record.description
    return (
        ("题名", about.title),
        ("关键词", "；".join(filter(None, (about.unit_name, about.campaign)))),
        ("文件编号", about.number or ""),
        ("责任者", about.issuer or ""),
        ("日期", f"{about.dated:%Y%m%d}" if about.dated else ""),
        ("文种", about.kind or ""),
        ("紧急程度", about.urgency or ""),
        ("主送", about.addressees or ""),
        ("抄送", about.copies_to or ""),
        ("密级", about.secrecy or "公开"),
    )


def _form(record: Record) -> tuple[Tree, ...]:
    pages = record.description.pages
    return (
        ("文件组合类型", "组合文件" if len(record.files) > 1 else "单件"),
        ("件数", "1"),
        ("页数", str(pages) if pages is not None else ""),
        ("语种", "汉语"),
        ("稿本", "定稿" if any(file.part.value == "定稿" for file in record.files) else "正本"),
    )


def electronic(file: StoredFile) -> Tree:
    """电子属性 of one file, with its digest."""
    return (
        "文件属性",
        (
            ("格式信息", format_of(file.name)),
            ("计算机文件名", file.name),
            ("计算机文件大小", str(file.size)),
            ("组成部分", file.part.value),
            ("数字摘要", f"SHA-256:{file.sha256}"),
        ),
    )


def format_of(name: str) -> str:
    """A format by its ending, in small letters; empty without one."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem and len(ending) <= 10 else ""


def acts(history: History) -> tuple[Tree, ...]:
    """业务实体: every event, oldest first."""
    return tuple(
        (
            "业务实体",
            (
                ("业务标识符", str(event.sequence)),
                ("机构人员标识符", _agents(history)[_actor(event.who, event.detail)]),
                ("文件标识符", history.record.id),
                ("业务状态", "历史行为"),
                ("业务行为", event.action),
                ("行为时间", event.at.isoformat(timespec="seconds")),
                ("行为依据", event.reason),
                ("行为描述", event.detail),
            ),
        )
        for event in history.events
    )


def agents(history: History, office: Office) -> tuple[Tree, ...]:
    """机构人员实体: the office, then everybody who did something."""
    told = [(office.name, "A0", "单位"), *((name, id, "个人") for name, id in _agents(history).items())]
    return tuple(
        (
            "机构人员实体",
            (
                ("机构人员标识符", id),
                ("机构人员类型", kind),
                ("机构人员名称", name),
                ("组织机构代码", ""),
                ("个人职位", ""),
            ),
        )
        for name, id, kind in told
    )


def _agents(history: History) -> dict[str, str]:
    names = dict.fromkeys(_actor(event.who, event.detail) for event in history.events)
    return {name: f"A{number}" for number, name in enumerate(names, 1)}


def _actor(who: str, detail: str) -> str:
    """Who did it: the person that a registered step names, else who recorded it."""
    try:
        told = json.loads(detail)
    except ValueError:
        return who
    return str(told.get("经办") or who) if isinstance(told, dict) else who


def relations(record: Record) -> tuple[Tree, ...]:
    """文件实体关系."""
    return tuple(
        (
            "文件实体关系",
            (
                ("实体标识符", record.id),
                ("关系类型", relation.kind.value),
                ("关系", relation.to),
                ("关系描述", relation.note),
            ),
        )
        for relation in record.description.relations
    )


def document(history: History, office: Office) -> bytes:
    """元数据.xml of a record."""
    trees: Iterable[Tree] = (
        ("文件实体", file_entity(history.record, office)),
        *relations(history.record),
        *acts(history),
        *agents(history, office),
    )
    body = "".join(render(tree, 1) for tree in trees)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<元数据>\n{body}</元数据>\n'.encode()


def names(tree: Tree) -> Iterator[str]:
    """The names of a tree's elements that hold text, in order."""
    name, content = tree
    if isinstance(content, str):
        yield name
        return
    for child in content:
        yield from names(child)
