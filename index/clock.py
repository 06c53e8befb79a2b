"""A time of day, as it stands beside a day, into ISO 8601."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from re import fullmatch
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_HOURS = {"utc": 0, "gmt": 0, "ut": 0, "z": 0, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3,
          "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
          "mez": 1, "mesz": 2, "aest": 10, "aedt": 11, "sast": 2, "jst": 9, "kst": 9}  # fmt: skip
_PLACES = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver",
           "pt": "America/Los_Angeles", "msk": "Europe/Moscow", "мск": "Europe/Moscow"}  # fmt: skip
_ZONES = "|".join(sorted({*_HOURS, *_PLACES}, key=len, reverse=True))
CLOCK = (
    r"(?:(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d{1,9})?)?(?:\s?(?P<half>[ap]\.?m\b\.?)|\s?uhr\b)?"
    r"|\s?(?P<half_>[ap]\.?m\b\.?)|\s?uhr\b))"
    r"(?:\s?\(?(?P<zone>(?:utc|gmt)?\s?[+-]\d{1,2}(?::?\d\d)?(?!\d)|"
    rf"(?:{_ZONES})\b|(?-i:[A-Z]{{2,3}}T)\b)\)?)?"
)


def with_time(day: str, parts: Mapping[str, str | None]) -> str | None:
    """A day with the time of day that a match's groups name, if they name one; None where there is none."""
    named = {
        name: parts.get(name) or parts.get(f"first_{name}") for name in ("hour", "minute", "second", "zone")
    }
    halves = (parts.get(name) for name in ("half", "half_", "first_half", "first_half_"))
    half = next(filter(None, halves), None)
    if named["hour"] is None:
        return day
    hour, minute, second = (int(named[name] or 0) for name in ("hour", "minute", "second"))
    if half:
        if hour not in range(1, 13):
            return None
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    time = f"{day}T{hour:02}:{minute:02}" + (f":{second:02}" if named["second"] else "")
    return with_offset(time, named["zone"]) if named["zone"] else time


def with_offset(time: str, zone: str) -> str | None:
    """A time with the offset that `zone` names. Of an unknown one only the day is sure."""
    zone = zone.lower().replace(" ", "")
    if place := _PLACES.get(zone):
        try:
            offset = datetime.fromisoformat(time).replace(tzinfo=ZoneInfo(place)).strftime("%z")
        except ZoneInfoNotFoundError:
            return time[:10]
        return f"{time}{offset[:3]}:{offset[3:5]}"
    if zone in _HOURS:
        return f"{time}{'-' if _HOURS[zone] < 0 else '+'}{abs(_HOURS[zone]):02}:00"
    digits = zone.removeprefix("utc").removeprefix("gmt")
    match = fullmatch(r"[+-](\d{1,2}):?(\d\d)?", digits)
    if match is None:
        return time[:10]
    hours, minutes = match.groups()
    if int(hours) > 14 or int(minutes or 0) > 59:
        return None
    return f"{time}{digits[0]}{int(hours):02}:{minutes or '00'}"
