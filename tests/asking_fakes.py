"""The neighbours of asking, faked: invented articles, found and weighed by shared words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from bot.answering.asking import Dateline
from bot.answering.quoting import Quoter
from bot.answers.answer import Answer
from bot.answers.proposal import Weighed
from bot.language.dates.asked import AskedTime
from bot.showing import wording
from bot.showing.notes import note_line
from bot.showing.text import answer_text
from index.dates import date_span
from index.errors import NotInArchive
from index.records import Article, Filters, Hit, Passage, Span
from index.sentences import sentence_spans
from index.storage.records import ArchiveStatus, Cited, EngineState, IndexHealth, StoredIdentity, StoryArticle

T = TypeVar("T")
NONE = Filters()
LUND = Article(
    id="courier-1",
    title="Quotas to fall",
    body="Norwegian Fisheries Minister Anna Lund said on Monday that cod quotas would fall.\n\n"
    "“We waited far too long with the cod quotas,” she said. “The stock has halved since 1990.”\n\n"
    "Norway sold 400,000 tonnes of cod in 2019. It was a record.",
    outlet="The Courier",
    agency="North Wire",
    published="2020-10-19T17:45",
    url="https://courier.example/1",
)
MOE = Article(
    id="ledger-1",
    title="Boats stay in port",
    body="Skippers in Bodø kept their boats in port. A harbour official put the number of boats at 60.",
    outlet="The Ledger",
)
SHELF = (LUND, MOE)


@dataclass(frozen=True)
class FakeCandidate:
    hit: Hit
    span: Span
    score: float = 1.0


def words_of(text: str) -> set[str]:
    stop = {"what", "when", "who", "how", "many", "did", "the", "does", "say", "about", "there", "which"}
    stop |= {"this", "week"}
    return {word for word in re.findall(r"\w{3,}", text.lower()) if word not in stop}


def hit_of(article: Article, *, score: float = 1.0, copies: tuple[Article, ...] = ()) -> Hit:
    spans = tuple(sentence_spans(article.body))
    passage = Passage(
        article.id, article.revision, 0, 0, len(article.body), article.body.strip(), spans
    )  # bodies have no outer white space
    origin = min(one.id for one in (article, *copies))
    return Hit(passage, article, score, origin, 0.5, 1, 4.25, 2, copies)


def candidate(
    article: Article, words: str, *, score: float = 1.0, copies: tuple[Article, ...] = ()
) -> FakeCandidate:
    start = article.body.index(words)
    return FakeCandidate(hit_of(article, copies=copies), Span(start, start + len(words)), score)


class FakeArchive:
    def __init__(self, *articles: Article) -> None:
        self.stored = {article.id: article for article in articles}
        self.asked: list[tuple[str, str, int]] = []

    def later(self, article_id: str, *, filters: Filters = NONE) -> list[StoryArticle]:
        return []

    def story(self, article_id: str) -> list[StoryArticle]:
        return [StoryArticle(self.article(article_id))]

    def article(self, article_id: str, *, revision: str | None = None) -> Article:
        found = self.stored.get(article_id)
        if found is None or revision not in (None, found.revision):
            raise NotInArchive(f"{article_id}: not in the archive")
        return found

    def passing(self, filters: Filters) -> list[Article]:
        def passes(article: Article) -> bool:
            if filters.outlet and article.outlet not in filters.outlet:
                return False
            if filters.since or filters.until or filters.as_of:
                if not article.published:
                    return False
                first, last = date_span(article.published)
                return (
                    first >= (filters.since or "") and last <= (filters.until or filters.as_of or "9") + "T99"
                )
            return True

        return [article for article in self.stored.values() if passes(article)]

    def passage_counts(self, words_: Sequence[str], *, filters: Filters = NONE) -> dict[str, int]:
        texts = [f"{article.title} {article.body}".lower() for article in self.passing(filters)]
        return {word: sum(word.lower() in text for text in texts) for word in words_}

    def begin_answer(self) -> None:
        pass

    def at_once(self, read: Callable[[], T]) -> T:
        return read()

    def outlets(self) -> list[tuple[str | None, int]]:
        return [(article.outlet, 1) for article in self.stored.values()]

    def dates(self) -> tuple[str | None, str | None]:
        dates = sorted(article.published for article in self.stored.values() if article.published)
        return (dates[0], dates[-1]) if dates else (None, None)

    def status(self) -> ArchiveStatus:
        first, last = self.dates()
        return ArchiveStatus(
            articles=len(self.stored),
            passages=0,
            revisions=0,
            origins=0,
            copies=0,
            undated=0,
            earliest=first,
            latest=last,
            outlets=tuple(self.outlets()),
            questions=0,
            bytes=0,
            encoder=StoredIdentity("fake", "0", 1),
            index=IndexHealth("none", 0, 0, None),
            engine=EngineState("sqlite", "3", 1),
        )

    def log(self, question: str, *, status: str, cited: Sequence[Cited] = ()) -> None:
        self.asked.append((question, status, len(cited)))


@dataclass
class FakeRetriever:
    archive: FakeArchive

    def retrieve(
        self, question: str, *, filters: Filters = NONE, limit: int = 12, asked_on: date | None = None
    ) -> list[Hit]:
        return [hit_of(article) for article in self.archive.passing(filters)][:limit]


class FakeWeigher:
    """Sentences by the share of the question's words in them and their title; half of them is enough."""

    def weigh(
        self,
        question: str,
        hits: Sequence[Hit],
        *,
        filters: Filters,
        times: Sequence[AskedTime] = (),
        story: Collection[str] = (),
    ) -> Weighed:
        asked = words_of(question)
        found = []
        for hit in hits:
            for span in hit.passage.sentences:
                text = hit.article.body[span.start : span.end]
                found.append(FakeCandidate(hit, span, len(asked & words_of(text)) / max(len(asked), 1)))
        found.sort(key=lambda one: -one.score)
        everything = words_of(" ".join(f"{hit.article.title} {hit.article.body}" for hit in hits))
        missing = tuple(
            word for word in re.findall(r"\w{3,}", question) if word.lower() in asked - everything
        )
        return Weighed(found, bool(found) and found[0].score >= 0.5 and not missing, missing)


def dateline(*articles: Article) -> tuple[Dateline, FakeArchive]:
    archive = FakeArchive(*(articles or SHELF))
    return Dateline(archive, FakeRetriever(archive), weigher=FakeWeigher(), answerer=Quoter()), archive


def other(article: Article, **changes: str | None) -> Article:
    return replace(article, **changes)  # type: ignore[arg-type]


def told(answer: Answer) -> str:
    """The whole of an answer in English."""
    return answer_text(answer, wording.words_of())


def noted(answer: Answer) -> tuple[str, ...]:
    """The notes of an answer in English."""
    return tuple(note_line(note, wording.words_of()) for note in answer.notes)
