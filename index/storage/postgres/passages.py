"""Passages into what finds them in PostgreSQL: vectors in pgvector, words in postings of our own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.encoding.encoder import Vectors
from index.letters import latin
from index.storage.exact import Integers, state_of
from index.storage.filters_sql import Condition
from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.closest import VECTOR, Closest, vector_of
from index.storage.postgres.nearest import NearestIndex
from index.storage.postgres.postings import Postings
from index.storage.records import Match
from index.storage.sql import Connection, marks

_NARROWED = "passages AS p JOIN articles AS a ON a.number = p.article"
_FILTERS = 8  # whose passages are remembered; 8 bytes a passage and filter


class PostgresPassages:
    """A `PassageIndex`. What a transaction changes of words is written with `flush`, at its end.

    So the rows of common words, which every passage has, are rewritten once a batch and not once an article.
    """

    def __init__(self, address: DatabaseAddress, dimensions: int) -> None:
        self.index = NearestIndex(address, dimensions)
        self._closest = Closest(self.index)
        self._words = Postings()
        self._fresh: dict[int, tuple[str, str]] = {}
        self._gone: set[int] = set()
        self._passing: tuple[tuple[int, int], dict[Condition, Integers]] = ((-1, -1), {})

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
            f"INSERT INTO vectors VALUES (?, {VECTOR.format('?')})",
            [(seq, str(vector)) for seq, vector in zip(seqs, vectors.tolist(), strict=True)],
        )
        self._fresh.update({seq: (title, text) for seq, text in zip(seqs, texts, strict=True)})

    def drop(self, connection: Connection, article: int) -> None:
        """Forget the passages of an article."""
        for (seq,) in connection.execute("SELECT seq FROM passages WHERE article = ?", (article,)):
            if not self._fresh.pop(seq, None):
                self._gone.add(seq)

    def rename(self, connection: Connection, article: int, title: str) -> None:
        """Give the passages of an article another title: their words are written anew."""
        rows = connection.execute(
            'SELECT p.seq, p.start, p."end", r.body FROM passages AS p'
            " JOIN revisions AS r ON r.number = p.revision WHERE p.article = ?",
            (article,),
        )
        for seq, start, end, body in rows:
            if not self._fresh.pop(seq, None):
                self._gone.add(seq)
            self._fresh[seq] = (title, latin(body[start:end]))

    def scrub(self, connection: Connection) -> None:
        """Nothing: what is dropped is cut out of the postings when the transaction ends."""

    def flush(self, connection: Connection) -> None:
        """Write what the transaction changed of words."""
        fresh, gone = self._fresh, self._gone
        self.forget()
        if gone:
            self._words.erase(connection, gone)
        if fresh:
            self._words.write(connection, fresh)

    def forget(self) -> None:
        """The transaction is taken back, and with it what it changed of words."""
        self._fresh, self._gone = {}, set()

    def vectors_of(self, connection: Connection, inputs: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of inputs that were encoded before."""
        found = connection.execute(
            "SELECT p.input, vector_send(v.vector) FROM passages AS p JOIN vectors AS v ON v.seq = p.seq"
            f" WHERE p.input IN ({marks(inputs)})",
            inputs,
        )
        return {name: vector_of(sent) for name, sent in found}

    def nearest(
        self, connection: Connection, vector: Vectors, *, limit: int, condition: Condition
    ) -> list[Match]:
        """The nearest passages."""
        allowed = self._allowed(connection, condition)
        return self._closest.search(connection, vector, limit=limit, allowed=allowed)

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
        return self._words.search(
            connection,
            words,
            limit=limit,
            allowed=self._allowed(connection, condition),
            title_weight=title_weight,
            among=among,
        )

    def counts(self, connection: Connection, words: Sequence[str], *, condition: Condition) -> dict[str, int]:
        """In how many passages each word stands."""
        return self._words.counts(connection, words, allowed=self._allowed(connection, condition))

    def articles_with(self, connection: Connection, word: str) -> set[int]:
        """The numbers of the articles that hold a word."""
        seqs = self._words.holding(connection, word)
        rows = connection.execute(
            "SELECT DISTINCT article FROM passages WHERE seq = ANY(CAST(? AS bigint[]))", (seqs,)
        )
        return {article for (article,) in rows}

    def total(self, connection: Connection) -> int:
        """How many passages have words."""
        return self._words.total(connection)

    def warm(self) -> None:
        """Nothing: the database is warm by itself."""

    def close(self) -> None:
        """Let go of the tokeniser and of the index."""
        self._words.close()
        self.index.close()

    def _allowed(self, connection: Connection, condition: Condition) -> Integers | None:
        """The passages whose article meets the condition, ascending, remembered; None for all."""
        if not condition:
            return None
        state, (of, known) = state_of(connection), self._passing
        if of != state or len(known) >= _FILTERS:
            known = {}
            self._passing = (state, known)
        if condition not in known:
            (sent,) = connection.execute(
                f"SELECT string_agg(int8send(p.seq), '') FROM {_NARROWED} WHERE {condition.sql}",
                condition.parameters,
            ).fetchone()
            known[condition] = np.sort(np.frombuffer(sent or b"", ">i8").astype(np.int64))
        return known[condition]
