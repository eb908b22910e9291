"""The ledger in the catalogue: rows as they stand, every change kept with what was before."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from enum import Enum
from typing import Any

from ledger.life import Step, after, keep_rounds
from model.campaigns import Campaign
from model.errors import NotFound
from model.problems import Problem, Round, State


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did: rows that are new, and rows that differ from what the ledger held."""

    new: int
    changed: int


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a row: when, by whom, which step (导入 for a sheet), with what said, before (None: new) and after."""

    at: datetime
    who: str
    act: str
    note: str
    before: Problem | None
    after: Problem


class Book:
    """The ledger of one office on its catalogue."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def take(self, problems: Sequence[Problem], *, who: str, now: datetime) -> Taken:
        """Take rows in, inside the caller's transaction: a number that is held is updated, what was before is kept.

        Rounds of re-checking that the ledger holds stay, even where the sheet has room for the last only.
        """
        new = changed = 0
        for problem in problems:
            before = self._row(problem.campaign, problem.number)
            row = _as_json(keep_rounds(_from_json(before), problem) if before else problem)
            if row == before:
                continue
            new, changed = (new + 1, changed) if before is None else (new, changed + 1)
            self._keep(problem, before, row, who=who, now=now, act="导入", note="")
        return Taken(new, changed)

    def step(self, number: int, step: Step, campaign: Campaign, *, who: str, now: datetime) -> Problem:
        """Take one step with a problem, inside the caller's transaction; `who` enters it, `step.who` did it.

        Raises NotFound when there is no such number, Refused with every reason when the step is not allowed.
        """
        before = self._row(campaign.id, number)
        if before is None:
            raise NotFound(f"没有办理{step.act.value}", f"第{number}号", "台账里没有这个序号", "请先看台账里的序号")
        problem = after(_from_json(before), step, campaign)
        note = {key: _plain(value) for key, value in asdict(step).items() if key != "act" and value}
        told = json.dumps(note, ensure_ascii=False, sort_keys=True)
        self._keep(problem, before, _as_json(problem), who=who, now=now, act=step.act.value, note=told)
        return problem

    def history(self, campaign: str, number: int) -> tuple[Change, ...]:
        """Every change of a row, the first one first."""
        rows = self._db.execute(
            "SELECT * FROM problem_changes WHERE campaign = ? AND number = ? ORDER BY sequence", (campaign, number)
        )
        return tuple(
            Change(
                at=datetime.fromisoformat(row["at"]),
                who=row["who"],
                act=row["act"],
                note=row["note"],
                before=_from_json(row["before"]) if row["before"] else None,
                after=_from_json(row["after"]),
            )
            for row in rows
        )

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
            "INSERT INTO problem_changes (sequence, campaign, number, at, who, before, after, act, note)"
            " VALUES (:sequence, :campaign, :number, :at, :who, :before, :after, :act, :note)",
            # An export made before steps were known has sheets only.
            [{"act": "导入", "note": ""} | change for change in told["changes"]],
        )

    def _keep(
        self, problem: Problem, before: str | None, row: str, *, who: str, now: datetime, act: str, note: str
    ) -> None:
        self._db.execute(
            "INSERT INTO problems (campaign, number, row) VALUES (?, ?, ?)"
            " ON CONFLICT (campaign, number) DO UPDATE SET row = excluded.row",
            (problem.campaign, problem.number, row),
        )
        self._db.execute(
            "INSERT INTO problem_changes (campaign, number, at, who, before, after, act, note)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (problem.campaign, problem.number, now.isoformat(), who, before or "", row, act, note),
        )

    def _row(self, campaign: str, number: int) -> str | None:
        row = self._db.execute(
            "SELECT row FROM problems WHERE campaign = ? AND number = ?", (campaign, number)
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
