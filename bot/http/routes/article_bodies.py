"""Articles, pages of them and what the archive holds, as pydantic models with an example each."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, StringConstraints

from bot.answers.asked import Wording
from bot.showing.articles_json import ArticleRef, ListedArticle, Shown
from bot.showing.examples import HARBOUR_QUOTE, HARBOUR_REF

_SHORT = StringConstraints(max_length=500)


class ArticleBody(ListedArticle):
    """One revision of an article, whole."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **HARBOUR_REF,
                    "author": None,
                    "language": "en",
                    "body": f"A storm closed the harbour on Friday.\n\n{HARBOUR_QUOTE}",
                    "revision": "9f2c4d0e" * 8,
                    "revisions": ["9f2c4d0e" * 8],
                    "copies": 0,
                    "copyright_year": None,
                }
            ]
        }
    )

    body: str = Field(description="the canonical text that offsets count in, by Unicode code points")
    revision: str = Field(description="the sha256 of `body`")
    revisions: list[str] = Field(description="every revision the archive has, newest first")
    copies: int = Field(default=0, ge=0, description="other articles that carry the same text")
    copyright_year: int | None = Field(
        default=None, description="what a copyright line says: a bound, never the date of publication"
    )


class ListingBody(BaseModel):
    """One page of the articles that pass the filters, newest first, those of unknown date last."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"articles": [HARBOUR_REF], "total": 1, "offset": 0, "limit": 50, "next": None}]
        }
    )

    articles: list[ListedArticle]
    total: int = Field(ge=0, description="how many articles pass the filters")
    offset: int
    limit: int
    next: int | None = Field(description="the offset of the next page; null on the last")


class OutletCount(BaseModel):
    """An outlet and how many articles of it there are."""

    name: str
    articles: int


class MonthOfArticles(BaseModel):
    """A month and how many articles of it there are."""

    month: str = Field(description="of UTC, as in 2020-10")
    articles: int


class CountsBody(BaseModel):
    """How many articles there are, for choosing an outlet or a month."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "outlets": [{"name": "Harbour Gazette", "articles": 412}],
                    "months": [{"month": "2020-10", "articles": 31}],
                    "unplaced": 2,
                }
            ]
        }
    )

    outlets: list[OutletCount] = Field(description="within the dates of the filters, most articles first")
    months: list[MonthOfArticles] = Field(description="of the outlets of the filters, the newest first")
    unplaced: int = Field(description="articles of these outlets of no single month, such as undated ones")


class QuoteBody(BaseModel):
    """Words of an article, proved now: `body[start:end] == quote` and the body's sha256 is `revision`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "quote": HARBOUR_QUOTE,
                    "start": 39,
                    "end": 94,
                    "revision": "9f2c4d0e" * 8,
                    "current": True,
                    "before": "A storm closed the harbour on Friday.\n\n",
                    "after": "",
                    "article": HARBOUR_REF,
                }
            ]
        }
    )

    quote: str
    start: int
    end: int
    revision: str
    current: bool = Field(description="whether that revision is the article as it is now")
    before: str = Field(description="up to 200 characters before the quote")
    after: str = Field(description="up to 200 characters after it")
    article: ArticleRef


class NewArticle(BaseModel):
    """An article to take in; the same names as in an article file."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = Field(
        default=None,
        description="kept as it is; without one it is made from the url, else from outlet, title and date,"
        " where outlet or day is missing also from the text",
    )
    title: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    text: Annotated[str, StringConstraints(min_length=1, max_length=5_000_000)]
    outlet: Annotated[str, _SHORT] | None = None
    agency: Annotated[str, _SHORT] | None = None
    author: Annotated[str, _SHORT] | None = None
    published: Annotated[str, _SHORT] | None = Field(
        default=None, description="ISO 8601; anything else leaves the date unknown, with a note"
    )
    url: Annotated[str, StringConstraints(max_length=2000)] | None = None
    language: Annotated[str, StringConstraints(max_length=35)] | None = None


class NewArticles(BaseModel):
    """Articles to take in, each whole or not at all."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "articles": [
                        {
                            "title": "Harbour reopens after storm",
                            "text": f"A storm closed the harbour on Friday. {HARBOUR_QUOTE}",
                            "outlet": "Harbour Gazette",
                            "published": "2020-10-19T17:45",
                        }
                    ]
                }
            ]
        },
    )

    articles: Annotated[list[NewArticle], Field(min_length=1, max_length=1000)]


class RefusedArticle(Shown):
    """An article that was not taken in."""

    where: str
    why: str = Field(validation_alias=AliasChoices("why", "reason"))


class TakenBody(Shown):
    """What became of the articles."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"added": 1, "updated": 0, "unchanged": 0, "copies": 0, "refused": [], "notes": []}]
        }
    )

    added: int
    updated: int
    unchanged: int
    copies: int = Field(description="how many are copies of an article the archive had")
    refused: tuple[RefusedArticle, ...]
    notes: tuple[str, ...] = Field(description="what was left unknown, such as a date that is none")


class StatusBody(BaseModel):
    """What the archive holds."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "articles": 2600,
                    "passages": 21840,
                    "copies": 112,
                    "undated": 31,
                    "outlets": [{"name": "Harbour Gazette", "articles": 412}],
                    "first": "2019-01-02",
                    "last": "2020-12-30",
                    "encoder": "all-MiniLM-L6-v2",
                    "health": "ok",
                    "llm": None,
                    "wording": None,
                    "version": "0.1.0",
                    "examples": ["When did the harbour reopen?"],
                    "feedback": True,
                    "follows": True,
                }
            ]
        }
    )

    articles: int
    passages: int
    copies: int
    undated: int = Field(description="articles whose date of publication is not known")
    outlets: list[OutletCount] = Field(description="most articles first")
    first: str | None = Field(description="the earliest date of publication")
    last: str | None
    encoder: str
    health: str = Field(description="`ok`, or what is wrong with the index; answers go on without it")
    llm: str | None = Field(description="the language model this server may use; null: it quotes")
    wording: Wording | None = Field(
        description="what is shown of its words that are not proved, unless a question asks otherwise"
    )
    version: str
    examples: tuple[str, ...] = Field(description="questions that the page offers")
    feedback: bool = Field(description="whether `POST /feedback` keeps what readers say")
    follows: bool = Field(description="whether questions may be followed at `/follows`")


class HealthBody(BaseModel):
    """A sign of life."""

    status: Literal["ok"]
