"""Claims against their texts: counted always, judged where something can judge a claim.

`eval.claim_judge` looks up what can be looked up; the proof of sentences that an LLM wrote is to be a better
judge, and any other can be handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from eval.cases import Claim
from eval.metrics.balanced_accuracy import Ruling, balanced_accuracy

EVERY_SET = "all"


class ClaimJudge(Protocol):
    """Rules on claims."""

    @property
    def name(self) -> str:
        """What judges, and how."""

    def supported(self, claim: str, source: str) -> bool:
        """Whether the text supports the whole claim."""


@dataclass(frozen=True)
class ClaimRow:
    """One set of claims; `accuracy` is the balanced accuracy, None where nothing judged them."""

    set: str
    claims: int
    supported: int
    accuracy: float | None


def count_claims(
    claims: Sequence[Claim], judge: ClaimJudge | None, *, progress: Callable[[Claim], None] | None = None
) -> list[ClaimRow]:
    """One row a set, in order, and `EVERY_SET` last."""
    rulings: dict[str, Ruling] = {}
    for claim in claims:
        if judge is not None:
            rulings[claim.id] = Ruling(judge.supported(claim.claim, claim.source), claim.supported)
        if progress is not None:
            progress(claim)
    names = [*dict.fromkeys(claim.set for claim in claims), EVERY_SET]
    return [_row(name, [one for one in claims if name in (one.set, EVERY_SET)], rulings) for name in names]


def _row(name: str, claims: Sequence[Claim], rulings: dict[str, Ruling]) -> ClaimRow:
    judged = [rulings[claim.id] for claim in claims if claim.id in rulings]
    return ClaimRow(name, len(claims), sum(claim.supported for claim in claims), balanced_accuracy(judged))
