"""Citations into what later articles tell of the same story, or take back; each proved like a citation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from bot.answers.answer import Answer, Later
from bot.answers.citation import Citation
from bot.answers.proposal import Place
from bot.proof.proving import ArticleShelf, cite_again
from index.copies.sentence import counterpart
from index.copies.words import holds
from index.records import Article, Filters, Span
from index.sentences import sentence_spans
from index.storage.records import StoryArticle

MOST = 2  # later reports of an answer
SHORT = 5  # words of a sentence that is no lead


class StoryShelf(ArticleShelf, Protocol):
    """What this needs of `index.storage.archive.Archive`."""

    def later(self, article_id: str, *, filters: Filters = ...) -> Sequence[StoryArticle]:
        """The articles that tell an article's story later, oldest first."""

    def story(self, article_id: str) -> Sequence[StoryArticle]:
        """The story of an article, itself among them, in the order of their dates."""


def with_later(answer: Answer, shelf: StoryShelf) -> Answer:
    """The answer with the newest report of each quoted article's story, or what takes it back.

    Nothing is shown that the question's `until` and `as_of` leave out, or that is cited already.
    """
    filters = Filters(until=answer.filters.until, as_of=answer.filters.as_of)
    quoted = {number for sentence in answer.sentences for number in sentence.citations}
    known, citations, found = (
        {one.article.id for one in answer.citations},
        list(answer.citations),
        list[Later](),
    )
    for one in answer.citations:
        told = shelf.later(one.article.id, filters=filters) if one.number in quoted else []
        new = [story for story in told if story.article.id not in known]
        if not new or len(found) == MOST:
            continue
        story = next((story for story in reversed(new) if story.retracts), new[-1])
        number = max(citation.number for citation in citations) + 1
        citation = cite_again(Place(story.article, _telling(one, story)), shelf, number=number)
        if citation:
            known.add(story.article.id)
            citations.append(citation)
            found.append(Later(number, one.number, story.retracts))
    return replace(answer, citations=tuple(citations), later=tuple(found))


def _telling(cited: Citation, story: StoryArticle) -> Span:
    """The sentence of a later article that stands for the cited one; its first where that has not changed."""
    article = story.article
    if not story.retracts and not holds(article.body, cited.quote):
        found = counterpart(cited.quote, article.body, language=article.language)
        if found:
            return found
    return lead_of(article)


def lead_of(article: Article) -> Span:
    """The first sentence of an article that is long enough to say something."""
    spans = sentence_spans(article.body, language=article.language)
    long = (one for one in spans if len(article.body[one.start : one.end].split()) > SHORT)
    return next(long, spans[0])
