"""A database into an archive's engine, for any number of processes on any number of machines."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from index.encoding.encoder import EncoderIdentity
from index.errors import ArchiveError
from index.storage import schema as archive_schema
from index.storage.beside import forget_beside
from index.storage.postgres import schema
from index.storage.postgres.acknowledged import Acknowledged
from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.connecting import connect, translated
from index.storage.postgres.connection import PostgresConnection, set_numbers
from index.storage.postgres.nearest import Build
from index.storage.postgres.passages import PostgresPassages
from index.storage.postgres.pool import Pool
from index.storage.postgres.replica import Replica, position_of
from index.storage.postgres.side_schema import tell_of_removed
from index.storage.postgres.sources import Sources
from index.storage.postgres.turns import LOCKED, READ, SCHEMA, SHARED
from index.storage.records import EngineState, IndexHealth, ReplicaLag, StoredIdentity
from index.storage.sql import Connection
from index.storage.writing import lowest_seq

# That hold words of articles, or could name one.
_TABLES = (
    "articles", "revisions", "stems", "passages", "vectors", "words", "samples", "stories", "asked", "quoted",
    "pages", "feed_items",
)  # fmt: skip
# What has numbers, and the columns that they are in.
_NUMBERED = (
    ("articles", "number"), ("revisions", "number"), ("passages", "seq"), ("feeds", "number"),
    ("asked", "number"), ("quoted", "rowid"),
)  # fmt: skip

T = TypeVar("T")


class PostgresEngine:
    """An `Engine`."""

    def __init__(
        self,
        address: DatabaseAddress,
        *,
        encoder: StoredIdentity,
        pool: Pool,
        sources: Sources,
        write: bool,
        index_from: int,
        beside: Path | None,
    ) -> None:
        self.home = address
        self.encoder = encoder
        self.passages = PostgresPassages(address, encoder.dimensions)
        self._pool = pool
        self._sources = sources
        self._write = write
        self._index_from = index_from
        self._beside = beside
        self._writing = threading.RLock()
        self._begun: PostgresConnection | None = None

    @classmethod
    def open(
        cls,
        address: DatabaseAddress,
        encoder: EncoderIdentity | None,
        *,
        write: bool,
        index_from: int,
        beside: Path | None,
        replicas: Sequence[DatabaseAddress] = (),
    ) -> PostgresEngine:
        """Open the archive at an address, as `Archive.open` says."""
        with connect(address) as raw, translated(address):
            if write:
                schema.make(raw, address, encoder)
            stored, path = schema.identity(raw, address)
            now, identity = position_of(raw)
        if encoder is not None:
            archive_schema.expect(stored, encoder, address)
        pool, acknowledged = Pool(address, path=path), Acknowledged(beside)
        acknowledged.hold(now)  # a replica that is behind may not have the tables that this Dateline reads
        sources = Sources(
            pool,
            [Replica(one, path=path, identity=identity) for one in replicas],
            acknowledged,
            only_primary=write,
        )
        return cls(
            address,
            encoder=stored,
            pool=pool,
            sources=sources,
            write=write,
            index_from=index_from,
            beside=beside,
        )

    def close(self) -> None:
        """Close everything; closing twice does nothing."""
        self._sources.close()
        self.passages.close()

    def begin_answer(self) -> None:
        """What is read in this context from now on is never older than before."""
        self._sources.begin_answer()

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """To read what is committed, at a replica that is not behind, or at the primary."""
        with self._sources.snapshot() as connection:
            yield connection

    def at_once(self, read: Callable[[], T]) -> T:
        """What `read` reads, of one snapshot."""
        return self._sources.at_once(read)

    @contextmanager
    def newest(self) -> Iterator[Connection]:
        """To read at the primary."""
        with self._sources.newest() as connection:
            yield connection

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """To write, whole or not at all; all writers everywhere take turns."""
        self._expect_writer()
        with self._writing:
            if self._begun is not None:
                yield self._begun
                return
            try:
                with self._pool.lent(LOCKED) as connection:
                    self._begun = connection
                    yield connection
                    self.passages.flush(connection)
                self._sources.note()
            finally:
                self._begun = None
                self.passages.forget()

    @contextmanager
    def removal(self, article_ids: Sequence[str]) -> Iterator[Connection]:
        """To remove articles; what they leave in the pages of the tables is then freed, too."""
        with self.transaction() as connection:
            lowest_seq(connection, article_ids)  # all of them are there
            self.passages.index.give_way(connection)  # to the vacuum
            yield connection
            tell_of_removed(connection, article_ids)
        if self._beside:
            forget_beside(self._beside, article_ids)
        if self._begun is None:
            with self._pool.bare() as raw:
                raw.execute(f"VACUUM {', '.join(f'{SCHEMA}.{name}' for name in _TABLES)}".encode())

    @contextmanager
    def logging(self) -> Iterator[Connection]:
        """To write down what was asked: beside other askers, but not beside who removes an article."""
        with self._pool.lent(SHARED) as connection:
            yield connection

    def number_on(self, connection: Connection) -> None:
        """Set the sequences of numbers to the highest that is there."""
        set_numbers(connection, _NUMBERED)

    def tend(self, *, stop: Callable[[], bool]) -> str | None:
        """Let the server build the nearest-neighbour index where there is none and it is due."""
        self._expect_writer()
        with self.snapshot() as connection:
            work = self.passages.index.due(connection, least=self._index_from)
        # Not inside: the server waits until nobody reads a state of before.
        return self.passages.index.ask_for(work)

    def health(self, connection: Connection) -> IndexHealth:
        """What state the nearest-neighbour index is in."""
        (total,) = connection.execute("SELECT count(*) FROM passages").fetchone()
        state = self.passages.index.state(connection)
        if isinstance(state, Build) and not state.pid:  # a replica does not see who builds it
            with self._pool.lent(READ) as primary:
                state = self.passages.index.state(primary)
        if not state:
            return IndexHealth("none", 0, total)
        if isinstance(state, Build):
            told = f"{state.part:.0%} done" if state.pid else "broken off; whoever adds next begins it anew"
            return IndexHealth("building", 0, total, told)
        return IndexHealth("ready", total, 0)

    def state(self, connection: Connection) -> EngineState:
        """PostgreSQL's and pgvector's versions, the size of our tables, and how far replicas are behind."""
        server, vectors = connection.execute(
            "SELECT current_setting('server_version'), extversion FROM pg_extension WHERE extname = 'vector'"
        ).fetchone()
        (size,) = connection.execute(
            "SELECT CAST(coalesce(sum(pg_total_relation_size(c.oid)), 0) AS bigint) FROM pg_class AS c"
            " JOIN pg_namespace AS n ON n.oid = c.relnamespace"
            f" WHERE n.nspname = '{SCHEMA}' AND c.relkind = 'r'"
        ).fetchone()
        return EngineState(
            "postgresql",
            f"{server.split()[0]} with pgvector {vectors}",
            size,
            tuple(self._sources.lags() or _replicas(connection)),
        )

    def fault(self, connection: Connection) -> str | None:
        """Where a passage has no vector or no words, or words have no passage."""
        (vectors,) = connection.execute(
            "SELECT count(*) FROM passages AS p LEFT JOIN vectors AS v ON v.seq = p.seq WHERE v.seq IS NULL"
        ).fetchone()
        if vectors:
            return f"{vectors} passages have no vector"
        worded = self.passages.total(connection)
        (total,) = connection.execute("SELECT count(*) FROM passages").fetchone()
        return None if worded == total else f"{total} passages, of which {worded} have words"

    def _expect_writer(self) -> None:
        if not self._write:
            raise ArchiveError(f"{self.home}: this archive was opened to read, not to write")


def _replicas(connection: Connection) -> Iterator[ReplicaLag]:
    """The replicas that this server sends its log to; another user than its owner may see none of it."""
    if connection.execute("SELECT pg_is_in_recovery()").fetchone()[0]:
        return
    rows = connection.execute(
        "SELECT coalesce(nullif(application_name, ''), host(client_addr), 'replica'),"
        " CAST(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) AS bigint),"
        " CAST(extract(epoch FROM replay_lag) AS double precision)"
        " FROM pg_stat_replication WHERE replay_lsn IS NOT NULL"
    )
    for name, behind, seconds in rows:
        yield ReplicaLag(name, behind, seconds)
