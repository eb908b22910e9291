"""The papers of the commonest words, kept as bits: a word that stands in every tenth paper is not looked up paper by paper.

Papers filed since the bits were made are asked of the words table; now and then they are taken in. Papers taken out stay in the
bits: numbers are not given twice, and whoever asks looks only at papers that are there.
"""

from __future__ import annotations

import json
import sqlite3

from indexer import bitsets
from indexer.tokens import runs

_SHARE = 32  # words in more than one of so many papers are common: their bits are shorter than their list
_FEWEST = 32  # papers: below, there is nothing to gain
_FRESH = 1024  # papers that may be filed before they are taken in, and a sixteenth of those that are
_SIXTEENTH = 16


class Commonest:
    """The common words of one generation of FTS5. Inside a transaction of the caller where something changes."""

    def __init__(self, db: sqlite3.Connection, generation: int) -> None:
        self._db = db
        self._common, self._words = f"common_{generation}", f"words_{generation}"

    def begin(self) -> None:
        """An empty table."""
        self._db.execute(
            f"CREATE TABLE {self._common} (token TEXT PRIMARY KEY, bits BLOB NOT NULL, last INTEGER NOT NULL)"
        )
        self._mark(0, 0)

    def _mark(self, last: int, chosen: int) -> None:
        """The last paper taken in, and how many papers there were when the common words were chosen."""
        statement = f"INSERT OR REPLACE INTO {self._common} (token, bits, last) VALUES ('', ?, ?)"  # noqa: S608
        self._db.execute(statement, (bitsets.packed(chosen), last))

    def _state(self) -> tuple[int, int]:
        row = self._db.execute(f"SELECT bits, last FROM {self._common} WHERE token = ''").fetchone()  # noqa: S608
        return row["last"], bitsets.unpacked(row["bits"])

    def held(self, token: str) -> int | None:
        """The papers that hold a common word; None: it is not common."""
        row = self._db.execute(f"SELECT bits, last FROM {self._common} WHERE token = ?", (token,)).fetchone()  # noqa: S608
        return bitsets.unpacked(row["bits"]) | self._after(token, row["last"]) if row else None

    def _after(self, token: str, last: int) -> int:
        asked = f"SELECT json_group_array(rowid) FROM {self._words} WHERE {self._words} MATCH ? AND rowid > ?"  # noqa: S608
        return bitsets.of(json.loads(self._db.execute(asked, (f'"{token}"', last)).fetchone()[0]))

    def keep_up(self, number: int) -> None:
        """A paper of this number was filed: when many are not yet taken in, do it."""
        last, chosen = self._state()
        if number - last <= _FRESH + last // _SIXTEENTH:
            return
        if number > 2 * chosen:
            self.choose()
            return
        for row in self._db.execute(f"SELECT token, bits, last FROM {self._common} WHERE token != ''").fetchall():  # noqa: S608
            bits = bitsets.unpacked(row["bits"]) | self._after(row["token"], row["last"])
            self._write(row["token"], bits, number)
        self._mark(number, chosen)

    def _write(self, token: str, bits: int, last: int) -> None:
        statement = f"INSERT OR REPLACE INTO {self._common} (token, bits, last) VALUES (?, ?, ?)"  # noqa: S608
        self._db.execute(statement, (token, bitsets.packed(bits), last))

    def choose(self) -> None:
        """Choose the common words anew, and make their bits."""
        self._db.execute(f"DELETE FROM {self._common}")  # noqa: S608
        papers, last = self._db.execute(f"SELECT count(*), coalesce(max(id), 0) FROM {self._words}_docsize").fetchone()  # noqa: S608
        vocabulary = f"temp.vocabulary_of_{self._words}"
        self._db.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {vocabulary} USING fts5vocab(main, {self._words}, row)")
        asked = f"SELECT term FROM {vocabulary} WHERE doc > ?"  # noqa: S608
        common = [row["term"] for row in self._db.execute(asked, (max(_FEWEST, papers // _SHARE),))]
        self._db.execute(f"DROP TABLE {vocabulary}")
        for token in common:
            if not _alone(token):
                self._write(token, self._after(token, 0), last)
        self._mark(last, last)


def _alone(token: str) -> bool:
    """A Han character alone only shows where a run begins or ends; nobody asks for it as it is."""
    return len(token) == 1 and any(cjk for _, cjk in runs(token))
