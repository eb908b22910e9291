"""Chinese lines about the state of the strongroom."""

from __future__ import annotations

from collections.abc import Iterator

from counter.telling.base import damage, findings, lines
from desk.answers import keeping as a


@lines.register
def _(answer: a.Verified) -> Iterator[str]:
    if answer.damaged:
        yield f"！！！档案受损：{len(answer.damaged)} 处 ！！！"
    yield from damage(answer.damaged)
    yield from findings(answer.findings)
    share = f"（全部的 {answer.parts} 分之一，最久没有核验的）" if answer.parts > 1 else ""
    told = f"核验了 {answer.objects} 件、{answer.checked} 个文件{share}"
    if answer.damaged:
        copy = answer.mirror or "镜像文件夹"
        yield f"{told}，{len(answer.damaged)} 处受损。请不要改动档案文件夹，先运行 juanzong archive repair {copy}。"
    else:
        yield f"{told}，全部完好。"


@lines.register
def _(answer: a.Mirrored) -> Iterator[str]:
    yield from damage(answer.damaged)
    yield f"镜像在 {answer.path}：新抄 {answer.copied} 件，原有 {answer.kept} 件核对无误。"
    if answer.damaged:
        yield "受损的没有抄过去，镜像里原有的没有动。请运行 juanzong archive repair。"


@lines.register
def _(answer: a.Repaired) -> Iterator[str]:
    yield from damage(answer.damaged)
    yield f"由镜像修复了 {len(answer.mended)} 件，还有 {len(answer.damaged)} 处没有修好。"


@lines.register
def _(answer: a.Rebuilt) -> Iterator[str]:
    yield from damage(answer.damaged)
    yield f"由库房重建了目录：{answer.records} 件，{answer.events} 条业务行为，台账{'已恢复' if answer.ledger else '原来就没有'}。"
