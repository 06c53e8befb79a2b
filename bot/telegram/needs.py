"""What the bot needs of the rest of Dateline, as protocols: a fake of ten lines keeps each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Protocol

from bot.answers.answer import Answer
from bot.proof.proving import Proved
from index.records import Article, Filters, Hit

Step = tuple[Hit, ...] | Proved | Answer


class Asker(Protocol):
    """Answers questions, as `Dateline` does. Raises `BadQuestion`, `BadFilter`, `DatelineError`."""

    def steps(self, question: str, *, filters: Filters, history: Sequence[str]) -> AsyncIterator[Step]:
        """The hits, each sentence as soon as it is proved, the answer last; `history` is oldest first."""


class Shelf(Protocol):
    """What the archive holds. `outlets` are (name, articles), most first; dates are ISO or unknown."""

    @property
    def articles(self) -> int:
        """How many articles."""

    @property
    def copies(self) -> int:
        """How many of them are copies of another."""

    @property
    def outlets(self) -> tuple[tuple[str, int], ...]:
        """(outlet, articles), most articles first."""

    @property
    def first(self) -> str | None:
        """The first day of publication."""

    @property
    def last(self) -> str | None:
        """The last day of publication."""

    @property
    def health(self) -> str:
        """`ok`, or what is wrong."""


class Leaf(Protocol):
    """One page of a listing."""

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles on it."""

    @property
    def total(self) -> int:
        """How many the whole list has."""


class Library(Protocol):
    """The archive's reading side; called from worker threads."""

    def listing(self, filters: Filters, *, offset: int, limit: int) -> Leaf:
        """A page of the articles that pass, newest first."""

    def article(self, article_id: str, *, revision: str | None = None) -> Article:
        """One article, as it is now or as an earlier revision; raises `NotInArchive`."""

    def present(self, article_ids: Sequence[str]) -> Mapping[str, str]:
        """The present revision of each of these articles by its id; those that are gone are left out."""

    def shelf(self) -> Shelf:
        """What the archive holds."""
