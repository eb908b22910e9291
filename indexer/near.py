"""The same paper again (近似重复): scanned once more, saved in another format, or with a line changed.

A text's signature is a MinHash over its overlapping triples of characters; the share of equal places in two signatures estimates
how much the texts have in common. Signatures that agree in one of 16 stretches of six places are compared; at four fifths in
common 99 of 100 pairs do (1 - (1 - 0.8^6)^16).
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.folding import fold
from model.texts import Text

VERSION = "triples-cminhash2-96"
"""Changes whenever the same text would give another signature."""

ALIKE = 0.75
"""What two texts have at least in common that are told as the same paper; a scan read with one error in fifty has 0.88."""

_PLACES, _BAND, _SEED = 96, 6, 9704
_LEAST = 60  # characters; shorter texts are alike by chance
_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Alike:
    """A text that may be the same: its record, which file of it, and the share in common (0 to 1)."""

    record: str
    place: int
    share: float


def signature(text: Text) -> bytes | None:
    """The signature of a text (384 bytes); None when it has too few characters to be told from others."""
    pages = (page for page in text.pages if not page.beside)
    return signature_of("".join(block.text for page in pages for block in page.blocks))


def signature_of(words: str) -> bytes | None:
    """The signature of these words: their letters and digits alone count."""
    from rensa import CMinHash

    bare = _NOT_WORDS.sub("", fold(words))
    if len(bare) < _LEAST:
        return None
    triples = {bare[place : place + 3] for place in range(len(bare) - 2)}
    sketch = CMinHash(_PLACES, _SEED)
    sketch.update(triples)
    return array("I", sketch.digest()).tobytes()


def share(one: bytes, other: bytes) -> float:
    """How much two texts have in common by their signatures, 0 to 1."""
    places = zip(array("I", one), array("I", other), strict=True)
    return sum(left == right for left, right in places) / _PLACES


def _keys(made: bytes) -> Iterator[int]:
    size = 4 * _BAND
    for start in range(0, len(made), size):
        stretch = start.to_bytes(2, "little") + made[start : start + size]
        yield int.from_bytes(hashlib.blake2b(stretch, digest_size=8).digest(), "little", signed=True)


class Near:
    """The signatures in the catalogue; inside transactions of the caller."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def remember(self, record: str, place: int, made: bytes) -> None:
        """Keep the signature of a record's file, instead of one kept before."""
        self._forget("record = ? AND place = ?", (record, place))
        row = (record, place, VERSION, made)
        told = self._db.execute(
            "INSERT INTO near_signatures (record, place, version, signature) VALUES (?, ?, ?, ?)", row
        )
        keys = [(key, told.lastrowid) for key in set(_keys(made))]
        self._db.executemany("INSERT INTO near_bands (key, number) VALUES (?, ?)", keys)

    def forget(self, record: str) -> None:
        """Forget all files of a record."""
        self._forget("record = ?", (record,))

    def _forget(self, where: str, values: tuple[object, ...]) -> None:
        rows = self._db.execute(f"SELECT number, signature FROM near_signatures WHERE {where}", values).fetchall()  # noqa: S608 - fixed text
        for number, made in rows:
            self._db.executemany(
                "DELETE FROM near_bands WHERE key = ? AND number = ?", [(key, number) for key in _keys(made)]
            )
            self._db.execute("DELETE FROM near_signatures WHERE number = ?", (number,))

    def alike(self, made: bytes, least: float = ALIKE) -> tuple[Alike, ...]:
        """The files that have at least so much in common with this signature, most alike first."""
        keys = tuple(set(_keys(made)))
        marks = ", ".join("?" * len(keys))
        wanted = f"SELECT number FROM near_bands WHERE key IN ({marks})"  # noqa: S608 - question marks only
        told = f"SELECT record, place, signature FROM near_signatures WHERE version = ? AND number IN ({wanted})"  # noqa: S608
        rows = self._db.execute(told, (VERSION, *keys))
        found = (Alike(record, place, share(made, kept)) for record, place, kept in rows)
        return _best(found, least)


class Batch:
    """The signatures of one batch in memory, under names of the caller's own (paths), before anything is filed."""

    def __init__(self) -> None:
        self._kept: list[tuple[str, bytes]] = []
        self._bands: dict[int, list[int]] = defaultdict(list)

    def remember(self, name: str, made: bytes) -> None:
        """Keep a signature under a name."""
        for key in set(_keys(made)):
            self._bands[key].append(len(self._kept))
        self._kept.append((name, made))

    def alike(self, made: bytes, least: float = ALIKE) -> tuple[Alike, ...]:
        """What was kept and has so much in common, most alike first; `record` is the name."""
        numbers = {number for key in _keys(made) for number in self._bands.get(key, ())}
        kept = (self._kept[number] for number in sorted(numbers))
        return _best((Alike(name, 0, share(made, other)) for name, other in kept), least)


def _best(found: Iterable[Alike], least: float) -> tuple[Alike, ...]:
    return tuple(sorted((each for each in found if each.share >= least), key=lambda each: (-each.share, each.record)))
