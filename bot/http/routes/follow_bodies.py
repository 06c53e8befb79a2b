"""What is followed over HTTP, and what comes back, as pydantic models with an example each."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.follows.bodies import FollowBody, TellingBody
from bot.http.routes.ask_bodies import FiltersBody, QuestionText

_Word = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class FollowWish(BaseModel):
    """A question to follow."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "question": "When did the harbour reopen?",
                    "quiet": "22-7",
                    "zone": "Europe/Berlin",
                    "webhook": "https://desk.example/news",
                }
            ]
        },
    )

    question: QuestionText
    filters: FiltersBody = FiltersBody()
    webhook: Annotated[str, StringConstraints(min_length=1, max_length=2000)] | None = Field(
        default=None, description="where news is posted to, signed; needs a key"
    )
    quiet: _Word | None = Field(default=None, description="hours in which nothing is posted, such as 22-7")
    digest: _Word | None = Field(default=None, description="when all of a day is posted at once: 08:00")
    zone: _Word | None = Field(default=None, description="by whose clock: Europe/Berlin")
    language: Literal["en", "ru"] = Field(default="en", description="of the texts that are told")


class FollowBegun(BaseModel):
    """A question that is followed now. `secret` and `reader` are shown this once."""

    follow: FollowBody
    told: TellingBody | None = Field(
        description="what the archive says now; null where it was followed before"
    )
    secret: str | None = Field(description="what the messages to its webhook are signed with")
    reader: str | None = Field(
        description="where no key was shown: what to send as `X-Reader` from now on, to see what one follows"
    )
    feed: str = Field(description="the Atom feed of all that one follows, from here; whoever has it may read")


class FollowsBody(BaseModel):
    """What somebody follows."""

    follows: list[FollowBody]
    new: int = Field(description="tellings that have not been seen")
    feed: str | None = Field(description="the Atom feed of all of it, from here")


class FollowLog(BaseModel):
    """A question that is followed, and what was told of it, the last first."""

    follow: FollowBody
    tellings: list[TellingBody]
