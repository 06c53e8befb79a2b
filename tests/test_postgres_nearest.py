"""The nearest-neighbour index over PostgreSQL: built beside everything else, and no hit is lost by it."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest
from archive_fakes import HashedWords, invented, put, question
from postgres_server import PostgresServer

from eval.speed.growth_fill import packed_vectors
from index.encoding.encoder import Vectors
from index.records import Filters
from index.storage.archive import Archive
from index.storage.exact import Integers
from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.connecting import connect
from index.storage.postgres.nearest import _DROP, Work
from index.storage.records import IndexHealth, Match

FROM = 100  # passages, of which an invented article has four
ASKED = [question(f"the {thing} of Tull was sold") for thing in ("ferry", "granary", "orchard")]
PLAN = "SELECT count(*) FROM pg_stat_user_indexes WHERE indexrelname = 'vectors_nearest' AND idx_scan > 0"


def opened(database: DatabaseAddress) -> Archive:
    return Archive.open(database, HashedWords(), write=True, index_from=FROM)


def fill(archive: Archive, numbers: range) -> None:
    with archive.batch():
        for number in numbers:
            put(archive, invented(number))


def until(archive: Archive, state: str) -> IndexHealth:
    """The index's health once it is in a state; meanwhile one adds, which is nothing but `tend` here."""
    end = time.monotonic() + 60
    while (health := archive.status().index).state != state:
        assert archive.tend() is None
        assert time.monotonic() < end, health
        time.sleep(0.02)
    return health


def found(archive: Archive, filters: Filters) -> list[list[Match]]:
    return [archive.search_vectors(one, limit=20, filters=filters) for one in ASKED]


def sorts_after_a_search(archive: Archive) -> str:
    """Whether what is read next of the same snapshot may be sorted."""
    assert found(archive, Filters())
    with archive._engine.snapshot() as connection:
        (setting,) = connection.execute("SHOW enable_sort").fetchone()
        return str(setting)


FILTERS = (Filters(), Filters(outlet=("tull courier",)), Filters(until="2020-06"), Filters(outlet=("none",)))


def test_an_index_comes_with_size_and_finds_what_exact_search_finds(
    database: DatabaseAddress, postgres: PostgresServer
) -> None:
    with opened(database) as archive:
        fill(archive, range(20))
        assert archive.tend() is None
        assert archive.status().index == IndexHealth("none", 0, archive.passage_total())
        fill(archive, range(20, 60))
        exact = [found(archive, filters) for filters in FILTERS]
        assert archive.tend() is None
        assert until(archive, "ready") == IndexHealth("ready", archive.passage_total(), 0)
        assert archive.tend() is None
        with Archive.open(database, HashedWords(), index_from=FROM) as reader:
            for filters, before in zip(FILTERS, exact, strict=True):
                after = found(reader, filters)
                assert [[one.seq for one in some] for some in after] == [
                    [one.seq for one in some] for some in before
                ]
            assert reader.at_once(lambda: sorts_after_a_search(reader)) == "on"
        fill(archive, range(60, 70))
        archive.remove("a3")
        known = {
            one.article.id for one in archive.passages([one.seq for one in found(archive, Filters())[0]])
        }
        assert known <= {one.id for one in archive.articles()}
    with postgres.connected(database.url.rpartition("/")[2]) as connection:
        assert connection.execute(PLAN).fetchone() == (1,), "it was used"


