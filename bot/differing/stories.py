"""Two articles into whether they tell of one story; sister stories share their words, not their subject."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.differing.pairs import Pair, Reports
from bot.language.lexicon import Lexicon
from bot.language.sentence import NewsSentence
from bot.language.vocabulary import Vocabulary
from index.records import Article, Span
from index.sentences import sentence_spans

_STEM = 5  # letters of a name that spellings have in common
_LEAD = 600  # characters in which the first sentence ends
_WITHIN = re.compile(r"(?<=[^\W\d_,;:] )[A-Z][\w’'-]+")  # a capital that opens no sentence


def is_sister(pair: Pair, reports: Reports) -> bool:
    """Whether each title, or each lead, names what the other article never mentions: "Iowa", "Nebraska".

    Who only speaks is none of those, and neither are the two names that differ, unless the titles have no
    other name in common.
    """
    articles = [report.article for report in reports.both]
    titles = [_of_title(article, reports.vocabulary.lexicon) for article in articles]
    parts = [articles[0].body[slice(*pair.one)], articles[1].body[slice(*pair.other)]]
    but = [*(parts if titles[0] & titles[1] else ()), *map(_speaking, reports.both)]
    if _foreign(titles[0], articles[1], but=but) and _foreign(titles[1], articles[0], but=but):
        return True
    places = [_places(_lead(article, reports.vocabulary)) for article in articles]
    return _foreign(places[0], articles[1], but=parts) and _foreign(places[1], articles[0], but=parts)


def have_one_subject(one: Article, other: Article, vocabulary: Vocabulary) -> bool:
    """Whether title or lead of each share a name: what "he" and "the repair" are may be told there."""
    mine, theirs = (_names(article, vocabulary) for article in (one, other))
    return bool(mine & theirs)


def _of_title(article: Article, lexicon: Lexicon) -> set[str]:
    """The names of a title; of one with capitals throughout, those that are names in the text as well."""
    words = [word for word in lexicon.read(article.title) if word.name and not (word.plain or word.number)]
    within = set(_WITHIN.findall(article.body))
    return {word.text for word in words if word.key not in lexicon.common or word.text in within}


def _speaking(report: NewsSentence) -> str:
    """The words of a sentence that say who says it."""
    return " ".join(report.text[part.start : part.end] for part in report.told)


def _foreign(names: set[str], other: Article, *, but: Sequence[str]) -> bool:
    """Whether an article has one of these names nowhere, in no spelling: "Shusha", "Shushi"."""
    text = "\n".join((other.title, other.body, *but))
    return any(name[:_STEM] not in text for name in names)


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
