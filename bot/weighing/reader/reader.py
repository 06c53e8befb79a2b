"""A question and hits into what the reader says of each passage: which words answer, and whether any do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.weighing.reader.spans import Scores, best_span
from bot.weighing.reader.tokens import CLS, MAX_HEAD, MAX_QUESTION, MAX_TOKENS, SEP, head_of, load_tokenizer
from index.encoding.session import SideBySide
from index.records import Hit, Span
from index.withdrawn import blanked

if TYPE_CHECKING:
    from tokenizers import Tokenizer


@dataclass(frozen=True)
class SentenceRead:
    """The best words of a sentence: `span` of the article's body, with a `score` without bounds."""

    sentence: Span
    span: Span
    score: float


@dataclass(frozen=True)
class PassageRead:
    """What the reader says of one passage.

    `sentences` are those of the passage that it could see, in order. `nowhere` is its score for "no answer
    here"; a span's margin is its score less that. Scores of passages of one question are comparable.
    """

    sentences: tuple[SentenceRead, ...]
    nowhere: float

    @property
    def best(self) -> float:
        """The highest score of a span."""
        return max((one.score for one in self.sentences), default=-np.inf)

    @property
    def margin(self) -> float:
        """How much likelier its best span is than none; minus infinity where no sentence was read."""
        return self.best - self.nowhere


class PassageReader(Protocol):
    """What weighing asks of a reader."""

    def read(self, question: str, hits: Sequence[Hit]) -> list[PassageRead]:
        """What each hit's passage says to the question, in the order of the hits."""


class TokenNetwork(Protocol):
    """What reading asks of `bot.weighing.reader.network.Network`."""

    def scores(self, ids: NDArray[np.int64], segments: NDArray[np.int64]) -> tuple[Scores, Scores]:
        """Start and end scores of the tokens of one row, each (tokens,)."""


class Reader:
    """Reads passages with a network, several side by side; it is loaded when the first one is read."""

    def __init__(self, network: TokenNetwork | None = None, *, threads: int | None = None) -> None:
        """`network`: None is the one that ships with Dateline; `threads`: None is one a processor."""
        self._network = network
        self._side_by_side = SideBySide(threads, name="reading")
        self._tokenizer: Tokenizer | None = None
        self._loading = Lock()

    def read(self, question: str, hits: Sequence[Hit]) -> list[PassageRead]:
        """What each hit's passage says to the question, read under its day and title as in training.

        What goes beyond `MAX_TOKENS` is not seen.

        Raises EncoderError (WrongWeights) when the network cannot be loaded or run.
        """
        return self._side_by_side.map(partial(self._read, question), hits)

    def _read(self, question: str, hit: Hit) -> PassageRead:
        network, tokenizer = self._loaded()
        asked = tokenizer.encode(question, add_special_tokens=False).ids[:MAX_QUESTION]
        before = head_of(hit.article.title, hit.article.published)
        head = tokenizer.encode(before, add_special_tokens=False).ids[:MAX_HEAD]
        standing = blanked(hit.passage.text, hit.withdrawn, at=hit.passage.start)
        passage = tokenizer.encode(standing, add_special_tokens=False)
        second = len(asked) + 2
        first = second + len(head)
        room = MAX_TOKENS - 1 - first
        ids = np.array([CLS, *asked, SEP, *head, *passage.ids[:room], SEP], dtype=np.int64)
        starts, ends = network.scores(ids, (np.arange(len(ids)) >= second).astype(np.int64))
        offsets = np.array(passage.offsets[:room], dtype=np.int64).reshape(-1, 2) + hit.passage.start
        inside = slice(first, first + len(offsets))
        found = (_read_sentence(one, offsets, starts[inside], ends[inside]) for one in hit.passage.sentences)
        return PassageRead(tuple(one for one in found if one), float(starts[0] + ends[0]))

    def _loaded(self) -> tuple[TokenNetwork, Tokenizer]:
        with self._loading:
            if self._network is None or self._tokenizer is None:
                from bot.weighing.reader.network import Network

                self._network = self._network or Network()
                self._tokenizer = load_tokenizer()
            return self._network, self._tokenizer


def _read_sentence(
    sentence: Span, offsets: NDArray[np.int64], starts: Scores, ends: Scores
) -> SentenceRead | None:
    """The best words of a sentence; None where none of its tokens was read."""
    own = np.flatnonzero((offsets[:, 0] >= sentence.start) & (offsets[:, 1] <= sentence.end))
    if not len(own):
        return None
    best = best_span(starts[own], ends[own])
    span = Span(int(offsets[own[best.first], 0]), int(offsets[own[best.last], 1]))
    return SentenceRead(sentence, span, best.score)
