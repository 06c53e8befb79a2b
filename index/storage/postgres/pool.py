"""A database into connections that are lent: to read what is committed, or to write, one writer at a time.

Writers on all machines take turns by an advisory lock that ends with the transaction, so a writer that dies
holds up nobody, and each sees all that was written before it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg_pool import ConnectionPool

from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.commit import commit
from index.storage.postgres.connecting import PATIENCE, conninfo, translated
from index.storage.postgres.connection import PostgresConnection, Raw, prepare

SCHEMA = "dateline"  # every table of ours is in it
_LOCK = int.from_bytes(b"dateline")  # the advisory lock's number
_MOST = 16  # connections of one process
_IDLE = 60  # seconds, after which one that is not needed is closed

READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
WRITE = f"BEGIN; SET LOCAL lock_timeout = '{PATIENCE}s'"
LOCKED = f"{WRITE}; SELECT pg_advisory_xact_lock({_LOCK})"  # of those that write, one at a time
SHARED = f"{WRITE}; SELECT pg_advisory_xact_lock_shared({_LOCK}); SET LOCAL synchronous_commit = off"


@contextmanager
def begun(raw: Raw, begin: str, *, path: str, address: DatabaseAddress) -> Iterator[PostgresConnection]:
    """A transaction that sees our tables: committed at the end, taken back where something goes wrong.

    What it needs is set in the transaction, not in the session, so that a pooler may stand between.
    """
    raw.execute(f"{begin}; SET LOCAL search_path = {path}".encode())
    try:
        yield PostgresConnection(raw)
        if begin == READ:
            raw.execute("COMMIT")
        else:
            commit(raw, address)
    except BaseException:
        try:
            raw.execute("ROLLBACK")
        except psycopg.Error:  # the connection is gone, and the transaction with it
            raw.close()
        raise


class Pool:
    """The connections of one process; opened when the first is needed. Thread-safe."""

    def __init__(self, address: DatabaseAddress, *, path: str) -> None:
        # What goes wrong is raised, and told once.
        logging.getLogger("psycopg.pool").addHandler(logging.NullHandler())
        self._address = address
        self._path = path
        self._pool = ConnectionPool[Raw](
            conninfo(address),
            kwargs={"autocommit": True},
            min_size=0,
            max_size=_MOST,
            max_idle=_IDLE,
            timeout=PATIENCE,
            configure=prepare,
            check=ConnectionPool.check_connection,
            open=False,
        )

    @contextmanager
    def lent(self, begin: str) -> Iterator[PostgresConnection]:
        """A connection inside the transaction that `begin` begins."""
        with self.bare() as raw, begun(raw, begin, path=self._path, address=self._address) as connection:
            yield connection

    @contextmanager
    def bare(self) -> Iterator[Raw]:
        """A connection outside any transaction."""
        with translated(self._address):
            if self._pool.closed:
                self._pool.open()
            with self._pool.connection() as raw:
                yield raw

    def close(self) -> None:
        """Close all; closing twice does nothing."""
        self._pool.close()
