"""Hits into their sentences, best first: which of them is most likely to answer the question."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from bot.language.lexicon import Lexicon
from bot.weighing.features import Surroundings, compare, coverage, read_sentence
from bot.weighing.model import Linear
from bot.weighing.terms import Terms
from index.dates import in_words
from index.encoding.encoder import Encoder
from index.encoding.prompts import asking
from index.records import Article, Hit, Span

# Of the sentences of 12 hits (about 80) those compared in full. Encoding one takes 2 ms, so it is done in
# turns for those that would lead if their cosines were as expected, and for none that would not come to
# `_LEADING` of the best score if its cosine were `_OFF` higher. Half the passage's cosine and half the
# coverage tell a sentence's with a standard error of 0.115 over RealTimeQA (correlation 0.73); there 6
# sentences a question are encoded, and of 357 questions none gets another first sentence.
MOST = 24
_FIRST, _NEXT = 3, 3
_OFF = 0.23
_LEADING = 0.7
# The cosine of a passage that was not found by its vector.
_USUAL = 0.45
# Of the question's words by weight: what has so many of them, and no others, repeats it.
_REPEATED = 0.8
_PUNCTUATION = re.compile(r"\W")


@dataclass(frozen=True)
class ScoredSentence:
    """A sentence that may answer: `hit.article.body[span.start:span.end]`.

    `score` is its likelihood to answer relative to the best candidate of the question, from 0 to 1; the
    best has 1. `features` are those of `bot.weighing.features` and "dense", the cosine of question and
    sentence; where that cannot make it lead, the one that is expected of it stands for it.
    `known` are the keys of the question's words that stand in its passage or are known of its article, which
    the sentence may take for granted.
    """

    hit: Hit
    span: Span
    score: float
    features: Mapping[str, float]
    known: Set[str]


@dataclass(frozen=True)
class _RoughSentence:
    """A sentence of a hit, not yet compared in full; `rough` orders places, higher is better."""

    hit: Hit
    span: Span
    around: Surroundings
    first: bool
    rough: float


def choose(
    terms: Terms,
    hits: Sequence[Hit],
    encoder: Encoder | None,
    *,
    lexicon: Lexicon,
    model: Linear,
    most: int | None = MOST,
) -> list[ScoredSentence]:
    """At most `most` sentences of the hits, best first; ties keep the order of the hits. None is all.

    Without an encoder the cosine that is expected of a sentence stands for its own.
    """
    wanted = terms.keys
    about = {hit.article.id: _about(hit.article, lexicon) & wanted for hit in hits}
    places = [place for hit in hits for place in _places(terms, hit, lexicon, about[hit.article.id])]
    places = sorted(places, key=lambda place: -place.rough)[:most]
    if not places:
        return []
    compared = _compared(terms, places, lexicon)
    compared = _with_cosines(terms.question, compared, encoder, model=model)
    logits = [model.score(candidate.features) for candidate in compared]
    best = max(logits)
    scored = [replace(one, score=math.exp(logit - best)) for one, logit in zip(compared, logits, strict=True)]
    return sorted(scored, key=lambda candidate: -candidate.score)


def _places(terms: Terms, hit: Hit, lexicon: Lexicon, about: frozenset[str]) -> list[_RoughSentence]:
    """The sentences of a hit's passage, each with what stands before it; `about` is known of the article.

    Of all keys only those of the question are kept: sets of 5 instead of 200.
    """
    body, wanted = hit.article.body, terms.keys
    spans = hit.passage.sentences
    keys = [lexicon.keys(body[span.start : span.end]) for span in spans]
    own = [one & wanted for one in keys]
    passage = about.union(*own)
    places = []
    before: Set[str] = about
    for n, span in enumerate(spans):
        if _repeats(terms, own[n], body[span.start : span.end], lexicon):
            before = before | own[n]
            continue
        around = Surroundings(before, passage, own[n - 1] if n and keys[n - 1] else None)
        places.append(_RoughSentence(hit, span, around, n == 0, _rough(terms, own[n], before)))
        before = before | own[n]
    return places


def _repeats(terms: Terms, keys: Set[str], text: str, lexicon: Lexicon) -> bool:
    """Whether a sentence says what is asked and nothing else; `keys` are those of the question in it.

    A question that somebody wrote down, or its words strung together, is like it beyond all answers, and is
    none, also said twice over. "Was it Smith or Lee?" is answered by words of its own, which are not all of
    them; "Did it open?" by all of them, but in another order.
    """
    if not terms.content or coverage(terms, terms.content, keys) < _REPEATED:
        return False
    words = lexicon.read(text)
    asked = terms.asked | lexicon.keys(_PUNCTUATION.sub(" ", terms.question))
    if not all(word.plain or word.key in asked for word in words):
        return False
    told = [word.key for word in words if word.key in terms.asked]
    begins = told[: len(terms.words)] == [word.key for word in terms.words]
    return begins or any(word.low in lexicon.question_words for word in terms.words)


def _about(article: Article, lexicon: Lexicon) -> frozenset[str]:
    """The keys of what is known of an article beside its body, with its date in words."""
    about = (article.title, article.outlet, article.agency, article.author, in_words(article.published))
    return frozenset[str]().union(*(lexicon.keys(text) for text in about if text))


def _rough(terms: Terms, keys: Set[str], before: Set[str]) -> float:
    """How much of the question stands in a sentence; half as much counts what only stands before it."""
    within = coverage(terms, terms.content, keys)
    return within + 0.5 * coverage(terms, terms.content, keys | before)


def _compared(terms: Terms, places: Sequence[_RoughSentence], lexicon: Lexicon) -> list[ScoredSentence]:
    """The places with all their features but the cosine, which is 0; the score is left for later."""
    compared = []
    for place in places:
        sentence = read_sentence(place.hit.article.body[place.span.start : place.span.end], lexicon)
        features = compare(terms, sentence, place.around, lexicon)
        features |= {"dense": 0.0, "first": float(place.first)}
        compared.append(ScoredSentence(place.hit, place.span, 0.0, features, place.around.passage))
    return compared


def _with_cosines(
    question: str, candidates: Sequence[ScoredSentence], encoder: Encoder | None, *, model: Linear
) -> list[ScoredSentence]:
    """The candidates with their cosines; the expected one where a sentence cannot lead whatever it is."""
    expected = [_expected(one) for one in candidates]
    bare = [model.score(one.features) for one in candidates]
    weight = model.weights.get("dense", 0.0)
    cosines = {}
    if encoder is not None:
        cosines = _cosines(question, candidates, encoder, bare=bare, weight=weight, expected=expected)
    return [
        replace(one, features={**one.features, "dense": cosines.get(n, expected[n])})
        for n, one in enumerate(candidates)
    ]


def _expected(candidate: ScoredSentence) -> float:
    """The cosine of question and sentence, as far as it can be told without encoding the sentence."""
    passage = _USUAL if candidate.hit.dense is None else candidate.hit.dense
    return 0.5 * passage + 0.5 * candidate.features["covered"]


def _cosines(
    question: str,
    candidates: Sequence[ScoredSentence],
    encoder: Encoder,
    *,
    bare: Sequence[float],
    weight: float,
    expected: Sequence[float],
) -> dict[int, float]:
    """The cosines of those that may lead, and of what may be the highest of the best's passage, by number.

    `bare` are their scores without the cosine, of which each counts `weight`.
    """
    texts = [one.hit.article.body[one.span.start : one.span.end] for one in candidates]
    order = sorted(range(len(texts)), key=lambda n: -(bare[n] + weight * expected[n]))
    due = order[:_FIRST]
    (asked,) = asking(encoder).encode([question])
    vectors = list(encoder.encode([texts[n] for n in due]))
    known: dict[int, float] = {}
    while due:
        known |= {n: float(vector @ asked) for n, vector in zip(due, vectors, strict=True)}
        best = max(known, key=lambda n: bare[n] + weight * known[n])
        least = bare[best] + weight * known[best] + math.log(_LEADING)
        rest = [n for n in order if n not in known]
        due = [n for n in rest if bare[n] + weight * (expected[n] + _OFF) >= least][:_NEXT]
        due = due or _may_be_highest(candidates, best, known, expected)
        vectors = list(encoder.encode([texts[n] for n in due])) if due else []
    return known


def _may_be_highest(
    candidates: Sequence[ScoredSentence], best: int, known: Mapping[int, float], expected: Sequence[float]
) -> list[int]:
    """Those of the best one's passage that may have its highest cosine, which the evidence check looks at."""
    own = [n for n, one in enumerate(candidates) if one.hit is candidates[best].hit]
    highest = max(known[n] for n in own if n in known)
    return [n for n in own if n not in known and expected[n] + _OFF > highest]
