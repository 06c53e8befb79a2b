"""The neighbours of the HTTP server, faked: a shelf of invented articles and an asker that quotes them."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from bot.answering.ports import Step
from bot.answers.answer import Abstention, Answer, Sentence
from bot.answers.asked import Asked, Wording
from bot.answers.citation import Citation, Nearest, cite
from bot.proof.proving import Proved
from index.errors import BadQuestion, NotInArchive
from index.feeds.records import Feed
from index.records import Article, Filters, Hit, Passage, Span
from index.storage.changes import Changed
from index.storage.records import (
    ArchiveStatus,
    ArticleCounts,
    EngineState,
    IndexHealth,
    Match,
    StoredBody,
    StoredIdentity,
    StoredPassage,
    StoryArticle,
)
from index.storage.tally import Report

_EVERYTHING = Filters()

HARBOUR = Article(
    id="gazette-0412",
    title="Harbour reopens after storm",
    body="⚓️🌊 A storm closed the harbour on Friday.\n\n“We lost four cranes,” said mayor Ada Lind."
    " The harbour reopened at noon on Monday.\n\nFerries run again from Tuesday.",
    outlet="Harbour Gazette",
    agency="Coast Wire",
    published="2020-10-19T17:45",
    url="https://gazette.example/0412",
    language="en",
)
RIVAL = Article(
    id="rival-Ünïcode:7",
    title="Port: three cranes gone, ships back",
    body="The harbour reopened on Monday afternoon, the port authority said. Three cranes were lost.",
    outlet="Morning Rival",
    published="2020-10-20",
)
UNSURE = "Has the harbour perhaps reopened?"  # a question to which the fake asker is not sure of the answer
HOSTILE = Article(
    id="hostile",
    title="<img src=x onerror=\"document.title='owned'\">\u202egnp.exe",
    body="<script>document.title='owned'</script> The lighthouse <b>burned</b> [click](javascript:alert(1))"
    " \u202eesrever\u202c ![x](https://evil.example/pixel.png). Nobody was hurt.",
    outlet='"><script src="https://evil.example/x.js"></script>',
    agency="\u2067Wire",
    published="2020-10-21",
    url="javascript:document.title='owned'",
)
SHELF = (HARBOUR, RIVAL, HOSTILE)


def sentences(body: str) -> list[Span]:
    return [Span(*match.span()) for match in re.finditer(r"\S[^.\n]*\.(?:\d\w*[^.\n]*\.)*", body)]


class FakeLibrary:
    def __init__(self, *articles: Article) -> None:
        self.stored = {article.id: article for article in articles or SHELF}
        self.past: dict[str, list[Article]] = {}
        self.groups: list[list[Article]] = []
        self.told: list[list[StoryArticle]] = []
        self.subscriptions: list[Feed] = []

    def feeds(self) -> Sequence[Feed]:
        return self.subscriptions

    def newest(
        self, *, offset: int, limit: int, filters: Filters = _EVERYTHING
    ) -> tuple[Sequence[Article], int]:
        passing = [a for a in self.stored.values() if not filters.outlet or a.outlet in filters.outlet]
        passing.sort(key=lambda article: article.published or "", reverse=True)
        return passing[offset : offset + limit], len(passing)

    def counted(self, filters: Filters = _EVERYTHING) -> ArticleCounts:
        of = [a for a in self.stored.values() if not filters.outlet or a.outlet in filters.outlet]
        months = Counter((article.published or "")[:7] for article in of)
        return ArticleCounts(
            tuple(Counter(article.outlet for article in self.stored.values()).most_common()),
            tuple(sorted(((month, n) for month, n in months.items() if month), reverse=True)),
            months[""],
        )

    def article(self, article_id: str, *, revision: str | None = None) -> Article:
        if article_id not in self.stored:
            raise NotInArchive(f"no article {article_id!r}")
        known = [self.stored[article_id], *self.past.get(article_id, [])]
        found = next((a for a in known if revision in (None, a.revision)), None)
        if found is None:
            raise NotInArchive(f"article {article_id!r} has no revision {revision}")
        return found

    def revisions(self, article_id: str) -> Sequence[str]:
        return [a.revision for a in (self.article(article_id), *self.past.get(article_id, []))]

    def bodies(self, words_: Sequence[str], *, as_written: Sequence[str]) -> Iterator[StoredBody]:
        for one in self.stored.values():
            yield StoredBody(one, one.id, current=True)
            yield from (StoredBody(old, one.id, current=False) for old in self.past.get(one.id, []))

    def superseded(self, any_of: Sequence[str], *, limit: int) -> Sequence[StoredBody]:
        return [one for one in self.bodies((), as_written=()) if not one.current]

    def search_words(self, words_: Sequence[str], *, limit: int) -> Sequence[Match]:
        return [Match(seq, 1.0) for seq in range(len(self.stored))]

    def passages(self, seqs: Sequence[int]) -> Sequence[StoredPassage]:
        shelf = list(self.stored.values())
        whole = [Passage(a.id, a.revision, 0, 0, len(a.body), a.body, ()) for a in shelf]
        return [StoredPassage(seq, whole[seq], shelf[seq], shelf[seq].id) for seq in seqs]

    def passage_counts(self, words_: Sequence[str]) -> dict[str, int]:
        return dict.fromkeys(words_, 1)

    def changed(self, *, since: str | None = None) -> Sequence[Changed]:
        return []

    def copied(self, *, offset: int, limit: int) -> tuple[Sequence[Sequence[Article]], int]:
        several = [group for group in self.groups if len(group) > 1]
        return several[offset : offset + limit], len(several)

    def same_origin(self, article_id: str) -> Sequence[Article]:
        alone = self.article(article_id)
        return next((group for group in self.groups if alone in group), [alone])

    def stories(self, *, offset: int, limit: int) -> tuple[Sequence[Sequence[StoryArticle]], int]:
        return self.told[offset : offset + limit], len(self.told)

    def story(self, article_id: str) -> Sequence[StoryArticle]:
        alone = StoryArticle(self.article(article_id))
        holding = (one for one in self.told if any(each.article.id == article_id for each in one))
        return next(holding, [alone])

    def present(self, article_ids: Sequence[str]) -> Mapping[str, str]:
        return {one: self.stored[one].revision for one in article_ids if one in self.stored}

    def status(self) -> ArchiveStatus:
        return ArchiveStatus(
            articles=len(self.stored),
            passages=9,
            revisions=0,
            origins=len(self.stored) - 1,
            copies=1,
            undated=0,
            earliest="2020-10-19T00:00:00",
            latest="2020-10-21T23:59:59",
            outlets=tuple((article.outlet, 1) for article in self.stored.values()),
            questions=0,
            bytes=0,
            encoder=StoredIdentity("fake", "0", 1),
            index=IndexHealth("none", 0, 0),
            engine=EngineState("sqlite", "3", 1),
        )

    def add(self, records: Sequence[Mapping[str, str]]) -> Report:
        for record in records:
            fields = dict(record)
            body = fields.pop("text")
            article = Article(id=fields.pop("id", "made"), body=body, **fields)
            self.stored[article.id] = article
        return Report(added=len(records))

    def remove(self, article_id: str) -> None:
        self.article(article_id)
        del self.stored[article_id]


class FakeAsker:
    """Quotes the sentences that share a word of four letters or more with the question."""

    wording: Wording | None = None

    def __init__(self, library: FakeLibrary, *, seconds: float = 0.0, llm: str | None = None) -> None:
        self.library = library
        self.llm = llm
        self.seconds = seconds
        self.asked: list[Asked] = []
        self.at_work = 0
        self.given_up = 0

    async def ask(self, question: Asked) -> Answer:
        self.asked.append(question)
        if not question.text.strip():
            raise BadQuestion("the question is empty")
        self.at_work += 1
        try:
            await asyncio.sleep(self.seconds)
        except asyncio.CancelledError:
            self.given_up += 1
            raise
        finally:
            self.at_work -= 1
        return self._answer(question)

    async def steps(self, question: Asked) -> AsyncIterator[Step]:
        yield tuple(await self.search(question, limit=12))
        answer = await self.ask(question)
        for sentence in answer.sentences:
            yield Proved(sentence, tuple(answer.citations[n - 1] for n in sentence.citations))
        yield answer

    async def search(self, asked: Asked, *, limit: int) -> Sequence[Hit]:
        hits = [
            Hit(Passage(article.id, article.revision, 0, s.start, s.end, article.body[s.start : s.end], (s,)),
                article, 1.0 / (n + 1), article.id, dense=0.5, dense_rank=n + 1)
            for n, (article, s) in enumerate(self._found(asked))
        ]  # fmt: skip
        return hits[:limit]

    def _found(self, asked: Asked) -> list[tuple[Article, Span]]:
        wanted = {word.lower() for word in re.findall(r"\w{4,}", asked.text)}
        articles, _ = self.library.newest(offset=0, limit=99, filters=asked.filters)
        return [
            (article, span)
            for article in articles
            for span in sentences(article.body)
            if wanted & {word.lower() for word in re.findall(r"\w{4,}", article.body[span.start : span.end])}
        ]

    def _answer(self, question: Asked) -> Answer:
        found = self._found(question)[:4]
        cited = tuple(cite(article, span, number=n) for n, (article, span) in enumerate(found, start=1))
        timings = {"retrieve": 6.1, "answer": 3.0, "prove": 0.4}
        if not cited or "Atlantis" in question.text:
            return _abstained(question, self.library, timings)
        if question.text == UNSURE:
            return _unsure(cited)
        spoken = tuple(Sentence(c.quote, (c.number,), "quoted", _speaker(c)) for c in cited)
        return Answer(question.text, spoken, cited, filters=question.filters, timings_ms=timings)


def nearest_of(article: Article, span: Span, *, number: int = 1, short: Span | None = None) -> Nearest:
    return Nearest(number, article, article.revision, span.start, span.end, article.body[slice(*span)], short)


def _speaker(citation: Citation) -> str | None:
    return "Ada Lind" if "Ada Lind" in citation.quote else None


def _unsure(cited: Sequence[Citation]) -> Answer:
    """The harbour's reopening, as what may answer."""
    words = "harbour reopened"
    reopened = [one for one in cited if words in one.quote]
    nearest = tuple(
        nearest_of(
            one.article,
            Span(one.start, one.end),
            number=number,
            short=Span(one.quote.index(words), one.quote.index(words) + len(words)),
        )
        for number, one in enumerate(reopened, start=1)
    )
    return Answer(UNSURE, abstention=Abstention("unsure", nearest=nearest))


def _abstained(question: Asked, library: FakeLibrary, timings: dict[str, float]) -> Answer:
    missing = tuple(re.findall(r"\b[A-Z]\w{3,}", question.text)) or ("that",)
    near = next(iter(library.stored.values()), None)
    nearest = (nearest_of(near, sentences(near.body)[0]),) if near else ()
    return Answer(
        question.text,
        abstention=Abstention("not_in_archive", missing[-1:], nearest),
        filters=question.filters,
        timings_ms=timings,
    )


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The address of an app that is served by uvicorn, in a thread."""
    config = uvicorn.Config(app, port=0, log_config=None, access_log=False, ws="none", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


def wait_until(true: Callable[[], bool], *, seconds: float) -> bool:
    """Whether something came true in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True
