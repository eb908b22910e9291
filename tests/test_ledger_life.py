"""A problem goes its way step by step: no step out of order, no round ever lost."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.reading import read_definition
from ledger.book import Book
from ledger.life import Act, Step, after, keep_rounds
from ledger.reading import read_ledger
from ledger.statistics import by, figures, period
from model.errors import NotFound, Refused
from model.problems import Problem, Round, State
from storage.database import open_catalogue, transaction
from templates import files

CAMPAIGN = read_definition(files.path("example", "campaign.yaml"))
ROWS = read_ledger(files.path("example", "problems.csv"), CAMPAIGN).problems
DAY = date(2026, 6, 1)
NEW = replace(
    ROWS[0],
    found=date(2026, 5, 11),
    grade="一般",
    person="严冬青",
    deadline=date(2026, 6, 10),
    state=State.OPEN,
    state_text="待整改",
    rounds=(),
    closed=None,
)


def step(act: Act, days: int = 0, **told: object) -> Step:
    usual = {"act": act, "day": DAY + timedelta(days), "who": "晏秀兰", "text": "已经换锁", "approver": "温长庚"}
    return Step(**(usual | told))  # type: ignore[arg-type]


def walk(problem: Problem, *steps: Step) -> Problem:
    for one in steps:
        problem = after(problem, one, CAMPAIGN)
    return problem


def test_the_whole_way_with_one_return() -> None:
    steps = [Act.ORDER, Act.REPLY, Act.RETURN, Act.REPLY, Act.ACCEPT, Act.CLOSE]
    done = walk(NEW, *(step(act, number) for number, act in enumerate(steps)))
    assert done.state is State.CLOSED
    assert done.closed == DAY + timedelta(5)
    assert [round_.outcome for round_ in done.rounds] == ["退回", "合格"]


@pytest.mark.parametrize(
    ("before", "wrong", "why"),
    [
        ([], step(Act.REPLY), "要先下达整改"),
        ([Act.ORDER], step(Act.ACCEPT), "没有待复查的整改回复"),
        ([Act.ORDER, Act.REPLY], step(Act.ACCEPT, who="严冬青"), "复查人不能是整改责任人"),
        ([Act.ORDER, Act.REPLY], step(Act.RETURN, text=""), "退回的原因"),
        ([Act.ORDER, Act.REPLY], step(Act.CLOSE), "最近一次复查不是合格"),
        ([Act.ORDER, Act.REPLY, Act.ACCEPT], step(Act.CLOSE, approver=""), "没有写明审批人"),
        ([Act.ORDER, Act.REPLY, Act.ACCEPT], step(Act.CLOSE, approver="严冬青"), "审批人不能是"),
        ([Act.ORDER, Act.REPLY, Act.ACCEPT], step(Act.CLOSE, -9), "早于上次复查日期"),
        ([Act.ORDER, Act.REPLY, Act.ACCEPT, Act.CLOSE], step(Act.EXTEND), "已经销号"),
        ([Act.ORDER], step(Act.EXTEND, deadline=date(2026, 6, 9)), "不晚于原来的时限"),
        ([Act.ORDER], step(Act.UNLIST), "没有挂牌"),
        ([Act.ORDER], step(Act.TRANSFER, text=""), "移交给哪个单位"),
        ([], step(Act.ORDER, -99), "早于检查日期"),
    ],
)
def test_a_step_out_of_order_is_refused_with_its_reason(before: list[Act], wrong: Step, why: str) -> None:
    problem = walk(NEW, *(step(act) for act in before))
    with pytest.raises(Refused, match=why):
        after(problem, wrong, CAMPAIGN)


def test_listing_asks_for_all_five_and_stays_until_struck_off() -> None:
    with pytest.raises(Refused, match="应急预案"):
        after(replace(NEW, contingency=""), step(Act.LIST), CAMPAIGN)
    told = replace(NEW, measure="开锁", funds="无", contingency="无")
    assert walk(told, *map(step, (Act.LIST, Act.REPLY, Act.ACCEPT))).state is State.LISTED
    assert walk(told, *map(step, (Act.LIST, Act.REPLY, Act.ACCEPT, Act.CLOSE))).state is State.CLOSED


def test_what_a_sheet_told_never_leaves_a_problem_stuck() -> None:
    told = Round(number=1, progress="正在采购")
    underway = replace(NEW, state=State.UNDERWAY, rounds=(told,))
    with pytest.raises(Refused, match="没有待复查的整改回复"):
        after(underway, step(Act.ACCEPT), CAMPAIGN)
    assert walk(underway, *map(step, (Act.REPLY, Act.ACCEPT, Act.CLOSE))).rounds[0] == told
    bare = replace(NEW, state=State.AWAITING_CHECK)
    assert walk(bare, *map(step, (Act.REPLY, Act.ACCEPT, Act.CLOSE))).state is State.CLOSED
    behind = replace(
        NEW, state=State.UNDERWAY, rounds=(replace(told, checked=DAY, checked_by="晏秀兰", outcome="合格"),)
    )
    with pytest.raises(Refused, match="不能销号"):
        after(behind, step(Act.CLOSE), CAMPAIGN)
    assert len(after(behind, step(Act.REPLY), CAMPAIGN).rounds) == 2


def test_a_reopened_problem_keeps_its_passed_round() -> None:
    done = walk(NEW, *map(step, (Act.ORDER, Act.REPLY, Act.ACCEPT, Act.CLOSE)))
    again = walk(done, step(Act.REOPEN, 30, deadline=DAY + timedelta(60)), step(Act.REPLY, 31))
    assert again.rounds[:1] == done.rounds
    assert (again.state, again.closed) == (State.AWAITING_CHECK, None)


STEPS = st.builds(
    step,
    st.sampled_from(Act),
    st.integers(-5, 90),
    who=st.sampled_from(["晏秀兰", "严冬青", ""]),
    deadline=st.none() | st.dates(date(2026, 6, 1), date(2026, 12, 31)),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(STEPS, max_size=25), st.sampled_from(["一般", "重大"]))
def test_whatever_is_tried_the_ledger_stays_true(steps: list[Step], grade: str) -> None:
    problem = replace(NEW, grade=grade, funds="无", contingency="无")
    for one in steps:
        try:
            now = after(problem, one, CAMPAIGN)
        except Refused:
            continue
        assert now.rounds[: len(problem.rounds) - 1] == problem.rounds[:-1]
        assert [round_.progress for round_ in problem.rounds] == [r.progress for r in now.rounds][: len(problem.rounds)]
        finished = [round_ for round_ in problem.rounds if round_.outcome]
        assert [round_ for round_ in now.rounds if round_.outcome][: len(finished)] == finished
        assert [round_.number for round_ in now.rounds] == list(range(1, len(now.rounds) + 1))
        assert (now.closed is not None) == (now.state is State.CLOSED)
        if now.state is State.CLOSED:
            assert now.rounds[-1].outcome == "合格"
            assert now.rounds[-1].checked_by != now.person
        assert (now.number, now.unit, now.text, now.found) == (
            problem.number,
            problem.unit,
            problem.text,
            problem.found,
        )
        problem = now


def test_a_sheet_with_a_later_recheck_adds_a_round_and_never_wipes_one(tmp_path: Path) -> None:
    first = Round(number=1, progress="已开锁", checked=DAY, checked_by="晏秀兰", outcome="退回")
    later = replace(first, checked=DAY + timedelta(7), outcome="合格")
    back, good = replace(NEW, rounds=(first,)), replace(NEW, rounds=(later,))
    assert keep_rounds(back, good).rounds == (first, replace(later, number=2))
    assert keep_rounds(back, replace(NEW, rounds=())).rounds == (first,)
    assert keep_rounds(back, back) == back
    both = keep_rounds(back, good)
    assert keep_rounds(both, good) == both
    db = open_catalogue(tmp_path / "catalogue.db")
    with transaction(db):
        for row in (back, good, good):
            Book(db).take((row,), who="张三", now=datetime(2026, 6, 1))
    assert len(Book(db).problems()[0].rounds) == 2
    assert len(Book(db).history(CAMPAIGN.id, NEW.number)) == 2
    db.close()


def test_a_step_is_kept_with_what_was_before(tmp_path: Path) -> None:
    db = open_catalogue(tmp_path / "catalogue.db")
    book, now = Book(db), datetime(2026, 6, 1, 9)
    with transaction(db):
        book.take((NEW,), who="张三", now=now)
        book.step(NEW.number, step(Act.ORDER), CAMPAIGN, who="李四", now=now)
        with pytest.raises(Refused):
            book.step(NEW.number, step(Act.CLOSE), CAMPAIGN, who="李四", now=now)
        with pytest.raises(NotFound, match="999"):
            book.step(999, step(Act.ORDER), CAMPAIGN, who="李四", now=now)
    told = book.history(CAMPAIGN.id, NEW.number)
    assert [(change.who, change.act) for change in told] == [("张三", "导入"), ("李四", "下达整改")]
    assert told[1].before == NEW
    assert told[1].after == book.problems()[0]
    assert "温长庚" in told[1].note
    other = open_catalogue(tmp_path / "other.db")
    with transaction(other):
        Book(other).restore(book.export())
    assert Book(other).history(CAMPAIGN.id, NEW.number) == told
    other.close()
    db.close()


@given(st.lists(st.sampled_from(ROWS), max_size=30), st.dates(date(2026, 1, 1), date(2027, 1, 1)))
def test_figures_by_group_add_up(rows: list[Problem], on: date) -> None:
    whole = figures(rows, on)
    for key in (lambda row: row.unit_text, lambda row: row.category, lambda row: row.grade):
        parts = by(rows, key, on).values()
        assert [whole.found, whole.closed, whole.overdue, whole.listed] == [
            sum(getattr(part, name) for part in parts) for name in ("found", "closed", "overdue", "listed")
        ]
    assert whole.overdue + whole.closed <= whole.found
    assert (whole.percent == "100.0%") == (whole.found > 0 and whole.remaining == 0)


def test_a_week_counts_both_its_ends_and_nothing_found_has_no_rate() -> None:
    week = period((NEW,), date(2026, 5, 11), date(2026, 5, 11))
    assert (week.found, week.closed) == (1, 0)
    assert figures((), DAY).percent == "—"
