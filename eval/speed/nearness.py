"""Vectors of an archive over PostgreSQL into what its nearest-neighbour index should find, and does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eval.speed.growth_corpus import Numbers
from index.encoding.encoder import Vectors
from index.records import Filters
from index.storage.filters_sql import Condition, condition
from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.closest import vector_of
from index.storage.postgres.connection import Raw
from index.storage.postgres.once import reading
from index.storage.postgres.turns import SCHEMA
from index.storage.sql import Connection

DEPTH = 30
_AT_ONCE = 20_000  # vectors


@dataclass(frozen=True)
class Truth:
    """Questions' vectors, shape (n, d), and the passages nearest to each by computing all, shape (n, 30)."""

    vectors: Vectors
    nearest: Numbers

    def part_of(self, found: Sequence[Sequence[int]]) -> float:
        """The part of what is nearest that was found for each of the vectors."""
        hits = sum(
            len(set(some) & set(nearest)) for some, nearest in zip(found, self.nearest.tolist(), strict=True)
        )
        return hits / self.nearest.size


class _Nearest:
    """The nearest so far of the passages that pass a filter."""

    def __init__(self, questions: int, passing: Numbers) -> None:
        self._passing = np.zeros(passing.max() + 1, bool)
        self._passing[passing] = True
        self._scores = np.full((questions, DEPTH), -2.0, np.float32)
        self.seqs = np.zeros((questions, DEPTH), np.int64)

    def take(self, seqs: Numbers, scores: Vectors) -> None:
        """Of more passages, with scores of shape (questions, passages)."""
        kept = self._passing[np.minimum(seqs, len(self._passing) - 1)] & (seqs < len(self._passing))
        scores = np.concatenate([self._scores, scores[:, kept]], axis=1)
        named = np.concatenate([self.seqs, np.broadcast_to(seqs[kept], (len(scores), kept.sum()))], axis=1)
        best = np.argpartition(-scores, DEPTH - 1, axis=1)[:, :DEPTH]
        self._scores, self.seqs = np.take_along_axis(scores, best, 1), np.take_along_axis(named, best, 1)


def truths_of(address: DatabaseAddress, vectors: Vectors, filters: Mapping[str, Filters]) -> dict[str, Truth]:
    """What is nearest among those that pass each filter, by computing all, in one pass."""
    with reading(address) as connection:
        found = {
            name: _Nearest(len(vectors), _passing(connection, condition(one)))
            for name, one in filters.items()
        }
        connection.execute(
            "DECLARE everything CURSOR FOR SELECT seq, public.vector_send(vector) FROM vectors"
        )
        while rows := connection.execute(f"FETCH {_AT_ONCE} FROM everything").fetchall():
            seqs = np.array([row[0] for row in rows], np.int64)
            scores = vectors @ np.stack([vector_of(row[1]) for row in rows]).T
            for one in found.values():
                one.take(seqs, scores)
    return {name: Truth(vectors, one.seqs) for name, one in found.items()}


def _passing(connection: Connection, condition: Condition) -> Numbers:
    rows = connection.execute(
        f"SELECT p.seq FROM passages AS p JOIN articles AS a ON a.number = p.article WHERE {condition.sql}",
        condition.parameters,
    )
    return np.array(rows.fetchall(), np.int64).reshape(-1)


def recall_through(raw: Raw, truth: Truth, *, ef: int) -> float:
    """The part of what is nearest that the index names among as many, keeping `ef` in view."""
    kind = f"halfvec({truth.vectors.shape[1]})"
    statement = (
        f"SELECT seq FROM vectors ORDER BY CAST(vector AS {kind}) <#> CAST($1 AS {kind}) LIMIT {DEPTH}"
    )

    with raw.transaction():
        raw.execute(f"SET LOCAL hnsw.ef_search = {ef}; SET LOCAL search_path = {SCHEMA}, public".encode())
        rows = [raw.execute(statement.encode(), (str(one.tolist()),)).fetchall() for one in truth.vectors]
    return truth.part_of([[seq for (seq,) in some] for some in rows])
