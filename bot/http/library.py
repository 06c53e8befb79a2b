"""The archive as the server needs it: an `EditableLibrary` of `bot.answering.ports`."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager

from index.articles.draft import Drafted, Found, article_of, draft_of
from index.encoding.encoder import Encoder
from index.errors import BadArticle, Refusal
from index.feeds.records import Feed
from index.records import Article, Filters
from index.retrieval.outlet_names import check_outlets
from index.storage.archive import Archive
from index.storage.changes import Changed
from index.storage.feeds import FeedMemory
from index.storage.ingest import ingest
from index.storage.records import (
    ArchiveStatus,
    ArticleCounts,
    Match,
    StoredBody,
    StoredPassage,
    StoryArticle,
)
from index.storage.tally import Report

# Counting takes 10 ms over 2,600 articles and longer with an index, and every visitor's page asks for it.
_STATUS_SECONDS = 2.0
_EVERYTHING = Filters()


class ArchiveLibrary:
    """One archive, read all the time; opened for writing only while something is written.

    So `dateline add` may write while the server answers, and the server while nobody else does.
    """

    def __init__(
        self,
        archive: Archive,
        encoder: Encoder,
        *,
        writing: Callable[[], AbstractContextManager[Archive]],
    ) -> None:
        self._archive = archive
        self._encoder = encoder
        self._writing = writing
        self._counting = threading.Lock()
        self._counted: tuple[float, ArchiveStatus] | None = None

    def newest(
        self, *, offset: int, limit: int, filters: Filters = _EVERYTHING
    ) -> tuple[Sequence[Article], int]:
        """A page of the articles that pass, newest first and undated ones last; and how many pass in all.

        Raises `BadFilter` for an outlet that the archive has no articles from.
        """
        check_outlets(filters, self._archive.outlets)
        return self._archive.newest(offset=offset, limit=limit, filters=filters)

    def counted(self, filters: Filters = _EVERYTHING) -> ArticleCounts:
        """How many articles each outlet has within the filters' dates, and each month of their outlets.

        Raises `BadFilter` for an outlet that the archive has no articles from.
        """
        check_outlets(filters, self._archive.outlets)
        return self._archive.counted(filters)

    def article(self, article_id: str, *, revision: str | None = None) -> Article:
        """One article, as it is now or as an earlier revision; raises `NotInArchive`."""
        return self._archive.article(article_id, revision=revision)

    def revisions(self, article_id: str) -> Sequence[str]:
        """The names of its revisions, the present one first; raises `NotInArchive`."""
        return self._archive.revisions(article_id)

    def bodies(self, words_: Sequence[str], *, as_written: Sequence[str]) -> Iterator[StoredBody]:
        """All bodies, superseded ones too, that may hold all of these words."""
        return self._archive.bodies(words_, as_written=as_written)

    def superseded(self, any_of: Sequence[str], *, limit: int) -> Sequence[StoredBody]:
        """The last superseded bodies that have one of these words, letter by letter."""
        return self._archive.superseded(any_of, limit=limit)

    def search_words(self, words_: Sequence[str], *, limit: int) -> Sequence[Match]:
        """The passages with the highest BM25 score for any of the words, best first."""
        return self._archive.search_words(words_, limit=limit)

    def passages(self, seqs: Sequence[int]) -> Sequence[StoredPassage]:
        """The passages of these sequence numbers, in the order asked."""
        return self._archive.passages(seqs)

    def passage_counts(self, words_: Sequence[str]) -> dict[str, int]:
        """In how many passages each word stands."""
        return self._archive.passage_counts(words_)

    def changed(self, *, since: str | None = None) -> Sequence[Changed]:
        """The quotes of past answers that their articles no longer have, the last one asked first."""
        return self._archive.changed(since=since)

    def copied(self, *, offset: int, limit: int) -> tuple[Sequence[Sequence[Article]], int]:
        """A page of the origins with several articles, and how many there are in all."""
        return self._archive.copied(offset=offset, limit=limit)

    def same_origin(self, article_id: str) -> Sequence[Article]:
        """The articles of the origin of one, itself among them; raises `NotInArchive`."""
        return self._archive.same_origin(article_id)

    def stories(self, *, offset: int, limit: int) -> tuple[Sequence[Sequence[StoryArticle]], int]:
        """A page of the stories that were told on, and how many there are in all."""
        return self._archive.stories(offset=offset, limit=limit)

    def story(self, article_id: str) -> Sequence[StoryArticle]:
        """The story of an article, itself among them, oldest first; raises `NotInArchive`."""
        return self._archive.story(article_id)

    def present(self, article_ids: Sequence[str]) -> Mapping[str, str]:
        """The present revision of each of these articles by its id; those that are gone are left out."""
        return self._archive.present(article_ids)

    def status(self) -> ArchiveStatus:
        """What the archive holds, as it was two seconds ago at most."""
        with self._counting:
            if self._counted is None or time.monotonic() - self._counted[0] > _STATUS_SECONDS:
                self._counted = (time.monotonic(), self._archive.status())
            return self._counted[1]

    def feeds(self) -> Sequence[Feed]:
        """The feeds that were added, in the order of adding."""
        return FeedMemory(self._archive.home).listed()

    def add(self, records: Sequence[Mapping[str, str]]) -> Report:
        """Take in articles, each whole or not at all."""
        with self._writing() as archive:
            report = ingest(archive, self._encoder, _found(records))
        self._counted = None
        return report

    def remove(self, article_id: str) -> None:
        """Remove every trace of an article; raises `NotInArchive`."""
        with self._writing() as archive:
            archive.remove(article_id)
        self._counted = None


def _found(records: Sequence[Mapping[str, str]]) -> Iterator[Found | Refusal]:
    for number, record in enumerate(records, start=1):
        where = f"article {number}"
        try:
            article, notes = article_of(Drafted(draft_of(record)))
        except BadArticle as exc:
            yield Refusal(where, str(exc))
            continue
        yield Found(article, where, notes)
