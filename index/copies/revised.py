"""Words of an earlier revision into what the present one has in their place, and what it says of that."""

from __future__ import annotations

from dataclasses import dataclass

from index.copies.sentence import counterpart
from index.copies.words import holds
from index.corrections import corrections
from index.records import Article, Span


@dataclass(frozen=True)
class Revised:
    """What became of words that an article no longer has, as spans of its present body.

    `now` stands in their place; None where they were taken out. `notes` are corrections that the earlier
    revision did not have.
    """

    now: Span | None
    notes: tuple[Span, ...]


def revised(quote: str, before: str, article: Article) -> Revised | None:
    """What became of a quotation from the body `before`; None where the article still has its words.

    Layout, case and punctuation are no change. A sentence that the earlier body had as well stands in
    nobody's place.
    """
    body = article.body
    if holds(body, quote):
        return None
    now = counterpart(quote, body, language=article.language, unlike=before)
    notes = corrections(body, language=article.language)
    return Revised(now, tuple(one for one in notes if not holds(before, body[one.start : one.end])))
