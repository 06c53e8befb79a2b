"""An archive whose vectors and words are on other servers: the same answers, and none where one is gone.

The soak's last run, 2026-11-29, at a load of 20 on two cores, --scale 1.0: 10 kills of a shard that three
threads ask: 36 answers, none wrong; 4,001 errors, each of one line; every row was there afterwards.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from archive_fakes import HashedWords, faults, invented, put, question
from postgres_server import PostgresServer, ServerMissing

from eval.speed.growth_shards import split
from index.errors import ArchiveError
from index.records import Filters
from index.storage.archive import Archive
from index.storage.postgres.address import DatabaseAddress
from index.storage.records import Match

ASKED = [question(f"the {thing} of Tull was sold") for thing in ("ferry", "granary", "orchard")]
FILTERS = (Filters(), Filters(outlet=("tull courier",)), Filters(until="2020-06"), Filters(outlet=("none",)))
ARTICLES, BEGIN = 20, 990  # 80 passages, numbered so that they are in two buckets
INDEXED = 50
SOUND = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")


def filled(home: DatabaseAddress, *, index_from: int) -> None:
    """Invented articles, with an index where it is due."""
    with Archive.open(home, HashedWords(), write=True, index_from=index_from) as archive:
        with archive.batch():
            with archive._engine.transaction() as connection:
                connection.execute("SELECT setval(pg_get_serial_sequence('passages', 'seq'), ?)", (BEGIN,))
            for number in range(ARTICLES):
                put(archive, invented(number))
        end = time.monotonic() + 60
        while archive.tend() is None and archive.passage_total() >= index_from:
            if archive.status().index.state == "ready":
                return
            assert time.monotonic() < end
            time.sleep(0.05)


def found(archive: Archive) -> list[list[Match]]:
    """What each question finds by its vector, and by words."""
    near = [archive.search_vectors(one, limit=20, filters=filters) for filters in FILTERS for one in ASKED]
    worded = [archive.search_words(["ferry", "tull"], limit=20, filters=filters) for filters in FILTERS]
    return [*near, *worded]


@pytest.mark.parametrize("index_from", [10**9, INDEXED])
def test_an_archive_over_shards_gives_the_same_answers(postgres: PostgresServer, index_from: int) -> None:
    whole = postgres.address(postgres.database())
    filled(whole, index_from=index_from)
    with Archive.open(whole, HashedWords()) as archive:
        expected = found(archive)
    shards = [postgres.address(f"{name}_of_{whole.url.rpartition('/')[2]}") for name in ("one", "other")]
    coordinator = split(whole, shards)
    with Archive.open(coordinator, HashedWords()) as archive:
        assert found(archive) == expected
        assert archive.status().index.state == ("ready" if index_from == INDEXED else "none")
    for one in shards:
        with postgres.connected(one.url.rpartition("/")[2]) as connection:
            rows = connection.execute("SELECT count(*) FROM dateline.vectors").fetchone()
            assert rows is not None
            assert rows[0] > 30, "each has a part"


@pytest.fixture
def shard() -> Iterator[PostgresServer]:
    """Another server, which keeps what it has."""
    try:
        server = PostgresServer(*SOUND)
    except ServerMissing as exc:
        pytest.skip(str(exc))
    yield server
    server.close()


@pytest.mark.soak
def test_a_shard_that_is_killed_makes_errors_and_never_half_an_answer(
    postgres: PostgresServer,
    shard: PostgresServer,
    figure: Callable[[str], None],
    many: Callable[[int], int],
) -> None:
    whole = postgres.address(postgres.database())
    filled(whole, index_from=10**9)
    with Archive.open(whole, HashedWords()) as archive:
        expected = found(archive)
    here = postgres.address(f"shard_of_{whole.url.rpartition('/')[2]}")
    coordinator = split(whole, [here, shard.address("shard")])
    right: list[bool] = []
    refused: list[str] = []
    ended = threading.Event()
    with Archive.open(coordinator, HashedWords()) as reader:

        def ask() -> None:
            while not ended.is_set():
                try:
                    told = found(reader)
                except ArchiveError as exc:
                    refused.append(str(exc))
                    time.sleep(0.05)
                    continue
                right.append(told == expected)

        def answered(more: int) -> None:
            """Wait until so many more answers have come."""
            begun, end = len(right), time.monotonic() + 120
            while len(right) < begun + more:
                assert time.monotonic() < end, refused[-1:]
                time.sleep(0.01)

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        for _ in range(many(10)):
            answered(3)
            shard.kill()
            with pytest.raises(ArchiveError, match="a part of it"):
                found(reader)
            shard.start(*SOUND)
        answered(3)
        ended.set()
        for thread in threads:
            thread.join()
        assert found(reader) == expected, "the same reader goes on"
    assert faults(coordinator) == []
    figure(f"{many(10)} kills of a shard that three threads ask: {len(right):,} answers, "
           f"{right.count(False)} of them wrong; {len(refused)} errors")  # fmt: skip
    assert all(right)
    assert refused
    assert all("\n" not in one and "shard_1" in one for one in refused), refused
