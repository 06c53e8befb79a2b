"""Sentences by overlap into sentences by overlap, search and reader together: one order, one probability.

The weights are fitted by `python -m eval.training.fit_reader` on questions that the reader was not trained
on: people's questions of news, asked of a whole archive, and SQuAD's near misses.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

from bot.answers.proposal import Shorts
from bot.weighing.choose import ScoredSentence
from bot.weighing.model import Linear
from bot.weighing.reader.reader import PassageRead, PassageReader, SentenceRead
from bot.weighing.terms import Terms
from index.records import Hit

# Log odds beyond which neither overlap nor the reader is believed more.
_MOST = 12.0

# The first `FEWEST` hits are read; where none of them rather answers than not (`SURE`), `READ` are. Of
# written questions of news, asked of 2,600 pages, the answering sentence stands in the first 4 for 0.881, in
# 8 for 0.930, in 12 for 0.939.
FEWEST, READ, SURE = 4, 8, 2.0

_Place = tuple[str, str, int]


@dataclass(frozen=True)
class Join:
    """`choice` orders sentences, `evidence` gives the log odds that the first answers; see `Linear`."""

    choice: Linear
    evidence: Linear


@dataclass(frozen=True)
class Joined:
    """Candidates, best first, with the reader's features; and the words in each that answer best.

    `shorts` are spans of the body by article and sentence, of the sentences of passages that were read.
    `margin` is the highest of all passages. `rivals` are the candidates whose words answer otherwise than the
    first's: what several reports tell alike is the surer for it.
    """

    candidates: tuple[ScoredSentence, ...]
    shorts: Shorts
    margin: float = -_MOST
    rivals: tuple[ScoredSentence, ...] = ()

    @property
    def share(self) -> float:
        """What part of all likelihoods says what the first says, 0 to 1; 0 without candidates."""
        every = sum(one.score for one in self.candidates)
        return 1 - sum(one.score for one in self.rivals) / every if every else 0.0


def load_join() -> Join:
    """The weights that ship with Dateline (`bot/weighing/reader/weights.json`)."""
    raw = json.loads(files("bot.weighing.reader").joinpath("weights.json").read_text(encoding="utf-8"))
    return Join(*(Linear(raw[name]["bias"], raw[name]["weights"]) for name in ("choice", "evidence")))


def read_candidates(
    question: str,
    candidates: Sequence[ScoredSentence],
    reader: PassageReader,
    *,
    hits: Sequence[Hit],
    model: Linear,
    every: bool = False,
) -> Joined:
    """The best hits' passages read, and their sentences ordered by all that is known of them.

    `every`: all that may be read, also where one of the first is sure.
    """
    reads = _read(question, hits, reader, every=every)
    pairs = [(one, read) for one in candidates if (read := _sentence_read(one, reads))]
    if not pairs:
        return Joined(tuple(candidates), {})
    top = max(read.score for _, read in pairs)
    best, of_article = _search_scores(hits)
    featured = [
        replace(
            one,
            features={
                **one.features,
                **_seen(read, reads[_key(one.hit)], top),
                "rules": _rules(one),
                "search": one.hit.score - best,
                "article": of_article[one.hit.article.id] - best,
            },
        )
        for one, read in pairs
    ]
    return ranked(featured, {(one.hit.article.id, one.span): read.span for one, read in pairs}, model)


def ranked(candidates: Sequence[ScoredSentence], shorts: Shorts, model: Linear) -> Joined:
    """Candidates that were read, at least one, in the order of `model`."""
    logits = [model.score(one.features) for one in candidates]
    most = max(logits)
    odds = [math.exp(logit - most) for logit in logits]
    scored = [replace(one, score=score) for one, score in zip(candidates, odds, strict=True)]
    ordered = tuple(sorted(scored, key=lambda one: -one.score))
    told = [_told(one, shorts) for one in ordered]
    rivals = tuple(one for one, words in zip(ordered, told, strict=True) if not _agree(words, told[0]))
    return Joined(ordered, shorts, max(one.features["margin"] for one in candidates), rivals)


def _told(one: ScoredSentence, shorts: Shorts) -> frozenset[str]:
    """The words that answer in a sentence; all of it where they are not known."""
    span = shorts.get((one.hit.article.id, one.span), one.span)
    words = re.findall(r"\w+", one.hit.article.body[span.start : span.end].lower())
    return frozenset(words) - _SAYS_NOTHING or frozenset(words)


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one answer says what the other says, or a part of it: "Lavrov" and "Sergey Lavrov"."""
    return one <= other or other <= one


