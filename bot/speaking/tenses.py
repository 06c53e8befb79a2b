"""Words of a sentence into the tense of their first verb, by its form."""

from __future__ import annotations

from typing import Literal

from bot.language.words import word_set
from bot.speaking.phrases import Phrase

# What is reported stands in these after "said": "said that jobs would go".
BACKSHIFTED = word_set("tense", "backshifted")
_PRESENT = (word_set("tense", "present") | word_set("tense", "present_auxiliaries")) - BACKSHIFTED
_PAST, _NOT_PAST = (word_set("tense", "past") | {"did"}) - {"since"}, word_set("tense", "not_past")
_NOT_BEFORE_VERBS = frozenset(("a", "an", "the", "its", "his", "her", "their", "of", "for", "by", "to"))

VerbForm = Literal["backshifted", "present", "past"]


def first_tense(words: Phrase) -> VerbForm | None:
    """The tense of the first verb among words; None without any."""
    for at, word in enumerate(words):
        if word.quoted or word.capital or (at and words[at - 1].low in _NOT_BEFORE_VERBS):
            continue
        if word.low in BACKSHIFTED:
            return "backshifted"
        if word.low in _PRESENT:
            return "present"
        if word.low in _PAST or (word.low.endswith("ed") and word.low not in _NOT_PAST):
            return "past"
    return None
