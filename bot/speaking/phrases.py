"""Words of a sentence into the phrases that can be somebody: names, roles, bodies, pronouns."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.tokens import Token
from bot.language.words import word_set
from bot.speaking.speech import (
    ADVERBS,
    BEFORE_NOT_SAYING,
    BEFORE_ROLES,
    CLAUSE_OPENERS,
    DETERMINERS,
    NEWS_WORDS,
    NOT_NAMES,
    PERHAPS_SAYING,
    PREPOSITIONS,
    PRONOUNS,
    SAYING,
    TIMES,
    is_body,
    is_person,
)
from index.records import Span

Phrase = Sequence[Token]
_BETWEEN_NAMES = word_set("speakers", "between_names")
_TIED = word_set("speakers", "tied")
_BREAKS = frozenset(",;:()[]—–-")
# Sets that are asked for every word of an article are joined once.
_NOT_IN_NAMES = NOT_NAMES - DETERMINERS - PRONOUNS - PREPOSITIONS - {"asked"}
_BEFORE_NAMES = PREPOSITIONS | DETERMINERS
_NOT_IN_HEADS = BEFORE_NOT_SAYING | PRONOUNS | {"has", "have", "had"}
_SMALL = _BEFORE_NAMES | _NOT_IN_HEADS
_JOINS = _BEFORE_NAMES | {"and", "all", "both"}
_BEFORE_OBJECTS = DETERMINERS - {"no", "one", "most"}
_NOT_FOLLOWING = PRONOUNS | (BEFORE_NOT_SAYING - {"to"})
_ENDS_PHRASE = CLAUSE_OPENERS | BEFORE_NOT_SAYING | {"who"}


def clause_start(sentence: Phrase, end: int) -> int:
    """Where the run of words before `end` begins that no comma, quotation or conjunction breaks."""
    start = end
    while start > 0:
        word = sentence[start - 1]
        if word.quoted or word.text in _BREAKS or word.low in CLAUSE_OPENERS or word.text in "“”«»\"'":
            break
        start -= 1
    return start


def speaker_before(sentence: Phrase, start: int, end: int) -> Phrase:
    """The words between, if they are a speaker's name or description as a whole, or their end is one."""
    words = list(sentence[start:end])
    while words and words[0].low in _NOT_IN_NAMES:
        words = words[1:]
    words = _without_time(words)
    if not words:
        return []
    if words[0].low in PREPOSITIONS:
        return last_name(words) if _role_or_pronoun_last(words) else []
    if words[-1].low == "and":  # "The minister rejected it and said"
        return _before_deed(words)
    if is_speaker(words):
        return _with_list(sentence, start, words=words)
    name = last_name(words)
    if len(name) > 1 and all(word.capital or _is_plain(word) for word in words[: -len(name)]):
        return name  # "Eagles defensive end Josh Sweat": a description that is not in the lists
    for at, word in enumerate(words):
        if word.low == "and" and is_speaker(words[at + 1 :]):  # "Talks began on Monday and Lavrov said"
            return words[at + 1 :]
    return []


def _without_time(words: list[Token]) -> list[Token]:
    """Words without when it was: "On Saturday afternoon | the ministry"."""
    if not words or words[0].low not in ("on", "in", "at", "late", "early", "by"):
        return words
    end = 1
    while end < len(words) and (words[end].low in TIMES or words[end].text[0].isdigit()):
        end += 1
    return words[end:] if end > 1 else words


def _before_deed(words: Phrase) -> Phrase:
    """The speaker at the start of words that go on with a verb: "The minister | welcomed the truce and"."""
    for end in range(len(words) - 1, 0, -1):
        if words[end].text[0].islower() and words[end].low.endswith("ed") and is_speaker(words[:end]):
            return words[:end]
    return []


def _with_list(sentence: Phrase, start: int, *, words: Phrase) -> Phrase:
    """A list of which the words are the end, taken whole: "The leaders of Russia, | France and Iran"."""
    if start == 0 or sentence[start - 1].text != "," or all(word.low != "and" for word in words):
        return words
    first = start - 1
    while first > 0 and (sentence[first - 1].text == "," or sentence[first - 1].text[0].isalnum()):
        first -= 1
    whole = [word for word in sentence[first:start] if word.text != ","]
    return list(sentence[first : start + len(words)]) if is_speaker([*whole, *words]) else words


def _is_plain(word: Token) -> bool:
    if word.capital or word.low in _SMALL:
        return False
    return not word.low.endswith(("ed", "ing"))


def _role_or_pronoun_last(words: Phrase) -> bool:
    """Whether "In Moscow President Putin", "on Monday he" ends in somebody who can be told from the place."""
    name = last_name(words)
    if not name or name[0].low in PRONOUNS or any(is_person(word.text) for word in name):
        return bool(name)
    at = len(words) - len(name) - 1  # "In his testimony Weisselberg": two names side by side would be one
    return at > 0 and words[at].low not in _BEFORE_NAMES and not is_body(words[at].text)


