"""Candidates by overlap into candidates by overlap and reader together, best first, and their evidence.

The weights are fitted by `python -m eval.training.fit_reader` on questions that the reader was not trained
on.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

from bot.answers.proposal import Shorts
from bot.weighing.choose import ScoredSentence
from bot.weighing.model import Linear
from bot.weighing.reader.reader import PassageRead, PassageReader, SentenceRead
from index.records import Hit

# Log odds beyond which neither overlap nor the reader is believed more.
_MOST = 12.0

# The first `FEWEST` passages are read, and those after them that overlap holds for more than a seventh as
# likely as the best; where none of them rather answers than not (`SURE`), `READ` are. Of 700 questions kept
# apart, asked of the twelve passages that a search found, reading all puts the right sentence first in
# 0.866, 6 in 0.869, 3 in 0.866.
FEWEST, READ, SURE, BEHIND = 3, 6, 0.0, -2.0

# How far overlap may doubt an answer, in log odds: people ask in words unlike the article's, which overlap
# holds against every sentence. Of the built-in cases that are asked by themselves, the area under the curve
# of right answers against those to abstain on is 0.851 without it, 0.855 at -2, 0.869 at -1, 0.884 at 0; of
# near misses kept apart it is 0.799, 0.799, 0.796, 0.781 (weights of 0.64 and 0.12).
DOUBT = -1.0

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
    """

    candidates: tuple[ScoredSentence, ...]
    shorts: Shorts


def load_join() -> Join:
    """The weights that ship with Dateline (`bot/weighing/reader/weights.json`)."""
    raw = json.loads(files("bot.weighing.reader").joinpath("weights.json").read_text(encoding="utf-8"))
    return Join(*(Linear(raw[name]["bias"], raw[name]["weights"]) for name in ("choice", "evidence")))


def read_candidates(
    question: str, candidates: Sequence[ScoredSentence], reader: PassageReader, *, model: Linear
) -> Joined:
    """The candidates' passages read, in their order, and the candidates ordered by both together."""
    reads = _read(question, candidates, reader)
    found = [_sentence_read(one, reads) for one in candidates]
    scores = [one.score for one in found if one]
    margins = [
        one.score - reads[_key(c.hit)].nowhere for one, c in zip(found, candidates, strict=True) if one
    ]
    top, least = (max(scores), min(margins)) if scores else (0.0, 0.0)
    featured = []
    for one, read in zip(candidates, found, strict=True):
        seen = _seen(read, reads[_key(one.hit)], top) if read else _unseen(least)
        featured.append(replace(one, features={**one.features, **seen, "rules": _rules(one)}))
    logits = [model.score(one.features) for one in featured]
    best = max(logits, default=0.0)
    scored = [replace(one, score=math.exp(logit - best)) for one, logit in zip(featured, logits, strict=True)]
    shorts = {
        (one.hit.article.id, one.span): read.span for one, read in zip(scored, found, strict=True) if read
    }
    return Joined(tuple(sorted(scored, key=lambda one: -one.score)), shorts)


def _key(hit: Hit) -> _Place:
    return hit.article.id, hit.passage.revision, hit.passage.number


def _read(
    question: str, candidates: Sequence[ScoredSentence], reader: PassageReader
) -> dict[_Place, PassageRead]:
    """The passages of candidates, best first, each once: a few, and others unless one of them is sure."""
    firsts: dict[_Place, ScoredSentence] = {}
    for one in candidates:
        firsts.setdefault(_key(one.hit), one)
    chosen = list(firsts.values())[:READ]
    few = [one for n, one in enumerate(chosen) if n < FEWEST or _rules(one) >= BEHIND]
    reads = reader.read(question, [one.hit for one in few])
    if not _sure(reads):
        reads += reader.read(question, [one.hit for one in chosen[len(few) :]])
    return dict(zip(firsts, reads, strict=False))


def _sure(reads: Iterable[PassageRead]) -> bool:
    """Whether one of the passages answers beyond doubt."""
    return any(one.margin >= SURE for one in reads)


def _sentence_read(one: ScoredSentence, reads: Mapping[_Place, PassageRead]) -> SentenceRead | None:
    passage = reads.get(_key(one.hit))
    return next((read for read in passage.sentences if read.sentence == one.span), None) if passage else None


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


def _unseen(least: float) -> dict[str, float]:
    """What stands for it where a sentence was not read: as bad as the worst that was."""
    return {"margin": _clipped(least), "behind_passage": 0.0, "behind_all": _clipped(min(least, 0.0))}


def _clipped(value: float) -> float:
    return max(-_MOST, min(_MOST, value))


def joined_evidence(candidates: Sequence[ScoredSentence], rules: float) -> dict[str, float]:
    """Features of the evidence: log odds by overlap alone (`rules`), and how the reader sees the first.

    Overlap's are at least DOUBT.
    "ahead" is by how much the first one's margin is above the best of other passages.
    """
    first = candidates[0]
    others = [one.features["margin"] for one in candidates if _key(one.hit) != _key(first.hit)]
    return {
        "rules": max(DOUBT, min(_MOST, rules)),
        "margin": first.features["margin"],
        "behind_passage": first.features["behind_passage"],
        "behind_all": first.features["behind_all"],
        "ahead": _clipped(first.features["margin"] - max(others)) if others else 0.0,
    }
