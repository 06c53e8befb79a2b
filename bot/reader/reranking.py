"""Hits into the same hits, those first that a reader finds an answer in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from bot.reader.reader import PassageRead, PassageReader
from index.records import Filters, Hit

# How many of the first hits are read, and what a passage gains for each unit of the reader's margin: the log
# odds that it answers, within `_MOST` of nought.
READ = 12
GAIN = 0.15
_MOST = 12.0

_EVERYTHING = Filters()


class Retriever(Protocol):
    """What reranking asks of `index.retrieval.retrieve.Retriever`."""

    def retrieve(self, question: str, *, filters: Filters = ..., limit: int = ...) -> list[Hit]:
        """The passages nearest to a question, best first."""


class Reranker:
    """A retriever whose first hits are read, and ordered by what was found in them too."""

    def __init__(self, retriever: Retriever, reader: PassageReader) -> None:
        self._retriever = retriever
        self._reader = reader

    def retrieve(self, question: str, *, filters: Filters = _EVERYTHING, limit: int = 12) -> list[Hit]:
        """The hits of the retriever, no more and no others, the first `READ` in a new order."""
        hits = self._retriever.retrieve(question, filters=filters, limit=limit)
        return reranked(hits, [self._reader.read(question, hit) for hit in hits[:READ]])


def reranked(hits: Sequence[Hit], reads: Sequence[PassageRead]) -> list[Hit]:
    """The hits that were read by score and gain, best first; then the others as they were."""
    read = [replace(hit, score=hit.score + gain(one)) for hit, one in zip(hits, reads, strict=False)]
    return [*sorted(read, key=lambda hit: -hit.score), *hits[len(read) :]]


def gain(read: PassageRead) -> float:
    """What a passage gains or loses: the likelier an answer is than none, the more."""
    return GAIN * max(-_MOST, min(_MOST, read.best - read.nowhere))
