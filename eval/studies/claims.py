"""Claims against their texts: which of them pass as the proved wording of a model's sentence.

A claim passes where it is a shortening of one sentence of its text (`bot.proof.shortening`): hardly any free
wording does, and none that the text does not support should.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.proof.shortening import is_shortening
from bot.speaking.speaker import Speakers
from eval.cases import Claim
from index.canonical import canonical
from index.records import Article
from index.sentences import sentence_spans

EVERY_SET = "all"


@dataclass(frozen=True)
class ClaimRow:
    """One set of claims: how many are supported and how many not, and of each how many pass."""

    set: str
    supported: int
    supported_shown: int
    unsupported: int
    unsupported_shown: int


def count_claims(
    claims: Sequence[Claim], *, progress: Callable[[Claim], None] | None = None
) -> list[ClaimRow]:
    """One row a set, in order, and `EVERY_SET` last."""
    passed: set[str] = set()
    for claim in claims:
        if passes(claim):
            passed.add(claim.id)
        if progress is not None:
            progress(claim)
    names = [*dict.fromkeys(claim.set for claim in claims), EVERY_SET]
    return [_row(name, [one for one in claims if name in (one.set, EVERY_SET)], passed) for name in names]


def passes(claim: Claim) -> bool:
    """Whether a claim is a shortening of one sentence of its text."""
    article = Article(id=claim.id, title="", body=canonical(claim.text))
    speakers = Speakers(article)
    return any(
        is_shortening(claim.claim, article, sentence, speakers=speakers)
        for sentence in sentence_spans(article.body)
    )


def _row(name: str, claims: Sequence[Claim], passed: set[str]) -> ClaimRow:
    held = [claim.id in passed for claim in claims if claim.holds]
    rest = [claim.id in passed for claim in claims if claim.holds is False]
    return ClaimRow(name, len(held), sum(held), len(rest), sum(rest))
