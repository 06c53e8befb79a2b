"""A sentence and its article into the words of the one that have nothing in the other to rest on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from bot.language.words import Wordlists, listed
from bot.verify.alignment import in_order
from bot.verify.reading import Text
from bot.verify.records import Finding
from bot.weighing.lexicon import Lexicon

_LEAST = 0.6  # of the weight of a sentence's content words that must rest on something
_RUN = 3  # content words in a row with nothing to rest on are something new
_SLACK = 0.5  # of a sentence in wholly other words, the part that may be new words; less where it copies

# What a retelling may add: it says nothing of its own.
_SAYS_NOTHING = frozenset(
    listed(
        "article report story account say state accord also however meanwhile addition additionally overall "
        "new people thing part number time way fact case one take place happen occur involve include regard "
        "concern become remain total same both"
    )
)


@dataclass(frozen=True)
class Support:
    """How a sentence's content words stand to what it cites: the share of their weight, and those without."""

    share: float
    missing: tuple[int, ...]
    near: float  # the part of its words that stand in one place in the same order


def weigh(key: str, lexicon: Lexicon) -> float:
    """How much a word tells: 1 for one that general English hardly has, 0.2 for the commonest."""
    common = lexicon.common.get(key, 0.0)
    return max(0.2, min(1.0, -math.log10(common + 1e-4) / 4))


def support(
    said: Text, there: Sequence[Text], *, known: Set[str], lexicon: Lexicon, words: Wordlists
) -> Support:
    """How `said` rests on the cited texts; `known` are keys that need nothing, such as its speaker's."""
    keys = frozenset(key for text in there for key in text.keys) | known
    total = held = 0.0
    missing = []
    for n in said.content:
        word = said.words[n]
        weight = weigh(word.key, lexicon)
        total += weight
        if _rests(word.key, keys, words):
            held += weight
        elif word.low not in _SAYS_NOTHING:
            missing.append(n)
        else:
            total -= weight
    near = max((in_order(said.order, text.order) for text in there), default=0) / max(1, len(said.order))
    return Support(held / total if total else 1.0, tuple(missing), near)


def _rests(key: str, keys: Set[str], words: Wordlists) -> bool:
    if key in keys or not words.synonyms.get(key, frozenset()).isdisjoint(keys):
        return True
    return any(words.same(key, other) for other in keys)


def check_support(said: Text, found: Support) -> Iterator[Finding]:
    """Too little of a sentence rests on what it cites, or something of its own was put into it."""
    run = longest_run(said, found.missing)
    allowed = _SLACK * (1 - found.near) * len(said.content)
    if len(run) >= _RUN or len(found.missing) > allowed or found.share < _LEAST:
        at = run or found.missing
        if at:
            yield Finding("unsupported", said.text[said.words[at[0]].start : said.words[at[-1]].end])
        else:
            yield Finding("unsupported", said.text)


def longest_run(said: Text, missing: Sequence[int]) -> tuple[int, ...]:
    """The longest run of content words that all miss, plain words between them not counted."""
    best: tuple[int, ...] = ()
    run: tuple[int, ...] = ()
    gone = set(missing)
    for n in said.content:
        run = (*run, n) if n in gone else ()
        best = max(best, run, key=len)
    return best
