"""A database into one short transaction, by a connection of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.connecting import connect, translated
from index.storage.postgres.turns import LOCKED, READ, SCHEMA, begun
from index.storage.sql import Connection


@contextmanager
def reading(address: DatabaseAddress) -> Iterator[Connection]:
    """What is committed."""
    with (
        connect(address) as raw,
        translated(address),
        begun(raw, READ, path=SCHEMA, address=address) as connection,
    ):
        yield connection


@contextmanager
def writing(address: DatabaseAddress) -> Iterator[Connection]:
    """Whole or not at all."""
    with (
        connect(address) as raw,
        translated(address),
        begun(raw, LOCKED, path=SCHEMA, address=address) as connection,
    ):
        yield connection
