"""BM25 alone and vectors alone, over Dateline's own passages: what each half finds without the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from eval.answer_json import ShownAnswer, ShownHit
from index.encoding.encoder import Encoder
from index.records import Article, Passage
from index.split import passage_input, split


class Bm25:
    """`bm25s` with its defaults, English stop words and the Snowball stemmer, as its own page advises."""

    name = "BM25 alone (bm25s)"
    set_up = "one package; own code to read, split and cite"

    def __init__(self, encoder: Encoder) -> None:
        import bm25s
        import Stemmer

        self._encoder = encoder
        self._passages: list[Passage] = []
        self._index = bm25s.BM25()
        self._stemmer = Stemmer.Stemmer("english")

    def index(self, articles: Sequence[Article]) -> int:
        """Tokenise and count."""
        self._passages = [passage for article in articles for passage in split(article, self._encoder)]
        self._index.index(self._tokens([passage.text for passage in self._passages]), show_progress=False)
        return len(articles)

    def search(self, question: str, *, limit: int) -> list[ShownHit]:
        """The passages with the highest BM25."""
        k = min(limit, len(self._passages))
        found, scores = self._index.retrieve(self._tokens([question]), k=k, show_progress=False)
        pairs = zip(found[0].tolist(), scores[0].tolist(), strict=True)
        return [_hit(self._passages[place], score) for place, score in pairs]

    def answer(self, question: str) -> ShownAnswer | None:
        """It only searches."""
        return None

    def _tokens(self, texts: list[str]) -> object:
        import bm25s

        return bm25s.tokenize(texts, stopwords="en", stemmer=self._stemmer, show_progress=False)


class Dense:
    """The nearest passages by cosine, exactly."""

    name = "vectors alone (exact)"
    set_up = "own code around an encoder and NumPy"

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._passages: list[Passage] = []
        self._vectors = np.zeros((0, encoder.dimensions), np.float32)

    def index(self, articles: Sequence[Article]) -> int:
        """Split and encode."""
        inputs = []
        for article in articles:
            passages = split(article, self._encoder)
            self._passages += passages
            inputs += [passage_input(article, passage.text) for passage in passages]
        self._vectors = self._encoder.encode(inputs)
        return len(articles)

    def search(self, question: str, *, limit: int) -> list[ShownHit]:
        """The passages with the highest cosine."""
        scores = self._vectors @ self._encoder.encode([question])[0]
        return [_hit(self._passages[place], float(scores[place])) for place in np.argsort(-scores)[:limit]]

    def answer(self, question: str) -> ShownAnswer | None:
        """It only searches."""
        return None


def _hit(passage: Passage, score: float) -> ShownHit:
    return ShownHit(article=passage.article, text=passage.text, score=float(score))
