"""A home into an archive: articles go in whole or not at all, and every search sees all of them.

Any number of processes and threads may read while one writes. An `Archive` may be used from several threads:
each read sees one committed state; writes take turns. Where and how it is kept is `index.storage.engine`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import numpy as np

from index.encoding.encoder import EncoderIdentity, Vectors
from index.errors import ArchiveError
from index.feeds.records import FeedItem
from index.fetching.records import KnownPage, PageVersion
from index.records import Article, Filters, Passage
from index.storage import (
    bodies,
    changes,
    editions,
    feed_rows,
    listing,
    namesakes,
    origins,
    pages,
    relations,
    rows,
    stories,
    writing,
)
from index.storage.again import once_more
from index.storage.changes import Changed
from index.storage.engine import ArchiveHome, Engine, open_engine
from index.storage.exact import state_of
from index.storage.filters_sql import condition
from index.storage.listing import ListOrder, Selection
from index.storage.moving import expect_whole
from index.storage.namesakes import Namesake
from index.storage.postgres.address import DatabaseAddress
from index.storage.records import (
    ArchiveStatus,
    ArticleCounts,
    Cited,
    Match,
    Outcome,
    StoredBody,
    StoredIdentity,
    StoredPassage,
    StoredRevision,
    StoryArticle,
)
from index.storage.word_counts import WordCounts

__all__ = ["INDEX_FROM", "Archive", "ArchiveStatus", "Cited", "Match", "Outcome", "StoredPassage"]

# Measured at 40,000 passages of 384 dimensions, 50 nearest: exact 2 ms and all of them, Chroma through
# LlamaIndex 20 ms and 95 % of them, after 3.7 s of importing and opening; building it took two minutes.
# Exact search takes 5 ms at 100,000, 13 ms and 380 MB of memory a process at 250,000; from there on the index
# begins to be worth its cost.
INDEX_FROM = 250_000

T = TypeVar("T")
_EVERYTHING = Filters()


class Archive:
    """An open archive; make one with `Archive.open`. A context manager."""

    def __init__(self, engine: Engine) -> None:
        self.home = engine.home
        self.encoder = engine.encoder
        self._engine = engine
        self._passages = engine.passages
        self._counts = WordCounts(engine.passages)

    @classmethod
    def open(
        cls,
        home: ArchiveHome,
        encoder: EncoderIdentity | None = None,
        *,
        write: bool = False,
        index_from: int = INDEX_FROM,
        command: str | None = None,
        beside: Path | None = None,
        replicas: Sequence[DatabaseAddress] = (),
    ) -> Archive:
        """Open the archive in `home`; to write also means to make it when it is not there.

        `encoder` is checked against the one that made the archive; None opens whatever is there (to show,
        search words or remove), but makes nothing. From `index_from` passages on a nearest-neighbour index
        is kept. `command` is who others are told is writing. `beside` is the home folder of an archive in a
        database, where its articles are repeated (see `index.storage.beside`); `replicas` are servers that
        it is read from where they are not behind. One of an earlier layout is brought to today's first.
        Raises `ArchiveLocked`, `ArchiveMismatch`, `ArchiveFull`, and `ArchiveError` when there is no archive
        or it is damaged.
        """
        engine = open_engine(
            home,
            encoder,
            write=write,
            index_from=index_from,
            command=command,
            beside=beside,
            replicas=replicas,
        )
        try:
            expect_whole(engine)
        except BaseException:
            engine.close()
            raise
        return cls(engine)

    def close(self) -> None:
        """Close everything; closing twice does nothing."""
        self._engine.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Writing

    @contextmanager
    def batch(self) -> Iterator[None]:
        """What is added inside is stored in one transaction when this ends, whole or not at all."""
        with self._engine.transaction():
            yield

    @once_more
    def compare(self, article: Article) -> Outcome:
        """What adding the article would do."""
        with self._engine.snapshot() as connection:
            return writing.compare(connection, article)

    @once_more
    def known_with_less(self, article: Article, *, free: Callable[[str], bool]) -> str | None:
        """The id of the article with this text of which outlet or day were not known (see `namesakes`)."""
        with self._engine.snapshot() as connection:
            return namesakes.known_with_less(connection, article, free=free)

    @once_more
    def namesake(self, article: Article, *, free: Callable[[str], bool]) -> Namesake | None:
        """What of the same title is stored, for an article whose id is made of its text (see `namesakes`)."""
        with self._engine.snapshot() as connection:
            return namesakes.namesake(connection, article, free=free)

    def add(self, article: Article, passages: Sequence[Passage], vectors: Vectors) -> Outcome:
        """Store an article with its passages and their vectors, shape (len(passages), dimensions).

        A changed body becomes a new revision, and the old one stays citable. Raises `BadArticle`,
        `ArchiveFull`.
        """
        with self._engine.transaction() as connection:
            return writing.keep(
                connection,
                article,
                passages,
                vectors,
                dimensions=self.encoder.dimensions,
                index=self._passages,
            )

    def keep_source(self, of: Article, *, page: PageVersion | None, item: FeedItem | None) -> None:
        """Remember which version of a page a stored article was read from, and which item of a feed it is."""
        with self._engine.transaction() as connection:
            if page:
                pages.keep(connection, page, of.id)
            if item:
                feed_rows.keep_item(connection, replace(item, article=of.id))

    @once_more
    def known_page(self, url: str) -> KnownPage | None:
        """The page that was fetched from an address, where an article was read from it and still is there."""
        with self._engine.snapshot() as connection:
            return pages.known(connection, url)

    @once_more
    def edition(self, article_id: str) -> str | None:
        """When the stored version of an article was made, UTC; None where nobody has said."""
        with self._engine.snapshot() as connection:
            return editions.edition(connection, article_id)

    def keep_edition(self, article_id: str, made: str) -> None:
        """Remember when the version of an article that is stored now was made, UTC."""
        with self._engine.transaction() as connection:
            editions.keep(connection, article_id, made)

    @once_more
    def page_of(self, article_id: str) -> str | None:
        """The address that an article was fetched from last; None where it was read from no page."""
        with self._engine.snapshot() as connection:
            return pages.address(connection, article_id)

    def is_copy(self, article: Article) -> bool:
        """Whether a stored article is a copy of another; inside `batch` also of one that was added in it."""
        with self._engine.transaction() as connection:
            return origins.is_copy(connection, article.id)

    def remove(self, article_id: str) -> None:
        """Delete an article, its revisions, passages, and the questions that quoted it; no byte is left."""
        self.remove_all([article_id])

    def remove_all(self, article_ids: Sequence[str]) -> None:
        """Delete articles, all or none; raises `NotInArchive` when one is not there.

        The index's folders go with them when a vector of theirs may be inside; searches are then exact
        until `tend` has built it anew. `ArchiveLocked` says that they are gone but a reader has kept the
        log from being emptied.
        """
        with self._engine.removal(article_ids) as connection:
            writing.forget(connection, article_ids, index=self._passages)

    def tend(self, *, stop: Callable[[], bool] = lambda: False) -> str | None:
        """Build the nearest-neighbour index anew when due; returns why it failed, or None. `stop` ends it."""
        return self._engine.tend(stop=stop)

    def relate(self, *, limit: int) -> int:
        """Relate `limit` articles that an earlier Dateline stored (see `relations`); how many are left."""
        if not self.unrelated():
            return 0
        with self._engine.transaction() as connection:
            relations.relate(connection, limit=limit)
            return relations.left(connection)

    def log(self, question: str, *, status: str, cited: Sequence[Cited] = ()) -> None:
        """Remember what was asked and which places were quoted; readers may too. Raises `ArchiveFull`.

        A power cut may take the last questions: no answer waits for the disk to tell that it has them.
        """
        with self._engine.logging() as connection:
            at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
            (asked,) = connection.execute(
                "INSERT INTO asked (question, at, status) VALUES (?, ?, ?) RETURNING number",
                (question, at, status),
            ).fetchone()
            connection.executemany(
                'INSERT INTO quoted (asked, article, revision, start, "end")'
                " SELECT ?, number, ?, ?, ? FROM articles WHERE id = ?",
                [(asked, c.revision, c.start, c.end, c.article) for c in cited],
            )

    # Reading

    def begin_answer(self) -> None:
        """What is read in this context from now on is never older than what was read in it before."""
        self._engine.begin_answer()

    @once_more
    def at_once(self, read: Callable[[], T]) -> T:
        """What `read` reads, of one committed state where the engine can hold one; see `Engine.at_once`."""
        return self._engine.at_once(read)

    def warm(self) -> None:
        """For a process that stays: use the nearest-neighbour index from now on, the newest there is."""
        self._passages.warm()

    @once_more
    def search_vectors(self, vector: Vectors, *, limit: int, filters: Filters = _EVERYTHING) -> list[Match]:
        """The `limit` passages whose vectors are nearest to `vector`, shape (d,), by cosine, best first."""
        unit = np.asarray(vector, np.float32).reshape(self.encoder.dimensions)
        unit = unit / max(float(np.linalg.norm(unit)), 1e-12)
        where = condition(filters)
        with self._engine.snapshot() as connection:
            return self._passages.nearest(connection, unit, limit=limit, condition=where)

    @once_more
    def search_words(
        self,
        words_: Sequence[str],
        *,
        limit: int,
        filters: Filters = _EVERYTHING,
        title_weight: float = 1.0,
        among: Sequence[str] = (),
    ) -> list[Match]:
        """The `limit` passages with the highest BM25 score for any of the words, best first.

        `among`: only passages that hold one of these.
        """
        where = condition(filters)
        with self._engine.snapshot() as connection:
            if limit < 1 or not words_:
                return []
            return self._passages.worded(
                connection, words_, limit=limit, condition=where, title_weight=title_weight, among=among
            )

    @once_more
    def passage_counts(self, words_: Sequence[str], *, filters: Filters = _EVERYTHING) -> dict[str, int]:
        """In how many passages each word stands, title included, stemmed as the full-text index does."""
        where = condition(filters)
        with self._engine.snapshot() as connection:
            return self._counts.counts(connection, words_, condition=where)

    def bodies(self, words_: Sequence[str], *, as_written: Sequence[str]) -> Iterator[StoredBody]:
        """All bodies, superseded ones too, that may hold all of these words; none that does is left out.

        `as_written` are those of the words that stand there letter by letter, in this case and with these
        marks.
        """
        with self._engine.snapshot() as connection:
            numbers = bodies.holding(connection, words_, as_written=as_written, counts=self._counts)
        for at in range(0, len(numbers), bodies.AT_ONCE):
            with self._engine.snapshot() as connection:
                page = bodies.read(connection, numbers[at : at + bodies.AT_ONCE])
            yield from page

    @once_more
    def superseded(self, any_of: Sequence[str], *, limit: int) -> list[StoredBody]:
        """The last `limit` superseded bodies in which one of these words stands, letter by letter."""
        with self._engine.snapshot() as connection:
            return bodies.read(connection, bodies.superseded(connection, any_of, limit=limit))

    @once_more
    def passage_total(self) -> int:
        """How many passages can be found."""
        with self._engine.snapshot() as connection:
            return self._counts.total(connection)

    @once_more
    def passages(self, seqs: Sequence[int]) -> list[StoredPassage]:
        """The passages of these sequence numbers, in the order asked; deleted ones are left out."""
        with self._engine.snapshot() as connection:
            return rows.passages(connection, seqs)

    @once_more
    def first_printed(
        self, origins_: Collection[str], *, filters: Filters = _EVERYTHING
    ) -> list[StoredPassage]:
        """The passages of the first article of each of these origins that has several which pass."""
        where = condition(filters)
        with self._engine.snapshot() as connection:
            return rows.passages(connection, origins.first_printed(connection, origins_, condition=where))

    @once_more
    def sampled(self, limit: int) -> list[StoredPassage]:
        """About `limit` passages, evenly from all of them; the same ones each time."""
        with self._engine.snapshot() as connection:
            step = max(1, self._counts.total(connection) // max(1, limit))
            rows_ = connection.execute(
                "SELECT seq FROM (SELECT seq, row_number() OVER (ORDER BY seq) AS place FROM passages) AS one"
                " WHERE place % ? = 0 ORDER BY seq LIMIT ?",
                (step, limit),
            )
            return rows.passages(connection, [seq for (seq,) in rows_])

    @once_more
    def article(self, article_id: str, *, revision: str | None = None) -> Article:
        """An article, with the body of a superseded revision when one is named. Raises `NotInArchive`."""
        with self._engine.snapshot() as connection:
            return rows.article(connection, article_id, revision=revision)

    def articles(self, filters: Filters = _EVERYTHING) -> Iterator[Article]:
        """All articles that pass, in the order in which they were first added."""
        where, last = condition(filters), 0
        while True:
            with self._engine.snapshot() as connection:
                page = rows.page(connection, after=last, condition=where)
            if not page:
                return
            last = page[-1][0]
            for _, article in page:
                yield article

    @once_more
    def newest(self, *, offset: int, limit: int, filters: Filters = _EVERYTHING) -> tuple[list[Article], int]:
        """`limit` of the articles that pass, newest first and undated ones last, and how many pass in all."""
        where = condition(filters)
        with self._engine.snapshot() as connection:
            return listing.newest(connection, offset=offset, limit=limit, condition=where)

    @once_more
    def listed(
        self, selection: Selection, *, order: ListOrder, offset: int, limit: int
    ) -> tuple[list[Article], int]:
        """`limit` of the selected articles behind the first `offset`, and how many there are in all."""
        with self._engine.snapshot() as connection:
            return listing.listed(connection, selection, order=order, offset=offset, limit=limit)

    @once_more
    def counted(self, filters: Filters = _EVERYTHING) -> ArticleCounts:
        """How many articles each outlet has within the filters' dates, and each month of their outlets."""
        with self._engine.snapshot() as connection:
            return listing.counted(connection, filters)

    @once_more
    def history(self, article_id: str) -> list[StoredRevision]:
        """An article's revisions, the present one first. Raises `NotInArchive`."""
        with self._engine.snapshot() as connection:
            return listing.history(connection, article_id)

    @once_more
    def revisions(self, article_id: str) -> list[str]:
        """The names of an article's revisions, the present one first. Raises `NotInArchive`."""
        with self._engine.snapshot() as connection:
            return listing.revisions(connection, article_id)

    @once_more
    def dates(self) -> tuple[str | None, str | None]:
        """The first and the last day of publication that are known, UTC."""
        with self._engine.snapshot() as connection:
            return listing.dates(connection)

    @once_more
    def copies_of(self, article_id: str) -> list[Article]:
        """The other articles of the same origin, in the order in which they were added."""
        with self._engine.snapshot() as connection:
            return rows.copies_of(connection, article_id)

    @once_more
    def copied(self, *, offset: int = 0, limit: int = 100) -> tuple[list[list[Article]], int]:
        """The origins with several articles, those with most first, and how many there are in all.

        The articles of each are in the order of adding.
        """
        with self._engine.snapshot() as connection:
            return origins.copied(connection, offset=offset, limit=limit)

    @once_more
    def same_origin(self, article_id: str) -> list[Article]:
        """The articles of the origin of one, itself among them. Raises `NotInArchive`."""
        with self._engine.snapshot() as connection:
            return origins.same_origin(connection, article_id)

    @once_more
    def later(self, article_id: str, *, filters: Filters = _EVERYTHING) -> list[StoryArticle]:
        """Those that pass of the articles that tell an article's story later, one an origin, oldest first."""
        where = condition(filters)
        with self._engine.snapshot() as connection:
            return stories.later(connection, article_id, where)

    @once_more
    def story(self, article_id: str) -> list[StoryArticle]:
        """The story of an article, itself among them, one an origin, oldest first; alone where there is none.

        Raises `NotInArchive`.
        """
        with self._engine.snapshot() as connection:
            return stories.story(connection, article_id)

    @once_more
    def stories(self, *, offset: int = 0, limit: int = 100) -> tuple[list[list[StoryArticle]], int]:
        """The stories that were told on, those with most articles first, and how many there are in all.

        The articles of each, one an origin, are in the order of their dates.
        """
        with self._engine.snapshot() as connection:
            return stories.told(connection, offset=offset, limit=limit)

    @once_more
    def unrelated(self) -> int:
        """How many articles an earlier Dateline stored that are not related with the others as now."""
        with self._engine.snapshot() as connection:
            return relations.left(connection)

    @once_more
    def present(self, article_ids: Sequence[str]) -> dict[str, str]:
        """The present revision of each of these articles by its id; those that are gone are left out."""
        with self._engine.snapshot() as connection:
            return listing.present(connection, article_ids)

    @once_more
    def position(self) -> str:
        """Another text whenever articles have been added, changed or removed since, whoever did it.

        What is read afterwards on this machine is not older.
        """
        with self._engine.newest() as connection:
            return "-".join(map(str, state_of(connection)))

    @once_more
    def changed(self, *, since: str | None = None) -> list[Changed]:
        """The quotes of past answers that their articles no longer have, the last one asked first.

        `since`: only of questions asked from that moment on (UTC, ISO).
        """
        with self._engine.snapshot() as connection:
            return list(changes.changed(connection, since=since))

    @once_more
    def vectors_of(self, input_hashes: Sequence[str]) -> dict[str, Vectors]:
        """The stored vectors, shape (d,), of inputs encoded before, by their `writing.input_hash`."""
        with self._engine.snapshot() as connection:
            return self._passages.vectors_of(connection, input_hashes)

    @once_more
    def outlets(self) -> list[tuple[str | None, int]]:
        """(outlet, articles), most articles first; one spelling of each outlet."""
        with self._engine.snapshot() as connection:
            return rows.outlets(connection)

    @once_more
    def fault(self) -> str | None:
        """What is damaged, None where nothing is; every page of an SQLite file is read."""
        with self._engine.snapshot() as connection:
            return self._engine.fault(connection)

    @once_more
    def status(self) -> ArchiveStatus:
        """What is in the archive; checks every byte of the nearest-neighbour index."""
        with self._engine.snapshot() as connection:
            index, engine = self._engine.health(connection), self._engine.state(connection)
            unrelated = relations.left(connection)
            return rows.status(
                connection, encoder=self.encoder, index=index, engine=engine, unrelated=unrelated
            )


def encoder_of(home: ArchiveHome) -> StoredIdentity | None:
    """The encoder that the archive in `home` was made by; None where there is no archive that can be read."""
    try:
        with Archive.open(home) as archive:
            return archive.encoder
    except ArchiveError:
        return None
