"""A sentence of an article as it is compared with another outlet's: without who says it; and its time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from bot.language.calendar import ENGLISH_WEEKDAYS, MONTHS, SHORT_MONTHS, WEEKDAYS
from bot.language.sentence import NewsSentence
from bot.language.tokens import sentences_of, tokens
from bot.language.vocabulary import Vocabulary
from bot.language.words import words_of
from bot.speaking.attribution import attributions
from index.copies.words import keys_of
from index.dates import known_day
from index.records import Article, Span

_DEEDS = words_of("speech", "deeds")
_ON_A_DAY = re.compile(rf"\s+(?:on )?(?:{'|'.join(day.capitalize() for day in ENGLISH_WEEKDAYS)})\b")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_DAY = re.compile(r"([12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?")


def read_report(article: Article, span: Span, vocabulary: Vocabulary) -> NewsSentence:
    """The sentence `article.body[span.start:span.end]` as it is compared."""
    told = tuple(_attributed(article.body[span.start : span.end]))
    return NewsSentence(article, span, vocabulary, told)


def _attributed(text: str) -> Iterator[Span]:
    """Where a sentence says who says it, with the day on which they did: ", police said on Friday"."""
    for sentence in sentences_of(tokens(text, Span(0, len(text)))):
        for one in attributions(sentence):
            if one.scope != "quotation" and not text[one.span.start : one.span.end].lower().endswith(_DEEDS):
                after = _ON_A_DAY.match(text, one.span.end)
                yield Span(one.span.start, after.end() if after else one.span.end)


def published_day(article: Article) -> date | None:
    """The day an article was published, None where it is not known to the day."""
    return known_day(article.published)


def near_in_time(one: Article, other: Article, *, days: int) -> bool:
    """Whether two articles may tell of one event: published within so many days, or one of unknown date."""
    mine, theirs = published_day(one), published_day(other)
    return mine is None or theirs is None or abs(mine - theirs) <= timedelta(days)


def is_remake(one: Article, other: Article) -> bool:
    """Whether of two texts of the same words one was made anew for its own time, by the days they name.

    Next year's guide has other days and years, at least as many as it shares; a copy that somebody falsified
    has those of what it copies, or fewer, whatever day of publication it bears.
    """
    mine, theirs = set(_days_named(one.body)), set(_days_named(other.body))
    other_days = min(len(mine - theirs), len(theirs - mine))
    return other_days > 0 and other_days >= len(mine & theirs)


def _days_named(body: str) -> Iterator[str]:
    """The weekdays, the days of months and the years that a body names."""
    keys = keys_of(body)
    yield from (key for key in keys if key in WEEKDAYS or _YEAR.fullmatch(key))
    for pair in pairwise(keys):
        for day, month in (pair, pair[::-1]):
            if (month in MONTHS or month in SHORT_MONTHS) and (number := _DAY.fullmatch(day)):
                yield f"{int(number[1])} {month[:3]}"
