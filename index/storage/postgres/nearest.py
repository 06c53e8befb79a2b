"""Vectors into their nearest-neighbour index in PostgreSQL: pgvector's HNSW, built while everything goes on.

The server builds it by itself (`CREATE INDEX CONCURRENTLY`): whoever adds asks for it, and neither waits nor
has to stay. Until it is whole, and where it would lose hits, search is exact. What a killed build leaves is
dropped for the next who adds, and for the one after it is built anew.

HNSW: Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using Hierarchical
Navigable Small World graphs" (2018).
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

import psycopg

from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.connecting import connect, said, translated
from index.storage.postgres.connection import Raw
from index.storage.postgres.turns import SCHEMA
from index.storage.sql import Connection

_NAME = "vectors_nearest"
_VERSION = (0, 8)  # pgvector's, from which on a search goes on where a filter leaves too few
_MOST = 4_000  # dimensions that an index takes in numbers of half precision
# Of a graph while it is built, beside the vectors: what is held in memory is built many times as fast.
_BYTES = 1_000
# Passages that a new one's neighbours are chosen among: by pgvector's 64 more is not found, see README.md.
_IN_VIEW = 128

_PAUSE = 600  # seconds, after a build that failed
_SETTLES = 1.0  # seconds; of a build that ends the server forgets who built before it says that it is whole
_SETTINGS = """
SELECT current_setting('search_path'), greatest(
    pg_size_bytes(current_setting('maintenance_work_mem')),
    least(?1 * (SELECT count(*) FROM vectors), pg_size_bytes(current_setting('shared_buffers')))
) / 1024
"""
_DROP = f"DROP INDEX CONCURRENTLY IF EXISTS {SCHEMA}.{_NAME}"
_CREATE = (
    f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {_NAME} ON {SCHEMA}.vectors"
    f" USING hnsw (CAST(vector AS {{}}) halfvec_ip_ops) WITH (ef_construction = {_IN_VIEW})"
)
# Whether it is whole, and who builds it if it is not.
_STATE = f"""
SELECT i.indisvalid, b.pid, b.blocks_done, b.blocks_total
FROM pg_index AS i LEFT JOIN pg_stat_progress_create_index AS b ON b.index_relid = i.indexrelid
WHERE i.indexrelid = to_regclass('{SCHEMA}.{_NAME}')
"""


@dataclass(frozen=True)
class Build:
    """An index that is not whole: which server process builds it (None: it was killed), and how far it is."""

    pid: int | None
    part: float


@dataclass(frozen=True)
class Work:
    """What the server is asked for, and how a connection is set before."""

    settings: str
    statement: str


class NearestIndex:
    """The index of an archive. Thread-safe.

    Numbers of half precision take half the room and lose nothing that is noticed: scores are computed from
    the vectors themselves.
    """

    def __init__(self, address: DatabaseAddress, dimensions: int) -> None:
        self._address = address
        self.type = f"halfvec({dimensions})"
        self._dimensions = dimensions
        self._lock = threading.Lock()
        self._working: Raw | None = None
        self._failed: str | None = None
        self._not_before = 0.0

    def state(self, connection: Connection) -> bool | Build:
        """Whether there is one that can be used, or how far it is built."""
        row = connection.execute(_STATE).fetchone()
        if row is None or row[0]:
            return row is not None
        return Build(row[1], (row[2] or 0) / max(row[3] or 0, 1))

    def due(self, connection: Connection, *, least: int) -> Work | None:
        """What the server is to do next for it, where there are `least` vectors or more."""
        state = self.state(connection)
        if state is True or (state and state.pid) or not self._is_wanted(connection, least):
            return None
        path, kilobytes = connection.execute(_SETTINGS, (2 * self._dimensions + _BYTES,)).fetchone()
        settings = f"SET search_path = {path}; SET maintenance_work_mem = {kilobytes}"
        return Work(settings, _DROP if state else _CREATE.format(self.type))

    def ask_for(self, work: Work | None) -> str | None:
        """Ask the server for it, if it is not at work; why the last work failed, None where it did not."""
        with self._lock:
            self._listen()
            if work and not self._working and time.monotonic() >= self._not_before:
                self._working, self._failed = self._begun(work), None
            return self._failed

    def give_way(self, connection: Connection) -> None:
        """End a build: who removes an article does not wait for it, and who adds later begins it anew."""
        state = self.state(connection)
        if isinstance(state, Build) and state.pid:
            connection.execute("SELECT pg_cancel_backend(?)", (state.pid,))

    def close(self) -> None:
        """Hear no more of it; the server goes on."""
        with self._lock:
            if self._working:
                self._working.close()
            self._working = None

    def _is_wanted(self, connection: Connection, least: int) -> bool:
        (last,) = connection.execute("SELECT coalesce(max(seq), 0) FROM vectors").fetchone()
        if last < least or self._dimensions > _MOST:  # numbers only grow: there are no more vectors than that
            return False
        (count,) = connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM vectors LIMIT ?) AS counted", (least,)
        ).fetchone()
        (version,) = connection.execute(
            "SELECT extversion FROM pg_extension WHERE extname = 'vector'"
        ).fetchone()
        return count >= least and tuple(map(int, version.split(".")[:2])) >= _VERSION

    def _begun(self, work: Work) -> Raw | None:
        """A connection over which the server was asked, and which is not waited for.

        None where there is nothing to drop: what seemed left behind by a killed build was just being ended.
        """
        with translated(self._address):
            raw = connect(self._address)
            try:
                if work.statement == _DROP and not _is_left_behind(raw):
                    raw.close()
                    return None
                raw.execute(work.settings.encode())
                raw.pgconn.send_query(work.statement.encode())
            except BaseException:
                raw.close()
                raise
            return raw

    def _listen(self) -> None:
        """Take in how the server's work ended, where it has."""
        raw = self._working
        if raw is None:
            return
        try:
            raw.pgconn.consume_input()
            if raw.pgconn.is_busy():
                return
            result = raw.pgconn.get_result()
            failed = result.error_message.decode(errors="replace") if result else ""
        except psycopg.OperationalError as exc:
            failed = said(exc, self._address)
        raw.close()
        self._working = None
        if failed:
            self._not_before = time.monotonic() + _PAUSE
            self._failed = f"searching without an index, which could not be built: {' '.join(failed.split())}"


def _is_left_behind(raw: Raw) -> bool:
    """Whether an index is not whole a moment later either, and nobody builds it."""
    time.sleep(_SETTLES)
    row = raw.execute(_STATE.encode()).fetchone()
    return row is not None and not row[0] and row[1] is None
