"""Answers and hits as JSON: the same from the terminal, HTTP and eval. Fields may be added, these stay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypedDict

from bot.answers.answer import (
    Abstention,
    Answer,
    Correction,
    DatedWords,
    Difference,
    Differing,
    Reason,
    Sentence,
    TokenUsage,
    Verdict,
    Voicing,
)
from bot.answers.citation import Citation
from bot.answers.origins import Origin
from index.records import Article, Filters, Hit, Span


class ArticleJson(TypedDict):
    """An article without its body."""

    id: str
    title: str
    outlet: str | None
    agency: str | None
    published: str | None
    url: str | None


class CitationJson(TypedDict):
    """`article.body[start:end] == quote`."""

    number: int
    quote: str
    start: int
    end: int
    revision: str
    article: ArticleJson


class ShortJson(TypedDict):
    """The words that answer by themselves: `text == sentence.text[start:end]`, and so of the quotation."""

    text: str
    start: int
    end: int


class WordsJson(TypedDict):
    """Words of the article of a citation: `text == body[start:end]`."""

    citation: int
    text: str
    start: int
    end: int


class VoiceJson(TypedDict):
    """Who says a sentence: the kind of speaker, the words that show it, the outlet they came through."""

    kind: Voicing
    evidence: WordsJson | None
    via: str | None


class OriginJson(TypedDict):
    """One independent text behind an answer: its citations, and every outlet that printed it."""

    citations: list[int]
    outlets: list[str]
    agency: str | None


class DifferenceJson(TypedDict):
    """Where outlets differ, or agree, on one event, or copies of one report: the words of each."""

    kind: Differing
    cells: list[WordsJson]


class DatedWordsJson(WordsJson):
    """Relative words of a citation and the days they mean, both included."""

    first: str
    last: str
    exact: bool


class SentenceJson(TypedDict):
    """One sentence; `citations` are numbers of the answer's citations."""

    text: str
    citations: list[int]
    verdict: Verdict
    speaker: str | None
    role: str | None
    also_in: list[str]
    short: ShortJson | None
    voice: VoiceJson | None
    wording: str | None


class AbstentionJson(TypedDict):
    """Why there is no answer; the nearest do not answer."""

    reason: Reason
    missing: list[str]
    nearest: list[CitationJson]


class FiltersJson(TypedDict):
    """The filters that were used."""

    outlet: list[str]
    since: str | None
    until: str | None
    as_of: str | None


class UsageJson(TypedDict):
    """What a language model was asked: calls, and tokens read and written."""

    calls: int
    input: int
    output: int
    estimated: bool


class CutJson(TypedDict):
    """A sentence that was not shown, and why."""

    text: str
    finding: str


class AnswerJson(TypedDict):
    """The whole of an answer."""

    question: str
    status: Literal["answered", "abstained"]
    text: str
    sentences: list[SentenceJson]
    citations: list[CitationJson]
    abstention: AbstentionJson | None
    confidence: float | None
    filters: FiltersJson
    notes: list[str]
    llm: str | None
    prompts: list[str]
    usage: UsageJson | None
    cut: list[CutJson]
    origins: list[OriginJson]
    differences: list[DifferenceJson]
    dates: list[DatedWordsJson]
    corrections: list[WordsJson]
    timings_ms: dict[str, float]


class HitJson(TypedDict):
    """A passage that was found, with why it is there."""

    article: ArticleJson
    revision: str
    passage: int
    start: int
    end: int
    text: str
    score: float
    dense: float | None
    dense_rank: int | None
    bm25: float | None
    bm25_rank: int | None
    copies: list[ArticleJson]


