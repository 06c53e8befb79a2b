"""What an answerer is given and what it proposes: places in articles, nothing proved yet."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from bot.answers.answer import Abstention, Cut, TokenUsage, Verdict, Voice
from bot.answers.notes import ModelFailed, NothingKept
from bot.answers.question import Question
from index.records import Article, Hit, Span


class Candidate(Protocol):
    """A sentence that may answer: a span of the body of a hit's article; `bot.weighing.choose` makes them."""

    @property
    def hit(self) -> Hit:
        """The passage it stands in."""

    @property
    def span(self) -> Span:
        """Where it stands in the article's body."""

    @property
    def score(self) -> float:
        """How well it answers; comparable within one question only, higher is better."""


AnswerForm = Literal[  # of the answer that a question asks for
    "fact",
    "definition",  # "What is PM2.5?": the sentence that says what it is
    "list",  # "Which countries signed?": all of them, from one sentence or several
    "change",  # "How did the cost change?": dated steps, the oldest first
    "keywords",  # "bird flu cows texas": the newest on it
]

# The words that answer in a sentence: spans of the body, by article and the sentence's span.
Shorts = Mapping[tuple[str, Span], Span]


@dataclass(frozen=True)
class Weighed:
    """The hits of a question, read: candidates best first, and whether they hold the answer.

    `missing` are words of the question that the best candidates do not cover and that tell something by it,
    `unmet` all of its topic that they do not cover, common words too. `asks_for` is the kind of thing
    asked for ("person", "date", …; see `bot.weighing.terms`). `shorts` are the words that answer in a
    candidate: spans of the body, by article and the candidate's span, for candidates that a reader has read.
    `possible`: one of the candidates may be an answer, if not a sure one. `form` is that of the answer.
    """

    candidates: Sequence[Candidate]
    enough: bool
    missing: tuple[str, ...] = ()
    asks_for: str = "other"
    probability: float | None = None
    shorts: Shorts = field(default_factory=dict)
    possible: bool = True
    form: AnswerForm = "fact"
    unmet: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Words of an article that a sentence relies on."""

    article: Article
    span: Span


@dataclass(frozen=True)
class Proposed:
    """One sentence of a proposal, with the places it relies on; `Sentence` says the rest.

    `short` is a span of the body of the first place's article.
    """

    text: str
    places: tuple[Place, ...]
    verdict: Verdict
    speaker: str | None = None
    role: str | None = None
    also_in: tuple[str, ...] = ()
    short: Span | None = None
    voice: Voice | None = None
    wording: str | None = None


@dataclass(frozen=True)
class NearPlace:
    """The place of nearest evidence; `short` are its likely words, a span of the article's body."""

    place: Place
    short: Span | None = None


@dataclass(frozen=True)
class Refused:
    """An abstention whose nearest evidence is not proved yet."""

    why: Abstention
    nearest: tuple[NearPlace, ...] = ()


@dataclass(frozen=True)
class Written:
    """What a language model had to do with it (see `Answer`). `wrote`: some of it is shown."""

    llm: str
    wrote: bool
    prompts: tuple[str, ...]
    usage: TokenUsage
    cut: tuple[Cut, ...] = ()


@dataclass(frozen=True)
class NoAnswer:
    """The language model `llm` finds no answer in what it was sent."""

    llm: str


ProposalPart = Proposed | ModelFailed | NothingKept | NoAnswer | Written


class Answerer(Protocol):
    """Turns what was found into sentences: by quoting it, or with a language model."""

    def propose(
        self, question: Question, weighed: Weighed, *, hits: Sequence[Hit]
    ) -> AsyncGenerator[ProposalPart, None]:
        """The sentences that answer, each as soon as it is there; none where nothing can be said.

        Closing the iterator ends the work. Nothing is raised for what a model or its server does.
        """
