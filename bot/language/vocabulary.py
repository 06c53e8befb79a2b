"""What comparing reports needs to know of words, and the words of a text that take a side."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.language.lexicon import Lexicon
from bot.language.wordlists import Wordlists, load_words
from bot.language.words import word_file


@dataclass(frozen=True)
class Loaded:
    """A word that takes a side at `text[start:end]`: its family, and which of the family's shades."""

    start: int
    end: int
    family: int
    shade: int


@dataclass(frozen=True)
class Vocabulary:
    """What reading reports needs to know of words; made once, 15 ms."""

    lexicon: Lexicon
    words: Wordlists
    families: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]
    any_loaded: re.Pattern[str]  # whether any word of a family is there at all: one look, not fifty
    saying: frozenset[str]
    measures: frozenset[str]


def load_vocabulary(lexicon: Lexicon) -> Vocabulary:
    """The words that ship with Dateline."""
    raw = word_file("loaded", "en")
    families = tuple(
        (one["about"], tuple(re.compile(rf"\b(?:{shade})\b", re.IGNORECASE) for shade in one["shades"]))
        for one in raw["family"]
    )
    words = load_words(lexicon)
    measures = frozenset(lexicon.key(word) for word in words.measures)
    shades = "|".join(shade for one in raw["family"] for shade in one["shades"])
    any_loaded = re.compile(rf"\b(?:{shades})\b", re.IGNORECASE)
    return Vocabulary(lexicon, words, families, any_loaded, words.owning, measures)


def loaded_words(text: str, vocabulary: Vocabulary) -> tuple[Loaded, ...]:
    """The words of a text that take a side."""
    if not vocabulary.any_loaded.search(text):
        return ()
    return tuple(
        one for family in range(len(vocabulary.families)) for one in loaded_of(text, family, vocabulary)
    )


def loaded_of(text: str, family: int, vocabulary: Vocabulary) -> list[Loaded]:
    """The words of one family in a text, by shade and place."""
    shades = enumerate(vocabulary.families[family][1])
    found = [
        Loaded(*match.span(), family, shade) for shade, pattern in shades for match in pattern.finditer(text)
    ]
    return [one for one in found if not any(_within(one, other) for other in found)]


def _within(one: Loaded, other: Loaded) -> bool:
    """Whether a longer word of the family holds it: "offensive" in "counter-offensive"."""
    holds = other.start <= one.start and one.end <= other.end
    return holds and one.end - one.start < other.end - other.start
