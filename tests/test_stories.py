"""Articles that tell one story are found together from any of them, copies as one origin."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from archive_fakes import HashedWords, invented, put
from test_later import APOLOGY, CLAIM, COPY, VOTE

from index.errors import NotInArchive
from index.storage.archive import Archive
from index.storage.engine import ArchiveHome
from index.storage.postgres.address import DatabaseAddress

ALONE = invented(3)
REPRINT = replace(APOLOGY, id="reprint", outlet="Evening Post", published="2021-03-09")


@pytest.fixture
def archive(somewhere: ArchiveHome) -> Iterator[Archive]:
    with Archive.open(somewhere, HashedWords(), write=True) as archive:
        for article in (VOTE, COPY, CLAIM, REPRINT, APOLOGY, ALONE):
            put(archive, article)
        yield archive


def told(archive: Archive, article_id: str) -> list[tuple[str, bool]]:
    return [(one.article.id, one.retracts) for one in archive.story(article_id)]


@pytest.mark.parametrize(
    ("article", "story"),
    [
        ("claim", ["claim", "apology", "vote"]),
        ("copy", ["copy", "apology", "vote"]),
        ("reprint", ["claim", "reprint", "vote"]),
        ("vote", ["claim", "apology", "vote"]),
        (ALONE.id, [ALONE.id]),
    ],
)
def test_a_story_is_found_from_each_of_its_articles_which_stands_for_its_own_copies(
    archive: Archive, article: str, story: list[str]
) -> None:
    assert [one for one, _ in told(archive, article)] == story


def test_what_takes_back_says_so_in_the_story_and_in_the_list_of_stories(archive: Archive) -> None:
    assert told(archive, "vote") == [("claim", False), ("apology", True), ("vote", False)]
    assert ("reprint", True) in told(archive, "reprint")
    assert archive.stories() == ([archive.story("claim")], 1)


def test_of_a_retraction_and_its_reprint_the_outlets_own_takes_back_whichever_came_first(
    archive: Archive,
) -> None:
    assert [(one.article.id, one.retracts) for one in archive.later("claim")] == [
        ("apology", True),
        ("vote", False),
    ]


def test_a_story_of_which_one_article_is_left_is_none(archive: Archive) -> None:
    archive.remove_all(["claim", "copy", "apology", "reprint"])
    assert told(archive, "vote") == [("vote", False)]
    assert archive.stories() == ([], 0)
    with pytest.raises(NotInArchive, match="no article 'claim'"):
        archive.story("claim")


def test_an_archive_that_was_made_before_there_were_stories_has_none(archive: Archive) -> None:
    archive.close()
    if isinstance(archive.home, DatabaseAddress):
        pytest.skip("databases have had stories from the first")
    with closing(sqlite3.connect(archive.home / "archive.sqlite")) as connection:
        connection.execute("DROP TABLE stories")
    with Archive.open(archive.home) as older:
        assert told(older, "claim") == [("claim", False)]
        assert older.stories() == ([], 0)
        with pytest.raises(NotInArchive):
            older.story("no-such")
