"""A text into its figures as copies are compared by them: "1,400" is "1400", "thirty-one" is "31"."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"\d[\d,.]*\d(?!\d|s\b)|\d(?!\d|s\b)")
_ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = re.compile(rf"\b(?:({'|'.join(_TENS)})(?:-({'|'.join(_ONES[:9])}))?|({'|'.join(_ONES[2:])}))\b")


def figures_of(text: str) -> frozenset[str]:
    """The figures of a text as digits, those in words as well, but "one" and "two" and decades ("70s")."""
    words = {_value(*found.groups("")) for found in _WORDS.finditer(text.lower())}
    return frozenset(words.union(one.replace(",", "") for one in _DIGITS.findall(text)))


def _value(tens: str, ones: str, alone: str) -> str:
    units = {word: n for n, word in enumerate(_ONES, 1)}
    return str(20 + 10 * _TENS.index(tens) + units.get(ones, 0) if tens else units[alone])
