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
    PRONOUNS,
    SAYING,
    SAYING_AT_THE_END,
    SAYING_BESIDE_WORDS,
    SAYING_OF_MANY,
    SAYING_WITH_QUOTATION,
    TIMES,
    is_body,
    is_person,
    singular,
)
from bot.speaking.tenses import first_tense

SAYING_VERBS = SAYING | PERHAPS_SAYING
_CLOSING = SAYING_AT_THE_END | {"found", "finds", "writes", "wrote"}
_BESIDE = SAYING_BESIDE_WORDS | SAYING_WITH_QUOTATION
VERBS = SAYING_VERBS | _BESIDE | PARTICLES.keys() | _CLOSING
_ASKING = frozenset(("asked", "asks"))
_QUESTIONS = word_set("speech", "questions")
_DEEDS_AT = word_set("speech", "deeds_at")
_NOUNS = word_set("speech", "nouns")
_PLAINLY = frozenset(("said", "says"))
_NOT_TELLING = DETERMINERS | {"we", "i", "you", "which", "who", "is", "was", "to", "be", "been"}
_BETWEEN = ADVERBS | {"all", "both", "each"}  # "the leaders all said"
_READ = frozenset(("read", "reads", "thanked", "appealed", "rejected", "lists", "listed"))
_CLAIMED = frozenset(("claimed", "claims", "claim", "added", "adds"))
_AFTER_TOLD = PREPOSITIONS | TIMES | {"yesterday", "today"}
_BLAMING = frozenset(("blame", "blames", "blamed"))
_OF_TEXTS = frozenset(("show", "shows", "showed"))
_OF_ONE = _OF_TEXTS | {"found", "finds"}
_AFTER_NOUNS = (BEFORE_NOT_SAYING | {"from", "of", "about", "and", "have", "come", "came", "show"}) - {"not"}
_BEFORE_ADJECTIVES = PREPOSITIONS | {"the", "a", "an", "his", "her", "its", "their"}
PLANS = word_set("speech", "plans")
_BY_MEANS = word_set("speech", "means")
_AFTER_DEFEAT = frozenset(("defeat", "shortly", "just", "late", "early"))


def may_be_told(sentence: Phrase, at: int) -> bool:
    """Whether a word is a verb of saying with words after it, or before it and a comma, whoever says them."""
    word = sentence[at]
    if word.low == "according" and [one.low for one in sentence[at + 1 : at + 2]] == ["to"]:
        return not PLANS & {one.low for one in sentence[at + 2 : at + 5]}
    if word.low == "reportedly" or (word.low in ("данным", "словам") and at and sentence[at - 1].low == "по"):
        return True
    if word.low not in SAYING_VERBS or word.low in SAYING_BESIDE_WORDS or not is_saying(sentence, at):
        return False
    if word.low in _PLAINLY:
        return at > 2 and sentence[at - 1].low not in _NOT_TELLING
    if at and sentence[at - 1].low in DETERMINERS | {"to", "and", "or"} - {"all", "both"}:
        return False
    follows = [one.low for one in sentence[at + 1 : at + 9]]
    if word.low not in SAYING:
        return "that" in follows
    return "that" in follows or not follows or follows[0] in (".", ":") or "что" in follows


def is_saying(sentence: Phrase, at: int) -> bool:
    """Whether the word at a place reports words there; its subject is not looked at."""
    token = sentence[at]
    following = sentence[at + 1].low if at + 1 < len(sentence) else ""
    if token.capital or following == "nothing" or (following != PARTICLES.get(token.low, following)):
        return False
    if _is_noun(sentence, at) or _is_adjective(sentence, at) or _is_passive(sentence, at):
        return False
    known = token.low in SAYING_VERBS or token.low in PARTICLES
    if not known and not _has_words_beside(sentence, at):
        return False
    if token.low in _DEEDS_AT and not _has_object(sentence, at):
        return False
    if token.low in _CLAIMED and not tells(sentence, at):
        return False
    if token.low == "told" and following in PREPOSITIONS:
        return False  # "the jokes told at each place"
    if token.low in PARTICLES and [one.low for one in sentence[at + 2 : at + 3]] == ["to"]:
        return False  # "went on to win"
    before = sentence[last_before_adverbs(sentence, at)].low if at else ""
    if token.low == "saying":
        return at > 1 and before == "as" and sentence[at - 2].low == "quoted"
    return before not in BEFORE_NOT_SAYING


def _is_noun(sentence: Phrase, at: int) -> bool:
    """Whether a word is a noun there: "Biden's remarks", "Early estimates are out", "fifteen states and"."""
    if sentence[at].low not in _NOUNS or at == 0 or is_last(sentence, at):
        return False
    before = sentence[last_before_adverbs(sentence, at)]
    somebody = before.capital or before.low in PRONOUNS | {"who", "which"} or is_person(before.text)
    somebody = (somebody or is_body(before.text)) and not before.text.endswith(("’s", "'s"))
    following = sentence[at + 1].low if at + 1 < len(sentence) else ""
    if somebody and sentence[at].low in SAYING_OF_MANY and _is_plural(before):
        return False
    plain = somebody or not before.text[0].isalnum() or before.quoted
    return not plain or following in _AFTER_NOUNS or following in SAYING_VERBS


