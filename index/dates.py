"""Written dates into ISO 8601, as precise as they are known, and ISO dates into the moments they span.

Strict on purpose: what can be read in two ways, or is no date at all, is None. Nothing is taken from today.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime

from index.clock import CLOCK, with_time
from index.errors import BadFilter

YEARS = range(1000, 3000)  # arithmetic with offsets cannot leave datetime's years
PRINTED = range(1600, 2100)  # the first newspaper is of 1605; 1399 and 2563 are years of other calendars
EXPECTED = "an ISO date such as 2020-10-19"
# Nobody knows the own clock of an outlet that tells its times in UTC. Before 8:00 UTC it is the day before in
# Los Angeles; from 18:00 on it is the next day, past five in the morning, in Sydney.
_STILL_BEFORE, _ALREADY_AFTER = time(8), time(18)

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
_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d?)(?:-(?P<day>\d\d?)"
    r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,:]\d{1,9})?)?"
    r" ?(?P<zone>Z|[+-]\d\d:?(?:\d\d)?|[A-Z]{2,5})?)?)?)?"
)
_BASIC = re.compile(  # 20201123T110235Z, and half of it: 20201123T11:02:35Z
    r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    r"(?:T(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d{1,9})?)?(?P<zone>Z|[+-]\d\d:?(?:\d\d)?)?)?"
)
_PROGRAMS = (
    re.compile(  # C's "Mon Nov 23 10:27:24 2020", Java's with a zone, JavaScript's with the year before
        r"[A-Z][a-z]{2},? (?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2}) (?:(?P<early>\d{4}) )?"
        r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)(?: (?P<zone>(?:GMT|UTC)[+-]\d{4}|[A-Z]{2,5}))?"
        r"(?: (?P<late>\d{4}))?(?: \(.{1,60}\))?"
    )
)
_OFFSET = re.compile(r"T.+[+-]\d\d:\d\d$")
_A_MINUTE = timedelta(minutes=1)
_SECONDS = re.compile(r"(?P<seconds>\d{9,10})(?:\d{3}|\.\d{1,6})?")  # since 1970
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
_AFTER = rf"(?:\s*(?:[,|/•·–—-]|\bat\b|\bв\b|\bum\b)*\s*[\[(]?{CLOCK}[\])]?)?"
_FIRST_CLOCK = CLOCK.replace("(?P<", "(?P<first_")
_BEFORE = rf"(?:{_FIRST_CLOCK}\s*[,|•·]?\s+(?:on\s+)?)?"
_FORMS = tuple(
    re.compile(rf"(?<![\w/.-]){_BEFORE}{_WEEKDAY}{form}{_AFTER}(?![\w/]|[-.]\d)", re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})(?P<dot>[-/.])(?P<month>\d\d)(?P=dot)(?P<day>\d\d)(?:T(?=\d\d:))?",
        rf"{_DAY}[\s-]+(?:of\s+)?{_MONTH},?[\s-]*{_YEAR}",
        rf"{_MONTH}\s*{_DAY},?\s+{_YEAR}",
        r"(?P<first>\d{1,2})(?P<dot>[./-])(?P<other>\d{1,2})(?P=dot)(?P<year>\d{4})",
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
    if _RFC822.fullmatch(text):
        return _rfc822(text)
    if match := _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(match["seconds"]), UTC).isoformat()
    if (match := _PROGRAMS.fullmatch(text)) and (match["early"] or match["late"]):
        return _iso(match)
    for form in (_ISO, _BASIC, *_FORMS):
        if match := form.fullmatch(text):
            return _iso(match)
    return None


def published_date(text: str) -> str | None:
    """A date as `parse_date` reads it, of a year in which something can have been published."""
    iso = parse_date(text)
    return iso if iso and int(iso[:4]) in PRINTED else None


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
    if parse_date(text):
        expected = f"expected {PRINTED.start} to {PRINTED.stop - 1}; other calendars are not read"
        return f"{name}: {shown!r} is no year of a newspaper ({expected}); left unknown"
    two_ways = re.fullmatch(r"\s*\d{1,2}[./-]\d{1,2}[./-]\d{4}\s*", text)
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


def days_possible(iso: str | None) -> tuple[date, ...]:
    """The days that an ISO date may be of on its outlet's own clock, the one that it says first.

    Several only where it is a time in UTC near midnight, which on the second is a day without a time; none
    where it is not known to the day.
    """
    said = known_day(iso)
    if said is None or not _in_utc(iso or ""):
        return (said,) if said else ()
    told = datetime.fromisoformat(iso or "").time()
    beside = -1 if time.min < told < _STILL_BEFORE else 1 if told >= _ALREADY_AFTER else 0
    return (said, said + timedelta(beside)) if beside else (said,)


def on_own_clock(dates: Sequence[str]) -> str | None:
    """The first of some ISO dates; where that is in UTC, the same moment with an offset that another has."""
    first = next(iter(dates), None)
    if first is None or not _in_utc(first):
        return first
    moment = datetime.fromisoformat(first)
    others = (one for one in dates if _OFFSET.search(one) and not _in_utc(one))
    return next((one for one in others if abs(datetime.fromisoformat(one) - moment) < _A_MINUTE), first)


def _in_utc(iso: str) -> bool:
    return iso.endswith("+00:00")


def _iso(match: re.Match[str]) -> str | None:
    """The ISO date of a match's named groups, or None where there is no such day or time."""
    parts = match.groupdict()
    year = int(parts.get("year") or parts.get("early") or parts.get("late") or 0)
    month, day = _month(parts.get("month")), int(parts.get("day") or 0)
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
    return with_time(f"{year:04}-{month:02}-{day:02}", parts)


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
