"""A sentence into its attributions: "Lavrov said", "added the minister", "according to the ministry".

Only the outlet's own words are read; quotations are single tokens (see `bot.language.tokens`). Where the
subject of a verb of saying cannot be made out whole there is no attribution: an unread one costs an answer
its speaker, a misread one gives somebody words that are not theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from bot.language.tokens import Token
from bot.language.words import word_set
from bot.speaking.apposition import (
    after_trade,
    comma_before,
    named_after,
    role_after,
    with_apposition,
    without_part,
)
from bot.speaking.hanging import HANGING, first_subject, hanging
from bot.speaking.kinds import is_document
from bot.speaking.parts import scoped
from bot.speaking.passing_on import PASSING_ON, outlet_told, passed_on
from bot.speaking.phrases import (
    Phrase,
    can_be_named,
    clause_start,
    is_speaker,
    last_name,
    phrase_end,
    span_of,
    speaker_before,
)
from bot.speaking.records import Attribution
from bot.speaking.speech import (
    ADVERBS,
    DETERMINERS,
    NOT_NAMES,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    REPORTING,
    SAYING,
    SAYING_OF_MANY,
    is_body,
    is_person,
)
from bot.speaking.verbs import VERBS, is_last, is_saying, last_before_adverbs, tells
from index.records import Span

_ASIDES = word_set("speech", "asides")
_NO_SPEAKERS = word_set("speakers", "no_speakers")
_DOINGS = word_set("speech", "doings")
_SPEAKING = VERBS | SAYING_OF_MANY
_TELLING = _SPEAKING | PASSING_ON | HANGING


def attributions(sentence: Phrase) -> list[Attribution]:
    """The attributions of one sentence, in order."""
    found: dict[int, Attribution] = {}
    for at, token in enumerate(sentence):
        if token.low not in _TELLING:
            continue
        one = passed_on(sentence, at) or hanging(sentence, at)
        if one is None and token.low in _SPEAKING and is_saying(sentence, at):
            one = _before(sentence, at) or _inverted(sentence, at)
        if one and not any(_overlap(one.subject, other.subject) for other in found.values()):
            found[at] = scoped(sentence, one)
    return [one for at, one in found.items() if not _is_answered(sentence, at, found)]


def _is_answered(sentence: Phrase, at: int, found: Mapping[int, Attribution]) -> bool:
    """Whether it is of a question to somebody who answers: "asked him whether …, to which he said no"."""
    later = (one for n, one in found.items() if n > at and one.scope != "quotation")
    return sentence[at].low in ("asked", "asks") and any(one.subject != found[at].subject for one in later)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _before(sentence: Phrase, verb: int) -> Attribution | None:
    """The attribution whose subject stands before the verb."""
    end = last_before_adverbs(sentence, verb) + 1
    if end > 2 and sentence[end - 1].text == "," and sentence[end - 2].low in _ASIDES:
        end = comma_before(sentence, end - 1) - 1  # "Carla Nunes, however, said"
        end = max(end, 0)
    if end > 3 and sentence[end - 1].text == ")":
        # "the Conservative party (CP) said"
        end = next((n for n in range(end - 1, 0, -1) if sentence[n].text == "("), end)
    end = without_part(sentence, end)
    if sentence[verb].low == "saying":
        end = max(0, verb - 3)  # "Lavrov was quoted as saying"
    if end == 0:
        return None
    role = None
    if sentence[end - 1].text == ",":
        subject, role = with_apposition(sentence, end - 1)
    elif sentence[end - 1].low == "who":
        end -= 2 if sentence[end - 2].text == "," else 1  # "Lund, | who has said that …, resigned"
        start = clause_start(sentence, end)
        subject = speaker_before(sentence, start, end) or last_name(sentence[start:end])
    else:
        subject = speaker_before(sentence, clause_start(sentence, end), end)
        if sentence[end - 1].low in ("and", "but") and not subject:
            subject = first_subject(sentence[:end])  # "Legal experts expected charges but said"
        if not subject or not can_be_named(subject):
            subject = _before_relative(sentence, end) or subject
    closes = (
        bool(subject) and is_last(sentence, verb) and sentence[sentence.index(subject[0]) - 1].text == ","
    )
    if not subject or not (closes or _may_speak(subject, sentence[verb])):
        return None
    if sentence[verb].low in _DOINGS and is_document(subject) and not tells(sentence, verb):
        return None  # "the data revealed new details"
    place = _place(sentence, subject, verb=verb) if role is None else "opening"
    return _attribution(subject, role, sentence=sentence, verb=verb, place=place)


def _before_relative(sentence: Phrase, end: int) -> Phrase:
    """The subject of which a clause tells more: "A foreman | who signed off the bridge that fell | told"."""
    for at in range(end - 2, 0, -1):
        word = sentence[at]
        if word.quoted or word.text in ",;:":
            return []
        if word.low == "who":
            start = clause_start(sentence, at)
            return speaker_before(sentence, start, at)
    return []


def _may_speak(subject: Phrase, verb: Token) -> bool:
    """Whether a subject goes with a verb; "the attack reported", "the plan noted" are no speech."""
    if subject[0].low in _NO_SPEAKERS and not (subject[0].low in ("this", "that") and len(subject) > 1):
        return False
    if verb.low in SAYING or subject[0].low in PRONOUNS:
        return True
    if subject[0].low not in DETERMINERS:
        return True
    return any(is_person(word.text) or is_body(word.text) for word in subject) or subject[-1].capital


def _inverted(sentence: Phrase, verb: int) -> Attribution | None:
    """The attribution whose subject follows the verb: "…,” added Lavrov"."""
    if verb == 0 or not (sentence[verb - 1].quoted or sentence[verb - 1].text in ",—–"):
        return None
    start = verb + 2 if sentence[verb].low in PARTICLES else verb + 1
    if start < len(sentence) and sentence[start].low in ("в", "на", "во"):
        start += 1  # "сообщили в управлении"
    end = phrase_end(sentence, start)
    words = sentence[start:end]
    if not words or words[0].low in PREPOSITIONS | NOT_NAMES - DETERMINERS - PRONOUNS:
        return None
    if not is_speaker(words):
        name = after_trade(words)
        return (
            _attribution(name, span_of(words[: -len(name)]), sentence=sentence, verb=verb, place="closing")
            if name
            else None
        )
    if not _may_speak(words, sentence[verb]):
        return None
    following = sentence[end] if end < len(sentence) else None
    near = next((word for word in reversed(sentence[:verb]) if word.text not in (",", "—", "–", "-")), None)
    if (
        not (near and near.quoted)
        and following
        and following.text not in ",.;!?"
        and following.low not in PREPOSITIONS
        and following.low != "who"
    ):
        return None  # ", said Armenia had agreed": what follows is what was said
    named = named_after(sentence, words, end)
    if named:
        return _attribution(named, span_of(words), sentence=sentence, verb=verb, place="closing")
    return _attribution(words, role_after(sentence, end), sentence=sentence, verb=verb, place="closing")


def _place(sentence: Phrase, subject: Phrase, *, verb: int) -> Literal["opening", "closing"]:
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
    subject: Phrase, role: Span | None, *, sentence: Phrase, verb: int, place: Literal["opening", "closing"]
) -> Attribution:
    last = sentence[verb + 1] if sentence[verb].low in PARTICLES else sentence[verb]
    span = Span(min(subject[0].start, sentence[verb].start), max(subject[-1].end, last.end))
    via = outlet_told(sentence, verb, subject=subject)
    return Attribution(span_of(subject), role, span, place, sentence[verb].low in REPORTING, via=via)
