"""Chinese lines about papers written."""

from __future__ import annotations

from collections.abc import Iterator

from counter.telling.base import findings, lines
from desk.answers import drafting as a


@lines.register
def _(answer: a.FieldsListed) -> Iterator[str]:
    yield f"{answer.kind}用到的字段："
    for field in answer.fields:
        example = f"，如 {field.example}" if field.example else ""
        yield f"  {field.name}（{field.type}）　取自 {field.source}{example}"


@lines.register
def _(answer: a.PaperExplained) -> Iterator[str]:
    for line in answer.explained:
        yield line.text
        parts = [f"{line.form} 第{line.line}行"]
        parts += [f"字段 {'、'.join(line.facts)}"] if line.facts else []
        parts += [f"段落库 {'、'.join(line.wordings)}"] if line.wordings else []
        parts += [f"缺 {'、'.join(line.missing)}"] if line.missing else []
        yield f"    ← {'；'.join(parts)}"


@lines.register
def _(answer: a.Drafted) -> Iterator[str]:
    for paper in answer.papers:
        done = "没有变化" if paper.same else "已写成"
        yield f"{done}　{paper.title}{f'（{paper.unit}）' if paper.unit else ''}"
        yield f"        {paper.path}"
        if paper.kept:
            yield f"        原有的 {paper.kept.name} 被改过，保留未动"
    yield from findings(answer.findings)
    lacking = [(fact, paper) for paper in answer.papers for fact in paper.missing]
    if lacking:
        yield "待补的内容："
        for fact in dict.fromkeys(fact for fact, _ in lacking):
            where = [paper.unit or paper.title for lack, paper in lacking if lack == fact]
            yield f"  {fact}（{where[0]}{f' 等 {len(where)} 份' if len(where) > 1 else ''}）"
    for failure in answer.failed:
        yield f"没有写成　{failure.which}：{failure.why}"
    if answer.unknown:
        meant = f"。是不是 {'、'.join(answer.near)}？" if answer.near else ""
        yield f"这一版还不会写：{'、'.join(answer.unknown)}{meant}"
        yield "需要的可以自己做一份表单，见 docs/forms.md"
    same = sum(paper.same for paper in answer.papers)
    yield f"共写成 {len(answer.papers)} 份{f'，其中 {same} 份与上次写的一样' if same else ''}。"
    if answer.failed:
        yield f"有 {len(answer.failed)} 份没有写成。排除原因后再运行一次同样的命令，已经写好的不会重复，改过的不会覆盖。"


@lines.register
def _(answer: a.LayoutShown) -> Iterator[str]:
    for one in answer.deviations:
        yield f"  {one.key}：标准是 {one.standard}，本单位是 {one.value}（GB/T 9704-2012 {one.clause}）"
    told = f"有 {len(answer.deviations)} 处不同于国家标准" if answer.deviations else "与国家标准完全一致"
    yield f"版面方案“{answer.name}”{told}。"
