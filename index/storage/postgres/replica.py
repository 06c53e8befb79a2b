"""A replica's address into a server that is read where it has what it must have, and else is passed over."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import ExitStack

from index.errors import ArchiveError
from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.connection import PostgresConnection, Raw
from index.storage.postgres.pool import Pool
from index.storage.postgres.turns import READ, begun
from index.storage.records import ReplicaLag

LOG = logging.getLogger("dateline.archive")

_PATIENCE = 1.0  # seconds that a connection is waited for
_REST = 10.0  # seconds until one that was down is tried again, by one reader, while others go elsewhere

# Where a server is in the log: what it has replayed, or, having become the primary, what it has written.
_POSITION = (
    b"SELECT CAST(pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()"
    b" ELSE pg_current_wal_insert_lsn() END, '0/0') AS bigint),"
    b" current_database() || ' of ' || (SELECT system_identifier FROM pg_control_system())"
)
_SINCE = (
    b"SELECT CAST(extract(epoch FROM now() - pg_last_xact_replay_timestamp()) AS double precision)"
    b" WHERE pg_is_in_recovery()"
)


class Replica:
    """One server to read from. Thread-safe."""

    def __init__(self, address: DatabaseAddress, *, path: str, identity: str) -> None:
        """`identity` is that of the database, which all replicas share."""
        self.address = address
        self._path = path
        self._identity = identity
        self._pool = Pool(address, path=path, patience=_PATIENCE)
        self._resting = threading.Lock()
        self._rests_until: float | None = None

    def close(self) -> None:
        """Close its connections."""
        self._pool.close()

    def begin(self, floor: int) -> tuple[PostgresConnection, int, ExitStack] | None:
        """A transaction that sees all that the log had at `floor`, how far it is, and what ends it.

        None where the replica is behind, or down.
        """
        if not self._is_up():
            return None
        try:
            with ExitStack() as opened:
                raw = opened.enter_context(self._pool.bare())
                # Asked before the snapshot is taken, since replaying goes on meanwhile; and again inside it,
                # which is where the next read has to be.
                if self._position(raw) < floor:
                    return None
                connection = opened.enter_context(begun(raw, READ, path=self._path, address=self.address))
                position = self._position(raw)
                self._rests_until = None
                return connection, position, opened.pop_all()
        except ArchiveError as exc:
            self.rest(exc)
            return None

    def rest(self, why: ArchiveError) -> None:
        """Pass it over for a while."""
        with self._resting:
            if self._rests_until is None:
                LOG.warning("passed over: %s", why)
            self._rests_until = time.monotonic() + _REST

    def lag(self, newest: int) -> ReplicaLag:
        """How far it is behind a position of the log."""
        try:
            with self._pool.bare() as raw:
                behind = max(0, newest - self._position(raw))
                since = raw.execute(_SINCE).fetchone() if behind else (0.0,)
        except ArchiveError as exc:
            fault = str(exc).removeprefix(f"{self.address}: ")
            return ReplicaLag(str(self.address), None, None, fault)
        return ReplicaLag(str(self.address), behind, since[0] if since else None)

    def _is_up(self) -> bool:
        """Whether to try it; one reader tries what was down, and the others wait for what comes of it."""
        with self._resting:
            if self._rests_until is None:
                return True
            if time.monotonic() < self._rests_until:
                return False
            self._rests_until = time.monotonic() + _REST
            return True

    def _position(self, raw: Raw) -> int:
        found = raw.execute(_POSITION).fetchone()
        position, identity = found or (None, None)
        if identity != self._identity:
            raise ArchiveError(f"{self.address}: is no replica of the archive's database, expected one")
        if position is None:
            raise ArchiveError(f"{self.address}: does not tell how far it is, expected a streaming replica")
        return int(position)


def position_of(raw: Raw) -> tuple[int, str]:
    """How far the log of a primary has come, and which database it is."""
    found = raw.execute(_POSITION).fetchone()
    assert found is not None
    return int(found[0]), str(found[1])
