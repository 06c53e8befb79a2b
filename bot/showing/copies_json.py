"""The articles of one origin, and where copies differ, as JSON: the same from the terminal and HTTP."""

from __future__ import annotations

from pydantic import Field, model_validator

from bot.showing.articles_json import ArticleRef, Shown
from bot.showing.copies import Copied, CopyRun


class RunBody(Shown):
    """Words that differ: `body[start:end] == quote`, which `/articles/{article_id}/quote` proves again."""

    quote: str
    start: int = Field(ge=0, description="where they begin, in Unicode code points of the article's body")
    end: int = Field(ge=1, description="where the quote ends")
    until: int = Field(ge=1, description="where the words that differ end; after `end` where they are many")
    revision: str = Field(description="the sha256 of the body")
    before: str = Field(description="some words before them, of the same paragraph")
    after: str = Field(description="some words after the quote")

    @model_validator(mode="before")
    @classmethod
    def _with_citation(cls, run: object) -> object:
        """A run with the fields of its citation beside its own."""
        return {**vars(run.citation), **vars(run)} if isinstance(run, CopyRun) else run


class NotedBody(Shown):
    """One place where a copy differs from the first article."""

    first: RunBody | None = Field(description="the first article's words; null: it has none there")
    copy_: RunBody | None = Field(
        alias="copy", description="the words in their place; null: the copy leaves them out"
    )


class CopyBody(Shown):
    """A copy, and where it differs."""

    article: ArticleRef
    differences: tuple[NotedBody, ...] = Field(description="in the order of the text; empty: the same words")
    more: int = Field(ge=0, description="how many further places differ")


class CopiedBody(Shown):
    """One text and everyone who printed it: copies are one origin, not several sources."""

    first: ArticleRef = Field(description="the earliest, as far as dates are known; then the one added first")
    agency: str | None = Field(description="the wire it came from, where an article names one")
    outlets: int = Field(ge=0, description="how many outlets printed it")
    articles: int = Field(ge=1, description="the first one and its copies")
    copies: tuple[CopyBody, ...]

    @model_validator(mode="before")
    @classmethod
    def _counted(cls, origin: object) -> object:
        """An origin with its articles counted, not listed."""
        if not isinstance(origin, Copied):
            return origin
        return {
            **vars(origin),
            "agency": origin.agency,
            "outlets": origin.outlets,
            "articles": len(origin.articles),
        }
