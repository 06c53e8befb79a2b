"""A record's answer and the archive into the answer that its parts tell, with the articles of the archive."""

from __future__ import annotations

from bot.answers.answer import Answer, Cell, Correction, DatedWords, Difference, Later, Sentence, Voice
from bot.answers.citation import Citation, cite
from bot.answers.origins import Origin
from bot.proof.proving import ArticleShelf
from bot.showing.articles_json import CitationBody
from bot.showing.json import AnswerBody
from bot.showing.parts_json import SentenceBody, VoiceBody
from index.records import Span


def rebuilt(body: AnswerBody, shelf: ArticleShelf) -> Answer:
    """The answer without its notes, and without a reason where it is none; each citation must stand."""
    return Answer(
        question=body.question,
        sentences=tuple(map(_sentence, body.sentences)),
        citations=tuple(citation_of(one, shelf) for one in body.citations),
        origins=tuple(Origin(one.citations, one.outlets, one.agency) for one in body.origins),
        differences=tuple(
            Difference(one.kind, tuple(Cell(cell.citation, cell.start, cell.end) for cell in one.cells))
            for one in body.differences
        ),
        dates=tuple(
            DatedWords(one.citation, one.start, one.end, one.first, one.last, one.exact) for one in body.dates
        ),
        corrections=tuple(Correction(one.citation, one.start, one.end) for one in body.corrections),
        later=tuple(Later(one.citation, one.of, one.retracts) for one in body.later),
    )


def citation_of(one: CitationBody, shelf: ArticleShelf) -> Citation:
    """A citation with its article of the archive, read at its revision."""
    article = shelf.article(one.article.id, revision=one.revision)
    return cite(article, Span(one.start, one.end), number=one.number)


def _sentence(one: SentenceBody) -> Sentence:
    return Sentence(
        one.text,
        one.citations,
        one.verdict,
        one.speaker,
        one.role,
        one.also_in,
        Span(one.short.start, one.short.end) if one.short else None,
        _voice(one.voice) if one.voice else None,
        one.wording,
    )


def _voice(one: VoiceBody) -> Voice:
    evidence = Span(one.evidence.start, one.evidence.end) if one.evidence else None
    return Voice(one.kind, evidence, one.via, one.partly)
