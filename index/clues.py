"""Candidate passages into the clues that speak for each, and those into one score."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.query import Query, Sighting
from index.records import Article
from index.stored import Match, StoredPassage

# Letters of a body that count as one passage's worth when its length is weighed: 150 words.
_PASSAGE_LETTERS = 900
# A passage of 600 letters (100 words) is long enough to hold an answer with what it is about.
_ENOUGH_LETTERS = 600


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
    pairs: float  # the question's neighbouring words that are neighbours in it
    title: float  # how much of the question is in its title
    lead: float  # 1 for the first passage of an article
    length: float  # short scraps have no room for an answer


@dataclass(frozen=True)
class Weights:
    """How much each clue counts."""

    bm25: float = 3.0
    dense: float = 6.0
    article: float = 3.0
    pairs: float = 0.5
    title: float = 0.5
    lead: float = 0.5
    length: float = 1.0

    def score(self, candidate: Candidate) -> float:
        """The weighted sum of a candidate's clues; higher is better, within one question only."""
        return (
            self.bm25 * candidate.bm25
            + self.dense * candidate.dense
            + self.article * candidate.article
            + self.pairs * candidate.pairs
            + self.title * candidate.title
            + self.lead * candidate.lead
            + self.length * candidate.length
        )


@dataclass(frozen=True)
class Rarity:
    """The weight of each key of a query, from its number of passages, and of all together."""

    weights: Mapping[str, float]
    whole: float

    def share(self, keys: Mapping[str, float] | Mapping[str, int]) -> float:
        """The part of the question that these keys are, 0 to 1; values from 0 to 1 count in part."""
        return sum(self.weights[key] * min(1.0, part) for key, part in keys.items()) / self.whole


def rarity(query: Query, counts: Mapping[str, int], *, total: int) -> Rarity:
    """Robertson and Spärck Jones's weight, log(1 + (N - n + ½) / (n + ½)), of words in n of N passages."""
    weights = {
        key: math.log(1 + (max(total, counts[word]) - counts[word] + 0.5) / (counts[word] + 0.5))
        for key, word in zip(query.keys, query.words, strict=True)
    }
    return Rarity(weights, sum(weights.values()) or 1.0)


def weigh(
    query: Query, stored: Sequence[StoredPassage], *, rarity: Rarity, words: Ranking, vectors: Ranking
) -> list[Candidate]:
    """The candidates with their clues, in the order of `stored`."""
    best = max(words.scores.values(), default=0.0) or 1.0
    articles = {one.article.id: one.article for one in stored}
    titles = {name: query.sight(article.title) for name, article in articles.items()}
    spoken = {name: _article(query, article, titles[name], rarity) for name, article in articles.items()}
    return [
        Candidate(
            stored=one,
            bm25=words.score(one.seq) / best,
            dense=vectors.score(one.seq),
            article=spoken[one.article.id],
            pairs=_pairs(query, one, rarity),
            title=rarity.share(titles[one.article.id].counts),
            lead=float(one.passage.number == 0),
            length=min(1.0, len(one.passage.text) / _ENOUGH_LETTERS),
        )
        for one in stored
    ]


def _article(query: Query, article: Article, title: Sighting, rarity: Rarity) -> float:
    """How much the whole article speaks of the question: each word's count c as c / (c + ½ + n / 10).

    n is the body's length in passages. It is BM25 over articles in all but name (Robertson and Zaragoza,
    2009); the evidence of a passage alone confuses two events of one kind.
    """
    counts = query.sight(article.body).counts
    half = 0.5 + 0.1 * len(article.body) / _PASSAGE_LETTERS
    seen = {key: counts.get(key, 0) + title.counts.get(key, 0) for key in query.keys}
    return rarity.share({key: count / (count + half) for key, count in seen.items()})


def _pairs(query: Query, one: StoredPassage, rarity: Rarity) -> float:
    """The part of the question's neighbouring words that are neighbours in the passage, by their weights."""
    wanted = {pair: sum(rarity.weights[key] for key in pair) for pair in query.pairs}
    if not wanted:
        return 0.0
    found = query.sight(one.passage.text).pairs
    return sum(weight for pair, weight in wanted.items() if pair in found) / sum(wanted.values())
