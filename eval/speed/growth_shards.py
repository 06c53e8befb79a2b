"""An archive in one PostgreSQL database into the same over shards: vectors and words behind a coordinator.

The coordinator is a copy of the archive in which `vectors` and `words` are partitioned tables, each partition
a foreign table of a shard (postgres_fdw); everything else stays there. A bucket of passages is on one
shard. The program is the same: it asks the coordinator. What it cannot do so is write: a partition on another
server takes no primary key, and `ON CONFLICT` needs one; that is what Citus adds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.connecting import connect
from index.storage.postgres.connection import Raw
from index.storage.postgres.postings import BUCKET
from index.storage.postgres.turns import SCHEMA

_INDEX = "vectors_nearest"
# As the program sets it on one server: what is set at the coordinator is not set at the shards.
_SEARCH = "-c hnsw.ef_search=400 -c hnsw.iterative_scan=relaxed_order -c enable_sort=off"
_TABLES = {
    "vectors": ("seq BIGINT NOT NULL, vector public.VECTOR({dimensions}) NOT NULL", f"(seq / {BUCKET})"),
    "words": ('term TEXT COLLATE "C" NOT NULL, bucket INTEGER NOT NULL, places BYTEA NOT NULL', "bucket"),
}
_KEYS = {"vectors": "seq", "words": "term, bucket"}


def split(archive: DatabaseAddress, shards: Sequence[DatabaseAddress]) -> DatabaseAddress:
    """Make the shards, and a coordinator beside the archive; where they are there, this is its address."""
    coordinator = _beside(archive, f"{_name(archive)}_split")
    if _is_there(coordinator):
        return coordinator
    with connect(archive) as raw:
        (dimensions,) = raw.execute(
            f"SELECT vector_dims(vector) FROM {SCHEMA}.vectors LIMIT 1".encode()
        ).fetchone() or (0,)
        indexed = raw.execute(f"SELECT to_regclass('{SCHEMA}.{_INDEX}') IS NOT NULL".encode()).fetchone()
    for number, shard in enumerate(shards):
        _make_shard(archive, shard, number, of=len(shards), dimensions=dimensions, indexed=indexed == (True,))
    fresh = _beside(archive, f"{_name(archive)}_split_new")
    with connect(_beside(archive, "postgres")) as raw:
        raw.execute(f"DROP DATABASE IF EXISTS {_name(fresh)}".encode())
        raw.execute(f"CREATE DATABASE {_name(fresh)} TEMPLATE {_name(archive)} STRATEGY FILE_COPY".encode())
    with connect(fresh) as raw:
        _coordinate(raw, shards, dimensions=dimensions, indexed=indexed == (True,))
    with connect(_beside(archive, "postgres")) as raw:
        raw.execute(f"ALTER DATABASE {_name(fresh)} RENAME TO {_name(coordinator)}".encode())
    return coordinator


def _make_shard(
    archive: DatabaseAddress, shard: DatabaseAddress, number: int, *, of: int, dimensions: int, indexed: bool
) -> None:
    """A database with the vectors and the words of every `of`-th bucket."""
    with connect(_beside(shard, "postgres")) as raw:
        raw.execute(f"DROP DATABASE IF EXISTS {_name(shard)}".encode())
        raw.execute(f"CREATE DATABASE {_name(shard)}".encode())
    with connect(shard) as raw, connect(archive) as source:
        raw.execute(b"CREATE EXTENSION vector")
        raw.execute(f"CREATE SCHEMA {SCHEMA}".encode())
        for table, (columns, bucket) in _TABLES.items():
            raw.execute(f"CREATE TABLE {SCHEMA}.{table} ({columns.format(dimensions=dimensions)})".encode())
            chosen = f"COPY (SELECT * FROM {SCHEMA}.{table} WHERE {bucket} % {of} = {number}) TO STDOUT"
            target = f"COPY {SCHEMA}.{table} FROM STDIN (FORMAT BINARY)"
            with (
                source.cursor().copy(f"{chosen} (FORMAT BINARY)".encode()) as rows,
                raw.cursor().copy(target.encode()) as copy,
            ):
                for some in rows:
                    copy.write(some)
            raw.execute(f"ALTER TABLE {SCHEMA}.{table} ADD PRIMARY KEY ({_KEYS[table]})".encode())
        if indexed:
            raw.execute(_index(dimensions))
        raw.execute(b"ANALYZE")


def _coordinate(raw: Raw, shards: Sequence[DatabaseAddress], *, dimensions: int, indexed: bool) -> None:
    """Put partitions on the shards in the place of the tables."""
    raw.execute(b"CREATE EXTENSION IF NOT EXISTS postgres_fdw")
    for number, shard in enumerate(shards):
        parts = urlsplit(shard.url)
        raw.execute(
            f"CREATE SERVER shard_{number} FOREIGN DATA WRAPPER postgres_fdw OPTIONS ("
            f"host '{parts.hostname}',"
            f" port '{parts.port}', dbname '{_name(shard)}', extensions 'vector', async_capable 'true',"
            f" fetch_size '1000', connect_timeout '10', options '{_SEARCH}')".encode()
        )
        raw.execute(
            f"CREATE USER MAPPING FOR CURRENT_USER SERVER shard_{number}"
            f" OPTIONS (user '{parts.username}', password '{parts.password}')".encode()
        )
    for table, (columns, bucket) in _TABLES.items():
        raw.execute(f"DROP TABLE {SCHEMA}.{table}".encode())
        raw.execute(
            f"CREATE TABLE {SCHEMA}.{table} ({columns.format(dimensions=dimensions)})"
            f" PARTITION BY LIST (({bucket} % {len(shards)}))".encode()
        )
        for number in range(len(shards)):
            raw.execute(
                f"CREATE FOREIGN TABLE {SCHEMA}.{table}_{number} PARTITION OF {SCHEMA}.{table}"
                f" FOR VALUES IN ({number}) SERVER shard_{number}"
                f" OPTIONS (schema_name '{SCHEMA}', table_name '{table}')".encode()
            )
    if indexed:
        raw.execute(_index(dimensions))  # of no rows: it says that the shards have one
    raw.execute(b"ANALYZE")


def _index(dimensions: int) -> bytes:
    return (
        f"CREATE INDEX {_INDEX} ON {SCHEMA}.vectors"
        f" USING hnsw (CAST(vector AS public.halfvec({dimensions})) public.halfvec_ip_ops)"
    ).encode()


def _name(address: DatabaseAddress) -> str:
    return urlsplit(address.url).path.lstrip("/")


def _beside(address: DatabaseAddress, name: str) -> DatabaseAddress:
    """Another database of the same server."""
    return replace(address, url=urlsplit(address.url)._replace(path=f"/{name}").geturl())


def _is_there(address: DatabaseAddress) -> bool:
    with connect(_beside(address, "postgres")) as raw:
        found = raw.execute(b"SELECT 1 FROM pg_database WHERE datname = $1", (_name(address),)).fetchone()
    return found is not None
