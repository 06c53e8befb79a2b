"""A text into its dates and times, and whether the article's dates hold a draft's.

"On Monday" of an article published on 20 October 2020 is 19 October 2020; without the date of publication it
is only "Monday". A draft must keep "yesterday" as the article has it or say the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from bot.verify.words import listed
from index.records import Span

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_SHORT = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
"oct": 10,
          "nov": 11, "dec": 12}  # fmt: skip
_MONTH_NUMBERS = {**{name: n for n, name in enumerate(_MONTHS, start=1)}, **_SHORT}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
# "May" and "March" are months only after one of these.
_BEFORE_MONTHS = (
    "in",
    "by",
    "of",
    "since",
    "until",
    "early",
    "late",
    "last",
    "next",
    "from",
    "mid",
    "this",
    "during",
    "between",
)
_DASH = r"(?:\s?[-–—]\s?|\s(?:and|or|to|until|through)\s)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"\b{_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)\b",
        rf"(?<![\d.,])(?:{_DAY.replace('day', 'first')}{_DASH})?(?:the )?{_DAY}(?: of)? {_MONTH}"
        rf"(?:,? {_YEAR})?(?![\w])",
        rf"\b{_MONTH} {_DAY}(?:{_DASH}{_DAY.replace('day', 'last')}(?! {_MONTH.replace('month', 'next')}))?"
        rf"(?:,? {_YEAR})?(?![\w.,]*\d)(?!\w)",
        rf"\b{_MONTH},? (?:of )?{_YEAR}\b",
        r"\b(?P<decade>(?:1[5-9]|20)\d0)s\b",
        r"(?<![\d.,:$£€])(?P<hour>[01]?\d|"
        r"2[0-3]):(?P<minute>[0-5]\d)(?:\s?(?P<half>[ap])\.?m\b\.?)?(?![\d:])",
        r"(?<![\d.,:$£€])(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)\s?(?P<half>[ap])\.?m\b\.?",
        r"(?<![\d.,:])(?P<hour>1[0-2]|0?[1-9])\s?(?P<half>[ap])\.?m\b\.?",
        r"(?i)\b(?P<word>noon|midday|midnight)\b",
        r"(?i)\b(?P<relative>today|tonight|yesterday|tomorrow|(?:last|next|this|the previous|"
        r"the following|the same|that) "
        r"(?:week|month|year|weekend|night|day|morning|evening|spring|summer|autumn|fall|winter|decade|"
        r"century|"
        r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
        r"|(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:day|week|month|year|hour|"
        r"decade)s? "
        r"(?:ago|earlier|later|before|after|afterwards))\b",
        r"\b(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b",
        rf"(?<![\d,.$€£-]){_YEAR}(?![\d,.]?\d|\s?(?:%|per ?cent)|-)",
        rf"(?:{'|'.join(f'(?<= {word} )' for word in _BEFORE_MONTHS)}){_MONTH}(?!\w)",
        rf"(?<=[a-z,(] )(?!May|March){_MONTH}(?!\w)|^(?!May|"
        rf"March){_MONTH.replace('<month>', '<first_month>')}(?= \w)",
    )
)
_BEFORE = frozenset(("by", "until", "till", "before", "to", "through"))
_SINCE = frozenset(("since", "from", "after"))
_AHEAD = re.compile(
    r"\b(?:will|until|till|next|due|to be|would|is to|are to|must|shall|plans?|planned|scheduled)\b"
)


@dataclass(frozen=True)
class Moment:
    """A date or time at `text[start:end]`, as much of it as is said; `clock` is minutes from midnight.

    `limit` is "before" of "by 20 November" and "since" of "since Monday"; `days` are the days that it may
    mean, as far as the day of publication tells.
    """

    text: str
    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    clock: int | None = None
    decade: int | None = None
    relative: str | None = None
    limit: Literal["before", "since"] | None = None
    days: tuple[date, ...] = ()


def read_moments(text: str) -> tuple[Moment, ...]:
    """The dates and times of a text, in order, not overlapping."""
    found: list[Moment] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if not any(match.start() < one.end and one.start < match.end() for one in found):
                found += _made(match, text)
    return tuple(sorted(found, key=lambda one: one.start))


def spans_of(moments: Sequence[Moment]) -> list[Span]:
    """Where dates stand."""
    return [Span(one.start, one.end) for one in moments]


def _made(match: re.Match[str], text: str) -> Iterator[Moment]:
    parts = {name: value for name, value in match.groupdict().items() if value}
    month = parts.get("number") or parts.get("month") or parts.get("first_month")
    whole = Moment(
        text=match[0],
        start=match.start(),
        end=match.end(),
        year=int(parts["year"]) if "year" in parts else None,
        month=_month(month) if month else None,
        day=int(parts["day"]) if "day" in parts else None,
        weekday=_weekday(parts.get("weekday")),
        clock=_clock(parts),
        decade=int(parts["decade"]) if "decade" in parts else None,
        relative=" ".join(parts["relative"].lower().split()) if "relative" in parts else None,
        limit=_limit(text, match.start()),
    )
    if whole.month is not None and whole.month not in range(1, 13):
        return
    if whole.relative:
        whole = replace(whole, relative=_in_digits(whole.relative))
    if whole.relative and (named := re.search(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day", whole.relative)):
        whole = replace(whole, weekday=_weekday(named[1].capitalize()))
    yield whole
    for other in ("first", "last"):
        if other in parts:
            yield replace(whole, day=int(parts[other]))


_FIGURES = listed("zero one two three four five six seven eight nine ten")


def _in_digits(relative: str) -> str:
    """One form for "two weeks ago" and "2 weeks ago", "a day later" and "one day later"."""
    first, _, rest = relative.partition(" ")
    first = "one" if first in ("a", "an") else first
    return f"{_FIGURES.index(first)} {rest}" if first in _FIGURES else relative


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTH_NUMBERS[text.lower().rstrip(".")]


def _weekday(start: str | None) -> int | None:
    return _WEEKDAYS.index(f"{start.lower()}day") if start else None


def _clock(parts: dict[str, str]) -> int | None:
    if "word" in parts:
        return 0 if parts["word"].lower() == "midnight" else 720
    if "hour" not in parts:
        return None
    hour, minute = int(parts["hour"]), int(parts.get("minute", "0"))
    if "half" in parts:
        hour = hour % 12 + (12 if parts["half"] == "p" else 0)
    return hour * 60 + minute


def _limit(text: str, start: int) -> Literal["before", "since"] | None:
    """The preposition before a date, where it makes a limit of it."""
    before = re.findall(r"[a-z]+", text[max(0, start - 24) : start].lower())
    for word in reversed(before[-3:]):
        if word in _BEFORE:
            return "before" if word != "to" else None
        if word in _SINCE:
            return "since"
        if word not in ("the", "on", "early", "late", "midnight", "noon", "of", *_WEEKDAYS):
            return None
    return None


def resolved(moments: Sequence[Moment], text: str, *, published: str | None) -> list[Moment]:
    """An article's dates with the days they mean, as far as its date of publication tells."""
    told = _published(published)
    years = [one.year for one in moments if one.year]
    return [_resolve(one, text, told, years, moments) for one in moments]


