"""The signs of who says a sentence into how sure it is, by two logistic regressions.

One is for what seems the outlet's own, the other for what somebody was found to say.
`python -m eval.studies.speakers --real … --fit` fits them on labelled sentences of real pages and of our own.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.speaking.certainty.signs import Finding

WEIGHTS = "weights.json"


@dataclass(frozen=True)
class Certainty:
    """A logistic regression over named signs; from `sure` on, a probability is taken for certain."""

    bias: float
    weights: Mapping[str, float]
    sure: float

    def likely(self, signs: Mapping[str, float]) -> float:
        """The probability that what was found is right, 0 to 1."""
        score = self.bias + sum(weight * signs[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-score))


def is_sure(found: Finding) -> bool:
    """Whether it is sure enough who says a span to tell it."""
    if not found.signs:
        return True
    certainty = certainties()[found.of]
    return certainty.likely(found.signs) >= certainty.sure


@cache
def certainties() -> dict[str, Certainty]:
    """Those that ship with Dateline: "own" for the outlet's own voice, "told" for a speaker who was found."""
    raw = json.loads(files("bot.speaking.certainty").joinpath(WEIGHTS).read_text(encoding="utf-8"))
    return {of: Certainty(one["bias"], one["weights"], one["sure"]) for of, one in raw.items()}
