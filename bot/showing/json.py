"""An answer as JSON: the same from the terminal, HTTP and eval. Fields may be added, these stay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import ConfigDict, Field, model_validator

from bot.answers.answer import (
    Answer,
)
from bot.answers.citation import Citation
from bot.proof.proving import Proved
from bot.showing.articles_json import CitationBody, Shown
from bot.showing.examples import HARBOUR_ANSWER
from bot.showing.notes import NoteKind, note_kind, note_line
from bot.showing.parts_json import (
    AbstentionBody,
    CutBody,
    DatedWordsBody,
    DifferenceBody,
    LaterBody,
    OriginBody,
    SentenceBody,
    UsageBody,
    UsedFilters,
    WordsBody,
)
from bot.showing.refusals import refusal
from bot.showing.text import answer_text
from bot.showing.wording import words_of


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
    note_kinds: tuple[NoteKind, ...] = Field(default=(), description="what each of the `notes` says")
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
    later: tuple[LaterBody, ...] = Field(
        default=(), description="citations of articles that tell a cited one's story later, or take it back"
    )
    timings_ms: dict[str, float]

    @model_validator(mode="before")
    @classmethod
    def _worded(cls, answer: object) -> object:
        """An answer with its facts in words."""
        if not isinstance(answer, Answer):
            return answer
        words, why = words_of(), answer.abstention
        return {
            **vars(answer),
            "status": answer.status,
            "text": answer_text(answer, words),
            "notes": tuple(note_line(note, words) for note in answer.notes),
            "note_kinds": tuple(note_kind(note) for note in answer.notes),
            "abstention": {**vars(why), "text": refusal(answer, words)} if why else None,
        }


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
