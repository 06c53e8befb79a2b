"""The frozen records of follows: what is followed, what its answer rests on, what is told of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bot.follows.times import DayTimes
from index.records import Filters, Span

FollowStatus = Literal["new", "answered", "abstained", "failed"]  # "new": it has not been asked yet
TellingKind = Literal[
    "begun",  # the first answer
    "not_there",  # … or that there is none yet
    "answered",  # there was none, now there is
    "lost",  # there was one, now there is none
    "news",  # answered as before, with something new
    "failed",  # it cannot be asked
]
NewsKind = Literal[
    "answer",  # what the answer says
    "origin",  # an independent origin that was not behind it before
    "other",  # another answer than before
    "revised",  # words that were quoted were changed
    "taken_out",  # … or taken out
    "corrected",  # the article of a quotation corrects itself
    "retracted",  # a later article takes back what was quoted
    "removed",  # an article that was quoted is no longer in the archive
]
Channel = Literal["webhook", "telegram"]


@dataclass(frozen=True)
class HeldPlace:
    """Where words stand, without the words: `body[start:end]` of a revision; `short` is what answers in it.

    `article` is empty where the archive no longer has it: then nothing of it is kept.
    """

    article: str
    revision: str = ""
    start: int = 0
    end: int = 0
    short: Span | None = None


GONE = HeldPlace("")


@dataclass(frozen=True)
class Held:
    """What the last answer to a followed question was: its places, the first answering best.

    `known` are hashes of what has been told or needs no telling.
    """

    status: FollowStatus = "new"
    reason: str | None = None
    places: tuple[HeldPlace, ...] = ()
    known: frozenset[str] = frozenset()


@dataclass(frozen=True)
class NewsItem:
    """One thing that is new: `now` is where it stands, `was` what stood there or was the answer before."""

    kind: NewsKind
    now: HeldPlace | None = None
    was: HeldPlace | None = None


@dataclass(frozen=True)
class Compared:
    """What asking again came to: what is held from now on, and what is told, where anything is."""

    held: Held
    kind: TellingKind | None = None
    items: tuple[NewsItem, ...] = ()


@dataclass(frozen=True)
class FollowRequest:
    """What somebody wants to follow: `room` is a Telegram chat, `webhook` an address that was checked.

    `via` is the network that a reader without a key follows from. `language` is that of what is told.
    """

    question: str
    filters: Filters = field(default_factory=Filters)
    times: DayTimes = field(default_factory=DayTimes)
    webhook: str | None = None
    room: str | None = None
    language: str = "en"
    via: str | None = None


@dataclass(frozen=True)
class Follow:
    """A question that is followed. `owner` is who may see it: "home", "key …", "reader …" or "room …".

    `fault` is why it cannot be asked; `webhook_off`: its webhook wants no more messages. `new` counts
    tellings that its owner has not seen in the page or the list; `position` is the archive's when it was last
    asked. Moments are UTC, ISO.
    """

    number: int
    id: str
    owner: str
    request: FollowRequest
    made: str
    status: FollowStatus
    reason: str | None
    fault: str | None
    webhook_off: bool
    new: int
    position: str | None


@dataclass(frozen=True)
class FollowTelling:
    """What was told of a follow at one moment (UTC, ISO)."""

    number: int
    id: str
    follow: int
    kind: TellingKind
    reason: str | None
    fault: str | None
    at: str
    items: tuple[NewsItem, ...]


@dataclass(frozen=True)
class Dispatch:
    """Tellings on their way through one channel; `id` is the same however often it is tried."""

    number: int
    id: str
    follow: Follow
    channel: Channel
    tries: int
    tellings: tuple[FollowTelling, ...]
