"""Redirects that are for good (301, 308) into whether a feed has moved: only when they agree for days.

One wrong answer of a server, or of a network that wants a login first, must not cost a feed its address.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from index.feeds.records import FeedMoves

_TIMES = 3  # in a row, the same address each time, and a feed there
_LASTING = timedelta(days=2)


def noted(moves: FeedMoves, moved_to: str | None, now: datetime) -> FeedMoves:
    """The moves after a reading that found a feed; `moved_to` is where redirects that are for good led it."""
    if moved_to is None:
        return FeedMoves()
    if moved_to != moves.to:
        return FeedMoves(moved_to, 1, now)
    return FeedMoves(moved_to, moves.times + 1, moves.since)


def has_moved(moves: FeedMoves, now: datetime) -> bool:
    """Whether the new address is to be taken for good."""
    return moves.times >= _TIMES and moves.since is not None and now - moves.since >= _LASTING
