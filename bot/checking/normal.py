"""A quotation and the words of an article into one form that can be compared code point by code point.

What that form sets aside is a list of steps, each with a name that is told where it was needed. Nothing else
is forgiven: a letter, a digit or a comma more is another text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Literal, get_args

from index.canonical import canonical

SetAside = Literal[
    "unicode", "paragraphs", "marks", "dashes", "spaces", "ellipsis", "edges", "capital", "brackets"
]

MARKS = "\"'“”„‟«»‘’‚‛‹›′″`´"
_OPENING = "\"'“„«‘"
DASHES = "-‐‑‒–—―−"
_DOTS = r"…|\.\s?\.\s?\."
# White space before a sign, from where it begins: from each later place on it would be read again in vain.
SPACE_BEFORE = r"(?:(?<!\s)\s++)?"
_STOPS = ".,;:"  # American style sets the comma of the sentence within the quotation marks


def _paragraphs(text: str) -> str:
    """Without the mark that opens each further paragraph of one quotation."""
    return re.sub(rf"(?<=[^\s{MARKS}])[^\S\n]*+\n\s*+[{_OPENING}]+", "\n", text)


def _marks(text: str) -> str:
    return re.sub(rf"[{MARKS}]+", "'", text)


def _dashes(text: str) -> str:
    return re.sub(rf"{SPACE_BEFORE}[{DASHES}]+\s*", "-", text)


def _spaces(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _ellipsis(text: str) -> str:
    return re.sub(rf"{SPACE_BEFORE}(?:{_DOTS})\s*", "…", text)


def _edges(text: str) -> str:
    """Without what stands around the words, and the stop that may have been put at their end."""
    text = _without_start(_without_start(text)[::-1])[::-1]  # the end is read backwards, too: it begins once
    return text.rstrip(_STOPS + MARKS + " \n\t").strip()


def _without_start(text: str) -> str:
    return re.sub(rf"^(?:[\s{MARKS}]|{_DOTS})+", "", text)


def _capital(text: str) -> str:
    """The first letter small: a quotation may begin a sentence that goes on in the article."""
    return text[:1].lower() + text[1:]


# In this order; what may be set aside of brackets is told by `bot.checking.quote`.
_STEPS: Mapping[SetAside, Callable[[str], str]] = {
    "unicode": canonical,
    "edges": _edges,
    "paragraphs": _paragraphs,
    "marks": _marks,
    "dashes": _dashes,
    "ellipsis": _ellipsis,
    "spaces": _spaces,
    "capital": _capital,
}
NAMES: tuple[SetAside, ...] = get_args(SetAside)
_FORMS: tuple[frozenset[SetAside], ...] = (frozenset({"paragraphs"}), frozenset())


def normal(text: str, *, without: Collection[SetAside] = ()) -> str:
    """The form that is compared; `without` some of the steps."""
    for name, step in _STEPS.items():
        if name not in without:
            text = step(text)
    return text


def is_same(words: str, other: str) -> bool:
    """Whether two texts are of one form, with or without the marks that open paragraphs."""
    return any(normal(words, without=one) == normal(other, without=one) for one in _FORMS)


def set_aside(words: str, other: str) -> tuple[SetAside, ...]:
    """The steps without which two texts of one form would differ."""
    form = next(one for one in _FORMS if normal(words, without=one) == normal(other, without=one))
    kept = [name for name in _STEPS if name not in form]
    return tuple(
        name for name in kept if normal(words, without={*form, name}) != normal(other, without={*form, name})
    )


def pattern(words: str) -> re.Pattern[str]:
    """What finds the places in a body whose form may be that of some words.

    Each sign takes all that is its own, as in the form, and gives none back: twenty dashes in a row could be
    shared among ten of the words in 90,000 ways.
    """
    text = normal(words)
    first = text[:1]
    either = {first, first.upper()} if len(first.upper()) == 1 else {first}
    begins = (
        rf"{SPACE_BEFORE}(?<![{DASHES}])[{DASHES}]++\s*+"
        if first == "-"
        else f"(?:{'|'.join(map(re.escape, sorted(either)))})"
    )
    return re.compile(begins + "".join(map(_sign, re.findall(" '|.", text[1:]))))


def _sign(letter: str) -> str:
    match letter:
        case "'":
            return f"[{MARKS}]++"
        case "-":
            return rf"\s*+[{DASHES}]++\s*+"
        case "…":
            return rf"\s*+(?>{_DOTS})\s*+"
        case " ":
            return rf"(?>[^\S\n]*+\n\s*+[{_OPENING}]++|\s++)"
        case " '":
            return rf"\s++[{MARKS}]++"
        case _:
            return re.escape(letter)
