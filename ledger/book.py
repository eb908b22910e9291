"""The ledger in the catalogue: rows as they stand, every change kept with what was before."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from enum import Enum
from typing import Any

from model.problems import Problem, Round, State


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did: rows that are new, and rows that differ from what the ledger held."""

    new: int
    changed: int


class Book:
    """The ledger of one office on its catalogue."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def take(self, problems: Sequence[Problem], *, who: str, now: datetime) -> Taken:
        """Take rows in, inside the caller's transaction: a number that is held is updated, what was before is kept."""
        new = changed = 0
        for problem in problems:
            row, before = _as_json(problem), self._row(problem)
            if row == before:
                continue
            new, changed = (new + 1, changed) if before is None else (new, changed + 1)
            self._db.execute(
                "INSERT INTO problems (campaign, number, row) VALUES (?, ?, ?)"
                " ON CONFLICT (campaign, number) DO UPDATE SET row = excluded.row",
                (problem.campaign, problem.number, row),
            )
            self._db.execute(
                "INSERT INTO problem_changes (campaign, number, at, who, before, after) VALUES (?, ?, ?, ?, ?, ?)",
                (problem.campaign, problem.number, now.isoformat(), who, before or "", row),
            )
        return Taken(new, changed)

    def problems(self, campaign: str | None = None, unit: str | None = None) -> tuple[Problem, ...]:
        """The rows in order of their numbers; `unit` by id or as written."""
        where = "WHERE campaign = ?" if campaign else ""
        rows = self._db.execute(
            f"SELECT row FROM problems {where} ORDER BY campaign, number",  # noqa: S608 - fixed text
            (campaign,) if campaign else (),
        )
        found = (_from_json(row["row"]) for row in rows)
        return tuple(problem for problem in found if unit is None or unit in (problem.unit, problem.unit_text))

    def export(self) -> str:
        """The whole ledger as JSON with its changes: the same ledger gives the same text."""
        rows = [
            json.loads(row["row"]) for row in self._db.execute("SELECT row FROM problems ORDER BY campaign, number")
        ]
        changes = [dict(row) for row in self._db.execute("SELECT * FROM problem_changes ORDER BY sequence")]
        told = {"format": "ledger/1", "problems": rows, "changes": changes}
        return json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1) + "\n"

    def restore(self, exported: str) -> None:
        """Put an exported ledger in place of an empty one, inside the caller's transaction."""
        told = json.loads(exported)
        for row in told["problems"]:
            text = json.dumps(row, ensure_ascii=False, sort_keys=True)
            self._db.execute(
                "INSERT INTO problems (campaign, number, row) VALUES (?, ?, ?)", (row["campaign"], row["number"], text)
            )
        self._db.executemany(
            "INSERT INTO problem_changes (sequence, campaign, number, at, who, before, after)"
            " VALUES (:sequence, :campaign, :number, :at, :who, :before, :after)",
            told["changes"],
        )

    def _row(self, problem: Problem) -> str | None:
        row = self._db.execute(
            "SELECT row FROM problems WHERE campaign = ? AND number = ?", (problem.campaign, problem.number)
        ).fetchone()
        return row["row"] if row else None


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _as_json(problem: Problem) -> str:
    told = asdict(problem, dict_factory=lambda pairs: {key: _plain(value) for key, value in pairs})
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


_DAYS = {field.name for kind in (Problem, Round) for field in fields(kind) if "date" in str(field.type)}


def _from_json(text: str) -> Problem:
    told = _with_days(json.loads(text))
    rounds = tuple(Round(**_with_days(round_)) for round_ in told.pop("rounds"))
    state = State(told.pop("state")) if told["state"] else told.pop("state")
    return Problem(**told, rounds=rounds, state=state)


def _with_days(told: dict[str, Any]) -> dict[str, Any]:
    return {key: date.fromisoformat(value) if key in _DAYS and value else value for key, value in told.items()}
