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
class Family:
    """Words for one thing by which sides differ: any of them, and those of each side."""

    about: str
    any: re.Pattern[str]
    shades: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Vocabulary:
    """What reading reports needs to know of words; made once, 15 ms."""

    lexicon: Lexicon
    words: Wordlists
    families: tuple[Family, ...]
    saying: frozenset[str]
    measures: frozenset[str]


def load_vocabulary(lexicon: Lexicon) -> Vocabulary:
    """The words that ship with Dateline."""
    raw = word_file("loaded", "en")
    families = tuple(
        Family(one["about"], _words("|".join(one["shades"])), tuple(map(_words, one["shades"])))
        for one in raw["family"]
    )
    words = load_words(lexicon)
    measures = frozenset(lexicon.key(word) for word in words.measures)
    return Vocabulary(lexicon, words, families, words.owning, measures)


def _words(alternatives: str) -> re.Pattern[str]:
    """Whole words of a text in lower case: to look for them in any case takes twice as long."""
    return re.compile(rf"\b(?:{alternatives})\b")


def loaded_words(text: str, vocabulary: Vocabulary) -> tuple[Loaded, ...]:
    """The words of a text that take a side; 0.2 ms a sentence."""
    return tuple(
        one for family in range(len(vocabulary.families)) for one in loaded_of(text, family, vocabulary)
    )


def loaded_of(text: str, family: int, vocabulary: Vocabulary) -> list[Loaded]:
    """The words of one family in a text, by shade and place."""
    low = text.lower()
    low = low if len(low) == len(text) else text  # "İ" is two characters in lower case
    words = vocabulary.families[family]
    if not words.any.search(low):
        return []
    found = [
        Loaded(*match.span(), family, shade)
        for shade, pattern in enumerate(words.shades)
        for match in pattern.finditer(low)
    ]
    return [one for one in found if not any(_within(one, other) for other in found)]


def _within(one: Loaded, other: Loaded) -> bool:
    """Whether a longer word of the family holds it: "offensive" in "counter-offensive"."""
    holds = other.start <= one.start and one.end <= other.end
    return holds and one.end - one.start < other.end - other.start
