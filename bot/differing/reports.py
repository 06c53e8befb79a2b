"""A sentence of an article as it is compared with another outlet's: without who says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.language.calendar import ENGLISH_WEEKDAYS
from bot.language.sentence import NewsSentence
from bot.language.tokens import sentences_of, tokens
from bot.language.vocabulary import Vocabulary
from bot.language.words import words_of
from bot.speaking.attribution import attributions
from index.dates import known_day
from index.records import Article, Span

_DEEDS = words_of("speech", "deeds")
_ON_A_DAY = re.compile(rf"\s+(?:on )?(?:{'|'.join(day.capitalize() for day in ENGLISH_WEEKDAYS)})\b")


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
