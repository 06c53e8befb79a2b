"""When a question says that something was: its days, read against the day of asking.

"in March 2024", "on 8 November", "this week", "yesterday". A day without a year is the one nearest to the day
of asking, or to the newest article of an archive that ends before, earlier rather than later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.language.dates.resolve import resolve
from bot.language.dates.written import days_meant, read_written
from bot.weighing.choose import ScoredSentence
from index.dates import known_day
from index.records import Article, Span


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


def read_times(question: str, asked_on: date, *, newest: date | None = None) -> tuple[AskedTime, ...]:
    """The days that a question names, in order; years alone count, times of the day do not.

    `newest` is the day of the archive's newest article.
    """
    known = min(asked_on, newest) if newest else asked_on
    written = read_written(question)
    named = [
        AskedTime(question[one.start : one.end], one.start, one.end, *days, False)
        for one in written
        if (days := days_meant(one, written, text=question, published=known))
    ]
    relative = [
        AskedTime(
            one.words, one.start, one.end, date.fromisoformat(one.first), date.fromisoformat(one.last), True
        )
        for one in resolve(question, asked_on.isoformat())
    ]
    apart = [one for one in relative if not any(one.start < n.end and n.start < one.end for n in named)]
    return tuple(sorted((*named, *apart), key=lambda one: one.start))


def days_of(article: Article, span: Span) -> tuple[tuple[date, date], ...]:
    """The days that a sentence of an article names, read against the day on which it was published."""
    text = article.body[span.start : span.end]
    published = known_day(article.published)
    written = read_written(text)
    named = [days for one in written if (days := days_meant(one, written, text=text, published=published))]
    relative = [
        (date.fromisoformat(one.first), date.fromisoformat(one.last))
        for one in resolve(article.body, article.published, within=span)
    ]
    return tuple(dict.fromkeys((*named, *relative)))


def agreement(asked: Sequence[AskedTime], article: Article, span: Span) -> dict[str, float]:
    """Features of time: whether a sentence, or its article's day, agrees with the days that are asked for.

    "when_said": a day that it names is among them; "when_other": it names days, and none is;
    "when_published": its article was published within them or at most a month after; "when_before": it was
    published before them, so that it can only look ahead. All 0 where no days are asked for or none known.
    """
    none = {"when_said": 0.0, "when_other": 0.0, "when_published": 0.0, "when_before": 0.0}
    if not asked:
        return none
    told = days_of(article, span)
    said = any(_meet(one, days) for one in asked for days in told)
    published = known_day(article.published)
    if published is None:
        return none | {"when_said": float(said), "when_other": float(bool(told) and not said)}
    after = min((published - one.last).days for one in asked)
    return {
        "when_said": float(said),
        "when_other": float(bool(told) and not said),
        "when_published": float(any(one.first <= published for one in asked) and after <= _REPORTED),
        "when_before": float(all(published < one.first for one in asked)),
    }


def timed(sentences: Sequence[ScoredSentence], asked: Sequence[AskedTime]) -> list[ScoredSentence]:
    """Sentences with their features of time."""
    return [
        replace(one, features={**one.features, **agreement(asked, one.hit.article, one.span)})
        for one in sentences
    ]


# Days after something by which it is usually reported.
_REPORTED = 31


def _meet(asked: AskedTime, days: tuple[date, date]) -> bool:
    return asked.first <= days[1] and days[0] <= asked.last
