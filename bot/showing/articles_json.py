"""Articles, their citations and retrieved passages as JSON: the same from the terminal, HTTP and eval."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.showing.examples import HARBOUR_QUOTE, HARBOUR_REF
from index.records import Hit


class Shown(BaseModel):
    """Made of a record, whose fields have the same names, or of its JSON."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class ArticleRef(Shown):
    """An article without its body. What the article does not say is null, never guessed."""

    id: str
    title: str
    outlet: str | None = Field(default=None, description="who published it")
    agency: str | None = Field(default=None, description="the wire it came from")
    published: str | None = Field(default=None, description="ISO 8601 as precise as it is known")
    url: str | None = None


class ListedArticle(ArticleRef):
    """An article without its body, with all that is known of it."""

    author: str | None = None
    language: str | None = None


class CitationBody(Shown):
    """The exact words of one revision of an article: `body[start:end] == quote`."""

    number: int = Field(ge=1, description="the [n] of the answer's text")
    quote: str
    start: int = Field(ge=0, description="where the quote begins, in Unicode code points of the body")
    end: int = Field(ge=1, description="where it ends: the first code point after it")
    revision: str = Field(description="the sha256 of the body that holds it", examples=["9f2c…"])
    article: ArticleRef


class HitBody(Shown):
    """A retrieved passage and why it is there; ranks count from 1."""

    passage: int = Field(default=0, description="which of its article's passages, from 0")
    text: str
    start: int = Field(ge=0, description="where the passage begins in the body, in code points")
    end: int = Field(ge=1)
    revision: str
    score: float = Field(description="orders the hits of one list, best first")
    dense: float | None = Field(default=None, description="the cosine of question and passage")
    dense_rank: int | None = None
    bm25: float | None = None
    bm25_rank: int | None = None
    article: ArticleRef
    copies: tuple[ArticleRef, ...] = Field(
        default=(), description="other articles that carry the same passage"
    )

    @model_validator(mode="before")
    @classmethod
    def _with_passage(cls, hit: object) -> object:
        """A hit with the fields of its passage beside its own."""
        if not isinstance(hit, Hit):
            return hit
        return {**vars(hit.passage), **vars(hit), "passage": hit.passage.number}


class HitsBody(Shown):
    """The passages nearest to a question, best first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "question": "When did the harbour reopen?",
                    "hits": [
                        {
                            "text": HARBOUR_QUOTE,
                            "start": 512,
                            "end": 567,
                            "revision": "9f2c4d0e" * 8,
                            "score": 0.032,
                            "dense": 0.81,
                            "dense_rank": 1,
                            "bm25": 12.4,
                            "bm25_rank": 1,
                            "article": HARBOUR_REF,
                            "copies": [],
                        }
                    ],
                }
            ]
        }
    )

    question: str
    hits: tuple[HitBody, ...]


class HitsEvent(Shown):
    """The data of a `hits` event: what was found, before anything is answered."""

    hits: tuple[HitBody, ...]
