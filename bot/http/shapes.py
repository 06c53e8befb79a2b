"""Dateline's records as the bodies that leave over HTTP, and the bodies that come in as records."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.answer import Answer
from bot.http.article_bodies import OutletCount, RefusedArticle, StatusBody, TakenBody
from bot.http.bodies import (
    AnswerBody,
    AskBody,
    FiltersBody,
    HitBody,
    ListedArticle,
    SentenceEvent,
)
from bot.http.needs import Asked, Shelf, Taken, Turn
from bot.proof.proving import Proved
from bot.showing.json import answer_json, hit_json
from index.records import Article, Filters, Hit


def article_ref(article: Article) -> ListedArticle:
    """An article without its body."""
    return ListedArticle(
        id=article.id,
        title=article.title,
        outlet=article.outlet,
        agency=article.agency,
        author=article.author,
        published=article.published,
        url=article.url,
        language=article.language,
    )


def answer_body(answer: Answer) -> AnswerBody:
    """An answer, the same as the terminal and eval print it."""
    return AnswerBody.model_validate(answer_json(answer))


def sentence_event(proved: Proved) -> SentenceEvent:
    """A proved sentence with its citations."""
    whole = answer_json(Answer("", (proved.sentence,), proved.citations))
    return SentenceEvent.model_validate({"sentence": whole["sentences"][0], "citations": whole["citations"]})


def hit_bodies(hits: Sequence[Hit]) -> list[HitBody]:
    """Hits, best first as they come."""
    return [HitBody.model_validate(hit_json(hit)) for hit in hits]


def filters_of(body: FiltersBody) -> Filters:
    """Filters as they came in; whether the dates are dates is for the archive to say."""
    return Filters(outlet=tuple(body.outlet), since=body.since, until=body.until, as_of=body.as_of)


def question_of(body: AskBody) -> Asked:
    """A question as it came in."""
    history = tuple(Turn(turn.role, turn.content) for turn in body.history)
    return Asked(body.question, filters_of(body.filters), history, body.llm, body.wording)


def taken_body(taken: Taken) -> TakenBody:
    """What became of articles."""
    return TakenBody(
        added=taken.added,
        updated=taken.updated,
        unchanged=taken.unchanged,
        copies=taken.copies,
        refused=[RefusedArticle(where=where, why=why) for where, why in taken.refused],
        notes=list(taken.notes),
    )


def status_body(shelf: Shelf, *, version: str, examples: Sequence[str]) -> StatusBody:
    """What the archive holds, with what the page needs besides."""
    return StatusBody(
        articles=shelf.articles,
        passages=shelf.passages,
        copies=shelf.copies,
        undated=shelf.undated,
        outlets=[OutletCount(name=name, articles=count) for name, count in shelf.outlets],
        first=shelf.first,
        last=shelf.last,
        encoder=shelf.encoder,
        health=shelf.health,
        llm=shelf.llm,
        wording=shelf.wording,
        version=version,
        examples=list(examples),
    )
