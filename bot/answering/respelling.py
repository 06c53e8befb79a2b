"""Names of a question into those by which the archive knows the same, and slips into the words meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rapidfuzz.distance import DamerauLevenshtein

from bot.answers.notes import Respelled
from bot.answers.question import Question
from bot.language.lexicon import Lexicon
from bot.language.spellings import same_name

_LOWER = re.compile(r"(?<!\w)[a-z]{4,}(?!\w)")
_SHORTEST, _LONG = 5, 9  # letters of a word that may have a slip, and from which it may have two


def respelled_names(words: Sequence[str], known: Sequence[str]) -> tuple[Respelled, ...]:
    """The names in `words` that the archive writes otherwise."""
    variants = ((word, next((name for name in known if same_name(word, name)), None)) for word in words)
    return tuple(Respelled(word, variant) for word, variant in variants if variant)


def misspelt(words: Sequence[str], texts: Iterable[str], lexicon: Lexicon) -> tuple[Respelled, ...]:
    """Those of a question's words, which stand nowhere in the archive, that are slips, and what is meant.

    A slip is no common English word, in small letters, and a letter (of a long word two letters) away from a
    word in small letters of `texts`: "ceasfire", "monitering". A name is never taken for another.
    """
    slips = [word for word in words if len(word) >= _SHORTEST and word.isascii() and word.islower()]
    slips = [word for word in slips if word.isalpha() and lexicon.key(word) not in lexicon.common]
    if not slips:
        return ()
    known = Counter(word for text in texts for word in _LOWER.findall(text))
    meant = ((word, _nearest(word, known)) for word in slips)
    return tuple(Respelled(word, other) for word, other in meant if other)


def _nearest(word: str, known: Mapping[str, int]) -> str | None:
    """The known word with the fewest letters changed, of equals the most frequent; None if none is near."""
    most = 2 if len(word) >= _LONG else 1
    away = {
        other: DamerauLevenshtein.distance(word, other, score_cutoff=most)
        for other in known
        if other[0] == word[0] and abs(len(other) - len(word)) <= most
    }
    near = [other for other, letters in away.items() if letters <= most]
    return min(near, key=lambda other: (away[other], -known[other], other), default=None)


def in_archives_spelling(question: Question, respelled: Sequence[Respelled]) -> Question:
    """The question with its names as the archive writes them."""
    topic = question.topic
    for one in respelled:
        topic = re.sub(rf"\b{re.escape(one.asked)}\b", one.found, topic)
    return replace(question, topic=topic)
