"""A question into the words that it is searched by, and a text into the places where they stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.letters import folded_at, latin, unmarked
from index.stems import stem

_WORD = re.compile(r"[^\W_]+")
_IN_WORD = re.compile(r"\w").match
# "Lavrov's" asks for Lavrov; the full-text index would read an "s" of its own.
_POSSESSIVE = re.compile(r"['’]s\b")

# A "cease-fire" is a "ceasefire" too.
_HYPHENED = re.compile(r"\b([^\W\d_]+)-([^\W\d_]+)\b")

# Letters and figures that make one word, which the full-text index holds in parts: looked for as a phrase.
_COMPOUND = re.compile(
    r"\b[^\W\d_]{1,3}[-–]?\d+(?:\.\d+)+\b|\b(?:[^\W\d_]\.){2,} ?\d+\b|\b[^\W\d_]{1,2}[-–]\d+\b"
)

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
class Query:
    """The words of a question that carry its topic, in order and once, in lower case, without accents.

    `keys` are their stems in plain letters ("ł" is "l" there), one a word. When no word carries a topic ("Who
    is who?"), all are searched. `said` are all words of the question, and those with a hyphen once more
    without it.
    """

    said: tuple[str, ...]
    words: tuple[str, ...]
    keys: tuple[str, ...]

    def places(self, text: str, keys: Collection[str] | None = None) -> list[tuple[int, str]]:
        """Where the words stand in `text`, in any of their forms: (offset, key), in order.

        `keys` are those of which it is known that no other stands there; None is all.
        """
        wanted, (lower, places) = self._wanted, folded_at(text)
        beginnings = self._beginnings
        found = {}
        for beginning in {beginnings[key] for key in (wanted if keys is None else keys)}:
            at = lower.find(beginning)
            while at >= 0:
                word = None if at and _IN_WORD(lower[at - 1]) else _WORD.match(lower, at)
                if word and (key := stem(word[0])) in wanted:
                    found[places[at] if places else at] = key
                at = lower.find(beginning, at + 1)
        return sorted(found.items())

    @cached_property
    def _wanted(self) -> frozenset[str]:
        return frozenset(self.keys)

    @cached_property
    def _beginnings(self) -> dict[str, str]:
        """How our words begin in all their forms: a stem begins them, but for a last "i" (studi, study).

        Looking for letters is three times as fast as a pattern that begins with them.
        """
        return {key: key[:-1] if len(key) > 2 and key[-1] == "i" else key for key in self.keys}


def read_query(question: str) -> Query:
    """The query of a question; it has no words when the question has none."""
    lower = _POSSESSIVE.sub("", unmarked(question))
    joined = [first + second for first, second in _HYPHENED.findall(lower)]
    return query_of([*_WORD.findall(lower), *joined, *_COMPOUND.findall(lower)])


def query_of(said: Sequence[str]) -> Query:
    """The query of these words, which are in lower case and without accents."""
    carrying = [word for word in said if word not in _PLAIN and (len(word) > 1 or not word.isascii())]
    keys = {word: stem(latin(word)) for word in carrying or said}
    first = {key: word for word, key in reversed(keys.items())}
    words = tuple(word for word, key in keys.items() if first[key] == word)
    return Query(tuple(said), words, tuple(keys[word] for word in words))
