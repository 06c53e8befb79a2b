"""What a feed asks for and how its last reading ended into the moment of its next reading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

HOUR, DAY = 3600.0, 86_400.0
_LONGEST = 7 * DAY  # a feed that asks for a year is asked once a week
_JITTER = 0.1  # of the wait, added at most: feeds that were added together are not all asked together
_DOUBLINGS = 8
_MAX_AGE = re.compile(r"(?i)(?:^|[\s,])max-age\s*=\s*\"?(\d{1,12})")


@dataclass(frozen=True)
class LastReading:
    """How a reading ended. `every_s`: the seconds that the feed itself wants between two readings.

    `conditional`: the next can ask whether anything has changed. `failures` in a row, this one among them.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    every_s: float = 0.0
    conditional: bool = False
    failures: int = 0


def next_reading(now: datetime, last: LastReading, *, chance: float) -> datetime:
    """When to read again; `chance` from 0 to 1 spreads feeds over a tenth of their wait.

    The longest of what holds: an hour, or a day where a reading costs the whole feed; what the feed, its
    max-age and Expires ask for; Retry-After; twice as long for each failure in a row. At most a week.
    """
    shortest = HOUR if last.conditional else DAY
    if last.failures:
        shortest = HOUR * 2.0 ** min(last.failures, _DOUBLINGS)
    asked = (
        last.every_s,
        _max_age(last.headers),
        _expires(last.headers, now),
        _retry_after(last.headers, now),
    )
    wait = min(max(shortest, *asked), _LONGEST)
    return now + timedelta(seconds=wait * (1 + _JITTER * chance))


def _max_age(headers: Mapping[str, str]) -> float:
    match = _MAX_AGE.search(headers.get("cache-control", ""))
    return float(match[1]) if match else 0.0


def _expires(headers: Mapping[str, str], now: datetime) -> float:
    """Seconds until an answer expires, by the server's own clock where it tells the time."""
    expires = _moment(headers.get("expires", ""))
    return (expires - (_moment(headers.get("date", "")) or now)).total_seconds() if expires else 0.0


def _retry_after(headers: Mapping[str, str], now: datetime) -> float:
    """Seconds that a server wants to be left alone, given as such or as a moment."""
    told = headers.get("retry-after", "").strip()
    if told.isdecimal() and told.isascii():
        return float(told[:12])
    until = _moment(told)
    return (until - (_moment(headers.get("date", "")) or now)).total_seconds() if until else 0.0


def _moment(text: str) -> datetime | None:
    """A date of HTTP; "0" and "-1" are none."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
