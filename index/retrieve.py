"""A question into hits: found by meaning and by words, weighed together, copies folded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.clues import Candidate, Ranking, Rarity, Weights, ranking, rarity, weigh
from index.encoder import Encoder, Vectors
from index.query import Query, read_query
from index.records import Filters, Hit
from index.spelling import respelled
from index.spread import Scored, fold_copies, spread
from index.stored import Match, StoredPassage

# How deep both searches go at first. On RealTimeQA 30, 50 and 100 give the same figures to a thousandth; what
# more of them costs is reading articles, 0.1 ms each.
DEPTH = 50
# How deep they go when copies or few articles leave the list short: a story that 100 outlets printed.
_DEEPEST = 1_600
# A word counts twice in a title: it says what an article is about.
_TITLE_WEIGHT = 2.0

_EVERYTHING = Filters()


class Searchable(Protocol):
    """What retrieval asks of an archive; `index.archive.Archive` is one."""

    def search_vectors(self, vector: Vectors, *, limit: int, filters: Filters = ...) -> list[Match]:
        """The `limit` passages nearest to `vector`, shape (d,), by cosine, best first."""

    def search_words(
        self, words_: Sequence[str], *, limit: int, filters: Filters = ..., title_weight: float = ...
    ) -> list[Match]:
        """The `limit` passages with the highest BM25 score for any of the words, best first."""

    def passages(self, seqs: Sequence[int]) -> list[StoredPassage]:
        """The passages of these sequence numbers, in the order asked; deleted ones are left out."""

    def passage_counts(self, words_: Sequence[str], *, filters: Filters = ...) -> dict[str, int]:
        """In how many passages each word stands."""

    def passage_total(self) -> int:
        """How many passages can be found."""


@dataclass(frozen=True)
class _Found:
    """What both searches named and how they ranked it; `full` if a deeper search may find more."""

    stored: list[StoredPassage]
    words: Ranking
    vectors: Ranking
    full: bool


class Retriever:
    """Finds the passages of an archive that may answer a question.

    Two searches, by the question's vector and by its words (BM25), name the candidates; each is then weighed
    by what both say and by a few clues of its text and its article (see `index.clues`). Reciprocal rank
    fusion (Cormack et al., 2009) of the two alone was measured too: it finds a right article first, and the
    answer's words in the first passage, less often.
    """

    def __init__(
        self, archive: Searchable, encoder: Encoder, *, depth: int = DEPTH, weights: Weights | None = None
    ) -> None:
        self._archive = archive
        self._encoder = encoder
        self._depth = depth
        self._weights = weights or Weights()

    def retrieve(self, question: str, *, filters: Filters = _EVERYTHING, limit: int = 12) -> list[Hit]:
        """At most `limit` hits, best first; none when nothing passes the filters or the archive is empty.

        Articles that are copies of one text are one hit, with the others in its `copies`. While others have
        something, no article has more than 4 of 12 hits and no outlet more than 9. Raises `BadFilter`.
        """
        total = self._archive.passage_total()
        if limit < 1 or not total:
            return []
        (vector,) = self._encoder.encode([question])
        depth = max(self._depth, 2 * limit)
        while True:
            near = self._archive.search_vectors(vector, limit=depth, filters=filters)
            query, rare = self._read(question, near, total=total, filters=filters)
            found = self._found(query, near, depth=depth, filters=filters)
            hits = self._hits(query, rare, found, limit=limit)
            if len(hits) == limit or not found.full or depth >= _DEEPEST:
                return hits
            depth *= 4

    def _read(
        self, question: str, near: Sequence[Match], *, total: int, filters: Filters
    ) -> tuple[Query, Rarity]:
        """The question's words, each unknown one as a like word of what is near; and how rare they are."""
        query = read_query(question)
        counts = self._archive.passage_counts(query.words, filters=filters)
        if not all(counts.values()):
            stored = self._archive.passages([match.seq for match in near])
            query = respelled(query, counts, (f"{one.article.title} {one.passage.text}" for one in stored))
            counts = self._archive.passage_counts(query.words, filters=filters)
        return query, rarity(query, counts, total=total)

    def _found(self, query: Query, near: Sequence[Match], *, depth: int, filters: Filters) -> _Found:
        worded = self._archive.search_words(
            query.words, limit=depth, filters=filters, title_weight=_TITLE_WEIGHT
        )
        seqs = dict.fromkeys(match.seq for match in [*near, *worded])
        return _Found(
            stored=self._archive.passages(list(seqs)),
            words=ranking(worded, depth=depth, none=0.0),
            vectors=ranking(near, depth=depth, none=0.0),
            full=max(len(near), len(worded)) >= depth,
        )

    def _hits(self, query: Query, rare: Rarity, found: _Found, *, limit: int) -> list[Hit]:
        candidates = weigh(query, found.stored, rarity=rare, words=found.words, vectors=found.vectors)
        scored = sorted(map(self._scored, candidates), key=lambda one: (-one.score, one.stored.seq))
        return [_hit(one, found) for one in spread(fold_copies(scored), limit)]

    def _scored(self, candidate: Candidate) -> Scored:
        return Scored(candidate.stored, self._weights.score(candidate))


def _hit(one: Scored, found: _Found) -> Hit:
    seq = one.stored.seq
    return Hit(
        passage=one.stored.passage,
        article=one.stored.article,
        score=one.score,
        dense=found.vectors.scores.get(seq),
        dense_rank=found.vectors.ranks.get(seq),
        bm25=found.words.scores.get(seq),
        bm25_rank=found.words.ranks.get(seq),
        copies=one.copies,
    )
