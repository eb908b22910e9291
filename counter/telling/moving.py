"""An office that moves, told."""

from __future__ import annotations

from collections.abc import Iterator

from counter.telling.base import damage, lines
from desk.answers import moving as a


@lines.register
def _(answer: a.OfficeExported) -> Iterator[str]:
    for name in answer.left_out:
        yield f"没有导出　{name}：它是一个链接"
    yield f"已导出整个单位：{answer.path}（{answer.records} 件，{answer.files} 个文件，指纹 {answer.fingerprint[:16]}…）"
    yield f"到另一台机器上：juanzong archive import {answer.path} 新文件夹"


@lines.register
def _(answer: a.OfficeImported) -> Iterator[str]:
    yield from damage(answer.damaged)
    yield f"已导入到 {answer.path}：{answer.records} 件，{answer.events} 条业务行为，{answer.files} 个文件与导出时逐字节相同。"
