"""What comparing texts knows of English words (`words/en/synonyms.toml`), under the keys of the lexicon."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.language.lexicon import Lexicon
from bot.language.words import word_file, word_set, words_of


@dataclass(frozen=True)
class Wordlists:
    """Synonyms, opposites and the words that turn, soften or own a statement; all as keys of the lexicon.

    `synonyms` and `opposites` give for a key the keys that may, or must not, stand in its place. `measures`
    names the measure of a word ("km": "kilometre"), in lower case.
    """

    synonyms: Mapping[str, frozenset[str]]
    opposites: Mapping[str, frozenset[str]]
    deniers: frozenset[str]
    not_denials: tuple[str, ...]
    strong_hedges: frozenset[str]
    owning: frozenset[str]
    measures: Mapping[str, str]

    def same(self, one: str, other: str) -> bool:
        """Whether two keys are one word or may stand for one another."""
        return one == other or other in self.synonyms.get(one, ()) or _one_stem(one, other)

    def opposed(self, one: str, other: str) -> bool:
        """Whether two keys are opposites and not at once synonyms of a wide word."""
        return other in self.opposites.get(one, ()) or _turned(one, other)


_VERBS = ("saying", "perhaps_saying", "saying_beside_words")
_PREFIXES = words_of("lexicon", "negative_prefixes")
_LONG_ENOUGH = 5  # letters that two forms share: "nominat-ed", "nominat-ion"


def _one_stem(one: str, other: str) -> bool:
    """Whether two keys differ in their endings only: "verifi", "verif"; "agreement", "agre"."""
    shorter = min(len(one), len(other))
    if shorter < _LONG_ENOUGH or one[0].isdigit():
        return False
    common = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    return common >= max(_LONG_ENOUGH, shorter - 2) and max(len(one), len(other)) - common <= 5


def _turned(one: str, other: str) -> bool:
    """Whether a prefix makes one the opposite of the other: "accept-able", "un-acceptable"."""
    return any(
        (one == prefix + other and len(other) > 3) or (other == prefix + one and len(one) > 3)
        for prefix in _PREFIXES
    )


def weigh(key: str, lexicon: Lexicon) -> float:
    """How much a word tells: 1 for one that general English hardly has, 0.2 for the commonest."""
    common = lexicon.common.get(key, 0.0)
    return max(0.2, min(1.0, -math.log10(common + 1e-4) / 4))


def load_words(lexicon: Lexicon) -> Wordlists:
    """The word lists that ship with Dateline; 10 ms, so keep them."""
    raw = word_file("synonyms", "en")
    verbs = [verb for name in _VERBS for verb in word_set("speech", name)]
    opposites = _pairs(_groups(raw["opposites"], lexicon))
    for key, others in lexicon.opposites.items():
        opposites[key] = opposites.get(key, set()) | others
    return Wordlists(
        synonyms=_frozen(_pairs(_groups(raw["synonyms"], lexicon))),
        opposites=_frozen(opposites),
        deniers=_keys(raw["deniers"], lexicon),
        not_denials=tuple(raw["not_denials"].split("|")),
        strong_hedges=_keys(raw["strong_hedges"], lexicon),
        owning=_keys(raw["owning"], lexicon)
        | frozenset(lexicon.key(verb) for verb in verbs if verb.isascii()),
        measures=_measures(raw["measures"]),
    )


def _keys(words: str, lexicon: Lexicon) -> frozenset[str]:
    return frozenset(lexicon.key(word) for word in words.split())


def _groups(lines: str, lexicon: Lexicon) -> Iterable[list[str]]:
    for part in lines.replace("\n", "|").split("|"):
        if part.strip():
            yield [lexicon.key(word) for word in part.split()]


def _pairs(groups: Iterable[list[str]]) -> dict[str, set[str]]:
    """For each key those that share a group with it."""
    found: dict[str, set[str]] = {}
    for group in groups:
        for key in group:
            found.setdefault(key, set()).update(other for other in group if other != key)
    return found


def _frozen(pairs: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(others) for key, others in pairs.items()}


def _measures(lines: str) -> dict[str, str]:
    """Each name of a measure, and its plural, with the first name of its group."""
    found = {}
    for part in lines.replace("\n", "|").split("|"):
        names = part.split()
        for name in names:
            found[name] = found[f"{name}s"] = names[0]
    return {**found, "feet": "foot", "inches": "inch", "centuries": "century"}
