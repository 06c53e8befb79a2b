"""Wrong answer: does the answer hold what another article offers and what is not right here?

    wrong answer = 1 if one of the known wrong answers stands in the text, else 0

As in the strict match of RAMDocs, which asks for all right answers and none of the wrong ones: Wang et al.:
Retrieval-Augmented Generation with Conflicting Evidence, COLM 2025.
"""

from __future__ import annotations

from collections.abc import Sequence

from eval.metrics.answer_match import holds


def wrong_answer(text: str, wrong: Sequence[str]) -> float | None:
    """1.0 or 0.0; None where no wrong answer is known."""
    return float(any(holds(text, one) for one in wrong)) if wrong else None
