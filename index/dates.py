"""Written dates into ISO 8601, as precise as they are known, and ISO dates into the moments they span.

Strict on purpose: what can be read in two ways, or is no date at all, is None. Nothing is taken from today.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from index.errors import BadFilter

YEARS = range(1000, 3000)  # no newspaper is older, and arithmetic with offsets cannot leave datetime's years
EXPECTED = "an ISO date such as 2020-10-19"

_MONTHS = (
    "january jan января январь янв|february feb февраля февраль февр фев|march mar марта март мар|"
    "april apr апреля апрель апр|may мая май|june jun июня июнь июн|july jul июля июль июл|"
    "august aug августа август авг|september sept sep сентября сентябрь сент сен|"
    "october oct октября октябрь окт|november nov ноября ноябрь нояб ноя|december dec декабря декабрь дек"
)
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ISO_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_MONTH_NUMBERS = {
    name: number for number, names in enumerate(_MONTHS.split("|"), start=1) for name in names.split()
}
_HOURS = {"utc": 0, "gmt": 0, "ut": 0, "z": 0, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3,
          "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}  # fmt: skip
_PLACES = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver",
           "pt": "America/Los_Angeles", "msk": "Europe/Moscow", "мск": "Europe/Moscow"}  # fmt: skip

_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?"
    r" ?(?P<zone>Z|[+-]\d\d:?\d\d)?)?)?)?"
)
_RFC822 = re.compile(
    r"(?:[A-Z][a-z]{2}, ?)?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? "
    r"(?:[+-]\d{4}|GMT|UTC?|Z|E[SD]T|C[SD]T|M[SD]T|P[SD]T)"
)

_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})(?:\s?(?:года|год|г\.?)(?![^\W\d_]))?"
_WEEKDAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+"
    r"|(?:понедельник|вторник|среда|четверг|пятница|суббота|воскресенье),?\s+)?"
)
_CLOCK = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?:\s?(?P<half>[ap]\.?m\b\.?))?"
    r"(?:\s?\(?(?P<zone>(?:utc|gmt)?\s?[+-]\d{1,2}(?::?\d\d)?(?!\d)|"
    rf"(?:{'|'.join(sorted({*_HOURS, *_PLACES}, key=len, reverse=True))})\b)\)?)?"
)
_AFTER = rf"(?:\s*(?:[,|/–—-]|\bat\b|\bв\b)?\s*[\[(]?{_CLOCK}[\])]?)?"
_FIRST_CLOCK = _CLOCK.replace("(?P<", "(?P<first_")
_BEFORE = rf"(?:{_FIRST_CLOCK}\s*[,|]?\s+(?:on\s+)?)?"
_FORMS = tuple(
    re.compile(rf"(?<![\w/.-]){_BEFORE}{_WEEKDAY}{form}{_AFTER}(?![\w/]|[-.]\d)", re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})[-/.](?P<month>\d\d)[-/.](?P<day>\d\d)",
        rf"{_DAY}[\s-]+(?:of\s+)?{_MONTH},?[\s-]*{_YEAR}",
        rf"{_MONTH}\s*{_DAY},?\s+{_YEAR}",
        r"(?P<first>\d{1,2})(?P<dot>[./])(?P<other>\d{1,2})(?P=dot)(?P<year>\d{4})",
        rf"{_MONTH},?\s+{_YEAR}",
    )
)


@dataclass(frozen=True)
class DateInText:
    """A date within a line: `line[start:end]` says `iso`."""

    iso: str
    start: int
    end: int


def parse_date(text: str) -> str | None:
    """The whole of `text` as an ISO date, as precise as it is, or None where it is no date or an unclear one.

    Read: ISO 8601 (year, year-month, day, or day and time), RFC 822, and in English or Russian
    "19 October 2020 [17:45]", "October 19, 2020", "Oct. 2020", "19 октября 2020". Days in figures only where
    one reading exists: "19/10/2020" is read, "03/04/2020" is None. An offset stays an offset; a time without
    one stays without.
    """
    text = " ".join(text.split())
    if match := _ISO.fullmatch(text):
        return _iso(match)
    if _RFC822.fullmatch(text):
        return _rfc822(text)
    for form in _FORMS:
        if match := form.fullmatch(text):
            return _iso(match)
    return None


def find_date(line: str) -> DateInText | None:
    """The first date that stands within a line, to the day at least; None where there is none."""
    for form in _FORMS[:-1]:
        for match in form.finditer(line):
            if iso := _iso(match):
                return DateInText(iso, match.start(), match.end())
    return None


def date_note(text: str, *, name: str = "published") -> str:
    """What to tell a person whose date could not be read."""
    shown = text if len(text) <= 60 else text[:59] + "…"
    two_ways = re.fullmatch(r"\s*\d{1,2}[./]\d{1,2}[./]\d{4}\s*", text)
    problem = "can be read in two ways or none" if two_ways else "is not a date"
    return f"{name}: {shown!r} {problem} (expected {EXPECTED}); left unknown"


def date_span(iso: str) -> tuple[str, str]:
    """The earliest and the latest second of an ISO date, in UTC, as "YYYY-MM-DDTHH:MM:SS".

    "2020-10" spans all of October, "2020-10-19T17:45" a minute. What has no offset counts as UTC. Raises
    `BadFilter` unless `iso` is ISO 8601.
    """
    match = _ISO.fullmatch(iso.strip())
    exact = _iso(match) if match else None
    if match is None or exact is None:
        raise BadFilter(f"{iso[:60]!r} is not a date (expected {EXPECTED} or 2020-10-19T17:45)")
    if match["hour"] is None:
        year, month, day = (int(match[part] or 0) for part in ("year", "month", "day"))
        last_month = month or 12
        first = datetime(year, month or 1, day or 1)
        last = datetime(year, last_month, day or monthrange(year, last_month)[1], 23, 59, 59)
        return first.isoformat(), last.isoformat()
    moment = datetime.fromisoformat(exact)
    if moment.tzinfo:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return moment.isoformat(), (moment if match["second"] else moment.replace(second=59)).isoformat()


def known_day(iso: str | None) -> date | None:
    """The day of an ISO date as its own clock has it; None where it is not known to the day."""
    try:
        return date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None


def _iso(match: re.Match[str]) -> str | None:
    """The ISO date of a match's named groups, or None where there is no such day or time."""
    parts = match.groupdict()
    year, month, day = int(parts["year"]), _month(parts.get("month")), int(parts.get("day") or 0)
    if "first" in parts:
        month, day = _month_and_day(int(parts["first"]), int(parts["other"]))
    if year not in YEARS or month not in range(13) or (parts.get("day") and not day):
        return None
    if not month:
        return None if parts.get("month") or "first" in parts else f"{year:04}"
    if not day:
        return f"{year:04}-{month:02}"
    if day > monthrange(year, month)[1]:
        return None
    return _with_time(f"{year:04}-{month:02}-{day:02}", parts)


