"""Hits into those that are near their question, and each into what makes it so: words, or the meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.records import Hit
from index.retrieval.query import Query, read_query

# What the best hit of a list has to reach, by the cosine or by the part of the question's words that stand
# in it, and what each of the others has. Of the built-in questions that have an answer 0.985 keep their hits,
# of SQuAD's, of which those 18 articles do not speak, 0.87 get nothing. Over thousands of articles something
# is nearly always near: there it parts little. An encoder whose cosines are all high (E5: 0.7 and more)
# parts nothing by them.
_BEST_COSINE, _BEST_WORDS = 0.2, 0.5
_COSINE, _WORDS = 0.15, 0.25

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Nearness:
    """Why a hit is near a question.

    `words` are those of its title and text that the question has too, as they are written there, `share` what
    part of the question they are (0 to 1); `cosine` is that of the two meanings, None where it was not named.
    """

    words: tuple[str, ...]
    share: float
    cosine: float | None

    def reaches(self, cosine: float, share: float) -> bool:
        """Whether it comes as near as that, by meaning or by words."""
        return self.share >= share or (self.cosine is not None and self.cosine >= cosine)


def near(question: str, hits: Sequence[Hit]) -> list[Hit]:
    """The hits that are near a question, in their order; none where not even one is clearly so."""
    query = read_query(question)
    measured = [(hit, nearness(query, hit)) for hit in hits]
    if not any(one.reaches(_BEST_COSINE, _BEST_WORDS) for _, one in measured):
        return []
    return [hit for hit, one in measured if one.reaches(_COSINE, _WORDS)]


def nearness(query: Query, hit: Hit) -> Nearness:
    """What a hit has of a question."""
    text = f"{hit.article.title}\n{hit.passage.text}"
    first: dict[str, str] = {}
    for offset, key in query.places(text):
        word = _WORD.match(text, offset)
        first.setdefault(key, word[0] if word else key)
    return Nearness(tuple(first.values()), len(first) / max(1, len(query.keys)), hit.dense)
