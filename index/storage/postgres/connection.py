"""A connection of psycopg's into one that runs the archive's SQL (`index.storage.sql.Connection`)."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
from psycopg.adapt import Dumper
from psycopg.rows import TupleRow

from index.storage.postgres.dialect import ordered, translated
from index.storage.sql import Connection, Cursor, Parameters, SqlValue

Raw = psycopg.Connection[TupleRow]


class PostgresConnection:
    """One connection, inside a transaction."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw

    def execute(self, sql: str, parameters: Parameters = ()) -> Cursor:
        """Run one statement."""
        statement, names = translated(sql)
        return self.raw.execute(statement, ordered(parameters, names), binary=True)

    def executemany(self, sql: str, parameters: Sequence[Sequence[SqlValue]]) -> None:
        """Run one statement for each of these, all in one go."""
        statement, _ = translated(sql)
        with self.raw.cursor() as cursor:
            cursor.executemany(statement, parameters)

    def has_table(self, name: str) -> bool:
        """An archive here has every table: it is made, and brought up to date, as a whole."""
        return True


def prepare(raw: Raw) -> None:
    """Make a connection understand `$1`, and yes and no as whole numbers, as SQLite has them."""
    raw.cursor_factory = psycopg.RawCursor
    raw.adapters.register_dumper(bool, _YesNo)


def set_numbers(connection: Connection, columns: Sequence[tuple[str, str]]) -> None:
    """Let the numbers that (table, column) give to their rows go on behind the highest there is."""
    for table, column in columns:
        connection.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'),"
            f" (SELECT max({column}) FROM {table})) WHERE EXISTS (SELECT 1 FROM {table})"
        )


class _YesNo(Dumper):
    """True as 1, False as 0."""

    oid = psycopg.adapters.types["int4"].oid

    def dump(self, obj: bool) -> bytes:
        return b"1" if obj else b"0"
