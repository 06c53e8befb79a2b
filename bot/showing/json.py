"""An answer as JSON: the same from the terminal, HTTP and eval. Fields may be added, these stay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import ConfigDict, Field, ValidationInfo, model_validator

from bot.answers.answer import (
    Answer,
    Cell,
    Correction,
    DatedWords,
    Differing,
    Reason,
    Sentence,
    Verdict,
    Voicing,
)
from bot.answers.citation import Citation
from bot.proof.proving import Proved
from bot.showing.articles_json import CitationBody, Shown
from bot.showing.examples import HARBOUR_ANSWER
from index.records import Span


class UsedFilters(Shown):
    """The filters that were used."""

    outlet: tuple[str, ...]
    since: str | None
    until: str | None
    as_of: str | None


class ShortBody(Shown):
    """The words of a sentence that answer by themselves."""

    text: str
    start: int = Field(description="`sentence.text[start:end] == text`")
    end: int


class WordsBody(Shown):
    """Words of the article of a citation."""

    citation: int = Field(description="the number of the citation they stand in or beside")
    text: str
    start: int = Field(description="`body[start:end] == text`, in code points of the article's body")
    end: int

    @model_validator(mode="before")
    @classmethod
    def _with_text(cls, place: object, info: ValidationInfo) -> object:
        """A place with its words, which its record leaves to the citation."""
        if not isinstance(place, Cell | DatedWords | Correction):
            return place
        return {**vars(place), **_words(place.citation, Span(place.start, place.end), info)}


class VoiceBody(Shown):
    """Who says a quoted sentence."""

    kind: Voicing = Field(description="`own` is the outlet's voice, `outlet` another outlet that it quotes")
    evidence: WordsBody | None = Field(default=None, description="the words that show who speaks")
    via: str | None = Field(default=None, description="another outlet through which the words came")


class DifferenceBody(Shown):
    """Where outlets differ, or agree, on one event, side by side; or the copies of one report."""

    kind: Differing = Field(
        description="what differs; `update`: the later report is newer; `copy`: one origin in two wordings"
    )
    cells: tuple[WordsBody, ...] = Field(
        description="each outlet's words, two or more; of one origin for `copy`, else of several"
    )


class OriginBody(Shown):
    """One independent text behind an answer; copies of it are no further sources."""

    citations: tuple[int, ...]
    outlets: tuple[str, ...] = Field(description="all who printed it, the one that is quoted first")
    agency: str | None


class DatedWordsBody(WordsBody):
    """Relative words of a citation, and the days they mean by its article's date."""

    first: str = Field(description="the first day, as an ISO date")
    last: str
    exact: bool = Field(default=True, description="false for loose words such as `a month ago`")


class SentenceBody(Shown):
    """One sentence of an answer."""

    text: str
    citations: tuple[int, ...] = Field(description="numbers of the citations it rests on, at least one")
    verdict: Verdict = Field(
        description="how it stands to them; `quoted`: it is the article's own sentence; `shortened`: its"
        " words in their order, some left out; `marked`: quotations, and a language model's own `wording`"
    )
    speaker: str | None = Field(
        default=None,
        description="who says it; null is the outlet's own voice, `unclear` is somebody it does not tell",
    )
    role: str | None = Field(default=None, description="what the article calls the speaker")
    also_in: tuple[str, ...] = Field(default=(), description="other outlets that printed the same words")
    short: ShortBody | None = Field(
        default=None, description="the words of a quoted sentence that answer, where a reader found them"
    )
    voice: VoiceBody | None = Field(default=None, description="who says the sentence")
    wording: str | None = Field(
        default=None, description="a language model's own words, which are not proved; only where `marked`"
    )

    @model_validator(mode="before")
    @classmethod
    def _with_words(cls, sentence: object, info: ValidationInfo) -> object:
        """A sentence with the words that its record only points at."""
        if not isinstance(sentence, Sentence):
            return sentence
        voice, evidence = sentence.voice, None
        if voice and voice.evidence:
            evidence = _words(sentence.citations[0], voice.evidence, info)
        return {
            **vars(sentence),
            "short": _part(sentence.text, sentence.short) if sentence.short else None,
            "voice": {**vars(voice), "evidence": evidence} if voice else None,
        }


class AbstentionBody(Shown):
    """Why there is no answer."""

    reason: Reason
    missing: tuple[str, ...] = Field(
        default=(), description="words of the question that the archive does not have"
    )
    nearest: tuple[CitationBody, ...] = Field(
        default=(), description="the nearest evidence: it does not answer"
    )


class UsageBody(Shown):
    """What a language model was asked for an answer."""

    calls: int = Field(description="calls, tries included")
    input: int = Field(description="tokens read")
    output: int = Field(description="tokens written")
    estimated: bool = Field(default=False, description="some are counted by length, not by its server")


class CutBody(Shown):
    """A sentence that a language model wrote and that is not shown, with what is wrong with it."""

    text: str
    finding: str


class AnswerBody(Shown):
    """A proved answer, or an abstention with its reason."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"examples": [HARBOUR_ANSWER]})

    question: str
    status: Literal["answered", "abstained"]
    text: str = Field(description="the whole answer as plain text, with [1] markers")
    sentences: tuple[SentenceBody, ...]
    citations: tuple[CitationBody, ...]
    abstention: AbstentionBody | None
    confidence: float | None = Field(
        default=None, ge=0, le=1, description="how likely the best evidence answers the question"
    )
    filters: UsedFilters = Field(description="the filters that were used, given or read from the question")
    notes: tuple[str, ...] = Field(
        default=(), description="how the question was understood, such as a filter that was read from it"
    )
    llm: str | None = Field(description="the language model that wrote it; null: it is quoted")
    prompts: tuple[str, ...] = Field(default=(), description="what a model was asked with: name and version")
    usage: UsageBody | None = Field(
        default=None, description="what asking a model took; null: none was asked"
    )
    cut: tuple[CutBody, ...] = Field(
        default=(), description="what a model wrote that did not survive proof; never part of the answer"
    )
    origins: tuple[OriginBody, ...] = Field(default=(), description="the independent texts behind the answer")
    differences: tuple[DifferenceBody, ...] = Field(
        default=(), description="where the outlets differ or agree"
    )
    dates: tuple[DatedWordsBody, ...] = Field(
        default=(), description="relative dates in the citations, resolved"
    )
    corrections: tuple[WordsBody, ...] = Field(
        default=(), description="notes in which the cited articles correct themselves"
    )
    timings_ms: dict[str, float]


class SentenceEvent(Shown):
    """The data of a `sentence` event: a proved sentence with the citations it rests on."""

    sentence: SentenceBody
    citations: tuple[CitationBody, ...]


def answer_body(answer: Answer) -> AnswerBody:
    """An answer as it leaves."""
    return AnswerBody.model_validate(answer, context=_bodies(answer.citations))


def sentence_event(proved: Proved) -> SentenceEvent:
    """A proved sentence as it leaves."""
    return SentenceEvent.model_validate(proved, context=_bodies(proved.citations))


def _bodies(citations: Sequence[Citation]) -> dict[int, str]:
    """The body that each citation is of, which the places beside it count in."""
    return {one.number: one.article.body for one in citations}


def _words(citation: int, span: Span, info: ValidationInfo) -> dict[str, int | str]:
    """A place in the article of a citation, with the words that stand there."""
    bodies: dict[int, str] = info.context or {}
    return {"citation": citation, **_part(bodies[citation], span)}


def _part(text: str, span: Span) -> dict[str, int | str]:
    return {"text": text[span.start : span.end], "start": span.start, "end": span.end}
