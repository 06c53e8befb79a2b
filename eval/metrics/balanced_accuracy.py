"""Balanced accuracy: are true and false claims told apart, equally well?

    balanced accuracy = (true claims held true / true claims + false claims held false / false claims) / 2

0.5 is guessing, whatever the share of true claims. Brodersen et al.: The Balanced Accuracy and Its Posterior
Distribution, ICPR 2010; used for claims by Laban et al.: SummEdits, EMNLP 2023.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Ruling(NamedTuple):
    """What a claim was held to be, and what it is."""

    held_true: bool
    is_true: bool


def balanced_accuracy(rulings: Sequence[Ruling]) -> float | None:
    """0.0 to 1.0; None unless there are claims of both kinds."""
    true = [ruling.held_true for ruling in rulings if ruling.is_true]
    false = [not ruling.held_true for ruling in rulings if not ruling.is_true]
    if not true or not false:
        return None
    return (sum(true) / len(true) + sum(false) / len(false)) / 2
