"""What runs the archive's SQL: the narrow part of sqlite3's connections that every engine has.

The SQL of `index.storage` is what SQLite and PostgreSQL both understand, with sqlite3's placeholders: `?`,
`?1` and `:name`. What only one of them understands stands in that engine's own files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Sized
from typing import Any, Protocol

SqlValue = str | int | float | bytes | Sequence[str] | Sequence[int] | Sequence[bytes] | None
Parameters = Sequence[SqlValue] | Mapping[str, SqlValue]


class Cursor(Protocol):
    """What a statement gives back: tuples, of whatever its columns are."""

    @property
    def rowcount(self) -> int:
        """How many rows it wrote."""

    @property
    def description(self) -> Sequence[Sequence[Any]] | None:
        """A row for each column, which begins with its name."""

    def fetchone(self) -> Any:  # noqa: ANN401  # as sqlite3's: the columns are known where they are named
        """The next row, None behind the last."""

    def fetchmany(self, size: int, /) -> list[Any]:
        """The next rows, as many as that at most; none behind the last."""

    def fetchall(self) -> list[Any]:
        """All rows that are left."""

    def __iter__(self) -> Iterator[Any]:
        """The rows that are left."""


class Connection(Protocol):
    """A connection inside a transaction."""

    def execute(self, sql: str, parameters: Parameters = ..., /) -> Cursor:
        """Run one statement."""

    def executemany(self, sql: str, parameters: Sequence[Sequence[SqlValue]], /) -> object:
        """Run one statement for each of these."""

    def has_table(self, name: str, /) -> bool:
        """Whether the archive has a table, or an index or a trigger, of a name."""


def marks(values: Sized) -> str:
    """A placeholder for each value, as they stand in `IN (…)`; for none what nothing equals."""
    return ", ".join("?" * len(values)) or "NULL"