def drawn(database: DatabaseAddress, count: int) -> tuple[Integers, Vectors]:
    """So many passages with random vectors, each tenth of another outlet; their numbers and vectors."""
    Archive.open(database, HashedWords(), write=True).close()
    vectors = np.random.default_rng(24).standard_normal((count, HashedWords.dimensions)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    seqs = np.arange(1, count + 1)
    with connect(database) as raw:
        raw.execute(b"SET search_path = dateline, public; SET session_replication_role = replica")
        raw.execute(
            b"INSERT INTO articles (number, id, revision, title, outlet_folded, origin, added_at)"
            b" SELECT n, n, n, n, CASE n WHEN 0 THEN 'few' ELSE 'many' END, n, n"
            b" FROM generate_series(0, 9) AS n"
        )
        raw.execute(
            b'INSERT INTO passages (seq, article, revision, number, start, "end", sentences, input)'
            b" SELECT n, n % 10, n % 10, n, 0, 1, '[]', n FROM generate_series(1, $1) AS n",
            (count,),
        )
        with raw.cursor().copy(b"COPY vectors (seq, vector) FROM STDIN (FORMAT BINARY)") as copy:
            copy.write(packed_vectors(seqs, vectors))
    return seqs, vectors


def test_a_filter_that_lets_most_pass_is_searched_by_the_index_and_another_exactly(
    database: DatabaseAddress,
) -> None:
    seqs, vectors = drawn(database, 6_000)
    with opened(database) as archive:
        until(archive, "ready")
        for outlet, of, least, used in (("many", seqs % 10 > 0, 0.9, 1), ("few", seqs % 10 == 0, 1.0, 0)):
            before, hits = scans(database), 0
            for one in vectors[:5]:
                near = seqs[of][np.argsort(-(vectors[of] @ one))[:20]]
                some = archive.search_vectors(one, limit=20, filters=Filters(outlet=(outlet,)))
                hits += len({match.seq for match in some} & set(near.tolist()))
            assert hits >= least * 5 * 20
            assert scans(database) - before == 5 * used


def scans(database: DatabaseAddress) -> int:
    """How often the index was searched; what a connection counted is told when it ends."""
    with connect(database) as raw:
        raw.execute(b"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"  # it waits so long
                    b" WHERE datname = current_database() AND pid <> pg_backend_pid()")  # fmt: skip
        (times,) = raw.execute(
            b"SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'vectors_nearest'"
        ).fetchone() or (0,)
        return int(times)


@pytest.fixture
def hold(database: DatabaseAddress) -> Callable[[], Callable[[], None]]:
    """Keeps an index from being finished, as a long transaction does, until it is let go."""

    def held() -> Callable[[], None]:
        raw = connect(database)
        raw.execute(b"BEGIN ISOLATION LEVEL REPEATABLE READ")
        raw.execute(b"UPDATE dateline.meta SET value = value WHERE key = 'letters'")
        return raw.close

    return held


def test_nobody_waits_for_a_build(database: DatabaseAddress, hold: Callable[[], Callable[[], None]]) -> None:
    with opened(database) as archive:
        fill(archive, range(40))
        let_go = hold()
        assert archive.tend() is None
        assert until(archive, "building").indexed == 0
        assert put(archive, invented(41)) == "added"
        assert len(found(archive, Filters())[0]) == 20
    with opened(database) as archive:  # the one that asked for it is gone
        assert archive.tend() is None
        assert archive.status().index.state == "building"
        let_go()
        until(archive, "ready")
        matches = archive.search_vectors(ASKED[0], limit=500)
        assert len(matches) == archive.passage_total(), "what was added meanwhile is in it"


def test_a_removal_ends_a_build_and_a_broken_build_is_begun_anew(
    database: DatabaseAddress, hold: Callable[[], Callable[[], None]]
) -> None:
    with opened(database) as archive:
        fill(archive, range(40))
        let_go = hold()
        assert archive.tend() is None
        until(archive, "building")
        archive.remove("a7")
        health = archive.status().index
        assert (health.state, health.reason) == ("building", "broken off; whoever adds next begins it anew")
        assert len(found(archive, Filters())[0]) == 20
        why_not = archive.tend()
        assert why_not and why_not.startswith("searching without an index, which could not be built: ")
        let_go()
    with opened(database) as archive:
        assert until(archive, "ready").indexed == archive.passage_total()


def test_an_index_that_is_whole_after_all_is_not_dropped(database: DatabaseAddress) -> None:
    # Of a build that is just ending the server forgets who built before it says that the index is whole.
    with opened(database) as archive:
        fill(archive, range(40))
        until(archive, "ready")
        index = archive._engine.passages.index
        assert index.ask_for(Work("SELECT 1", _DROP)) is None
        assert index._working is None, "the server was asked for nothing"
        assert archive.status().index.state == "ready"
