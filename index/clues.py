"""Candidate passages into the clues that speak for each, and those into one score."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.query import Query
from index.records import Article, Passage
from index.stored import Match, StoredPassage

# Letters of a body that count as one passage's worth when its length is weighed: 150 words.
_PASSAGE_LETTERS = 900

Places = Sequence[tuple[int, str]]  # see `Query.places`


@dataclass(frozen=True)
class Ranking:
    """One search's matches: `scores` and `ranks` (from 1) by sequence number.

    `least` is the most that a passage can have which is not named: the last score named, or `none`, if
    everything that matches was named.
    """

    scores: Mapping[int, float]
    ranks: Mapping[int, int]
    least: float

    def score(self, seq: int) -> float:
        """The score of a passage, `least` where it is not named."""
        return self.scores.get(seq, self.least)


def ranking(matches: Sequence[Match], *, depth: int, none: float) -> Ranking:
    """The ranking of a search that was asked for `depth` matches; `none` is the score of no match."""
    full = len(matches) >= depth
    return Ranking(
        scores={match.seq: match.score for match in matches},
        ranks={match.seq: number for number, match in enumerate(matches, start=1)},
        least=matches[-1].score if full else none,
    )


@dataclass(frozen=True)
class Candidate:
    """A passage with what speaks for it; each clue is from 0 to 1, but `dense`, a cosine (-1 to 1)."""

    stored: StoredPassage
    bm25: float  # its BM25 score as a part of the best one
    dense: float
    article: float  # how much of the question its article speaks of, and how often
    window: float  # how much of the question stands in two neighbouring sentences of it
    lead: float  # 1 for the first passage of an article


@dataclass(frozen=True)
class Weights:
    """How much each clue counts: fitted on RealTimeQA (`python -m eval.fit_retrieval`), then made round.

    Fitted on four fifths of the questions and measured on the last, five times, they do as well as these.
    """

    bm25: float = 2.0
    dense: float = 6.0
    article: float = 6.0
    window: float = 4.0
    lead: float = 1.0

    def score(self, candidate: Candidate) -> float:
        """The weighted sum of a candidate's clues; higher is better, within one question only."""
        return (
            self.bm25 * candidate.bm25
            + self.dense * candidate.dense
            + self.article * candidate.article
            + self.window * candidate.window
            + self.lead * candidate.lead
        )


@dataclass(frozen=True)
class Rarity:
    """The weight of each key of a query, from its number of passages, and of all together."""

    weights: Mapping[str, float]
    whole: float

    def share(self, keys: Mapping[str, float]) -> float:
        """The part of the question that these keys are, 0 to 1; each counts by its value, 0 to 1."""
        return sum(self.weights[key] * part for key, part in keys.items()) / self.whole


def rarity(query: Query, counts: Mapping[str, int], *, total: int) -> Rarity:
    """Robertson and Spärck Jones's weight, log(1 + (N - n + ½) / (n + ½)), of words in n of N passages.

    A word that stands nowhere has none: it can speak for no passage.
    """
    weights = {
        key: math.log(1 + (max(total, n) - n + 0.5) / (n + 0.5)) if (n := counts[word]) else 0.0
        for key, word in zip(query.keys, query.words, strict=True)
    }
    return Rarity(weights, sum(weights.values()) or 1.0)


def weigh(
    query: Query, stored: Sequence[StoredPassage], *, rarity: Rarity, words: Ranking, vectors: Ranking
) -> list[Candidate]:
    """The candidates with their clues, in the order of `stored`."""
    best = max(words.scores.values(), default=0.0) or 1.0
    articles = {one.article.id: one.article for one in stored}
    places = {name: query.places(article.body) for name, article in articles.items()}
    spoken = {name: _article(query, article, places[name], rarity) for name, article in articles.items()}
    return [
        Candidate(
            stored=one,
            bm25=words.score(one.seq) / best,
            dense=vectors.score(one.seq),
            article=spoken[one.article.id],
            window=_window(one.passage, places[one.article.id], rarity),
            lead=float(one.passage.number == 0),
        )
        for one in stored
    ]


def _article(query: Query, article: Article, places: Places, rarity: Rarity) -> float:
    """How much the whole article speaks of the question: each word's count c as c / (c + ½ + n / 10).

    n is the body's length in passages. It is BM25 over articles in all but name (Robertson and Zaragoza,
    2009); the evidence of a passage alone confuses two events of one kind.
    """
    counts = Counter(key for _, key in [*places, *query.places(article.title)])
    half = 0.5 + 0.1 * len(article.body) / _PASSAGE_LETTERS
    return rarity.share({key: count / (count + half) for key, count in counts.items()})


def _window(passage: Passage, places: Places, rarity: Rarity) -> float:
    """The largest part of the question that stands in a sentence of the passage and the one before it.

    An answer stands near the question's words, and is often told in the sentence after them.
    """
    inside = places[bisect_left(places, (passage.start, "")) : bisect_left(places, (passage.end, ""))]
    ends = [sentence.end for sentence in passage.sentences]
    seen: list[set[str]] = [set() for _ in ends]
    for offset, key in inside:
        seen[bisect_right(ends, offset)].add(key)
    windows = {frozenset(now | before) for now, before in zip(seen, [set(), *seen], strict=False)}
    return max((rarity.share(dict.fromkeys(keys, 1.0)) for keys in windows), default=0.0)
