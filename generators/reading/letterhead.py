"""The elements of the head (版头): number, signers, corner elements, mark and who issues, format and direction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generators.reading import patterns as p
from generators.reading.roles import Roles
from model.documents import Direction, Format, RedHead
from model.proofing import Role

_ENDINGS = {"文件": Format.DOCUMENT, "命令": Format.ORDER, "令": Format.ORDER, "纪要": Format.MINUTES}


def letterhead(roles: Roles, names: tuple[str, ...]) -> dict[str, Any]:
    """The elements of the head by their names in `Document`; `names` are those that sign."""
    number, signers = _number(roles)
    mark = p.closed("".join(roles.texts(Role.MARK, closed=True)))
    marks = [p.bare(text) for text in roles.texts(Role.MARK)]
    found: dict[str, Any] = {"number": number, "signers": signers}
    for role, key in ((Role.COPY_NUMBER, "copy_number"), (Role.SECRECY, "secrecy"), (Role.URGENCY, "urgency")):
        texts = roles.texts(role)
        if texts:
            found[key] = p.trimmed(texts[0])
    _corner(roles, found)
    form = _format(roles, mark, number)
    found["format"] = form
    issuers, own_mark = _issuers(mark, marks, names, form)
    if mark and not names:  # who issues signs, so a mark alone names no issuer
        found["mark"] = mark
    elif mark:
        found |= {"issuers": issuers, "mark": own_mark}
    elif number or signers:
        found |= {"issuers": names, "red_head": RedHead.PREPRINTED}
    else:
        found["red_head"] = RedHead.NONE
    if signers or any(p.SIGNERS.search(text) for text in roles.texts(Role.NUMBER, Role.SIGNERS)):
        found["direction"] = Direction.UP
    elif p.bare("".join(roles.texts(Role.TITLE))).endswith("函"):
        found["direction"] = Direction.LEVEL
    return found


def _corner(roles: Roles, found: dict[str, Any]) -> None:
    """In a letter the first corner element stands on the number's line, before a tab (10.1)."""
    for text in roles.texts(Role.NUMBER):
        piece = p.trimmed(text.partition("\t")[0]) if "\t" in text else ""
        for shape, key in ((p.COPY_NUMBER, "copy_number"), (p.SECRECY, "secrecy"), (p.URGENCY, "urgency")):
            if piece and shape.fullmatch(p.bare(piece)):
                found[key] = piece


def _format(roles: Roles, mark: str, number: str) -> Format:
    if roles.ours and roles.walked.sheets and roles.walked.sheets[0].title_page:
        return Format.LETTER
    if not mark:
        return Format.DOCUMENT
    if mark.endswith("令"):
        return Format.ORDER
    if mark.endswith("纪要"):
        return Format.MINUTES
    about = number.partition("〔")[0][-2:] + p.bare("".join(roles.texts(Role.TITLE)))[-1:]
    letter = not mark.endswith("文件") and "函" in about
    return Format.LETTER if letter else Format.DOCUMENT


def _number(roles: Roles) -> tuple[str, tuple[str, ...]]:
    number, signers = "", []
    for text in roles.texts(Role.NUMBER):
        piece = p.number_piece(text) or p.bare(text)
        number = piece
        signers += _names_behind(text)
    listed = [name for text in roles.texts(Role.SIGNERS) for name in _names_behind(text)]
    if listed:  # the last of several signers stands on the number's line (7.2.6)
        signers += (name for text in roles.texts(Role.NUMBER) for name in _beside_number(text))
    return number, (*listed, *signers)


def _issuers(mark: str, marks: list[str], names: tuple[str, ...], form: Format) -> tuple[tuple[str, ...], str]:
    """发文机关 and the mark where it is not what they give by themselves."""
    ending = next((each for each in _ENDINGS if mark.endswith(each)), "")
    host = mark.removesuffix(ending) if ending else mark
    whole = ending if form is not Format.LETTER else ""
    if names and (mark == names[0] + whole or host == names[0]):
        return names, "" if mark in (names[0] + whole, names[0] + ending) and _made(names[0], mark, form) else mark
    joint = [name for name in (each.removesuffix(ending) if ending else each for each in marks) if name]
    if len(joint) > 1 and len(joint) == len(names):
        return names, ""
    return ((host,), "") if _made(host, mark, form) else ((host,), mark)


def _made(host: str, mark: str, form: Format) -> bool:
    """Whether the writer makes this mark of the host's name by itself."""
    ending = {Format.LETTER: "", Format.ORDER: "令", Format.MINUTES: "纪要"}.get(form, "文件")
    return mark == host + ending


def _names_behind(text: str) -> list[str]:
    """The names behind 签发人：, parted by spaces; 李　明 is one name."""
    match = p.SIGNERS.search(text)
    if not match:
        return []
    found: list[str] = []
    for piece in re.split(r"[\s\u3000、，,]+", p.trimmed(text[match.end() :])):
        if found and len(piece) == len(found[-1]) == 1:
            found[-1] += piece
        elif piece:
            found.append(piece)
    return found


def _beside_number(text: str) -> Iterator[str]:
    """Names on the number's line that no 签发人 stands before."""
    for piece in re.split(r"\t|[ \u3000]{2,}", p.trimmed(text)):
        plain = p.bare(piece)
        corner = any(shape.fullmatch(plain) for shape in (p.COPY_NUMBER, p.SECRECY, p.URGENCY))
        if plain and not p.number_piece(piece) and not p.SIGNERS.search(piece) and not corner:
            yield plain
