"""The frozen records that pass between the steps of indexing and retrieval."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open run of characters of a body: `body[start:end]`, `0 <= start < end <= len(body)`."""

    start: int
    end: int


def revision_of(body: str) -> str:
    """The name of a body: the sha256 of its canonical text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(body.encode()).hexdigest()


@dataclass(frozen=True)
class Article:
    """One published text. `body` is canonical (see `index.canonical`), so offsets into it never move.

    `published` is ISO 8601 as precise as it is known ("2020-10", "2020-10-19", "2020-10-19T17:45",
    with an offset where the article gave one), or None: it is never guessed. `copyright_year` is what a
    copyright line said; it bounds the date where `published` is None, and is never shown as one. `updated`
    is when this text was last changed, as far as its source says so: before it, nobody had read it. It is not
    read back from an archive.
    """

    id: str
    title: str
    body: str
    outlet: str | None = None
    agency: str | None = None
    author: str | None = None
    published: str | None = None
    copyright_year: int | None = None
    url: str | None = None
    language: str | None = None
    updated: str | None = None

    @cached_property
    def revision(self) -> str:
        """The name of this version of the body (see `revision_of`)."""
        return revision_of(self.body)


@dataclass(frozen=True)
class Passage:
    """A run of whole sentences of one article: `body[start:end] == text`, small enough for the encoder.

    `number` counts the passages of an article from 0. `sentences` are spans of the *body*, in order,
    without the white space between them; the first starts at `start` and the last ends at `end`.
    """

    article: str
    revision: str
    number: int
    start: int
    end: int
    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True)
class Filters:
    """Which articles may be used. Dates are inclusive ISO dates or date-times; empty means all.

    `since` and `until` ask when an article was published. `as_of` asks what was known then: only what had
    certainly been published by that moment. An article of unknown date passes none of the three.
    """

    outlet: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    as_of: str | None = None

    def __bool__(self) -> bool:
        """Whether anything is filtered at all."""
        return bool(self.outlet or self.since or self.until or self.as_of)


@dataclass(frozen=True)
class Hit:
    """A retrieved passage, with why it is there.

    `score` orders hits, best first; it is comparable within one list only. `dense` is the cosine of
    question and passage (-1 to 1), `bm25` the BM25 score (higher is better); ranks count from 1; each is
    None where that ranking did not name the passage. `origin` is the name that copies of one text share, and
    `copies` are the other articles of it that were found too, so that every outlet is kept though the text is
    shown once. `withdrawn` are words
    of the passage that its outlet has taken back, as spans of the body: they answer nothing.
    """

    passage: Passage
    article: Article
    score: float
    origin: str
    dense: float | None = None
    dense_rank: int | None = None
    bm25: float | None = None
    bm25_rank: int | None = None
    copies: tuple[Article, ...] = field(default=())
    withdrawn: tuple[Span, ...] = field(default=())
