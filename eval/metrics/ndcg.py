"""nDCG@k with binary relevance: are the right articles near the top?

    DCG@k  = Σ_{i=1..k} rel_i / log2(i + 1)
    nDCG@k = DCG@k / (DCG@k of the best possible order)

Järvelin, Kekäläinen: Cumulated gain-based evaluation of IR techniques, ACM TOIS 20(4), 2002.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from math import log2


def ndcg(ranked: Sequence[str], relevant: Set[str], *, k: int) -> float | None:
    """0.0 to 1.0; None where nothing is relevant. `ranked` holds ids, best first, each once."""
    if not relevant:
        return None
    gained = sum(_discount(rank) for rank, found in enumerate(ranked[:k], start=1) if found in relevant)
    best = sum(_discount(rank) for rank in range(1, min(k, len(relevant)) + 1))
    return gained / best


def _discount(rank: int) -> float:
    return 1 / log2(rank + 1)
