"""The answer as JSON into what eval reads of it: the same JSON as from the terminal and over HTTP.

Fields that are added to the answer later are kept as they came.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from bot.answers.answer import Reason


class Kept(BaseModel):
    """Frozen, and keeps what it does not know."""

    model_config = ConfigDict(extra="allow", frozen=True)


class ShownArticle(Kept):
    """The article that a citation names."""

    id: str
    title: str = ""
    outlet: str | None = None
    agency: str | None = None
    published: str | None = None
    url: str | None = None


class ShownCitation(Kept):
    """A citation as shown."""

    number: int
    quote: str
    start: int
    end: int
    revision: str
    article: ShownArticle


class ShownSentence(Kept):
    """A sentence as shown; `citations` are numbers of the answer's citations."""

    text: str
    citations: tuple[int, ...]
    verdict: str = "quoted"
    speaker: str | None = None
    role: str | None = None


class ShownShort(Kept):
    """Words of a quote: `quote[start:end] == text`."""

    text: str
    start: int
    end: int


class ShownNearest(ShownCitation):
    """Nearest evidence as shown, with its likely words."""

    short: ShownShort | None = None


class ShownAbstention(Kept):
    """Why there was no answer; of "unsure" the nearest may hold it."""

    reason: Reason
    missing: tuple[str, ...] = ()
    nearest: tuple[ShownNearest, ...] = ()


class ShownUsage(Kept):
    """Tokens that an LLM read and wrote."""

    input: int
    output: int


class ShownAnswer(Kept):
    """An answer as shown."""

    question: str
    status: str
    text: str
    sentences: tuple[ShownSentence, ...] = ()
    citations: tuple[ShownCitation, ...] = ()
    abstention: ShownAbstention | None = None
    llm: str | None = None
    usage: ShownUsage | None = None
    confidence: float | None = None
    timings_ms: dict[str, float] = Field(default_factory=dict)

    def all_citations(self) -> tuple[ShownCitation, ...]:
        """Every quote that a person sees, those of an abstention too."""
        return self.citations + (self.abstention.nearest if self.abstention else ())

    @property
    def closest(self) -> tuple[ShownNearest, ...]:
        """What may answer, where it is not sure; empty otherwise."""
        given = self.abstention
        return given.nearest if given and given.reason == "unsure" else ()

    def quotes(self, sentence: ShownSentence) -> tuple[str, ...]:
        """The quotes that a sentence cites; a number that names no citation gives none."""
        return tuple(shown.quote for shown in self.citations if shown.number in sentence.citations)


class ShownHit(Kept):
    """A retrieved passage: its article, the articles that carry it too, and its words."""

    article: str
    copies: tuple[str, ...] = ()
    text: str = ""
    score: float = 0.0
