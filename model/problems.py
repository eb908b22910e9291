"""Problems (问题、隐患) of the ledger and their life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """状态 of a problem; being overdue is worked out for a day, never a state."""

    OPEN = "待整改"
    UNDERWAY = "整改中"
    AWAITING_CHECK = "待复查"
    SENT_BACK = "复查退回"
    LISTED = "挂牌督办"
    CLOSED = "已销号"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of putting right: re-checked when, by whom, with what result."""

    number: int
    progress: str = ""  # 整改情况
    checked: date | None = None  # 复查日期
    checked_by: str = ""  # 复查人
    outcome: str = ""  # 复查结论


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One row of the ledger (台账一行). Empty text: the cell was empty; `funds` 无 is a statement, empty is not.

    `unit` is the unit's id in the campaign, None when no unit of that name is known; `unit_text` is what was written.
    `state_text` is what was written for the state; `state` is None when that is no state.
    `earlier` is the number of the problem this one repeats. `found_by` names team, person or 学校自查.
    """

    number: int
    campaign: str
    unit: str | None
    unit_text: str
    found: date | None
    found_by: str
    text: str
    category: str
    grade: str
    measure: str
    person: str
    office: str
    funds: str
    deadline: date | None
    contingency: str
    state: State | None
    rounds: tuple[Round, ...] = ()
    closed: date | None = None
    earlier: int | None = None
    state_text: str = ""

    def overdue(self, on: date) -> bool:
        """Whether the deadline has passed on that day and the problem is not struck off."""
        return self.deadline is not None and self.deadline < on and self.state is not State.CLOSED
