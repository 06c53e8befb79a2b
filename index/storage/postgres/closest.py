"""A vector into the passages nearest to it: as the index names them, or computed, on one server or several.

Where `vectors` is a partitioned table, such as one whose parts are on other servers, each part is asked for
its own: the planner sends a foreign table an ORDER BY with its LIMIT, but not those that stand over several.
Scores are computed here, from the vectors themselves, as over SQLite.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoding.encoder import Vectors
from index.storage.exact import Integers, ranked
from index.storage.postgres.nearest import NearestIndex
from index.storage.records import Match
from index.storage.sql import Connection, SqlValue

# As pgvector writes one, so that the parameter is a vector: an array that is cast to one would be, in a
# prepared statement, for every row that is compared (23,000 of 384 numbers: 150 ms instead of 20).
VECTOR = "CAST({} AS vector)"
_HEADER = 4  # bytes of what `vector_send` gives, before the numbers
_EF = 400  # how many the index keeps in view at least, else a thousandth of all: see README.md for why
_MOST = 1_000  # what pgvector lets it keep in view
_DEARER = 10  # how many passages are computed in the time in which the index names one
_SEARCH = (
    "SELECT set_config('hnsw.ef_search', ?, true), set_config('hnsw.iterative_scan', 'relaxed_order', true),"
    " set_config('enable_sort', 'off', true)"
)
_SEARCHED = "SELECT set_config('enable_sort', 'on', true)"  # other searches may follow in the same snapshot
_PARTS = (
    "SELECT CAST(CAST(inhrelid AS regclass) AS text) FROM pg_inherits"
    " WHERE inhparent = to_regclass('vectors')"
)


@dataclass(frozen=True)
class _Reach:
    """How many the index is to name, and how many it keeps in view meanwhile."""

    named: int
    in_view: int


class Closest:
    """Searches by vectors. Thread-safe."""

    def __init__(self, index: NearestIndex) -> None:
        self._index = index

    def search(
        self, connection: Connection, vector: Vectors, *, limit: int, allowed: Integers | None
    ) -> list[Match]:
        """The `limit` nearest of the passages that are allowed (None: of all), best first."""
        if limit < 1:
            return []
        if self._index.state(connection) is True and (reach := _reach(connection, limit, allowed)):
            found = self._named(connection, vector, reach, limit=limit, allowed=allowed)
            if len(found) == limit:  # else the index gave up before as many had passed the filter
                return found
        return self._computed(connection, vector, limit=limit, allowed=allowed)

    def _named(
        self, connection: Connection, vector: Vectors, reach: _Reach, *, limit: int, allowed: Integers | None
    ) -> list[Match]:
        """Of those that the index names first."""
        half = self._index.type
        connection.execute(_SEARCH, (str(reach.in_view),)).fetchall()
        seqs = _nearest(
            connection,
            f"SELECT seq, CAST(vector AS {half}) <#> CAST(?1 AS {half}) AS distance FROM {{}}"
            f" ORDER BY distance LIMIT {reach.named}",
            (str(vector.tolist()),),
        )
        connection.execute(_SEARCHED).fetchall()
        kept = seqs if allowed is None else seqs[_among(seqs, allowed)]
        return _scored(connection, kept[: _some_more(limit)], vector, limit=limit)

    def _computed(
        self, connection: Connection, vector: Vectors, *, limit: int, allowed: Integers | None
    ) -> list[Match]:
        where, given = ("", []) if allowed is None else ("WHERE seq = ANY(CAST(?2 AS bigint[]))", [allowed])
        seqs = _nearest(
            connection,
            f"SELECT seq, vector <#> {VECTOR.format('?1')} AS distance FROM {{}} {where}"
            f" ORDER BY distance, seq LIMIT {limit}",
            (str(vector.tolist()), *(one.tolist() for one in given)),
        )
        return _scored(connection, seqs[:limit], vector, limit=limit)


def _reach(connection: Connection, limit: int, allowed: Integers | None) -> _Reach | None:
    """How far a search of the index goes; None where computing is cheaper.

    With a filter it is named so many that as many pass as it keeps in view without one.
    """
    (last,) = connection.execute("SELECT coalesce(max(seq), 0) FROM passages").fetchone()
    in_view = min(max(_EF, int(last) // 1_000), _MOST)
    if allowed is None:
        return _Reach(_some_more(limit), in_view)
    named = max(in_view, _some_more(limit)) * int(last) // max(len(allowed), 1)
    return _Reach(named, min(named, _MOST)) if named * _DEARER < len(allowed) else None


def _some_more(limit: int) -> int:
    """By numbers of half precision some are in another order."""
    return limit + limit // 2


def _nearest(connection: Connection, search: str, parameters: Sequence[SqlValue]) -> Integers:
    """What a search for (passage, distance) finds in each part, nearest first.

    Its LIMIT is written out: one that is a parameter is not sent to another server, once psycopg has prepared
    the statement.
    """
    parts = [name for (name,) in connection.execute(_PARTS)] or ["vectors"]
    rows = connection.execute(
        " UNION ALL ".join(f"({search.format(part)})" for part in parts), parameters
    ).fetchall()
    return np.array([seq for seq, _ in sorted(rows, key=lambda row: (row[1], row[0]))], np.int64)


def _among(seqs: Integers, allowed: Integers) -> NDArray[np.bool_]:
    """Which of a few stand in many that are in order: `np.isin` would order the many again."""
    places = np.minimum(np.searchsorted(allowed, seqs), len(allowed) - 1)
    found: NDArray[np.bool_] = allowed[places] == seqs
    return found


def _scored(connection: Connection, seqs: Integers, vector: Vectors, *, limit: int) -> list[Match]:
    """The best `limit` of these."""
    rows = connection.execute(
        "SELECT seq, vector_send(vector) FROM vectors WHERE seq = ANY(CAST(? AS bigint[]))", (seqs.tolist(),)
    ).fetchall()
    if not rows:
        return []
    scores = np.vecdot(np.stack([vector_of(sent) for _, sent in rows]), vector)
    return ranked(np.array([seq for seq, _ in rows], np.int64), scores, limit=limit)


def vector_of(sent: bytes) -> Vectors:
    """What `vector_send` gives, as an array."""
    return np.frombuffer(sent, ">f4", offset=_HEADER).astype(np.float32)
