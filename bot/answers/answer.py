"""What Dateline answers: sentences with their citations, or an abstention; and the same as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.answers.citation import Citation, Nearest
from bot.answers.notes import Note
from bot.answers.origins import Origin
from index.records import Filters, Span

Reason = Literal[
    "not_in_archive",  # a name or rare word of the question stands nowhere in the archive
    "outside_dates",  # the archive has something, but not within the dates asked for
    "not_stated",  # the topic is there, the asked detail is not
    "unsure",  # what comes nearest may hold the answer, and may not
    "incomplete",  # the question hangs on a word that points to something it does not name: "it", "there"
    "unproved",  # the draft did not survive proof
]
Verdict = Literal[  # how a sentence stands to its citations
    "quoted",  # it is the article's own sentence
    "shortened",  # a language model's wording: the sentence's own words in their order, some left out
    "marked",  # its quotations, beside a language model's wording that is not proved
]


Voicing = Literal[  # who says a sentence
    "own",  # the outlet itself
    "named",  # a person by name
    "unnamed",  # somebody without a name: "a senior official"
    "body",  # a ministry, a company, a report
    "outlet",  # another outlet or agency that is quoted
    "unclear",
]
Differing = Literal[  # how outlets stand to one another on one event
    "figure", "date", "place", "actor",  # one of these is another
    "wording",  # different words for one thing: "liberated", "took control of"
    "copy",  # one origin in two wordings: a copy has other words than the article that is quoted
    "update",  # the later report has a newer figure or date
    "agreed",  # the same figure or date
]  # fmt: skip


@dataclass(frozen=True)
class Voice:
    """Who says a sentence, with the words that show it.

    `evidence` ("he further said") is a span of the body of the sentence's first citation. `via` is another
    outlet through which the words came ("told Reuters"). `partly`: only a clause or a quotation of the
    sentence is theirs, and the rest is the outlet's.
    """

    kind: Voicing
    evidence: Span | None = None
    via: str | None = None
    partly: bool = False


@dataclass(frozen=True)
class Cell:
    """One outlet's words in a difference: `body[start:end]` of a citation's article, within its quote."""

    citation: int
    start: int
    end: int


@dataclass(frozen=True)
class Difference:
    """Where outlets differ, or agree, on one event: two or more cells, side by side.

    They are of different origins, but of one where the kind is "copy".
    """

    kind: Differing
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class DatedWords:
    """Relative words within a citation, `body[start:end]`, and the days they mean by the article's date.

    `first` and `last` are ISO days, both included; `exact` is False for "a month ago".
    """

    citation: int
    start: int
    end: int
    first: str
    last: str
    exact: bool = True


@dataclass(frozen=True)
class Correction:
    """A note in which the article of a citation corrects itself: `body[start:end]` of that article."""

    citation: int
    start: int
    end: int


@dataclass(frozen=True)
class Later:
    """A citation of an article that tells the story of another citation's article later.

    `of` is the number of that one; `retracts`: the later article takes back what it said.
    """

    citation: int
    of: int
    retracts: bool = False


@dataclass(frozen=True)
class Sentence:
    """One sentence of an answer. `citations` are numbers of the answer's citations, at least one.

    `speaker` is who says it, by name where the article gives one; None is the outlet's own voice, "unclear"
    (`bot.speaking.speaker.UNCLEAR`) is somebody the article does not tell. `role` is what it calls the
    speaker. `also_in` are the other outlets that printed the same words, copies of one origin. `short` is the
    part of a quoted sentence's text that answers by itself, where a reader found one. `voice` says more of
    the speaker of a sentence; None where it was not asked. `text` is always proved: of a "marked" sentence it
    is the quotations, a line each, and `wording` is what the model made of them.
    """

    text: str
    citations: tuple[int, ...]
    verdict: Verdict
    speaker: str | None = None
    role: str | None = None
    also_in: tuple[str, ...] = ()
    short: Span | None = None
    voice: Voice | None = None
    wording: str | None = None


@dataclass(frozen=True)
class Abstention:
    """Why there is no answer: facts, which `bot.showing.refusals` puts into words.

    `nearest` is the nearest evidence, best first; of "unsure" it may hold the answer, its likely words are
    marked. `missing` are words of the question that the archive lacks, or that what comes nearest lacks, or
    an outlet that is asked for and not there; `near` are spellings that it has of them. `asks_for` is the
    kind of thing that is not stated ("person", "date", …; see `bot.weighing.terms`), `held` the first and
    last ISO date of the archive's articles where the dates asked for lie outside, `days` the first and last
    ISO day of those that the question names, where it names such as are later than all articles. `llm` is the
    language model that finds no answer in what it was sent, and `known` what is known without it.
    """

    reason: Reason
    missing: tuple[str, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    near: tuple[str, ...] = ()
    asks_for: str = "other"
    held: tuple[str, str] | None = None
    days: tuple[str, str] | None = None
    llm: str | None = None
    known: Reason | None = None


@dataclass(frozen=True)
class TokenUsage:
    """What a language model was asked for one answer: calls, tries included, and tokens read and written.

    `estimated`: its server did not count them all, so that some are counted by length.
    """

    calls: int
    input: int
    output: int
    estimated: bool = False


@dataclass(frozen=True)
class Cut:
    """A sentence of a language model that is not shown as an answer, with what is wrong with it."""

    text: str
    finding: str


@dataclass(frozen=True)
class Answer:
    """A proved answer or an abstention; exactly one of `sentences` and `abstention` is there.

    It holds facts; `bot.showing` puts them into words. `confidence` is the probability, from 0 to 1, that the
    best evidence answers the question, whether or not it was then used. `filters` are those that were used,
    given or read from the question. `notes` say how the question was understood and how it was answered (see
    `bot.answers.notes`). `llm` is the model that wrote the sentences, None where they
    are quoted. `prompts` name what any model was asked with ("answer 3f9a0c…", see `prompts.loader`), `usage`
    is what that took, and `cut` what it wrote that is not shown. `origins` are the independent texts behind
    it; `differences` are between these or their copies, each cell within one of `citations`; `dates` are the
    relative dates in the citations, `corrections` the notes in which the cited articles correct themselves,
    `later` the citations that tell on what a cited article tells.
    `timings_ms` are milliseconds a step.
    """

    question: str
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    abstention: Abstention | None = None
    confidence: float | None = None
    filters: Filters = field(default_factory=Filters)
    notes: tuple[Note, ...] = ()
    llm: str | None = None
    prompts: tuple[str, ...] = ()
    usage: TokenUsage | None = None
    cut: tuple[Cut, ...] = ()
    origins: tuple[Origin, ...] = ()
    differences: tuple[Difference, ...] = ()
    dates: tuple[DatedWords, ...] = ()
    corrections: tuple[Correction, ...] = ()
    later: tuple[Later, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    @property
    def status(self) -> Literal["answered", "abstained"]:
        """Whether the archive answered."""
        return "abstained" if self.abstention else "answered"
