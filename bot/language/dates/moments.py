"""A text into its dates and times, as much of each as is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.language.words import listed

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
