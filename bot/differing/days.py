"""Two reports into the day that both give of one thing: the same, another, or one to which it was moved."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import product

from bot.differing.pairs import NEAR, Alike, Pair, Reports
from bot.differing.reports import published_day
from bot.language.calendar import ENGLISH_WEEKDAYS
from bot.language.clauses import DEED, clause_around
from bot.language.dates.reading import Day
from bot.language.sentence import NewsSentence
from index.records import Span

LONG_AGO = timedelta(60)  # before its article a sentence's days are background
A_MONTH = timedelta(31)
WEEKDAY = re.compile(rf"\b(?:{'|'.join(ENGLISH_WEEKDAYS)})\b", re.I)
_NUMBERED = re.compile(r"\d")
_MOVED = re.compile(
    r"\b(?:postpon\w+|put (?:off|back)|moved|delay\w*|brought forward|reschedul\w+|now)\b", re.I
)


def dates(alike: Alike) -> Pair | None:
    """A day that both give, or two where each gives one, as exactly as the other."""
    one, other = alike.both
    told = list(product(one.days, other.days))
    same = next((pair for pair in told if _overlap(*pair)), None)
    if same:
        days = _grain(same[0]) == _grain(same[1]) == "day"  # "the 2016 vote" is none that agrees
        return alike.pair("agreed", *same) if days and _is_sure(alike, *same) else None
    if len(told) != 1 or _grain(one.days[0]) != _grain(other.days[0]):
        return None
    first, second = told[0]
    if _is_same(first, second) or not _is_sure(alike, first, second):
        return None
    moved = alike.order and _MOVED.search((other if alike.order > 0 else one).text)
    return alike.pair("update" if moved else "date", first, second)


def _is_sure(alike: Alike, first: Day, second: Day) -> bool:
    """Whether two days are of one deed: in sentences told alike, or numbered and among the same words."""
    if alike.close and _same_deed(alike, first, second=second):
        return True
    numbered = all(_NUMBERED.search(day.words) and _grain(day) == "day" for day in (first, second))
    if not numbered:
        return False
    return alike.in_one_frame(first, second) or _of_one_past_event(alike, first, second)


def _of_one_past_event(alike: Alike, first: Day, second: Day) -> bool:
    """Whether two days long past and near one another stand among the same words: of an accord, a birth."""
    past = all(
        (told := published_day(report.article)) is not None and told - day.last > LONG_AGO
        for report, day in zip(alike.both, (first, second), strict=True)
    )
    return past and abs(first.first - second.first) < A_MONTH and alike.near(first, second) >= NEAR


def of_one_time(reports: Reports) -> bool:
    """Whether two sentences have a day or month in common, if both name one."""
    told = list(product(reports.one.days, reports.other.days))
    alike = [(first, second) for first, second in told if _grain(first) == _grain(second)]
    return not alike or any(_is_same(first, second) for first, second in alike)


def _is_same(first: Day, second: Day) -> bool:
    """Whether two dates may be one: a weekday is, where a page of Thursday was changed on Friday."""
    return _overlap(first, second) or (bool(_weekday(first)) and _weekday(first) == _weekday(second))


def _overlap(first: Day, second: Day) -> bool:
    return first.first <= second.last and second.first <= first.last


def _weekday(day: Day) -> str:
    """The weekday by which a date is told, without its capital."""
    found = WEEKDAY.search(day.words)
    return found[0].lower() if found and not _NUMBERED.search(day.words) else ""


def _same_deed(reports: Reports, first: Day, *, second: Day) -> bool:
    """Whether the clauses of two dates share a word; "waited on Thursday", "who left on Friday" do not."""
    mine, theirs = _deed(reports.one, first), _deed(reports.other, second)
    return any(reports.vocabulary.words.same(a, b) for a in mine for b in theirs)


def _deed(report: NewsSentence, day: Day) -> list[str]:
    """The keys of the words before a date, back to a comma; of those after it where none are before."""
    clause = clause_around(report.text, Span(day.start, day.end), ends=DEED)
    telling = [word for word in report.within(clause) if not (word.plain or word.number)]
    before = [word.key for word in telling if word.start < day.start]
    return before or [word.key for word in telling if word.start >= day.end]


def _grain(day: Day) -> str:
    length = (day.last - day.first).days
    return "day" if length == 0 else "week" if length < 14 else "month" if length < 40 else "year"
