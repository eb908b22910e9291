"""A checked definition as the frozen values of `model.campaigns`."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from campaigns import shapes
from model import campaigns as words

_WORDS: dict[type[shapes.Shape], Any] = {
    shapes.Period: words.Period,
    shapes.Issuer: words.Issuer,
    shapes.Basis: words.BasisDocument,
    shapes.Goal: words.Goal,
    shapes.Item: words.CheckItem,
    shapes.Area: words.Area,
    shapes.Stage: words.Stage,
    shapes.Member: words.Member,
    shapes.GroupOffice: words.GroupOffice,
    shapes.LeadingGroup: words.LeadingGroup,
    shapes.Team: words.Team,
    shapes.Unit: words.Unit,
    shapes.Deliverable: words.Deliverable,
    shapes.Report: words.Report,
    shapes.Supervision: words.Supervision,
    shapes.Grade: words.Grade,
    shapes.ProblemRules: words.ProblemRules,
    shapes.Sanction: words.Sanction,
    shapes.Assessment: words.Assessment,
    shapes.Hotline: words.Hotline,
    shapes.Evidence: words.EvidenceItem,
    shapes.Volume: words.Volume,
    shapes.Archive: words.FilePlan,
    shapes.Document: words.PlannedDocument,
    shapes.Definition: words.Campaign,
}
"""Each shape and the word it becomes; their fields bear the same names."""


def build(definition: shapes.Definition) -> words.Campaign:
    """The campaign that a definition of sound shape describes."""
    campaign: words.Campaign = _build(definition)
    return campaign


def _build(value: Any) -> Any:
    if isinstance(value, shapes.Shape):
        word = _WORDS[type(value)]
        known = {field.name for field in fields(word)}
        given = {name: _build(getattr(value, name)) for name in type(value).model_fields if name in known}
        return word(**{name: part for name, part in given.items() if part is not None})
    if isinstance(value, list):
        return tuple(_build(part) for part in value)
    if isinstance(value, dict):
        return tuple(value.items())
    return value
