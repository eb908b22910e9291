"""A definition on paper (YAML) becomes a `Campaign`; every fault in it is found at once, with file, line and key."""

from __future__ import annotations

from pathlib import Path

from campaigns import faults, mending, punctuation, shaping, yamlio
from campaigns.building import build
from model.campaigns import Campaign
from model.errors import FaultyInput, NotFound
from model.findings import Finding, Severity, has_errors

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
    tree, syntax = yamlio.load(text, file)
    wide: tuple[Finding, ...] = ()
    if tree is None or shaping.check(tree, file)[0] is None:  # in a sound definition full-width marks are only text
        wide = tuple(punctuation.findings(text, file))
        if wide:
            tree, syntax = yamlio.load(punctuation.repaired(text), file)
    if tree is None:
        lines = {finding.line for finding in wide}
        return None, _ordered([*wide, *(finding for finding in syntax if not wide or finding.line not in lines)])
    shaped, misshapen = shaping.check(tree, file)
    found = [*wide, *syntax, *misshapen]
    if shaped is None or found:
        return None, _ordered([*found, *_further(tree, file)])
    campaign = build(shaped)
    found += faults.findings(campaign, tree, file)
    return (None if has_errors(found) else campaign), _ordered(found)


def _further(tree: yamlio.Tree, file: str) -> list[Finding]:
    """The faults that lie behind those of the shape."""
    whole, damaged = mending.mended(tree.value)
    if whole is None:
        return []
    found = faults.findings(build(whole), tree, file, damaged)
    return [one for one in found if one.severity is Severity.ERROR and mending.STAND_IN not in one.message]


def _ordered(found: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda finding: (finding.severity != "error", finding.line or 0, finding.key or "")))


def _whole(path: Path, message: str, fix: str) -> Finding:
    return faults.error("file", message, fix, str(path), None, None)
