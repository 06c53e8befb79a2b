"""A home folder into one short transaction on its file, beside whoever has the archive open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.storage import feed_rows
from index.storage.connections import FILE_NAME, open_reader, open_writer, transaction, translated
from index.storage.sql import Connection


@contextmanager
def reading(home: Path) -> Iterator[Connection]:
    """What is committed."""
    path = home / FILE_NAME
    with translated(path):
        connection = open_reader(path)
        try:
            yield connection
        finally:
            connection.close()


@contextmanager
def writing(home: Path) -> Iterator[Connection]:
    """Whole or not at all; an archive of an older Dateline gets its tables of feeds."""
    path = home / FILE_NAME
    with translated(path):
        connection = open_writer(path)
        try:
            feed_rows.create(connection)
            with transaction(connection):
                yield connection
        finally:
            connection.close()
