"""The fitted weights that ship with Dateline (`weights.json`) as linear models over named features.

`python -m eval.training.fit_evidence` writes them; they are for features as they are, not standardised.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class Linear:
    """A weighted sum of features."""

    bias: float
    weights: Mapping[str, float]

    def score(self, features: Mapping[str, float]) -> float:
        """The sum, unbounded; features without a weight count for nothing. A lacking one is a KeyError."""
        return self.bias + sum(weight * features[name] for name, weight in self.weights.items())


@dataclass(frozen=True)
class ModelWeights:
    """`choice` orders the sentences of a question; `evidence` gives the log odds that the first answers."""

    choice: Linear
    evidence: Linear


def load_weights() -> ModelWeights:
    """The weights that ship with Dateline."""
    raw = json.loads(files("bot.weighing").joinpath("weights.json").read_text(encoding="utf-8"))
    return ModelWeights(*(Linear(raw[name]["bias"], raw[name]["weights"]) for name in ("choice", "evidence")))
