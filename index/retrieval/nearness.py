"""Hits into those that are near their question, and each into what makes it so: words, or the meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.records import Hit
from index.retrieval.query import Query, read_query

# What the best hit of a list has to reach, by its score, by the cosine, or by the part of the question's
# words that stand in it, and what each of the others has. Of the built-in cases only one, in Armenian, is
# left without a hit by it, and of 150 questions of RealTimeQA asked of their own 2,600 articles none. What
# an archive does not speak of scores 1 or 2 in a small one; among thousands of articles some words of a
# question are always found somewhere, and then it is said which.
_BEST_SCORE, _BEST_COSINE, _BEST_WORDS = 6.0, 0.4, 0.67
_SCORE, _COSINE, _WORDS = 4.0, 0.25, 0.4

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Nearness:
    """Why a hit is near a question.

    `words` are those of its title and text that the question has too, as they are written there, `share` what
    part of the question they are (0 to 1); `cosine` is that of the two meanings, None where it was not named.
    `score` is what the search makes of it, words that it read in another spelling included.
    """

    words: tuple[str, ...]
    share: float
    cosine: float | None
    score: float

    def reaches(self, score: float, cosine: float, share: float) -> bool:
        """Whether it comes as near as that, by its score, its meaning or its words."""
        likely = self.cosine is not None and self.cosine >= cosine
        return likely or self.share >= share or self.score >= score


def near(question: str, hits: Sequence[Hit]) -> list[Hit]:
    """The hits that are near a question, in their order; none where not even one is clearly so."""
    query = read_query(question)
    measured = [(hit, nearness(query, hit)) for hit in hits]
    if not any(one.reaches(_BEST_SCORE, _BEST_COSINE, _BEST_WORDS) for _, one in measured):
        return []
    return [hit for hit, one in measured if one.reaches(_SCORE, _COSINE, _WORDS)]


def nearness(query: Query, hit: Hit) -> Nearness:
    """What a hit has of a question."""
    text = f"{hit.article.title}\n{hit.passage.text}"
    first: dict[str, str] = {}
    for offset, key in query.places(text):
        word = _WORD.match(text, offset)
        first.setdefault(key, word[0] if word else key)
    return Nearness(tuple(first.values()), len(first) / max(1, len(query.keys)), hit.dense, hit.score)
