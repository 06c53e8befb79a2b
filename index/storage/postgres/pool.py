"""A database into connections that are lent, each inside a transaction."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg_pool import ConnectionPool

from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.connecting import PATIENCE, conninfo, translated
from index.storage.postgres.connection import PostgresConnection, Raw, prepare
from index.storage.postgres.turns import Beginning, begun

_MOST = 16  # connections of one process
_IDLE = 60  # seconds, after which one that is not needed is closed


class Pool:
    """The connections of one process; opened when the first is needed. Thread-safe."""

    def __init__(self, address: DatabaseAddress, *, path: str, patience: float = PATIENCE) -> None:
        # What goes wrong is raised, and told once.
        logging.getLogger("psycopg.pool").addHandler(logging.NullHandler())
        self.address = address
        self._path = path
        self._pool = ConnectionPool[Raw](
            conninfo(address),
            kwargs={"autocommit": True},
            min_size=0,
            max_size=_MOST,
            max_idle=_IDLE,
            timeout=patience,
            configure=prepare,
            check=ConnectionPool.check_connection,
            open=False,
        )

    @contextmanager
    def lent(self, beginning: Beginning) -> Iterator[PostgresConnection]:
        """A connection inside a transaction."""
        with (
            self.bare() as raw,
            begun(raw, beginning, path=self._path, address=self.address) as connection,
        ):
            yield connection

    @contextmanager
    def bare(self) -> Iterator[Raw]:
        """A connection outside any transaction."""
        with translated(self.address):
            if self._pool.closed:
                self._pool.open()
            with self._pool.connection() as raw:
                yield raw

    def close(self) -> None:
        """Close all; closing twice does nothing."""
        self._pool.close()
