"""Token F1: how many words do a prediction and the nearest expected answer share?

    P = shared / words predicted, R = shared / words expected, F1 = 2·P·R / (P + R)

Words are counted as often as they occur; the best alternative counts.
Rajpurkar et al.: SQuAD: 100,000+ Questions for Machine Comprehension of Text, EMNLP 2016.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from eval.metrics.answer_match import normalise


def token_f1(predicted: str, alternatives: Sequence[str]) -> float:
    """0.0 to 1.0, the best over the alternatives; 0.0 where there are none."""
    return max((_f1(predicted, expected) for expected in alternatives), default=0.0)


def _f1(predicted: str, expected: str) -> float:
    got, wanted = Counter(normalise(predicted).split()), Counter(normalise(expected).split())
    shared = (got & wanted).total()
    if not shared:
        return float(got == wanted)
    precision, found = shared / got.total(), shared / wanted.total()
    return 2 * precision * found / (precision + found)
