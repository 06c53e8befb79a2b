"""Reciprocal rank: how far down is the first right article? Its mean over cases is MRR.

    RR = 1 / rank of the first relevant id, 0 if there is none

Voorhees: The TREC-8 Question Answering Track Report, 1999.
"""

from __future__ import annotations

from collections.abc import Sequence, Set


def reciprocal_rank(ranked: Sequence[str], relevant: Set[str]) -> float | None:
    """0.0 to 1.0; None where nothing is relevant. `ranked` holds ids, best first, each once."""
    if not relevant:
        return None
    ranks = (rank for rank, found in enumerate(ranked, start=1) if found in relevant)
    return 1 / first if (first := next(ranks, None)) else 0.0
