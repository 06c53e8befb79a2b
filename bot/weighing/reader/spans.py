"""Scores of tokens into the span that answers best and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Tokens of the longest answer. One in a hundred of SQuAD's is longer, one in twenty of Natural Questions'.
LONGEST = 24

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class TokenSpan:
    """Tokens `first` to `last`, both inside; `score` is the sum of their start and end scores (unbounded)."""

    first: int
    last: int
    score: float


def best_span(starts: Scores, ends: Scores) -> TokenSpan:
    """The best span of the tokens of one passage; both arrays have one score a token, at least one."""
    pairs = starts[:, None] + ends[None, :]
    allowed = np.tril(np.triu(np.ones(pairs.shape, bool)), LONGEST - 1)
    place = int(np.argmax(np.where(allowed, pairs, -np.inf)))
    first, last = divmod(place, pairs.shape[1])
    return TokenSpan(first, last, float(pairs[first, last]))
