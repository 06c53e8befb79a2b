"""What the HTTP server needs of the rest of Dateline, as protocols: a fake of ten lines keeps each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from bot.answers.answer import Answer
from bot.answers.proposal import Wording
from bot.proof.proving import Proved
from index.records import Article, Filters, Hit


@dataclass(frozen=True)
class Turn:
    """One earlier message of a conversation, oldest first."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True)
class Asked:
    """What a person asks; None leaves it to the server.

    `llm`: whether a language model may write the answer. `wording`: what is shown of its words that are not
    proved (see `bot.answers.proposal`).
    """

    text: str
    filters: Filters = field(default_factory=Filters)
    history: tuple[Turn, ...] = ()
    llm: bool | None = None
    wording: Wording | None = None


Step = tuple[Hit, ...] | Proved | Answer


class Asker(Protocol):
    """Answers questions. Both methods raise `BadQuestion`, `BadFilter` or another `DatelineError`."""

    async def ask(self, asked: Asked) -> Answer:
        """The proved answer, or an abstention."""

    def steps(self, asked: Asked) -> AsyncIterator[Step]:
        """The hits as soon as they are found, each sentence as soon as it is proved, the answer last."""

    async def search(self, question: str, *, filters: Filters, limit: int) -> Sequence[Hit]:
        """The passages nearest to a question, best first."""


@dataclass(frozen=True)
class Leaf:
    """One page of a listing: the articles on it and how many the whole list has."""

    articles: tuple[Article, ...]
    total: int


@dataclass(frozen=True)
class Shelf:
    """What the archive holds. `outlets` are (name, articles), most first; dates are ISO or unknown."""

    articles: int
    passages: int
    copies: int
    undated: int
    outlets: tuple[tuple[str, int], ...]
    first: str | None
    last: str | None
    encoder: str
    health: str
    llm: str | None = None
    wording: Wording | None = None


@dataclass(frozen=True)
class Taken:
    """What became of articles that were handed in; `refused` are (which, why)."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    copies: int = 0
    refused: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


class Library(Protocol):
    """The archive as the server uses it; called from worker threads, several at once."""

    def listing(self, filters: Filters, *, offset: int, limit: int) -> Leaf:
        """A page of the articles that pass the filters, newest first, those of unknown date last."""

    def article(self, article_id: str, *, revision: str | None = None) -> Article:
        """One article, as it is now or as an earlier revision; raises `NotInArchive`."""

    def revisions(self, article_id: str) -> Sequence[str]:
        """The names of its revisions, newest first; raises `NotInArchive`."""

    def copied(self, *, offset: int, limit: int) -> tuple[Sequence[Sequence[Article]], int]:
        """A page of the origins with several articles, those with most first; and how many there are."""

    def same_origin(self, article_id: str) -> Sequence[Article]:
        """The articles of the origin of one, itself among them; raises `NotInArchive`."""

    def shelf(self) -> Shelf:
        """What the archive holds."""

    def add(self, records: Sequence[Mapping[str, str]]) -> Taken:
        """Take in articles, named as in an article file; raises `ArchiveLocked`, `ArchiveFull`."""

    def remove(self, article_id: str) -> None:
        """Remove every trace of an article; raises `NotInArchive`, `ArchiveLocked`."""
