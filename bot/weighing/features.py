"""A question and a sentence into numbers, about 0 to 1, that tell whether the one answers the other."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from bot.language.lexicon import KeyedWord, Lexicon
from bot.weighing.terms import Terms, is_year

# How far a question's word still lends weight to a possible answer: 1/e at this many words.
_NEARBY = 6.0

# How many words at the start of a sentence may refer back to the one before it.
_OPENING = 5

_MARKS = frozenset('"“”„«»')

_PRONOUNS = frozenset(
    ("he", "she", "it", "they", "this", "these", "those", "his", "her", "their", "its", "such")
)


@dataclass(frozen=True)
class ReadSentence:
    """A sentence as it is compared: its words, and at which places of them each key stands."""

    words: tuple[KeyedWord, ...]
    places: Mapping[str, tuple[int, ...]]
    negated: bool
    quotes: bool  # it holds a quotation mark

    @property
    def keys(self) -> Set[str]:
        """The keys of its words."""
        return self.places.keys()


@dataclass(frozen=True)
class Surroundings:
    """Which of a question's keys else may supply it: what stands before in the passage, and all of it.

    Both include what is known of the article, such as its title.
    `previous` are those in the sentence right before; None for the first, and after one without words.
    """

    before: Set[str]
    passage: Set[str]
    previous: Set[str] | None


def read_sentence(text: str, lexicon: Lexicon) -> ReadSentence:
    """A sentence's words and where they stand."""
    words = lexicon.read(text)
    places: dict[str, list[int]] = {}
    for n, word in enumerate(words):
        places.setdefault(word.key, []).append(n)
    negated = not lexicon.negations.isdisjoint([word.low for word in words])
    quotes = any(mark in text for mark in _MARKS)
    return ReadSentence(words, {key: tuple(ns) for key, ns in places.items()}, negated, quotes)


def coverage(terms: Terms, words: Sequence[KeyedWord], keys: Set[str]) -> float:
    """The weight of the words whose keys are there, as a part of the weight of all; 1 without words."""
    total = found = 0.0
    for word in words:
        weight = terms.weights[word.key]
        total += weight
        if word.key in keys:
            found += weight
    return found / total if total else 1.0


def compare(terms: Terms, sentence: ReadSentence, around: Surroundings, lexicon: Lexicon) -> dict[str, float]:
    """The features of one sentence, by name, always the same names in the same order."""
    return {
        **_coverages(terms, sentence, around),
        **_missing(terms, sentence, around),
        **_contradictions(terms, sentence, lexicon),
        **_order(terms, sentence),
        **_answers(terms, sentence, lexicon),
        **_shape(terms, sentence),
        **_sequel(terms, sentence, around),
    }


def _coverages(terms: Terms, sentence: ReadSentence, around: Surroundings) -> dict[str, float]:
    """How much of the question stands in the sentence, in it and what stands before, in its passage."""
    keys = terms.keys & sentence.keys
    context = keys | around.before
    core, names = terms.core, terms.named
    present = [word for word in terms.content if word.key in keys]
    return {
        "covered": coverage(terms, terms.content, keys),
        "covered_core": coverage(terms, core, keys),
        "covered_focus": coverage(terms, terms.focus, keys),
        "covered_words": len(present) / max(1, len(terms.content)),
        "covered_roughly": _roughly(terms, sentence),
        "covered_context": coverage(terms, terms.content, context),
        "covered_core_context": coverage(terms, core, context),
        "covered_passage": coverage(terms, terms.content, around.passage),
        "names": coverage(terms, names, keys),
        "names_context": coverage(terms, names, context),
        "names_passage": coverage(terms, names, around.passage),
        "numbers": coverage(terms, terms.numbers, keys),
        "numbers_context": coverage(terms, terms.numbers, context),
        "numbers_passage": coverage(terms, terms.numbers, around.passage),
        "dates": coverage(terms, terms.dates, keys),
    }


