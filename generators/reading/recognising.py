"""What each line of a document is (公文要素), told by its words and its place among the others.

Centring, indents and sizes never decide alone: Word, WPS, converters and pasted web pages each lose some of them. What our own
writer marks by its styles is believed.
"""

from __future__ import annotations

from generators.reading.bodies import bodies
from generators.reading.endings import segments
from generators.reading.heads import addressees, head, title
from generators.reading.lines import Walked
from generators.reading.stream import Recognised, Stream
from model.proofing import Role


def recognise(walked: Walked) -> Recognised:
    """The role of every line: head, title and addressees from the top, then signature, annexes and 版记; the rest is body."""
    stream = Stream(walked)
    begins = addressees(stream, title(stream, head(stream), Role.TITLE, 0))
    segments(stream, begins)
    bodies(stream)
    return stream.found