def _key(hit: Hit) -> _Place:
    return hit.article.id, hit.passage.revision, hit.passage.number


def _read(
    question: str, hits: Sequence[Hit], reader: PassageReader, *, every: bool
) -> dict[_Place, PassageRead]:
    """The passages of hits, in their order: a few, and more unless one of them is sure."""
    reads = reader.read(question, hits[:FEWEST])
    if every or not _sure(reads):
        reads += reader.read(question, hits[FEWEST:READ])
    return {_key(hit): read for hit, read in zip(hits, reads, strict=False)}


def _sure(reads: Iterable[PassageRead]) -> bool:
    """Whether one of the passages answers beyond doubt."""
    return any(one.margin >= SURE for one in reads)


def _sentence_read(one: ScoredSentence, reads: Mapping[_Place, PassageRead]) -> SentenceRead | None:
    passage = reads.get(_key(one.hit))
    return next((read for read in passage.sentences if read.sentence == one.span), None) if passage else None


def _search_scores(hits: Sequence[Hit]) -> tuple[float, Mapping[str, float]]:
    """The best score of the hits, and that of each article."""
    of_article: dict[str, float] = {}
    for hit in hits:
        of_article[hit.article.id] = max(hit.score, of_article.get(hit.article.id, hit.score))
    return max(of_article.values(), default=0.0), of_article


def _rules(one: ScoredSentence) -> float:
    """The logarithm of a candidate's score by overlap."""
    return max(math.log(max(one.score, 1e-9)), -_MOST)


def _seen(read: SentenceRead, passage: PassageRead, top: float) -> dict[str, float]:
    """What the reader says of a sentence, by itself and beside the others.

    "margin" is how much likelier its words are than none of its passage; "behind_passage" and "behind_all" by
    how much they are worse than the best of its passage and of all passages.
    """
    return {
        "margin": _clipped(read.score - passage.nowhere),
        "behind_passage": _clipped(read.score - passage.best),
        "behind_all": _clipped(read.score - top),
    }


def _clipped(value: float) -> float:
    return max(-_MOST, min(_MOST, value))


def joined_evidence(terms: Terms, joined: Joined, rules: float, *, missing: int) -> dict[str, float]:
    """Features of the evidence: the first candidate's, the others beside it, and the question's.

    `rules` are the log odds by overlap alone, `missing` counts the question's names, dates and rare words
    that the best candidates' passages lack. "ahead" is by how much the first one's margin is above the best
    of other passages that answer otherwise; "agreeing" counts the origins that answer alike.
    """
    first = joined.candidates[0]
    others = [one.features["margin"] for one in joined.rivals if _key(one.hit) != _key(first.hit)]
    agreeing = {one.hit.origin for one in joined.candidates if one not in joined.rivals}
    return {
        **first.features,
        "rules": max(-_MOST, min(_MOST, rules)),
        "ahead": _clipped(first.features["margin"] - max(others)) if others else 0.0,
        "share": joined.share,
        "agreeing": min(len(agreeing), 4) / 4,
        "near": first.hit.dense if first.hit.dense is not None else _UNFOUND,
        "words": len(terms.words) / 20,
        "missing": missing / 3,
        **{f"asks_{kind}": float(terms.kind == kind) for kind in _KINDS},
    }


_SAYS_NOTHING = frozenset(("the", "a", "an", "of", "in", "on", "at", "to", "and"))

# The cosine of a passage that was not found by its vector; kinds of questions that are told apart.
_UNFOUND = 0.45
_KINDS = ("person", "place", "date", "number", "reason", "quote", "yes-no")
