"""Characters that the faces of a 公文 may lack (生僻字): 仿宋_GB2312 and 楷体_GB2312 hold GB 2312 only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from model.documents import Document
from model.findings import Finding, Severity


def rare_characters(text: str) -> tuple[str, ...]:
    """The Han characters outside GB 2312, in order, each once: 喆 堃 玥 昇 … fall back to another face."""
    if _in_gb2312(text):
        return ()
    return tuple(dict.fromkeys(character for character in text if _is_han(character) and not _in_gb2312(character)))


def find_rare(document: Document) -> tuple[Finding, ...]:
    """One warning for a document that holds such characters, with the words around the first place of each."""
    texts = tuple(_texts(document))
    found: dict[str, str] = {}
    for text in texts:
        for character in rare_characters(text):
            place = text.index(character)
            found.setdefault(character, text[max(0, place - 4) : place + 5].replace("\n", " "))
    if not found:
        return ()
    told = "、".join(f"{character}（{near}）" for character, near in found.items())
    message = f"有 {len(found)} 个生僻字不在 GB 2312 内，仿宋_GB2312、楷体_GB2312 没有这些字：{told}"
    fix = "打印前核对字形；可改用“仿宋”“楷体”，或安装收字更多的字体"
    return (Finding(rule="rare", severity=Severity.WARNING, message=message, excerpt="".join(found), fix=fix),)


def _texts(document: Document) -> Iterator[str]:
    """Every text of a document, in the order of its elements."""
    rest: list[Any] = [document]  # the next one last
    while rest:
        value = rest.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            rest += value[::-1]
        else:
            rest += [getattr(value, name) for name in _parts(type(value))]  # type: ignore[arg-type]  # a class can be hashed


@cache
def _parts(kind: type[Any]) -> tuple[str, ...]:
    """The attributes of a class of values, the last first."""
    return tuple(field.name for field in fields(kind))[::-1] if is_dataclass(kind) else ()


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or character >= "\U00020000"


def _in_gb2312(text: str) -> bool:
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
