"""Citations into the relative dates in them, resolved: "on Monday" beside its day."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.answer import DatedWords
from bot.answers.citation import Citation
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
