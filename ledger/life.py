"""The life of a problem: which step may follow, and how the row stands after it. Pure; a forbidden step is refused.

A listed problem (挂牌督办) keeps that state through reply and re-check: it is listed until it is struck off or
unlisted. How far its putting right has come is told by its last round.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ledger.checking import FIVE
from model.campaigns import Campaign
from model.errors import Refused
from model.problems import Problem, Round, State

PASSED, RETURNED = "合格", "退回"
"""The two outcomes of a re-check (复查结论)."""


class Act(StrEnum):
    """What is done to a problem."""

    ORDER = "下达整改"
    REPLY = "整改回复"
    ACCEPT = "复查合格"
    RETURN = "复查退回"
    CLOSE = "销号"
    REOPEN = "重新整改"
    LIST = "挂牌督办"
    UNLIST = "解除挂牌"
    EXTEND = "延期"
    TRANSFER = "移交"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: on which day, by whom (再复查 is the re-checker), what was said or why, who approved it.

    text: progress for a reply, the reason for a return, reopening, extension; the body that takes a transfer.
    """

    act: Act
    day: date
    who: str
    text: str = ""
    approver: str = ""
    deadline: date | None = None


def after(problem: Problem, step: Step, campaign: Campaign) -> Problem:
    """The row after the step. Raises Refused with every reason at once when the step is not allowed."""
    reasons = [*_general(problem, step), *_REASONS[step.act](problem, step, campaign)]
    if reasons:
        raise Refused(
            f"没有办理{step.act.value}", f"第{problem.number}号", "；".join(reasons), "请补齐或核对后再办，台账没有改动"
        )
    return _CHANGES[step.act](problem, step)


def keep_rounds(before: Problem, now: Problem) -> Problem:
    """`now` with no round lost that `before` had: a sheet has room for one round only, the ledger for all.

    The sheet's round is the last one again when it tells of the same re-check or of one still to come, else a new one.
    """
    if len(before.rounds) == 0 or now.rounds[: len(before.rounds)] == before.rounds:
        return now
    if not now.rounds:
        return replace(now, rounds=before.rounds)
    told, last = now.rounds[-1], before.rounds[-1]
    if (told.checked, told.checked_by) == (last.checked, last.checked_by) or last.checked is None:
        kept = before.rounds[:-1]
    elif told.checked is None and told.progress == last.progress:
        return replace(now, rounds=before.rounds)
    else:
        kept = before.rounds
    return replace(now, rounds=(*kept, replace(told, number=len(kept) + 1)))


def _general(problem: Problem, step: Step) -> list[str]:
    reasons = [] if step.who.strip() else ["没有写明经办人"]
    days = [
        ("检查日期", problem.found),
        ("上次复查日期", next((r.checked for r in problem.rounds[::-1] if r.checked), None)),
    ]
    reasons += [f"日期早于{name} {day.isoformat()}" for name, day in days if day and step.day < day]
    closed = problem.state is State.CLOSED
    if closed and step.act is not Act.REOPEN:
        reasons.append("这个问题已经销号")
    if problem.closed and step.act is Act.REOPEN and step.day < problem.closed:
        reasons.append(f"日期早于销号日期 {problem.closed.isoformat()}")
    return reasons


def _awaiting(problem: Problem) -> bool:
    # A sheet may tell of progress while 整改中: that is no reply yet.
    ready = problem.state in (State.AWAITING_CHECK, State.LISTED)
    return ready and bool(problem.rounds) and not problem.rounds[-1].outcome


def _passed(problem: Problem) -> bool:
    ready = problem.state in (State.AWAITING_CHECK, State.LISTED)
    return ready and bool(problem.rounds) and problem.rounds[-1].outcome == PASSED


def _must(condition: object, why: str) -> list[str]:
    return [] if condition else [why]


def _order(problem: Problem, step: Step, _campaign: Campaign) -> list[str]:
    return [
        *_must(problem.state in (State.OPEN, State.LISTED), f"状态是“{_state(problem)}”，不是待整改"),
        *_must(problem.deadline or step.deadline, "没有整改时限"),
        *_must(not step.deadline or step.deadline >= step.day, "整改时限早于下达日期"),
    ]


def _reply(problem: Problem, step: Step, _campaign: Campaign) -> list[str]:
    # A sheet may say 待复查 and nothing of what was done: then the reply is still to come.
    bare = problem.state is State.AWAITING_CHECK and not problem.rounds
    waiting = problem.state is State.AWAITING_CHECK and not bare
    ready = problem.state in (State.UNDERWAY, State.SENT_BACK, State.LISTED, State.AWAITING_CHECK)
    return [
        *_must(ready, f"状态是“{_state(problem)}”，要先下达整改"),
        *_must(not (waiting or _passed(problem)), "上一次回复正待复查或待销号"),
        *_must(step.text.strip(), "没有写明整改情况"),
    ]


def _recheck(problem: Problem, step: Step, _campaign: Campaign) -> list[str]:
    return [
        *_must(_awaiting(problem), "没有待复查的整改回复"),
        *_must(step.who != problem.person, f"复查人不能是整改责任人（{problem.person}）"),
        *_must(step.act is Act.ACCEPT or step.text.strip(), "没有写明退回的原因"),
    ]


def _close(problem: Problem, step: Step, campaign: Campaign) -> list[str]:
    return [
        *_must(_passed(problem), "最近一次复查不是合格，不能销号"),
        *_must(step.approver.strip(), "没有写明审批人"),
        *_must(not step.approver or step.approver != problem.person, f"审批人不能是整改责任人（{problem.person}）"),
        *_five(problem, campaign),
    ]