def _published(iso: str | None) -> date | None:
    try:
        return date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None


def _resolve(
    one: Moment, text: str, told: date | None, years: Sequence[int], moments: Sequence[Moment]
) -> Moment:
    if one.month and one.day and not one.year:
        year = _year_beside(one, moments) or (_nearest_year(one, told) if told else None)
        one = replace(one, year=year)
    if one.month and one.day and one.year:
        day = _day(one.year, one.month, one.day)
        return replace(one, days=(day,)) if day else one
    if told is None:
        return one
    if one.weekday is not None:
        return replace(one, days=_weekday_days(one, told, text))
    if one.relative:
        return replace(one, days=_relative_days(one.relative, told))
    if one.month and not one.year and not one.day:
        return replace(one, year=_nearest_year(replace(one, day=15), told))
    return one


def _year_beside(one: Moment, moments: Sequence[Moment]) -> int | None:
    """The year of another date of the same sentence: "between 8 and 9 May 1994"."""
    years = {other.year for other in moments if other.year and other.month}
    return years.pop() if len(years) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest_year(one: Moment, told: date) -> int | None:
    days = [_day(year, one.month or 1, one.day or 1) for year in (told.year - 1, told.year, told.year + 1)]
    return min((day for day in days if day), key=lambda day: abs((day - told).days), default=told).year


