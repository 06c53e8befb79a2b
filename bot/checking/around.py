"""Words of an article into the sentences they stand in, and the word before them there that denies them."""

from __future__ import annotations

from bot.checking.quote import WHOLE_WORD, denies
from bot.language.words import word_set, words_of
from bot.proof.lines import sentences_at
from index.records import Article, Span

_BESIDE = 500
_DENYING = word_set("speech", "denying")
_NO_DENIAL = tuple(words_of("synonyms", "not_denials"))  # "not only"


def around(article: Article, span: Span) -> Span:
    """The whole sentences that words stand in; of what has no ends, 500 characters on either side."""
    sentences = [*sentences_at(article, span), span]
    start, end = min(one.start for one in sentences), max(one.end for one in sentences)
    return Span(max(start, span.start - _BESIDE), min(end, span.end + _BESIDE))


def denial_before(article: Article, span: Span) -> Span | None:
    """The last word before others, in the same sentence, that denies what follows: "denied", "never"."""
    start = around(article, span).start
    before = article.body[start : span.end].lower()
    found = [
        one
        for one in WHOLE_WORD.finditer(before, 0, span.start - start)
        if (denies(one[0]) or one[0] in _DENYING) and not before.startswith(_NO_DENIAL, one.start())
    ]
    return Span(start + found[-1].start(), start + found[-1].end()) if found else None
