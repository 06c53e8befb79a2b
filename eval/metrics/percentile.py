"""A percentile by the nearest rank: the smallest value that at least p % of the values do not exceed.

    x_(⌈p/100 · n⌉) of the sorted values x_(1) ≤ … ≤ x_(n)

Used for latencies, where an interpolated value is one that nobody waited for.
Hyndman, Fan: Sample Quantiles in Statistical Packages, 1996, definition 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil


def percentile(values: Sequence[float], p: float) -> float | None:
    """The p-th percentile, 0 < p ≤ 100; None where there are no values."""
    if not values:
        return None
    return sorted(values)[ceil(p / 100 * len(values)) - 1]
