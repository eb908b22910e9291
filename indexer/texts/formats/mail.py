"""Mails (.eml) and web pages saved as one file (.mht): header, body, attachments as members."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from indexer.texts.encodings import decode, decode_as
from indexer.texts.formats import html
from indexer.texts.formats.members import pages_of_member
from indexer.texts.jobs import Job
from model.texts import TextPage

_HEADERS = (("主题", "Subject"), ("发件人", "From"), ("收件人", "To"), ("抄送", "Cc"), ("日期", "Date"))


def read(content: bytes, job: Job) -> Iterator[TextPage]:
    """The header beside, the body (plain rather than HTML), the attachments."""
    message = _message(content)
    raw = {field.lower(): value for field, value in reversed(list(message.raw_items()))}
    told = ((name, _words(raw.get(field.lower(), ""))) for name, field in _HEADERS)
    yield TextPage("邮件头", job.blocks(f"{name}：{text}" for name, text in told if text), beside=True)
    bodies: dict[str, list[str]] = {"plain": [], "html": []}
    attached: list[tuple[str, bytes]] = []
    for part in message.walk():
        _sort(part, bodies, attached)
    if any(text.strip() for text in bodies["plain"]):
        yield TextPage("", job.blocks(line for text in bodies["plain"] for line in text.splitlines()))
    else:
        yield TextPage("", job.blocks(line for text in bodies["html"] for line in html.lines(text)))
    for name, inner in attached:
        yield from pages_of_member(name, inner, job)


def _message(content: bytes) -> Message:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:200]:
        content = (decode(content) or "").encode()
    return email.message_from_bytes(content.lstrip(), policy=email.policy.compat32)


def _sort(part: Message, bodies: dict[str, list[str]], attached: list[tuple[str, bytes]]) -> None:
    """Put a part of the mail to the bodies or to the attachments."""
    if part.is_multipart() and part.get_content_type() != "message/rfc822":
        return
    name = _words(part.get_filename() or "")
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload(0) if part.is_multipart() else None
        if isinstance(inner, Message):
            attached.append((name or "转发的邮件.eml", inner.as_bytes()))
            for inside in inner.walk():
                inside.set_type("application/x-read") if not inside.is_multipart() else None
        return
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or part.get_content_type() == "application/x-read":
        return
    if name or part.get_content_disposition() == "attachment":
        attached.append((name or f"附件{len(attached) + 1}", payload))
    elif part.get_content_maintype() == "text":
        kind = "html" if part.get_content_subtype() == "html" else "plain"
        bodies[kind].append(decode_as(payload, part.get_content_charset()))


def _words(header: object) -> str:
    """A header's characters: encoded words, and bytes that were sent as they are."""
    raw = str(header)
    if any("\udc80" <= character <= "\udcff" for character in raw):
        return " ".join(decode_as(raw.encode("ascii", "surrogateescape"), None).split())
    try:
        parts = decode_header(raw)
    except (HeaderParseError, ValueError):
        return raw
    told = (text if isinstance(text, str) else decode_as(text, charset) for text, charset in parts)
    return " ".join("".join(told).split())
