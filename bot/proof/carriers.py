"""The words that carry a claim (`words/en/carriers.toml`), as sets to ask of a word in small letters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from bot.language.calendar import ENGLISH_MONTHS, ENGLISH_WEEKDAYS, SHORT_MONTHS, SHORT_WEEKDAYS
from bot.language.words import word_file


@dataclass(frozen=True)
class WordList:
    """Words, and beginnings of words, such as "propos" of "propos*"."""

    whole: frozenset[str]
    beginnings: tuple[str, ...] = ()

    def __contains__(self, low: str) -> bool:
        """Whether a word in small letters is one of these."""
        return low in self.whole or low.startswith(self.beginnings) if self.beginnings else low in self.whole

    def any_of(self, lows: Iterable[str]) -> bool:
        """Whether one of some words is here."""
        return any(low in self for low in lows)


@dataclass(frozen=True)
class Carriers:
    """What may not be left out, and what may (see `words/en/carriers.toml` for each)."""

    joining: frozenset[tuple[str, ...]]
    loose: frozenset[tuple[str, ...]]
    results: frozenset[tuple[str, ...]]
    pairs: frozenset[tuple[str, ...]]
    turning: WordList
    widening: WordList
    spans: WordList
    stretches: WordList
    ties: WordList
    kinds: WordList
    times: WordList
    months: WordList
    weekdays: WordList
    days: WordList
    offices: WordList


@cache
def carriers() -> Carriers:
    """The lists that ship with Dateline; read once, and never changed."""
    raw = dict(word_file("carriers", "en"))
    joining, loose, results, pairs = [
        _runs(raw.pop(name)) for name in ("joining", "loose", "results", "pairs")
    ]
    lists = {name: _listed(words) for name, words in raw.items()}
    months = WordList(frozenset((*ENGLISH_MONTHS, *SHORT_MONTHS)))
    weekdays = WordList(frozenset((*ENGLISH_WEEKDAYS, *SHORT_WEEKDAYS)))
    return Carriers(
        joining=joining, loose=loose, results=results, pairs=pairs, months=months, weekdays=weekdays, **lists
    )


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(run.split()) for run in text.split("|"))


def _listed(words: str) -> WordList:
    every = words.split()
    beginnings = tuple(word[:-1] for word in every if word.endswith("*"))
    return WordList(frozenset(word for word in every if not word.endswith("*")), beginnings)
