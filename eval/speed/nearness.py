"""Vectors of an archive over PostgreSQL into what its nearest-neighbour index should find, and does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eval.speed.growth_corpus import Numbers
from index.encoding.encoder import Vectors
from index.storage.postgres.connection import Raw
from index.storage.postgres.turns import SCHEMA

DEPTH = 30
_AT_ONCE = 20_000  # vectors


@dataclass(frozen=True)
class Truth:
    """Questions' vectors, shape (n, d), and the passages nearest to each by computing all, shape (n, 30)."""

    vectors: Vectors
    nearest: Numbers


def truth_of(raw: Raw, vectors: Vectors) -> Truth:
    """Compute all, in one pass."""
    scores = np.full((len(vectors), DEPTH), -2.0, np.float32)
    seqs = np.zeros((len(vectors), DEPTH), np.int64)
    with raw.transaction(), raw.cursor() as cursor:
        cursor.execute(
            b"DECLARE everything CURSOR FOR SELECT int8send(seq), vector_send(vector)"
            + f" FROM {SCHEMA}.vectors".encode()
        )
        while rows := cursor.execute(f"FETCH {_AT_ONCE} FROM everything".encode(), binary=True).fetchall():
            numbers = np.frombuffer(b"".join(row[0] for row in rows), ">i8").astype(np.int64)
            sent = np.frombuffer(b"".join(row[1] for row in rows), np.uint8).reshape(len(rows), -1)
            block = np.ascontiguousarray(sent[:, 4:]).view(">f4").astype(np.float32)
            scores = np.concatenate([scores, vectors @ block.T], axis=1)
            seqs = np.concatenate([seqs, np.broadcast_to(numbers, (len(vectors), len(rows)))], axis=1)
            best = np.argpartition(-scores, DEPTH, axis=1)[:, :DEPTH]
            scores, seqs = np.take_along_axis(scores, best, 1), np.take_along_axis(seqs, best, 1)
    return Truth(vectors, seqs)


def recall_through(raw: Raw, truth: Truth, *, ef: int) -> float:
    """The part of what is nearest that the index names among as many, keeping `ef` in view."""
    dimensions = truth.vectors.shape[1]
    kind = f"halfvec({dimensions})"
    found = 0
    with raw.transaction():
        raw.execute(f"SET LOCAL hnsw.ef_search = {ef}; SET LOCAL search_path = {SCHEMA}, public".encode())
        for vector, nearest in zip(truth.vectors, truth.nearest, strict=True):
            rows = raw.execute(
                f"SELECT seq FROM vectors ORDER BY CAST(vector AS {kind}) <#> CAST($1 AS {kind})"
                f" LIMIT {DEPTH}".encode(),
                (str(vector.tolist()),),
            ).fetchall()
            found += len({seq for (seq,) in rows} & set(nearest.tolist()))
    return found / truth.nearest.size