def _is_adjective(sentence: Phrase, at: int) -> bool:
    """Whether it belongs to what follows: "for alleged violations"."""
    return at > 0 and sentence[at].low.endswith("ed") and sentence[at - 1].low in _BEFORE_ADJECTIVES


def _is_passive(sentence: Phrase, at: int) -> bool:
    """Whether "by" names who says it; not the means or a place, "said by telephone", "he said by his car"."""
    after = [word.low for word in sentence[at + 1 : at + 5]]
    if after[:1] != ["by"] or _BY_MEANS & {*after}:
        return False
    return at == 0 or not (sentence[at - 1].capital or sentence[at - 1].low in PRONOUNS)


def _has_object(sentence: Phrase, at: int) -> bool:
    """Whether words are told beside a verb that is else a deed: "conceded defeat", "testified in June"."""
    following = sentence[at + 1].low if at + 1 < len(sentence) else ""
    if not following or not (following[0].isalpha() or following == ":"):
        return False
    # "…, Brouwer conceded on Monday."
    told = any(word.text == "," or word.quoted for word in sentence[max(0, at - 6) : at])
    return told or following not in PREPOSITIONS | _AFTER_DEFEAT


def tells(sentence: Phrase, at: int) -> bool:
    """Whether a clause or a quotation is claimed, and not a title or lives."""
    rest = sentence[at + 1 :]
    end = next((n for n, word in enumerate(rest) if word.text in ",;"), len(rest))
    if not rest or rest[0].text in ",.:;" or any(word.quoted for word in rest[:12]):
        return True
    told = any(word.text == "," or word.quoted for word in sentence[max(0, at - 6) : at])
    if told and (rest[0].low in _AFTER_TOLD or sentence[at - 1].quoted or sentence[at - 1].text == ","):
        return True  # "…, Lund added on Monday"; "…,” added Lund"
    return rest[0].low in ("that", "to") or first_tense(rest[:end]) is not None


def _has_words_beside(sentence: Phrase, at: int) -> bool:
    """Whether a verb that is often a plain deed has words for its object: a quotation, or "that …"."""
    low = sentence[at].low
    if low in _CLOSING and is_last(sentence, at):
        return True
    if low in SAYING_OF_MANY and _is_of_many(sentence, at):
        return True
    if low in _BLAMING and _is_blamed_on(sentence, at) and low != "blame":
        return True
    if low in _ASKING and any(word.low in _QUESTIONS for word in sentence[at + 1 : at + 4]):
        return True
    if low in SAYING_AT_THE_END:
        return False
    if low in SAYING_WITH_QUOTATION and low not in _READ and _is_relative(sentence, at):
        return True
    if low in SAYING_WITH_QUOTATION:
        return any(word.quoted for word in [*sentence[max(0, at - 4) : at], *sentence[at + 1 : at + 20]])
    around = [*sentence[max(0, at - 12) : at], *sentence[at + 1 : at + 6]]
    return any(word.quoted for word in around) or any(
        word.low == "that" for word in sentence[at + 1 : at + 9]
    )


def _is_relative(sentence: Phrase, at: int) -> bool:
    """Whether a clause says what somebody calls it: "the plan, which he called a disgrace"."""
    return any(word.low in ("which", "what", "whom") for word in sentence[max(0, at - 6) : at])


def _is_of_many(sentence: Phrase, at: int) -> bool:
    """Whether several people or texts say a clause: "critics claim it will erode", "studies show that"."""
    before = sentence[last_before_adverbs(sentence, at)] if at else sentence[0]
    rest = sentence[at + 1 :]
    end = next((n for n, word in enumerate(rest) if word.text in ",;"), len(rest))
    told = is_last(sentence, at) or any(word.low == "that" or word.quoted for word in rest[:6])
    told = told or (
        _is_blamed_on(sentence, at) if sentence[at].low == "blame" else bool(first_tense(rest[:end]))
    )
    one = sentence[at].low in _OF_ONE and is_body(before.text)
    if sentence[at].low in _OF_TEXTS and not is_body(before.text):
        return False
    return (_is_plural(before) or one or before.low == "they") and told


def _is_blamed_on(sentence: Phrase, at: int) -> bool:
    return any(word.low == "on" for word in sentence[at + 1 : at + 9])


def _is_plural(word: Token) -> bool:
    """Whether a word is several persons or bodies: "critics", "studies"."""
    return word.low != singular(word.text) and (is_person(word.text) or is_body(word.text))


def is_last(sentence: Phrase, at: int) -> bool:
    """Whether only a stop follows, and a comma went before: "…, a survey has found."."""
    rest, before = sentence[at + 1 :], sentence[:at]
    return (not rest or rest[0].text in ".;") and any(word.text == "," for word in before)


def last_before_adverbs(sentence: Phrase, at: int) -> int:
    """The place of the last word before a verb that is no adverb or auxiliary; -1 if there is none."""
    at -= 1
    while at >= 0 and (sentence[at].low in _BETWEEN or _is_adverb(sentence[at])):
        if sentence[at].low == "on" or is_person(sentence[at].text):
            break
        at -= 1
        if at >= 0 and sentence[at].low == "on" and sentence[at + 1].low.endswith("day"):
            at -= 1  # "Lavrov on Monday said"
    return at


def _is_adverb(word: Token) -> bool:
    return word.low.endswith("ly") and not word.capital and not is_body(word.text)  # "Mr Daly", "his family"
