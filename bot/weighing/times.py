"""Sentences into whether they, or their articles' days, agree with the days that a question asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.proposal import Candidate
from bot.language.dates.asked import AskedTime
from bot.language.dates.reading import Day, read_dates
from bot.weighing.choose import ScoredSentence
from index.dates import known_day
from index.records import Article, Span

_THEN = ("when_said", "when_published")
WHEN = (*_THEN, "when_other", "when_before")  # names of features


def agreement(asked: Sequence[AskedTime], article: Article, span: Span) -> dict[str, float]:
    """Features of time: whether a sentence, or its article's day, agrees with the days that are asked for.

    "when_said": a day that it names is among them; "when_other": it names days, and none is;
    "when_published": its article was published within them or at most a month after; "when_before": it was
    published before them, so that it can only look ahead. All 0 where no days are asked for or none known.
    """
    none = dict.fromkeys(WHEN, 0.0)
    if not asked:
        return none
    told = read_dates(article, span).days
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


def of_time(sentences: Sequence[ScoredSentence], asked: Sequence[AskedTime]) -> list[ScoredSentence]:
    """Those that name one of the days that are asked for or were reported then; all where none are."""
    return [
        one
        for one in sentences
        if not asked or any(agreement(asked, one.hit.article, one.span)[when] for when in _THEN)
    ]


def speak_of(candidates: Sequence[Candidate], asked: Sequence[AskedTime]) -> bool:
    """Whether one of some sentences names one of the days that are asked for."""
    return any(agreement(asked, one.hit.article, one.span)["when_said"] for one in candidates)


# Days after something by which it is usually reported.
_REPORTED = 31


def _meet(asked: AskedTime, days: Day) -> bool:
    return asked.first <= days.last and days.first <= asked.last
