"""Two texts into whether one tells the other again sentence by sentence, as a translation there and back.

Few runs of words are left of the other then, but every sentence has its counterpart, and the figures are the
same. Separate reports of one event share some sentences and some figures, the next report of a series many
sentences and few figures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

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


def tells_again(one: str, other: str) -> bool:
    """Whether the shorter of two bodies is the other told again, nearly every sentence and figure of it."""
    mine, theirs = set(_FIGURE.findall(one)), set(_FIGURE.findall(other))
    fewer = min(len(mine), len(theirs))
    if fewer < FEWEST or len(mine & theirs) < SAME_FIGURES * fewer:
        return False
    short, long = sorted((_sentences(one), _sentences(other)), key=lambda told: sum(map(Counter.total, told)))
    words = sum(map(Counter.total, short))
    held = sum(told.total() for told in short if any(_dice(told, there) >= COUNTERPART for there in long))
    return bool(words) and held >= TOLD_AGAIN * words


def _sentences(body: str) -> Sequence[Counter[str]]:
    told = [Counter(keys_of(body[span.start : span.end])) for span in sentence_spans(body)]
    return [one for one in told if one.total() >= SHORTEST]


def _dice(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / (one.total() + other.total())
