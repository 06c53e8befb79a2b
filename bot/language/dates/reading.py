"""A sentence of an article into the days that it names, relative to its article's or written out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.language.dates.resolve import resolve
from bot.language.dates.written import days_meant, read_written
from index.dates import days_possible
from index.records import Article, Span


@dataclass(frozen=True)
class Day:
    """A date of a sentence at `text[start:end]`: the days it may be, first and last."""

    start: int
    end: int
    first: date
    last: date
    words: str


@dataclass(frozen=True)
class SentenceDates:
    """The days of a sentence, in order, and every place of it that is a date or time and no figure."""

    days: tuple[Day, ...]
    places: tuple[Span, ...]


def read_dates(article: Article, span: Span) -> SentenceDates:
    """The dates of the sentence `article.body[span.start:span.end]`; relative ones where they are clear."""
    text = article.body[span.start : span.end]
    written = [one for one in read_written(text) if text[one.end : one.end + 1] != "-"]  # "Mar-a-Lago"
    found = []
    for one in resolve(article.body, article.published, within=span):
        start, end = one.start - span.start, one.end - span.start
        if one.exact:
            first, last = date.fromisoformat(one.first), date.fromisoformat(one.last)
            found.append(Day(start, end, first, last, one.words))
    published = days_possible(article.published)
    for other in written:
        days = days_meant(other, written, text=text, published=published)
        if days and not any(other.start < day.end and day.start < other.end for day in found):
            found.append(Day(other.start, other.end, *days, text[other.start : other.end]))
    found.sort(key=lambda day: day.start)
    places = [Span(one.start, one.end) for one in written] + [Span(one.start, one.end) for one in found]
    return SentenceDates(tuple(found), tuple(places))
