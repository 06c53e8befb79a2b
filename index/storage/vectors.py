"""A vector into the passages nearest to it: the index up to a sequence number, exactly what is newer, merged.

The index only proposes; scores are computed from the stored vectors, so both halves are on one scale, what
has been deleted drops out, and an index that proposes nonsense costs recall but never shows a passage that
is not there.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from index.encoding.encoder import Vectors
from index.storage.exact import ExactVectors, Integers, block_of, ranked, read_vectors
from index.storage.filters_sql import Condition
from index.storage.generations import Generation, Generations, PrivateCopy
from index.storage.records import Match
from index.storage.sql import Connection
from index.storage.vector_index import IndexBroken, VectorIndex, check_library, open_index

# Of the articles. LlamaIndex takes 0.17 ms a proposal, which makes 100 of them as dear as computing 4,000
# exactly.
_LEAST_SHARE = 0.2


class _OpenGeneration:
    """A generation opened from a copy of its own; closed when it is retired and no search uses it."""

    def __init__(self, generations: Generations, generation: Generation) -> None:
        check_library(generation.library)
        self._copy = PrivateCopy()
        try:
            generations.copy(generation, self._copy.folder)
            self.index = open_index(self._copy.folder)
        except BaseException:
            self._copy.delete()
            raise
        self.upto = generation.upto
        self._lock = threading.Lock()
        self._users = 0
        self._retired = False

    @contextmanager
    def using(self) -> Iterator[VectorIndex]:
        """The index, which stays open meanwhile. Raises `IndexBroken` when it has been closed already."""
        with self._lock:
            if self._retired:
                raise IndexBroken("it has been replaced")
            self._users += 1
        try:
            yield self.index
        finally:
            with self._lock:
                self._users -= 1
            self._close_when_left()

    def retire(self) -> None:
        """Close it as soon as nobody uses it."""
        with self._lock:
            if self._retired:
                return
            self._retired = True
        self._close_when_left()

    def _close_when_left(self) -> None:
        with self._lock:
            if not self._retired or self._users:
                return
            self._users = -1  # closed
        try:
            self.index.close()
        finally:
            self._copy.delete()


class VectorSearch:
    """Searches of one process; thread-safe.

    Until `warm` is called every search is exact: importing Chroma and LlamaIndex takes 2.3 s, reading the
    vectors of 40,000 passages 0.2 s, and a process that answers one question wants its answer. A server
    calls `warm` once.
    """

    def __init__(self, generations: Generations, dimensions: int) -> None:
        self._generations = generations
        self._dimensions = dimensions
        self._warm = False
        self._opening = threading.Lock()
        self._opened: _OpenGeneration | None = None
        self._stamp = (0, 0)
        self._exact = ExactVectors(0, dimensions)
        self.broken: str | None = None

    def warm(self) -> None:
        """Use the index from now on: open it, and follow when a newer one comes into use."""
        self._warm = True
        self._current()

    def search(
        self, connection: Connection, vector: Vectors, *, limit: int, condition: Condition
    ) -> list[Match]:
        """The `limit` nearest passages among those whose article meets the condition, best first."""
        articles = _articles(connection, condition) if condition else None
        opened = self._current()
        exact = self._exact_after(opened.upto if opened else 0)
        found = exact.block(connection).best(vector, limit=limit, articles=articles)
        if opened:
            found += self._indexed(connection, opened, vector, limit=limit, articles=articles)
        return sorted(found, key=lambda match: (-match.score, match.seq))[:limit]

    def close(self) -> None:
        """Close the index and delete its copy."""
        with self._opening:
            opened, self._opened, self._warm = self._opened, None, False
        if opened:
            opened.retire()

    def _current(self) -> _OpenGeneration | None:
        """The index in use, opened; None while there is none, or while another thread is opening it."""
        if not self._warm:
            return None
        stamp = self._generations.stamp()
        if stamp == self._stamp or not self._opening.acquire(blocking=False):
            return self._opened
        try:
            old, self._opened, self._stamp, self.broken = self._opened, None, stamp, None
            if old:
                old.retire()
            generation = self._generations.current()
            self._opened = _OpenGeneration(self._generations, generation) if generation else None
        except (IndexBroken, OSError) as exc:  # also a temporary folder that is full
            self.broken = str(exc)
        finally:
            self._opening.release()
        return self._opened

    def _exact_after(self, upto: int) -> ExactVectors:
        """The exact half for what is newer than `upto`; started anew when the index has moved."""
        exact = self._exact
        if exact.after != upto:
            exact = self._exact = ExactVectors(upto, self._dimensions)
        return exact

    def _indexed(
        self,
        connection: Connection,
        opened: _OpenGeneration,
        vector: Vectors,
        *,
        limit: int,
        articles: Integers | None,
    ) -> list[Match]:
        """The index's half.

        Twice as many are asked for as are wanted, because some may be deleted, and more the fewer pass the
        filter. Where asking is dearer than computing, and when too few are left all the same, the search is
        exact.
        """
        share = 1.0 if articles is None else len(articles) / max(1, _count(connection))
        wanted = (2 * limit + 16) / max(share, 1e-6)
        proposed = self._proposed(opened, vector, limit=int(wanted)) if share > _LEAST_SHARE else []
        marks = ", ".join("?" * len(proposed))
        rows = connection.execute(
            "SELECT v.seq, p.article, v.vector FROM vectors AS v JOIN passages AS p ON p.seq = v.seq"
            f" WHERE v.seq IN ({marks}) AND v.seq <= ?",
            (*proposed, opened.upto),
        ).fetchall()
        found = block_of(rows, dimensions=self._dimensions).best(vector, limit=limit, articles=articles)
        if len(found) >= limit or len(proposed) >= opened.index.count:
            return found
        return self._exactly(connection, vector, upto=opened.upto, limit=limit, articles=articles)

    def _proposed(self, opened: _OpenGeneration, vector: Vectors, *, limit: int) -> list[int]:
        """What the index finds; nothing when it fails."""
        try:
            with opened.using() as index:
                return index.nearest(vector, limit=limit)
        except IndexBroken as exc:
            self._give_up(opened, exc)
            return []

    def _give_up(self, opened: _OpenGeneration, exc: IndexBroken) -> None:
        """Search exactly until another generation comes into use."""
        opened.retire()
        if self._opened is opened:
            self._opened, self.broken = None, str(exc)

    def _exactly(
        self,
        connection: Connection,
        vector: Vectors,
        *,
        upto: int,
        limit: int,
        articles: Integers | None,
    ) -> list[Match]:
        seqs, scores = [np.empty(0, np.int64)], [np.empty(0, np.float32)]
        for block in read_vectors(
            connection, after=0, upto=upto, dimensions=self._dimensions, articles=articles
        ):
            best = block.best(vector, limit=limit, articles=None)
            seqs.append(np.array([match.seq for match in best], np.int64))
            scores.append(np.array([match.score for match in best], np.float32))
        return ranked(np.concatenate(seqs), np.concatenate(scores), limit=limit)


def _count(connection: Connection) -> int:
    (count,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    return int(count)


def _articles(connection: Connection, condition: Condition) -> Integers:
    """The numbers of the articles that meet the condition."""
    rows = connection.execute(
        f"SELECT a.number FROM articles AS a WHERE {condition.sql}", condition.parameters
    )
    return np.array(rows.fetchall(), np.int64).reshape(-1)
