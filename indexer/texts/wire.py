"""A `Text` as JSON, between the worker that reads and the parent that asked."""

from __future__ import annotations

import json
from typing import Any

from model.texts import Member, PageState, Text, TextBlock, TextPage, TextState


def as_json(text: Text) -> bytes:
    """The text as JSON in UTF-8; a half character, which no text holds, becomes a question mark."""
    told = {
        "state": text.state.value,
        "pages": [_page(page) for page in text.pages],
        "why": text.why,
        "reader": text.reader,
        "members": [[member.path, member.state.value, member.why, member.reader] for member in text.members],
        "remarks": text.remarks,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _page(page: TextPage) -> list[Any]:
    blocks = [[block.text, block.place] if block.place else block.text for block in page.blocks]
    return [page.label, blocks, page.state.value, page.score, page.member, page.beside]


def from_json(line: bytes) -> Text:
    """The text that was told."""
    told = json.loads(line)
    pages = tuple(
        TextPage(label, tuple(_block(block) for block in blocks), PageState(state), score, member, beside)
        for label, blocks, state, score, member, beside in told["pages"]
    )
    members = tuple(Member(path, TextState(state), why, reader) for path, state, why, reader in told["members"])
    return Text(TextState(told["state"]), pages, told["why"], told["reader"], members, tuple(told["remarks"]))


def _block(told: str | list[str]) -> TextBlock:
    return TextBlock(told) if isinstance(told, str) else TextBlock(*told)
