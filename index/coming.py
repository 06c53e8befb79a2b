"""Today into the last day that can be anybody's: what is dated later is still to come, or its date is wrong.

Such an article is kept as it is, since texts are sent out before their day; it is only never the latest.
Where all are dated later, it is the clock of this machine that is behind, and they are ordered as ever.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

LEEWAY = timedelta(days=1)  # how far a clock or a time zone may be wrong, and the day is still told


def last_day(today: date | None = None) -> str:
    """The last ISO day that has begun somewhere, seen from `today`; None is today, UTC."""
    return ((today or datetime.now(UTC).date()) + LEEWAY).isoformat()


def last_moment() -> str:
    """Its last second, as moments are stored."""
    return f"{last_day()}T23:59:59"
