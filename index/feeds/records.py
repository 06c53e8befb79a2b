"""What passes between reading feeds, scheduling them and the archive; imports nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from index.fetching.records import Validators

FeedKind = Literal["rss", "atom", "rdf", "cdf", "json feed", "sitemap", "sitemap index", "opml", "pages"]
ALONE = 0  # the number of no feed: items that were added by their address, or in a file


@dataclass(frozen=True)
class Entry:
    """One item of a feed, or one address of a sitemap.

    `guid` is what the feed calls it, `url` where it leads. `text` is what the feed has of its words, a
    paragraph a line; `is_whole` where that is the article and not a teaser of it. Dates are ISO 8601 or None;
    `stated` is how they stand there, to tell whether they changed.
    """

    guid: str | None = None
    url: str | None = None
    title: str = ""
    text: str = ""
    is_whole: bool = False
    author: str | None = None
    outlet: str | None = None
    published: str | None = None
    updated: str | None = None
    stated: str = ""
    language: str | None = None


@dataclass(frozen=True)
class NamedAddress:
    """Another address that a document names: a feed in an OPML list, a part of a sitemap index."""

    url: str
    title: str = ""
    updated: str = ""  # as it stands there


@dataclass(frozen=True)
class FeedDocument:
    """What an address of a feed, a sitemap or an OPML list answered.

    `site` is the page that it says it is the feed of, `every_s` how many seconds it wants between two
    readings. `address` is where it was answered; empty for a file.
    """

    kind: FeedKind
    title: str = ""
    site: str | None = None
    language: str | None = None
    every_s: int = 0
    entries: tuple[Entry, ...] = ()
    places: tuple[NamedAddress, ...] = ()
    notes: tuple[str, ...] = ()
    address: str = ""


CLOCK_STEPS = timedelta(minutes=5)  # how far a clock that is kept right may jump back


@dataclass(frozen=True)
class FeedMoves:
    """Where redirects that are for good have led: to which address, how many times in a row, since when."""

    to: str | None = None
    times: int = 0
    since: datetime | None = None


@dataclass(frozen=True)
class Feed:
    """A feed or sitemap that is remembered, and what became of its readings. Moments are UTC.

    `status` is how the last reading ended: "200", "304", "404", or the name of an error. `failures` are
    those in a row; `new` and `changed` count articles over all readings, `errors` refusals by their names.
    """

    number: int
    url: str
    kind: FeedKind
    title: str
    added_at: datetime
    next_at: datetime
    read_at: datetime | None = None
    validators: Validators = field(default_factory=Validators)
    every_s: int = 0
    status: str | None = None
    failures: int = 0
    moves: FeedMoves = field(default_factory=FeedMoves)
    paused: bool = False
    ended: str | None = None
    new: int = 0
    changed: int = 0
    errors: dict[str, int] = field(default_factory=dict)

    @property
    def is_read(self) -> bool:
        """Whether it is still read."""
        return not self.paused and self.ended is None

    def is_due(self, now: datetime) -> bool:
        """Whether it is to be read by now, as also where the clock has gone back since it was read."""
        return self.next_at <= now or (self.read_at or self.added_at) > now + CLOCK_STEPS


@dataclass(frozen=True)
class FeedItem:
    """What is remembered of an item that was seen: names and hashes, no word of it.

    `feed` is its feed's number, `identity` and `content` are sha256, `stated` that of its dates. `changes`
    counts contents that changed while its dates did not, `tries` refusals in a row. `looked_at` is when its
    page was asked for last, `look_at` when it is to be asked for again; both None where the feed has it all.
    """

    feed: int
    identity: str
    article: str | None = None
    content: str | None = None
    stated: str | None = None
    changes: int = 0
    tries: int = 0
    seen_at: datetime | None = None
    look_at: datetime | None = None
    removed: bool = False
