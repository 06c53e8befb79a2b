"""Which part of a sentence is a speaker's: all of it, or a clause beside what the outlet says itself.

"The plan, which he called a disgrace, passes today", "He said it would cut jobs, and the plant closed in
2019": who is told that all of it is his is misled.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.language.words import word_set
from bot.speaking.phrases import Phrase
from bot.speaking.records import Attribution
from bot.speaking.speech import ADVERBS, PREPOSITIONS, PRONOUNS, TIMES
from bot.speaking.tenses import BACKSHIFTED, first_tense
from bot.speaking.verbs import SAYING_VERBS

_RELATIVES = frozenset(("that", "which", "what", "who", "whom", "whose"))
_OF_CIRCUMSTANCES = word_set("speech", "before_circumstances")
_VERDICTS = word_set("speech", "verdicts")
_JOINING = word_set("speech", "joining")
_CONCEDING, _OPENING = frozenset(("though", "although")), frozenset(("though", "although", "while"))
_TURNING = frozenset(("even", "though", "although", "but"))
_YEAR = re.compile(r"(?:19|20)\d\d")
_STOPS = frozenset(":;—–")
_BEFORE_VERBS = ADVERBS | {"has", "have", "had"}
_ABOUT_TIME = PREPOSITIONS | TIMES | ADVERBS


def scoped(sentence: Phrase, one: Attribution) -> Attribution:
    """An attribution with how much it covers: behind "which" a clause, behind "when" what is quoted there."""
    at = _first(sentence, one)
    before = sentence[at - 1].low if at and one.place != "aside" else ""
    if before in _OF_CIRCUMSTANCES:
        return replace(one, scope="quotation")
    if _is_who(sentence, one):
        return replace(one, scope="clause")
    if before not in _RELATIVES:
        return one
    reported = sentence[at - 2].low in SAYING_VERBS or sentence[at - 2].text == "," if at > 1 else False
    return one if reported and before == "that" else replace(one, scope="clause")


def _is_who(sentence: Phrase, one: Attribution) -> bool:
    """Whether a clause about somebody says that they say it: "Lund, | who has said that …, | resigned"."""
    words = [word for word in sentence if one.span.start <= word.start < one.span.end]
    who = next((n for n, word in enumerate(words) if word.low == "who"), None)
    return who is not None and all(word.low in _BEFORE_VERBS for word in words[who + 1 : -1])


def leaves_some(sentence: Phrase, attributed: Sequence[Attribution]) -> bool:
    """Whether a sentence that is attributed as a whole has, beside that, a clause of the outlet's own."""
    first, last = attributed[0], attributed[-1]
    return _judged(sentence, first) or _before(sentence, first) or _after(sentence, last)


def _judged(sentence: Phrase, one: Attribution) -> bool:
    """Whether the outlet judges what is said: "has falsely claimed that"."""
    return any(word.low in _VERDICTS for word in sentence if one.span.start <= word.start < one.span.end)


def _before(sentence: Phrase, one: Attribution) -> bool:
    """Whether a clause stands before, and is joined: "The bird is still there, but | according to Musk,"."""
    at = _first(sentence, one)
    while at and (sentence[at - 1].text == "," or sentence[at - 1].low in _ABOUT_TIME):
        at -= 1
    if at == 0 or one.place == "closing":
        return False
    joined = sentence[at - 1].low in _JOINING or sentence[at - 1].text in _STOPS
    return joined and first_tense(sentence[: at - 1]) is not None


def _after(sentence: Phrase, one: Attribution) -> bool:
    """Whether a clause follows that its tense shows to be no part of what is said."""
    at = _first(sentence, one)
    end = next((n for n, word in enumerate(sentence) if word.start >= one.span.end), len(sentence))
    opening = sentence[0].low in _OPENING and at == 1
    for n in range(end, len(sentence) - 1):
        following = sentence[n + 1 :]
        turning = following[0].low in _TURNING and sentence[n].quoted
        if not (sentence[n].text == "," or sentence[n].stop == "," or turning):
            continue
        if following[0].low == "even":
            following = following[1:]
        told = sentence[end : n + 1] if one.place == "opening" else sentence[:at]
        if opening or (following and following[0].low in _JOINING):
            clause = following if opening else following[1:]
            if following[0].low == "and" and clause and clause[0].low in PRONOUNS:
                return False  # "said the plan had failed, and he has no other"
            return _is_own(clause, told=told, conceding=opening or following[0].low in _CONCEDING)
    return False


def _is_own(clause: Phrase, *, told: Phrase, conceding: bool) -> bool:
    """Whether a clause beside what is told is the outlet's: "would … , and the plant closed"."""
    if not clause or clause[0].low in ("that", "also"):
        return False
    tense = first_tense(clause)
    if tense is None or tense == "backshifted":
        return False
    if conceding or all(word.quoted or not word.text[0].isalnum() for word in told):
        return True
    backshifted = any(word.low in BACKSHIFTED for word in told)
    dated = any(_YEAR.fullmatch(word.text) for word in clause)  # reported, it would be "had closed in 2019"
    return backshifted or (tense == "past" and (dated or first_tense(told) == "present"))


def _first(sentence: Phrase, one: Attribution) -> int:
    return next(n for n, word in enumerate(sentence) if word.start >= one.span.start)
