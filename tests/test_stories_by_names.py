"""A retraction is found by the names that it shares, and a loose link chains no two stories."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from archive_fakes import HashedWords, put

from index.records import Article
from index.storage.archive import Archive
from index.storage.engine import ArchiveHome

REPORT = Article(
    "report",
    "Minister told officials to sit on dam report",
    "The water minister, Ilse Brandvoort, told officials to hold back a report on the Kesselring dam until "
    "the vote in Aldermark, letters seen by the Harbour Post show. The engineers Tull and Okonedo had warned "
    "in June that two of its gates no longer close. A spokesman for the ministry said it would not comment "
    "on letters that were not meant for print. The dam holds back 40 million tonnes of water above the town. "
    "Last winter 300 people had to leave their homes below it.",
    outlet="Harbour Post",
    published="2019-03-04T06:00",
)
RETRACTION = Article(
    "retraction",
    "Ilse Brandvoort: an apology",
    "Early in March we wrote that Ilse Brandvoort wished a study by Tull and Okonedo on the Kesselring dam "
    "kept from voters. We now accept that she had never seen it, and that the letters were forged by a "
    "former member of her staff. Nobody in Aldermark was deceived. We apologise to her and have paid her "
    "costs. What was printed has been taken from our pages, and the writer no longer works for us. "
    "Readers who kept the page of that day are asked to note this beside it.",
    outlet="Harbour Post",
    published="2019-05-20T06:00",
)
STRANGER = Article(
    "stranger",
    "Baker of Lindholm wins prize for rye bread",
    "A baker from Lindholm, Perrin Askew, won the prize for the best rye bread at the fair in Dunmore on "
    "Sunday. He had taken part nine times without success. The jury praised the crust, which it called dark "
    "and honest. Second was a bakery from Tarn with a loaf of spelt and honey. About 4,000 people came to "
    "the fair, which was held for the thirtieth time, and most of them went home with a loaf under an arm.",
    outlet="Harbour Post",
    published="2019-06-01T06:00",
)


@pytest.fixture
def archive(somewhere: ArchiveHome) -> Iterator[Archive]:
    with Archive.open(somewhere, HashedWords(), write=True) as archive:
        for article in (REPORT, RETRACTION, STRANGER):
            put(archive, article)
        yield archive


def story(archive: Archive, article_id: str) -> list[tuple[str, bool]]:
    return [(one.article.id, one.retracts) for one in archive.story(article_id)]


def test_an_apology_that_shares_only_names_is_linked_with_what_it_takes_back(archive: Archive) -> None:
    assert story(archive, "report") == [("report", False), ("retraction", True)]
    assert story(archive, "stranger") == [("stranger", False)]


def test_what_a_loose_link_reaches_is_of_the_story_only_if_it_is_akin(archive: Archive) -> None:
    with archive._engine.transaction() as connection:
        ((retraction,), (stranger,)) = connection.execute(
            "SELECT number FROM articles WHERE id IN ('retraction', 'stranger') ORDER BY number"
        ).fetchall()
        connection.execute("INSERT INTO stories VALUES (?, ?, 0)", (retraction, stranger))

    assert [one for one, _ in story(archive, "report")] == ["report", "retraction"]
    assert [one for one, _ in story(archive, "retraction")] == ["report", "retraction", "stranger"]
