"""A text into its figures: values, units, and how exactly they are meant.

Per cent are not percentage points, miles not kilometres, the third not three. Figures in words and in digits
are the same figures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.language.numerals import ONES, ORDINALS, FigureSort, FigureToken, Value, tokens_of, value_at
from bot.language.words import word_file, word_set, words_of
from index.records import Span

Bound = Literal["exact", "about", "under", "over", "least", "most"]

_CURRENCIES = {"$": "dollar", "€": "euro", "£": "pound"}


def _bounds(place: str) -> tuple[tuple[str, Bound], ...]:
    """What words before or behind a figure make of it, longest first; "not more than" is "most"."""
    by_bound: Mapping[Bound, str] = word_file("figures", "en")[f"bounds_{place}"]
    told = [(words.strip(), bound) for bound, lists in by_bound.items() for words in lists.split("|")]
    return tuple(sorted(told, key=lambda one: -len(one[0].split())))


# A number that only names something: "Phase 3", "Game 5", "Category 1", "photo 7 of 16".
_LABELS = "|".join(words_of("figures", "labels"))
_LABELLED = re.compile(rf"(?:\b(?:{_LABELS})\.?\s+|[^\W\d_]-?|[^\W_]-|\b[A-Z]{{1,3}}\.|#)$")
_YEAR = re.compile(r"(?:19|20)\d\d")  # "the 2016 vote"; 2,016 has its comma
_IN_NAME = re.compile(r"(?:-[^\W\d_]-|[-–/:]\d|\s*[-–]\s*\d)")  # behind it: "Mar-a-Lago", "3-2", "10-33-41"
_UNTIL = re.compile(
    r"\s+(?:(?:month|week|day)s?\s+)?(?:to|through)\s+\d"
)  # behind it: "6 to 12", of which neither is a figure by itself
_SPREAD = re.compile(r"\d+(?:\s+(?:months?|weeks?|days?))?\s*(?:[-–/:]|\b(?:to|through)\b)\s*$")
_BEFORE, _AFTER = _bounds("before"), _bounds("after")
BOUND_WORDS = frozenset(word for words, _ in (*_BEFORE, *_AFTER) for word in words.split())


@dataclass(frozen=True)
class Quantity:
    """A figure at `text[start:end]`. `unit` is a measure ("percent", "kilometre"), `noun` what is counted."""

    text: str
    start: int
    end: int
    value: float
    sort: FigureSort = "count"
    unit: str | None = None
    noun: str | None = None
    bound: Bound = "exact"


def read_quantities(
    text: str, *, measures: Mapping[str, str], taken: Sequence[Span] = ()
) -> tuple[Quantity, ...]:
    """The figures of a text, in order, but for those within `taken`, which are dates.

    `measures` names the measure of each word for one, in lower case: {"kilometres": "kilometre"}.
    """
    words = tokens_of(text)
    found, at = [], 0
    while at < len(words):
        if any(span.start <= words[at].start < span.end for span in taken):
            at += 1
            continue
        value = value_at(words, at)
        if value is None:
            at += 1
            continue
        found.append(_quantity(text, words, at=at, value=value, measures=measures))
        at = value.end
    return tuple(found)


def is_count(text: str, one: Quantity) -> bool:
    """Whether a figure counts something; that of a name ("COP27"), a label, a range, a year does not."""
    before, after = text[max(0, one.start - 40) : one.start], text[one.end : one.end + 12]
    if _YEAR.fullmatch(one.text) and one.unit is None:
        return False
    return not (
        _LABELLED.search(before) or _IN_NAME.match(after) or _UNTIL.match(after) or _SPREAD.search(before)
    )


def _quantity(
    text: str, words: Sequence[FigureToken], *, at: int, value: Value, measures: Mapping[str, str]
) -> Quantity:
    """A value with its unit and bound from the words around it."""
    first, last = words[at], words[value.end - 1]
    unit = _CURRENCIES.get(words[at - 1].text) if at and words[at - 1].end == first.start else None
    noun = None
    for n in range(value.end, min(value.end + 4, len(words))):
        word = words[n]
        if word.text in "-–":
            continue
        if not (word.text[0].isalpha() or word.text == "%"):
            break
        measure = _measure(words, n, measures=measures)
        if measure and (unit is None or measure in ("percent", "point")):
            unit = measure
            break
        if word.low in _STOPS_NOUN:
            break
        if noun is None and (value.value == 1 or _is_plural(word, beside=n == value.end)):
            noun = word.low
        if unit:
            break
    start = first.start - (
        1 if unit in _CURRENCIES.values() and at and words[at - 1].text in _CURRENCIES else 0
    )
    if value.sort == "ordinal":
        unit = None  # "the first two weeks" are not the first week
    shown = text[start : last.end]
    return Quantity(
        shown, start, last.end, value.value, value.sort, unit, noun, _bound(words, at, end=value.end)
    )


_STOPS_NOUN = word_set("figures", "stops_noun")
_PLURALS = word_set("figures", "plurals")


def _is_plural(word: FigureToken, *, beside: bool) -> bool:
    """Whether a word may be what more than one are counted of: in "18,900 saw Rovers win" there is none."""
    if word.text[0].isupper() and not beside:
        return False
    return word.low in _PLURALS or (word.low.endswith("s") and word.low[-2:] not in ("ss", "us", "is", "'s"))


def _measure(words: Sequence[FigureToken], n: int, *, measures: Mapping[str, str]) -> str | None:
    low = words[n].low
    following = words[n + 1].low if n + 1 < len(words) else ""
    if low in ("%", "percent", "pct") or (low == "per" and following == "cent"):
        return "point" if following in ("points", "point") else "percent"
    if low == "percentage":
        return "point" if following.startswith("point") else "percent"
    if low == "second" and words[n - 1].low in ONES:
        return measures.get(low)
    return measures.get(low) if low not in ORDINALS else None


def _bound(words: Sequence[FigureToken], at: int, *, end: int) -> Bound:
    """How the words around a figure say that it is meant."""
    if at and words[at - 1].text in _CURRENCIES:
        at -= 1
    if at and words[at - 1].low in ("a", "an"):
        at -= 1
    before = " ".join(word.low for word in words[max(0, at - 3) : at])
    for phrase, bound in _BEFORE:
        if before == phrase or before.endswith(" " + phrase):
            return bound
    after = " ".join(word.low for word in words[end : end + 2])
    return next((bound for phrase, bound in _AFTER if after == phrase), "exact")
