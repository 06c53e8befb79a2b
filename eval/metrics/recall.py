"""recall@k: which part of all the articles that are needed is among the first k?

    recall@k = |ranked[:k] ∩ relevant| / |relevant|

Manning, Raghavan, Schütze: Introduction to Information Retrieval, 2008, ch. 8.
"""

from __future__ import annotations

from collections.abc import Sequence, Set


def recall(ranked: Sequence[str], relevant: Set[str], *, k: int) -> float | None:
    """0.0 to 1.0; None where nothing is relevant. `ranked` holds ids, best first, each once."""
    if not relevant:
        return None
    return len(relevant & set(ranked[:k])) / len(relevant)
