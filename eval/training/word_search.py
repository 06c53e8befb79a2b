"""Questions against passages by their words (tf–idf), as a word search would rank them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

_AT_ONCE = 500  # questions; their scores over 20,000 passages take 80 MB


def word_scores(questions: Sequence[str], passages: Sequence[str]) -> Iterator[NDArray[np.float64]]:
    """For each question, in order, the cosine of every passage, shape (passages,), higher is nearer."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    if not questions:
        return
    tfidf = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit(passages)
    there = tfidf.transform(passages)
    for start in range(0, len(questions), _AT_ONCE):
        yield from (tfidf.transform(questions[start : start + _AT_ONCE]) @ there.T).toarray()
