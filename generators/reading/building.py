"""Lines with their roles become the elements of a `Document`; words are kept as they stand, only the layout's own are taken off."""

from __future__ import annotations

from dataclasses import dataclass

from generators.reading import patterns as p
from generators.reading.annexed import annexes
from generators.reading.blocks import blocks
from generators.reading.closing import attendance, dated, imprint, note, signature
from generators.reading.letterhead import letterhead
from generators.reading.lines import Walked
from generators.reading.roles import Roles
from generators.reading.stream import Recognised
from model.documents import Document, RedHead
from model.proofing import Role

_NO_ELEMENT = (Role.IMPRINT, Role.TEXT_BOX, Role.FOOTNOTE)


@dataclass(slots=True)
class Built:
    """The document; places of lines whose words found no element; remarks (place, message) on what could not be kept in form."""

    document: Document
    unplaced: tuple[int, ...]
    remarks: list[tuple[int, str]]


def build(walked: Walked, recognised: Recognised) -> Built:
    """The elements that the lines make."""
    roles = Roles(walked, recognised)
    copies, moved, printed_by, printed_on = imprint(roles)
    names, posts, seal = signature(roles)
    head = letterhead(roles, names)
    body = blocks(roles)
    addressees = p.trimmed("".join(p.trimmed(text) for text in roles.texts(Role.ADDRESSEES)))
    document = Document(
        title="".join(roles.texts(Role.TITLE, closed=True)),
        addressees=addressees.rstrip("：:") or moved,
        body=tuple(body[0]),
        annexes=annexes(roles, body),
        signatories=names,
        signatory_posts=posts,
        seal=seal,
        dated=dated(roles),
        note=note(roles),
        copies_to=copies,
        printed_by=printed_by,
        printed_on=printed_on,
        attendance=attendance(roles),
        landscape=roles.landscape(0) and head.get("red_head") is RedHead.NONE,
        **head,
    )
    unplaced = tuple(place for place in roles.places(*_NO_ELEMENT) if p.trimmed(roles.lines[place].text))
    return Built(document, unplaced, roles.remarks)
