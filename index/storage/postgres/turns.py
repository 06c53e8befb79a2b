"""Transactions as they begin, and the advisory locks by which writers on all machines take turns.

The lock of a transaction ends with it, so a writer that dies holds up nobody, and each sees all that was
written before it. Every connection says whose it is, so whoever waits in vain can say for whom.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC

import psycopg
from psycopg import errors

from index.errors import ArchiveLocked
from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.commit import commit
from index.storage.postgres.connecting import HANGING, PATIENCE
from index.storage.postgres.connection import PostgresConnection, Raw

SCHEMA = "dateline"  # every table of the archive is in it


@dataclass(frozen=True)
class Beginning:
    """How a transaction begins, and the name that it takes its turn by, where it does."""

    sql: str
    turn: str | None = None


# A writer that hangs holds up all others for `HANGING` at most, one whose machine is gone for 25 s. (After
# some pipelined statements PostgreSQL 18 was seen to count the former only from the next statement on.)
_WRITE = (
    f"BEGIN; SET LOCAL lock_timeout = '{PATIENCE}s';"
    f" SET LOCAL idle_in_transaction_session_timeout = '{HANGING}s'; SET LOCAL tcp_keepalives_idle = 10;"
    " SET LOCAL tcp_keepalives_interval = 5; SET LOCAL tcp_keepalives_count = 3"
)
_SOON = "; SET LOCAL synchronous_commit = off"


def lock_number(name: str) -> int:
    """The number of the advisory lock of a name."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)


def in_turn(name: str, *, durably: bool = True) -> Beginning:
    """Of those that write to the tables of `name`, one at a time."""
    sql = f"{_WRITE}; SELECT pg_advisory_xact_lock({lock_number(name)}){'' if durably else _SOON}"
    return Beginning(sql, name)


READ = Beginning("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
LOCKED = in_turn(SCHEMA)
SHARED = Beginning(f"{_WRITE}; SELECT pg_advisory_xact_lock_shared({lock_number(SCHEMA)}){_SOON}", SCHEMA)


@contextmanager
def begun(
    raw: Raw, beginning: Beginning, *, path: str, address: DatabaseAddress
) -> Iterator[PostgresConnection]:
    """A transaction that sees the tables of `path`: committed at the end, taken back if something goes wrong.

    What it needs is set in the transaction, not in the session, so that a pooler may stand between. Raises
    `ArchiveLocked` where its turn does not come.
    """
    try:
        raw.execute(f"{beginning.sql}; SET LOCAL search_path = {path}".encode())
        yield PostgresConnection(raw)
        if beginning is READ:
            raw.execute("COMMIT")
        else:
            commit(raw, address)
    except errors.LockNotAvailable as exc:
        raw.execute("ROLLBACK")
        holder = holder_of(raw, beginning.turn or "")
        raise ArchiveLocked(
            f"{address}: others have been writing for {PATIENCE} s, now {holder}; try again"
        ) from exc
    except BaseException:
        try:
            raw.execute("ROLLBACK")
        except psycopg.Error:  # the connection is gone, and the transaction with it
            raw.close()
        raise


def holder_of(raw: Raw, name: str) -> str:
    """Who holds the lock of a name: what they say of themselves, from where, and since when."""
    row = raw.execute(
        b"SELECT a.application_name, host(a.client_addr), coalesce(a.xact_start, a.backend_start)"
        b" FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid)"
        b" WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND a.datname = current_database()"
        b" AND (CAST(l.classid AS bigint) << 32 | CAST(l.objid AS bigint)) = $1",
        (lock_number(name),),
    ).fetchone()
    if row is None:
        return "another process"
    said, place, since = row
    where = f" at {place}" if place else ""
    return f"{said}{where}, since {since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
