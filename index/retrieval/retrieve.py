"""A question into hits: found by meaning and by words, weighed together, copies folded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from index.encoding.encoder import Encoder, Vectors
from index.encoding.prompts import asking
from index.records import Filters, Hit
from index.retrieval.clues import CandidatePassage, Rarity, Weights, ranking, rarity, weigh
from index.retrieval.query import Query, read_query
from index.retrieval.spelling import respelled
from index.retrieval.spread import Scored, as_first_printed, fold_copies, spread
from index.storage.records import Match, StoredPassage

# How deep both searches go at first. On RealTimeQA a right article is first for 0.776 of the questions at 30
# and 0.782 at 50, among five for 0.927 at both, and the answer's words are in the first passage for 0.650 and
# 0.647; a search takes a fifth less at 30, since fewer articles are read.
DEPTH = 30
# How deep they go when copies or few articles leave the list short: a story that 100 outlets printed.
_DEEPEST = 1_600
# A word counts twice in a title: it says what an article is about.
_TITLE_WEIGHT = 2.0

_EVERYTHING = Filters()


class Searchable(Protocol):
    """What retrieval asks of an archive; `index.storage.archive.Archive` is one."""

    def search_vectors(self, vector: Vectors, *, limit: int, filters: Filters = ...) -> list[Match]:
        """The `limit` passages nearest to `vector`, shape (d,), by cosine, best first."""

    def search_words(
        self,
        words_: Sequence[str],
        *,
        limit: int,
        filters: Filters = ...,
        title_weight: float = ...,
        among: Sequence[str] = ...,
    ) -> list[Match]:
        """The `limit` passages with the highest BM25 score for any of the words, holding one of `among`."""

    def passages(self, seqs: Sequence[int]) -> list[StoredPassage]:
        """The passages of these sequence numbers, in the order asked; deleted ones are left out."""

    def first_printed(self, origins: Collection[str], *, filters: Filters = ...) -> list[StoredPassage]:
        """The passages of the first article of each of these origins that has several which pass."""

    def passage_counts(self, words_: Sequence[str], *, filters: Filters = ...) -> dict[str, int]:
        """In how many passages each word stands."""

    def passage_total(self) -> int:
        """How many passages can be found."""


class Retriever:
    """Finds the passages of an archive that may answer a question.

    Two searches, by the question's vector and by its words (BM25), name the candidates; each is then weighed
    by what both say and by a few clues of its text and its article (see `clues`). Reciprocal rank
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

    def retrieve(
        self,
        question: str,
        *,
        filters: Filters = _EVERYTHING,
        limit: int = 12,
        asked_on: date | None = None,
    ) -> list[Hit]:
        """At most `limit` hits, best first; none when nothing passes the filters or the archive is empty.

        Of articles that are alike, those of shortly before `asked_on` come first, where it is given.
        Articles that are copies of one text are one hit, with the others in its `copies`; it is of the first
        that the archive had, where that says the same. While others have something, no article has more than
        4 of 12 hits and no outlet more than 9. Raises `BadFilter`.
        """
        if limit < 1:
            return []
        depth = max(self._depth, 2 * limit)
        while True:
            candidates = self.candidates(question, filters=filters, depth=depth, asked_on=asked_on)
            origins = {one.stored.origin for one in candidates}
            firsts = self._archive.first_printed(origins, filters=filters)
            hits = hits_of(candidates, self._weights, firsts=firsts, limit=limit)
            if len(hits) == limit or len(candidates) < depth or depth >= _DEEPEST:
                return hits
            depth *= 4

    def candidates(
        self, question: str, *, filters: Filters = _EVERYTHING, depth: int, asked_on: date | None = None
    ) -> list[CandidatePassage]:
        """What either search names among its first `depth`, with its clues, in no order."""
        total = self._archive.passage_total()
        if not total:
            return []
        (vector,) = asking(self._encoder).encode([question])
        near = self._archive.search_vectors(vector, limit=depth, filters=filters)
        query, rare = self._read(question, near, total=total, filters=filters)
        words = rare.rarer(query)
        among = rare.rarest(query, words)
        worded = self._archive.search_words(
            words, limit=depth, filters=filters, title_weight=_TITLE_WEIGHT, among=among
        )
        seqs = dict.fromkeys(match.seq for match in [*near, *worded])
        return weigh(
            query,
            self._archive.passages(list(seqs)),
            rarity=rare,
            words=ranking(worded, depth=depth),
            vectors=ranking(near, depth=depth),
            asked_on=asked_on,
        )

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


def hits_of(
    candidates: Sequence[CandidatePassage],
    weights: Weights,
    *,
    firsts: Sequence[StoredPassage] = (),
    limit: int,
) -> list[Hit]:
    """The best `limit` candidates as hits, best first, copies folded and spread (see `spread`).

    `firsts` are the passages of the first articles of origins.
    """
    scored = [Scored(one.stored, weights.score(one.clues)) for one in candidates]
    scored.sort(key=lambda one: (-one.score, one.stored.seq))
    by_seq = {one.stored.seq: one for one in candidates}
    hits: dict[int, Hit] = {}
    for one in spread(fold_copies(scored), limit):
        for shown in as_first_printed(one, firsts):
            hits.setdefault(shown.stored.seq, _hit(by_seq[one.stored.seq], shown))
    return list(hits.values())[:limit]


def _hit(candidate: CandidatePassage, scored: Scored) -> Hit:
    return Hit(
        passage=scored.stored.passage,
        article=scored.stored.article,
        score=scored.score,
        origin=scored.stored.origin,
        dense=candidate.dense,
        dense_rank=candidate.dense_rank,
        bm25=candidate.bm25,
        bm25_rank=candidate.bm25_rank,
        copies=scored.copies,
    )
