"""What an item says now and said before into whether it is to be read, and what is remembered of it then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from index.feeds.identity import content_of, stated_of
from index.feeds.records import Entry, FeedItem

MOST_CHANGES = 24  # of a content whose dates stay: some feeds and pages print the time
_TRIES = 5  # readings that an item which was refused for a passing reason is tried in
_FIRST_LOOK, _LAST_LOOK = timedelta(hours=2), timedelta(days=30)
_PASSING = frozenset({
    "unresolved", "unreachable", "tls", "robots-unreachable", "too-slow", "cut-off", "bad-response", "busy",
    "http-408", "http-425", "http-429", "http-500", "http-502", "http-503", "http-504",
})  # fmt: skip


@dataclass(frozen=True)
class ItemNow:
    """An item as a reading finds it: its entry, the address of its article, and what is remembered of it."""

    entry: Entry
    identity: str
    address: str | None
    before: FeedItem | None = None

    def is_to_read(self) -> bool:
        """Whether it is new or has changed; a removed one is neither, whatever it says."""
        before = self.before
        if before is None:
            return True
        if before.removed or before.content == content_of(self.entry):
            return False
        return before.content is None or self._has_new_dates(before) or before.changes < MOST_CHANGES

    def read(self, feed: int, article: str | None, *, now: datetime, from_page: bool) -> FeedItem:
        """What is remembered once it is read; `from_page`: its page is to be looked at again."""
        before = self.before or FeedItem(feed, self.identity)
        is_told = before.content is None or self._has_new_dates(before)
        item = FeedItem(
            feed,
            self.identity,
            article,
            content=content_of(self.entry),
            stated=stated_of(self.entry),
            changes=0 if is_told else before.changes + 1,
            seen_at=before.seen_at or now,
        )
        return replace(item, look_at=next_look(item, now)) if from_page else item

    def refused(self, feed: int, name: str, *, now: datetime) -> FeedItem:
        """What is remembered where it was refused: to try again, or, in the end, what it said."""
        before = self.before or FeedItem(feed, self.identity, seen_at=now)
        if name in _PASSING and before.tries + 1 < _TRIES:
            return replace(before, tries=before.tries + 1)
        return replace(before, tries=0, content=content_of(self.entry), stated=stated_of(self.entry))

    def _has_new_dates(self, before: FeedItem) -> bool:
        stated = stated_of(self.entry)
        return stated is not None and stated != before.stated


def next_look(item: FeedItem, now: datetime) -> datetime | None:
    """When to ask an article's page again: once it is twice as old, for a month; None after that.

    Most corrections come within hours. A page that prints the time is not asked for ever.
    """
    age = now - (item.seen_at or now)
    return now + max(_FIRST_LOOK, age) if age < _LAST_LOOK and item.changes < MOST_CHANGES else None
