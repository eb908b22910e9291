"""Appraisal and disposal (鉴定销毁): three steps by people, and a stub that stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DisposalState(StrEnum):
    """How far a disposal has come."""

    PROPOSED = "待批准"
    APPROVED = "待销毁"
    DONE = "已销毁"
    WITHDRAWN = "已撤回"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposal:
    """鉴定销毁: number, the records proposed, why, and who did each step when.

    basis: 批准文号 or what else allows it; witnesses: 监销人, at least two.
    """

    id: str
    number: str
    state: DisposalState
    records: tuple[str, ...]
    reason: str
    proposed_by: str
    proposed_on: date
    approved_by: str = ""
    approved_on: date | None = None
    basis: str = ""
    witnesses: tuple[str, ...] = ()
    done_on: date | None = None
