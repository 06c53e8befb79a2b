"""Two reports into the day that both give of one thing: the same, another, or one to which it was moved."""

from __future__ import annotations

import re

from bot.differing.pairs import Alike, Pair, Reports
from bot.language.calendar import ENGLISH_WEEKDAYS
from bot.language.clauses import DEED, clause_around
from bot.language.dates.reading import Day
from bot.language.sentence import NewsSentence
from index.records import Span

_WEEKDAY = re.compile(rf"\b(?:{'|'.join(ENGLISH_WEEKDAYS)})\b", re.I)
_MOVED = re.compile(
    r"\b(?:postpon\w+|put (?:off|back)|moved|delay\w*|brought forward|reschedul\w+|now)\b", re.I
)


def dates(alike: Alike) -> Pair | None:
    """A day that both give, or two where each gives one, as exactly as the other."""
    one, other = alike.both
    for first in one.days:
        for second in other.days:
            if first.first <= second.last and second.first <= first.last:
                days = _grain(first) == _grain(second) == "day"  # "the 2016 vote" is none that agrees
                deed = days and _same_deed(alike, first, second=second)
                sure = alike.close or alike.in_one_frame(first, second)
                return alike.pair("agreed", first, second) if deed and sure else None
    if len(one.days) != 1 or len(other.days) != 1:
        return None
    first, second = one.days[0], other.days[0]
    if _grain(first) != _grain(second) or not _same_deed(alike, first, second=second):
        return None
    if _weekday(first) and _weekday(first) == _weekday(second):  # a page of Thursday, changed on Friday
        return None
    if not (alike.close or alike.in_one_frame(first, second)):
        return None
    moved = alike.order and _MOVED.search((other if alike.order > 0 else one).text)
    return alike.pair("update" if moved else "date", first, second)


def _weekday(day: Day) -> str:
    """The weekday by which a date is told, without its capital."""
    found = _WEEKDAY.search(day.words)
    return found[0].lower() if found and not re.search(r"\d", day.words) else ""


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
