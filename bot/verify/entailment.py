"""A cited text and a drafted sentence into how likely a model finds it that the one follows from the other.

Off unless `llm.verify_model` names a model: the proof by code stands alone and needs no download. A model can
only add a finding; what the code found stays found.
"""

from __future__ import annotations

from typing import Protocol

from index.errors import EncoderError

MODEL_LEAST = 0.5  # probability of entailment below which a sentence is not shown


class Entailment(Protocol):
    """Tells how likely one text follows from another."""

    def probability(self, premise: str, hypothesis: str) -> float:
        """From 0 to 1, that whoever believes `premise` believes `hypothesis`."""


class CrossEncoderEntailment:
    """A cross-encoder of sentence-transformers that was trained for entailment, neutral and contradiction."""

    def __init__(self, name: str) -> None:
        """Load a model by its folder, or its name in the local hub cache; the hub itself is never asked.

        Raises `EncoderError` if it cannot be loaded or is another kind.
        """
        try:
            from sentence_transformers import CrossEncoder

            self._model = CrossEncoder(name, local_files_only=True)
        except Exception as exc:  # the library raises what its dependencies raise: OSError, ValueError, …
            raise EncoderError(f"verify_model {name!r} cannot be loaded: {exc}") from exc
        labels = {str(label).lower(): int(n) for n, label in self._model.config.id2label.items()}
        if "entailment" not in labels:
            told = ", ".join(sorted(labels))
            raise EncoderError(f"verify_model {name!r} tells {told}, expected a label 'entailment'")
        self._at = labels["entailment"]

    def probability(self, premise: str, hypothesis: str) -> float:
        """From 0 to 1, that the hypothesis follows from the premise."""
        scores = self._model.predict([(premise, hypothesis)], apply_softmax=True)
        return float(scores[0][self._at])
