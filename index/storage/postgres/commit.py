"""The end of a transaction that writes, also where the connection breaks in it: whether it went in."""

from __future__ import annotations

import time

import psycopg
from psycopg import errors

from index.errors import ArchiveError, ConnectionLost
from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.connecting import PATIENCE, connect, said
from index.storage.postgres.connection import Raw

_PAUSE = 0.2  # seconds between two looks
_NUMBER = b"SELECT CAST(pg_current_xact_id_if_assigned() AS text)"
_STATUS = b"SELECT pg_xact_status(CAST($1 AS xid8)) WHERE NOT pg_is_in_recovery()"  # a replica may be behind


def commit(raw: Raw, address: DatabaseAddress) -> None:
    """Commit; where the connection breaks meanwhile, another one is asked what came of it.

    Raises `ConnectionLost`, which says that nothing was stored, or that nobody could be asked.
    """
    row = raw.execute(_NUMBER).fetchone()
    try:
        raw.execute(b"COMMIT")
    except (psycopg.OperationalError, psycopg.InterfaceError) as exc:
        if row is None or row[0] is None:
            raise
        if _went_in(address, row[0], broke=exc):
            raw.close()
            return
        raise ConnectionLost(
            f"{address}: the connection was lost ({said(exc, address)}); the last change was not stored, "
            "what was told as stored is there: run it again"
        ) from exc


def _went_in(address: DatabaseAddress, number: str, *, broke: psycopg.Error) -> bool:
    """Whether the transaction of a number was committed."""
    end = time.monotonic() + PATIENCE
    while True:
        status = _status(address, number)
        if status in {"committed", "aborted"}:
            return status == "committed"
        if time.monotonic() > end:
            raise ConnectionLost(
                f"{address}: the connection was lost ({said(broke, address)}) while the last change was "
                "stored, and whether it is there could not be asked; it is there whole or not at all: run it "
                "again"
            ) from broke
        time.sleep(_PAUSE)


def _status(address: DatabaseAddress, number: str) -> str | None:
    """What the server says of it: "committed", "aborted", "in progress"; None where it cannot be told yet."""
    try:
        with connect(address) as raw:
            row = raw.execute(_STATUS, (number,)).fetchone()
    except errors.InvalidParameterValue:  # of a number that the server, after a crash, has not come to yet
        return "aborted"
    except (ArchiveError, psycopg.OperationalError):
        return None
    return str(row[0]) if row else None
