"""Abstention precision and recall: does it abstain where, and only where, it should?

    precision = right abstentions / abstentions,  recall = right abstentions / cases to abstain on
    F1 = 2·P·R / (P + R)

As for unanswerable questions in Rajpurkar, Jia, Liang: Know What You Don't Know (SQuAD 2.0), ACL 2018.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Decision(NamedTuple):
    """Whether a case was abstained on, and whether it should have been."""

    abstained: bool
    expected: bool


def abstention_precision(decisions: Sequence[Decision]) -> float | None:
    """0.0 to 1.0; None where nothing was abstained on."""
    right = [decision.expected for decision in decisions if decision.abstained]
    return sum(right) / len(right) if right else None


def abstention_recall(decisions: Sequence[Decision]) -> float | None:
    """0.0 to 1.0; None where nothing should have been abstained on."""
    done = [decision.abstained for decision in decisions if decision.expected]
    return sum(done) / len(done) if done else None
