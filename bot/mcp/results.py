"""What the tools answer, as models: their schemas are the tools' output schemas."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field


class SearchResult(BaseModel):
    """An article that was found."""

    id: str = Field(description="what `fetch` takes")
    title: str
    url: str = Field(description="the article's own address, or one at which it can be read here")
    text: str = Field(description="the words that were found, shortened")
    outlet: str | None = None
    published: str | None = Field(default=None, description="ISO 8601 as precise as it is known")


class SearchResults(BaseModel):
    """The articles nearest to a question, best first."""

    results: list[SearchResult]


class FetchedMetadata(BaseModel):
    """What is known of an article, and where the part that was fetched stands in it."""

    outlet: str | None
    agency: str | None
    author: str | None
    published: str | None
    language: str | None
    revision: str = Field(description="the sha256 of the whole text")
    current: bool = Field(description="whether that is what the article says now")
    offset: int = Field(description="where `text` begins, in Unicode code points of the whole text")
    characters: int = Field(description="of the whole text")
    next_offset: int | None = Field(description="where the rest begins; null: there is none")


class FetchedArticle(BaseModel):
    """The text of an article, at most 40,000 characters at once."""

    id: str
    title: str
    text: str
    url: str
    metadata: FetchedMetadata


class ProvedQuote(BaseModel):
    """The exact words of one revision of an article: `text[start:end] == quote`."""

    quote: str
    outlet: str | None
    published: str | None
    url: str
    article: str = Field(description="the article's id")
    title: str
    revision: str
    start: int
    end: int


class AskedAnswer(BaseModel):
    """A proved answer, or why there is none with what comes nearest."""

    status: Literal["answered", "abstained"]
    text: str = Field(description="the answer with [1] markers, or the refusal in words")
    reason: str | None = Field(description="why there is no answer")
    quotes: list[ProvedQuote] = Field(description="what the markers mean; of a refusal what comes nearest")
    confidence: float | None
    notes: list[str] = Field(description="how the question was understood")


class ChangedQuote(BaseModel):
    """Words that a past answer quoted and that their article no longer has."""

    question: str
    asked_at: str
    was: str
    now: str | None = Field(description="the words in their place; null: they were taken out")
    changed_at: str | None
    article: str
    title: str
    outlet: str | None
    url: str
    corrections: list[str]


class ChangedQuotes(BaseModel):
    """One page of the changes, the last question first."""

    changes: list[ChangedQuote]
    total: int
    next_offset: int | None


class Failure(BaseModel):
    """Why a tool could not do what it was asked."""

    error: str = Field(description="bad_input, not_found, busy, locked, timeout, unavailable or internal")
    message: str
    retry_after: int | None = Field(description="seconds after which another try is worth it; null: none is")
