"""An answer into the row of a table; every quotation keeps its place, so that it can be proved again."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from bot.answers.answer import Answer
from bot.batch.questions import BatchQuestion
from bot.showing.formats.taken import TakenQuote, taken_answer

COLUMNS = (
    "number", "question", "status", "answer", "confidence", "quotations", "outlets", "dates", "links",
    "error",
)  # fmt: skip


class RowQuote(BaseModel):
    """Words of an article: `body[start:end] == quote` of its `revision`."""

    model_config = ConfigDict(frozen=True)

    quote: str
    speaker: str = ""
    outlet: str | None
    title: str
    published: str | None
    url: str | None
    article: str
    revision: str
    start: int
    end: int

    @classmethod
    def of(cls, taken: TakenQuote) -> Self:
        """A quotation of an answer."""
        article = taken.article
        return cls(
            quote=taken.quote,
            speaker=taken.speaker,
            outlet=article.outlet,
            title=article.title,
            published=article.published,
            url=article.url,
            article=article.id,
            revision=article.revision,
            start=taken.start,
            end=taken.end,
        )


class AnswerRow(BaseModel):
    """One question of a batch and what came of it."""

    model_config = ConfigDict(frozen=True)

    number: int
    question: str
    status: str = Field(description="`answered`, a reason to abstain, or `error`")
    answer: str = ""
    confidence: float | None = None
    quotations: tuple[RowQuote, ...] = Field(default=(), description="of an abstention the nearest evidence")
    error: str | None = Field(default=None, description="why it could not be asked")

    @property
    def cells(self) -> tuple[str | float | None, ...]:
        """The row in the order of `COLUMNS`; of several values in a cell each has a line."""
        quotes = self.quotations
        return (
            self.number,
            self.question,
            self.status,
            self.answer,
            None if self.confidence is None else round(self.confidence, 3),
            "\n".join(one.quote for one in quotes),
            "\n".join(dict.fromkeys(one.outlet for one in quotes if one.outlet)),
            "\n".join(dict.fromkeys(one.published[:10] for one in quotes if one.published)),
            "\n".join(dict.fromkeys(one.url for one in quotes if one.url)),
            self.error,
        )


def row_of(question: BatchQuestion, answer: Answer) -> AnswerRow:
    """The row of a question that was answered, or abstained from."""
    taken = taken_answer(answer)
    return AnswerRow(
        number=question.number,
        question=question.text,
        status=taken.status,
        answer="\n".join(taken.lines),
        confidence=answer.confidence,
        quotations=tuple(map(RowQuote.of, taken.quotes)),
    )


def failed_row(question: BatchQuestion, why: str) -> AnswerRow:
    """The row of a question that could not be asked."""
    return AnswerRow(number=question.number, question=question.text, status="error", error=why)
