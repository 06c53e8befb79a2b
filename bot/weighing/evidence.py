"""Candidates into evidence: how likely the archive answers, and which words of the question are missing."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from dataclasses import dataclass

from bot.language.lexicon import KeyedWord, Lexicon
from bot.weighing.choose import ScoredSentence
from bot.weighing.joining import Joined, joined_evidence
from bot.weighing.model import Linear
from bot.weighing.terms import Terms

# From which probability on Dateline answers, with a reader and by overlap alone; below, it is not sure. With
# a reader: of written questions of news kept apart from training, 0.3 answers 0.67 of what can be and 0.32 of
# near misses, 0.25 0.72 and 0.39, 0.4 0.58 and 0.22 (`python -m eval.training.fit_reader` prints the curve).
# Of the built-in cases 0.25 has 0.692 right and withholds 0.924 of what it should, 0.3 0.659 and 0.939, 0.2
# 0.70 and 0.89: 0.25 is the lowest at which nine of ten are withheld that should be.
# By overlap alone it is that of the built-in cases (right minus wrong: 17 at 0.3, 22 at 0.4, 16 at 0.5).
THRESHOLD, THRESHOLD_ALONE = 0.25, 0.4

# Below these it is said that the archive does not say: the reader finds no words anywhere, or overlap nothing
# that comes near.
NOWHERE, NOTHING_NEAR = -6.0, 0.05


def threshold(*, read: bool) -> float:
    """The least probability that is answered, with a reader or by overlap alone."""
    return THRESHOLD if read else THRESHOLD_ALONE


# How many candidates may supply a word before it is missing.
_LOOKED_AT = 3


@dataclass(frozen=True)
class Evidence:
    """Whether the candidates answer the question.

    `probability` is that of the first candidate being an answer, calibrated on questions of which half have
    one. `missing` are names, dates, numbers, quoted phrases and rare words of the question, as they are
    written there, that the best candidates' passages lack; `absent` are those of them that the whole archive
    lacks. `strange` are the names that the first candidate's article, outlet and date lack.
    `threshold` is the least probability that is answered. `possible`: something there may be an answer.
    `unmet` are all words of the topic that the best candidates' passages lack, common ones too.
    """

    probability: float
    missing: tuple[str, ...]
    absent: tuple[str, ...]
    strange: tuple[str, ...]
    threshold: float
    possible: bool = True
    unmet: tuple[str, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether to answer at all: it is likely enough, and about whom and what was asked.

        "Has Iran offered observers?" is not answered with Russia's offer.
        """
        return self.probability >= self.threshold and not self.strange


def check(
    terms: Terms,
    joined: Joined,
    *,
    lexicon: Lexicon,
    model: Linear,
    join: Linear | None = None,
) -> Evidence:
    """What the candidates of `joined` are worth as evidence; without any the probability is 0.

    `join` weighs what a reader says of them beside `model`, where one has read them.
    """
    candidates = joined.candidates
    missing = missing_words(terms, candidates, lexicon)
    strange = _strange_to_first(terms, candidates, lexicon)
    probability = _probability(terms, joined, model, join, missing=len(missing))
    return Evidence(
        probability=probability,
        missing=tuple(missing),
        absent=tuple(
            text for text, words in missing.items() if all(not terms.counts.get(w.key) for w in words)
        ),
        strange=tuple(strange),
        threshold=threshold(read=join is not None),
        possible=joined.margin >= NOWHERE if join is not None else probability >= NOTHING_NEAR,
        unmet=_unmet(terms, _supplied(candidates)),
    )


def evidence_features(candidates: Sequence[ScoredSentence]) -> dict[str, float]:
    """The first candidate's features, and "dense_best", the highest cosine of a sentence of its passage."""
    first = candidates[0]
    cosines = [one.features["dense"] for one in candidates if one.hit == first.hit]
    return {**first.features, "dense_best": max(cosines)}


def _probability(terms: Terms, joined: Joined, model: Linear, join: Linear | None, *, missing: int) -> float:
    if not joined.candidates:
        return 0.0
    logit = model.score(evidence_features(joined.candidates))
    if join is not None:
        logit = join.score(joined_evidence(terms, joined, logit, missing=missing))
    return 1 / (1 + math.exp(-logit))


def _unmet(terms: Terms, known: Set[str]) -> tuple[str, ...]:
    words = (word for word in terms.core if word.key not in known)
    return tuple(_shown(word.text) for word in words)


def _strange_to_first(terms: Terms, candidates: Sequence[ScoredSentence], lexicon: Lexicon) -> Sequence[str]:
    """The names that the first candidate's article lacks; its body is read where its passage lacks one."""
    known = candidates[0].known if candidates else frozenset[str]()
    strange = _strange_names(terms, known)
    if strange and candidates:
        strange = _strange_names(terms, known | lexicon.keys(candidates[0].hit.article.body))
    return list(strange)


def _supplied(candidates: Sequence[ScoredSentence]) -> Set[str]:
    """The keys of the words in the best candidates' passages, and of what is known of their articles."""
    return frozenset[str]().union(*(one.known for one in candidates[:_LOOKED_AT]))


def missing_words(
    terms: Terms, candidates: Sequence[ScoredSentence], lexicon: Lexicon
) -> dict[str, tuple[KeyedWord, ...]]:
    """What the best candidates lack, as the question writes it and in its order, each with its words."""
    known = _supplied(candidates)
    gone = _strange_names(terms, known)
    for phrase in terms.quoted:
        words = tuple(
            word for word in lexicon.read(phrase) if word.key not in known and word.key in terms.counts
        )
        if words:
            gone[phrase] = words
    named = {word for words in gone.values() for word in words}
    for word in terms.content:
        if word.key not in known and _telling(word, terms, lexicon) and word not in named:
            gone[_shown(word.text)] = (word,)
    return dict(sorted(gone.items(), key=lambda item: item[1][0].start))


def _strange_names(terms: Terms, known: Set[str]) -> dict[str, tuple[KeyedWord, ...]]:
    """Names of which no word is known, whole; of the others, the words that are not."""
    gone: dict[str, tuple[KeyedWord, ...]] = {}
    for name in terms.names:
        lacking = tuple(word for word in name.words if word.key not in known)
        if lacking == name.words:
            gone[_shown(name.text)] = lacking
        else:
            gone |= {_shown(word.text): (word,) for word in lacking}
    return gone


def _telling(word: KeyedWord, terms: Terms, lexicon: Lexicon) -> bool:
    """Whether a word's absence tells something: a number, a date, a name, or a word rare in English.

    In a question of which no word is known as English nothing can be called rare, so only names and numbers
    count.
    """
    if word.number or word.key in lexicon.months:
        return True
    english = any(other.plain for other in terms.words)
    return english and word not in terms.focus and word.key not in lexicon.common


def _shown(text: str) -> str:
    """A word of the question without its possessive ending."""
    return text.removesuffix("'s").removesuffix("’s")
