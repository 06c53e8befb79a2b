"""A text into its figures: values, units, how exactly they are meant; and whether one holds another.

"Nearly 2 million" holds where the article has 1.9 million, "2 million" does not. Per cent are not percentage
points, miles not kilometres, the third not three. Figures in words and in digits are the same figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.verify.words import listed
from index.records import Span

Sort = Literal["count", "ordinal", "share", "vague"]
Bound = Literal["exact", "about", "under", "over", "least", "most"]

_TOKEN = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)?|[%$€£]|\S")
_ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SIZES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0,
    "mn": 1e6, "bn": 1e9, "tn": 1e12, "mln": 1e6, "bln": 1e9,
}  # fmt: skip
_LETTERS = {"k": 1e3, "m": 1e6, "b": 1e9, "bn": 1e9, "mn": 1e6, "tn": 1e12}  # "5m", written together
_VAGUE = {"dozens": 12.0, "scores": 20.0, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9}
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
_PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5,
"fifths": 5,
          "tenth": 10, "tenths": 10}  # fmt: skip
_TIMES = {"twice": 2.0, "double": 2.0, "doubled": 2.0, "triple": 3.0, "tripled": 3.0, "quadrupled": 4.0}
_CURRENCIES = {"$": "dollar", "€": "euro", "£": "pound"}

# What stands before a figure, longest first; "not more than" is "most".
_BEFORE: tuple[tuple[str, Bound], ...] = (
    ("no more than", "most"), ("not more than", "most"), ("no fewer than", "least"), ("no less than",
    "least"),
    ("not less than", "least"), ("a minimum of", "least"), ("a maximum of", "most"), ("as many as", "most"),
    ("as much as", "most"), ("more than", "over"), ("greater than", "over"), ("higher than", "over"),
    ("less than", "under"), ("fewer than", "under"), ("lower than", "under"), ("close to", "under"),
    ("just under", "under"), ("just over", "over"), ("at least", "least"), ("at most", "most"), ("up to",
    "most"),
    ("an estimated", "about"), ("in excess of", "over"), ("over", "over"), ("above", "over"), ("exceeding",
    "over"),
    ("exceeded", "over"), ("exceeds", "over"), ("beyond", "over"), ("nearly", "under"), ("almost", "under"),
    ("approaching", "under"), ("under", "under"), ("below", "under"), ("about", "about"), ("around", "about"),
    ("roughly", "about"), ("approximately", "about"), ("some", "about"), ("estimated", "about"), ("circa",
    "about"),
    ("topped", "over"),
)  # fmt: skip
_AFTER: tuple[tuple[str, Bound], ...] = (
    ("or more", "least"), ("or so", "about"), ("or less", "most"), ("or fewer", "most"), ("or thereabouts",
    "about"),
)  # fmt: skip

# How far a rounded figure may be from the true one: "nearly 2 million" for 1.9 million is off by 5 %.
_ROUNDED: Mapping[Bound, float] = {
    "about": 0.06,
    "under": 0.08,
    "over": 0.12,
    "least": 0.15,
    "most": 0.15,
    "exact": 0.0,
}


@dataclass(frozen=True)
class Quantity:
    """A figure at `text[start:end]`. `unit` is a measure ("percent", "kilometre"), `noun` what is counted."""

    text: str
    start: int
    end: int
    value: float
    sort: Sort = "count"
    unit: str | None = None
    noun: str | None = None
    bound: Bound = "exact"


class _Token(NamedTuple):
    text: str
    low: str
    start: int
    end: int


class _Value(NamedTuple):
    value: float
    sort: Sort
    end: int  # the place after its last token


def read_quantities(
    text: str, *, measures: Mapping[str, str], taken: Sequence[Span] = ()
) -> tuple[Quantity, ...]:
    """The figures of a text, in order, but for those within `taken`, which are dates.

    `measures` names the measure of each word for one, in lower case: {"kilometres": "kilometre"}.
    """
    words = [_Token(m[0], m[0].lower().replace("’", "'"), *m.span()) for m in _TOKEN.finditer(text)]
    found, at = [], 0
    while at < len(words):
        if any(span.start <= words[at].start < span.end for span in taken):
            at += 1
            continue
        value = _value(words, at, text)
        if value is None:
            at += 1
            continue
        found.append(_quantity(text, words, at, value, measures))
        at = value.end
    return tuple(found)


def _quantity(
    text: str, words: Sequence[_Token], at: int, value: _Value, measures: Mapping[str, str]
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


_STOPS_NOUN = frozenset(
    listed(
        "of in on at to for from with by as and or but than that which who was were is are be been had "
        "has have"
    )
)


def _measure(words: Sequence[_Token], n: int, measures: Mapping[str, str]) -> str | None:
    low = words[n].low
    following = words[n + 1].low if n + 1 < len(words) else ""
    if low in ("%", "percent", "pct") or (low == "per" and following == "cent"):
        return "point" if following in ("points", "point") else "percent"
    if low == "percentage":
        return "point" if following.startswith("point") else "percent"
    if low == "second" and words[n - 1].low in _ONES:
        return measures.get(low)
    return measures.get(low) if low not in _ORDINALS else None


def _bound(words: Sequence[_Token], at: int, end: int) -> Bound:
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


def _value(words: Sequence[_Token], at: int, text: str) -> _Value | None:
    """The figure that begins at a token, if one does."""
    word = words[at]
    if word.text[0].isdecimal():  # "²" and "½" are digits and no numbers
        return _digits(words, at)
    if word.low in _VAGUE and not (at and words[at - 1].text[0].isdigit()):
        return _Value(_VAGUE[word.low], "vague", at + 1)
    if word.low in _TIMES:
        return _Value(_TIMES[word.low], "share", at + 1)
    if word.low in ("half", "halves") or (word.low in _PARTS and _is_part(words, at)):
        return _half(words, at)
    if word.low in _ORDINALS and not (word.low == "second" and at and words[at - 1].low in ("a", "per")):
        return _Value(_ORDINALS[word.low], "ordinal", at + 1)
    if word.low in ("a", "an"):
        if at + 1 < len(words) and words[at + 1].low in (
            "hundred",
            "thousand",
            "million",
            "billion",
            "dozen",
        ):
            return _written(words, at, one=True)
        return None
    return _written(words, at) if word.low in _ONES or word.low == "dozen" else None


def _is_part(words: Sequence[_Token], at: int) -> bool:
    before = words[at - 1].low if at else ""
    following = words[at + 1].low if at + 1 < len(words) else ""
    return before in ("a", "one") and following == "of"


def _half(words: Sequence[_Token], at: int) -> _Value:
    """The value of "half" or "a third of"; "half a million" is 500,000."""
    value = 1 / _PARTS[words[at].low]
    rest = [word.low for word in words[at + 1 : at + 3]]
    if len(rest) == 2 and rest[0] in ("a", "an") and rest[1] in _SIZES:
        return _Value(value * _SIZES[rest[1]], "count", at + 3)
    return _Value(value, "share", at + 1)


def _digits(words: Sequence[_Token], at: int) -> _Value:
    value, end = float(words[at].text.replace(",", "")), at + 1
    if end < len(words) and words[end].start == words[at].end:
        if words[end].low in ("st", "nd", "rd", "th"):
            return _Value(value, "ordinal", end + 1)
        if words[end].low in _LETTERS:
            return _Value(value * _LETTERS[words[end].low], "count", end + 1)
    return _sized(words, end, value)


def _sized(words: Sequence[_Token], end: int, value: float) -> _Value:
    """A value with "million" after it, or "2-million"."""
    while end < len(words):
        step = end + 1 if words[end].text == "-" and end + 1 < len(words) else end
        if words[step].low not in _SIZES:
            break
        value, end = value * _SIZES[words[step].low], step + 1
    return _Value(value, "count", end)


def _written(words: Sequence[_Token], at: int, *, one: bool = False) -> _Value:
    """A figure in words: "two hundred and five thousand", "twenty-one", "two-thirds"."""
    total, current, end = 0.0, (1.0 if one else 0.0), at + (1 if one else 0)
    if words[end].low == "dozen" and not one:
        return _Value(12.0, "count", end + 1)
    while end < len(words):
        low = words[end].low
        if low in _ONES and (end == at or current == 0 or _fits(current, _ONES[low])):
            current += _ONES[low]
        elif low in _SIZES and (current or total):
            factor = _SIZES[low]
            current *= factor
            if factor >= 1e3:
                total, current = total + current, 0.0
        elif low in ("and", "-") and _goes_on(words, end, current, total):
            pass
        else:
            break
        end += 1
    if end < len(words) and words[end].low in _PARTS and words[end].low.endswith("s") and end - at <= 2:
        return _Value((total + current) / _PARTS[words[end].low], "share", end + 1)
    if end + 1 < len(words) and words[end].text == "-" and words[end + 1].low in _PARTS:
        return _Value((total + current) / _PARTS[words[end + 1].low], "share", end + 2)
    if end + 1 < len(words) and words[end].text == "-" and words[end + 1].low in _ORDINALS:
        return _Value(total + current + _ORDINALS[words[end + 1].low], "ordinal", end + 2)
    return _Value(total + current, "count", end)


def _fits(current: float, ones: int) -> bool:
    """Whether the next word fills a place that is still free: 20 and 5, 300 and 40."""
    return (current % 100 == 0 and current >= 100) or (
        current % 10 == 0 and current % 100 >= 20 and ones < 10
    )


def _goes_on(words: Sequence[_Token], end: int, current: float, total: float) -> bool:
    following = words[end + 1].low if end + 1 < len(words) else ""
    if words[end].text == "-":
        joined = words[end + 1].start == words[end].end if end + 1 < len(words) else False
        return joined and (following in _SIZES or (following in _ONES and _fits(current, _ONES[following])))
    big = current >= 100 or (total > 0 and current == 0)
    return big and following in _ONES and (current % 100 == 0)


def holding(said: Quantity, there: Iterable[Quantity]) -> Quantity | None:
    """The figure of the article that a draft's figure truly gives; None if there is none."""
    return next((one for one in there if _holds(said, one)), None)


