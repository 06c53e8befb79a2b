"""A database into tables beside its archive (`index.storage.side`): a schema that all servers see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.connecting import connect, translated
from index.storage.postgres.connection import PostgresConnection, Raw
from index.storage.postgres.dialect import tables_of
from index.storage.postgres.pool import Pool
from index.storage.postgres.schema import expect_primary
from index.storage.postgres.turns import READ, SCHEMA, begun, in_turn
from index.storage.side import Layout

_VERSION = "schema_version"  # the table, of one row


class SideSchema:
    """A `SideDatabase`; writers of all servers take turns."""

    def __init__(self, name: str, pool: Pool) -> None:
        self._name = name
        self._pool = pool

    @classmethod
    def open(cls, address: DatabaseAddress, layout: Layout) -> SideSchema:
        """Open the tables, or make them, as `index.storage.side.open_side` says."""
        name = _name_of(layout)
        with connect(address) as raw, translated(address):
            expect_primary(raw, address)
            if _version_of(raw, name) != layout.version:
                _bring_up(raw, layout, address)
        return cls(name, Pool(address, path=name))

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()

    def empty_log(self) -> None:
        """Free what was deleted; PostgreSQL's own log goes as its README says."""
        with self._pool.bare() as raw:
            tables = raw.execute(
                b"SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables"
                b" WHERE schemaname = $1",
                (self._name,),
            )
            raw.execute(f"VACUUM {', '.join(name for (name,) in tables)}".encode())

    @contextmanager
    def writing(self, *, durably: bool = False) -> Iterator[PostgresConnection]:
        """Whole or not at all."""
        with self._pool.lent(in_turn(self._name, durably=durably)) as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[PostgresConnection]:
        """A look."""
        with self._pool.lent(READ) as connection:
            yield connection


def is_made(address: DatabaseAddress, layout: Layout) -> bool:
    """Whether the tables are there."""
    with connect(address) as raw, translated(address):
        return _version_of(raw, _name_of(layout)) > 0


def _name_of(layout: Layout) -> str:
    return f"{SCHEMA}_{layout.name}"


def _version_of(raw: Raw, name: str) -> int:
    """The version of the tables; 0 where there are none."""
    made = raw.execute(f"SELECT to_regclass('{name}.{_VERSION}')".encode()).fetchone()
    if not made or made[0] is None:
        return 0
    found = raw.execute(f"SELECT version FROM {name}.{_VERSION}".encode()).fetchone()
    return int(found[0]) if found else 0


def _bring_up(raw: Raw, layout: Layout, address: DatabaseAddress) -> None:
    """Make the tables, or what they lack, in one transaction."""
    name = _name_of(layout)
    with begun(raw, in_turn(name), path=name, address=address):
        version = _version_of(raw, name)  # another process may have been at it
        steps = layout.missing(version, where=f"{address} ({name})")
        if not version:
            raw.execute(f"CREATE SCHEMA IF NOT EXISTS {name}".encode())
            raw.execute(f"CREATE TABLE {_VERSION} (version INTEGER NOT NULL)".encode())
            raw.execute(f"INSERT INTO {_VERSION} VALUES (0)".encode())
        for step in steps:
            raw.execute(tables_of(step))
        raw.execute(f"UPDATE {_VERSION} SET version = $1".encode(), (layout.version,))
