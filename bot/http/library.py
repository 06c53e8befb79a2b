"""The real archive and the real asker as the server needs them (`bot.http.needs`)."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

from bot.answering.asking import Dateline
from bot.answers.answer import Answer
from bot.answers.proposal import Wording
from bot.http.needs import Asked, Leaf, Shelf, Step, Taken
from index.articles.draft import Drafted, article_of, draft_of
from index.articles.read import Found
from index.encoding.encoder import Encoder
from index.errors import BadArticle, Refusal
from index.records import Article, Filters, Hit
from index.storage.archive import Archive
from index.storage.ingest import ingest
from index.storage.records import ArchiveStatus

# Counting takes 10 ms over 2,600 articles and longer with an index, and every visitor's page asks for it.
_SHELF_SECONDS = 2.0


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
        llm: str | None = None,
        wording: Wording | None = None,
    ) -> None:
        self._archive = archive
        self._encoder = encoder
        self._writing = writing
        self._llm = llm
        self._wording = wording if llm else None
        self._counting = threading.Lock()
        self._counted: tuple[float, Shelf] | None = None

    def listing(self, filters: Filters, *, offset: int, limit: int) -> Leaf:
        """A page of the articles that pass the filters, newest first."""
        articles, total = self._archive.newest(offset=offset, limit=limit, filters=filters)
        return Leaf(tuple(articles), total)

    def article(self, article_id: str, *, revision: str | None = None) -> Article:
        """One article, as it is now or as an earlier revision; raises `NotInArchive`."""
        return self._archive.article(article_id, revision=revision)

    def revisions(self, article_id: str) -> Sequence[str]:
        """The names of its revisions, the present one first; raises `NotInArchive`."""
        return self._archive.revisions(article_id)

    def copied(self, *, offset: int, limit: int) -> tuple[Sequence[Sequence[Article]], int]:
        """A page of the origins with several articles, and how many there are in all."""
        return self._archive.copied(offset=offset, limit=limit)

    def same_origin(self, article_id: str) -> Sequence[Article]:
        """The articles of the origin of one, itself among them; raises `NotInArchive`."""
        return self._archive.same_origin(article_id)

    def present(self, article_ids: Sequence[str]) -> Mapping[str, str]:
        """The present revision of each of these articles by its id; those that are gone are left out."""
        return self._archive.present(article_ids)

    def shelf(self) -> Shelf:
        """What the archive holds; at most two seconds old."""
        with self._counting:
            if self._counted is None or time.monotonic() - self._counted[0] > _SHELF_SECONDS:
                shelf = replace(
                    _shelf(self._archive.status(), self._archive.dates()),
                    llm=self._llm,
                    wording=self._wording,
                )
                self._counted = (time.monotonic(), shelf)
            return self._counted[1]

    def add(self, records: Sequence[Mapping[str, str]]) -> Taken:
        """Take in articles, each whole or not at all."""
        with self._writing() as archive:
            report = ingest(archive, self._encoder, _found(records))
        self._counted = None
        return Taken(
            added=report.added,
            updated=report.updated,
            unchanged=report.unchanged,
            copies=report.copies,
            refused=tuple((refusal.where, refusal.reason) for refusal in report.refused),
            notes=report.notes,
        )

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


def _shelf(status: ArchiveStatus, dates: tuple[str | None, str | None]) -> Shelf:
    damaged = f"searching exactly: {status.index.reason}" if status.index.state == "damaged" else "ok"
    return Shelf(
        articles=status.articles,
        passages=status.passages,
        copies=status.copies,
        undated=status.undated,
        outlets=tuple((name, articles) for name, articles in status.outlets if name),
        first=dates[0],
        last=dates[1],
        encoder=status.encoder.name,
        health=damaged,
    )


class DatelineAsker:
    """Asks `bot.answering.asking.Dateline`."""

    def __init__(self, dateline: Dateline) -> None:
        self._dateline = dateline

    async def ask(self, asked: Asked) -> Answer:
        """The proved answer, or an abstention."""
        return await self._dateline.ask(
            asked.text,
            filters=asked.filters,
            history=_earlier(asked),
            llm=asked.llm,
            wording=asked.wording,
        )

    def steps(self, asked: Asked) -> AsyncIterator[Step]:
        """The hits, each proved sentence, the answer."""
        return self._dateline.steps(
            asked.text,
            filters=asked.filters,
            history=_earlier(asked),
            llm=asked.llm,
            wording=asked.wording,
        )

    async def search(self, question: str, *, filters: Filters, limit: int) -> Sequence[Hit]:
        """The passages nearest to a question, best first."""
        return await self._dateline.search(question, filters=filters, limit=limit)


def _earlier(asked: Asked) -> list[str]:
    """The questions before this one, oldest first."""
    return [turn.content for turn in asked.history if turn.role == "user"]
