"""A relative date in its sentence into the days it means beside a day of publication."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date, timedelta

from bot.language.calendar import MONTHS, NUMBERS, WEEKDAYS
from bot.language.dates.tense import Tense, is_present, looks_ahead, tense_at
from bot.language.words import word_set
from index.records import Span

Days = tuple[date, date] | None  # the first and the last day; None where a reader could mean others


@dataclass(frozen=True)
class RelativeWords:
    """A relative expression in its sentence, and the day its article was published.

    `latest` is the last day that may be, `published` or the next, where the outlet's clock is not known.
    """

    match: re.Match[str]
    sentence: Span
    published: date
    latest: date

    def tense(self) -> Tense | None:
        """Whether it lies behind or ahead, as its sentence tells."""
        return tense_at(*self._place())

    def looks_ahead(self) -> bool:
        """Whether its clause speaks of what will be."""
        return looks_ahead(*self._place())

    def is_present(self) -> bool:
        """Whether its sentence tells how things are, and not what happened or will."""
        return is_present(*self._place())

    def after(self, words: Container[str]) -> bool:
        """Whether one of some words stands right before it."""
        before = self.match.string[max(0, self.match.start() - 20) : self.match.start()].split()
        return bool(before) and before[-1].lower() in words

    def _place(self) -> tuple[str, int, int]:
        start, end = self.match.span()
        text = self.match.string[self.sentence.start : self.sentence.end]
        return text, start - self.sentence.start, end - self.sentence.start


def weekday(found: RelativeWords) -> Days:
    """The day of that name nearest to the publication, behind or ahead as the verb tells.

    On the day itself it is that day, whatever the tense: "said on Monday", published on a Monday. There is
    none six days off, which may be one by another clock; four or more days back where the clause looks ahead
    too; nor before a deadline ("gave them until Friday"). Counted from the latest day of publication, it
    is right by the day before, too: what is the latest day is today or tomorrow, what was the day before has
    been, and is left alone where it may be a week ahead.
    """
    latest = found.latest
    gap = (latest.weekday() - WEEKDAYS[found.match["day"].lower()]) % 7
    if not gap:
        return _one(latest)
    tense = found.tense()
    if tense == "future":
        return _one(latest + timedelta(7 - gap)) if gap > 1 else None
    if tense != "past" or gap == 6 or found.after(_DEADLINES) or (gap >= _LONG and found.looks_ahead()):
        return None
    return _one(latest - timedelta(gap))


def chosen_weekday(found: RelativeWords) -> Days:
    """As "last Tuesday", where both readings agree: the nearest Tuesday lies in the week before."""
    wanted, own = WEEKDAYS[found.match["day"].lower()], found.published.weekday()
    which = found.match["which"].lower()
    if which.startswith(("this", "эт")):
        return _one(found.published + timedelta(wanted - own))
    if which.startswith(("last", "прошл")):
        return _one(found.published - timedelta(own + 7 - wanted)) if wanted >= own else None
    return _one(found.published + timedelta(7 - own + wanted)) if wanted <= own else None


def today(found: RelativeWords) -> Days:
    """The day of publication, where something happens on it; "today the city is rich" means these years."""
    nowadays = found.is_present() or _OF_A_THING.search(found.match.string[: found.match.start()][-24:])
    return None if nowadays else _one(found.published)


def beside_today(found: RelativeWords) -> Days:
    """As "yesterday morning", by its first word."""
    return _one(found.published + timedelta(_SHIFTS[found.match[0].lower().split()[0]]))


def shifted(days: int) -> Callable[[RelativeWords], Days]:
    """What means the day so many days after that of publication."""
    return lambda found: _one(found.published + timedelta(days))


def week_beside(found: RelativeWords) -> Days:
    """The week from Monday to Sunday before or after; on a Sunday "last week" may be the one that ends."""
    return None if found.published.weekday() == 6 else _week(found.published, _step(found))


def weekend_beside(found: RelativeWords) -> Days:
    """As "last weekend"; on a Saturday or Sunday that may be this one."""
    if found.published.weekday() >= 5:
        return None
    monday, sunday = _week(found.published, _step(found))
    return monday + timedelta(5), sunday


def weekend(found: RelativeWords) -> Days:
    """As "over the weekend": the one behind or ahead, as the verb tells."""
    tense = found.tense()
    if tense in (None, "present") or found.published.weekday() >= 5:
        return None
    monday, sunday = _week(found.published, -1 if tense == "past" else 0)
    return monday + timedelta(5), sunday


def month_beside(found: RelativeWords) -> Days:
    """As "earlier this month"."""
    return _month(found.published, _step(found))


def year_beside(found: RelativeWords) -> Days:
    """As "last year"."""
    return _year(found.published.year + _step(found))


def ago(found: RelativeWords) -> Days:
    """So many days, weeks, months or years before, no finer than the unit that is named."""
    count, unit = _count(found.match), found.match["unit"].lower()
    if unit.startswith(("day", "дн", "ден")):
        return _one(found.published - timedelta(count))
    if unit.startswith(("week", "недел")):
        return _one(found.published - timedelta(7 * count))
    if unit.startswith(("month", "месяц")):
        return _month(found.published, -count)
    return _year(found.published.year - count)


def stretch(found: RelativeWords) -> Days:
    """As "in the past three days": from so many days before to the day of publication."""
    count = _count(found.match)
    days = {"hour": -(-count // 24), "day": count, "week": 7 * count}[found.match["unit"].lower().rstrip("s")]
    return found.published - timedelta(days), found.published


def day_of_month(found: RelativeWords) -> Days:
    """As "on 10 October": the one within six weeks that the verb tells of; others may be long ago."""
    month = MONTHS[found.match["month"].lower()]
    years = range(found.published.year - 1, found.published.year + 2)
    days = [day for year in years if (day := _valid(year, month, day=int(found.match["number"])))]
    near = [day for day in days if abs((day - found.published).days) <= _NEAR]
    tense = found.tense()
    behind = [day for day in near if day <= found.latest]
    ahead = [day for day in near if day >= found.published]
    if tense == "past" and behind:
        return _one(behind[-1])
    return _one(ahead[0]) if tense in ("present", "future") and ahead else None


_OF_A_THING = re.compile(r"\b[Tt]he \w+ $")  # "the flag today has fifty stars"
_NEAR = 45  # days
_LONG = 4  # days
_DEADLINES = word_set("dates", "deadlines")


def _one(day: date) -> Days:
    return day, day


def _week(day: date, step: int) -> tuple[date, date]:
    monday = day + timedelta(7 * step - day.weekday())
    return monday, monday + timedelta(6)


def _month(day: date, step: int) -> Days:
    months = day.year * 12 + day.month - 1 + step
    if months < 12:
        return None
    first, following = (date(n // 12, n % 12 + 1, 1) for n in (months, months + 1))
    return first, following - timedelta(1)


def _year(year: int) -> Days:
    return (date(year, 1, 1), date(year, 12, 31)) if year >= 1000 else None


def _valid(year: int, month: int, *, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _step(found: RelativeWords) -> int:
    which = found.match["which"].lower()
    return (
        -1 if which.startswith(("last", "прошл")) else 1 if which.startswith(("next", "след", "будущ")) else 0
    )


def _count(match: re.Match[str]) -> int:
    word = (match["count"] or "one").lower()
    return int(word) if word.isdigit() else NUMBERS[word]


_SHIFTS = {"yesterday": -1, "tomorrow": 1, "вчера": -1, "завтра": 1, "позавчера": -2, "послезавтра": 2}
