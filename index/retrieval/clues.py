"""Candidate passages into the clues that speak for each, and those into one score."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from index.dates import known_day
from index.records import Article, Passage
from index.retrieval.query import Query
from index.stems import stems_of
from index.storage.records import Match, StoredPassage

# Days after which an article is 1/e as recent.
_FRESH = 20.0
# Letters of a body that count as one passage's worth when its length is weighed: 150 words.
_PASSAGE_LETTERS = 900
# A word in fewer passages is searched for however small the archive is: it costs half a millisecond.
_COMMON = 1_000
# Passages that a search by words scores: enough is enough.
_SCORED, _LEAST = 8_000, 1_000


@dataclass(frozen=True)
class Ranking:
    """One search's matches: `scores` and `ranks` (from 1) by sequence number.

    `least` is what a passage counts that is not named: as much as the last one that is, or nothing if
    everything that matches is named.
    """

    scores: Mapping[int, float]
    ranks: Mapping[int, int]
    least: float

    def score(self, seq: int) -> float:
        """The score of a passage, `least` where it is not named."""
        return self.scores.get(seq, self.least)


def ranking(matches: Sequence[Match], *, depth: int) -> Ranking:
    """The ranking of a search that was asked for `depth` matches."""
    return Ranking(
        scores={match.seq: match.score for match in matches},
        ranks={match.seq: rank for rank, match in enumerate(matches, start=1)},
        least=matches[-1].score if matches and len(matches) >= depth else 0.0,
    )


@dataclass(frozen=True)
class Clues:
    """What speaks for a passage; each is from 0 to 1, but `dense`, a cosine (-1 to 1)."""

    bm25: float  # its BM25 score as a part of the best one
    dense: float
    article: float  # how much of the question its article speaks of, and how often
    window: float  # how much of the question stands in two neighbouring sentences of it
    lead: float  # 1 for the first passage of an article
    recent: float = 0.0  # 1 for an article of the day of asking, 1/e for one three weeks older


@dataclass(frozen=True)
class CandidatePassage:
    """A passage, its clues, and the scores and ranks of the searches that named it (see `Hit`)."""

    stored: StoredPassage
    clues: Clues
    dense: float | None
    dense_rank: int | None
    bm25: float | None
    bm25_rank: int | None


@dataclass(frozen=True)
class Weights:
    """How much each clue counts: fitted on RealTimeQA, then made round (`eval.training.fit_retrieval`).

    Weights fitted on four fifths of its questions and measured on the last, five times, do as well within one
    question of a hundred: 0.770 / 0.924 for articles where these have 0.773 / 0.927.
    """

    bm25: float = 2.0
    dense: float = 6.0
    article: float = 6.0
    window: float = 4.0
    lead: float = 1.0
    # With it a right article is first for 0.815 of RealTimeQA's questions, asked on their days, and the words
    # in the first passage for 0.689 (0.776 and 0.644 without); 1 to 4 over 5 to 20 days give 0.787 to 0.807.
    recent: float = 2.0

    def score(self, clues: Clues) -> float:
        """The weighted sum of the clues; higher is better, within one question only."""
        return (
            self.bm25 * clues.bm25
            + self.dense * clues.dense
            + self.article * clues.article
            + self.window * clues.window
            + self.lead * clues.lead
            + self.recent * clues.recent
        )


@dataclass(frozen=True)
class Rarity:
    """How rare each key of a query is: in how many of `total` passages it is, its weight, and that of all."""

    counts: Mapping[str, int]
    total: int
    weights: Mapping[str, float]
    whole: float

    def rarer(self, query: Query) -> list[str]:
        """The words of the query that are worth searching for: not in a tenth of a large archive.

        They say next to nothing, and a search by words would spend most of its time on ranking the many
        passages with "year" in them. All words when fewer than two others are left.
        """
        common = max(self.total / 10, _COMMON)
        words = [
            word for key, word in zip(query.keys, query.words, strict=True) if self.counts[key] <= common
        ]
        return words if len(words) > 1 else list(query.words)

    def rarest(self, query: Query, words: Sequence[str]) -> list[str]:
        """Those of the words of which a passage must hold one to be worth scoring; none where all are.

        As many, rarest first, as stand in `_SCORED` passages together, and in `_LEAST` at least. Over 190,000
        passages that makes 10 ms of 37, and of the ten best passages it keeps 99.7 %.
        """
        counts = dict(zip(query.words, (self.counts[key] for key in query.keys), strict=True))
        chosen: list[str] = []
        scored = 0
        for word in sorted((word for word in words if counts[word]), key=lambda word: counts[word]):
            if scored >= _LEAST and scored + counts[word] > _SCORED:
                return chosen
            chosen.append(word)
            scored += counts[word]
        return []

    def share(self, keys: Mapping[str, float]) -> float:
        """The part of the question that these keys are, 0 to 1; each counts by its value, 0 to 1."""
        return sum(self.weights[key] * part for key, part in keys.items()) / self.whole


def rarity(query: Query, counts: Mapping[str, int], *, total: int) -> Rarity:
    """Robertson and Spärck Jones's weight, log(1 + (N - n + ½) / (n + ½)), of words in n of N passages.

    A word that stands nowhere has none: it can speak for no passage.
    """
    found = {key: counts[word] for key, word in zip(query.keys, query.words, strict=True)}
    weights = {
        key: math.log(1 + (max(total, n) - n + 0.5) / (n + 0.5)) if n else 0.0 for key, n in found.items()
    }
    return Rarity(found, total, weights, sum(weights.values()) or 1.0)


def weigh(
    query: Query,
    stored: Sequence[StoredPassage],
    *,
    rarity: Rarity,
    words: Ranking,
    vectors: Ranking,
    asked_on: date | None = None,
) -> list[CandidatePassage]:
    """The candidates with their clues, in the order of `stored`; None as a day of asking: none is recent."""
    best = max(words.scores.values(), default=0.0) or 1.0
    of_article = {one.article.id: one for one in stored}
    counts = {
        name: (one.stems or stems_of(one.article.body)).counts_of(query.keys)
        for name, one in of_article.items()
    }
    spoken = {name: _article(query, one.article, counts[name], rarity) for name, one in of_article.items()}
    windows = _Windows(query, rarity)
    return [
        CandidatePassage(
            stored=one,
            clues=Clues(
                bm25=words.score(one.seq) / best,
                dense=vectors.score(one.seq),
                article=spoken[one.article.id],
                window=windows.best(one.passage, counts[one.article.id]),
                lead=float(one.passage.number == 0),
                recent=_recent(one.article, asked_on),
            ),
            dense=vectors.scores.get(one.seq),
            dense_rank=vectors.ranks.get(one.seq),
            bm25=words.scores.get(one.seq),
            bm25_rank=words.ranks.get(one.seq),
        )
        for one in stored
    ]


def _recent(article: Article, asked_on: date | None) -> float:
    """How near to the day of asking an article was published; 0 where it is not known, or later."""
    day = known_day(article.published)
    if asked_on is None or day is None or day > asked_on:
        return 0.0
    return math.exp(-(asked_on - day).days / _FRESH)


def _article(query: Query, article: Article, in_body: Mapping[str, int], rarity: Rarity) -> float:
    """How much the whole article speaks of the question: each word's count c as c / (c + ½ + n / 10).

    n is the body's length in passages. It is BM25 over articles in all but name (Robertson and Zaragoza,
    2009); the evidence of a passage alone confuses two events of one kind. Reading the bodies of the 38
    articles of a question took 10 ms, so their stems are counted when they are stored.
    """
    counts = Counter(in_body)
    counts.update(key for _, key in query.places(article.title))
    half = 0.5 + 0.1 * len(article.body) / _PASSAGE_LETTERS
    return rarity.share({key: count / (count + half) for key, count in counts.items()})


class _Windows:
    """The largest part of a question that stands in a sentence of a passage and the one before it.

    An answer stands near the question's words, and is often told in the sentence after them. What stands in
    a window is a number with a bit a key; the few that come up in 80 passages are weighed once.
    """

    def __init__(self, query: Query, rarity: Rarity) -> None:
        self._query = query
        self._rarity = rarity
        self._bits = {key: 1 << n for n, key in enumerate(query.keys)}
        self._shares = {0: 0.0}

    def best(self, passage: Passage, in_body: Collection[str]) -> float:
        """The largest part, 0 to 1; `in_body` are the keys that stand in the passage's article."""
        ends = [end - passage.start for _, end in passage.sentences]
        seen = [0] * (len(ends) + 1)
        for offset, key in self._query.places(passage.text, in_body):
            seen[bisect_right(ends, offset)] |= self._bits[key]
        seen.pop()
        return max((self._share(window) for window in {a | b for a, b in pairwise([0, *seen])}), default=0.0)

    def _share(self, window: int) -> float:
        if window not in self._shares:
            keys = [key for key, bit in self._bits.items() if window & bit]
            self._shares[window] = self._rarity.share(dict.fromkeys(keys, 1.0))
        return self._shares[window]
