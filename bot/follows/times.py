"""When a reader may be told: at once, after quiet hours, or once a day; by the clock of their time zone."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from index.errors import BadInput

_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")
_ZONES = "zoneinfo/"


@dataclass(frozen=True)
class DayTimes:
    """A reader's day: nothing is told from `quiet[0]` until `quiet[1]`; with a `digest` all of a day at once.

    A digest comes at its time, whatever hours are quiet.
    """

    zone: str = "UTC"
    quiet: tuple[time, time] | None = None
    digest: time | None = None

    def due(self, moment: datetime) -> datetime:
        """When what is known at a moment may be told, both UTC."""
        local = moment.astimezone(ZoneInfo(self.zone))
        if self.digest:
            return _next(local, self.digest)
        if self.quiet and _within(local.time(), *self.quiet):
            return _next(local, self.quiet[1])
        return moment

    @property
    def quiet_text(self) -> str | None:
        """The quiet hours as they are stored and shown: "22:00-07:00"."""
        return f"{self.quiet[0]:%H:%M}-{self.quiet[1]:%H:%M}" if self.quiet else None

    @property
    def digest_text(self) -> str | None:
        """The time of the digest: "08:00"."""
        return f"{self.digest:%H:%M}" if self.digest else None


def day_times(*, zone: str | None = None, quiet: str | None = None, digest: str | None = None) -> DayTimes:
    """A reader's day from what they wrote: "Europe/Berlin", "22-7", "08:00".

    Raises:
        BadInput: one of these is none.
    """
    return DayTimes(
        _zone(zone) if zone else machine_zone(),
        _hours(quiet) if quiet else None,
        _clock(digest, "digest", "a time such as 08:00") if digest else None,
    )


def machine_zone() -> str:
    """The name of this machine's time zone; "UTC" where it has none that is known by name."""
    named = os.environ.get("TZ", "").lstrip(":")
    place = str(Path("/etc/localtime").resolve())
    for name in filter(None, (named, place.partition(_ZONES)[2])):
        with suppress(BadInput):
            return _zone(name)
    return "UTC"


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name.strip()).key
    except (KeyError, ValueError, OSError) as exc:  # ZoneInfoNotFoundError is a KeyError
        raise _bad("zone", name, "a time zone such as Europe/Berlin") from exc


def _hours(text: str) -> tuple[time, time]:
    parts = re.split(r"\s*[-–—]\s*", text.strip())
    expected = "hours such as 22-7 or 22:30-07:00"
    if len(parts) != 2:
        raise _bad("quiet", text, expected)
    first, last = (_clock(part, "quiet", expected, whole=text) for part in parts)
    if first == last:
        raise _bad("quiet", text, expected)
    return first, last


def _clock(text: str, name: str, expected: str, *, whole: str | None = None) -> time:
    found = _CLOCK.fullmatch(text.strip())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise _bad(name, whole or text, expected)
    return time(hour % 24, minute)


def _bad(name: str, value: str, expected: str) -> BadInput:
    return BadInput(f"{name} is {value[:40]!r}, expected {expected}")


def _within(now: time, first: time, last: time) -> bool:
    return first <= now < last if first < last else now >= first or now < last


def _next(local: datetime, at: time) -> datetime:
    """The next moment at which a clock shows `at`, UTC."""
    day = local.date() if local.time() < at else local.date() + timedelta(days=1)
    return datetime.combine(day, at, local.tzinfo).astimezone(UTC)
