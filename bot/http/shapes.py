"""Dateline's records as the bodies that leave over HTTP, and the bodies that come in as records."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answer import Abstention, Answer, Sentence
from bot.citation import Citation
from bot.http.article_bodies import OutletCount, RefusedArticle, StatusBody, TakenBody
from bot.http.bodies import (
    AbstentionBody,
    AnswerBody,
    ArticleRef,
    AskBody,
    CitationBody,
    FiltersBody,
    HitBody,
    SentenceBody,
)
from bot.http.needs import Question, Shelf, Taken, Turn
from index.records import Article, Filters, Hit


def article_ref(article: Article) -> ArticleRef:
    """An article without its body."""
    return ArticleRef(
        id=article.id,
        title=article.title,
        outlet=article.outlet,
        agency=article.agency,
        author=article.author,
        published=article.published,
        url=article.url,
        language=article.language,
    )


def citation_body(citation: Citation) -> CitationBody:
    """A citation with its article."""
    return CitationBody(
        number=citation.number,
        quote=citation.quote,
        start=citation.start,
        end=citation.end,
        revision=citation.revision,
        article=article_ref(citation.article),
    )


def sentence_body(sentence: Sentence) -> SentenceBody:
    """A sentence of an answer."""
    return SentenceBody(
        text=sentence.text,
        citations=list(sentence.citations),
        verdict=sentence.verdict,
        speaker=sentence.speaker,
    )


def _abstention_body(abstention: Abstention) -> AbstentionBody:
    return AbstentionBody(
        reason=abstention.reason,
        missing=list(abstention.missing),
        nearest=[citation_body(citation) for citation in abstention.nearest],
    )


def answer_body(answer: Answer) -> AnswerBody:
    """An answer, whole."""
    return AnswerBody(
        question=answer.question,
        status=answer.status,
        text=answer.text,
        sentences=[sentence_body(sentence) for sentence in answer.sentences],
        citations=[citation_body(citation) for citation in answer.citations],
        abstention=_abstention_body(answer.abstention) if answer.abstention else None,
        filters=filters_body(answer.filters),
        llm=answer.llm,
        timings_ms=dict(answer.timings_ms),
    )


def hit_bodies(hits: Sequence[Hit]) -> list[HitBody]:
    """Hits, best first as they come."""
    return [
        HitBody(
            text=hit.passage.text,
            start=hit.passage.start,
            end=hit.passage.end,
            revision=hit.passage.revision,
            score=hit.score,
            dense=hit.dense,
            dense_rank=hit.dense_rank,
            bm25=hit.bm25,
            bm25_rank=hit.bm25_rank,
            article=article_ref(hit.article),
            copies=[article_ref(copy) for copy in hit.copies],
        )
        for hit in hits
    ]


def filters_body(filters: Filters) -> FiltersBody:
    """Filters as they leave; built without checks, for they come from inside."""
    return FiltersBody.model_construct(
        outlet=list(filters.outlet), since=filters.since, until=filters.until, as_of=filters.as_of
    )


def filters_of(body: FiltersBody) -> Filters:
    """Filters as they came in; whether the dates are dates is for the archive to say."""
    return Filters(outlet=tuple(body.outlet), since=body.since, until=body.until, as_of=body.as_of)


def question_of(body: AskBody) -> Question:
    """A question as it came in."""
    history = tuple(Turn(turn.role, turn.content) for turn in body.history)
    return Question(body.question, filters_of(body.filters), history, body.llm)


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
        version=version,
        examples=list(examples),
    )
