"""The origins of the archive, each with its copies and where they differ, as pydantic models."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from bot.http.bodies import ArticleRef
from bot.http.examples import HARBOUR_COPIED


class RunBody(BaseModel):
    """Words that differ: `body[start:end] == quote`, which `/articles/{article_id}/quote` proves again."""

    quote: str
    start: int = Field(ge=0, description="where they begin, in Unicode code points of the article's body")
    end: int = Field(ge=1, description="where the quote ends")
    until: int = Field(ge=1, description="where the words that differ end; after `end` where they are many")
    revision: str = Field(description="the sha256 of the body")
    before: str = Field(description="some words before them, of the same paragraph")
    after: str = Field(description="some words after the quote")


class NotedBody(BaseModel):
    """One place where a copy differs from the first article."""

    first: RunBody | None = Field(description="the first article's words; null: it has none there")
    copy_: RunBody | None = Field(
        alias="copy", description="the words in their place; null: the copy leaves them out"
    )


class CopyBody(BaseModel):
    """A copy, and where it differs."""

    article: ArticleRef
    differences: list[NotedBody] = Field(description="in the order of the text; empty: the same words")
    more: int = Field(ge=0, description="how many further places differ")


class CopiedBody(BaseModel):
    """One text and everyone who printed it: copies are one origin, not several sources."""

    first: ArticleRef = Field(description="the earliest, as far as dates are known; then the one added first")
    agency: str | None = Field(description="the wire it came from, where an article names one")
    outlets: int = Field(ge=0, description="how many outlets printed it")
    articles: int = Field(ge=1, description="the first one and its copies")
    copies: list[CopyBody]


class OriginsBody(BaseModel):
    """One page of the origins with several articles, those with most first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"origins": [HARBOUR_COPIED], "total": 1, "offset": 0, "limit": 20, "next": None}]
        }
    )

    origins: list[CopiedBody]
    total: int = Field(ge=0, description="how many there are in all")
    offset: int
    limit: int
    next: int | None = Field(description="the offset of the next page; null on the last")
