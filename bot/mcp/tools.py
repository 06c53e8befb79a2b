"""The tools: what a language model asks of the archive into what it answers; nothing is ever changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from urllib.parse import quote

from bot.answering.ports import Asker, Library
from bot.answers.answer import Answer
from bot.answers.asked import Asked
from bot.answers.citation import Citation, cite
from bot.checking.checker import QuoteChecker
from bot.mcp.results import (
    AskedAnswer,
    ChangedQuote,
    ChangedQuotes,
    FetchedArticle,
    FetchedMetadata,
    ProvedQuote,
    SearchResult,
    SearchResults,
)
from bot.showing.checks import check_lines
from bot.showing.checks_json import CheckBody, check_body
from bot.showing.links import link_target
from bot.showing.notes import note_line
from bot.showing.text import answer_text
from bot.showing.wording import words_of
from index.errors import BadInput
from index.records import Article, Filters
from index.storage.changes import Changed

MOST_TEXT = 40_000  # characters of an article at once
_SNIPPET = 400
_REVISION = 64  # hexadecimal digits

Turn = Callable[[], AbstractAsyncContextManager[None]]  # waits until work may begin; raises where it may not


@dataclass(frozen=True)
class ArchiveTools:
    """What the tools do, for one server; `turn` is taken before anything heavy."""

    asker: Asker
    library: Library
    checker: QuoteChecker
    turn: Turn

    async def search(self, query: str, filters: Filters, *, limit: int, base: str) -> SearchResults:
        """The articles of the passages nearest to a question, each once, best first."""
        async with self.turn():
            hits = await self.asker.search(Asked(query, filters), limit=2 * limit)
        found: dict[str, SearchResult] = {}
        for hit in hits:
            found.setdefault(
                hit.article.id,
                SearchResult(
                    id=hit.article.id,
                    title=hit.article.title or hit.article.id,
                    url=address_of(hit.article, base=base),
                    text=hit.passage.text[:_SNIPPET],
                    outlet=hit.article.outlet,
                    published=hit.article.published,
                ),
            )
        return SearchResults(results=list(found.values())[:limit])

    async def fetch(self, name: str, *, offset: int, base: str) -> FetchedArticle:
        """The text of an article: as it is now, or of a revision named behind an @."""
        async with self.turn():
            article, present = await asyncio.to_thread(self.article, name)
        start, end = within(offset, 0, len(article.body), name="offset"), offset + MOST_TEXT
        return FetchedArticle(
            id=name,
            title=article.title or article.id,
            text=article.body[start:end],
            url=address_of(article, base=base),
            metadata=FetchedMetadata(
                outlet=article.outlet,
                agency=article.agency,
                author=article.author,
                published=article.published,
                language=article.language,
                revision=article.revision,
                current=article.revision == present,
                offset=start,
                characters=len(article.body),
                next_offset=end if end < len(article.body) else None,
            ),
        )

    def article(self, name: str) -> tuple[Article, str]:
        """An article by "ID" or "ID@REVISION", and its present revision; raises `NotInArchive`."""
        found, at, revision = name.rpartition("@")
        if at and len(revision) == _REVISION:
            article = self.library.article(found, revision=revision)
        else:
            article = self.library.article(name)
        return article, self.library.revisions(article.id)[0]

    async def ask(self, question: str, filters: Filters, *, base: str) -> AskedAnswer:
        """A proved answer, or why there is none, with what comes nearest."""
        async with self.turn():
            answer = await self.asker.ask(Asked(question, filters))
        return _answer(answer, base)

    async def check(self, text: str, speaker: str | None) -> tuple[CheckBody, list[str]]:
        """What a quotation is, and the same in lines."""
        async with self.turn():
            checked = await asyncio.to_thread(self.checker.check, text, speaker=speaker)
        return check_body(checked), check_lines(checked, words_of())

    async def changes(self, since: str | None, *, offset: int, limit: int, base: str) -> ChangedQuotes:
        """One page of the past answers whose cited words have changed."""
        async with self.turn():
            changed = await asyncio.to_thread(self.library.changed, since=since)
        page = changed[offset : offset + limit]
        after = offset + limit
        return ChangedQuotes(
            changes=[_changed(one, base) for one in page],
            total=len(changed),
            next_offset=after if after < len(changed) else None,
        )


def address_of(article: Article, *, base: str) -> str:
    """An article's own address; without one the server's page for it, and without a server its resource."""
    if target := link_target(article.url):
        return target
    name = quote(article.id, safe="")
    return f"{base}?article={name}" if base else f"article://{name}@{article.revision}"


def filters_of(outlet: Sequence[str], since: str | None, until: str | None, as_of: str | None) -> Filters:
    """Filters as tools take them; raises `BadFilter` for a date that is none."""
    from index.dates import date_span

    for date in (since, until, as_of):
        if date is not None:
            date_span(date)
    return Filters(tuple(outlet), since, until, as_of)


def within(value: int, least: int, most: int, *, name: str) -> int:
    """A number that a tool was given; raises `BadInput` outside of what it takes."""
    if not least <= value <= most:
        raise BadInput(f"{name} is {value}, expected {least} to {most}")
    return value


def _answer(answer: Answer, base: str) -> AskedAnswer:
    why = answer.abstention
    return AskedAnswer(
        status="abstained" if why else "answered",
        text=answer_text(answer, words_of()),
        reason=why.reason if why else None,
        quotes=[_proved(one, base) for one in (why.nearest if why else answer.citations)],
        confidence=answer.confidence,
        notes=[note_line(one, words_of()) for one in answer.notes],
    )


def _proved(citation: Citation, base: str) -> ProvedQuote:
    article = citation.article
    return ProvedQuote(
        quote=citation.quote,
        outlet=article.outlet,
        published=article.published,
        url=address_of(article, base=base),
        article=article.id,
        title=article.title,
        revision=citation.revision,
        start=citation.start,
        end=citation.end,
    )


def _changed(one: Changed, base: str) -> ChangedQuote:
    return ChangedQuote(
        question=one.question,
        asked_at=one.at,
        was=one.quote,
        now=cite(one.article, one.now, number=1).quote if one.now else None,
        changed_at=one.changed_at,
        article=one.article.id,
        title=one.article.title,
        outlet=one.article.outlet,
        url=address_of(one.article, base=base),
        corrections=[cite(one.article, note, number=1).quote for note in one.notes],
    )
