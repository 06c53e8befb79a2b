"""A feed that is remembered as JSON, the same in `dateline feeds --json` and at `GET /feeds`."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from bot.showing.links import for_everybody
from index.feeds.records import Feed, FeedKind

_EXAMPLE: JsonDict = {
    "url": "https://harbour.example/rss.xml",
    "kind": "rss",
    "title": "Harbour Post",
    "state": "read",
    "added_at": "2026-11-01T08:00:00Z",
    "read_at": "2026-11-29T08:13:00Z",
    "next_at": "2026-11-29T09:16:00Z",
    "status": "304",
    "failures": 0,
    "new": 212,
    "changed": 7,
    "errors": {"too-slow": 1},
    "ended": None,
}


class FeedBody(BaseModel):
    """A feed or sitemap, and what came of its readings so far."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    url: str = Field(description="without a key that may write: `•••` for the values of its query")
    kind: FeedKind
    title: str
    state: str = Field(description="read, paused, or ended")
    added_at: datetime
    read_at: datetime | None = Field(description="the last reading; null before the first")
    next_at: datetime | None = Field(description="the next reading; null where there is none")
    status: str | None = Field(description="how the last reading ended: an HTTP status, or an error's name")
    failures: int = Field(description="readings in a row that failed")
    new: int = Field(description="articles that it has brought")
    changed: int = Field(description="revisions that it has brought")
    errors: dict[str, int] = Field(description="how often what went wrong, by the errors' names")
    ended: str | None = Field(description="why it is read no more")

    @classmethod
    def of(cls, feed: Feed) -> FeedBody:
        """A feed as it is shown."""
        return cls(
            url=feed.url,
            kind=feed.kind,
            title=feed.title,
            state="ended" if feed.ended else "paused" if feed.paused else "read",
            added_at=feed.added_at,
            read_at=feed.read_at,
            next_at=feed.next_at if feed.is_read else None,
            status=feed.status,
            failures=feed.failures,
            new=feed.new,
            changed=feed.changed,
            errors=feed.errors,
            ended=feed.ended,
        )

    def for_everybody(self) -> FeedBody:
        """The same without what its addresses may keep secret."""
        told = {"url": self.url, "title": self.title, "ended": self.ended}
        return self.model_copy(update={name: text and for_everybody(text) for name, text in told.items()})


class FeedsBody(BaseModel):
    """One page of the feeds, in the order of adding."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"feeds": [_EXAMPLE], "total": 1, "offset": 0, "limit": 50, "next": None}]
        }
    )

    feeds: list[FeedBody]
    total: int = Field(ge=0, description="how many feeds there are")
    offset: int
    limit: int
    next: int | None = Field(description="the offset of the next page; null on the last")