def _roughly(terms: Terms, sentence: ReadSentence) -> float:
    """The coverage where words of one beginning count as the same: "nominat-ed" and "nominat-ion"."""
    beginnings = {key[:5] for key in sentence.keys if len(key) >= 5}
    near = [
        w for w in terms.content if w.key in sentence.keys or (len(w.key) >= 5 and w.key[:5] in beginnings)
    ]
    return terms.weight(near) / (terms.weight(terms.content) or 1.0)


def _missing(terms: Terms, sentence: ReadSentence, around: Surroundings) -> dict[str, float]:
    """The rarest words of the question that are not there."""
    weights = sorted(
        (terms.weights[w.key] for w in terms.content if w.key not in sentence.keys), reverse=True
    )
    elsewhere = [terms.weights[w.key] for w in terms.content if w.key not in around.passage]
    return {
        "missing_rarest": weights[0] if weights else 0.0,
        "missing_second": weights[1] if len(weights) > 1 else 0.0,
        "missing_count": min(len(weights), 8) / 4,
        "missing_passage": max(elsewhere, default=0.0),
    }


def _contradictions(terms: Terms, sentence: ReadSentence, lexicon: Lexicon) -> dict[str, float]:
    """What a near miss has: a negation on one side, an opposite, another modifier or number."""
    keys = sentence.keys
    absent = [word for word in terms.content if word.key not in keys]
    asked = terms.asked
    return {
        "negation_asked": float(terms.negated and not sentence.negated),
        "negation_said": float(sentence.negated and not terms.negated),
        "opposite": float(any(_opposed(word, keys, asked, lexicon) for word in absent)),
        "other_modifier": _other_modifier(terms, sentence),
        "other_number": float(
            any(w.number for w in absent) and any(w.number and w.key not in asked for w in sentence.words)
        ),
        "superlative_missing": float(any(word.low in lexicon.superlatives for word in absent)),
    }


def _opposed(word: KeyedWord, keys: Set[str], asked: Set[str], lexicon: Lexicon) -> bool:
    """Whether the sentence has a word's opposite: "fall" for "rise", "unstable" for "stable"."""
    if any(other in keys and other not in asked for other in lexicon.opposites.get(word.key, ())):
        return True
    for prefix in lexicon.prefixes:
        if prefix + word.key in keys:
            return True
        if (
            word.key.startswith(prefix)
            and len(word.key) >= len(prefix) + 4
            and word.key[len(prefix) :] in keys
        ):
            return True
    return False


def _other_modifier(terms: Terms, sentence: ReadSentence) -> float:
    """The greatest weight of a word in whose place another stands: "red cross" asked, "green cross" said."""
    worst = 0.0
    for one, head in pairwise(terms.words):
        if one.plain or head.plain or one.key in sentence.places or head.key not in terms.weights:
            continue
        for place in sentence.places.get(head.key, ()):
            before = sentence.words[place - 1] if place else None
            if before is not None and not before.plain and before.key not in terms.weights:
                worst = max(worst, terms.weights.get(one.key, 0.0))
    return worst


def _order(terms: Terms, sentence: ReadSentence) -> dict[str, float]:
    """Whether the question's words stand together as they do in the question."""
    adjacent = near = reversed_ = total = 0.0
    for one, other in pairwise(terms.content):
        weight = terms.weights[one.key] + terms.weights[other.key]
        total += weight
        gaps = [b - a for a in sentence.places.get(one.key, ()) for b in sentence.places.get(other.key, ())]
        if gaps:
            least = min(abs(gap) for gap in gaps)
            adjacent += weight * (least <= 1)
            near += weight * (least <= 3)
            reversed_ += weight * (least <= 2 and all(gap < 0 for gap in gaps))
    total = total or 1.0
    return {
        "pairs_adjacent": adjacent / total,
        "pairs_near": near / total,
        "pairs_reversed": reversed_ / total,
        "longest_run": min(_longest_run(terms, sentence), 5) / 5,
    }


