"""The soak: writers and servers of PostgreSQL killed, connections dropped, disks filled; nothing lost.

Last run, 2026-11-29, at a load of 16 to 24 on two cores, --scale 1.0: 23 kills of a writer, 199 articles
acknowledged, 42 removed; 11 kills of the server during an add, 136 acknowledged, 27 removed: nothing lost,
half there, or found after its removal. 5 kills of a server that three threads ask: 33 answers, none wrong.
Full disks: 808 articles acknowledged, and 648 with the log's disk full, too; none lost.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from archive_fakes import HashedWords, faults, invented, put, question
from dropping_proxy import DroppingProxy
from kill_parts import COUNT, Ledger, When, after, finished, said, work
from postgres_server import PostgresServer, ServerMissing
from small_disk import small_disk

from index.articles.draft import Found
from index.errors import ArchiveError, ArchiveFull, ConnectionLost
from index.storage.again import once_more
from index.storage.archive import Archive
from index.storage.ingest import ingest
from index.storage.postgres.address import DatabaseAddress
from index.storage.records import Match

ASKED = question("the ferry of Tull was sold")


# Connections that drop


@pytest.fixture
def proxy(postgres: PostgresServer) -> Iterator[DroppingProxy]:
    with DroppingProxy(postgres.port) as one:
        yield one


def test_a_read_whose_connection_drops_is_tried_again(
    database: DatabaseAddress, proxy: DroppingProxy
) -> None:
    with Archive.open(database, HashedWords(), write=True) as writer:
        for number in range(3):
            put(writer, invented(number))
        expected = writer.search_vectors(ASKED, limit=5), writer.search_words(["ferry"], limit=5)
    with Archive.open(proxy.before(database), HashedWords()) as reader:
        for statement in (b"BEGIN", b"vector_send", b"COMMIT"):
            proxy.drop(statement, "before")
            assert reader.search_vectors(ASKED, limit=5) == expected[0]
            proxy.drop(statement.replace(b"vector_send", b"FROM words"), "behind")
            assert reader.search_words(["ferry"], limit=5) == expected[1]
    assert proxy.dropped == 6


def test_what_is_read_at_once_is_tried_again_as_a_whole_and_only_once(
    database: DatabaseAddress, proxy: DroppingProxy
) -> None:
    with Archive.open(database, HashedWords(), write=True) as writer:
        for number in range(3):
            put(writer, invented(number))
        expected = writer.search_words(["ferry"], limit=5)
        assert expected
    with Archive.open(proxy.before(database), HashedWords()) as reader:
        tries, drops = 0, 1

        def read() -> list[Match]:
            nonlocal tries
            tries += 1
            assert len(reader.search_vectors(ASKED, limit=5)) == 5
            if tries <= drops:
                proxy.drop(b"FROM words", "before")
            return reader.search_words(["ferry"], limit=5)

        assert reader.at_once(read) == expected
        assert tries == 2
        tries, drops = 0, 9
        with pytest.raises(ConnectionLost, match="nothing is there by half"):
            reader.at_once(read)
        assert tries == 2
        assert reader.search_words(["ferry"], limit=5) == expected
    assert proxy.dropped == 3


def test_a_read_within_another_is_not_tried_again_by_itself() -> None:
    tries: list[str] = []

    @once_more
    def inner() -> None:
        tries.append("inner")
        raise ConnectionLost("the server is gone")

    @once_more
    def outer() -> None:
        tries.append("outer")
        inner()

    with pytest.raises(ConnectionLost):
        outer()
    assert tries == ["outer", "inner"] * 2


def test_a_batch_whose_connection_drops_says_whether_it_went_in(
    database: DatabaseAddress, proxy: DroppingProxy
) -> None:
    with Archive.open(proxy.before(database), HashedWords(), write=True) as archive:
        proxy.drop(b"INSERT INTO vectors", "before")
        with pytest.raises(ConnectionLost, match="nothing is there by half"):
            put(archive, invented(1))
        proxy.drop(b"COMMIT", "before")
        with pytest.raises(ConnectionLost, match="the last change was not stored"):
            put(archive, invented(1))
        assert archive.status().articles == 0
        proxy.drop(b"COMMIT", "behind")
        assert put(archive, invented(1)) == "added"  # the server had it, and said so when asked again
        assert archive.status().articles == 1
        assert put(archive, invented(2)) == "added"
    assert proxy.dropped == 3
    assert faults(database) == []


# Kills


@pytest.fixture(scope="module")
def durable() -> Iterator[PostgresServer]:
    """A server that keeps what it has acknowledged, whatever is killed."""
    try:
        server = PostgresServer("synchronous_commit=on", "full_page_writes=on")
    except ServerMissing as exc:
        pytest.skip(str(exc))
    yield server
    server.close()


@pytest.fixture
def home(durable: PostgresServer) -> DatabaseAddress:
    return durable.address(durable.database())


def moment(ledger: Ledger, turn: int, chance: random.Random, *, between: tuple[float, float]) -> When:
    """When to kill in a turn: of three twice after so many seconds, else when it says what it has done."""
    words = ("added c", "removing ", "removed ", "updated a")[turn % 4]
    return after(chance.uniform(*between)) if turn % 3 else said(ledger, words, nth=2, delay=0.01)


@pytest.mark.soak
def test_kills_of_a_writer_lose_nothing(
    home: DatabaseAddress, figure: Callable[[str], None], many: Callable[[int], int]
) -> None:
    ledger, chance = Ledger(), random.Random(24)
    for turn in range(many(24)):
        number = (signal.SIGKILL, signal.SIGTERM)[turn % 2]
        when = moment(ledger, turn, chance, between=(0.5, 4))
        work(ledger, home, when=when, end=lambda child, number=number: child.send_signal(number))
        ledger.judge(home)
        finished(ledger)
    work(ledger, home, when=lambda: False, end=lambda child: None)
    ledger.judge(home)
    assert finished(ledger), "left alone, it finishes"
    figure(ledger.figure("kills of a writer over PostgreSQL"))
    assert (ledger.lost, ledger.half_there, ledger.found_again, ledger.silent) == (0, 0, 0, 0)


@pytest.mark.soak
def test_kills_of_the_server_during_an_add_lose_nothing(
    durable: PostgresServer, home: DatabaseAddress, figure: Callable[[str], None], many: Callable[[int], int]
) -> None:
    ledger, chance = Ledger(), random.Random(24)

    def kill(child: subprocess.Popen[str]) -> None:
        durable.kill()
        child.wait()
        durable.start("synchronous_commit=on", "full_page_writes=on")

    for turn in range(many(12)):
        when = moment(ledger, turn, chance, between=(1, 5))
        work(ledger, home, when=when, end=kill, may_fail="index.errors.")
        ledger.judge(home)
        finished(ledger)
    work(ledger, home, when=lambda: False, end=lambda child: None)
    ledger.judge(home)
    assert finished(ledger), "the next command works without help"
    assert ledger.kills, "those that finish before their moment are not killed"
    figure(ledger.figure("kills of the database server during an add"))
    assert (ledger.lost, ledger.half_there, ledger.found_again, ledger.silent) == (0, 0, 0, 0)


@pytest.mark.soak
def test_a_server_killed_while_it_is_asked_answers_right_or_not_at_all(
    durable: PostgresServer, home: DatabaseAddress, figure: Callable[[str], None], many: Callable[[int], int]
) -> None:
    with Archive.open(home, HashedWords(), write=True) as archive:
        ingest(archive, HashedWords(), (Found(invented(n), f"line {n}", ()) for n in range(COUNT)))
    answers, errors, ended = count(), count(), threading.Event()
    wrong: list[object] = []
    with Archive.open(home, HashedWords()) as reader:
        expected = reader.search_vectors(ASKED, limit=20), reader.search_words(["ferry", "tull"], limit=20)

        def ask() -> None:
            while not ended.is_set():
                try:
                    found = (
                        reader.search_vectors(ASKED, limit=20),
                        reader.search_words(["ferry", "tull"], limit=20),
                    )
                except ArchiveError:
                    next(errors)
                    continue
                next(answers)
                wrong.extend([] if found == expected else [found])

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        for _ in range(many(5)):
            time.sleep(1)
            durable.kill()
            time.sleep(0.5)
            durable.start("synchronous_commit=on", "full_page_writes=on")
        time.sleep(1)
        ended.set()
        for thread in threads:
            thread.join()
        assert reader.search_vectors(ASKED, limit=20) == expected[0], "the same reader goes on"
    given, refused = next(answers), next(errors)
    figure(f"{many(5)} kills of a server that three threads ask: {given:,} answers, {len(wrong)} of them"
           f" wrong; {refused} errors")  # fmt: skip
    assert not wrong
    assert given > 10


# Full disks


@pytest.fixture
def outside() -> Iterator[Path]:
    """A folder that another user can come to; that of pytest's is closed to others."""
    with tempfile.TemporaryDirectory(prefix="dateline-disk-") as folder:
        yield Path(folder)


