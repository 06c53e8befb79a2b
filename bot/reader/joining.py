"""Candidates by overlap into candidates by overlap and reader together, best first, and their evidence.

The weights are fitted by `python -m eval.fit_reader` on questions that the reader was not trained on.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

from bot.choose import Candidate
from bot.model import Linear
from bot.reader.reader import PassageRead, PassageReader, SentenceRead
from index.records import Hit, Span

# Log odds beyond which neither overlap nor the reader is believed more.
_MOST = 12.0

Shorts = Mapping[tuple[str, Span], Span]


@dataclass(frozen=True)
class Join:
    """`choice` orders sentences, `evidence` gives the log odds that the first answers; see `Linear`."""

    choice: Linear
    evidence: Linear


@dataclass(frozen=True)
class Joined:
    """Candidates, best first, with the reader's features; and the words in each that answer best.

    `shorts` are spans of the body by article and sentence, of the sentences of passages that were read.
    `logits` are the log odds of overlap alone, of each candidate.
    """

    candidates: tuple[Candidate, ...]
    shorts: Shorts


def load_join() -> Join:
    """The weights that ship with Dateline (`bot/reader/weights.json`)."""
    raw = json.loads(files("bot.reader").joinpath("weights.json").read_text(encoding="utf-8"))
    return Join(*(Linear(raw[name]["bias"], raw[name]["weights"]) for name in ("choice", "evidence")))


def read_candidates(
    question: str, candidates: Sequence[Candidate], reader: PassageReader, *, model: Linear
) -> Joined:
    """The candidates' passages read, in their order, and the candidates ordered by both together."""
    reads = _read(question, candidates, reader)
    found = [_sentence_read(one, reads) for one in candidates]
    top = max((one.score for one in found if one), default=0.0)
    featured = [_with_features(one, reads, read, top) for one, read in zip(candidates, found, strict=True)]
    logits = [model.score(one.features) for one in featured]
    best = max(logits, default=0.0)
    scored = [replace(one, score=math.exp(logit - best)) for one, logit in zip(featured, logits, strict=True)]
    shorts = {
        (one.hit.article.id, one.span): read.span for one, read in zip(scored, found, strict=True) if read
    }
    return Joined(tuple(sorted(scored, key=lambda one: -one.score)), shorts)


def _key(hit: Hit) -> tuple[str, int]:
    return hit.article.id, hit.passage.number


def _read(
    question: str, candidates: Sequence[Candidate], reader: PassageReader
) -> dict[tuple[str, int], PassageRead]:
    """Each candidate's passage once."""
    reads: dict[tuple[str, int], PassageRead] = {}
    for one in candidates:
        if _key(one.hit) not in reads:
            reads[_key(one.hit)] = reader.read(question, one.hit)
    return reads


def _sentence_read(one: Candidate, reads: Mapping[tuple[str, int], PassageRead]) -> SentenceRead | None:
    passage = reads.get(_key(one.hit))
    return next((read for read in passage.sentences if read.sentence == one.span), None) if passage else None


def _with_features(
    one: Candidate, reads: Mapping[tuple[str, int], PassageRead], read: SentenceRead | None, top: float
) -> Candidate:
    """The candidate with what the reader says of its sentence, by itself and beside the others.

    "rules" is the logarithm of its score by overlap; "margin" how much likelier its words are than none of
    its passage; "behind_passage" and "behind_all" by how much its best words are worse than the best of its
    passage and of all passages.
    """
    features = {
        **one.features,
        "rules": max(math.log(max(one.score, 1e-9)), -_MOST),
        "read": float(read is not None),
    }
    if read is None:
        return replace(one, features={**features, "margin": 0.0, "behind_passage": 0.0, "behind_all": 0.0})
    passage = reads[_key(one.hit)]
    features["margin"] = _clipped(read.score - passage.nowhere)
    features["behind_passage"] = _clipped(read.score - passage.best)
    features["behind_all"] = _clipped(read.score - top)
    return replace(one, features=features)


def _clipped(value: float) -> float:
    return max(-_MOST, min(_MOST, value))


def joined_evidence(candidates: Sequence[Candidate], rules: float) -> dict[str, float]:
    """Features of the evidence: log odds by overlap alone (`rules`), and how the reader sees the first.

    "margin_best" is the best margin of any candidate, "ahead" by how much the first one's passage is better
    than the best of other passages.
    """
    first = candidates[0]
    others = [one for one in candidates if _key(one.hit) != _key(first.hit) and one.features["read"]]
    second = max((one.features["margin"] for one in others), default=first.features["margin"])
    return {
        "rules": max(-_MOST, min(_MOST, rules)),
        "read": first.features["read"],
        "margin": first.features["margin"],
        "behind_passage": first.features["behind_passage"],
        "behind_all": first.features["behind_all"],
        "ahead": _clipped(first.features["margin"] - second),
    }
