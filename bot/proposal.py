"""What an answerer is given and what it proposes: places in articles, nothing proved yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.answer import Reason, Verdict
from bot.question import Question
from index.records import Article, Hit, Span


class Candidate(Protocol):
    """A sentence that may answer: a span of the body of a hit's article; `bot.choose` makes them."""

    @property
    def hit(self) -> Hit:
        """The passage it stands in."""

    @property
    def span(self) -> Span:
        """Where it stands in the article's body."""

    @property
    def score(self) -> float:
        """How well it answers; comparable within one question only, higher is better."""


@dataclass(frozen=True)
class Weighed:
    """The hits of a question, read: candidates best first, and whether they hold the answer.

    `missing` are words of the question that the best candidates do not cover. `asks_for` is the kind of thing
    asked for ("person", "date", …; see `bot.terms`).
    """

    candidates: Sequence[Candidate]
    enough: bool
    missing: tuple[str, ...] = ()
    asks_for: str = "other"
    probability: float | None = None


@dataclass(frozen=True)
class Place:
    """Words of an article that a sentence relies on."""

    article: Article
    span: Span


@dataclass(frozen=True)
class Proposed:
    """One sentence of a proposal, with the places it relies on; see `bot.answer.Sentence` for the rest."""

    text: str
    places: tuple[Place, ...]
    verdict: Verdict
    speaker: str | None = None
    role: str | None = None
    also_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """An abstention before its nearest passages are proved. `text` is what a person is told."""

    reason: Reason
    text: str
    missing: tuple[str, ...] = ()
    nearest: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """Sentences in the order they are to be read. `llm` names the model that wrote them, if one did."""

    sentences: tuple[Proposed, ...]
    llm: str | None = None


class Answerer(Protocol):
    """Turns candidates that were found to be enough into a proposal: by quoting them, or with an LLM."""

    async def answer(self, question: Question, weighed: Weighed) -> Proposal | Refused:
        """The sentences that answer, or why there are none."""
