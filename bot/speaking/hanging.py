"""Words of saying that hang on another clause into attributions: ", saying that", "his claim that"."""

from __future__ import annotations

from bot.language.words import word_set
from bot.speaking.phrases import Phrase, can_be_named, is_speaker, span_of
from bot.speaking.records import Attribution
from bot.speaking.speech import (
    ADVERBS,
    CLAUSE_OPENERS,
    DETERMINERS,
    NOT_NAMES,
    PRONOUNS,
    is_body,
    is_person,
    singular,
)
from bot.speaking.tenses import first_tense
from index.records import Span

_PARTICIPLES = word_set("speech", "participles")
_WORDS_FOR_WORDS = word_set("speech", "words_for_words")
_TEXTS = frozenset(("statement", "post", "letter", "tweet", "message", "email", "memo", "note", "video"))
_WHOSE = frozenset(("his", "her"))
HANGING = _PARTICIPLES | _WORDS_FOR_WORDS | {f"{word}s" for word in _WORDS_FOR_WORDS}
_LONGEST = 10  # words of a subject


def hanging(sentence: Phrase, at: int) -> Attribution | None:
    """The attribution of a participle, or of what somebody's words are called; None where it is neither."""
    if sentence[at].low in _PARTICIPLES:
        return _participle(sentence, at)
    return _possessed(sentence, at) if singular(sentence[at].text) in _WORDS_FOR_WORDS else None


def _participle(sentence: Phrase, at: int) -> Attribution | None:
    """Of "Biden thanked her, | saying that": whom the sentence begins with."""
    told = [word for word in sentence[at + 1 : at + 16] if word.low == "that" or word.quoted]
    apart = at > 2 and (sentence[at - 1].text == "," or sentence[at - 1].stop == ",")
    if at < 3 or not told or not (apart or sentence[at - 1].low in _TEXTS):
        return None
    subject = first_subject(sentence[:at])
    return _clause(sentence, at, subject) if subject else None


def _possessed(sentence: Phrase, at: int) -> Attribution | None:
    """Of "his | argument that", "the firm’s | claims that": whose it is."""
    if at == 0 or [word.low for word in sentence[at + 1 : at + 2]] != ["that"] or _subordinate(sentence, at):
        return None
    owner = sentence[at - 1]
    if owner.low in _WHOSE:
        return _clause(sentence, at, sentence[at - 1 : at])
    if not owner.text.endswith(("’s", "'s", "’")):
        return None
    start = at - 1
    while start and (sentence[start - 1].capital or sentence[start - 1].low == "the"):
        start -= 1
    return _clause(sentence, at, sentence[start:at]) if can_be_named(sentence[start:at]) else None


def _subordinate(sentence: Phrase, at: int) -> bool:
    """Whether it stands in an opening clause about something else: "Despite his claim that …, the court"."""
    opens = sentence[0].low in CLAUSE_OPENERS | {"despite", "amid", "against", "contrary", "following"}
    return opens and all(word.text != "," for word in sentence[:at])


def first_subject(words: Phrase) -> Phrase:
    """Whom words begin with, up to their verb: "Moe, the coach, | thanked"; empty where it is no speaker."""
    start = 0
    while start < len(words) and words[start].low in NOT_NAMES - DETERMINERS - PRONOUNS:
        start += 1
    for end in range(start + 1, min(start + _LONGEST, len(words))):
        subject = words[start:end]
        verb = _after_apposition(words, end)
        if verb < len(words) and first_tense(words[verb : verb + 1]) and is_speaker(subject):
            return subject if _is_somebody(subject) else []
    return []


def _after_apposition(words: Phrase, at: int) -> int:
    """Where a verb may stand after a subject that ends at `at`: behind "also", or what commas tell of it."""
    if words[at].text == ",":
        at = next((n + 1 for n in range(at + 1, len(words)) if words[n].text == ","), at)
    while at < len(words) and (words[at].low in ADVERBS or words[at].low.endswith("ly")):
        at += 1
    return at


def _is_somebody(words: Phrase) -> bool:
    """Whether words name a person or a body: a capital at the head of a sentence does not."""
    if words[0].low in PRONOUNS or any(is_person(word.text) or is_body(word.text) for word in words):
        return True
    return words[-1].capital and all(word.capital or word.low in DETERMINERS for word in words)


def _clause(sentence: Phrase, at: int, subject: Phrase) -> Attribution:
    span, who = Span(sentence[at].start, sentence[at].end), span_of(subject)
    owner = subject[-1].text
    bare = owner.removesuffix("’s").removesuffix("'s").removesuffix("’") if len(owner) > 1 else owner
    return Attribution(
        Span(who.start, who.end - len(owner) + len(bare)), None, span, "opening", scope="clause"
    )
