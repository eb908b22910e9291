"""Chinese lines about readiness and packs."""

from __future__ import annotations

from collections.abc import Iterator

from counter.telling.base import damage, findings, lines
from desk.answers import inspecting as a
from model.wording import chinese_date


@lines.register
def _(answer: a.Ready) -> Iterator[str]:
    yield from findings(answer.findings)
    yield f"截至 {chinese_date(answer.on)}：要求 {answer.asked} 项，已有 {answer.met} 项，还缺 {answer.asked - answer.met} 项。"


@lines.register
def _(answer: a.Packed) -> Iterator[str]:
    yield f"材料包已做好：{answer.path}（{answer.files} 个文件，指纹 {answer.fingerprint[:16]}…）"
    if answer.missing:
        yield f"还有 {answer.missing} 项没有材料，目录中已标明。"
    yield f"打开 {answer.path / 'index.html'} 查看；juanzong pack verify {answer.path} 核验。"


@lines.register
def _(answer: a.PackVerified) -> Iterator[str]:
    yield from damage(answer.damaged)
    if answer.damaged:
        yield f"材料包有 {len(answer.damaged)} 处不对，不要交出，请重新做包。"
    else:
        yield f"材料包完好：{answer.files} 个文件与清单一致，指纹 {answer.fingerprint[:16]}…"