@pytest.mark.soak
@pytest.mark.parametrize("log_too", [False, True])
def test_a_full_disk_of_the_server_loses_nothing(
    outside: Path, *, log_too: bool, figure: Callable[[str], None]
) -> None:
    """The tables' disk is full, or that of the write-ahead log, too, when the server itself gives up."""
    outside.chmod(0o755)  # the server is another user's
    with small_disk(outside / "disk", megabytes=320) as disk:
        inside = disk.folder / "server"
        inside.mkdir()
        settings = ("synchronous_commit=on", "full_page_writes=on", "max_wal_size=64MB", "min_wal_size=32MB")
        try:
            server = PostgresServer(*settings, folder=inside if log_too else None)
        except ServerMissing as exc:
            pytest.skip(str(exc))
        try:
            home = server.address(server.database())
            if not log_too:
                as_server(inside)
                with server.connected("postgres") as connection:
                    connection.execute(f"CREATE TABLESPACE small LOCATION '{inside}'")
                    connection.execute(f"ALTER DATABASE {home.url.rpartition('/')[2]} SET TABLESPACE small")
            told: list[str] = []
            add_on(home, told, most=40)
            for room in (0, 300_000, 2_000_000, 6_000_000):
                disk.fill(leave=room)
                with pytest.raises(ArchiveError) as caught:
                    add_on(home, told, most=5_000)
                assert isinstance(caught.value, ArchiveFull | ConnectionLost), caught.value
                assert log_too or isinstance(caught.value, ArchiveFull)
                disk.free()
                if log_too:
                    restart(server, settings)
                with Archive.open(home, HashedWords()) as archive:
                    assert set(told) <= {one.id for one in archive.articles()}
                    assert not told or len(archive.search_words(["ferry"], limit=1)) == 1
                assert faults(home) == []
            figure(f"full disk ({'with' if log_too else 'without'} the log's): {len(told)} articles"
                   " acknowledged, 0 lost, 0 half there")  # fmt: skip
        finally:
            server.close()


def add_on(home: DatabaseAddress, told: list[str], *, most: int) -> None:
    """Add articles that are new, and write down those that are told as stored."""
    first = len(told)
    with Archive.open(home, HashedWords(), write=True) as archive:
        found = (Found(invented(n), f"line {n}", ()) for n in range(first, first + most))
        ingest(archive, HashedWords(), found, progress=lambda one: told.append(str(one.article)))


def as_server(folder: Path) -> None:
    """Give a folder to the user that the server runs as."""
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody", "nogroup")


def restart(server: PostgresServer, settings: tuple[str, ...]) -> None:
    """Start a server that has given up; one that comes back by itself is waited for."""
    end = time.monotonic() + 60
    while True:
        try:
            server.connected("postgres").close()
            return
        except psycopg.OperationalError as exc:
            comes_back = "the database system is" in str(exc)  # starting up, in recovery, …
            if comes_back and time.monotonic() > end:
                raise
        if not comes_back:
            server.start(*settings)
            return
        time.sleep(0.2)
