"""What only the engine over PostgreSQL has: clear errors, layouts, several writers, no password anywhere."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from archive_fakes import HashedWords, faults, invented, mark, put, question
from postgres_server import PASSWORD, PostgresServer

from bot.settings import effective, load_settings
from index.errors import ArchiveError, ArchiveLocked, ArchiveMismatch, BadSetting
from index.records import Filters
from index.storage.archive import Archive
from index.storage.postgres import schema
from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.connecting import connect
from index.storage.postgres.dialect import translated


@pytest.fixture
def archive(database: DatabaseAddress) -> Iterator[Archive]:
    """An archive with three articles, open for writing."""
    with Archive.open(database, HashedWords(), write=True) as opened:
        for number in (1, 2, 3):
            put(opened, invented(number))
        yield opened


# Bad input: one line, what to do, no password, nothing lost


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("/test", "/no_such_"), "cannot be reached .*does not exist"),
        ((PASSWORD, "wrong"), "does not let this user in .*password authentication failed"),
        (("postgres:", "nobody:"), "does not let this user in"),
        (("@127.0.0.1:", "@127.0.0.1:1"), "cannot be reached"),
        (("?", "?"), "there is no archive yet; make one with `dateline add PATH`"),
    ],
)
def test_what_is_wrong_with_a_database_is_one_line(
    database: DatabaseAddress, change: tuple[str, str], message: str
) -> None:
    with pytest.raises(ArchiveError, match=message) as caught:
        Archive.open(DatabaseAddress(database.url.replace(*change)))
    assert PASSWORD not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_password_is_shown_nowhere(tmp_path: Path) -> None:
    address = f"postgresql://me:{PASSWORD}@db.example/news?sslmode=require&password={PASSWORD}"
    settings = load_settings({"home": address})
    shown = (effective(settings)["archive"], repr(settings), repr(settings.archive), str(settings.archive))
    assert shown[0] == "postgresql://me@db.example/news?sslmode=require"
    assert not any(PASSWORD in one for one in shown)
    with pytest.raises(BadSetting, match="expected an address such as") as caught:
        load_settings({"home": tmp_path, "archive": f"mysql://me:{PASSWORD}@db.example/news"})
    assert PASSWORD not in str(caught.value)


def test_a_database_is_named_by_the_home_or_by_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = DatabaseAddress("postgresql://db.example/news")
    (tmp_path / "settings.toml").write_text('archive = "postgresql://db.example/news"\n')
    assert load_settings({"home": tmp_path}).archive_home == address
    assert load_settings({"home": tmp_path / "other"}).archive_home == tmp_path / "other"
    monkeypatch.setenv("DATELINE_HOME", address.url)
    assert load_settings({}).archive_home == address
    assert load_settings({"home": tmp_path / "other"}).archive_home == tmp_path / "other"


def test_a_missing_pgvector_is_said(postgres: PostgresServer) -> None:
    bare = postgres.database("template0")
    with postgres.connected(bare) as connection:
        connection.execute("CREATE USER reporter PASSWORD 'x'")
        connection.execute(f"GRANT CREATE ON DATABASE {bare} TO reporter")
    address = postgres.address(bare, user="reporter", password="x")
    missing = pytest.raises(ArchiveError, match=r"pgvector is not installed .*CREATE EXTENSION vector")
    with connect(address) as raw, missing:
        schema.path_of(raw, address)
    with Archive.open(postgres.address(bare), HashedWords(), write=True) as archive:
        assert put(archive, invented(1)) == "added"  # whose owner may install it


def test_a_replica_is_no_primary(archive: Archive, postgres: PostgresServer) -> None:
    assert isinstance(archive.home, DatabaseAddress)
    replica = DatabaseAddress(f"{archive.home.url}?options=-c%20default_transaction_read_only%3Don")
    with pytest.raises(ArchiveError, match="is a replica, which can only be read; expected the primary"):
        Archive.open(replica, HashedWords(), write=True)
    with Archive.open(replica, HashedWords()) as reader:
        assert reader.article("a1") == invented(1)


def test_another_encoder_is_refused(archive: Archive) -> None:
    other = HashedWords()
    other.fingerprint = "e" * 64
    for write in (False, True):
        with pytest.raises(ArchiveMismatch, match="made by the encoder 'hashed-words'"):
            Archive.open(archive.home, other, write=write)
    assert archive.status().articles == 3


# Layouts


def test_an_older_layout_is_brought_up_to_date_by_who_writes_and_a_newer_one_is_refused(
    database: DatabaseAddress,
) -> None:
    first = schema.migrations()[:1]
    steps = [*first, "ALTER TABLE articles ADD COLUMN desk TEXT"]
    with connect(database) as raw:
        schema.make(raw, database, HashedWords(), steps=first)
        with pytest.raises(ArchiveMismatch, match=r"has layout 1, this Dateline needs 2.*`dateline add`"):
            schema.identity(raw, database, steps=steps)
        for _ in range(2):
            schema.make(raw, database, None, steps=steps)
            assert schema.version_of(raw) == 2
            schema.identity(raw, database, steps=steps)
        with pytest.raises(ArchiveMismatch, match="has layout 2, this Dateline knows 1"):
            schema.identity(raw, database, steps=first)


def test_a_step_that_fails_leaves_the_layout_as_it_was(database: DatabaseAddress) -> None:
    first = schema.migrations()[:1]
    with connect(database) as raw:
        schema.make(raw, database, HashedWords(), steps=first)
        with pytest.raises(psycopg.errors.UndefinedTable):
            schema.make(raw, database, None, steps=[*first, "CREATE TABLE extra (); DROP TABLE no_such"])
        assert schema.version_of(raw) == 1
        assert raw.execute(b"SELECT to_regclass('dateline.extra')").fetchone() == (None,)


# Several writers


def test_two_writers_neither_lose_nor_double(database: DatabaseAddress) -> None:
    Archive.open(database, HashedWords(), write=True).close()
    outcomes: list[str] = []

    def write(numbers: range) -> None:
        with Archive.open(database, HashedWords(), write=True) as archive:
            for number in numbers:
                with archive.batch():
                    outcomes.append(put(archive, invented(number)))

    threads = [threading.Thread(target=write, args=(range(first, first + 12),)) for first in (0, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (outcomes.count("added"), outcomes.count("unchanged")) == (18, 6)
    with Archive.open(database, HashedWords()) as reader:
        assert reader.status().articles == 18
    assert faults(database) == []


@pytest.mark.soak
@pytest.mark.soak
def test_a_writer_waits_for_another_and_says_so_after_ten_seconds(archive: Archive) -> None:
    with Archive.open(archive.home, HashedWords(), write=True) as other, archive.batch():
        put(archive, invented(4))
        with pytest.raises(ArchiveLocked, match="others have been writing"):
            put(other, invented(5))
        assert other.status().articles == 3
    assert archive.status().articles == 4


def test_a_connection_that_breaks_takes_its_batch_along_and_no_other(
    archive: Archive, postgres: PostgresServer
) -> None:
    assert isinstance(archive.home, DatabaseAddress)
    name = archive.home.url.rpartition("/")[2]
    with pytest.raises(ArchiveError, match="the connection was lost"), archive.batch():
        put(archive, invented(4))
        with postgres.connected("postgres") as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
            )
        put(archive, invented(5))
    assert [one.id for one in archive.articles()] == ["a1", "a2", "a3"]
    assert put(archive, invented(4)) == "added"
    assert faults(archive.home) == []


# Removing


def test_what_is_removed_is_in_no_table(archive: Archive, postgres: PostgresServer) -> None:
    assert isinstance(archive.home, DatabaseAddress)
    archive.remove("a2")
    with postgres.connected(archive.home.url.rpartition("/")[2]) as connection:
        tables = connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'dateline'"
        ).fetchall()
        for (table,) in tables:
            found = connection.execute(
                f"SELECT count(*) FROM dateline.{table} AS t WHERE strpos(t::text, %s) > 0", (mark(2),)
            ).fetchone()
            assert found == (0,), table
    assert faults(archive.home) == []


# The same answers


def test_words_and_vectors_rank_as_over_sqlite(archive: Archive, tmp_path: Path) -> None:
    with Archive.open(tmp_path, HashedWords(), write=True) as file:
        for number in (1, 2, 3):
            put(file, invented(number))
        for number in range(4, 12):
            for one in (archive, file):
                put(one, invented(number))
        for one in (archive, file):
            put(one, invented(2, edition=1))
            one.remove("a5")
        for filters in (Filters(), Filters(outlet=("tull courier",)), Filters(until="2020-06")):
            assert shown(archive, filters) == shown(file, filters)


def shown(archive: Archive, filters: Filters) -> list[list[tuple[str, int, float]]]:
    words = ["ferry", "Tull", "day-3", "report", "of"]
    found = (
        archive.search_vectors(question("the ferry of Tull"), limit=9, filters=filters),
        archive.search_words(words, limit=20, filters=filters),
        archive.search_words(words, limit=20, filters=filters, title_weight=2.0, among=["ferry", "day-3"]),
    )
    return [
        [(one.article.id, one.passage.number, round(match.score, 5))
         for match, one in zip(matches, archive.passages([match.seq for match in matches]), strict=True)]
        for matches in found
    ]  # fmt: skip


def test_sql_is_translated_by_its_placeholders() -> None:
    assert translated("SELECT a FROM t WHERE b = ? AND c = ?") == (
        b"SELECT a FROM t WHERE b = $1 AND c = $2",
        (),
    )
    assert translated("x = ?2 OR y = ?1 OR z = ?2")[0] == b"x = $2 OR y = $1 OR z = $2"
    assert translated("a = :two AND b = :one OR c = :two") == (b"a = $1 AND b = $2 OR c = $1", ("two", "one"))
    assert translated("instr(a, ?) > 0")[0] == b"strpos(a, $1) > 0"
    assert translated("SELECT value FROM json_each(?)")[0] == (
        b"SELECT value FROM json_array_elements_text(CAST($1 AS json)) AS given(value)"
    )
