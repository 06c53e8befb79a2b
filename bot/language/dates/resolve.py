"""Words such as "on Monday" or "last week" into days, counted from the day their article was published.

Strict on purpose: where a reader could mean another day there is none. "Next Tuesday", written on a Monday,
may be tomorrow or in eight days; "the day before" counts from another event; "on Monday" beside "in 1993"
tells of the past. Without a day of publication nothing is resolved but what needs only its month or year; and
where the outlet's clock may have been at another day than UTC, only what means the same by both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.language.calendar import MONTHS
from bot.language.dates.days import Days, RelativeWords
from bot.language.dates.forms import FORMS, Form
from index.dates import date_span, days_possible
from index.errors import BadFilter
from index.records import Span

_DAY, _MONTH = 10, 7  # characters of an ISO date
_REACH = 500  # characters of a sentence that are read for its verb, to either side

_LOOSE = re.compile(
    r"\b(?:about|around|nearly|almost|roughly|some|just under|just over|примерно|около)\s$", re.I
)
_OTHER = re.compile(
    r"\b(?:more than|less than|at least|up to|over|under|than|every|each|that|менее|более|чем)\s$", re.I
)
_OF_MANY = re.compile(r"\bthe (?:very|second|third|fourth)\s$", re.I)  # "the second last week"
_YEAR = re.compile(
    r"(?:\b(?i:in|since|of|by|until|from|during|early|late|mid|в|с|до)|\b[A-Z][a-z]{2,8}\.?,?|\d,?)"
    r"[\s-](1\d{3}|20\d\d)(?!\w|[.,]\d)"
)
# What a sentence begins with that tells of another time than its article's, or of none: "Two years ago".
_ELSEWHEN = re.compile(
    r"[\W_]*(?:(?:in|during|for|over|back in|about|some|nearly|almost|only|just) )?(?:the )?(?:"
    r"(?:[\w-]+ )?(?:years?|months?|decades?|centur(?:y|ies)|weeks) (?:ago|earlier|before|later|after)"
    r"|last (?:year|month|spring|summer|autumn|fall|winter|season)"
    r"|(?:that|those|the same) (?:year|month|week|day)s?|(?:early |late |mid-)?\d\d\d0s"
    r"|at the time|back then|in those days|as a (?:child|boy|girl|student|young \w+)|war\b|occupation\b"
    r"|soviet (?:times|era)|[\w ]{1,30} (?:лет|года|месяцев|недель) назад|в те (?:годы|дни|времена)|тогда"
    r"|(?:every|each) \w+|кажд\w+)",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"\b(?:said|says|told|added|announced|reported|заявил\w*|сообщил\w*|сказал\w*)\b", re.IGNORECASE
)
# A habit has no day: "He usually left on Monday".
_HABIT = re.compile(
    r"\b(?:usually|normally|traditionally|typically|generally|always|often|used to|обычно|всегда)\b"
    r"[^.,;]{0,30}$",
    re.IGNORECASE,
)
# What is only supposed has no day: "If he had left on Monday", "Had they met on Monday".
_SUPPOSED = re.compile(r"(?:\b[Ii]f\b|\b[Uu]nless\b|\A\W*(?:Had|Were|Should)\b)[^,;]*\Z")
# A title, within a sentence or alone in quotation marks: "on CNN This Morning", "Last Week Tonight", “Today”.
_CAPITAL = re.compile(r"(?:This|Last|Next|Today|Tonight|Tomorrow|Yesterday)\b")
_IN_TITLE = re.compile(r" (?![MTWFS][a-z]+day\b)[A-Z]")
_WITHIN = re.compile(r"[^\W_] \Z")
_IN_MONTH = re.compile(rf"[\W_]*In (?:early |late |mid-)?({'|'.join(MONTHS)})\b", re.IGNORECASE)
_BREAK = re.compile(r"[.!?…][\"”’»)\]]*\s+(?=[\"“‘«(\[—–-]*\s?[A-ZА-ЯЁ\d])|\n\s*\n")


@dataclass(frozen=True)
class NamedDays:
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


def resolve(text: str, published: str | None, *, within: Span | None = None) -> list[NamedDays]:
    """The relative dates of a text, in order, not overlapping; those that are not clear are left out.

    `published` is its article's ISO date as precise as it is known; None resolves nothing. `within` limits
    what is looked for, while what stands before it is still read for the years it speaks of.
    """
    printed = _days_printed(published) if published else ()
    if not printed:
        return []
    known = len((published or "").partition("T")[0])
    start, end = within or (0, len(text))
    found: list[NamedDays] = []
    for form in FORMS:
        if known < form.needs:
            continue
        for match in form.pattern.finditer(text, start, end):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            one = _read(form, match, printed=printed)
            found += [one] if one else []
    return sorted(found, key=lambda one: one.start)


def _days_printed(published: str) -> tuple[date, ...]:
    """The days of publication that may be; the first of a month or year of which no more is known."""
    try:
        first = date.fromisoformat(date_span(published)[0][:_DAY])
    except BadFilter:
        return ()
    return days_possible(published) or (first,)


def _read(form: Form, match: re.Match[str], *, printed: Sequence[date]) -> NamedDays | None:
    text, before, day = match.string, max(0, match.start() - 14), printed[0]
    sentence = _sentence_around(text, match.start(), end=match.end())
    if (
        _is_title(match)
        or _OTHER.search(text, before, match.start())
        or _of_another_year(text, sentence, year=day.year)
    ):
        return None
    named = match.groupdict()
    if "which" in named and _OF_MANY.search(text, before, match.start()):
        return None
    if form.needs == _DAY and "month" in named and _last_year(text, sentence.start) not in (None, day.year):
        return None  # "in 1994 … signed it on 9 May", be it paragraphs later
    if ("day" in named or "month" in named) and _is_elsewhen(text, sentence, at=match.start()):
        return None
    days = _meant(form, match, sentence, printed=printed)
    if days is None or ("day" in named and _in_another_month(text, sentence, day=days[0])):
        return None
    exact = form.exact and not _LOOSE.search(text, before, match.start())
    return NamedDays(*match.span(), match[0], days[0].isoformat(), days[1].isoformat(), exact)


def _meant(form: Form, match: re.Match[str], sentence: Span, *, printed: Sequence[date]) -> Days:
    """The days that words mean by every day of publication that may be; loose ones by the likeliest."""
    by = printed if form.exact else printed[:1]
    told = {form.days(RelativeWords(match, sentence, one, max(printed))) for one in by}
    return told.pop() if len(told) == 1 else None


def _is_elsewhen(text: str, sentence: Span, *, at: int) -> bool:
    """Whether a sentence supposes or tells of a habit, or begins with another time and says nothing since."""
    begins = _ELSEWHEN.match(text, sentence.start, at)
    if begins and not _SAYING.search(text, begins.end(), at):
        return True
    before = text[sentence.start : at]
    return bool(_HABIT.search(before) or _SUPPOSED.search(before))


def _is_title(match: re.Match[str]) -> bool:
    """Whether capitals or quotation marks make a name of relative words: "told ABC’s “This Week”"."""
    if not _CAPITAL.match(match[0]):
        return False
    start, end = match.span()
    before, after = match.string[max(0, start - 2) : start], match.string[end : end + 1]
    quoted = before[-1:] in ("“", '"', "«") and after in ("”", '"', "»")
    return quoted or bool(_IN_TITLE.search(match[0]) or _WITHIN.search(before))


def _in_another_month(text: str, sentence: Span, *, day: date) -> bool:
    """Whether a sentence begins with a month that a day is not in: "In May they met on Monday"."""
    begins = _IN_MONTH.match(text, sentence.start, sentence.end)
    return begins is not None and MONTHS[begins[1].lower()] != day.month


def _sentence_around(text: str, start: int, *, end: int) -> Span:
    """The sentence of a place, by stops before capitals; "Oct. 19" may part one, which loses a verb."""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    before = [found.end() for found in _BREAK.finditer(text, first, start + 1)]
    after = _BREAK.search(text, end, last)
    return Span(before[-1] if before else first, after.start() + 1 if after else last)


def _last_year(text: str, end: int) -> int | None:
    """The year that a text named last before a place."""
    years = [int(found[1]) for found in _YEAR.finditer(text, 0, end)]
    return years[-1] if years else None


def _of_another_year(text: str, sentence: Span, *, year: int) -> bool:
    """Whether the sentence names another year, or the paragraph before it last spoke of one long gone."""
    own = [int(found[1]) for found in _YEAR.finditer(text, sentence.start, sentence.end)]
    if own:
        return any(one != year for one in own)
    start = text.rfind("\n", 0, sentence.start) + 1
    before = [int(found[1]) for found in _YEAR.finditer(text, start, sentence.start)]
    return bool(before) and before[-1] < year - 1
