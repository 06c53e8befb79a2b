"""A database into tables beside its archive (`index.storage.side`): a schema that all servers see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from index.storage.postgres import schema
from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.connecting import connect, translated
from index.storage.postgres.connection import PostgresConnection, Raw, set_numbers
from index.storage.postgres.dialect import in_postgres, tables_of
from index.storage.postgres.pool import Pool
from index.storage.postgres.turns import READ, SCHEMA, begun, in_turn
from index.storage.side import Layout
from index.storage.sql import Connection

_VERSION = "schema_version"  # a table of one row


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
            schema.expect_primary(raw, address)
            if _version_of(raw, name) != layout.version:
                _bring_up(raw, layout, address)
        return cls(name, Pool(address, path=name))

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()

    def number_on(self, connection: Connection) -> None:
        """Set the sequences of numbers to the highest that is there."""
        numbered = connection.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = ? AND is_identity = 'YES'",
            (self._name,),
        )
        set_numbers(connection, numbered.fetchall())

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
    if not schema.is_made(raw, name):
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
        if layout.on_removal:
            raw.execute(_listening(layout).encode())
        raw.execute(f"UPDATE {_VERSION} SET version = $1".encode(), (layout.version,))


def _listening(layout: Layout) -> str:
    """What lets the tables be told of an article that is removed (`PostgresEngine.removal`)."""
    name = _name_of(layout)
    return f"""
DROP VIEW IF EXISTS removed;
CREATE VIEW removed AS SELECT CAST(NULL AS TEXT) AS article;
CREATE OR REPLACE FUNCTION removed_words() RETURNS trigger LANGUAGE plpgsql SET search_path = {name} AS $$
BEGIN {in_postgres(layout.on_removal)} RETURN NULL; END $$;
CREATE TRIGGER removed_words INSTEAD OF INSERT ON removed FOR EACH ROW EXECUTE FUNCTION removed_words();
"""


def tell_of_removed(connection: Connection, article_ids: Sequence[str]) -> None:
    """Tell all tables beside an archive which articles are removed, in the transaction that removes them."""
    listening = connection.execute("SELECT schemaname FROM pg_views WHERE viewname = 'removed'").fetchall()
    for (name,) in listening:
        if name.startswith(f"{SCHEMA}_"):
            connection.executemany(f"INSERT INTO {name}.removed VALUES (?)", [(one,) for one in article_ids])
