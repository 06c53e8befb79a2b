"""A quotation and the words of an article into one form that can be compared code point by code point.

What that form sets aside is a list of steps, each with a name that is told where it was needed. Nothing else
is forgiven: a letter, a digit or a comma more is another text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Literal, get_args

from index.canonical import canonical
from index.storage.bodies import is_unspaced

SetAside = Literal[
    "unicode", "paragraphs", "marks", "dashes", "spaces", "ellipsis", "edges", "capital", "brackets"
]

MARKS = "\"'“”„‟«»‘’‚‛‹›′″`´"
_OPENING = "\"'“„«‘"
_DASHES = "-‐‑‒–—―−"
_DOTS = r"…|\.\s?\.\s?\."
# White space before a sign, from where it begins: from each later place on it would be read again in vain.
SPACE_BEFORE = r"(?:(?<!\s)\s++)?"
_JOINING = "'’‘‐‑-_&@"  # between letters: "can't", "non-violent"
_MONEY = "$€£¥#"
_STOPS = ".,;:"  # American style sets the comma of the sentence within the quotation marks


def _paragraphs(text: str) -> str:
    """Without the mark that opens each further paragraph of one quotation."""
    return re.sub(rf"(?<=[^\s{MARKS}])[^\S\n]*+\n\s*+[{_OPENING}]+", "\n", text)


def _marks(text: str) -> str:
    return re.sub(rf"[{MARKS}]+", "'", text)


def _dashes(text: str) -> str:
    return re.sub(rf"{SPACE_BEFORE}[{_DASHES}]+\s*", "-", text)


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
        rf"{SPACE_BEFORE}(?<![{_DASHES}])[{_DASHES}]++\s*+"
        if first == "-"
        else f"(?:{'|'.join(map(re.escape, sorted(either)))})"
    )
    return re.compile(begins + "".join(map(_sign, re.findall(" '|.", text[1:]))))


def _sign(letter: str) -> str:
    match letter:
        case "'":
            return f"[{MARKS}]++"
        case "-":
            return rf"\s*+[{_DASHES}]++\s*+"
        case "…":
            return rf"\s*+(?>{_DOTS})\s*+"
        case " ":
            return rf"(?>[^\S\n]*+\n\s*+[{_OPENING}]++|\s++)"
        case " '":
            return rf"\s++[{MARKS}]++"
        case _:
            return re.escape(letter)


def cuts(body: str, at: int) -> bool:
    """Whether a place begins or ends within a word or a number.

    "men" of "payment", "can" of "can't", "violent" of "non-violent", "5" of "1.5", "-5", "$5" and "5%".
    """
    if not 0 < at < len(body):
        return False
    before, after = body[at - 1], body[at]
    if before.isalnum() and after.isalnum():
        return not (is_unspaced(before) or is_unspaced(after))
    earlier, later = body[at - 2 : at - 1], body[at + 1 : at + 2]
    if before.isalnum() and (_joins(after) and later.isalnum()):
        return True
    if after.isalnum() and (_joins(before) and earlier.isalnum()):
        return True
    if before.isdigit():
        return after == "%" or (after in f".,:{_DASHES}" and later.isdigit())
    if not after.isdigit():
        return False
    return before in _MONEY or (
        earlier.isdigit()
        if before in ".,:"
        else before in _DASHES and (earlier.isdigit() or not earlier.isalnum())
    )


def _joins(letter: str) -> bool:
    """Whether a mark between two letters makes them one word."""
    return letter in _JOINING
