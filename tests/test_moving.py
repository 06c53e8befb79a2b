"""An archive moved from one engine to the other is the same archive, and a move that broke off goes on."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from archive_fakes import HashedWords, faults, invented, put

from bot.follows.book import FollowBook
from bot.follows.database import LAYOUT as FOLLOWS
from bot.follows.database import open_follows
from bot.follows.records import FollowRequest
from bot.http.access.key_table import copy_keys, keys_of
from bot.telegram.updates.database import LAYOUT as TELEGRAM
from bot.telegram.updates.database import open_database
from bot.telegram.updates.inbox import Inbox
from index.errors import ArchiveError
from index.feeds.records import FeedItem
from index.fetching.records import PageVersion, Validators
from index.records import Article
from index.retrieval.agreement import agreement, questions_of
from index.storage.archive import Archive, Cited
from index.storage.engine import ArchiveHome
from index.storage.feeds import FeedMemory
from index.storage.moving import both_opened, copy
from index.storage.postgres.address import DatabaseAddress
from index.storage.side_moving import copy_side
from index.storage.tables import prove

NOW = datetime(2026, 1, 2, tzinfo=UTC)
ARTICLES = 130  # more than a move copies at once


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive in a file that has a row of every kind."""
    home = tmp_path / "home"
    with Archive.open(home, HashedWords(), write=True) as archive:
        for number in range(ARTICLES):
            put(archive, invented(number, sentences=2))
        put(archive, invented(3, sentences=2, edition=1))
        put(archive, replace(invented(4, sentences=2), id="copy", outlet="Wałęsa Post"))
        archive.remove("a5")
        feed = FeedMemory(home).add("https://x.test/rss", "rss", "X", now=NOW)
        page = PageVersion("https://x.test/1", Validators("e", None))
        archive.keep_source(invented(1), page=page, item=FeedItem(feed.number, "i", article="a1"))
        archive.keep_edition("a1", "2020-01-01T00:00:00")
        cited = Cited("a3", invented(3, sentences=2).revision, 40, 120)
        archive.log("Who?", status="answered", cited=[cited])
    return home


def articles_of(home: ArchiveHome) -> list[Article]:
    with Archive.open(home) as archive:
        return list(archive.articles())


def moved(source: ArchiveHome, target: ArchiveHome) -> None:
    with both_opened(source, target) as (old, new):
        copy(old, new)
        proofs = prove(old, new)
        assert [one for one in proofs if not one.same or one.rows != one.copied] == []
        assert {one.table for one in proofs if one.rows} >= {"vectors", "quoted", "feed_items", "pages"}
        archives = Archive(old), Archive(new)
        found = agreement(*archives, HashedWords(), questions_of(archives[0], 20))
        assert (found.asked, found.differing) == (20, ())


def test_there_and_back_it_is_the_same_archive(home: Path, database: DatabaseAddress, tmp_path: Path) -> None:
    moved(home, database)
    moved(database, tmp_path / "back")
    assert articles_of(home) == articles_of(database) == articles_of(tmp_path / "back")
    for place in (database, tmp_path / "back"):
        assert faults(place) == []
        with Archive.open(place, HashedWords(), write=True) as archive:
            assert put(archive, invented(200)) == "added"  # under numbers of its own
            assert len(archive.changed()) == 1
            archive.remove("a3")
            assert archive.status().questions == 0


def test_what_is_kept_beside_it_comes_along_and_goes_on(
    home: Path, database: DatabaseAddress, tmp_path: Path
) -> None:
    with closing(open_follows(home)) as tables:
        FollowBook(tables).add("home", FollowRequest("Who?", webhook="https://x.test"), now=NOW)
    with closing(open_database(home)) as tables:
        Inbox(tables).take([(1, "-5", {"text": "Who?"})], bot=1)
    with closing(keys_of(home)) as keys:
        token = keys.add("newsroom")
    for source, target in ((home, database), (database, tmp_path / "back"), (home, database)):
        proofs = [*copy_side(source, target, FOLLOWS), *copy_side(source, target, TELEGRAM)]
        proofs.append(copy_keys(source, target))
        assert all(one.same for one in proofs)
        assert {one.table for one in proofs if one.rows} == {"follows follows", "telegram updates", "keys"}
    for place in (database, tmp_path / "back"):
        with closing(keys_of(place)) as keys:
            assert keys.match(token)
        with closing(open_database(place)) as tables:
            assert len(Inbox(tables).take([(2, "-5", {"text": "When?"})], bot=1)) == 1
            assert [one.number for one in Inbox(tables).waiting()] == [1, 2]
    assert copy_side(tmp_path / "none", database, FOLLOWS) == []


def test_a_move_that_broke_off_goes_on_and_cannot_be_read_before(
    home: Path, database: DatabaseAddress
) -> None:
    class Killed(Exception):
        pass

    def kill(done: int, total: int) -> None:
        if done >= 100:
            raise Killed

    with pytest.raises(Killed), both_opened(home, database) as (old, new):
        copy(old, new, tell=kill)
    with pytest.raises(ArchiveError, match="only a part of an archive was copied here"):
        Archive.open(database)
    told: list[int] = []
    with both_opened(home, database) as (old, new):
        copy(old, new, tell=lambda done, total: told.append(done))
        assert all(one.same for one in prove(old, new))
    assert told == [100, ARTICLES]
    moved(home, database)  # again: it is all there


def test_a_copy_that_was_changed_is_found_out(home: Path, database: DatabaseAddress) -> None:
    with both_opened(home, database) as (old, new):
        copy(old, new)
        with new.transaction() as connection:
            connection.execute("UPDATE revisions SET body = body || ? WHERE number = 2", (".",))
        assert [one.table for one in prove(old, new) if not one.same] == ["revisions"]


def test_another_archive_is_not_moved_over(home: Path, database: DatabaseAddress) -> None:
    with Archive.open(database, HashedWords(), write=True) as archive:
        put(archive, invented(1))
    with pytest.raises(ArchiveError, match="which is no copy of"), both_opened(home, database):
        pass
    with pytest.raises(ArchiveError, match="moved into itself"), both_opened(home, home):
        pass
    assert len(articles_of(database)) == 1
