"""The quiz's choices: which of them do the answer and the passages support best, judged by code?

    support(c) = Σ_r share(c, t_r) / r,   share(c, t) = (words of c that stand in t) / (words of c)
    choice     = 1/n if the right choice is among the n choices of highest support, else 0

t_1, t_2, … are the texts, the answer first, then the passages, best first: reciprocal rank weighs them. A
tie is what a guesser among the tied would get on average, so that four unsupported choices give 0.25. Words
that all choices share tell nothing apart and are left out. Multiple choice from retrieved pages as in Kasai
et al.: RealTime QA, NeurIPS 2023, there by GPT-3; by word overlap as in Richardson, Burges, Renshaw:
MCTest, EMNLP 2013.
"""

from __future__ import annotations

from collections.abc import Sequence

from eval.metrics.answer_match import Groups, answer_match, normalise


def choice(choices: Sequence[str], texts: Sequence[str], *, answer: Groups) -> float | None:
    """0.0 to 1.0; None where there are no choices or none of them is the answer."""
    right = [index for index, text in enumerate(choices) if answer_match(text, answer)]
    if not right:
        return None
    supports = support(choices, texts)
    best = [index for index, value in enumerate(supports) if value >= max(supports) - 1e-9]
    return sum(index in right for index in best) / len(best)


def support(choices: Sequence[str], texts: Sequence[str]) -> list[float]:
    """One value a choice, 0.0 and up."""
    words = [set(normalise(text).split()) for text in choices]
    shared = set.intersection(*words)
    telling = [own - shared or own for own in words]
    found = [set(normalise(text).split()) for text in texts]
    return [
        sum(len(own & text) / max(len(own), 1) / rank for rank, text in enumerate(found, start=1))
        for own in telling
    ]
