"""Whether a wording that is not proved may be shown as the model's, marked.

A figure, a date, a name or quoted words that stand nowhere in the articles it cites, or an address, and its
quotation is shown instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.language.words import listed
from bot.proof.tokens import quoted_in, words_of
from bot.proof.verbatim import places_of
from bot.speaking.speech import DETERMINERS, PREPOSITIONS
from index.records import Article

_ADDRESS = re.compile(r"\w://|\bwww\.|\bmailto:|\b[\w-]+\.(?:com|org|net|example|io|ru)\b|@\w", re.IGNORECASE)
_NUMBERS = frozenset(
    listed(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand"
        " million billion trillion half third quarter dozen twice percent %"
    )
)

_OPENERS = PREPOSITIONS | DETERMINERS  # before a name these are no part of it


def may_be_marked(text: str, articles: Sequence[Article]) -> bool:
    """Whether every figure, date, name and quotation of a wording stands in the articles it cites."""
    told = "\n".join(part for article in articles for part in _told(article))
    known = {word.low for word in words_of(told)}
    if _ADDRESS.search(text):
        return False
    quotes = [text[span.start : span.end] for span in quoted_in(text)]
    if any(len(quote.split()) > 1 and not places_of(quote, told) for quote in quotes):
        return False
    words = words_of(text)
    telling = [
        word.low
        for n, word in enumerate(words)
        if word.low[0].isdigit()
        or word.low in _NUMBERS
        or (word.capital and n and not _begins(text, word.start))
    ]
    first = [words[0].low] if len(words) > 1 and words[1].capital and words[0].low not in _OPENERS else []
    return all(low in known for low in [*telling, *first])


def _told(article: Article) -> list[str]:
    beside = (article.title, article.outlet, article.agency, article.author, article.published)
    return [*filter(None, beside), article.body]


def _begins(text: str, start: int) -> bool:
    """Whether a word begins a sentence or a quotation, where a capital names nothing."""
    return bool(re.search(r"[.!?:“\"]\s*$", text[:start]))
