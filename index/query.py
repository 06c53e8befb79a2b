"""A question into the words that it is searched by, and a text into which of them stand in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import snowballstemmer

_WORD = re.compile(r"[^\W_]+")
_MARK = re.compile(r"[\u0300-\u036f]")
# "Lavrov's" asks for Lavrov; the full-text index would read an "s" of its own.
_POSSESSIVE = re.compile(r"['’]s\b")
# Between the two words of a name or phrase: "Nagorno-Karabakh", "Minsk Group", "the president’s office".
_BETWEEN = re.compile(r"(?:['’]s)?[\s\-–’'.]{1,2}")

# English words that carry no topic. Those of other languages are weighed by their rarity, like all words.
_PLAIN = frozenset(
    (
        "a", "about", "after", "again", "against", "all", "also", "am", "an", "and", "any", "are", "as",
        "at", "be", "because", "been", "before", "being", "between", "both", "but", "by", "can", "could",
        "did", "do", "does", "doing", "down", "during", "each", "for", "from", "further", "had", "has",
        "have", "having", "he", "her", "here", "him", "his", "how", "i", "if", "in", "into", "is", "it",
        "its", "itself", "just", "may", "me", "might", "more", "most", "must", "my", "no", "nor", "not",
        "of", "off", "on", "once", "one", "only", "or", "other", "our", "out", "over", "own", "per", "same",
        "shall", "she", "should", "so", "some", "such", "than", "that", "the", "their", "them", "then",
        "there", "these", "they", "this", "those", "through", "to", "too", "under", "until", "up", "upon",
        "us", "very", "via", "was", "we", "were", "what", "when", "where", "whether", "which", "while",
        "who", "whom", "whose", "why", "will", "with", "would", "you", "your",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Sighting:
    """Which words of a query a text has: `counts` by their keys, `pairs` of keys side by side."""

    counts: dict[str, int]
    pairs: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Query:
    """The words of a question that carry its topic, in order and once, in lower case, without accents.

    `keys` are their stems, one a word; `pairs` are the keys that stand side by side in the question. When no
    word carries a topic ("Who is who?"), all are searched. `said` are all words of the question.
    """

    said: tuple[str, ...]
    words: tuple[str, ...]
    keys: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]

    def sight(self, text: str) -> Sighting:
        """Which of the words stand in `text`, in any of their forms; about 15 ns a character."""
        lower = folded(text)
        counts: dict[str, int] = {}
        pairs = set()
        before, end = "", -9
        for start, stop, key in self._found(lower):
            counts[key] = counts.get(key, 0) + 1
            if before and _BETWEEN.fullmatch(lower, end, start):
                pairs.add((before, key))
            before, end = key, stop
        return Sighting(counts, frozenset(pairs))

    def _found(self, lower: str) -> Iterator[tuple[int, int, str]]:
        for match in self._beginnings.finditer(lower):
            word = match.group()
            key = self._known.get(word)
            if key is None:
                key = self._known[word] = _key(word)
            if key in self._key_set:
                yield match.start(), match.end(), key

    @cached_property
    def _known(self) -> dict[str, str]:
        """The keys of words met so far; it lives as long as the question."""
        return {}

    @cached_property
    def _key_set(self) -> frozenset[str]:
        return frozenset(self.keys)

    @cached_property
    def _beginnings(self) -> re.Pattern[str]:
        """Words that begin like one of ours: a stem begins its forms, but for a last "i" (studi, study)."""
        # Longest first, or "arm" would hide "armenia".
        stems = sorted({key[:-1] if len(key) > 2 and key[-1] == "i" else key for key in self.keys}, key=len)
        choices = "|".join(re.escape(stem) for stem in reversed(stems))
        return re.compile(rf"\b(?:{choices})[^\W_]*" if choices else r"(?!)")


def read_query(question: str) -> Query:
    """The query of a question; it has no words when the question has none."""
    return query_of(_WORD.findall(_POSSESSIVE.sub("", folded(question))))


def query_of(said: Sequence[str]) -> Query:
    """The query of these words, which are in lower case and without accents."""
    carrying = [word for word in said if word not in _PLAIN and (len(word) > 1 or not word.isascii())]
    keys = {word: _key(word) for word in carrying or said}
    first = {key: word for word, key in reversed(keys.items())}
    words = tuple(word for word, key in keys.items() if first[key] == word)
    pairs = {(keys[a], keys[b]) for a, b in pairwise(said) if a in keys and b in keys}
    return Query(tuple(said), words, tuple(keys[word] for word in words), frozenset(pairs))


def folded(text: str) -> str:
    """In lower case and without accents, as the full-text index reads it."""
    lower = text.casefold()
    if lower.isascii():
        return lower
    return _MARK.sub("", unicodedata.normalize("NFKD", lower))


def _key(word: str) -> str:
    """The stem by Porter's algorithm, as in the full-text index; what is not Latin stays as it is."""
    return str(snowballstemmer.stemmer("porter").stemWord(word)) if word.isascii() else word
