"""What front ends need of answering and of the archive, as protocols: a fake of ten lines keeps each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from bot.answers.answer import Answer
from bot.answers.asked import Asked, Wording
from bot.proof.proving import Proved
from index.feeds.records import Feed
from index.records import Article, Filters, Hit
from index.storage.changes import Changed
from index.storage.records import (
    ArchiveStatus,
    ArticleCounts,
    Match,
    StoredBody,
    StoredPassage,
    StoryArticle,
)
from index.storage.tally import Report

T = TypeVar("T")
Step = tuple[Hit, ...] | Proved | Answer


class Asker(Protocol):
    """Answers questions, as `bot.answering.asking.Dateline` does; all raise `DatelineError`s.

    `BadQuestion` and `BadFilter` are among them.
    """

    @property
    def llm(self) -> str | None:
        """The language model that may write answers."""

    @property
    def wording(self) -> Wording | None:
        """What is shown of its words that are not proved, unless a question asks otherwise."""

    async def ask(self, asked: Asked) -> Answer:
        """The proved answer, or an abstention."""

    def steps(self, asked: Asked) -> AsyncIterator[Step]:
        """The hits as soon as they are found, each sentence as soon as it is proved, the answer last."""

    async def search(self, asked: Asked, *, limit: int) -> Sequence[Hit]:
        """The passages nearest to a question, best first."""


class SteadyArchive(Protocol):
    """An archive that may be read at several servers, as `index.storage.archive.Archive` is."""

    def begin_answer(self) -> None:
        """What is read in this context from now on is never older than what was read in it before."""

    def at_once(self, read: Callable[[], T]) -> T:
        """What `read` reads, of one committed state where that can be held."""


class Bodies(Protocol):
    """What is looked through for words, as `index.storage.archive.Archive` is."""

    def bodies(self, words_: Sequence[str], *, as_written: Sequence[str]) -> Iterator[StoredBody]:
        """All bodies, superseded ones too, that may hold all of these words."""

    def superseded(self, any_of: Sequence[str], *, limit: int) -> Sequence[StoredBody]:
        """The last superseded bodies that have one of these words, letter by letter."""

    def search_words(self, words_: Sequence[str], *, limit: int) -> Sequence[Match]:
        """The passages with the highest BM25 score for any of the words, best first."""

    def passages(self, seqs: Sequence[int]) -> Sequence[StoredPassage]:
        """The passages of these sequence numbers."""

    def passage_counts(self, words_: Sequence[str]) -> dict[str, int]:
        """In how many passages each word stands."""


class Library(Bodies, Protocol):
    """The archive to read, as `index.storage.archive.Archive` is; called from several threads at once."""

    def newest(self, *, offset: int, limit: int, filters: Filters = ...) -> tuple[Sequence[Article], int]:
        """A page of the articles that pass, newest first and undated ones last; and how many pass in all."""

    def article(self, article_id: str, *, revision: str | None = None) -> Article:
        """One article, as it is now or as an earlier revision; raises `NotInArchive`."""

    def revisions(self, article_id: str) -> Sequence[str]:
        """The names of its revisions, the present one first; raises `NotInArchive`."""

    def present(self, article_ids: Sequence[str]) -> Mapping[str, str]:
        """The present revision of each of these articles by its id; those that are gone are left out."""

    def changed(self, *, since: str | None = None) -> Sequence[Changed]:
        """The quotes of past answers that their articles no longer have, the last one asked first."""

    def copied(self, *, offset: int, limit: int) -> tuple[Sequence[Sequence[Article]], int]:
        """A page of the origins with several articles, those with most first; and how many there are."""

    def same_origin(self, article_id: str) -> Sequence[Article]:
        """The articles of the origin of one, itself among them; raises `NotInArchive`."""

    def stories(self, *, offset: int, limit: int) -> tuple[Sequence[Sequence[StoryArticle]], int]:
        """A page of the stories that were told on, those with most articles first; and how many there are."""

    def story(self, article_id: str) -> Sequence[StoryArticle]:
        """The story of an article, itself among them, oldest first; raises `NotInArchive`."""

    def status(self) -> ArchiveStatus:
        """What the archive holds, and how it is."""


class EditableLibrary(Library, Protocol):
    """The archive to read, to leaf through and to change, and the feeds that it is filled from."""

    def counted(self, filters: Filters = ...) -> ArticleCounts:
        """How many articles each outlet has within the filters' dates, and each month of their outlets."""

    def feeds(self) -> Sequence[Feed]:
        """The feeds that were added, in the order of adding."""

    def add(self, records: Sequence[Mapping[str, str]]) -> Report:
        """Take in articles, named as in an article file; raises `ArchiveLocked`, `ArchiveFull`."""

    def remove(self, article_id: str) -> None:
        """Remove every trace of an article; raises `NotInArchive`, `ArchiveLocked`."""
