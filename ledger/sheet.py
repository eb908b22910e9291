"""The ledger written as the sheet a bureau keeps: the columns that `ledger.reading` reads, one row a problem."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from io import StringIO

from ledger.reading import COLUMNS
from model.problems import Problem, Round

_FORMULA = re.compile(r"'*[=+\-@]")  # and what would be taken for a guarded one


def as_csv(problems: Iterable[Problem], units: dict[str, str]) -> bytes:
    """UTF-8 with a mark at its head, which Excel and WPS need; `units` are units' names by id.

    A sheet has room for one round: the last one is written. A cell that a spreadsheet would take for a formula is
    written behind an apostrophe.
    """
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(cell) for cell in _row(problem, units)] for problem in problems)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _row(problem: Problem, units: dict[str, str]) -> tuple[str, ...]:
    last = problem.rounds[-1] if problem.rounds else Round(number=0)
    days = (problem.found, problem.deadline, last.checked, problem.closed)
    found, deadline, checked, closed = (day.isoformat() if day else "" for day in days)
    return (
        str(problem.number),
        units.get(problem.unit or "", problem.unit_text),
        found,
        problem.found_by,
        problem.text,
        problem.category,
        problem.grade,
        problem.measure,
        problem.person,
        problem.office,
        problem.funds,
        deadline,
        problem.contingency,
        last.progress,
        checked,
        last.checked_by,
        closed,
        problem.state_text or (problem.state.value if problem.state else ""),
    )


def _harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell
