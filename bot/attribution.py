"""A sentence into its attributions: "Lavrov said", "added the minister", "according to the ministry".

Only the outlet's own words are read; quotations are single tokens (see `bot.tokens`). Where the subject of a
verb of saying cannot be made out whole there is no attribution: an unread one costs an answer its speaker,
a misread one gives somebody words that are not theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from bot.phrases import Phrase, clause_start, is_speaker, last_name, phrase_end, speaker_before
from bot.speech import (
    ADVERBS,
    BEFORE_NOT_SAYING,
    DETERMINERS,
    NOT_NAMES,
    PARTICLES,
    PERHAPS_SAYING,
    PREPOSITIONS,
    PRONOUNS,
    REPORTING,
    SAYING,
    SAYING_BESIDE_WORDS,
    is_body,
    is_person,
)
from bot.tokens import Token
from index.records import Span

_SAYING = SAYING | PERHAPS_SAYING
_VERBS = _SAYING | SAYING_BESIDE_WORDS | PARTICLES.keys()


@dataclass(frozen=True)
class Attribution:
    """Who is said to say something: `subject` is the words for them, `role` an apposition to it.

    `place` tells where the words are that are attributed: after "X said that", before ", X said.", or
    either, for "according to X". `reporting` marks "Reuters reports", which yields to a speaker beside it;
    `side` one that covers a part of its sentence only.
    """

    subject: Span
    role: Span | None
    span: Span
    place: Literal["opening", "closing", "aside"]
    reporting: bool = False
    side: bool = False


def attributions(sentence: Phrase) -> list[Attribution]:
    """The attributions of one sentence, in order."""
    found: list[Attribution] = []
    for at, token in enumerate(sentence):
        if token.low in _VERBS and _is_saying(sentence, at):
            one = _before(sentence, at) or _inverted(sentence, at)
        elif token.low in ("according", "citing", "quoting", "словам", "данным", "мнению"):
            one = _according(sentence, at)
        else:
            continue
        if one and _is_circumstance(sentence, one):
            continue
        if one and _in_relative_clause(sentence, one):
            one = replace(one, side=True)
        if one and not any(_overlap(one.subject, other.subject) for other in found):
            found.append(one)
    return found


def _is_circumstance(sentence: Phrase, one: Attribution) -> bool:
    """Whether it tells when or why, and not who says this: "after it announced"."""
    before = _word_before(sentence, one)
    return before in (
        "after",
        "because",
        "when",
        "if",
        "before",
        "since",
        "until",
        "whether",
        "how",
        "why",
        "where",
    )


def _in_relative_clause(sentence: Phrase, one: Attribution) -> bool:
    """Whether it covers a part of the sentence only: "drills that it says will run"."""
    before = _word_before(sentence, one)
    if before not in ("that", "which", "what", "who", "whom"):
        return False
    at = next(n for n, word in enumerate(sentence) if word.start >= one.span.start)
    reported = at > 1 and (sentence[at - 2].low in _SAYING or sentence[at - 2].text == ",")
    return not (reported and before == "that")


def _word_before(sentence: Phrase, one: Attribution) -> str:
    at = next(n for n, word in enumerate(sentence) if word.start >= one.span.start)
    return sentence[at - 1].low if at and one.place != "aside" else ""


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _is_saying(sentence: Phrase, at: int) -> bool:
    token = sentence[at]
    following = sentence[at + 1].low if at + 1 < len(sentence) else ""
    if token.capital or (token.low in PARTICLES and following != PARTICLES[token.low]):
        return False
    known = token.low in _SAYING or token.low in PARTICLES
    if not known and not (token.low in SAYING_BESIDE_WORDS and _has_words_beside(sentence, at)):
        return False
    before = sentence[_last_before_adverbs(sentence, at)].low if at else ""
    if token.low == "saying":
        return at > 1 and before == "as" and sentence[at - 2].low == "quoted"
    return before not in BEFORE_NOT_SAYING and following != "by"


def _has_words_beside(sentence: Phrase, at: int) -> bool:
    around = [*sentence[max(0, at - 6) : at], *sentence[at + 1 : at + 4]]
    return any(word.quoted for word in around) or any(
        word.low == "that" for word in sentence[at + 1 : at + 9]
    )


def _last_before_adverbs(sentence: Phrase, at: int) -> int:
    """The place of the last word before a verb that is no adverb or auxiliary; -1 if there is none."""
    at -= 1
    while at >= 0 and (sentence[at].low in ADVERBS or sentence[at].low.endswith("ly")):
        if sentence[at].low == "on" or is_person(sentence[at].text):
            break
        at -= 1
        if at >= 0 and sentence[at].low == "on" and sentence[at + 1].low.endswith("day"):
            at -= 1  # "Lavrov on Monday said"
    return at


def _before(sentence: Phrase, verb: int) -> Attribution | None:
    """The attribution whose subject stands before the verb."""
    end = _last_before_adverbs(sentence, verb) + 1
    if sentence[verb].low == "saying":
        end = max(0, verb - 3)  # "Lavrov was quoted as saying"
    if end == 0:
        return None
    role = None
    if sentence[end - 1].text == ",":
        subject, role = _with_apposition(sentence, end - 1)
    elif sentence[end - 1].low == "who":
        subject = last_name(sentence[clause_start(sentence, end - 1) : end - 1])
    else:
        subject = speaker_before(sentence, clause_start(sentence, end), end)
    if not subject or not _may_speak(subject, sentence[verb]):
        return None
    place = _place(sentence, subject, verb) if role is None else "opening"
    return _attribution(subject, role, sentence, verb, place=place)


def _may_speak(subject: Phrase, verb: Token) -> bool:
    """Whether a subject goes with a verb; "the attack reported", "the plan noted" are no speech."""
    if subject[0].low in (
        "we",
        "i",
        "you",
        "that",
        "this",
        "there",
        "no",
        "nothing",
        "nobody",
        "none",
        "neither",
    ):
        return False
    if verb.low in SAYING or subject[0].low in PRONOUNS:
        return True
    if subject[0].low not in DETERMINERS:
        return True
    return any(is_person(word.text) or is_body(word.text) for word in subject) or subject[-1].capital


def _with_apposition(sentence: Phrase, comma: int) -> tuple[Phrase, Span | None]:
    """The subject before a comma and the verb: "Sergey Lavrov, the Russian foreign minister, said"."""
    role: Span | None = None
    between = False
    for _ in range(3):
        start = _comma_before(sentence, comma)
        part = list(sentence[start:comma])
        if not part or any(word.quoted for word in part):
            return [], None
        before = sentence[start - 1].text == "," if start else False
        if _is_apposition(part) and before:
            told = part[0].low in DETERMINERS or not part[0].capital
            told = told and part[0].low not in PREPOSITIONS | {"who", "whose", "which", "when", "while"}
            told = told and (part[0].low in ("a", "an") or any(is_person(word.text) for word in part))
            role = role or (Span(part[0].start, part[-1].end) if told else None)
            between = True
            comma = start - 1
            continue
        subject = speaker_before(sentence, clause_start(sentence, comma), comma)
        if role is None and before and subject:
            role = _role_in(sentence[_comma_before(sentence, start - 1) : start - 1])
        # A name alone between commas, without any apposition, is an address or a list: not a subject.
        return (subject, role) if role or between else ([], None)
    return [], None


def _comma_before(sentence: Phrase, end: int) -> int:
    start = end
    while start > 0 and sentence[start - 1].text not in ",;:—–" and not sentence[start - 1].quoted:
        start -= 1
    return start


def _is_apposition(part: Phrase) -> bool:
    """Whether words between commas say more of the name before them: a role, an age, a party, a deed."""
    first = part[0].low
    if (
        first in PREPOSITIONS | {"who", "whose", "which", "aged", "when", "while"}
        or part[0].text[0].isdigit()
    ):
        return True
    if first.endswith(("ing", "ed")) or (len(part) == 1 and re.fullmatch(r"[RDI]-\w+\.?", part[0].text)):
        return True
    if first in ("a", "an") and len(part) > 1:
        return True  # "a former skipper from Bodø"
    has_role = any(is_person(word.text) or is_body(word.text) for word in part)
    return has_role and (part[0].low in DETERMINERS or not (part[0].capital and part[-1].capital))


def _role_in(part: Phrase) -> Span | None:
    """A role before a name: "the foreign minister", "Armenia’s prime minister"."""
    if not part or not any(is_person(word.text) for word in part):
        return None
    whose = part[0].low in DETERMINERS or any(word.text.endswith(("’s", "'s")) for word in part)
    return Span(part[0].start, part[-1].end) if whose else None


def _inverted(sentence: Phrase, verb: int) -> Attribution | None:
    """The attribution whose subject follows the verb: "…,” added Lavrov"."""
    if verb == 0 or not (sentence[verb - 1].quoted or sentence[verb - 1].text in ",—–"):
        return None
    start = verb + 2 if sentence[verb].low in PARTICLES else verb + 1
    end = phrase_end(sentence, start)
    words = sentence[start:end]
    if (
        not words
        or not is_speaker(words)
        or words[0].low in PREPOSITIONS | NOT_NAMES - DETERMINERS - PRONOUNS
    ):
        return None
    if not _may_speak(words, sentence[verb]):
        return None
    following = sentence[end] if end < len(sentence) else None
    if (
        not sentence[verb - 1].quoted
        and following
        and following.text not in ",.;!?"
        and following.low not in PREPOSITIONS
    ):
        return None  # ", said Armenia had agreed": what follows is what was said
    return _attribution(words, _role_after(sentence, end), sentence, verb, place="closing")


def _role_after(sentence: Phrase, end: int) -> Span | None:
    """The apposition after a name: ", a virologist at Leeds"."""
    if end >= len(sentence) or sentence[end].text != ",":
        return None
    stop = end + 1
    while stop < len(sentence) and sentence[stop].text[0].isalnum() and stop - end <= 12:
        if sentence[stop].low in {"who", "as", "while", "and"} | BEFORE_NOT_SAYING:
            break
        stop += 1
    part = sentence[end + 1 : stop]
    if part and (part[0].low in DETERMINERS or not part[0].capital) and any(is_person(w.text) for w in part):
        return Span(part[0].start, part[-1].end)
    return None


def _according(sentence: Phrase, at: int) -> Attribution | None:
    """The attribution of "according to X", "citing X", "по словам X"."""
    start = at + 1
    if sentence[at].low == "according":
        if start >= len(sentence) or sentence[start].low != "to":
            return None
        start += 1
    end = phrase_end(sentence, start)
    words = sentence[start:end]
    if not words or words[0].low in PRONOUNS or not (is_speaker(words) or _has_name(words)):
        return None
    role = _role_after(sentence, end)
    return Attribution(_span(words), role, Span(sentence[at].start, words[-1].end), "aside")


def _has_name(words: Phrase) -> bool:
    return len(words) <= 12 and any(word.capital for word in words)


def _place(sentence: Phrase, subject: Phrase, verb: int) -> Literal["opening", "closing"]:
    """Whether what is said follows the verb or went before the subject."""
    first = sentence.index(subject[0])
    follows = sentence[verb + 2 if sentence[verb].low in PARTICLES else verb + 1 :]
    has_before = first > 0 and (sentence[first - 1].text == "," or sentence[first - 1].quoted)
    ends = (
        not follows
        or follows[0].text in ",.;!?"
        or follows[0].low in PREPOSITIONS | ADVERBS | {"reporters", "as"}
    )
    return "closing" if has_before and ends else "opening"


def _attribution(
    subject: Phrase, role: Span | None, sentence: Phrase, verb: int, *, place: Literal["opening", "closing"]
) -> Attribution:
    last = sentence[verb + 1] if sentence[verb].low in PARTICLES else sentence[verb]
    span = Span(min(subject[0].start, sentence[verb].start), max(subject[-1].end, last.end))
    return Attribution(_span(subject), role, span, place, sentence[verb].low in REPORTING)


def _span(words: Phrase) -> Span:
    return Span(words[0].start, words[-1].end)
