"""The words that carry a claim (`carriers.toml`), as sets that are asked of a word in small letters."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


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
    """What may not be left out, and what may (see `carriers.toml` for each)."""

    joining: frozenset[tuple[str, ...]]
    loose: frozenset[tuple[str, ...]]
    pairs: frozenset[tuple[str, ...]]
    conditions: WordList
    inverted: WordList
    turning: WordList
    attitude: WordList
    owning: WordList
    widening: WordList
    circumstances: WordList
    phrases: WordList
    occasions: WordList
    times: WordList
    months: WordList
    weekdays: WordList
    days: WordList
    offices: WordList
    numbers: WordList


@cache
def carriers() -> Carriers:
    """The lists that ship with Dateline; read once, and never changed."""
    raw = tomllib.loads(files("bot.proof").joinpath("carriers.toml").read_text(encoding="utf-8"))
    joining, loose, pairs = [_runs(raw.pop(name)) for name in ("joining", "loose", "pairs")]
    lists = {name: _listed(words) for name, words in raw.items()}
    return Carriers(joining=joining, loose=loose, pairs=pairs, **lists)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(run.split()) for run in text.split("|"))


def _listed(words: str) -> WordList:
    every = words.split()
    beginnings = tuple(word[:-1] for word in every if word.endswith("*"))
    return WordList(frozenset(word for word in every if not word.endswith("*")), beginnings)
