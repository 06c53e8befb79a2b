"""A sentence into the dates and times written out in it: "5 May 2020", "May 2020", "2020", "5 p.m."."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.language.calendar import ENGLISH_MONTHS, ENGLISH_WEEKDAYS, MONTHS, SHORT_MONTHS
from bot.language.dates.tense import tense_at
from bot.language.words import words_of

_WEEKDAYS = "|".join(day.capitalize() for day in ENGLISH_WEEKDAYS)
_MONTH = (
    rf"(?P<month>{'|'.join(month.capitalize() for month in ENGLISH_MONTHS)}"
    rf"|(?:{'|'.join(month.capitalize() for month in SHORT_MONTHS)})\b\.?)"
)
_OTHER_MONTH = _MONTH.replace("month", "other_month")
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_OTHER_DAY = _DAY.replace("day", "other_day")
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_DASH = r"(?:\s?[-–—]\s?|\s(?:and|or|to|until|through)\s)"
_CLEAR = rf"(?!May|March){_MONTH}"
# "May" and "March" are months only after one of these.
_AFTER_PREPOSITIONS = "|".join(f"(?<= {word} )" for word in words_of("dates", "before_months"))
_NO_FIGURE = r"(?<![\d.,:$£€])"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"\b{_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)\b",
        rf"(?<![\d.,])(?:{_OTHER_DAY}{_DASH})?(?:the )?{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?(?![\w])",
        rf"\b{_MONTH} {_DAY}(?:{_DASH}{_OTHER_DAY}(?! {_OTHER_MONTH}))?(?:,? {_YEAR})?(?![\w.,]*\d)(?!\w)",
        rf"\b{_MONTH},? (?:of )?{_YEAR}\b",
        # Times that name no day, which are no figures either.
        r"\b(?:1[5-9]|20)\d0s\b",
        rf"{_NO_FIGURE}(?:[01]?\d|2[0-3]):[0-5]\d(?:\s?[ap]\.?m\b\.?)?(?![\d:])",
        rf"{_NO_FIGURE}(?:[01]?\d|2[0-3])\.[0-5]\d\s?[ap]\.?m\b\.?",
        r"(?<![\d.,:])(?:1[0-2]|0?[1-9])\s?[ap]\.?m\b\.?",
        r"(?i)\b(?:noon|midday|midnight|today|tonight|yesterday|tomorrow)\b",
        r"(?i)\b(?:last|next|this|the previous|the following|the same|that) (?:week|month|year|weekend|night"
        rf"|day|morning|evening|spring|summer|autumn|fall|winter|decade|century|{_WEEKDAYS})\b",
        r"(?i)\b(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:day|week|month|year|hour"
        r"|decade)s? (?:ago|earlier|later|before|after|afterwards)\b",
        rf"\b(?:{_WEEKDAYS})s?\b",
        # A year, or a month without one.
        rf"(?<![\d,.$€£-]){_YEAR}(?![\d,.]?\d|\s?(?:%|per ?cent)|-)",
        rf"(?:{_AFTER_PREPOSITIONS}){_MONTH}(?!\w)",
        rf"(?:(?<=[a-z,(] )|^(?=\w+ \w)){_CLEAR}(?!\w)",
    )
)


# "Last October", "in April last year" are of the year that these words choose.
_CHOSEN = re.compile(r"\b(?:last|next|this|that|every|each) \Z", re.IGNORECASE)
_OF_A_YEAR = re.compile(
    r",?(?: of)? (?:last|next|this|that|the (?:same|following|previous|next)) year\b", re.IGNORECASE
)


@dataclass(frozen=True)
class WrittenDate:
    """A date or time at `text[start:end]`, as much of its day as is said; a time of the day has none."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None


def read_written(text: str) -> tuple[WrittenDate, ...]:
    """The dates and times of a text, in order, not overlapping but for both days of "8 and 9 May"."""
    found: list[WrittenDate] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if not any(match.start() < one.end and one.start < match.end() for one in found):
                found += _made(match)
    return tuple(sorted(found, key=lambda one: one.start))


def _made(match: re.Match[str]) -> Iterator[WrittenDate]:
    """A match as it is; both days of "8 and 9 May"."""
    parts = {name: value for name, value in match.groupdict().items() if value}
    month = _month(parts.get("number") or parts.get("month"))
    year, day, other = (int(parts[name]) if name in parts else None for name in ("year", "day", "other_day"))
    if month is None or 1 <= month <= 12:
        whole = WrittenDate(match.start(), match.end(), year, month, day)
        yield whole
        if other:
            yield replace(whole, day=other)


def _month(text: str | None) -> int | None:
    if text is None or text.isdigit():
        return int(text) if text else None
    start = text.lower().rstrip(".")
    return next(MONTHS[name] for name in ENGLISH_MONTHS if name.startswith(start[:3]))


def days_meant(
    one: WrittenDate, beside: Sequence[WrittenDate], *, text: str, published: Sequence[date]
) -> tuple[date, date] | None:
    """The first and the last day of a date that stands among others in a text; None where it names none.

    One without a year is of the year that another date of the text has ("between 8 and 9 May 1994"), or the
    nearest to the days on which its article may have been published, behind or ahead as the verb tells.
    """
    year = one.year
    if year is None and one.month:
        years = {other.year for other in beside if other.year and other.month}
        year = years.pop() if len(years) == 1 and one.day else _nearest_year(one, text, published=published)
    if year is None:
        return None
    last_month, last_day = one.month or 12, one.day
    try:
        last = date(year, last_month, last_day or monthrange(year, last_month)[1])
    except ValueError:
        return None
    return date(year, one.month or 1, one.day or 1), last


def _nearest_year(one: WrittenDate, text: str, *, published: Sequence[date]) -> int | None:
    if not published or _CHOSEN.search(text, 0, one.start) or _OF_A_YEAR.match(text, one.end):
        return None
    likely = published[0]
    days = [day for year in range(likely.year - 1, likely.year + 2) if (day := _some_day(one, year))]
    tense = tense_at(text, one.start, one.end)
    if tense == "past":
        days = [day for day in days if day <= max(published)]
    elif tense == "future":
        days = [day for day in days if day >= min(published)]
    return min(days, key=lambda day: abs(day - likely)).year if days else None


def _some_day(one: WrittenDate, year: int) -> date | None:
    """A day of a month, its middle where none is named."""
    try:
        return date(year, one.month or 1, one.day or 15)
    except ValueError:
        return None
