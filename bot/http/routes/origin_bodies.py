"""Pages of origins and of stories, as pydantic models with an example each."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from bot.showing.copies_json import CopiedBody
from bot.showing.examples import HARBOUR_COPIED, HARBOUR_STORY
from bot.showing.stories_json import StoryBody


class _ListPage(BaseModel):
    """Where a page of a list is in it."""

    total: int = Field(ge=0, description="how many there are in all")
    offset: int
    limit: int
    next: int | None = Field(description="the offset of the next page; null on the last")


class OriginsBody(_ListPage):
    """One page of the origins with several articles, those with most first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"origins": [HARBOUR_COPIED], "total": 1, "offset": 0, "limit": 20, "next": None}]
        }
    )

    origins: list[CopiedBody]


class StoriesBody(_ListPage):
    """One page of the stories that were told on, those with most articles first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"stories": [HARBOUR_STORY], "total": 1, "offset": 0, "limit": 20, "next": None}]
        }
    )

    stories: list[StoryBody]
