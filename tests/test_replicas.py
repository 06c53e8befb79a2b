"""An archive in a database that is read at replicas: never older than what this machine has seen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from archive_fakes import HashedWords, invented, put, question
from postgres_server import PASSWORD, PostgresReplica, PostgresServer

from bot.commands.status import _behind
from bot.settings import effective, load_settings
from index.errors import ArchiveError, BadSetting
from index.storage.archive import Archive
from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.connecting import connect
from index.storage.records import ReplicaLag

ASKED = question("the ferry of Tull was sold")


@pytest.fixture(scope="module")
def replica(postgres: PostgresServer) -> Iterator[PostgresReplica]:
    """A replica of the tests' server."""
    with postgres.replica() as running:
        yield running


@pytest.fixture
def written(database: DatabaseAddress, replica: PostgresReplica) -> DatabaseAddress:
    """An archive with two articles, which the replica has."""
    with Archive.open(database, HashedWords(), write=True) as archive:
        for number in (1, 2):
            put(archive, invented(number))
    replica.caught_up()
    return database


def opened(written: DatabaseAddress, *replicas: DatabaseAddress, home: Path, write: bool = False) -> Archive:
    return Archive.open(written, HashedWords(), write=write, beside=home, replicas=replicas)


def reads_at(archive: Archive) -> int:
    """The port of the server that an archive is read at now."""
    with archive._engine.snapshot() as connection:
        (port,) = connection.execute("SELECT inet_server_port()").fetchone()
        return int(port)


def test_a_fresh_replica_is_read_and_a_write_of_this_machine_is_waited_for_at_the_primary(
    written: DatabaseAddress, replica: PostgresReplica, postgres: PostgresServer, tmp_path: Path
) -> None:
    at = replica.address(written)
    with opened(written, at, home=tmp_path) as reader, opened(written, home=tmp_path / "other") as elsewhere:
        replica.caught_up()
        assert reads_at(reader) == replica.port
        assert [one.id for one in reader.articles()] == ["a1", "a2"]
        replica.replay(on=False)
        try:
            with opened(written, at, home=tmp_path, write=True) as writer:  # another process of this machine
                put(writer, invented(3))
                assert reads_at(writer) == postgres.port  # what is compared is going to be written
            assert reads_at(reader) == postgres.port
            assert reader.article("a3") == invented(3)
            (lag,) = reader.status().engine.replicas
            assert (lag.name, lag.fault) == (str(at), None)
            assert lag.bytes
            assert elsewhere.article("a3") == invented(3)
        finally:
            replica.replay(on=True)
        replica.caught_up()
        assert reads_at(reader) == replica.port


def test_what_was_told_as_the_newest_is_seen_by_all_that_this_machine_asks_later(
    written: DatabaseAddress, replica: PostgresReplica, postgres: PostgresServer, tmp_path: Path
) -> None:
    with opened(written, replica.address(written), home=tmp_path) as reader:
        before = reader.position()
        replica.caught_up()
        replica.replay(on=False)
        try:
            with opened(written, home=tmp_path / "other", write=True) as writer:  # another machine
                put(writer, invented(3))
            assert reads_at(reader) == replica.port  # which this one need not know
            assert reader.position() != before
            assert reads_at(reader) == postgres.port
        finally:
            replica.replay(on=True)


def test_an_answer_is_of_one_snapshot_and_never_goes_back(
    written: DatabaseAddress, replica: PostgresReplica, tmp_path: Path
) -> None:
    async def answer(reader: Archive, writer: Archive) -> list[list[str]]:
        def ids() -> list[str]:
            return [one.id for one in reader.articles()]

        def twice() -> list[str]:
            first = ids()
            put(writer, invented(3))
            replica.caught_up()
            return first if first == ids() else ["changed"]

        reader.begin_answer()
        looked = await asyncio.to_thread(reader.at_once, twice)
        replica.stop()
        return [looked, await asyncio.to_thread(reader.at_once, ids)]

    with (
        opened(written, replica.address(written), home=tmp_path) as reader,
        opened(written, home=tmp_path / "other", write=True) as writer,
    ):
        replica.caught_up()
        try:
            assert asyncio.run(answer(reader, writer)) == [["a1", "a2"], ["a1", "a2", "a3"]]
        finally:
            replica.start()


