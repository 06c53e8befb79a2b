"""Passages into what finds them in SQLite: rows of FTS5, and vectors as `index.storage.vectors` searches."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.encoding.encoder import Vectors
from index.storage import full_text
from index.storage.filters_sql import Condition
from index.storage.generations import Generations
from index.storage.records import Match
from index.storage.sql import Connection, marks
from index.storage.vectors import VectorSearch

_OF_ARTICLE = "rowid IN (SELECT seq FROM passages WHERE article = ?)"


class SqlitePassages:
    """A `PassageIndex`; vectors go with their passages by themselves."""

    def __init__(self, generations: Generations, dimensions: int) -> None:
        self._search = VectorSearch(generations, dimensions)

    def keep(
        self,
        connection: Connection,
        seqs: Sequence[int],
        *,
        title: str,
        texts: Sequence[str],
        vectors: Vectors,
    ) -> None:
        """Take in the passages of an article."""
        connection.executemany(
            "INSERT INTO vectors VALUES (?, ?)",
            [(seq, vector.tobytes()) for seq, vector in zip(seqs, vectors.astype("<f4"), strict=True)],
        )
        connection.executemany(
            "INSERT INTO passages_fts (rowid, title, text) VALUES (?, ?, ?)",
            [(seq, title, text) for seq, text in zip(seqs, texts, strict=True)],
        )

    def drop(self, connection: Connection, article: int) -> None:
        """Forget the passages of an article."""
        connection.execute(f"DELETE FROM passages_fts WHERE {_OF_ARTICLE}", (article,))

    def rename(self, connection: Connection, article: int, title: str) -> None:
        """Give the passages of an article another title."""
        connection.execute(f"UPDATE passages_fts SET title = ? WHERE {_OF_ARTICLE}", (title, article))

    def scrub(self, connection: Connection) -> None:
        """Merge the segments of FTS5: until then words are only marked as deleted.

        SQLite before 3.42 has no other way.
        """
        connection.execute("INSERT INTO passages_fts (passages_fts) VALUES ('optimize')")

    def vectors_of(self, connection: Connection, inputs: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of inputs that were encoded before."""
        found = connection.execute(
            "SELECT p.input, v.vector FROM passages AS p JOIN vectors AS v ON v.seq = p.seq"
            f" WHERE p.input IN ({marks(inputs)})",
            list(inputs),
        )
        return {name: np.frombuffer(blob, "<f4") for name, blob in found}

    def nearest(
        self, connection: Connection, vector: Vectors, *, limit: int, condition: Condition
    ) -> list[Match]:
        """The nearest passages, exactly or by Chroma's index."""
        return self._search.search(connection, vector, limit=limit, condition=condition)

    def worded(
        self,
        connection: Connection,
        words: Sequence[str],
        *,
        limit: int,
        condition: Condition,
        title_weight: float,
        among: Sequence[str],
    ) -> list[Match]:
        """The passages with the highest BM25 score."""
        return full_text.search_words(
            connection, words, limit=limit, condition=condition, title_weight=title_weight, among=among
        )

    def counts(self, connection: Connection, words: Sequence[str], *, condition: Condition) -> dict[str, int]:
        """In how many passages each word stands."""
        return {word: full_text.count_word(connection, word, condition=condition) for word in words}

    def articles_with(self, connection: Connection, word: str) -> set[int]:
        """The numbers of the articles that hold a word."""
        return full_text.articles_with(connection, word)

    def warm(self) -> None:
        """Use the nearest-neighbour index from now on, the newest there is."""
        self._search.warm()

    def close(self) -> None:
        """Close the index and delete its copy."""
        self._search.close()
