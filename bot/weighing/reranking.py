"""Hits into the order in which a language model is sent them: by the search and the reader together."""

from __future__ import annotations

from collections.abc import Sequence

from bot.weighing.reader.reader import PassageReader
from index.records import Hit

# What a point of the reader's margin counts beside a hit's score, whose first and fifth are three apart.
# With 0.12 to 0.4 the answer's words are in the first passage for 0.661 to 0.672 of RealTimeQA's questions
# and among five for 0.871 to 0.880; by the search alone for 0.647 and 0.866, by the reader alone for 0.608
# and 0.849. All these weights push a right article from the first place now and then (0.782 to 0.765), and
# twelve reads take longer than all else: hits that people see stay as they were found.
WEIGHT = 0.15
_MOST = 8.0  # a margin beyond which the reader is believed no more


class Reranker:
    """Orders hits by their score and by how much likelier the reader finds words in them than none."""

    def __init__(self, reader: PassageReader) -> None:
        self._reader = reader

    def order(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """The hits, best first; every passage is read."""
        margins = [max(-_MOST, min(_MOST, one.margin)) for one in self._reader.read(question, hits)]
        scored = [(hit.score + WEIGHT * margin, hit) for hit, margin in zip(hits, margins, strict=True)]
        return [hit for _, hit in sorted(scored, key=lambda one: -one[0])]