def test_a_replica_that_is_killed_within_a_question_is_passed_over_and_told(
    written: DatabaseAddress, replica: PostgresReplica, postgres: PostgresServer, tmp_path: Path
) -> None:
    ports: list[int] = []
    with opened(written, replica.address(written), home=tmp_path) as reader:
        replica.caught_up()

        def read() -> list[str]:
            ports.append(reads_at(reader))
            if len(ports) == 1:
                replica.stop()
            return [one.id for one in reader.articles()]

        try:
            assert reader.at_once(read) == ["a1", "a2"]
            assert ports == [replica.port, postgres.port]
            (lag,) = reader.status().engine.replicas
            assert lag.bytes is None
            assert "no connection" in _behind(lag)
        finally:
            replica.start()


def test_an_index_is_told_by_who_builds_it_and_searched_wherever_it_is(
    written: DatabaseAddress, replica: PostgresReplica, tmp_path: Path
) -> None:
    with (
        opened(written, replica.address(written), home=tmp_path) as reader,
        Archive.open(written, HashedWords(), write=True, index_from=1) as writer,
        connect(written) as long,
    ):
        long.execute(b"BEGIN ISOLATION LEVEL REPEATABLE READ")  # which a build waits for
        long.execute(b"UPDATE dateline.meta SET value = value WHERE key = 'letters'")
        exact = reader.search_vectors(ASKED, limit=8)
        assert writer.tend() is None
        until(lambda: reader.status().index.state == "building")
        replica.caught_up()
        assert reads_at(reader) == replica.port
        told = reader.status().index
        assert (told.state, (told.reason or "").partition("% ")[2]) == ("building", "done")
        long.execute(b"ROLLBACK")
        until(lambda: writer.status().index.state == "ready")
        replica.caught_up()
        assert reads_at(reader) == replica.port
        assert reader.status().index.state == "ready"
        assert reader.search_vectors(ASKED, limit=8) == exact


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_another_database_is_no_replica(
    written: DatabaseAddress, postgres: PostgresServer, tmp_path: Path
) -> None:
    other = postgres.address("postgres")
    with opened(written, other, home=tmp_path) as reader:
        assert [one.id for one in reader.articles()] == ["a1", "a2"]
        (lag,) = reader.status().engine.replicas
        fault = "is no replica of the archive's database, expected one"
        assert lag == ReplicaLag(str(other), None, None, fault)


def test_a_replica_given_as_the_writer_is_one_line(
    written: DatabaseAddress, replica: PostgresReplica
) -> None:
    with pytest.raises(ArchiveError, match="is a replica, which can only be read; expected the primary"):
        Archive.open(replica.address(written), HashedWords(), write=True)


def test_replicas_are_set_as_several_addresses_and_shown_without_passwords(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "settings.toml").write_text(
        'archive = "postgresql://a/news"\n'
        f'archive_replicas = ["postgresql://me:{PASSWORD}@b/news", "postgresql://c/news"]\n'
    )
    settings = load_settings({"home": tmp_path})
    assert effective(settings)["archive_replicas"] == "postgresql://me@b/news, postgresql://c/news"
    assert PASSWORD not in repr(settings)
    monkeypatch.setenv("DATELINE_ARCHIVE_REPLICAS", "postgresql://d/news, postgresql://e/news")
    assert [one.url for one in load_settings({"home": tmp_path}).archive_replicas] == [
        "postgresql://d/news",
        "postgresql://e/news",
    ]
    with pytest.raises(BadSetting, match="expected an address such as postgresql://"):
        load_settings({"home": tmp_path, "archive_replicas": f"mysql://me:{PASSWORD}@d/news"})
