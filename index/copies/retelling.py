"""Two texts into whether one tells the other again sentence by sentence, as a translation there and back.

Few runs of words are left of the other then, but every sentence has its counterpart, and the figures are the
same. Separate reports of one event share some sentences and some figures, the next report of a series many
sentences and few figures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from index.copies.words import keys_of
from index.sentences import sentence_spans

# Of 2,600 scraped articles no pair within two days has so much; of separate reports of our own that share a
# long statement or a press release the most is 0.57 of the words.
TOLD_AGAIN = 0.8  # of the shorter text's words, that stand in sentences with a counterpart
COUNTERPART = 0.6  # of the words of two sentences (Dice)
SAME_FIGURES = 0.9  # of the text that has fewer
FEWEST = 4  # figures; fewer may be another report's as well
SHORTEST = 5  # words of a sentence that is looked at

_FIGURE = re.compile(r"\d[\d,.]*\d|\d")


class Telling:
    """A body as it is compared; each part of it is read when it is first asked for, and once."""

    def __init__(self, body: str) -> None:
        self._body = body

    @cached_property
    def figures(self) -> frozenset[str]:
        """Its figures as they are written."""
        return frozenset(_FIGURE.findall(self._body))

    @cached_property
    def sentences(self) -> Sequence[Counter[str]]:
        """The words of its sentences, without the shortest."""
        spans = sentence_spans(self._body)
        told = [Counter(keys_of(self._body[span.start : span.end])) for span in spans]
        return [one for one in told if one.total() >= SHORTEST]

    @cached_property
    def words(self) -> int:
        """How many words its sentences have."""
        return sum(map(Counter.total, self.sentences))


def tells_again(one: str, other: str) -> bool:
    """Whether the shorter of two bodies is the other told again, nearly every sentence and figure of it."""
    return retold(Telling(one), Telling(other))


def retold(one: Telling, other: Telling) -> bool:
    """`tells_again` of bodies of which one is compared with several."""
    fewer = min(len(one.figures), len(other.figures))
    if fewer < FEWEST or len(one.figures & other.figures) < SAME_FIGURES * fewer:
        return False
    short, long = sorted((one, other), key=lambda told: told.words)
    held = sum(told.total() for told in short.sentences if _stands_in(told, long.sentences))
    return bool(short.words) and held >= TOLD_AGAIN * short.words


def _stands_in(told: Counter[str], others: Sequence[Counter[str]]) -> bool:
    return any(_dice(told, there) >= COUNTERPART for there in others)


def _dice(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / (one.total() + other.total())
