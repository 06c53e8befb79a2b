"""An empty database into an archive, and an older layout into the present one, by numbered steps.

Each step is a file of `migrations/`; the table `schema_version` says which were taken. A step is taken in one
transaction with its row there, so an archive is of one version, whatever is killed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.resources import files
from string import Template

import psycopg
from psycopg import errors

from index.encoding.encoder import EncoderIdentity
from index.errors import ArchiveError, ArchiveMismatch
from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.connecting import read_only, said
from index.storage.postgres.connection import PostgresConnection, Raw
from index.storage.postgres.turns import LOCKED, READ, SCHEMA, begun
from index.storage.records import StoredIdentity
from index.storage.schema import nothing_there

# A vector of 1,900 numbers fills a page; larger ones are stored apart, uncompressed.
_IN_LINE = 1_900
_EXTENSION = (
    "SELECT quote_ident(n.nspname) FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace"
    " WHERE e.extname = 'vector'"
)


def migrations() -> list[str]:
    """The steps, in order; the first makes an archive of nothing."""
    folder = files("index.storage.postgres") / "migrations"
    found = sorted((one for one in folder.iterdir() if one.name.endswith(".sql")), key=lambda one: one.name)
    return [one.read_text(encoding="utf-8") for one in found]


def is_made(raw: Raw, schema: str) -> bool:
    """Whether a schema has its table of versions.

    The catalogue itself is read: `to_regclass` goes by what this connection saw before it waited for its
    turn, and so does not know what was made meanwhile.
    """
    found = raw.execute(
        b"SELECT 1 FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace"
        b" WHERE n.nspname = $1 AND c.relname = 'schema_version'",
        (schema,),
    )
    return found.fetchone() is not None


def version_of(raw: Raw) -> int:
    """How many steps the archive has taken; 0 where there is none."""
    if not is_made(raw, SCHEMA):
        return 0
    found = raw.execute(f"SELECT max(version) FROM {SCHEMA}.schema_version".encode()).fetchone()
    return int(found[0] or 0) if found else 0


def path_of(raw: Raw, address: DatabaseAddress) -> str:
    """Where our tables and pgvector's type are; raises `ArchiveError` where it is not installed."""
    found = raw.execute(_EXTENSION.encode()).fetchone()
    if found is None:
        raise ArchiveError(
            f"{address}: pgvector is not installed in this database; expected the extension 'vector': as its "
            "owner, run CREATE EXTENSION vector"
        )
    return f"{SCHEMA}, {found[0]}"


def make(
    raw: Raw, address: DatabaseAddress, encoder: EncoderIdentity | None, *, steps: Sequence[str] | None = None
) -> None:
    """Bring the archive to the newest layout, or make it where an encoder is given.

    Raises:
        ArchiveError: there is none and no encoder, it is a replica, or pgvector is missing.
    """
    steps = migrations() if steps is None else steps
    expect_primary(raw, address)
    if version_of(raw) >= len(steps):
        return
    if version_of(raw) == 0:
        if encoder is None:
            raise nothing_there(address)
        _install_vectors(raw, address)
    with begun(raw, LOCKED, path=path_of(raw, address), address=address) as connection:
        version = version_of(raw)  # another process may have been quicker
        if version == 0:
            _begin(connection, encoder)
        dimensions = _facts(connection)["dimensions"]
        for number, step in enumerate(steps[version:], start=version + 1):
            in_line = int(dimensions) <= _IN_LINE
            sql = Template(step).substitute(dimensions=dimensions, storage="PLAIN" if in_line else "EXTERNAL")
            raw.execute(sql.encode())
            connection.execute("INSERT INTO schema_version VALUES (?, ?)", (number, _now()))


def identity(
    raw: Raw, address: DatabaseAddress, *, steps: Sequence[str] | None = None
) -> tuple[StoredIdentity, str]:
    """The encoder that made the archive, and where its tables are.

    Raises:
        ArchiveMismatch: a newer Dateline made it, or an older one, and nobody has written to it since.
        ArchiveError: there is no archive.
    """
    known, version = len(migrations() if steps is None else steps), version_of(raw)
    if version == 0:
        raise nothing_there(address)
    if version > known:
        raise ArchiveMismatch(
            f"{address}: has layout {version}, this Dateline knows {known}; use the Dateline that made it"
        )
    if version < known:
        raise ArchiveMismatch(
            f"{address}: has layout {version}, this Dateline needs {known}; "
            "it is brought up to date by the next command that writes, such as `dateline add`"
        )
    path = path_of(raw, address)
    with begun(raw, READ, path=path, address=address) as connection:
        facts = _facts(connection)
    return StoredIdentity(facts["encoder"], facts["fingerprint"], int(facts["dimensions"])), path


def _begin(connection: PostgresConnection, encoder: EncoderIdentity | None) -> None:
    """The room for our tables, and what an archive says of itself."""
    if encoder is None:
        raise ArchiveError("an archive is made by an encoder, expected one")
    facts = {
        "encoder": encoder.name,
        "fingerprint": encoder.fingerprint,
        "dimensions": str(encoder.dimensions),
        "deletions": "0",
        "letters": "1",  # words are indexed in plain letters (see `index.storage.stem_counts`)
    }
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    connection.execute("CREATE TABLE schema_version (version INTEGER PRIMARY KEY, at TEXT NOT NULL)")
    connection.execute('CREATE TABLE meta (key TEXT COLLATE "C" PRIMARY KEY, value TEXT NOT NULL)')
    connection.executemany("INSERT INTO meta VALUES (?, ?)", list(facts.items()))


def _facts(connection: PostgresConnection) -> dict[str, str]:
    return dict(connection.execute("SELECT key, value FROM meta").fetchall())


def expect_primary(raw: Raw, address: DatabaseAddress) -> None:
    """Raise `ArchiveError` where a server can only be read."""
    found = raw.execute(b"SELECT pg_is_in_recovery(), current_setting('transaction_read_only')").fetchone()
    if found is None or found[0] or found[1] == "on":
        raise read_only(address)


def _install_vectors(raw: Raw, address: DatabaseAddress) -> None:
    """Put pgvector into the database where it is not."""
    if raw.execute(_EXTENSION.encode()).fetchone():
        return
    try:
        raw.execute(b"CREATE EXTENSION IF NOT EXISTS vector")
    except errors.UniqueViolation:  # another process has just done it
        return
    except psycopg.Error as exc:
        raise ArchiveError(
            f"{address}: pgvector is missing ({said(exc, address)}); expected the extension 'vector': "
            "install it on the server (https://github.com/pgvector/pgvector) and, as the database's owner, "
            "run CREATE EXTENSION vector"
        ) from exc


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
