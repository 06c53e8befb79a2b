"""Whether an article's dates hold a draft's: it keeps "yesterday" as the article has it, or says the day."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.moments import Moment


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
