"""A definition on paper (YAML) becomes a `Campaign`; every fault in it is found at once, with file, line and key."""

from __future__ import annotations

from pathlib import Path

from campaigns import faults, punctuation, shapes, yamlio
from campaigns.building import build
from model.campaigns import Campaign
from model.errors import FaultyInput, NotFound
from model.findings import Finding, has_errors

LARGEST = 4 << 20


def read_definition(path: Path) -> Campaign:
    """The campaign of a definition. Raises FaultyInput with all findings when it has a fault."""
    campaign, findings = check_definition(path)
    if campaign is None:
        count = sum(finding.severity == "error" for finding in findings)
        remedy = "请按上面逐条改正后再试"
        raise FaultyInput("行动定义有错误", str(path), f"共 {count} 处", remedy, findings)
    return campaign


def check_definition(path: Path) -> tuple[Campaign | None, tuple[Finding, ...]]:
    """The campaign, or None where it has a fault, with all findings in order of their lines. Raises NotFound."""
    try:
        if path.stat().st_size > LARGEST:
            return None, (_whole(path, "文件太大，不像是行动定义", "行动定义是几十 KB 以内的文本文件"),)
        content = path.read_bytes()
    except OSError as error:
        raise NotFound("读不了行动定义", str(path), error.strerror or str(error), "请检查路径和权限") from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, (_whole(path, "不是 UTF-8 编码的文本", "请在编辑器里另存为 UTF-8"),)
    return check_text(text, str(path))


def check_text(text: str, file: str) -> tuple[Campaign | None, tuple[Finding, ...]]:
    """As `check_definition`, for a text already read; `file` is what findings call it."""
    wide = tuple(punctuation.findings(text, file))
    tree, syntax = yamlio.load(text, file)
    if tree is None:
        return None, wide or syntax
    shaped, misshapen = shapes.check(tree, file)
    told = {finding.line for finding in wide}  # what full-width punctuation brought about is not told twice
    found: list[Finding] = [*wide, *syntax, *(finding for finding in misshapen if finding.line not in told)]
    if shaped is None or has_errors(found):
        return None, _ordered(found)
    campaign = build(shaped)
    found += faults.findings(campaign, tree, file)
    return (None if has_errors(found) else campaign), _ordered(found)


def _ordered(found: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda finding: (finding.severity != "error", finding.line or 0, finding.key or "")))


def _whole(path: Path, message: str, fix: str) -> Finding:
    return faults.error("file", message, fix, str(path), None, None)
