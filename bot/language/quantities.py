"""A text into its figures: values, units, and how exactly they are meant.

Per cent are not percentage points, miles not kilometres, the third not three. Figures in words and in digits
are the same figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.language.numerals import ONES, ORDINALS, FigureSort, FigureToken, Value, tokens_of, value_at
from bot.language.words import word_file, word_set
from index.records import Span

Bound = Literal["exact", "about", "under", "over", "least", "most"]

_CURRENCIES = {"$": "dollar", "€": "euro", "£": "pound"}


def _bounds(place: str) -> tuple[tuple[str, Bound], ...]:
    """What words before or behind a figure make of it, longest first; "not more than" is "most"."""
    by_bound: Mapping[Bound, str] = word_file("figures", "en")[f"bounds_{place}"]
    told = [(words.strip(), bound) for bound, lists in by_bound.items() for words in lists.split("|")]
    return tuple(sorted(told, key=lambda one: -len(one[0].split())))


_BEFORE, _AFTER = _bounds("before"), _bounds("after")


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
        found.append(_quantity(text, words, at, value, measures))
        at = value.end
    return tuple(found)


def _quantity(
    text: str, words: Sequence[FigureToken], at: int, value: Value, measures: Mapping[str, str]
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
        measure = _measure(words, n, measures)
        if measure and (unit is None or measure in ("percent", "point")):
            unit = measure
            break
        if word.low in _STOPS_NOUN:
            break
        noun = noun or word.low
        if unit:
            break
    start = first.start - (
        1 if unit in _CURRENCIES.values() and at and words[at - 1].text in _CURRENCIES else 0
    )
    if value.sort == "ordinal":
        unit = None  # "the first two weeks" are not the first week
    shown = text[start : last.end]
    return Quantity(shown, start, last.end, value.value, value.sort, unit, noun, _bound(words, at, value.end))


_STOPS_NOUN = word_set("figures", "stops_noun")


def _measure(words: Sequence[FigureToken], n: int, measures: Mapping[str, str]) -> str | None:
    low = words[n].low
    following = words[n + 1].low if n + 1 < len(words) else ""
    if low in ("%", "percent", "pct") or (low == "per" and following == "cent"):
        return "point" if following in ("points", "point") else "percent"
    if low == "percentage":
        return "point" if following.startswith("point") else "percent"
    if low == "second" and words[n - 1].low in ONES:
        return measures.get(low)
    return measures.get(low) if low not in ORDINALS else None


def _bound(words: Sequence[FigureToken], at: int, end: int) -> Bound:
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
