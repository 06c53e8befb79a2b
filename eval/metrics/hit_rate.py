"""hit@k: is a right article among the first k?

    hit@k = 1 if |ranked[:k] ∩ relevant| > 0, else 0

Also called success@k. Manning, Raghavan, Schütze: Introduction to Information Retrieval, 2008, ch. 8.
"""

from __future__ import annotations

from collections.abc import Sequence, Set


def hit_rate(ranked: Sequence[str], relevant: Set[str], *, k: int) -> float | None:
    """1.0 or 0.0; None where nothing is relevant. `ranked` holds ids, best first, each once."""
    if not relevant:
        return None
    return float(any(found in relevant for found in ranked[:k]))
