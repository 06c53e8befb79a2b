"""What SQLite leaves of rows that are gone, in the unused parts of its pages: overwritten with zeros.

`secure_delete` overwrites a row where it stands. But when SQLite moves rows from page to page to fill them
evenly, it leaves what it moved between the pointers and the cells of the page they came from, "unallocated
space" (sqlite.org/fileformat2.html, 1.6), until something else is put there; nothing but a VACUUM of all
clears that. So it is overwritten in the file, while the write-ahead log is empty and nobody may write to it.
A child process does it: a process that closes a file gives up all locks it has on it, SQLite's too.
"""

from __future__ import annotations

import os
import sqlite3
import struct
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from index.children import begin, end
from index.errors import ArchiveLocked
from index.storage.connections import SqliteConnection, empty_log, open_writer
from index.storage.sql import Connection

_B_TREE = frozenset((2, 5, 10, 13))  # the first byte of a page of one: within an index or table, and leaves
_INTERIOR = 5  # up to which they are no leaves: their header is four bytes longer
_HEADER = struct.Struct(">B2xHH")  # kind, cells, where the cells' content starts
_FILE_HEADER = 100  # bytes of the first page before its own header
_PAGE_SIZE, _LARGEST_ROOT = 16, 52  # where they stand in it; the second is 0 in files like ours
# Above, the number of another page, with which some pages begin, could be taken for the kind of one.
_MOST_PAGES = 2 << 24
_AT_ONCE = 4_096  # pages
_BYTES_A_SECOND = 10_000_000  # that are read at the least; it is some hundred times as many
_NOTE = "residue"  # in `meta`, from the removal of articles until no byte of them is left


def note(connection: Connection) -> None:
    """Remember, with what removes articles, that they may leave something."""
    connection.execute("INSERT INTO meta VALUES (?, '') ON CONFLICT DO NOTHING", (_NOTE,))


def clear(connection: SqliteConnection, path: Path) -> None:
    """Overwrite what is left of articles removed since this was done last; nothing within a transaction.

    Raises `ArchiveLocked` where it cannot be done now; the next writer does it.
    """
    due = connection.execute("SELECT 1 FROM meta WHERE key = ?", (_NOTE,)).fetchone()
    if connection.in_transaction or not due:
        return
    if why := overwrite(path):
        raise ArchiveLocked(
            f"{path}: it is deleted, but bytes of it may still be in unused parts of the file ({why}); the"
            " next command that writes will clear them"
        )
    connection.execute("DELETE FROM meta WHERE key = ?", (_NOTE,))


def overwrite(path: Path, *, patience: float = 10.0) -> str | None:
    """Overwrite what is left in a file, by a child process; why it could not, or None.

    Others may read and write meanwhile; who writes waits. `patience`, in seconds, is for those who read, too.
    """
    child = begin("index.storage.sqlite.residue", [os.fspath(path.absolute()), str(patience)])
    code = end(child, patience=60 + patience + path.stat().st_size / _BYTES_A_SECOND)
    return {0: None, 3: "others read it without pause"}.get(code, f"its process ended with {code}")


def main(name: str, patience: str) -> int:
    """What the child does; 3 where the log could not be emptied."""
    path = Path(name)
    connection = open_writer(path)
    if not _alone(connection, path, until=time.monotonic() + float(patience)):
        return 3
    file = os.open(path, os.O_RDWR)
    for place, size in unused(file):
        os.pwrite(file, bytes(size), place)
    os.fsync(file)
    connection.execute("ROLLBACK")
    _tell_others(path)
    return 0


def _alone(connection: sqlite3.Connection, path: Path, *, until: float) -> bool:
    """Whether the log was emptied and nobody can write, until the connection is closed."""
    log = path.with_name(f"{path.name}-wal")
    while empty_log(connection, patience=max(0.0, until - time.monotonic())):
        connection.execute("BEGIN IMMEDIATE")
        if not log.exists() or not log.stat().st_size:
            return True
        connection.execute("ROLLBACK")
    return False


def unused(file: int) -> Iterator[tuple[int, int]]:
    """The places and sizes, in bytes, of unused parts that are not all zero."""
    head = os.pread(file, _FILE_HEADER, 0)
    page_size = int.from_bytes(head[_PAGE_SIZE : _PAGE_SIZE + 2])
    page_size = 65_536 if page_size == 1 else page_size
    pages = os.fstat(file).st_size // page_size
    if any(head[_LARGEST_ROOT : _LARGEST_ROOT + 4]) or pages > _MOST_PAGES:
        raise ValueError(f"{pages:,} pages of {page_size} bytes: expected fewer than {_MOST_PAGES:,}, whole")
    zeros = bytes(page_size)
    for first in range(0, pages, _AT_ONCE):
        block = memoryview(os.pread(file, _AT_ONCE * page_size, first * page_size))
        for start in range(0, len(block), page_size):
            header = start + (_FILE_HEADER if first == start == 0 else 0)
            kind, cells, content = _HEADER.unpack_from(block, header)
            if kind in _B_TREE:
                begins = header + (12 if kind <= _INTERIOR else 8) + 2 * cells
                ends = start + (content or 65_536)
                if block[begins:ends] != zeros[: ends - begins]:
                    yield first * page_size + begins, ends - begins


def _tell_others(path: Path) -> None:
    """Write something, so that no connection keeps pages in memory as they were before."""
    connection = open_writer(path)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.execute(f"PRAGMA user_version = {version}")


if __name__ == "__main__":
    code = main(*sys.argv[1:])
    os._exit(code)  # nothing is closed: who takes himself for the last one deletes the log
