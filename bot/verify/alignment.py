"""Two runs of words into how well they go together: in one order, or around one word."""

from __future__ import annotations

from collections.abc import Sequence

ARTICLES = frozenset(("a", "an", "the"))
MARGIN = 2.0  # of words around: so much better must another of the article fit than the draft's own
_AROUND = 3  # words on either side that tell in which place a word stands


def in_order(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words stand in both in the same order: the longest common subsequence; time by the product."""
    places: dict[str, list[int]] = {}
    for n, key in enumerate(other):
        places.setdefault(key, []).append(n)
    best: list[int] = []  # the least end in `other` of a common run of each length: Hunt & Szymanski 1977
    for key in one:
        for n in reversed(places.get(key, ())):
            _put(best, n)
    return len(best)


def _put(best: list[int], n: int) -> None:
    """Put a place where it makes a run of that length end earlier."""
    low, high = 0, len(best)
    while low < high:
        middle = (low + high) // 2
        if best[middle] < n:
            low = middle + 1
        else:
            high = middle
    if low == len(best):
        best.append(n)
    else:
        best[low] = n


def fits(
    one: Sequence[str],
    at: int,
    other: Sequence[str],
    place: int,
    *,
    plain: frozenset[str],
    turned: bool = False,
) -> float:
    """How much of what stands around `one[at]` stands around `other[place]`; a plain word counts half.

    `turned` compares what stands before the one with what stands after the other: "Armenia’s minister" and
    "the minister of Armenia".
    """
    score = 0.0
    for side in (-1, 1):
        for step in range(1, _AROUND + 1):
            n = at + side * step
            if not 0 <= n < len(one):
                continue
            way = -side if turned else side
            near = range(place + way, place + way * (_AROUND + 2), way)
            if any(0 <= m < len(other) and other[m] == one[n] for m in near):
                score += 0.5 if one[n] in plain else 1.0
    return score
