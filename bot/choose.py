"""Hits into their sentences, best first: which of them is most likely to answer the question."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from bot.features import ReadSentence, Surroundings, compare, coverage, read_sentence
from bot.lexicon import Lexicon
from bot.model import Linear
from bot.terms import Terms
from index.encoder import Encoder
from index.records import Article, Hit, Span

# Of the sentences of 12 hits (about 80) those compared in full and encoded; a sentence takes 1 to 2 ms.
MOST = 24

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """A sentence that may answer: `hit.article.body[span.start:span.end]`.

    `score` is its likelihood to answer relative to the best candidate of the question, from 0 to 1; the
    best has 1. `features` are those of `bot.features` and "dense", the cosine of question and sentence.
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
    compared = _compared(terms, places, encoder, lexicon)
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
    published = (article.published or "").partition("T")[0].split("-")
    dated = [published[0], *published[2:]]
    if len(published) > 1 and published[1].isdigit() and 1 <= int(published[1]) <= 12:
        dated.append(_MONTHS[int(published[1]) - 1])
    dated = [part.lstrip("0") for part in dated]
    about = (article.title, article.outlet, article.agency, article.author, *dated)
    return frozenset(word.key for text in about if text for word in lexicon.read(text))


def _rough(terms: Terms, sentence: ReadSentence, around: Surroundings) -> float:
    """How much of the question stands in the sentence; half as much counts what only stands before it."""
    within = coverage(terms, terms.content, sentence.keys)
    return within + 0.5 * coverage(terms, terms.content, sentence.keys | around.before)


def _compared(terms: Terms, places: Sequence[_Place], encoder: Encoder, lexicon: Lexicon) -> list[Candidate]:
    """The places with all their features; the score is left for later."""
    texts = [place.hit.article.body[place.span.start : place.span.end] for place in places]
    vectors = encoder.encode([terms.question, *texts])
    cosines = vectors[1:] @ vectors[0]
    compared = []
    for place, cosine in zip(places, cosines, strict=True):
        features = compare(terms, place.sentence, place.around, lexicon)
        features |= {"dense": float(cosine), "first": float(place.first)}
        compared.append(Candidate(place.hit, place.span, 0.0, features, place.around.passage))
    return compared