def _reopen(problem: Problem, step: Step, _campaign: Campaign) -> list[str]:
    return [
        *_must(problem.state is State.CLOSED, "这个问题没有销号，不必重新整改"),
        *_must(step.text.strip(), "没有写明原因"),
        *_must(step.deadline and step.deadline >= step.day, "没有写明新的整改时限，或早于办理日期"),
    ]


def _list(problem: Problem, step: Step, _campaign: Campaign) -> list[str]:
    lacking = [name for name, field in FIVE if not getattr(problem, field)]
    return [
        *_must(problem.state is not State.LISTED, "已经挂牌"),
        *_must(step.approver.strip(), "没有写明审批人"),
        *_must(not lacking, f"缺少“五落实”中的{'、'.join(lacking)}"),
    ]


def _unlist(problem: Problem, step: Step, campaign: Campaign) -> list[str]:
    grade = campaign.grade(problem.grade)
    return [
        *_must(problem.state is State.LISTED, "没有挂牌"),
        *_must(step.approver.strip(), "没有写明审批人"),
        *_must(_passed(problem) or not (grade and grade.listed), "该等级的问题复查合格以前不能解除挂牌"),
    ]


def _extend(problem: Problem, step: Step, _campaign: Campaign) -> list[str]:
    later = step.deadline and (problem.deadline is None or step.deadline > problem.deadline)
    return [
        *_must(later, "新的时限没有写明，或不晚于原来的时限"),
        *_must(step.text.strip(), "没有写明原因"),
        *_must(step.approver.strip(), "没有写明审批人"),
    ]


def _transfer(problem: Problem, step: Step, _campaign: Campaign) -> list[str]:
    return [
        *_must(step.text.strip() and step.text.strip() != problem.office, "没有写明移交给哪个单位，或就是原来的单位"),
        *_must(step.approver.strip(), "没有写明审批人"),
    ]


def _five(problem: Problem, campaign: Campaign) -> list[str]:
    grade = campaign.grade(problem.grade)
    if not (problem.state is State.LISTED or (grade and (grade.listed or grade.five))):
        return []
    lacking = [name for name, field in FIVE if not getattr(problem, field)]
    return _must(not lacking, f"缺少“五落实”中的{'、'.join(lacking)}")


def _state(problem: Problem) -> str:
    return problem.state.value if problem.state else problem.state_text or "不详"


def _in(problem: Problem, state: State) -> Problem:
    """The row in a state; a listed one stays listed."""
    kept = State.LISTED if problem.state is State.LISTED else state
    return replace(problem, state=kept, state_text=kept.value)


def _ordered(problem: Problem, step: Step) -> Problem:
    return replace(_in(problem, State.UNDERWAY), deadline=step.deadline or problem.deadline)


def _replied(problem: Problem, step: Step) -> Problem:
    round_ = Round(number=len(problem.rounds) + 1, progress=step.text.strip())
    return replace(_in(problem, State.AWAITING_CHECK), rounds=(*problem.rounds, round_))


def _rechecked(problem: Problem, step: Step) -> Problem:
    outcome = PASSED if step.act is Act.ACCEPT else RETURNED
    done = replace(problem.rounds[-1], checked=step.day, checked_by=step.who.strip(), outcome=outcome)
    state = State.AWAITING_CHECK if outcome == PASSED else State.SENT_BACK
    return replace(_in(problem, state), rounds=(*problem.rounds[:-1], done))


def _closed(problem: Problem, step: Step) -> Problem:
    return replace(problem, state=State.CLOSED, state_text=State.CLOSED.value, closed=step.day)


def _reopened(problem: Problem, step: Step) -> Problem:
    # The passed round stays as it is; a returned one follows, so that the next reply is a round of its own.
    note = Round(
        number=len(problem.rounds) + 1,
        progress=step.text.strip(),
        checked=step.day,
        checked_by=step.who,
        outcome=RETURNED,
    )
    return replace(
        problem,
        state=State.SENT_BACK,
        state_text=State.SENT_BACK.value,
        closed=None,
        deadline=step.deadline,
        rounds=(*problem.rounds, note),
    )


def _listed(problem: Problem, _step: Step) -> Problem:
    return _in(replace(problem, state=State.LISTED), State.LISTED)


def _unlisted(problem: Problem, _step: Step) -> Problem:
    last = problem.rounds[-1].outcome if problem.rounds else RETURNED
    state = State.SENT_BACK if problem.rounds and last == RETURNED else State.AWAITING_CHECK
    state = state if problem.rounds else State.UNDERWAY
    return replace(problem, state=state, state_text=state.value)


def _extended(problem: Problem, step: Step) -> Problem:
    return replace(problem, deadline=step.deadline)


def _transferred(problem: Problem, step: Step) -> Problem:
    return replace(problem, office=step.text.strip())


_REASONS: dict[Act, Callable[[Problem, Step, Campaign], list[str]]] = {
    Act.ORDER: _order,
    Act.REPLY: _reply,
    Act.ACCEPT: _recheck,
    Act.RETURN: _recheck,
    Act.CLOSE: _close,
    Act.REOPEN: _reopen,
    Act.LIST: _list,
    Act.UNLIST: _unlist,
    Act.EXTEND: _extend,
    Act.TRANSFER: _transfer,
}
_CHANGES: dict[Act, Callable[[Problem, Step], Problem]] = {
    Act.ORDER: _ordered,
    Act.REPLY: _replied,
    Act.ACCEPT: _rechecked,
    Act.RETURN: _rechecked,
    Act.CLOSE: _closed,
    Act.REOPEN: _reopened,
    Act.LIST: _listed,
    Act.UNLIST: _unlisted,
    Act.EXTEND: _extended,
    Act.TRANSFER: _transferred,
}