def _with_time(day: str, parts: dict[str, str | None]) -> str | None:
    """A day with the time of day that stands beside it, if one does; None where there is none."""
    clock = ("hour", "minute", "second", "half", "zone")
    named = {name: parts.get(name) or parts.get(f"first_{name}") for name in clock}
    if named["hour"] is None:
        return day
    hour, minute, second = (int(named[name] or 0) for name in ("hour", "minute", "second"))
    if named["half"]:
        if hour not in range(1, 13):
            return None
        hour = hour % 12 + (12 if named["half"][0] in "pP" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    time = f"{day}T{hour:02}:{minute:02}" + (f":{second:02}" if named["second"] else "")
    return _with_offset(time, named["zone"]) if named["zone"] else time


def _with_offset(time: str, zone: str) -> str | None:
    """A time with the offset that `zone` names. Without a place's rules, only the day is sure."""
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
    hours, minutes = re.fullmatch(r"[+-](\d{1,2}):?(\d\d)?", digits).groups()  # type: ignore[union-attr]
    if int(hours) > 14 or int(minutes or 0) > 59:
        return None
    return f"{time}{digits[0]}{int(hours):02}:{minutes or '00'}"


def _rfc822(text: str) -> str | None:
    """An RFC 822 date, whose offset is always given."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    if moment.year not in YEARS or abs(moment.utcoffset() or timedelta()) > timedelta(hours=14):
        return None
    return moment.isoformat()


def _month(name: str | None) -> int:
    """1 to 12 for a month's name or number, 0 for none, another number for what is no month."""
    if not name:
        return 0
    return int(name) or 13 if name.isdigit() else _MONTH_NUMBERS[name.lower()]


def _month_and_day(first: int, other: int) -> tuple[int, int]:
    """Month and day of "19/10" or "10/19", where only one reading exists; else (0, 0)."""
    readings = {(other, first), (first, other)}
    valid = [(month, day) for month, day in readings if 1 <= month <= 12 and 1 <= day <= 31]
    return valid[0] if len(valid) == 1 else (0, 0)


def in_words(iso: str | None) -> str:
    """2020-10-19T17:45 → "19 October 2020", the words that questions use; empty where there is no date."""
    match = _ISO_DAY.match(iso or "")
    if match is None:
        return ""
    year, month, day = match.groups()
    words = (day and str(int(day)), month and _MONTH_NAMES[int(month) - 1], year)
    return " ".join(word for word in words if word)
