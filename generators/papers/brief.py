"""What a paper is to be about (拟稿依据): all that a draft is made of but its form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from model.campaigns import Campaign, PlannedDocument, Unit
from model.offices import Office
from model.problems import Problem
from model.records import Description


@dataclass(frozen=True, slots=True)
class Brief:
    """A kind of paper of a campaign, drafted by an office on a day, for a unit or for problems where the kind is about them.

    `planned` is what the definition says of the paper; `issued` describes the campaign's papers that already have a number,
    oldest first: later papers cite them.
    """

    kind: str
    campaign: Campaign
    office: Office
    on: date
    unit: Unit | None = None
    problems: Sequence[Problem] = ()
    planned: PlannedDocument | None = None
    issued: Sequence[Description] = ()
