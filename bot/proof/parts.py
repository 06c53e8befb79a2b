"""The parts of a sentence that its marks set off, and which of them it is true without by their form."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.language.words import word_set
from bot.proof.carriers import Carriers
from bot.proof.tokens import SentenceWord
from bot.speaking.speech import CLAUSE_OPENERS, PLACES, PREPOSITIONS, SAYING

_PARTS = frozenset(",;:()—–?!")
_DASHES = frozenset("—–-")
_CLOSED_BY = {",": ",", "(": ")"}  # a dash may stand for a verb
_PARTICLES = frozenset(("up", "out", "off", "down"))
_PAST, _NOT_PAST = word_set("tense", "past"), word_set("tense", "not_past")
_PRESENT = word_set("tense", "present") | word_set("tense", "present_auxiliaries")
# A clause with one of these tells of what is to come, or of what somebody says or plans.
_UNDONE = frozenset(("will", "would", "could", "can", "may", "might", "shall", "should", "must", "that"))
# What followed is told without a clause: no "…, including Norway if it pays".
_OPENERS = CLAUSE_OPENERS - {"as"}
_CIRCUMSTANCE = 4  # words of one at least: "after all", "after a fashion" say something else


def has_marks(words: Sequence[SentenceWord]) -> bool:
    """Whether one of some words begins a part."""
    return any(not _PARTS.isdisjoint(word.before) for word in words)


def ends_part(marks: str) -> bool:
    """Whether marks within a part end it, and are not those of an abbreviation: "R-Ga., a senator"."""
    return bool(set(marks) & set(";:?!")) or ("." in marks and "," not in marks)


def is_set_off(words: Sequence[SentenceWord], start: int, end: int) -> bool:
    """Whether `words[start:end]` are a part that ends as it begins, or with the sentence."""
    opening = [mark for mark in words[start].before if mark in _CLOSED_BY]
    closed = end == len(words) or any(_CLOSED_BY[mark] in words[end].before for mark in opening)
    return bool(opening) and closed and not has_marks(words[start + 1 : end])


def is_dateline(words: Sequence[SentenceWord], end: int) -> bool:
    """Where a report was written: "WASHINGTON — | …", "SEOUL, South Korea — | …"; not "Oslo–Bergen line"."""
    if end == len(words) or _DASHES.isdisjoint(words[end].before):
        return False
    spaced = words[end].start - words[end - 1].end > len(words[end].before) + 1
    starts = [0, *(n for n in range(1, end) if words[n].before), end]
    places = (" ".join(word.low for word in words[n:m]) for n, m in pairwise(starts))
    return spaced and all(place in PLACES for place in places)


def is_circumstance(words: Sequence[SentenceWord], start: int, end: int, *, last: bool) -> bool:
    """What lies behind: "was signed, | after two days of talks", "said | after he spoke with Berg" (`last`).

    After what is still to be the rest may hang on it: "The prisoners will be freed after a ransom is paid".
    """
    if words[start].low != "after" or end - start < _CIRCUMSTANCE:
        return False
    if not words[start].before:
        return words[start - 1].low in SAYING and last and not has_marks(words[start + 1 : end])
    return is_set_off(words, start, end) and _is_done(words, start, end)


def _is_done(words: Sequence[SentenceWord], start: int, end: int) -> bool:
    """Whether a circumstance, or what it belongs to, is told as past, and neither as to come."""
    part = [word.low for word in words[start:end] if not word.capital]
    every = [word.low for word in words if not word.capital]
    past = any(low in _PAST or (low.endswith("ed") and low not in _NOT_PAST) for low in every)
    return past and _PRESENT.isdisjoint(part) and _UNDONE.isdisjoint(every)


def is_result(words: Sequence[SentenceWord], start: int, end: int, *, lists: Carriers) -> bool:
    """What followed, or is part of what is told: "…, | raising prices in Oslo", "…, | including one"."""
    lows = [word.low for word in words[start:end]]
    opens = next((run for run in lists.results if tuple(lows[: len(run)]) == run), ())
    following = lows[len(opens) : len(opens) + 1]
    has_object = bool(opens and following) and (PREPOSITIONS | _PARTICLES).isdisjoint(following)
    return has_object and _OPENERS.isdisjoint(lows) and "," in words[start].before
