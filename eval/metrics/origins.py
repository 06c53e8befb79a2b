"""Independent origins: of the texts that answer independently, how many does the answer cite?

    origins(X) = {origin of x : x ∈ X}
    origin recall = |origins(C) ∩ origins(A)| / |origins(A)|
    doubled       = 1 - |origins(C)| / |C|

C are the articles cited, each once, A those that the case names. An origin is a group of copies: a wire story
in five outlets is one, so citing all five recalls no more than citing one, and doubles four times.
The count is that of syndicated copies as one source in Dateline's own vocabulary (see `index.copies`).
"""

from __future__ import annotations

from collections.abc import Mapping, Set


def origin_recall(cited: Set[str], answering: Set[str], *, origin_of: Mapping[str, str]) -> float | None:
    """0.0 to 1.0; None where no article is named. An article without an origin is its own."""
    wanted = _origins(answering, origin_of)
    if not wanted:
        return None
    return len(wanted & _origins(cited, origin_of)) / len(wanted)


def doubled(cited: Set[str], *, origin_of: Mapping[str, str]) -> float | None:
    """0.0 (every cited article is independent) to below 1.0; None where nothing was cited."""
    if not cited:
        return None
    return 1 - len(_origins(cited, origin_of)) / len(cited)


def _origins(articles: Set[str], origin_of: Mapping[str, str]) -> set[str]:
    return {origin_of.get(article, article) for article in articles}
