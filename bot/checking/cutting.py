"""A place in a body into whether it parts what belongs together: no quotation begins or ends there."""

from __future__ import annotations

from bot.checking.normal import DASHES
from index.storage.bodies import is_unspaced

_JOINING = "'’‘‐‑-_&@"  # between letters: "can't", "non-violent"
_MONEY = "$€£¥#"


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
        return after == "%" or (after in f".,:{DASHES}" and later.isdigit())
    if not after.isdigit():
        return False
    return before in _MONEY or (
        earlier.isdigit()
        if before in ".,:"
        else before in DASHES and (earlier.isdigit() or not earlier.isalnum())
    )


def _joins(letter: str) -> bool:
    """Whether a mark between two letters makes them one word."""
    return letter in _JOINING
