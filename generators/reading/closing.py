"""What closes a document: 署名 and 成文日期, 附注, 出席, and the 版记."""

from __future__ import annotations

import re
from datetime import date

from generators.reading import patterns as p
from generators.reading.roles import Roles
from model.documents import Attendance, Seal
from model.proofing import Role
from model.wording import MISSING


def signature(roles: Roles) -> tuple[tuple[str, ...], tuple[str, ...], Seal]:
    """署名, the posts of those who sign with one, and how it is sealed."""
    names: list[str] = []
    posts: list[str] = []
    places = [place for place in roles.places(Role.SIGNATORY, Role.SIGNED) if not roles.told[place].annex]
    for place in places:
        text = roles.lines[place].text
        if roles.told[place].role is Role.SIGNED:
            text = re.split(r"[\s\u3000]+(?=\S*\d{4}|\S*二)", p.trimmed(text))[0]
        pieces = [piece for piece in re.split(r"\t+|[ \u3000]{2,}", p.trimmed(text)) if piece]
        if len(pieces) == 2 and not p.organ_like(pieces[1]) and not MISSING.fullmatch(pieces[1]):
            posts.append(pieces[0])
            names.append(pieces[1])
        else:
            names += [p.closed(piece) if not roles.ours else piece for piece in pieces]
    return tuple(names), tuple(posts), _seal(roles, places, bool(posts))


def _seal(roles: Roles, places: list[int], posts: bool) -> Seal:
    if posts:
        return Seal.SIGNATURE
    if not places or roles.told[places[-1]].role is Role.SIGNED:
        return Seal.SEALED
    last = places[-1]
    if last + 1 == len(roles.lines):  # no date is below it
        return Seal.SEALED
    if not roles.ours:
        name, day = (roles.lines[place].look for place in (last, last + 1))
        stepped = name.align == day.align == "left" and name.left > 100 and 15 < day.left - name.left < 50
        return Seal.UNSEALED if stepped else Seal.SEALED  # the date two characters behind the name (7.3.5.2)
    if roles.told[last + 1].role is Role.BLANK:  # the date stands one line below a stamp (7.3.5.3)
        return Seal.SIGNATURE
    return Seal.UNSEALED if roles.lines[last + 1].look.align == "left" else Seal.SEALED


def dated(roles: Roles) -> date | None:
    """成文日期, None where it is not known."""
    for place in roles.places(Role.DATE, Role.SIGNED):
        if roles.told[place].annex:
            continue
        text = p.trimmed(roles.lines[place].text)
        if roles.told[place].role is Role.SIGNED:
            text = re.split(r"[\s\u3000]+(?=\S*\d{4}|\S*二)", text)[-1]
        return p.date_written(text)[1]
    return None


def note(roles: Roles) -> str:
    """附注 without its brackets."""
    texts = [p.trimmed(text) for text in roles.texts(Role.NOTE)]
    if len(texts) == 1:
        return texts[0][1:-1]
    return "".join(texts)[1:-1] if texts else ""


def attendance(roles: Roles) -> Attendance:
    """出席, 请假 and 列席."""
    found: dict[str, tuple[str, ...]] = {}
    keys = {"出席": "present", "请假": "excused", "列席": "observing"}
    for text in roles.texts(Role.ATTENDANCE):
        match = p.ATTENDANCE.match(p.trimmed(text))
        if match:
            found[keys[match["label"]]] = tuple(p.trimmed(text)[match.end() :].split("、"))
    return Attendance(**found)


def imprint(roles: Roles) -> tuple[tuple[str, ...], str, str, date | None]:
    """抄送, 主送 that was moved here, 印发机关 and 印发日期."""
    copies: list[str] = []
    moved, label = "", ""
    printed: list[str] = []
    for place in roles.places(Role.COPIES, Role.PRINTED):
        text = p.trimmed(roles.lines[place].text)
        if roles.told[place].role is Role.PRINTED:
            printed.append(text)
            continue
        match = p.IMPRINT.match(text)
        label = p.bare(match["label"]) if match else label
        names = p.trimmed(text[match.end() :] if match else text)
        names = names.removesuffix("。")
        if label == "主送":
            moved += names
        elif match:
            copies += names.split("，")
        elif copies:
            copies[-1:] = (copies[-1] + names).split("，")
    organ, day = _printed(" ".join(printed))
    return tuple(copies), moved, organ, day


def _printed(text: str) -> tuple[str, date | None]:
    """印发机关 and 印发日期."""
    whole = re.sub(r"(?:印发|印制)$", "", p.trimmed(text))
    pieces = [piece for piece in re.split(r"[\t\n]+|[ \u3000]{2,}", whole) if p.trimmed(piece)]
    if len(pieces) < 2:
        pieces = [
            piece for piece in re.split(r"(?=(?:19|20)\d{2}\s*年|二[〇○零])", whole, maxsplit=1) if p.trimmed(piece)
        ]
    day = p.date_written(pieces[-1]) if len(pieces) > 1 else (False, None)
    return p.trimmed(" ".join(pieces[:-1] if day[0] else pieces)), day[1]
