"""An answer as eval keeps it: the same JSON as from the terminal and over HTTP, of peers, too.

Fields that are added to the answer later are kept as they came.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from bot.answers.answer import Answer
from bot.showing.articles_json import CitationBody
from bot.showing.json import AnswerBody, answer_body
from bot.showing.parts_json import AbstentionBody, NearestBody, SentenceBody, UsedFilters


class Kept(BaseModel):
    """Frozen, and keeps what it does not know."""

    model_config = ConfigDict(extra="allow", frozen=True)


class ShownAnswer(AnswerBody):
    """An answer as shown; the defaults are for peers that tell less."""

    sentences: tuple[SentenceBody, ...] = ()
    citations: tuple[CitationBody, ...] = ()
    abstention: AbstentionBody | None = None
    filters: UsedFilters = UsedFilters(outlet=(), since=None, until=None, as_of=None)
    llm: str | None = None
    timings_ms: dict[str, float] = Field(default_factory=dict)

    def all_citations(self) -> tuple[CitationBody, ...]:
        """Every quote that a person sees, those of an abstention too."""
        return self.citations + (self.abstention.nearest if self.abstention else ())

    @property
    def closest(self) -> tuple[NearestBody, ...]:
        """What may answer, where it is not sure; empty otherwise."""
        given = self.abstention
        return given.nearest if given and given.reason == "unsure" else ()

    def quotes(self, sentence: SentenceBody) -> tuple[str, ...]:
        """The quotes that a sentence cites; a number that names no citation gives none."""
        return tuple(shown.quote for shown in self.citations if shown.number in sentence.citations)


class ShownHit(Kept):
    """A retrieved passage: its article, the articles that carry it too, and its words."""

    article: str
    copies: tuple[str, ...] = ()
    text: str = ""
    score: float = 0.0


def shown(answer: Answer) -> ShownAnswer:
    """The answer as every front end gives it."""
    return ShownAnswer.model_validate(answer_body(answer).model_dump())
