"""What questions were told into a risk–coverage curve: what answering from each probability on would mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from eval.studies.reading import area_under_curve


@dataclass(frozen=True)
class Told:
    """What one question was told by weights fitted without its page, and what is true of it."""

    source: str
    probability: float
    answerable: bool
    right: bool


def curve(told: Sequence[Told]) -> Iterator[str]:
    """The figures of one kind, and the risk–coverage curve (El-Yaniv and Wiener, 2010), as lines."""
    can = [one for one in told if one.answerable]
    cannot = [one for one in told if not one.answerable]
    yield f"first sentence right {np.mean([one.right for one in can]):.3f} of {len(can):,}"
    yield f"AUC, answerable or not {_area(can, cannot):.3f}"
    yield f"AUC, right first or not answerable {_area([one for one in can if one.right], cannot):.3f}"
    yield "threshold   right  answered of answerable  withheld of others  wrong of answers"
    for threshold in np.arange(0.2, 0.85, 0.05):
        answered = [one for one in told if one.probability >= threshold]
        yield (
            f"{threshold:9.2f}{np.mean([one.right and one in answered for one in can]):8.3f}"
            f"{np.mean([one.probability >= threshold for one in can]):24.3f}"
            f"{np.mean([one.probability < threshold for one in cannot]):20.3f}"
            f"{np.mean([not one.right for one in answered]) if answered else 0:18.3f}"
        )


def _area(positive: Sequence[Told], negative: Sequence[Told]) -> float:
    return area_under_curve([one.probability for one in positive], [one.probability for one in negative])
