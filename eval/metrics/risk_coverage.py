"""Risk–coverage: how wrong are the answers if only the surest part of them is given?

Sort the cases by confidence, surest first; after the first i of n,
    coverage_i = i / n,  risk_i = (wrong among the first i) / i
    AURC = (1/n) Σ_i risk_i      (lower is better; the share of wrong answers if confidence says nothing)

El-Yaniv, Wiener: On the Foundations of Noise-free Selective Classification, JMLR 11, 2010;
Geifman, Uziel, El-Yaniv: Bias-Reduced Uncertainty Estimation for Deep Neural Classifiers, ICLR 2019.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple


class Point(NamedTuple):
    """After answering the surest `coverage` (0–1) of the cases, `risk` (0–1) of them are wrong."""

    coverage: float
    risk: float


def risk_coverage(confidences: Sequence[float], correct: Sequence[bool]) -> list[Point]:
    """The curve, surest first; cases of equal confidence enter in the order given."""
    order = sorted(range(len(correct)), key=lambda index: -confidences[index])
    wrong = accumulate(int(not correct[index]) for index in order)
    return [Point(done / len(order), errors / done) for done, errors in enumerate(wrong, start=1)]


def area_under_risk_coverage(curve: Sequence[Point]) -> float | None:
    """AURC, 0.0 (best) to 1.0; None for an empty curve."""
    return sum(point.risk for point in curve) / len(curve) if curve else None
