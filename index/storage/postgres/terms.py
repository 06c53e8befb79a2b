"""Texts into the terms that they are searched by: SQLite's own tokeniser, so that both engines have the same.

It is asked by a full-text table in memory: words in lower case, without marks, by their stems
(https://www.sqlite.org/fts5.html, "Porter Tokenizer").
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from typing import NamedTuple

TITLE = 1 << 15  # the place of the first term of a title; those of the text begin with 0

_TABLES = """
CREATE VIRTUAL TABLE texts USING fts5 (
    title, text, content = '', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE terms USING fts5vocab (texts, instance);
"""


class TermPlace(NamedTuple):
    """A term at a place of a text, which is named by its number in the list."""

    term: str
    text: int
    place: int


class Tokeniser:
    """The tokeniser; thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._memory.executescript(_TABLES)

    def places(self, texts: Sequence[tuple[str, str]]) -> list[TermPlace]:
        """Every term of these (title, text), by term, text and place."""
        with self._lock:
            self._memory.execute("BEGIN")
            self._memory.executemany(
                "INSERT INTO texts (rowid, title, text) VALUES (?, ?, ?)",
                [(number, title, text) for number, (title, text) in enumerate(texts)],
            )
            found = self._memory.execute(
                f"SELECT term, doc, iif(col = 'title', {TITLE}, 0) + offset FROM terms"
            ).fetchall()
            self._memory.execute("INSERT INTO texts (texts) VALUES ('delete-all')")
            self._memory.execute("COMMIT")
        return [TermPlace(*one) for one in found]

    def phrases(self, words: Sequence[str]) -> list[tuple[str, ...]]:
        """The terms of each word in their order; most have one, "covid-19" has two, "?!" none."""
        found: list[dict[int, str]] = [{} for _ in words]
        for term, word, place in self.places([("", word) for word in words]):
            found[word][place] = term
        return [tuple(terms[place] for place in sorted(terms)) for terms in found]

    def close(self) -> None:
        """Let go of the memory."""
        self._memory.close()
