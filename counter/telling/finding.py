"""Chinese lines about what was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from counter.telling.base import lines
from desk.answers import finding as a
from model.records import Retention
from model.searching import Hit
from model.wording import chinese_date

_FACETS = 6  # values of one facet that are shown


@lines.register
def _(answer: a.Found) -> Iterator[str]:
    found = answer.answer
    if found.relaxed:
        yield found.relaxed
    if found.meant:
        yield f"是不是要找“{found.meant}”？"
    yield from _hits(found.hits, answer.offset + 1)
    if not found.total:
        yield f"没有找到“{answer.words}”。可以换一个词，或者少写几个词再试。"
        return
    yield from _counts(answer)


def _counts(answer: a.Found) -> Iterator[str]:
    found, last = answer.answer, answer.offset + len(answer.answer.hits)
    more = "" if found.exact else "以上"
    if not found.hits:
        yield f"共找到 {found.total} 件{more}，没有第 {answer.offset + 1} 件；--offset 最大可写 {found.total - 1}。"
        return
    yield f"共找到 {found.total} 件{more}，这里是第 {answer.offset + 1} 到 {last} 件。"
    for name, values in found.facets:
        shown = "、".join(f"{_value(answer, name, value)} {count}" for value, count in values[:_FACETS])
        rest = f" 等 {len(values)} 种" if len(values) > _FACETS else ""
        yield f"  {name}　{shown}{rest}"
    if last < found.total:
        yield f"看后面的：加 --offset {last}"


def _value(answer: a.Found, name: str, value: str) -> str:
    """A value as people say it: 30年 for D30, a campaign by its name."""
    if name == "保管期限":
        return Retention(value).chinese
    return dict(answer.campaigns).get(value, value) if name == "活动" else value


def _hits(hits: Sequence[Hit], first: int = 1) -> Iterator[str]:
    """A hit in two lines: title, 档号 and where in the paper; then the words around."""
    for number, hit in enumerate(hits, first):
        box = f"第{hit.box}盒" if hit.box else ""
        place = "，".join(part for part in (box, hit.page, hit.block) if part)
        yield f"{number}. {hit.title}　{hit.code}" + (f"　{place}" if place else "")
        if hit.snippet:
            yield f"   {hit.snippet.replace('⟦', '【').replace('⟧', '】')}"


@lines.register
def _(answer: a.Like) -> Iterator[str]:
    yield f"与《{answer.title}》（{answer.code}）相近的材料："
    yield from _hits(answer.hits)
    if not answer.hits:
        yield "没有相近的材料。"


@lines.register
def _(answer: a.Suggested) -> Iterator[str]:
    yield from answer.words
    if not answer.words:
        yield f"档案的题名里没有以“{answer.typed}”开头的词，也没有拼音首字母是它的词。"


@lines.register
def _(answer: a.Questions) -> Iterator[str]:
    yield "可以问（juanzong ask 问题 …）："
    for question in answer.questions:
        asks = f"，要给出{'、'.join(question.asks)}" if question.asks else ""
        yield f"  {question.name}　{question.about}{asks}"


@lines.register
def _(answer: a.Asked) -> Iterator[str]:
    yield f"{answer.question}：{answer.about}"
    if answer.lacking is not None:
        yield f"还没有交的有 {len(answer.lacking)} 个单位：" if answer.lacking else "都交了。"
        yield from (f"  {unit}" for unit in answer.lacking)
    if answer.problems:
        yield f"台账里的问题 {len(answer.problems)} 个："
    for story in answer.problems:
        yield from _story(story)
    if answer.records:
        yield f"对应的材料 {len(answer.records)} 件："
    yield from (f"  {record.title}　{record.code}" for record in answer.records)
    if answer.answer and answer.answer.hits:
        yield f"检索 {answer.words} 找到 {answer.answer.total} 件，列出 {len(answer.answer.hits)} 件："
        yield from _hits(answer.answer.hits)
    elif answer.answer and not (answer.records or answer.problems):
        yield f"没有找到。用的检索式是 {answer.words}"


def _story(story: a.ProblemStory) -> Iterator[str]:
    """A problem, and under it how it was put right."""
    problem = story.problem
    found = f"（{chinese_date(story.found)}，{story.found_by or '检查人不详'}）" if story.found else ""
    yield f"  第{problem.number}号　{problem.unit}　{problem.text}{found}　{problem.state}"
    if story.measure:
        yield f"    措施：{story.measure}"
    for one in story.rounds:
        day = chinese_date(one.checked) if one.checked else "日期不详"
        yield f"    第{one.number}轮复查：{day}，{one.checked_by or '复查人不详'}，{one.outcome or one.progress or '结论不详'}"
    if story.closed:
        yield f"    {chinese_date(story.closed)}销号"


@lines.register
def _(answer: a.IndexState) -> Iterator[str]:
    if answer.rebuilt:
        yield "索引已重建。"
    yield f"检索引擎 {answer.engine}（分词第 {answer.tokenizer} 版），已收 {answer.indexed} 件，档案共 {answer.records} 件。"
    if not answer.current:
        yield "索引还不是按本版程序做的，下次检索或归档时自动重建；也可以运行 juanzong index rebuild。"
    elif answer.behind:
        yield f"还差 {answer.behind} 件没有收进索引，请运行 juanzong index rebuild。"
    for failure in answer.lacking:
        yield f"  没有正文可检索　{failure.which}：{failure.why}"
