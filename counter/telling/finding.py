"""Chinese lines about what was found."""

from __future__ import annotations

from collections.abc import Iterator

from counter.telling.base import lines
from desk import answers as a


@lines.register
def _(answer: a.Found) -> Iterator[str]:
    hits = answer.answer
    if hits.relaxed:
        yield hits.relaxed
    for number, hit in enumerate(hits.hits, 1):
        page = f"　{hit.page}" if hit.page else ""
        yield f"{number}. {hit.title}　{hit.code}{page}"
        if hit.snippet:
            yield f"   {hit.snippet.replace('⟦', '【').replace('⟧', '】')}"
    if not hits.hits:
        yield f"没有找到“{answer.words}”。可以换一个词，或者少写几个词再试。"
    else:
        more = "" if hits.exact else "以上"
        yield f"共找到 {hits.total} 件{more}，列出 {len(hits.hits)} 件。"


@lines.register
def _(answer: a.IndexState) -> Iterator[str]:
    if answer.rebuilt:
        yield "索引已重建。"
    yield f"检索引擎 {answer.engine}（分词第 {answer.tokenizer} 版），已收 {answer.indexed} 件，档案共 {answer.records} 件。"
    for failure in answer.lacking:
        yield f"  没有正文可检索　{failure.which}：{failure.why}"
