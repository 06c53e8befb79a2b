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

    loose: frozenset[tuple[str, ...]]
    pairs: frozenset[tuple[str, ...]]
    conditions: WordList
    turning: WordList
    owning: WordList
    attitude: WordList
    binding: WordList
    widening: WordList
    leading: WordList
    phrases: WordList
    following: WordList
    determiners: WordList
    times: WordList


@cache
def carriers() -> Carriers:
    """The lists that ship with Dateline; read once, and never changed."""
    raw = tomllib.loads(files("bot.proof").joinpath("carriers.toml").read_text(encoding="utf-8"))
    loose, pairs = (_runs(raw.pop(name)) for name in ("loose", "pairs"))
    return Carriers(loose, pairs, **{name: _listed(words) for name, words in raw.items()})


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(run.split()) for run in text.split("|"))


def _listed(words: str) -> WordList:
    every = words.split()
    beginnings = tuple(word[:-1] for word in every if word.endswith("*"))
    return WordList(frozenset(word for word in every if not word.endswith("*")), beginnings)
