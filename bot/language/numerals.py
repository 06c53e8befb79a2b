"""The words of a text into the values of its figures: "two hundred and five", "2-million", "a third"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from bot.language.words import word_set, word_values

FigureSort = Literal["count", "ordinal", "share", "vague"]

_TOKEN = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)?|[%$€£]|\S")
ONES = word_values("figures", "ones")
_SIZES = word_values("figures", "sizes")
_LETTERS = word_values("figures", "letters")
_VAGUE = word_values("figures", "vague")
ORDINALS = word_values("figures", "ordinals")
_PARTS = word_values("figures", "parts")
_TIMES = word_values("figures", "times")
_SPELLS = word_set("figures", "spells")
_SO_MANY = 20  # "one in 20"; "six in 40" counts forty of something


class FigureToken(NamedTuple):
    """A word, number or mark at `text[start:end]`."""

    text: str
    low: str
    start: int
    end: int


class Value(NamedTuple):
    """A figure's value, and the place after its last token."""

    value: float
    sort: FigureSort
    end: int


def tokens_of(text: str) -> list[FigureToken]:
    """The words, numbers and marks of a text, in order."""
    return [FigureToken(m[0], m[0].lower().replace("’", "'"), *m.span()) for m in _TOKEN.finditer(text)]


def value_at(words: Sequence[FigureToken], at: int) -> Value | None:
    """The figure that begins at a token, if one does; "two in five" is a share."""
    value = _value_at(words, at)
    return (_in_so_many(words, value) or value) if value and value.sort == "count" else value


def _in_so_many(words: Sequence[FigureToken], few: Value) -> Value | None:
    """The share that "in five" or "out of ten" behind a figure makes of it; "two in five days" is none."""
    after = [word.low for word in words[few.end : few.end + 2]]
    at = few.end + (1 if after[:1] == ["in"] else 2 if after == ["out", "of"] else len(words))
    many = _value_at(words, at) if at < len(words) else None
    if many is None or many.sort != "count" or not few.value < many.value <= _SO_MANY:
        return None
    spell = many.end < len(words) and words[many.end].low in _SPELLS
    return None if spell else Value(few.value / many.value, "share", many.end)


def _value_at(words: Sequence[FigureToken], at: int) -> Value | None:
    word = words[at]
    if word.text[0].isdecimal():  # "²" and "½" are digits and no numbers
        return _digits(words, at)
    if word.low in _VAGUE and not (at and words[at - 1].text[0].isdigit()):
        return Value(_VAGUE[word.low], "vague", at + 1)
    if word.low in _TIMES:
        return Value(_TIMES[word.low], "share", at + 1)
    if word.low in ("half", "halves") or (word.low in _PARTS and _is_part(words, at)):
        return _half(words, at)
    if word.low in ORDINALS and not (word.low == "second" and at and words[at - 1].low in ("a", "per")):
        return Value(ORDINALS[word.low], "ordinal", at + 1)
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
    return _written(words, at) if word.low in ONES or word.low == "dozen" else None


def _is_part(words: Sequence[FigureToken], at: int) -> bool:
    before = words[at - 1].low if at else ""
    following = words[at + 1].low if at + 1 < len(words) else ""
    return before in ("a", "one") and following == "of"


def _half(words: Sequence[FigureToken], at: int) -> Value:
    """The value of "half" or "a third of"; "half a million" is 500,000."""
    value = 1 / _PARTS[words[at].low]
    rest = [word.low for word in words[at + 1 : at + 3]]
    if len(rest) == 2 and rest[0] in ("a", "an") and rest[1] in _SIZES:
        return Value(value * _SIZES[rest[1]], "count", at + 3)
    return Value(value, "share", at + 1)


def _digits(words: Sequence[FigureToken], at: int) -> Value:
    value, end = float(words[at].text.replace(",", "")), at + 1
    if end < len(words) and words[end].start == words[at].end:
        if words[end].low in ("st", "nd", "rd", "th"):
            return Value(value, "ordinal", end + 1)
        if words[end].low in _LETTERS:
            return Value(value * _LETTERS[words[end].low], "count", end + 1)
    return _sized(words, end, value=value)


def _sized(words: Sequence[FigureToken], end: int, *, value: float) -> Value:
    """A value with "million" after it, or "2-million"."""
    while end < len(words):
        step = end + 1 if words[end].text == "-" and end + 1 < len(words) else end
        if words[step].low not in _SIZES:
            break
        value, end = value * _SIZES[words[step].low], step + 1
    return Value(value, "count", end)


def _written(words: Sequence[FigureToken], at: int, *, one: bool = False) -> Value:
    """A figure in words: "two hundred and five thousand", "twenty-one", "two-thirds"."""
    total, current, end = 0.0, (1.0 if one else 0.0), at + (1 if one else 0)
    if words[end].low == "dozen" and not one:
        return Value(12.0, "count", end + 1)
    while end < len(words):
        low = words[end].low
        if low in ONES and (end == at or current == 0 or _fits(current, ONES[low])):
            current += ONES[low]
        elif low in _SIZES and (current or total):
            factor = _SIZES[low]
            current *= factor
            if factor >= 1e3:
                total, current = total + current, 0.0
        elif low in ("and", "-") and _goes_on(words, end, current=current, total=total):
            pass
        else:
            break
        end += 1
    if end < len(words) and words[end].low in _PARTS and words[end].low.endswith("s") and end - at <= 2:
        return Value((total + current) / _PARTS[words[end].low], "share", end + 1)
    if end + 1 < len(words) and words[end].text == "-" and words[end + 1].low in _PARTS:
        return Value((total + current) / _PARTS[words[end + 1].low], "share", end + 2)
    if end + 1 < len(words) and words[end].text == "-" and words[end + 1].low in ORDINALS:
        return Value(total + current + ORDINALS[words[end + 1].low], "ordinal", end + 2)
    return Value(total + current, "count", end)


def _fits(current: float, ones: float) -> bool:
    """Whether the next word fills a place that is still free: 20 and 5, 300 and 40."""
    return (current % 100 == 0 and current >= 100) or (
        current % 10 == 0 and current % 100 >= 20 and ones < 10
    )


def _goes_on(words: Sequence[FigureToken], end: int, *, current: float, total: float) -> bool:
    following = words[end + 1].low if end + 1 < len(words) else ""
    if words[end].text == "-":
        joined = words[end + 1].start == words[end].end if end + 1 < len(words) else False
        return joined and (following in _SIZES or (following in ONES and _fits(current, ONES[following])))
    big = current >= 100 or (total > 0 and current == 0)
    return big and following in ONES and (current % 100 == 0)