def _weekday_days(one: Moment, told: date, text: str) -> tuple[date, ...]:
    """The days that a weekday may mean: the last one, or the next where the sentence looks ahead."""
    assert one.weekday is not None
    back = (told.weekday() - one.weekday) % 7
    past = told - timedelta(days=back)
    if one.relative and one.relative.startswith("last") and back == 0:
        return (told - timedelta(days=7),)
    if one.relative and one.relative.startswith("next"):
        return (past + timedelta(days=7),)
    return (
        (past, past + timedelta(days=7))
        if back and (one.limit == "before" or _AHEAD.search(text))
        else (past,)
    )


def _relative_days(relative: str, told: date) -> tuple[date, ...]:
    fixed = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1, "this morning": 0,
             "this evening": 0}  # fmt: skip
    if relative in fixed:
        return (told + timedelta(days=fixed[relative]),)
    weeks = {"last week": -1, "this week": 0, "next week": 1}
    if relative in weeks:
        monday = told - timedelta(days=told.weekday()) + timedelta(weeks=weeks[relative])
        return tuple(monday + timedelta(days=n) for n in range(7))
    return ()


def not_held(said: Moment, there: Sequence[Moment]) -> str | None:
    """Why an article's dates (resolved) do not hold a draft's: None if they do.

    What is returned is the article's nearest date, or "" where it has none.
    """
    if said.weekday is not None and any(one.weekday is not None for one in there):
        there = [one for one in there if one.weekday is not None]
    if said.year and not (said.month or said.day):
        told = [one for one in there if one.year and str(one.year) in one.text]
        there = told or there
    if any(_holds(said, one) and not _against(said, one) for one in there):
        return None
    near = [one for one in there if _alike(said, one)] or list(there)
    return near[0].text if near else ""


def _against(said: Moment, there: Moment) -> bool:
    """Whether one says "by" a day and the other "from" it."""
    return {said.limit, there.limit} == {"before", "since"}


def _alike(one: Moment, other: Moment) -> bool:
    return any(
        getattr(one, part) is not None and getattr(other, part) is not None
        for part in ("day", "weekday", "clock", "month", "year")
    )


def _holds(said: Moment, there: Moment) -> bool:
    if said.relative and said.weekday is None:
        return said.relative == there.relative
    if said.clock is not None:
        return said.clock == there.clock
    if said.decade is not None:
        return said.decade == there.decade
    if said.weekday is not None:
        if said.relative and said.relative != there.relative:
            return False
        return said.weekday == there.weekday or (
            len(there.days) == 1 and there.days[0].weekday() == said.weekday
        )
    return _holds_day(said, there)


def _holds_day(said: Moment, there: Moment) -> bool:
    """Whether what is said of day, month and year is true of what the article has."""
    if there.days and (said.day or said.month):
        return all(
            (said.day in (None, day.day))
            and (said.month in (None, day.month))
            and (said.year in (None, day.year))
            for day in there.days
        )
    return all(
        getattr(said, part) is None or getattr(said, part) == getattr(there, part)
        for part in ("year", "month", "day")
    ) or (
        said.year is not None
        and said.month is None
        and bool(there.days)
        and all(d.year == said.year for d in there.days)
    )
