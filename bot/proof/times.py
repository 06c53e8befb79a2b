"""Words of a sentence into whether they say only when: "on Monday", "last week", "in October 2020"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.language.numerals import ONES
from bot.proof.carriers import Carriers
from bot.proof.tokens import SentenceWord

_YEAR = re.compile(r"(?:19|20)\d\d$")
_TURNED = frozenset(("last", "this", "next"))


def tells_when(words: Sequence[SentenceWord], start: int, end: int, *, lists: Carriers) -> bool:
    """Whether `words[start:end]` say only when, and nothing kept is dated by them or left without a half."""
    part = range(start, end)
    anchors = {n for n in part if is_anchor(words, n, lists=lists)}
    if not anchors or not all(n in anchors or _is_beside_anchor(words, n, lists=lists) for n in part):
        return False
    if _is_weekday_of_date(words, start, end, lists=lists):
        return True
    first, before = words[start], words[start - 1].low if start else ""
    bare = _YEAR.match(first.low) or first.low.isdigit()  # "1994 soldiers"
    # "by | 20 November", "at eight | on …"
    cut = before in lists.ties or before in ONES or before[:1].isdigit()
    return not bare and not cut and _is_only_time(words, start, end, lists=lists)


def is_anchor(words: Sequence[SentenceWord], at: int, *, lists: Carriers) -> bool:
    """Whether a word names a time by itself: a weekday, a month, a year, "today", "last | week"."""
    word = words[at]
    span = word.low in lists.spans and at > 0 and words[at - 1].low in _TURNED
    named = word.capital and (word.low in lists.months or word.low in lists.weekdays)
    return bool(named or span or word.low in lists.days or _YEAR.match(word.low))


def _is_beside_anchor(words: Sequence[SentenceWord], at: int, *, lists: Carriers) -> bool:
    """Whether a word stands beside such: "early", "morning", a day of a month."""
    low = words[at].low
    months = any(one.capital and one.low in lists.months for one in words[max(0, at - 1) : at + 2])
    return low in lists.times or (low.isdigit() and months)


def _is_weekday_of_date(words: Sequence[SentenceWord], start: int, end: int, *, lists: Carriers) -> bool:
    """The weekday beside its own date: "on | Monday, | 26 October"."""
    after = words[end : end + 1]
    dated = bool(after) and (after[0].low.isdigit() or after[0].low in lists.months)
    return end - start == 1 and words[start].low in lists.weekdays and dated


def _is_only_time(words: Sequence[SentenceWord], start: int, end: int, *, lists: Carriers) -> bool:
    """Whether no other time is told, which would be that of what this one dates: "in March, Berg – in May".

    What is told in a clause of its own has its own: "announced | on Sunday | that … on Monday".
    """
    others = [
        n
        for n, word in enumerate(words)
        if not start <= n < end and (word.low in lists.stretches or is_anchor(words, n, lists=lists))
    ]
    reported = end < len(words) and words[end].low == "that"
    return not others or (reported and min(others) > end)
