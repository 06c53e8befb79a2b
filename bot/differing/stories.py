"""Two articles into whether they tell of one story; sister stories share their words, not their subject."""

from __future__ import annotations

import re

from bot.differing.pairs import Pair
from bot.language.lexicon import Lexicon
from bot.language.sentence import NewsSentence
from bot.language.vocabulary import Vocabulary
from index.records import Article, Span
from index.sentences import sentence_spans

_LEAD = 600  # characters in which the first sentence ends
_WITHIN = re.compile(r"(?<=[^\W\d_,;:] )[A-Z][\w’'-]+")  # a capital that opens no sentence


def is_sister(pair: Pair, one: Article, other: Article, vocabulary: Vocabulary) -> bool:
    """Whether each title, or each lead, names what the other article never mentions: "Iowa", "Nebraska".

    The two names that differ are none of those, unless the titles have no other name in common.
    """
    mine, theirs = (_of_title(article, vocabulary.lexicon) for article in (one, other))
    told = one.body[pair.one.start : pair.one.end], other.body[pair.other.start : pair.other.end]
    but = " ".join(told) if mine & theirs else ""
    if _foreign(mine, other, but=but) and _foreign(theirs, one, but=but):
        return True
    mine, theirs = (_places(_lead(article, vocabulary)) for article in (one, other))
    return _foreign(mine, other, but=" ".join(told)) and _foreign(theirs, one, but=" ".join(told))


def have_one_subject(one: Article, other: Article, vocabulary: Vocabulary) -> bool:
    """Whether title or lead of each share a name: what "he" and "the repair" are may be told there."""
    mine, theirs = (_names(article, vocabulary) for article in (one, other))
    return bool(mine & theirs)


def _of_title(article: Article, lexicon: Lexicon) -> set[str]:
    """The names of a title; of one with capitals throughout, those that are names in the text as well."""
    words = [word for word in lexicon.read(article.title) if word.name and not (word.plain or word.number)]
    within = set(_WITHIN.findall(article.body))
    return {word.text for word in words if word.key not in lexicon.common or word.text in within}


def _foreign(names: set[str], other: Article, *, but: str) -> bool:
    """Whether an article has one of these names nowhere."""
    text = f"{other.title}\n{other.body}\n{but}"
    return any(name not in text for name in names)


def _lead(article: Article, vocabulary: Vocabulary) -> NewsSentence:
    spans = sentence_spans(article.body[:_LEAD])
    return NewsSentence(article, spans[0] if spans else Span(0, 0), vocabulary)


def _places(lead: NewsSentence) -> set[str]:
    return {name.words for name in lead.names if name.place}


def _names(article: Article, vocabulary: Vocabulary) -> set[str]:
    """The keys of the names of a title and its lead."""
    lexicon = vocabulary.lexicon
    told = {lexicon.key(word) for word in _of_title(article, lexicon)}
    return told.union(*(name.keys for name in _lead(article, vocabulary).names))
