"""When a question says that something was: its days, read against the day of asking.

"in March 2024", "on 8 November", "this week", "yesterday". A day without a year is the one nearest to the day
of asking, or to the newest article of an archive that ends before, earlier rather than later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.language.calendar import WEEKDAYS
from bot.language.dates.resolve import NamedDays, resolve
from bot.language.dates.written import days_meant, read_written

_SUNDAY = 7
_WEEK = timedelta(7)
_BARE = re.compile(
    rf"(?:(?:on|в|во|на) )?(?:{'|'.join(WEEKDAYS)})(?: (?:morning|afternoon|evening|night))?", re.IGNORECASE
)
_YEAR = re.compile(r"\d{4}")
_OWNED = re.compile(r"(?<=\w)['’]s\b")
_PART = re.compile(r"(?P<before>\b(?:by|in|of|since|until) )(?P<part>mid-|early |late )(?=[A-Z])")


@dataclass(frozen=True)
class AskedTime:
    """Words of a question at `text[start:end]` that name days, `first` and `last` inclusive.

    `relative`: they name them by the day of asking ("this week"), so that they may speak of the newest.
    """

    words: str
    start: int
    end: int
    first: date
    last: date
    relative: bool

    @property
    def is_year(self) -> bool:
        """Whether it names a year and nothing nearer."""
        return bool(_YEAR.fullmatch(self.words))

    @property
    def has_year(self) -> bool:
        """Whether it says a year."""
        return bool(_YEAR.search(self.words))

    @property
    def iso(self) -> tuple[str, str]:
        """Its first and last day as ISO dates."""
        return self.first.isoformat(), self.last.isoformat()


def read_times(question: str, asked_on: date, *, newest: date | None = None) -> tuple[AskedTime, ...]:
    """The days that a question names, in order; years alone count, times of the day do not.

    `newest` is the day of the archive's newest article. A weekday alone is none where that is more than a
    week before: who asks an old archive what happened "on Friday" means the story's.
    """
    known = min(asked_on, newest) if newest else asked_on
    text = _plain(question)
    written = read_written(text)
    named = [
        AskedTime(question[one.start : one.end], one.start, one.end, *days, False)
        for one in written
        if (days := days_meant(one, written, text=text, published=(known,)))
    ]
    relative = [
        AskedTime(
            one.words, one.start, one.end, date.fromisoformat(one.first), date.fromisoformat(one.last), True
        )
        for one in _relative(text, asked_on)
    ]
    apart = [one for one in relative if not any(one.start < n.end and n.start < one.end for n in named)]
    apart = [one for one in apart if not _BARE.fullmatch(one.words) or one.first - known <= _WEEK]
    return tuple(sorted((*named, *apart), key=lambda one: one.start))


def _relative(text: str, asked_on: date) -> list[NamedDays]:
    """The days named by that of asking: on a Sunday "this week" is the one that ends, whatever begins it.

    An article of a Sunday may mean the week to come; who asks on one can hardly ask what happened in it.
    """
    told = resolve(text, asked_on.isoformat())
    if asked_on.isoweekday() != _SUNDAY:
        return told
    ending = (asked_on - timedelta(6)).isoformat(), asked_on.isoformat()
    before = resolve(text, (asked_on - timedelta(1)).isoformat())
    return [*told, *(one for one in before if (one.first, one.last) == ending)]


def _plain(question: str) -> str:
    """A question, as long, without what hides its days: "this week's", "by mid-February"."""
    bare = _OWNED.sub("  ", question)
    return _PART.sub(lambda found: " " * len(found["part"]) + found["before"], bare)
