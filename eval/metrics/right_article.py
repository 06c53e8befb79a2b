"""Right article: do the citations point to articles that answer the question?

    right article = |{c : article_c ∈ A}| / |C|

C are the citations of an answer, A the articles that the case names as answering. It is the precision of
Manning, Raghavan, Schütze: Introduction to Information Retrieval, 2008, ch. 8, over what was cited instead of
what was retrieved.
"""

from __future__ import annotations

from collections.abc import Sequence, Set


def right_article(cited: Sequence[str], answering: Set[str]) -> float | None:
    """0.0 to 1.0; `cited` has one article id a citation. None where nothing was cited or none is named."""
    if not cited or not answering:
        return None
    return sum(article in answering for article in cited) / len(cited)
