"""Stored vectors into an exact search: a matrix in memory that grows with the archive.

One product of a matrix and a vector: 0.7 ms for 13,000 passages of 384 dimensions, 3 ms for 40,000, 5 ms for
100,000 on one core; reading them from SQLite takes about 5 ms a thousand, once a process.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoding.encoder import Vectors
from index.storage.records import Match
from index.storage.sql import Connection

Integers = NDArray[np.int64]
_READ_AT_ONCE = 5_000  # rows; 8 MB of vectors


@dataclass(frozen=True)
class VectorBlock:
    """Passages with their vectors: `seqs`, ascending, and `articles` have shape (n,), `vectors` (n, d)."""

    seqs: Integers
    articles: Integers
    vectors: Vectors

    def best(self, vector: Vectors, *, limit: int, articles: Integers | None) -> list[Match]:
        """The `limit` passages nearest to `vector`, of the given articles only (None: of all), best first."""
        rows = (
            np.arange(len(self.seqs))
            if articles is None
            else np.flatnonzero(np.isin(self.articles, articles))
        )
        if limit < 1 or not len(rows):
            return []
        # Picking rows copies them: beyond a quarter it is quicker to score all and pick scores.
        few = 4 * len(rows) < len(self.seqs)
        # `vecdot` keeps to this thread. "@" wakes OpenBLAS's others, which then spin waiting for more: 36
        # ms of processor on two cores for what takes 1 ms, and on a busy machine 10 ms until it is there.
        scores = np.vecdot(self.vectors[rows], vector) if few else np.vecdot(self.vectors, vector)[rows]
        if len(rows) > limit:
            # All that reach the limit-th best score: cutting among equals here would make ties random.
            reached = np.flatnonzero(scores >= np.partition(scores, -limit)[-limit])
            rows, scores = rows[reached], scores[reached]
        return ranked(self.seqs[rows], scores, limit=limit)


def ranked(seqs: Integers, scores: Vectors | NDArray[np.float64], *, limit: int) -> list[Match]:
    """The best `limit` of them, highest score first, ties by sequence number."""
    order = np.lexsort((seqs, -scores))[:limit]
    return [Match(int(seqs[row]), float(scores[row])) for row in order]


class ExactVectors:
    """The vectors of all passages newer than `after`, kept up to date with what is committed. Thread-safe."""

    def __init__(self, after: int, dimensions: int) -> None:
        self.after = after
        self._lock = threading.Lock()
        self._deletions = -1
        self._last = after
        self._count = 0
        self._seqs: Integers = np.empty(0, np.int64)
        self._articles: Integers = np.empty(0, np.int64)
        self._vectors: Vectors = np.empty((0, dimensions), np.float32)

    def block(self, connection: Connection) -> VectorBlock:
        """What the connection sees (or something newer that another thread has read meanwhile)."""
        with self._lock:
            self._drop_deleted(connection)
            for block in read_vectors(connection, after=self._last, dimensions=self._vectors.shape[1]):
                self._append(block)
            count = self._count
            return VectorBlock(self._seqs[:count], self._articles[:count], self._vectors[:count])

    def _drop_deleted(self, connection: Connection) -> None:
        """Leave out what is gone. New arrays: blocks that were handed out are views of the old ones."""
        deletions = deletions_of(connection)
        # A thread whose snapshot is older than what is here must not drop what it cannot see yet.
        if deletions <= self._deletions:
            return
        self._deletions = deletions
        if not self._count:
            return
        live = connection.execute("SELECT seq FROM passages WHERE seq > ?", (self.after,)).fetchall()
        alive = np.isin(self._seqs[: self._count], np.array(live, np.int64).reshape(-1))
        self._seqs = self._seqs[: self._count][alive]
        self._articles = self._articles[: self._count][alive]
        self._vectors = self._vectors[: self._count][alive]
        self._count = len(self._seqs)

    def _append(self, block: VectorBlock) -> None:
        """Add rows behind the last one; room doubles, so that ten thousand additions copy little."""
        count = self._count + len(block.seqs)
        if count > len(self._seqs):
            room = max(count, 2 * self._count)
            self._seqs = _grown(self._seqs, self._count, room)
            self._articles = _grown(self._articles, self._count, room)
            vectors = np.empty((room, self._vectors.shape[1]), np.float32)
            vectors[: self._count] = self._vectors[: self._count]
            self._vectors = vectors
        self._seqs[self._count : count] = block.seqs
        self._articles[self._count : count] = block.articles
        self._vectors[self._count : count] = block.vectors
        self._count = count
        self._last = int(block.seqs[-1])


def read_vectors(
    connection: Connection,
    *,
    after: int,
    dimensions: int,
    upto: int | None = None,
    articles: Integers | None = None,
) -> Iterator[VectorBlock]:
    """The stored vectors with `after < seq <= upto` of the given articles, in blocks of at most 5,000.

    Ordered by sequence number where no articles are given.
    """
    chosen, order = ("", "ORDER BY p.seq")
    parameters: list[int | str] = [after, 2**63 - 1 if upto is None else upto]
    if articles is not None:
        chosen, order = ("AND p.article IN (SELECT value FROM json_each(?))", "")
        parameters.append(json.dumps(articles.tolist()))
    cursor = connection.execute(
        "SELECT p.seq, p.article, v.vector FROM passages AS p JOIN vectors AS v ON v.seq = p.seq"
        f" WHERE p.seq > ? AND p.seq <= ? {chosen} {order}",
        parameters,
    )
    while rows := cursor.fetchmany(_READ_AT_ONCE):
        yield block_of(rows, dimensions=dimensions)


def block_of(rows: list[tuple[int, int, bytes]], *, dimensions: int) -> VectorBlock:
    """Rows of (seq, article, vector) as arrays."""
    vectors = np.frombuffer(b"".join(row[2] for row in rows), "<f4").reshape(len(rows), dimensions)
    seqs = np.fromiter((row[0] for row in rows), np.int64, len(rows))
    articles = np.fromiter((row[1] for row in rows), np.int64, len(rows))
    return VectorBlock(seqs, articles, vectors.astype(np.float32, copy=False))


def deletions_of(connection: Connection) -> int:
    """How often passages have been deleted, or their article described anew; it only grows."""
    (value,) = connection.execute("SELECT value FROM meta WHERE key = 'deletions'").fetchone()
    return int(value)


def state_of(connection: Connection) -> tuple[int, int]:
    """Another whenever a passage comes or goes, or its article is described anew; never one that was."""
    (last,) = connection.execute("SELECT coalesce(max(seq), 0) FROM passages").fetchone()
    return int(last), deletions_of(connection)


def _grown(values: Integers, count: int, room: int) -> Integers:
    grown = np.empty(room, np.int64)
    grown[:count] = values[:count]
    return grown
