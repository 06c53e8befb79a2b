"""What a person is told beside an answer, as facts: how the question was read, and how the answer came about.

`bot.showing.notes` puts them into words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.answers.citation import Citation
from index.records import Article, Filters

ModelTroubleKind = Literal[
    "status",  # its server answered with this status
    "not_taken",  # its server did not take the call in time
    "fell_silent",
    "unreachable",
    "broke_off",
    "unreadable",  # its reply broke off or cannot be read; what was raised
    "not_asked",  # it could not be asked; what was raised
    "said_nothing",
    "too_slow",  # it took longer than this many seconds
    "too_long",  # it wrote on past this many characters
    "spent",  # the question has used up its tokens; so many are left
]


@dataclass(frozen=True)
class ModelTrouble:
    """Why a language model could not be asked, or what it said is no use; `detail` is a number or a name."""

    kind: ModelTroubleKind
    detail: str = ""

    def __str__(self) -> str:
        """For logs: "status 429"."""
        return f"{self.kind} {self.detail}".strip()


@dataclass(frozen=True)
class ReadAs:
    """A follow-up that was read as a question that stands alone."""

    question: str


@dataclass(frozen=True)
class Only:
    """Filters that were read from the question."""

    filters: Filters


@dataclass(frozen=True)
class Respelled:
    """A name of the question that was taken as the archive spells it."""

    asked: str
    found: str


@dataclass(frozen=True)
class AskedDays:
    """Words of the question that name days by the day of asking, with the first and the last as ISO days."""

    words: str
    first: str
    last: str


@dataclass(frozen=True)
class Newest:
    """How old the newest article is that is quoted: its ISO day, and the days since.

    `latest` is the ISO day of the archive's newest article, where that is another. `older` are the numbers of
    the citations of older articles.
    """

    published: str
    days: int
    latest: str | None = None
    older: tuple[int, ...] = ()


@dataclass(frozen=True)
class NoLongerSaid:
    """Of an article that comes nearest: that it corrects itself, or was taken back, as `told` proves."""

    of: Article
    taken_back: bool
    told: Citation


@dataclass(frozen=True)
class NoModel:
    """A language model was asked for, and none is set up."""


@dataclass(frozen=True)
class ModelFailed:
    """A language model gave no answer, or did not finish it: `begun`."""

    llm: str
    trouble: ModelTrouble
    begun: bool = False


@dataclass(frozen=True)
class NothingKept:
    """Nothing that a language model wrote stands in the passages, or it wrote nothing: not `wrote`."""

    llm: str
    wrote: bool


Note = ReadAs | Only | Respelled | AskedDays | Newest | NoLongerSaid | NoModel | ModelFailed | NothingKept
