"""An article's dates into the days they mean, as far as its date of publication tells.

"On Monday" of an article published on 20 October 2020 is 19 October 2020; without the date of publication it
is only "Monday".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.language.dates.moments import Moment
from index.dates import known_day

_AHEAD = re.compile(
    r"\b(?:will|until|till|next|due|to be|would|is to|are to|must|shall|plans?|planned|scheduled)\b"
)


def resolved(moments: Sequence[Moment], text: str, *, published: str | None) -> list[Moment]:
    """An article's dates with the days they mean, as far as its date of publication tells."""
    told = known_day(published)
    years = [one.year for one in moments if one.year]
    return [_resolve(one, text, told, years, moments) for one in moments]


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
