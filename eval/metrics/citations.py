"""Citation recall and precision as ALCE defines them, with the code proof as judge.

For a sentence s with citations C:
    recall(s)    = 1 if C is not empty and all of C together support s, else 0
    precision(c) = 1 if recall(s) = 1 and c is relevant: c alone supports s, or C without c does not
An answer's recall is the mean over its sentences, its precision the mean over all citations of its sentences.

Gao et al.: Enabling Large Language Models to Generate Text with Citations, EMNLP 2023, section 4.3.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import fmean

Supports = Callable[
    [str, Sequence[str]], bool
]  # sentence, quotes → is every part of the sentence in the quotes?
Cited = tuple[str, tuple[str, ...]]  # a sentence and the quotes it cites


def citation_recall(sentences: Sequence[Cited], supports: Supports) -> float | None:
    """0.0 to 1.0; None where there is no sentence."""
    return fmean(_supported(cited, supports) for cited in sentences) if sentences else None


def citation_precision(sentences: Sequence[Cited], supports: Supports) -> float | None:
    """0.0 to 1.0; None where there is no citation."""
    judged = [
        _supported((text, quotes), supports) and _relevant(text, quotes, index, supports)
        for text, quotes in sentences
        for index in range(len(quotes))
    ]
    return fmean(judged) if judged else None


def _supported(cited: Cited, supports: Supports) -> bool:
    text, quotes = cited
    return bool(quotes) and supports(text, quotes)


def _relevant(text: str, quotes: Sequence[str], index: int, supports: Supports) -> bool:
    others = [quote for place, quote in enumerate(quotes) if place != index]
    return supports(text, [quotes[index]]) or not (others and supports(text, others))
