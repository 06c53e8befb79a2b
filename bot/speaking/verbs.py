"""Words of a sentence into whether they are verbs of saying there: "said", but not "said nothing"."""

from __future__ import annotations

from bot.language.tokens import Token
from bot.language.words import word_set
from bot.speaking.phrases import Phrase
from bot.speaking.speech import (
    ADVERBS,
    BEFORE_NOT_SAYING,
    DETERMINERS,
    PARTICLES,
    PERHAPS_SAYING,
    PREPOSITIONS,
    SAYING,
    SAYING_AT_THE_END,
    SAYING_BESIDE_WORDS,
    SAYING_WITH_QUOTATION,
    is_person,
)

SAYING_VERBS = SAYING | PERHAPS_SAYING
_CLOSING = SAYING_AT_THE_END | {"found", "finds", "writes", "wrote"}
_BESIDE = SAYING_BESIDE_WORDS | SAYING_WITH_QUOTATION
VERBS = SAYING_VERBS | _BESIDE | PARTICLES.keys() | _CLOSING
_ASKING = frozenset(("asked", "asks"))
_QUESTIONS = word_set("speech", "questions")
_DEFEAT = frozenset(("conceded", "concedes"))
_PLANS = word_set("speech", "plans")
_BY_MEANS = word_set("speech", "means")
_AFTER_DEFEAT = frozenset(("defeat", "shortly", "just", "late", "early"))


def may_be_told(sentence: Phrase, at: int) -> bool:
    """Whether a word is a verb of saying with words after it, or before it and a comma, whoever says them."""
    word = sentence[at]
    if word.low == "according" and [one.low for one in sentence[at + 1 : at + 2]] == ["to"]:
        return not _PLANS & {one.low for one in sentence[at + 2 : at + 5]}
    if word.low == "reportedly" or (word.low in ("данным", "словам") and at and sentence[at - 1].low == "по"):
        return True
    if word.low not in SAYING or word.low in SAYING_BESIDE_WORDS or not is_saying(sentence, at):
        return False
    if at and sentence[at - 1].low in DETERMINERS | {"to", "and", "or"} - {"all", "both"}:
        return False
    follows = [one.low for one in sentence[at + 1 : at + 9]]
    return "that" in follows or not follows or follows[0] in (".", ":") or "что" in follows


def is_saying(sentence: Phrase, at: int) -> bool:
    """Whether the word at a place reports words there; its subject is not looked at."""
    token = sentence[at]
    following = sentence[at + 1].low if at + 1 < len(sentence) else ""
    if token.capital or (token.low in PARTICLES and following != PARTICLES[token.low]):
        return False
    known = token.low in SAYING_VERBS or token.low in PARTICLES
    if following == "nothing":
        return False
    if not known and not _has_words_beside(sentence, at):
        return False
    if token.low in _DEFEAT and not (following and (following[0].isalpha() or following == ":")):
        return False
    told = any(word.text == "," or word.quoted for word in sentence[:at])  # "…, Brouwer conceded on Monday."
    if token.low in _DEFEAT and not told and following in PREPOSITIONS | _AFTER_DEFEAT:
        return False
    before = sentence[last_before_adverbs(sentence, at)].low if at else ""
    if token.low == "saying":
        return at > 1 and before == "as" and sentence[at - 2].low == "quoted"
    by = following == "by" and not _BY_MEANS & {one.low for one in sentence[at + 2 : at + 5]}
    return before not in BEFORE_NOT_SAYING and not by


def _has_words_beside(sentence: Phrase, at: int) -> bool:
    """Whether a verb that is often a plain deed has words for its object: a quotation, or "that …"."""
    low = sentence[at].low
    if low in _CLOSING and is_last(sentence, at):
        return True
    if low in _ASKING and any(word.low in _QUESTIONS for word in sentence[at + 1 : at + 4]):
        return True
    if low in SAYING_AT_THE_END:
        return False
    if low in SAYING_WITH_QUOTATION:
        return any(word.quoted for word in [*sentence[max(0, at - 4) : at], *sentence[at + 1 : at + 12]])
    around = [*sentence[max(0, at - 12) : at], *sentence[at + 1 : at + 6]]
    return any(word.quoted for word in around) or any(
        word.low == "that" for word in sentence[at + 1 : at + 9]
    )


def is_last(sentence: Phrase, at: int) -> bool:
    """Whether only a stop follows, and a comma went before: "…, a survey has found."."""
    rest, before = sentence[at + 1 :], sentence[:at]
    return (not rest or rest[0].text in ".;") and any(word.text == "," for word in before)


def last_before_adverbs(sentence: Phrase, at: int) -> int:
    """The place of the last word before a verb that is no adverb or auxiliary; -1 if there is none."""
    at -= 1
    while at >= 0 and (sentence[at].low in ADVERBS or _is_adverb(sentence[at])):
        if sentence[at].low == "on" or is_person(sentence[at].text):
            break
        at -= 1
        if at >= 0 and sentence[at].low == "on" and sentence[at + 1].low.endswith("day"):
            at -= 1  # "Lavrov on Monday said"
    return at


def _is_adverb(word: Token) -> bool:
    return word.low.endswith("ly") and not word.capital  # "Mr Daly said"
