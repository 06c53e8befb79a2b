"""How one reading of a feed went into what is remembered of the feed, and when it is read next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from index.errors import Refusal
from index.feeds.moves import has_moved, noted
from index.feeds.records import Feed, FeedDocument, FeedMoves
from index.feeds.schedule import LastReading, next_reading
from index.fetching.records import Fetched, Validators
from index.storage.tally import Report

GONE = 410


@dataclass(frozen=True)
class FeedReport:
    """What one reading did, for a person: `left` items wait for the next, `trouble` is why it failed.

    `feed` is as it is remembered from now on; `moved_from` is the address that it had before.
    """

    feed: Feed
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    copies: int = 0
    refused: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()
    left: int = 0
    trouble: str | None = None
    moved_from: str | None = None
    stopped: bool = False


@dataclass
class Sum:
    """What the portions of a reading come to. `again`: items that are to be tried again."""

    reports: list[Report] = field(default_factory=list)
    left: int = 0
    again: int = 0
    stopped: bool = False

    def of(self, name: str) -> int:
        """The sum of one of the counts."""
        return sum(getattr(report, name) for report in self.reports)

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """Every refusal."""
        return tuple(refusal for report in self.reports for refusal in report.refused)


def failed(
    feed: Feed, name: str, trouble: str, *, headers: Mapping[str, str], now: datetime, chance: float
) -> FeedReport:
    """After an answer that is no feed: it is asked again later and later. 410 ends it, its articles stay."""
    failures = feed.failures + 1
    last = LastReading(headers, feed.every_s, bool(feed.validators), failures)
    kept = replace(
        feed,
        read_at=now,
        next_at=next_reading(now, last, chance=chance),
        status=name,
        failures=failures,
        ended="gone (410)" if name == f"http-{GONE}" else None,
        errors=_counted(feed, [name]),
    )
    return FeedReport(kept, trouble=trouble)


def read(
    feed: Feed, fetched: Fetched, document: FeedDocument | None, done: Sum, *, now: datetime, chance: float
) -> FeedReport:
    """After a feed was read, or was told not to have changed (`document` is None).

    Its validators are kept only where nothing is left of it: else the rest would never be seen.
    """
    is_done = not (done.left or done.again or done.stopped)
    moves = noted(feed.moves, fetched.moved_to, now) if document else feed.moves
    moved = has_moved(moves, now)
    every_s = document.every_s if document else feed.every_s
    last = LastReading(fetched.headers, every_s, bool(fetched.validators) or not is_done)
    kept = replace(
        feed,
        url=moves.to if moved and moves.to else feed.url,
        kind=document.kind if document else feed.kind,
        title=(document.title if document else "") or feed.title,
        read_at=now,
        next_at=next_reading(now, last, chance=chance),
        validators=fetched.validators if is_done else Validators(),
        every_s=every_s,
        status=str(fetched.status),
        failures=0,
        moves=FeedMoves() if moved else moves,
        new=feed.new + done.of("added"),
        changed=feed.changed + done.of("updated"),
        errors=_counted(feed, [refusal.name or "refused" for refusal in done.refused]),
    )
    return FeedReport(
        kept,
        added=done.of("added"),
        updated=done.of("updated"),
        unchanged=done.of("unchanged"),
        copies=done.of("copies"),
        refused=done.refused,
        notes=(
            *(document.notes if document else ()),
            *(note for report in done.reports for note in report.notes),
        ),
        left=done.left,
        moved_from=feed.url if moved else None,
        stopped=done.stopped,
    )


def _counted(feed: Feed, names: list[str]) -> dict[str, int]:
    return dict(Counter(feed.errors) + Counter(names))
