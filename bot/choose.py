"""Hits into their sentences, best first: which of them is most likely to answer the question."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from bot.features import ReadSentence, Surroundings, compare, coverage, read_sentence
from bot.lexicon import Lexicon
from bot.model import Linear
from bot.terms import Terms
from index.dates import in_words
from index.encoding.encoder import Encoder
from index.records import Article, Hit, Span

# Of the sentences of 12 hits (about 80) those compared in full. Encoding one takes 2 ms, so those are encoded
# first that would lead if all cosines were alike, in turns, and none that even a cosine of `_HIGH` would not
# bring to `_LEADING` of the best score. Over RealTimeQA, where 1 in 100 sentences has more than 0.81, that is
# 10 sentences a question, and of 357 questions none gets another first sentence or another probability.
MOST = 24
_FIRST, _NEXT = 6, 4
_HIGH = 0.8
_LEADING = 0.7
# The cosine of a sentence that was not encoded, of a passage that was not found by its vector.
_USUAL = 0.45


@dataclass(frozen=True)
class Candidate:
    """A sentence that may answer: `hit.article.body[span.start:span.end]`.

    `score` is its likelihood to answer relative to the best candidate of the question, from 0 to 1; the
    best has 1. `features` are those of `bot.features` and "dense", the cosine of question and sentence; where
    that cannot make it lead, and it is not of the best one's passage, that of its passage may stand for it.
    `known` are the keys of the words of its passage and of what is known of its article, which the sentence
    may take for granted.
    """

    hit: Hit
    span: Span
    score: float
    features: Mapping[str, float]
    known: Set[str]


@dataclass(frozen=True)
class _Place:
    """A sentence of a hit, not yet compared in full; `rough` orders places, higher is better."""

    hit: Hit
    span: Span
    sentence: ReadSentence
    around: Surroundings
    first: bool
    rough: float


def choose(
    terms: Terms, hits: Sequence[Hit], encoder: Encoder, *, lexicon: Lexicon, model: Linear, most: int = MOST
) -> list[Candidate]:
    """At most `most` sentences of the hits, best first; ties keep the order of the hits."""
    places = [place for hit in hits for place in _places(terms, hit, lexicon)]
    places = sorted(places, key=lambda place: -place.rough)[:most]
    if not places:
        return []
    compared = _compared(terms, places, lexicon)
    compared = _with_cosines(terms.question, compared, encoder, model=model)
    logits = [model.score(candidate.features) for candidate in compared]
    best = max(logits)
    scored = [replace(one, score=math.exp(logit - best)) for one, logit in zip(compared, logits, strict=True)]
    return sorted(scored, key=lambda candidate: -candidate.score)


def _places(terms: Terms, hit: Hit, lexicon: Lexicon) -> list[_Place]:
    """The sentences of a hit's passage, read, each with what stands before it."""
    body = hit.article.body
    spans = hit.passage.sentences
    read = [read_sentence(body[span.start : span.end], lexicon) for span in spans]
    about = _about(hit.article, lexicon)
    passage = about.union(*(sentence.keys for sentence in read))
    places = []
    before: Set[str] = about
    for n, (span, sentence) in enumerate(zip(spans, read, strict=True)):
        previous = read[n - 1].keys if n else frozenset[str]()
        around = Surroundings(before=before, passage=passage, previous=previous)
        places.append(_Place(hit, span, sentence, around, n == 0, _rough(terms, sentence, around)))
        before = before | sentence.keys
    return places


def _about(article: Article, lexicon: Lexicon) -> frozenset[str]:
    """The keys of what is known of an article beside its body, with its date in words."""
    about = (article.title, article.outlet, article.agency, article.author, in_words(article.published))
    return frozenset(word.key for text in about if text for word in lexicon.read(text))


def _rough(terms: Terms, sentence: ReadSentence, around: Surroundings) -> float:
    """How much of the question stands in the sentence; half as much counts what only stands before it."""
    within = coverage(terms, terms.content, sentence.keys)
    return within + 0.5 * coverage(terms, terms.content, sentence.keys | around.before)


def _compared(terms: Terms, places: Sequence[_Place], lexicon: Lexicon) -> list[Candidate]:
    """The places with all their features but the cosine, which is 0; the score is left for later."""
    compared = []
    for place in places:
        features = compare(terms, place.sentence, place.around, lexicon)
        features |= {"dense": 0.0, "first": float(place.first)}
        compared.append(Candidate(place.hit, place.span, 0.0, features, place.around.passage))
    return compared


def _with_cosines(
    question: str, candidates: Sequence[Candidate], encoder: Encoder, *, model: Linear
) -> list[Candidate]:
    """The candidates with their cosines; a guess where a sentence cannot lead whatever it is."""
    bare = [model.score(one.features) for one in candidates]
    cosines = _cosines(question, candidates, encoder, bare=bare, weight=model.weights.get("dense", 0.0))
    completed = []
    for n, one in enumerate(candidates):
        guess = min(_USUAL if one.hit.dense is None else one.hit.dense, _HIGH)
        completed.append(replace(one, features={**one.features, "dense": cosines.get(n, guess)}))
    return completed


def _cosines(
    question: str, candidates: Sequence[Candidate], encoder: Encoder, *, bare: Sequence[float], weight: float
) -> dict[int, float]:
    """The cosines of those candidates that may lead, and of the best one's passage, by number.

    `bare` are their scores without the cosine, of which each counts `weight`.
    """
    texts = [one.hit.article.body[one.span.start : one.span.end] for one in candidates]
    order = sorted(range(len(texts)), key=lambda n: -bare[n])
    due = order[:_FIRST]
    asked, *vectors = encoder.encode([question, *(texts[n] for n in due)])
    known: dict[int, float] = {}
    while due:
        known |= {n: float(vector @ asked) for n, vector in zip(due, vectors, strict=True)}
        best = max(known, key=lambda n: bare[n] + weight * known[n])
        least = bare[best] + weight * (known[best] - _HIGH) + math.log(_LEADING)
        rest = [n for n in order if n not in known]
        due = [n for n in rest if bare[n] >= least][:_NEXT]
        due = due or [n for n in rest if candidates[n].hit is candidates[best].hit]
        vectors = list(encoder.encode([texts[n] for n in due])) if due else []
    return known
