"""Follows and what is told of them as JSON: the same over HTTP, to webhooks and from the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Self

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from bot.answers.citation import Nearest
from bot.follows.database import moment_of
from bot.follows.lines import told_lines
from bot.follows.records import Dispatch, Follow, FollowStatus, NewsKind, TellingKind
from bot.follows.told import ToldItem, ToldTelling
from bot.showing.articles_json import ArticleRef, Shown
from bot.showing.examples import HARBOUR_QUOTE, HARBOUR_REF
from bot.showing.parts_json import UsedFilters
from bot.showing.wording import words_of

_FOLLOW: JsonDict = {
    "id": "1f2e3d4c5b",
    "question": "When did the harbour reopen?",
    "filters": {"outlet": [], "since": None, "until": None, "as_of": None},
    "status": "answered",
    "reason": None,
    "fault": None,
    "made": "2026-11-29T08:00:00Z",
    "zone": "Europe/Berlin",
    "quiet": "22:00-07:00",
    "digest": None,
    "webhook": None,
    "webhook_off": False,
    "telegram": False,
    "new": 1,
}
_TELLING: JsonDict = {
    "id": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
    "follow": "1f2e3d4c5b",
    "question": "When did the harbour reopen?",
    "kind": "news",
    "reason": None,
    "fault": None,
    "at": "2026-11-29T08:13:00Z",
    "text": "News: “When did the harbour reopen?”",
    "news": [
        {
            "kind": "origin",
            "now": {
                "quote": HARBOUR_QUOTE,
                "short": None,
                "start": 512,
                "end": 567,
                "revision": "9f2c4d0e" * 8,
                "article": HARBOUR_REF,
            },
            "was": None,
        }
    ],
}


class ToldWords(Shown):
    """Words of one revision of an article: `body[start:end] == quote`."""

    quote: str
    short: str | None = Field(description="the part of it that answers, where a reader found one")
    start: int
    end: int
    revision: str
    article: ArticleRef

    @classmethod
    def of(cls, found: Nearest | None) -> Self | None:
        """The words of a citation; None where the archive has them no more."""
        if found is None:
            return None
        short = found.quote[found.short.start : found.short.end] if found.short else None
        return cls.model_validate({**vars(found), "short": short})


class NewsBody(Shown):
    """One new thing. A side that the archive no longer has the words of is null."""

    kind: NewsKind = Field(
        description="`answer`: what it says; `origin`: one more independent origin; `other`: another answer;"
        " `revised`, `taken_out`, `corrected`, `retracted`, `removed`: what became of quoted words"
    )
    now: ToldWords | None
    was: ToldWords | None

    @classmethod
    def of(cls, item: ToldItem) -> Self:
        """An item with its words."""
        return cls(kind=item.kind, now=ToldWords.of(item.now), was=ToldWords.of(item.was))


class TellingBody(Shown):
    """What was told of a followed question at one moment."""

    model_config = ConfigDict(json_schema_extra={"examples": [_TELLING]})

    id: str = Field(description="the same in the feed, over HTTP and in webhooks")
    follow: str
    question: str
    kind: TellingKind = Field(
        description="`begun`, `not_there`: the first; `answered`, `lost`: it is answered now, or no longer;"
        " `news`: answered as before, with something new; `failed`: it cannot be asked"
    )
    reason: str | None = Field(description="why there is no answer, as in an abstention")
    fault: str | None = Field(description="why it cannot be asked")
    at: datetime
    text: str = Field(description="all of it for people")
    news: tuple[NewsBody, ...]

    @classmethod
    def of(cls, told: ToldTelling) -> Self:
        """A telling with its words."""
        words = words_of(told.follow.request.language)
        return cls(
            id=told.telling.id,
            follow=told.follow.id,
            question=told.follow.request.question,
            kind=told.telling.kind,
            reason=told.telling.reason,
            fault=told.telling.fault,
            at=moment_of(told.telling.at),
            text="\n".join(told_lines(told, words)),
            news=tuple(map(NewsBody.of, told.items)),
        )


class FollowBody(Shown):
    """A question that is followed."""

    model_config = ConfigDict(json_schema_extra={"examples": [_FOLLOW]})

    id: str
    question: str
    filters: UsedFilters
    status: FollowStatus
    reason: str | None = Field(description="why there is no answer, as in an abstention")
    fault: str | None = Field(description="why it cannot be asked")
    made: datetime
    zone: str = Field(description="whose clock `quiet` and `digest` go by")
    quiet: str | None = Field(description="hours in which nothing is sent, such as 22:00-07:00")
    digest: str | None = Field(description="when all of a day is sent at once, such as 08:00")
    webhook: str | None = Field(description="where news is posted to")
    webhook_off: bool = Field(description="it answered 410, and nothing is posted there any more")
    telegram: bool = Field(description="whether it is followed in a chat")
    new: int = Field(description="tellings that have not been seen in the page or the list")

    @classmethod
    def of(cls, follow: Follow) -> Self:
        """A follow without what only its owner may know."""
        request, times = follow.request, follow.request.times
        return cls(
            id=follow.id,
            question=request.question,
            filters=UsedFilters.model_validate(request.filters),
            status=follow.status,
            reason=follow.reason,
            fault=follow.fault,
            made=moment_of(follow.made),
            zone=times.zone,
            quiet=times.quiet_text,
            digest=times.digest_text,
            webhook=request.webhook,
            webhook_off=follow.webhook_off,
            telegram=request.room is not None,
            new=follow.new,
        )


class PostedNews(Shown):
    """What a webhook is told: a question, and what is new of it."""

    follow: FollowBody
    tellings: tuple[TellingBody, ...]


class WebhookBody(Shown):
    """A message to a webhook, in the form that the Standard Webhooks specification proposes."""

    type: Literal["follow.told"] = "follow.told"
    timestamp: datetime
    data: PostedNews


def webhook_body(dispatch: Dispatch, tellings: Sequence[ToldTelling]) -> WebhookBody:
    """The message of a dispatch: the same news however often it is tried, of articles that are there."""
    bodies = tuple(map(TellingBody.of, tellings))
    news = PostedNews(follow=FollowBody.of(dispatch.follow), tellings=bodies)
    return WebhookBody(timestamp=bodies[-1].at, data=news)
