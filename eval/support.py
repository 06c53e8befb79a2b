"""Is a sentence in the quotes that it cites? The judge that ALCE's citation metrics are counted with.

Supported means word for word: the sentence stands in the quotes, taken in their order, with nothing dropped,
added or moved between its words. That is stricter than entailment, which ALCE asks a model about: a true
paraphrase fails, and a changed number, a dropped "not" or a swapped name never passes.
"""

from __future__ import annotations

from collections.abc import Sequence

from eval.metrics.answer_match import holds


def supports(sentence: str, quotes: Sequence[str]) -> bool:
    """Whether the quotes, one after another, hold the sentence as a run of whole words."""
    return holds(" ".join(quotes), sentence)
