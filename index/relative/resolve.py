"""Words such as "on Monday" or "last week" into days, counted from the day their article was published.

Strict on purpose: where a reader could mean another day there is none. "Next Tuesday", written on a Monday,
may be tomorrow or in eight days; "the day before" counts from another event; "on Monday" beside "in 1993"
tells of the past. Without a day of publication nothing is resolved but what needs only its month or year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from index.dates import date_span
from index.errors import BadFilter
from index.records import Span
from index.relative.days import Found
from index.relative.forms import FORMS, Form

_DAY, _MONTH = 10, 7  # characters of an ISO date
_REACH = 500  # characters of a sentence that are read for its verb, to either side

_LOOSE = re.compile(
    r"\b(?:about|around|nearly|almost|roughly|some|just under|just over|примерно|около)\s$", re.I
)
_OTHER = re.compile(
    r"\b(?:more than|less than|at least|up to|over|under|than|every|each|the \w+|that|менее|более|чем)\s$",
    re.I,
)
_YEAR = re.compile(
    r"(?:\b(?i:in|since|of|by|until|from|during|early|late|mid|в|с|до)|\b[A-Z][a-z]{2,8}\.?,?|\d,?)"
    r"[\s-](1\d{3}|20\d\d)(?!\w|[.,]\d)"
)
_BREAK = re.compile(r"[.!?…][\"”’»)\]]*\s+(?=[\"“‘«(\[—–-]*\s?[A-ZА-ЯЁ\d])|\n\s*\n")


@dataclass(frozen=True)
class Resolved:
    """Relative words at `text[start:end]` and the days they mean, `first` and `last` inclusive, as ISO days.

    `exact` is False for "a month ago" or "about three days ago": somewhere around these days.
    """

    start: int
    end: int
    words: str
    first: str
    last: str
    exact: bool = True

    @property
    def iso(self) -> str:
        """The days as short as ISO has them: "2020-10-19", "2020-10", "2020", or "2020-10-12/2020-10-18"."""
        if self.first == self.last:
            return self.first
        whole = (f"{self.first}T00:00:00", f"{self.last}T23:59:59")
        short = (self.first[:length] for length in (4, _MONTH) if date_span(self.first[:length]) == whole)
        return next(short, f"{self.first}/{self.last}")


def resolve(text: str, published: str | None, *, within: Span | None = None) -> list[Resolved]:
    """The relative dates of a text, in order, not overlapping; those that are not clear are left out.

    `published` is its article's ISO date as precise as it is known; None resolves nothing. `within` limits
    what is looked for, while what stands before it is still read for the years it speaks of.
    """
    day = _first_day(published) if published else None
    if day is None:
        return []
    known = len((published or "").partition("T")[0])
    start, end = within or (0, len(text))
    found: list[Resolved] = []
    for form in FORMS:
        if known < form.needs:
            continue
        for match in form.pattern.finditer(text, start, end):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            one = _read(form, match, day)
            found += [one] if one else []
    return sorted(found, key=lambda one: one.start)


def _first_day(published: str) -> date | None:
    """The day of publication as its own clock had it, the first where only the month or year is known."""
    try:
        known = date_span(published)[0]
    except BadFilter:
        return None
    return date.fromisoformat(published[:_DAY] if len(published) >= _DAY else known[:_DAY])


def _read(form: Form, match: re.Match[str], day: date) -> Resolved | None:
    text, before = match.string, max(0, match.start() - 14)
    sentence = _sentence_around(text, match.start(), match.end())
    if _OTHER.search(text, before, match.start()) or _of_another_year(text, sentence, day.year):
        return None
    if (
        form.needs == _DAY
        and "month" in match.groupdict()
        and _last_year(text, sentence.start) not in (None, day.year)
    ):
        return None  # "in 1994 … signed it on 9 May", be it paragraphs later
    days = form.days(Found(match, sentence, day))
    if days is None:
        return None
    exact = form.exact and not _LOOSE.search(text, before, match.start())
    return Resolved(*match.span(), match[0], days[0].isoformat(), days[1].isoformat(), exact)


def _sentence_around(text: str, start: int, end: int) -> Span:
    """The sentence of a place, by stops before capitals; "Oct. 19" may part one, which loses a verb."""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    before = [found.end() for found in _BREAK.finditer(text, first, start + 1)]
    after = _BREAK.search(text, end, last)
    return Span(before[-1] if before else first, after.start() + 1 if after else last)


def _last_year(text: str, end: int) -> int | None:
    """The year that a text named last before a place."""
    years = [int(found[1]) for found in _YEAR.finditer(text, 0, end)]
    return years[-1] if years else None


def _of_another_year(text: str, sentence: Span, year: int) -> bool:
    """Whether the sentence names another year, or the paragraph before it last spoke of one long gone."""
    own = [int(found[1]) for found in _YEAR.finditer(text, sentence.start, sentence.end)]
    if own:
        return any(one != year for one in own)
    start = text.rfind("\n", 0, sentence.start) + 1
    before = [int(found[1]) for found in _YEAR.finditer(text, start, sentence.start)]
    return bool(before) and before[-1] < year - 1
