"""The articles that tell one story, as JSON: the same from the terminal and HTTP."""

from __future__ import annotations

from pydantic import Field

from bot.showing.articles_json import ArticleRef, Shown


class ToldBody(Shown):
    """An article of a story."""

    article: ArticleRef
    retracts: bool = Field(description="whether it takes back what an earlier one said")


class StoryBody(Shown):
    """One story and the articles that tell it: no copies of one another, but its news as it went on."""

    articles: tuple[ToldBody, ...] = Field(description="oldest first; of copies of one text, one")
