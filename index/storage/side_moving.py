"""Tables beside an archive into those beside its copy on another engine: all their rows, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing

from index.storage.engine import ArchiveHome
from index.storage.side import Layout, SideDatabase, has_side, open_side
from index.storage.sql import Connection, marks
from index.storage.tables import TableProof

_TABLE = re.compile(r"CREATE TABLE (\w+)")  # in the order in which they refer to each other
_Rows = list[tuple[object, ...]]


def copy_side(source: ArchiveHome, target: ArchiveHome, layout: Layout) -> list[TableProof]:
    """Copy tables that the target has nothing in yet, and compare them; none where the source has none."""
    if not has_side(source, layout):
        return []
    with closing(open_side(source, layout)) as old, closing(open_side(target, layout)) as new:
        tables = _TABLE.findall(layout.tables)
        with old.reading() as connection:
            rows = {table: _rows(connection, table) for table in tables}
        _fill(new, rows)
        with new.reading() as connection:
            copied = {table: _rows(connection, table, columns) for table, (columns, _) in rows.items()}
    return [
        TableProof(f"{layout.name} {table}", len(theirs), len(ours), set(theirs) == set(ours))
        for table, (_, theirs), (_, ours) in zip(tables, rows.values(), copied.values(), strict=True)
    ]


def _fill(target: SideDatabase, rows: dict[str, tuple[Sequence[str], _Rows]]) -> None:
    with target.writing(durably=True) as connection:
        if any(connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in rows):
            return  # an earlier move has brought them, or they are in use
        for table, (columns, content) in rows.items():
            connection.executemany(
                f"INSERT INTO {table} ({_named(columns)}) VALUES ({marks(columns)})",
                content,  # type: ignore[arg-type]  # what the other engine gave is what this one takes
            )
        target.number_on(connection)


def _rows(
    connection: Connection, table: str, columns: Sequence[str] | None = None
) -> tuple[Sequence[str], _Rows]:
    """A table's columns, and its rows in some order; an older file has other columns first."""
    found = connection.execute(f"SELECT {_named(columns) if columns else '*'} FROM {table}")
    return columns or [str(one[0]) for one in found.description or ()], found.fetchall()


def _named(columns: Sequence[str]) -> str:
    return ", ".join(f'"{one}"' for one in columns)