def answer_json(answer: Answer) -> AnswerJson:
    """An answer as JSON."""
    return {
        "question": answer.question,
        "status": answer.status,
        "text": answer.text,
        "sentences": [_sentence(one, answer.citations) for one in answer.sentences],
        "citations": [citation_json(one) for one in answer.citations],
        "abstention": _abstention(answer.abstention) if answer.abstention else None,
        "confidence": answer.confidence,
        "filters": filters_json(answer.filters),
        "notes": list(answer.notes),
        "llm": answer.llm,
        "prompts": list(answer.prompts),
        "usage": _usage(answer.usage) if answer.usage else None,
        "cut": [{"text": one.text, "finding": one.finding} for one in answer.cut],
        "origins": [_origin(one) for one in answer.origins],
        "differences": [_difference(one, answer.citations) for one in answer.differences],
        "dates": [_dated(one, answer.citations) for one in answer.dates],
        "corrections": [_correction(one, answer.citations) for one in answer.corrections],
        "timings_ms": dict(answer.timings_ms),
    }


def hit_json(hit: Hit) -> HitJson:
    """A hit as JSON."""
    passage = hit.passage
    return {
        "article": article_json(hit.article),
        "revision": passage.revision,
        "passage": passage.number,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "score": hit.score,
        "dense": hit.dense,
        "dense_rank": hit.dense_rank,
        "bm25": hit.bm25,
        "bm25_rank": hit.bm25_rank,
        "copies": [article_json(copy) for copy in hit.copies],
    }


def citation_json(citation: Citation) -> CitationJson:
    """A citation as JSON."""
    return {
        "number": citation.number,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "revision": citation.revision,
        "article": article_json(citation.article),
    }


def article_json(article: Article) -> ArticleJson:
    """What a citation tells of its article."""
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "agency": article.agency,
        "published": article.published,
        "url": article.url,
    }


def filters_json(filters: Filters) -> FiltersJson:
    """Filters as JSON."""
    return {
        "outlet": list(filters.outlet),
        "since": filters.since,
        "until": filters.until,
        "as_of": filters.as_of,
    }


def _sentence(sentence: Sentence, citations: Sequence[Citation]) -> SentenceJson:
    return {
        "text": sentence.text,
        "citations": list(sentence.citations),
        "verdict": sentence.verdict,
        "speaker": sentence.speaker,
        "role": sentence.role,
        "also_in": list(sentence.also_in),
        "short": _short(sentence),
        "voice": _voice(sentence, citations) if sentence.voice else None,
        "wording": sentence.wording,
    }


def _voice(sentence: Sentence, citations: Sequence[Citation]) -> VoiceJson | None:
    voice = sentence.voice
    if voice is None:
        return None
    evidence = _words(sentence.citations[0], voice.evidence, citations) if voice.evidence else None
    return {"kind": voice.kind, "evidence": evidence, "via": voice.via}


def _words(number: int, span: Span, citations: Sequence[Citation]) -> WordsJson:
    body = next(one.article.body for one in citations if one.number == number)
    return {"citation": number, "text": body[span.start : span.end], "start": span.start, "end": span.end}


def _origin(origin: Origin) -> OriginJson:
    return {
        "citations": list(origin.citations),
        "outlets": list(origin.outlets),
        "agency": origin.agency,
    }


def _difference(difference: Difference, citations: Sequence[Citation]) -> DifferenceJson:
    cells = [_words(one.citation, Span(one.start, one.end), citations) for one in difference.cells]
    return {"kind": difference.kind, "cells": cells}


def _correction(one: Correction, citations: Sequence[Citation]) -> WordsJson:
    return _words(one.citation, Span(one.start, one.end), citations)


def _dated(one: DatedWords, citations: Sequence[Citation]) -> DatedWordsJson:
    words = _words(one.citation, Span(one.start, one.end), citations)
    return {**words, "first": one.first, "last": one.last, "exact": one.exact}


def _short(sentence: Sentence) -> ShortJson | None:
    if sentence.short is None:
        return None
    start, end = sentence.short
    return {"text": sentence.text[start:end], "start": start, "end": end}


def _usage(usage: TokenUsage) -> UsageJson:
    return {
        "calls": usage.calls,
        "input": usage.input,
        "output": usage.output,
        "estimated": usage.estimated,
    }


def _abstention(abstention: Abstention) -> AbstentionJson:
    return {
        "reason": abstention.reason,
        "missing": list(abstention.missing),
        "nearest": [citation_json(one) for one in abstention.nearest],
    }