def _longest_run(terms: Terms, sentence: ReadSentence) -> int:
    """How many words of the question stand one after another in the sentence too; a lone one is none."""
    longest = 1
    said: dict[str, list[int]] = {}
    for n, word in enumerate(sentence.words):
        said.setdefault(word.low, []).append(n)
    ending: dict[int, int] = {}  # how long the run is that ends at a place, for the word asked before
    for word in terms.words:
        ending = {n: ending.get(n - 1, 0) + 1 for n in said.get(word.low, ())}
        longest = max(longest, *ending.values(), 0)
    return longest if longest > 1 else 0


def _answers(terms: Terms, sentence: ReadSentence, lexicon: Lexicon) -> dict[str, float]:
    """Whether something of the kind asked for is there, new to the question, and how near its words."""
    places = answer_places(terms, sentence, lexicon)
    focus = [place for word in terms.focus for place in sentence.places.get(word.key, ())]
    beside = any(abs(place - other) <= 3 for place in focus for other in places)
    return {
        "answer_there": float(bool(places)),
        "answer_count": math.log1p(len(places)) / 3,
        "answer_near": _nearness(terms, sentence, places),
        "answer_by_focus": float(beside),
        "reason_there": float(
            terms.kind == "reason" and any(key in lexicon.reasons for key in sentence.keys)
        ),
        "quote_there": float(terms.kind == "quote" and sentence.quotes),
    }


def answer_places(terms: Terms, sentence: ReadSentence, lexicon: Lexicon) -> list[int]:
    """At which places of the sentence something of the kind asked for stands that is not in the question."""
    asked = terms.asked
    return [
        n
        for n, word in enumerate(sentence.words)
        if word.key not in asked and _is_of_kind(word, terms, lexicon)
    ]


def _is_of_kind(word: KeyedWord, terms: Terms, lexicon: Lexicon) -> bool:
    if terms.kind == "number":
        return word.number and not is_year(word)
    if terms.kind == "date":
        return is_year(word) or word.key in lexicon.months or word.key in lexicon.times
    if terms.kind in ("person", "place", "organisation"):
        return word.name and not word.plain
    return not word.plain


def _nearness(terms: Terms, sentence: ReadSentence, places: Sequence[int]) -> float:
    """The largest part of the question's weight near a possible answer; words fade with distance."""
    spots = [
        (terms.weights[w.key], sentence.places[w.key]) for w in terms.content if w.key in sentence.places
    ]
    total = terms.weight(terms.content)
    if not spots or not total:
        return 0.0
    return max(
        (
            sum(weight * math.exp(-min(abs(n - at) for at in ats) / _NEARBY) for weight, ats in spots) / total
            for n in places
        ),
        default=0.0,
    )


def _shape(terms: Terms, sentence: ReadSentence) -> dict[str, float]:
    """The sentence by itself."""
    asked = terms.asked
    new = sum(word.name and not word.plain and word.key not in asked for word in sentence.words)
    first = sentence.words[0].low if sentence.words else ""
    return {
        "length": math.log1p(len(sentence.words)) / 4,
        "new_names": new / max(1, len(sentence.words)),
        "pronoun_first": float(first in _PRONOUNS),
    }


def _sequel(terms: Terms, sentence: ReadSentence, around: Surroundings) -> dict[str, float]:
    """How much the sentence right before covers, where this one refers to it: "This was due to …"."""
    opening = sentence.words[:_OPENING]
    refers = any(word.low in _PRONOUNS for word in opening)
    previous, core = around.previous, terms.core
    before = coverage(terms, core, previous) if previous is not None else 0.0
    both = coverage(terms, core, (previous or frozenset()) | (terms.keys & sentence.keys))
    return {
        "refers_back": float(refers),
        "previous_covered": before,
        "refers_to_covered": before * refers,
        "both_covered": both,
        "refers_both_covered": both * refers,
    }
