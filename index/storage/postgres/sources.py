"""Where an archive is read: at one of its replicas that has what it must have, else at the primary.

A replica must have what this machine wrote, or was told as the newest, and what was read of the same answer
before. Within `at_once` everything is of one snapshot of one server.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from index.errors import ArchiveError, NotInArchive
from index.storage.postgres.acknowledged import Acknowledged
from index.storage.postgres.connecting import translated
from index.storage.postgres.connection import PostgresConnection
from index.storage.postgres.pool import Pool
from index.storage.postgres.replica import Replica, position_of
from index.storage.postgres.turns import READ
from index.storage.records import ReplicaLag

T = TypeVar("T")


@dataclass
class _Seen:
    """How far the log was in what an answer was read from; `primary`: it was the primary, which is ahead."""

    position: int = 0
    primary: bool = False


_ANSWER: ContextVar[_Seen | None] = ContextVar("_ANSWER", default=None)


class Sources:
    """The primary and its replicas. Thread-safe."""

    def __init__(
        self,
        primary: Pool,
        replicas: Sequence[Replica],
        acknowledged: Acknowledged,
        *,
        only_primary: bool,
    ) -> None:
        """`only_primary`: replicas are not read from, since what is read is going to be written."""
        self._primary = primary
        self._only_primary = only_primary
        self._replicas = random.sample(replicas, len(replicas))  # so that processes share them
        self._acknowledged = acknowledged
        self._pinned = threading.local()

    def close(self) -> None:
        """Close every connection."""
        for one in self._replicas:
            one.close()
        self._primary.close()

    def begin_answer(self) -> None:
        """Nothing that is read in this context from now on is older than what was read in it before."""
        if self._replicas:
            _ANSWER.set(_Seen())

    @contextmanager
    def snapshot(self) -> Iterator[PostgresConnection]:
        """To read what is committed."""
        pinned: PostgresConnection | None = getattr(self._pinned, "connection", None)
        if pinned is not None:
            with translated(self._pinned.address):
                yield pinned
            return
        with self._begun() as (connection, _):
            yield connection

    def at_once(self, read: Callable[[], T]) -> T:
        """What `read` reads in this thread, all of it of one snapshot.

        Where a replica breaks off meanwhile it is called again, of another.
        """
        while getattr(self._pinned, "connection", None) is None:
            replica = None
            try:
                with self._begun() as (connection, replica):
                    self._pinned.connection = connection
                    self._pinned.address = replica.address if replica else self._primary.address
                    try:
                        return read()
                    finally:
                        self._pinned.connection = None
            except NotInArchive:
                raise
            except ArchiveError as exc:
                if replica is None:
                    raise
                replica.rest(exc)
        return read()

    @contextmanager
    def newest(self) -> Iterator[PostgresConnection]:
        """To read at the primary; what this machine reads from then on is not older."""
        with self._primary.lent(READ) as connection:
            yield connection
        self.note()

    def note(self) -> None:
        """What this machine reads from now on is not older than what is committed by now."""
        if self._replicas:
            with self._primary.bare() as raw:
                self._acknowledged.note(lambda: position_of(raw)[0])

    def lags(self) -> list[ReplicaLag]:
        """How far the replicas are behind."""
        if not self._replicas:
            return []
        with self._primary.bare() as raw:
            newest, _ = position_of(raw)
        return sorted((one.lag(newest) for one in self._replicas), key=lambda lag: lag.name)

    @contextmanager
    def _begun(self) -> Iterator[tuple[PostgresConnection, Replica | None]]:
        seen = _ANSWER.get()
        if not (self._only_primary or (seen and seen.primary)):
            floor = max(self._acknowledged.position(), seen.position if seen else 0)
            for replica in self._replicas:
                found = replica.begin(floor)
                if found:
                    connection, position, opened = found
                    if seen:
                        seen.position = position
                    with opened:
                        yield connection, replica
                    return
        if seen:
            seen.primary = True
        with self._primary.lent(READ) as connection:
            yield connection, None