def last_name(words: Phrase) -> Phrase:
    """The run of capitals at the end, with a role before it; or a pronoun."""
    start = len(words)
    if words and words[-1].low in PRONOUNS:
        return words[-1:]
    while start > 0 and (words[start - 1].capital or is_person(words[start - 1].text)):
        start -= 1
    name = words[start:]
    roles = [n for n, word in enumerate(name) if is_person(word.text)]
    if roles and roles[-1] + 1 < len(name):
        name = name[roles[-1] :]  # "In Moscow President Putin": the place is not part of the role
    while name and name[0].low in NOT_NAMES:
        name = name[1:]
    return name


def is_speaker(words: Phrase) -> bool:
    """Whether words are one noun phrase: a head of names or a role, then what prepositions tie to it."""
    if not words or any(word.quoted for word in words) or len(words) > 16:
        return False
    if words[0].low in PRONOUNS:
        return len(words) == 1
    if words[-1].low == "and" or any(_governs(words, at) for at in range(1, len(words) - 1)):
        return False
    head = next((n for n, word in enumerate(words) if word.low in PREPOSITIONS and n), len(words))
    if head > 1 and words[head - 1].low in _TIED and _can_speak(words[head - 2]):
        head -= 1  # "sources | familiar with the talks", "those | surveyed"
    if (
        head < len(words)
        and not any(map(_can_speak, words[:head]))
        and any(is_person(w.text) for w in words[head:])
    ):
        return False  # "the bill’s passage in the Senate Lyft officials"
    return _is_head(words[:head]) and all(_may_follow(word) for word in words[head:])


def _can_speak(word: Token) -> bool:
    return word.capital or is_person(word.text) or is_body(word.text)


def _governs(words: Phrase, at: int) -> bool:
    """Whether a word has an object, as verbs do: "welcomed the truce"."""
    word = words[at]
    joins = word.low in _JOINS
    return word.text[0].islower() and not joins and words[at + 1].low in _BEFORE_OBJECTS


def _may_follow(word: Token) -> bool:
    return word.text[0].isalnum() and word.low not in _NOT_FOLLOWING


def _is_head(words: Phrase) -> bool:
    """Names, with roles and their adjectives among them; or "the", adjectives and a noun."""
    if any(not word.text[0].isalnum() or word.low in _NOT_IN_HEADS for word in words):
        return False
    if words[0].low in DETERMINERS and not words[0].text[0].isdigit():
        return 1 < len(words) <= 8
    for at, word in enumerate(words):
        if word.capital or word.low in _BETWEEN_NAMES:
            continue
        role = next((n for n in range(at, len(words)) if _is_role(words[n])), -1)
        if (
            role < 0
            and all("а" <= low <= "я" for low in word.low[:1])
            and any(is_person(w.text) for w in words[:at])
        ):
            continue  # "министр рыболовства Ирина Белова"
        if role < 0 or any(_breaks_role(words[n]) for n in range(at, role)):
            return False
    return any(word.capital or is_person(word.text) or is_body(word.text) for word in words)


def _is_role(word: Token) -> bool:
    return is_person(word.text) or is_body(word.text) or word.low in NEWS_WORDS


def _breaks_role(word: Token) -> bool:
    """Whether a small word between a name and a role is more than an adjective: "Armenia made … leaders"."""
    known = word.low in BEFORE_ROLES or is_person(word.text) or is_body(word.text) or word.capital
    return not known and word.low.endswith(("ed", "ing", "made", "was", "saw", "took", "gave", "told"))


def phrase_end(sentence: Phrase, start: int) -> int:
    """Where a speaker that begins at `start` ends: at a stop, a quotation, a verb or an adverb of time."""
    end = start
    while end < len(sentence):
        word = sentence[end]
        if word.quoted or (not word.text[0].isalnum()) or word.low in _ENDS_PHRASE:
            break
        tied = end > start and word.low in PREPOSITIONS
        if tied and not (word.low in ("of", "for", "from", "at") and end + 1 < len(sentence)):
            break
        if end > start and word.low in ADVERBS and not word.capital:
            break
        if end > start and (word.low in SAYING or (word.low in PERHAPS_SAYING and not is_body(word.text))):
            break
        end += 1
    return end


def can_be_named(words: Phrase) -> bool:
    """Whether words have a name, a role, a body or a pronoun: "the plan" has none."""
    if words[0].low in PRONOUNS:
        return True
    return any(word.capital or is_person(word.text) or is_body(word.text) for word in words)


def span_of(words: Phrase) -> Span:
    """Where words stand."""
    return Span(words[0].start, words[-1].end)
