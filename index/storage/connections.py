"""An archive's SQLite file into connections: one that writes, and as many as are needed that read.

Reads never share a connection with the write: a search inside an open batch must not see passages that a
rollback would take back, because sequence numbers of a rolled-back batch are given out again.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal, TypeVar

from index.errors import ArchiveError, ArchiveFull, ArchiveLocked

FILE_NAME = "archive.sqlite"  # the truth, in the home folder
_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_Connection = TypeVar("_Connection", bound=sqlite3.Connection)
_WAIT = 10.0  # seconds; another process holds SQLite's own write lock for one small transaction at most


class SqliteConnection(sqlite3.Connection):
    """A connection to an archive's file (`index.storage.sql.Connection`)."""

    def has_table(self, name: str) -> bool:
        """Whether the archive has a table, or an index or a trigger, of a name."""
        found = self.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,))
        return found.fetchone() is not None


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into Dateline's."""
    try:
        yield
    except sqlite3.DatabaseError as exc:
        code = getattr(exc, "sqlite_errorcode", 0) & 0xFF
        if code in _FULL:
            raise ArchiveFull(
                f"{path}: cannot be written ({exc}); what was stored is still there: "
                "free some space or check the permissions, then run it again"
            ) from exc
        if code == sqlite3.SQLITE_BUSY:
            raise ArchiveLocked(
                f"{path}: another process has been writing for {_WAIT:.0f} s; try again"
            ) from exc
        if code in _DAMAGED:
            raise ArchiveError(
                f"{path}: is damaged ({exc}); restore it from a copy, or add the articles again"
            ) from exc
        raise
    except OSError as exc:
        raise ArchiveFull(f"{exc.filename or path}: cannot be written ({exc.strerror})") from exc


def open_writer(path: Path, *, synchronous: Literal["FULL", "NORMAL"] = "FULL") -> SqliteConnection:
    """The one connection that writes, in autocommit mode: transactions are begun by hand.

    `synchronous = FULL`: a commit is on the disk before it returns. NORMAL would survive a kill, but a
    power cut takes the last commits with it, and what was reported as added would be gone. It costs one
    fsync a batch. A NORMAL connection beside it takes nothing from that: a later FULL commit, and every move
    of the log into the file, puts on the disk whatever stands before it in the log.
    `secure_delete`: what is deleted is overwritten with zeros.
    """
    connection = sqlite3.connect(
        path, timeout=_WAIT, isolation_level=None, check_same_thread=False, factory=SqliteConnection
    )
    try:
        for pragma in (
            "journal_mode = WAL",
            f"synchronous = {synchronous}",
            "secure_delete = ON",
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def empty_log(connection: sqlite3.Connection, *, patience: float = _WAIT) -> bool:
    """Move the write-ahead log into the file and cut it to nothing; false when readers left no gap for it.

    Deleted words are in the log until then. SQLite's own waiting sleeps 100 ms between looks: with three
    threads searching without pause it found no gap in 13 s, looking every millisecond finds one within 0.7
    s.
    """
    end = time.monotonic() + patience
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy or time.monotonic() > end:
                return not busy
            time.sleep(0.001)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {_WAIT * 1000:.0f}")


@contextmanager
def transaction(connection: _Connection) -> Iterator[_Connection]:
    """Everything inside is stored whole, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite has rolled back by itself when the disk is full
            connection.execute("ROLLBACK")
        raise


class ReadConnections:
    """Read-only connections, lent one at a time to whichever thread asks; as many as threads read at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: list[SqliteConnection] = []
        self._lock = threading.Lock()
        self._closed = False

    @contextmanager
    def snapshot(self) -> Iterator[SqliteConnection]:
        """A connection that sees everything committed by now, and nothing that is committed meanwhile."""
        with translated(self._path):
            connection = self._take()
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                self._give_back(connection)

    def close(self) -> None:
        """Close the connections; one that is still lent closes when it comes back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _take(self) -> SqliteConnection:
        with self._lock:
            if self._closed:
                raise ArchiveError(f"{self._path}: this archive has been closed")
            if self._idle:
                return self._idle.pop()
        return open_reader(self._path)

    def _give_back(self, connection: SqliteConnection) -> None:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        with self._lock:
            if not (self._closed or isinstance(connection, _Unchanging)):
                self._idle.append(connection)
                return
        connection.close()


class _Unchanging(SqliteConnection):
    """A connection that takes the file for one that nobody writes to; good for one look."""


def open_reader(path: Path) -> SqliteConnection:
    """A connection that reads; also on a disk that is full or read-only.

    SQLite makes a file beside the archive that its readers share. Where it cannot, and there is no log
    to be read either, nobody is writing, and what is in the archive's own file is all there is.
    """
    try:
        return _connected(path, "mode=ro", SqliteConnection)
    except sqlite3.OperationalError as exc:
        log = path.with_name(f"{path.name}-wal")
        if exc.sqlite_errorcode & 0xFF not in _FULL or (log.exists() and log.stat().st_size):
            raise
        return _connected(path, "mode=ro&immutable=1", _Unchanging)


def _connected(path: Path, how: str, kind: type[SqliteConnection]) -> SqliteConnection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}",
        uri=True,
        timeout=_WAIT,
        isolation_level=None,
        check_same_thread=False,
        factory=kind,
    )
    try:
        # 16 MB: the full-text index of 40,000 passages is about that
        connection.execute("PRAGMA cache_size = -16000")
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()  # opens what lies beside it
    except BaseException:
        connection.close()
        raise
    return connection


def bytes_of(home: Path) -> int:
    """What the archive in `home` takes of the disk; the encoder's files may lie in the same folder."""
    total = 0
    for path in [*home.glob(f"{FILE_NAME}*"), *(home / "vectors").rglob("*")]:
        with suppress(OSError):  # it was a temporary one
            total += path.stat().st_size if path.is_file() else 0
    return total
