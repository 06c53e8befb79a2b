"""Candidates into evidence: how likely the archive answers, and which words of the question are missing."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from dataclasses import dataclass

from bot.language.lexicon import KeyedWord, Lexicon
from bot.weighing.choose import ScoredSentence
from bot.weighing.joining import joined_evidence
from bot.weighing.model import Linear
from bot.weighing.terms import Terms

# From which probability on Dateline answers, with a reader and by overlap alone. Chosen on the built-in cases
# that are asked by themselves, in English, of the whole archive (some 100 answerable, 53 not), so that the
# built-in figures are a little too good. With a reader 0.35 is best where a wrong answer costs as much as a
# right one is worth (right minus wrong: 43 at 0.25, 45 at 0.3, 46 at 0.35, 41 at 0.4), and no worse where it
# costs twice as much (16, 24, 31, 31). By overlap alone it was 0.4 (17 at 0.3, 22 at 0.4, 16 at 0.5).
# On SQuAD 2.0 these answer 0.84 and 0.85 of what has an answer.
THRESHOLD, THRESHOLD_ALONE = 0.35, 0.4


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
    lacks. `strange` are the names that the first candidate's passage, title, outlet and date lack.
    `threshold` is the least probability that is answered.
    """

    probability: float
    missing: tuple[str, ...]
    absent: tuple[str, ...]
    strange: tuple[str, ...]
    threshold: float

    @property
    def enough(self) -> bool:
        """Whether to answer at all: it is likely enough, and about whom and what was asked.

        "Has Iran offered observers?" is not answered with Russia's offer. In SQuAD 2.0 three in 100 likely
        questions have a strange name, and half of these have an answer; of the others 0.69 have.
        """
        return self.probability >= self.threshold and not self.strange


def check(
    terms: Terms,
    candidates: Sequence[ScoredSentence],
    *,
    lexicon: Lexicon,
    model: Linear,
    join: Linear | None = None,
) -> Evidence:
    """What `candidates`, best first, are worth as evidence; without any the probability is 0.

    `join` weighs what a reader says of them beside `model`, where one has read them.
    """
    missing = _missing(terms, _supplied(candidates), lexicon)
    strange = _strange_names(terms, candidates[0].known if candidates else frozenset())
    return Evidence(
        probability=_probability(candidates, model, join),
        missing=tuple(missing),
        absent=tuple(
            text for text, words in missing.items() if all(not terms.counts.get(w.key) for w in words)
        ),
        strange=tuple(strange),
        threshold=threshold(read=join is not None),
    )


def evidence_features(candidates: Sequence[ScoredSentence]) -> dict[str, float]:
    """The first candidate's features, and "dense_best", the highest cosine of a sentence of its passage."""
    first = candidates[0]
    cosines = [one.features["dense"] for one in candidates if one.hit == first.hit]
    return {**first.features, "dense_best": max(cosines)}


def _probability(candidates: Sequence[ScoredSentence], model: Linear, join: Linear | None) -> float:
    if not candidates:
        return 0.0
    logit = model.score(evidence_features(candidates))
    if join is not None:
        logit = join.score(joined_evidence(candidates, logit))
    return 1 / (1 + math.exp(-logit))


def _supplied(candidates: Sequence[ScoredSentence]) -> Set[str]:
    """The keys of the words in the best candidates' passages, and of what is known of their articles."""
    return frozenset[str]().union(*(one.known for one in candidates[:_LOOKED_AT]))


def _missing(terms: Terms, known: Set[str], lexicon: Lexicon) -> dict[str, tuple[KeyedWord, ...]]:
    """What is missing, as the question writes it and in its order, each with the words that make it."""
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
