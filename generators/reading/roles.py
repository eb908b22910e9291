"""The lines of a document by their roles: what building its elements looks things up in."""

from __future__ import annotations

from collections.abc import Iterator

from generators.reading import patterns as p
from generators.reading.lines import Walked
from generators.reading.stream import Recognised
from model.proofing import Role


class Roles:
    """Lines and what is known of each; `remarks` (place, message) gathers what could not be kept in form."""

    def __init__(self, walked: Walked, recognised: Recognised) -> None:
        self.walked, self.lines, self.ours = walked, walked.lines, walked.ours
        self.told, self.frames = recognised.told, recognised.frames
        self.remarks: list[tuple[int, str]] = []
        self._by_role: dict[Role, list[int]] = {}
        for place, told in enumerate(self.told):
            self._by_role.setdefault(told.role, []).append(place)

    def places(self, *roles: Role) -> Iterator[int]:
        """The places of the lines of these roles, in order."""
        return iter(sorted(place for role in roles for place in self._by_role.get(role, ())))

    def texts(self, *roles: Role, closed: bool = False) -> list[str]:
        """The texts of those in the document itself, with automatic numbers; `closed`: a stranger's without blanks between."""
        texts = (
            self.lines[place].auto + self.lines[place].text
            for place in self.places(*roles)
            if not self.told[place].annex
        )
        return [p.closed(text) if closed and not self.ours else text for text in texts]

    def landscape(self, place: int) -> bool:
        """Whether the page that a line stands on lies on its side."""
        return next((sheet.landscape for sheet in reversed(self.walked.sheets) if sheet.first <= place), False)
