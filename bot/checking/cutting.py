"""A place in a body into whether it parts what belongs together: no quotation begins or ends there."""

from __future__ import annotations

import re
import unicodedata

from bot.checking.normal import DASHES
from bot.checking.quote import WHOLE_WORD, denies
from index.storage.bodies import is_unspaced

_JOINING = "'’‘‐‑-_&@"  # between letters: "can't", "non-violent"
_SIGNS = "#№"  # before a number, as signs of money and of reckoning are: "₹500", "<5", "±5"
_UNITS = "%‰°"
_MINUS = "−"  # no dash of a sentence: it is its number's also with a space between
_SPACES = " \xa0\u202f"
_TURNED = re.compile(r"(?<=\w)\s*(?:[?？؟⁇⁈]|[(\[](?P<aside>[^()\[\]\n]{1,40})[)\]])")


def cuts(body: str, at: int) -> bool:
    """Whether a place begins or ends within a word or a number.

    "men" of "payment", "can" of "can't", "violent" of "non-violent", "5" of "1.5", "-5", "− 5", "<5", "₹5"
    and "5 %". So does an end before what makes a question of the words, or the opposite: "It is full (not)".
    """
    if not 0 < at < len(body):
        return False
    if _turns(body, at):
        return True
    before, after = body[at - 1], body[at]
    if before.isalnum() and after.isalnum():
        return not (is_unspaced(before) or is_unspaced(after))
    earlier, later = body[at - 2 : at - 1], body[at + 1 : at + 2]
    if before.isalnum() and (_joins(after) and later.isalnum()):
        return True
    if after.isalnum() and (_joins(before) and earlier.isalnum()):
        return True
    if before.isdigit():
        return _is_measured(body[at : at + 3]) or (after in f".,:{DASHES}" and later.isdigit())
    if not after.isdigit():
        return False
    if before in _SPACES:
        return earlier == _MINUS
    return _is_sign(before) or (
        earlier.isdigit()
        if before in ".,:"
        else before in DASHES and (earlier.isdigit() or not earlier.isalnum())
    )


def _is_sign(letter: str) -> bool:
    """Whether what stands before or behind a number makes another of it."""
    return letter in _SIGNS or (unicodedata.category(letter) in ("Sc", "Sm") and letter != "|")


def _is_measured(after: str) -> bool:
    """Whether the first letters behind a number are its unit: "5%", "5 %", "5 €"; not "5 $3"."""
    unit, behind = after.lstrip(_SPACES)[:1], after.lstrip(_SPACES)[1:2]
    if not unit:
        return False
    return unit in _UNITS or (_is_sign(unit) and (unit == after[0] or not behind.isdigit()))


def _turns(body: str, at: int) -> bool:
    """Whether the words before a place are a question, or denied in brackets, by what follows."""
    found = _TURNED.match(body, at)
    aside = found["aside"] if found else ""
    return found is not None and (not aside or any(map(denies, WHOLE_WORD.findall(aside.lower()))))


def _joins(letter: str) -> bool:
    """Whether a mark between two letters makes them one word."""
    return letter in _JOINING