def nearest(said: Quantity, there: Sequence[Quantity]) -> Quantity | None:
    """The figure that was probably meant: of the same unit or noun, else the nearest in value."""
    alike = [one for one in there if one.sort == said.sort and (one.unit, one.noun) == (said.unit, said.noun)]
    alike = alike or [one for one in there if one.unit == said.unit] or list(there)
    return min(alike, key=lambda one: abs(one.value - said.value), default=None)


def _holds(said: Quantity, there: Quantity) -> bool:
    if not _same_unit(said, there):
        return False
    if there.sort == "vague" or said.sort == "vague":
        return _holds_vaguely(said, there)
    mine, theirs = said.value, there.value
    if said.unit == "percent" and there.sort == "share":
        theirs *= 100
    if there.unit == "percent" and said.sort == "share":
        theirs /= 100
    if said.sort == "share" and there.unit == "percent" and abs(mine - theirs) < 0.008:
        return True  # "two thirds" for 67 per cent
    return _same_size(mine, said.bound, theirs, there.bound)


def _same_unit(said: Quantity, there: Quantity) -> bool:
    shares = {said.sort, there.sort} == {"share", "count"} and "percent" in (said.unit, there.unit)
    if shares:
        return said.unit in (None, "percent") and there.unit in (None, "percent")
    if (said.sort == "ordinal") != (there.sort == "ordinal"):
        return False
    if (said.sort == "share") != (there.sort == "share"):
        return False
    return said.unit == there.unit


def _same_size(mine: float, said: Bound, theirs: float, there: Bound) -> bool:
    same = abs(mine - theirs) <= 1e-9 * max(abs(mine), abs(theirs), 1.0)
    if there != "exact":
        return same and (said == "about" or _side(said) == _side(there))
    if same:
        return said in ("exact", "about", "least", "most")
    off = abs(mine - theirs) / max(abs(theirs), 1e-9)
    if off > _ROUNDED[said]:
        return False
    return said == "about" or (mine > theirs if said in ("under", "most") else mine < theirs)


def _side(bound: Bound) -> str:
    return {"over": "over", "least": "over", "under": "under", "most": "under"}.get(bound, bound)


# What a vague figure may stand for: "dozens" from 24 to 99.
_SPANS = {
    12.0: (24, 100),
    20.0: (40, 200),
    1e2: (200, 1000),
    1e3: (2000, 1e6),
    1e6: (2e6, 1e9),
    1e9: (2e9, 1e12),
}


def _holds_vaguely(said: Quantity, there: Quantity) -> bool:
    if said.sort == there.sort:
        return said.value == there.value
    if there.sort == "vague":
        return False
    low, high = _SPANS[said.value]
    return low <= there.value < high
