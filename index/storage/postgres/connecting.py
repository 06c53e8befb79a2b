"""A database's address into a connection, and psycopg's errors into Dateline's, without its password."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg_pool import PoolClosed, PoolTimeout

from index.errors import ArchiveError, ArchiveFull, ArchiveLocked, ConnectionLost
from index.storage.lock import command_name
from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.connection import Raw, prepare

PATIENCE = 10  # seconds that a connection, a lock or a lent connection is waited for
HANGING = 60  # seconds that a transaction that writes may do nothing
_OLDEST = 14  # PostgreSQL's version; older ones are no longer kept up by its makers
_NAME = 63  # characters of a connection's name that PostgreSQL keeps
_SHOWN = 200  # characters of what the server says

_FULL = (errors.DiskFull, errors.InsufficientResources, errors.IoError)
_BUSY = (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure, errors.QueryCanceled)
_NO_SPACE = "No space left on device"  # a new connection writes a file, too
_LOGIN = ("password authentication failed", "no password supplied", "no pg_hba.conf entry", "role ")


def connect(address: DatabaseAddress) -> Raw:
    """A connection in autocommit mode: transactions are begun by hand.

    Raises:
        ArchiveError: the server cannot be reached, does not let the user in, or is too old.
    """
    with translated(address):
        try:
            raw = psycopg.connect(conninfo(address), autocommit=True)
        except psycopg.OperationalError as exc:
            raise _refused(exc, address) from None
    version = raw.info.server_version // 10_000
    if version < _OLDEST:
        raw.close()
        raise ArchiveError(f"{address}: is PostgreSQL {version}, expected {_OLDEST} or newer")
    prepare(raw)
    return raw


def conninfo(address: DatabaseAddress) -> str:
    """What psycopg connects with: the address, and what it leaves open."""
    try:
        given = conninfo_to_dict(address.url)
    except psycopg.ProgrammingError as exc:
        raise ArchiveError(
            f"{address}: is no address of a database ({said(exc, address)}), "
            "expected one such as postgresql://user@host:5432/database"
        ) from None
    own = {
        "connect_timeout": PATIENCE,
        "fallback_application_name": this_process(),
        "client_encoding": "UTF8",
    }
    left = {name: str(value) for name, value in own.items() if name not in given}
    return make_conninfo(address.url, **left)


def this_process(command: str | None = None) -> str:
    """What a connection calls itself: "dateline add, process 812 on web1"."""
    return f"{command or command_name()}, process {os.getpid()} on {socket.gethostname()}"[:_NAME]


@contextmanager
def translated(address: DatabaseAddress) -> Iterator[None]:
    """Turn psycopg's errors into Dateline's."""
    try:
        yield
    except errors.ReadOnlySqlTransaction as exc:
        raise read_only(address) from exc
    except errors.InsufficientPrivilege as exc:
        raise ArchiveError(f"{address}: the user may not do that ({said(exc, address)})") from exc
    except _FULL as exc:
        raise ArchiveFull(
            f"{address}: cannot be written ({said(exc, address)}); what was stored is still there: "
            "free some space on the server, then run it again"
        ) from exc
    except _BUSY as exc:
        raise ArchiveLocked(
            f"{address}: others have been writing for {PATIENCE} s ({said(exc, address)}); try again"
        ) from exc
    except (PoolTimeout, PoolClosed) as exc:
        raise ArchiveError(
            f"{address}: no connection could be had in time; is the server running, and has it "
            "connections left (max_connections)?"
        ) from exc
    except errors.SqlclientUnableToEstablishSqlconnection as exc:  # what postgres_fdw says of a shard
        raise ArchiveError(
            f"{address}: a part of it is on a server that cannot be reached ({said(exc, address)}); expected "
            "all of them: nothing is found until it is back"
        ) from exc
    except (psycopg.OperationalError, psycopg.InterfaceError, errors.IdleInTransactionSessionTimeout) as exc:
        raise ConnectionLost(
            f"{address}: the connection was lost ({said(exc, address)}); what was told as stored is there, "
            "nothing is there by half: run it again"
        ) from exc
    except psycopg.DataError as exc:
        raise ArchiveError(f"{address}: cannot be stored there ({said(exc, address)})") from exc


def read_only(address: DatabaseAddress) -> ArchiveError:
    """The error where a replica is to be written to."""
    return ArchiveError(
        f"{address}: is a replica, which can only be read; expected the primary server to write to"
    )


def said(exc: psycopg.Error | Exception, address: DatabaseAddress) -> str:
    """What the server or the library says, in one line, without the password."""
    diagnosed = exc.diag.message_primary if isinstance(exc, psycopg.Error) else None
    text = " ".join((diagnosed or str(exc) or type(exc).__name__).split())
    for secret in address.secrets:
        text = text.replace(secret, "•••")
    return text[:_SHOWN]


def _refused(exc: psycopg.OperationalError, address: DatabaseAddress) -> ArchiveError:
    told = said(exc, address).removeprefix("connection failed: ")
    if _NO_SPACE in told:
        return ArchiveFull(
            f"{address}: cannot be written ({told}); what was stored is still there: free some space on the "
            "server, then run it again"
        )
    if any(sign in str(exc) for sign in _LOGIN):
        return ArchiveError(
            f"{address}: does not let this user in ({told}); expected another user or password"
        )
    return ArchiveError(f"{address}: cannot be reached ({told}); expected a PostgreSQL server there")
