"""Reasons right: when it rightly abstains, does it say why, and which words are missing?

    reason right  = 1 if the reason given is the one expected, else 0
    missing named = |{w ∈ W : w is held by a missing word given, or holds one}| / |W|

W are the words that the case expects to be named as missing. Both are asked only of right abstentions on
cases that expect a reason: whether to abstain at all is counted in `abstention.py`. A share of labels that
are right is accuracy (Manning, Raghavan, Schütze: Introduction to Information Retrieval, 2008, ch. 8).
"""

from __future__ import annotations

from collections.abc import Sequence

from eval.metrics.answer_match import holds


def reason_right(given: str | None, expected: str | None) -> float | None:
    """1.0 or 0.0; None where it did not abstain or no reason is expected."""
    if given is None or expected is None:
        return None
    return float(given == expected)


def missing_named(given: Sequence[str], expected: Sequence[str]) -> float | None:
    """0.0 to 1.0; None where no missing word is expected. "Erdogan" is named by "President Erdogan"."""
    if not expected:
        return None
    return sum(any(holds(one, word) or holds(word, one) for one in given) for word in expected) / len(
        expected
    )
