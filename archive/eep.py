"""封装包 (DA/T 48-2009): one record as one XML file, its files inside in base64; written as a stream, whatever their size."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from html import escape  # saxutils would load urllib too

from archive import metadata
from archive.metadata import Tree, clean, render
from model.offices import Office
from model.packages import History
from model.records import Record, StoredFile

NAMESPACE = "http://www.saac.gov.cn/standards/ERM/encapsulation"
FORMAT = "本EEP根据中华人民共和国档案行业标准DA/T 48-2009《基于XML的电子文件封装规范》生成"
_KIND = "原始型封装包，无电子签名；内容数据的数字摘要（SHA-256）记在电子属性中"
_CHUNK = 3 * 19 * 1024  # bytes that become whole base64 lines

Blocks = Callable[[Record, StoredFile], Iterator[bytes]]


def blocks(history: History, office: Office, content: Blocks, now: datetime) -> Iterator[bytes]:
    """The package, piece by piece, elements in the order of the standard; `content` gives a file's bytes, checked."""
    for piece in _package(history, office, content, now):
        yield piece.encode()


def _package(history: History, office: Office, content: Blocks, now: datetime) -> Iterator[str]:
    record = history.record
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<电子文件封装包 xmlns="{NAMESPACE}">\n'
    yield _text("封装包格式描述", FORMAT) + _text("版本", "2009")
    yield '<被签名对象 eep版本="2009">\n'
    yield _text("封装包类型", "原始型") + _text("封装包类型描述", _KIND)
    yield _text("封装包创建时间", now.replace(tzinfo=None).isoformat(timespec="seconds")) + _text(
        "封装包创建单位", office.name
    )
    yield "<封装内容>\n<文件实体块>\n<文件实体>\n"
    yield from _trees(metadata.file_entity(record, office))
    yield "<文件数据>\n"
    for number, file in enumerate(record.files, 1):
        yield from _document(record, number, file, content)
    yield "</文件数据>\n</文件实体>\n"
    yield from _trees(metadata.relations(record))
    yield "</文件实体块>\n<业务实体块>\n"
    yield from _trees(metadata.acts(history))
    yield "</业务实体块>\n<机构人员实体块>\n"
    yield from _trees(metadata.agents(history, office))
    yield "</机构人员实体块>\n</封装内容>\n</被签名对象>\n</电子文件封装包>\n"


def _document(record: Record, number: int, file: StoredFile, content: Blocks) -> Iterator[str]:
    """文档: one file of the 件 with its data."""
    yield "<文档>\n"
    yield _text("文档标识符", f"{record.id}-{number}") + _text("文档序号", str(number))
    yield _text("文档主从声明", "主文档" if number == 1 else "附属文档") + _text("题名", file.name)
    yield f'<文档数据 文档数据ID="D{number}">\n<编码 编码ID="D{number}C1">\n'
    yield render(metadata.electronic(file))
    yield _text("编码描述", "base64") + _text("反编码关键字", f"base64-{metadata.format_of(file.name)}")
    yield "<编码数据>\n"
    for chunk in _chunks(content(record, file)):
        yield base64.encodebytes(chunk).decode("ascii")
    yield "</编码数据>\n</编码>\n</文档数据>\n</文档>\n"


def _chunks(source: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces whose base64 can be put one after another."""
    held = b""
    for block in source:
        held += block
        whole = len(held) // _CHUNK * _CHUNK
        for start in range(0, whole, _CHUNK):
            yield held[start : start + _CHUNK]
        held = held[whole:]
    if held:
        yield held


def _trees(trees: Iterable[Tree]) -> Iterator[str]:
    return (render(tree) for tree in trees)


def _text(name: str, text: str) -> str:
    return f"<{name}>{escape(clean(text), quote=False)}</{name}>\n"
