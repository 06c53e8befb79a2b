"""Citations into the relative dates in them, resolved: "on Monday" beside its day."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.answer import DatedWords
from bot.answers.citation import Citation
from bot.answers.question import plain_date
from bot.language.dates.resolve import resolve
from index.records import Span

_SHOWN = 4  # of one citation


def dated_words(citations: Sequence[Citation]) -> tuple[DatedWords, ...]:
    """The relative dates of what is cited, by the day each article was published; none without that day."""
    found: list[DatedWords] = []
    for citation in citations:
        article = citation.article
        told = resolve(article.body, article.published, within=Span(citation.start, citation.end))
        found += [
            DatedWords(citation.number, one.start, one.end, one.first, one.last, one.exact)
            for one in told[:_SHOWN]
        ]
    return tuple(found)


def days_line(dates: Sequence[DatedWords], citation: Citation) -> str:
    """What the relative dates of a citation mean, for people: “on Monday”: 19 Oct 2020; empty without any."""
    own = [one for one in dates if one.citation == citation.number]
    told = [f"“{citation.article.body[one.start : one.end]}”: {shown_days(one)}" for one in own]
    return "; ".join(dict.fromkeys(told))


def shown_days(one: DatedWords) -> str:
    """The days for people: "19 Oct 2020", "12 to 18 Oct 2020", "Oct 2020", "about Sep 2020"."""
    about = "" if one.exact else "about "
    first, *rest = precise(one)
    if not rest:
        return about + plain_date(first)
    last = rest[0]
    if first[:7] == last[:7]:
        return f"{about}{int(first[8:])} to {plain_date(last)}"
    return f"{about}{plain_date(first)} to {plain_date(last)}"


def precise(one: DatedWords) -> tuple[str, ...]:
    """The days as ISO dates: one for a day, a whole month or a whole year; else the first and the last."""
    first, last = one.first, one.last
    if first == last:
        return (first,)
    if first[:4] == last[:4] and first.endswith("-01-01") and last.endswith("-12-31"):
        return (first[:4],)
    if first[:7] == last[:7] and first.endswith("-01") and int(last[8:]) >= 28:
        return (first[:7],)
    return first, last
