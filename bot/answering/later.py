"""Citations into what later articles tell of the same story, or take back; each proved like a citation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from bot.answering.corrections import corrections_of
from bot.answers.answer import Answer, Later
from bot.answers.citation import Citation
from bot.answers.notes import NoLongerSaid
from bot.answers.proposal import Place
from bot.proof.proving import ArticleShelf, cite_again
from index.copies.retracting import takes_back, tells_of_retracting
from index.copies.sentence import counterpart
from index.copies.telling import Telling
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

    Nothing is shown that the question's `until` and `as_of` leave out, or that is quoted already; what is
    cited for a difference only is.
    """
    filters = _until(answer.filters)
    quoted = {number for sentence in answer.sentences for number in sentence.citations}
    known = {one.article.id for one in answer.citations if one.number in quoted}
    citations, found = list(answer.citations), list[Later]()
    for one in answer.citations:
        told = shelf.later(one.article.id, filters=filters) if one.number in quoted else []
        new = [story for story in told if story.article.id not in known]
        if not new or len(found) == MOST:
            continue
        story = next((story for story in reversed(new) if story.retracts), new[-1])
        citation = _cited(Place(story.article, _telling(one, story)), citations, shelf)
        if citation:
            known.add(story.article.id)
            citations += [] if citation in citations else [citation]
            found.append(Later(citation.number, one.number, story.retracts))
    return replace(answer, citations=tuple(citations), later=tuple(found))


def no_longer_said(
    nearest: Sequence[Citation], filters: Filters, shelf: StoryShelf
) -> tuple[NoLongerSaid, ...]:
    """What takes back what an article that comes nearest says, or else its first note that corrects it."""
    notes = {one.citation: Span(one.start, one.end) for one in reversed(corrections_of(nearest))}
    found = []
    for one in nearest:
        back = next(
            (story for story in shelf.later(one.article.id, filters=_until(filters)) if story.retracts), None
        )
        place = Place(back.article, _telling(one, back)) if back else None
        if place is None and one.number in notes:
            place = Place(one.article, notes[one.number])
        if place and (told := cite_again(place, shelf, number=one.number)):
            found.append(NoLongerSaid(one.article, back is not None, told))
    return tuple(found)


def _until(filters: Filters) -> Filters:
    """Of what is asked for, the days after which nothing is told."""
    return Filters(until=filters.until, as_of=filters.as_of)


def _cited(place: Place, citations: Sequence[Citation], shelf: StoryShelf) -> Citation | None:
    """The citation of a place, that of a difference where it has one."""
    number = max(one.number for one in citations) + 1
    new = cite_again(place, shelf, number=number)
    return next((one for one in citations if new and replace(one, number=number) == new), new)


def _telling(cited: Citation, story: StoryArticle) -> Span:
    """The sentence of a later article that takes back, or stands for the cited one where that has changed.

    Its first, else. What another outlet says of a taking back is a later report, in that outlet's words.
    """
    article = story.article
    if tells_of_retracting(Telling(cited.article), Telling(article)):
        spans = sentence_spans(article.body, language=article.language)
        told = (one for one in spans if takes_back(article.body[one.start : one.end]))
        return next(told, lead_of(article))
    if not holds(article.body, cited.quote):
        found = counterpart(cited.quote, article.body, language=article.language)
        if found:
            return found
    return lead_of(article)


def lead_of(article: Article) -> Span:
    """The first sentence of an article that is long enough to say something."""
    spans = sentence_spans(article.body, language=article.language)
    long = (one for one in spans if len(article.body[one.start : one.end].split()) > SHORT)
    return next(long, spans[0])
