"""Quote exactness: are the quoted words at their place in the article, to the letter?

    exactness = |{c : body_c[start_c:end_c] = quote_c}| / |C|

C are all citations that were shown, those of an abstention included; body_c is read again from where the
articles are kept, not taken from the answer. A citation whose article or revision is not there is not exact.
Anything below 1 is a fault: no published system defines it so strictly; ALCE (Gao et al., EMNLP 2023) and
Liu, Zhang, Liang: Evaluating Verifiability in Generative Search Engines, 2023, judge support instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Shown(NamedTuple):
    """Quoted words and the body they should stand in; None where the article or revision is not there."""

    quote: str
    start: int
    end: int
    body: str | None


def quote_exactness(citations: Sequence[Shown]) -> float | None:
    """0.0 to 1.0; None where nothing was cited."""
    if not citations:
        return None
    return sum(is_exact(shown) for shown in citations) / len(citations)


def is_exact(shown: Shown) -> bool:
    """Whether the words stand at exactly this place; an empty quote is none."""
    inside = 0 <= shown.start < shown.end
    return shown.body is not None and inside and shown.body[shown.start : shown.end] == shown.quote
