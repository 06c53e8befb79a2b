"""What an archive stands on: an engine that keeps its rows, and finds passages by vectors and by words.

Everything else (what is a copy, what a revision, BM25's formula, which rows an article has) is the same over
all of them, and stands in `index.storage` once. An engine gives connections that understand the SQL of
`index.storage.sql`, and does in its own way what databases do differently. This is all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, TypeVar

from index.encoding.encoder import EncoderIdentity, Vectors
from index.storage.filters_sql import Condition
from index.storage.postgres.address import DatabaseAddress, expect_library
from index.storage.records import EngineState, IndexHealth, Match, StoredIdentity
from index.storage.sql import Connection

T = TypeVar("T")
ArchiveHome = Path | DatabaseAddress  # a folder with an SQLite file, or a PostgreSQL database


class PassageIndex(Protocol):
    """The vectors and the words of passages, kept in the transaction that keeps the passages themselves."""

    def keep(
        self,
        connection: Connection,
        seqs: Sequence[int],
        *,
        title: str,
        texts: Sequence[str],
        vectors: Vectors,
    ) -> None:
        """Take in the passages of an article, stored as `seqs`; `vectors` has shape (len(seqs), d)."""

    def drop(self, connection: Connection, article: int) -> None:
        """Forget the passages of an article, which are still stored."""

    def rename(self, connection: Connection, article: int, title: str) -> None:
        """Give the passages of an article another title to be found by."""

    def scrub(self, connection: Connection) -> None:
        """Leave no word of what was dropped in what is searched."""

    def vectors_of(self, connection: Connection, inputs: Sequence[str]) -> dict[str, Vectors]:
        """The vectors, shape (d,), of these inputs of the encoder, by their hashes."""

    def nearest(
        self, connection: Connection, vector: Vectors, *, limit: int, condition: Condition
    ) -> list[Match]:
        """The `limit` passages nearest to a unit vector, by cosine, best first, ties by their numbers."""

    def worded(
        self,
        connection: Connection,
        words: Sequence[str],
        *,
        limit: int,
        condition: Condition,
        title_weight: float,
        among: Sequence[str],
    ) -> list[Match]:
        """The `limit` passages with the highest BM25 score for any of `words`, that hold one of `among`."""

    def counts(self, connection: Connection, words: Sequence[str], *, condition: Condition) -> dict[str, int]:
        """In how many passages each word stands, stemmed; one of two parts is a phrase."""

    def articles_with(self, connection: Connection, word: str) -> set[int]:
        """The numbers of the articles that hold a word in a passage or in the title."""

    def warm(self) -> None:
        """Get ready for many searches of this process."""

    def close(self) -> None:
        """Let go of everything."""


class Engine(Protocol):
    """An open archive's engine; each kind of transaction is a context manager. Thread-safe.

    Whatever goes wrong below is raised as `ArchiveError` and its kin, with where it happened.
    """

    @property
    def home(self) -> ArchiveHome:
        """Where the archive is kept."""

    @property
    def encoder(self) -> StoredIdentity:
        """The encoder that made it."""

    @property
    def passages(self) -> PassageIndex:
        """What finds its passages."""

    def begin_answer(self) -> None:
        """What is read in this context from now on is never older than what was read in it before."""

    def snapshot(self) -> AbstractContextManager[Connection]:
        """To read: what is committed by now, and nothing that is committed meanwhile.

        Where replicas are read, this may be what was committed a moment ago, but by other machines only.
        """

    def at_once(self, read: Callable[[], T]) -> T:
        """What `read` reads, in this thread; of one snapshot, where nobody has to wait for its end.

        It may be called again, where a connection breaks.
        """

    def newest(self) -> AbstractContextManager[Connection]:
        """A snapshot of what is committed by now by anybody; what this machine reads later is not older."""

    def transaction(self) -> AbstractContextManager[Connection]:
        """To write, one at a time, whole or not at all; inside another one of this thread it is part of it.

        Raises `ArchiveError` where the archive was opened to read.
        """

    def removal(self, article_ids: Sequence[str]) -> AbstractContextManager[Connection]:
        """The same, to remove these articles: when it has ended nothing of them is left to be found.

        Raises `NotInArchive` where one is not there.
        """

    def logging(self) -> AbstractContextManager[Connection]:
        """To write down what was asked, also by who only reads; a power cut may take the last of it."""

    def number_on(self, connection: Connection) -> None:
        """Give what is added from now on numbers beyond those of rows that brought theirs along."""

    def tend(self, *, stop: Callable[[], bool]) -> str | None:
        """Bring the nearest-neighbour index up to date where that is due; why it failed, or None."""

    def health(self, connection: Connection) -> IndexHealth:
        """What state the nearest-neighbour index is in."""

    def state(self, connection: Connection) -> EngineState:
        """What it is, and how many bytes it takes."""

    def fault(self, connection: Connection) -> str | None:
        """What is damaged, None where nothing is."""

    def close(self) -> None:
        """Close everything; closing twice does nothing."""


def open_engine(
    home: ArchiveHome,
    encoder: EncoderIdentity | None,
    *,
    write: bool,
    index_from: int,
    command: str | None,
    beside: Path | None = None,
    replicas: Sequence[DatabaseAddress] = (),
) -> Engine:
    """The engine of an archive; arguments and errors are those of `Archive.open`."""
    if isinstance(home, DatabaseAddress):
        expect_library(home)
        from index.storage.postgres.engine import PostgresEngine

        return PostgresEngine.open(
            home, encoder, write=write, index_from=index_from, beside=beside, replicas=replicas
        )
    from index.storage.sqlite.engine import SqliteEngine

    return SqliteEngine.open(home, encoder, write=write, index_from=index_from, command=command)


def reading(home: ArchiveHome) -> AbstractContextManager[Connection]:
    """One short look at the archive in `home`, which must have been made, by a connection of its own."""
    if isinstance(home, DatabaseAddress):
        expect_library(home)
        from index.storage.postgres.once import reading as of_database

        return of_database(home)
    from index.storage.sqlite.once import reading as of_file

    return of_file(home)


def writing(home: ArchiveHome) -> AbstractContextManager[Connection]:
    """One short transaction in the archive in `home`, whoever else writes, by a connection of its own."""
    if isinstance(home, DatabaseAddress):
        expect_library(home)
        from index.storage.postgres.once import writing as to_database

        return to_database(home)
    from index.storage.sqlite.once import writing as to_file

    return to_file(home)
