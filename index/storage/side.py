"""Tables of their own beside an archive, such as the bot's: in a file of its folder, or in its database.

Their SQL is what `index.storage.sql` says. In a database they have a schema of their own, `dateline_follows`
for `follows.sqlite`, which every server reads and writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from index.errors import ArchiveMismatch
from index.storage.engine import ArchiveHome
from index.storage.postgres.address import DatabaseAddress, expect_library
from index.storage.sql import Connection


@dataclass(frozen=True)
class Layout:
    """Tables, as SQLite has them, and what makes those of an older version into the next, by that version.

    `on_removal`: statements that are run for each article that is removed from the archive, NEW.article. They
    hang on a view `removed`, into which whoever removes one puts its id.
    """

    name: str
    tables: str
    version: int
    steps: Mapping[int, str]
    on_removal: str = ""

    @property
    def file_name(self) -> str:
        """The file that they are in, beside an archive in a folder."""
        return f"{self.name}.sqlite"

    def missing(self, version: int, *, where: object) -> list[str]:
        """What has to be run where the tables are of a version; 0: where there are none.

        Raises `ArchiveMismatch` where a newer Dateline made them.
        """
        if version > self.version:
            raise ArchiveMismatch(
                f"{where}: is of version {version}, expected {self.version}; use a newer Dateline"
            )
        return [self.steps[one] for one in range(version, self.version)] if version else [self.tables]


class SideDatabase(Protocol):
    """The open tables; used from several threads. What goes wrong is raised as `ArchiveError` and its kin."""

    def writing(self, *, durably: bool = False) -> AbstractContextManager[Connection]:
        """Everything inside is stored when this ends, or nothing of it: a kill takes nothing of it back.

        Writers take turns. Only a power cut may take it back, unless it is stored `durably`, which waits for
        the disk.
        """

    def reading(self) -> AbstractContextManager[Connection]:
        """A look."""

    def number_on(self, connection: Connection) -> None:
        """Give what is added from now on numbers beyond those of rows that brought theirs along."""

    def empty_log(self) -> None:
        """What was deleted leaves what the engine keeps of it, unless somebody is reading."""

    def close(self) -> None:
        """Close it."""


def open_side(home: ArchiveHome, layout: Layout) -> SideDatabase:
    """The tables beside the archive in `home`, made where there are none and brought up to date.

    Raises:
        ArchiveMismatch: a newer Dateline made them.
        ArchiveFull: there is no room for them.
        ArchiveError: the database cannot be reached, or is a replica.
    """
    if isinstance(home, DatabaseAddress):
        expect_library(home)
        from index.storage.postgres.side_schema import SideSchema

        return SideSchema.open(home, layout)
    from index.storage.sqlite.side_file import SideFile

    return SideFile.open(home, layout)


def has_side(home: ArchiveHome, layout: Layout) -> bool:
    """Whether the tables have been made beside the archive in `home`."""
    if isinstance(home, DatabaseAddress):
        expect_library(home)
        from index.storage.postgres.side_schema import is_made

        return is_made(home, layout)
    return (home / layout.file_name).is_file()
