"""A sentence into its attributions: "Lavrov said", "added the minister", "according to the ministry".

Only the outlet's own words are read; quotations are single tokens (see `bot.language.tokens`). Where the
subject of a verb of saying cannot be made out whole there is no attribution: an unread one costs an answer
its speaker, a misread one gives somebody words that are not theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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
from bot.speaking.kinds import is_outlet
from bot.speaking.phrases import Phrase, clause_start, is_speaker, last_name, phrase_end, speaker_before
from bot.speaking.speech import (
    ADVERBS,
    DETERMINERS,
    NOT_NAMES,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    REPORTING,
    SAYING,
    is_body,
    is_person,
)
from bot.speaking.verbs import SAYING_VERBS, VERBS, is_last, is_saying, last_before_adverbs
from index.records import Span

_ASIDES = word_set("speech", "asides")
_OF_CIRCUMSTANCES = word_set("speech", "before_circumstances")
_NO_SPEAKERS = word_set("speakers", "no_speakers")
_ACCORDING = frozenset(("according", "citing", "quoting", "словам", "данным", "мнению"))
_QUOTING, _TOLD = frozenset(("quoted", "quotes", "cited", "cites")), frozenset(("told", "informed"))
_TELLING = VERBS | _ACCORDING | _QUOTING | _TOLD
_OF_PERSONS = frozenset(("him", "her", "them"))


@dataclass(frozen=True)
class Attribution:
    """Who is said to say something: `subject` is the words for them, `role` an apposition to it.

    `place` tells where the words are that are attributed: after "X said that", before ", X said.", or
    either, for "according to X". `reporting` marks "Reuters reports", which yields to a speaker beside it;
    `side` one that covers a part of its sentence only. `via` is through whom the words came: of "X told
    Reuters" and "Reuters quoted X as saying".
    """

    subject: Span
    role: Span | None
    span: Span
    place: Literal["opening", "closing", "aside"]
    reporting: bool = False
    side: bool = False
    via: Span | None = None


def attributions(sentence: Phrase) -> list[Attribution]:
    """The attributions of one sentence, in order."""
    found: list[Attribution] = []
    for at, token in enumerate(sentence):
        if token.low not in _TELLING:
            continue
        passed_on = _passed_on(sentence, at)
        if passed_on:
            one: Attribution | None = passed_on
        elif token.low in VERBS and is_saying(sentence, at):
            one = _before(sentence, at) or _inverted(sentence, at)
        elif token.low in _ACCORDING:
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


def _passed_on(sentence: Phrase, at: int) -> Attribution | None:
    """The attribution of "quoted the ministry as saying" and "was told at the ministry"."""
    if sentence[at].low in _QUOTING:
        return quoted_as_saying(sentence, at)
    return _told_by(sentence, at) if sentence[at].low in _TOLD else None


def _is_circumstance(sentence: Phrase, one: Attribution) -> bool:
    """Whether it tells when or why, and not who says this: "after it announced"."""
    return _word_before(sentence, one) in _OF_CIRCUMSTANCES


def _in_relative_clause(sentence: Phrase, one: Attribution) -> bool:
    """Whether it covers a part of the sentence only: "drills that it says will run"."""
    before = _word_before(sentence, one)
    if before not in ("that", "which", "what", "who", "whom"):
        return False
    at = next(n for n, word in enumerate(sentence) if word.start >= one.span.start)
    reported = at > 1 and (sentence[at - 2].low in SAYING_VERBS or sentence[at - 2].text == ",")
    return not (reported and before == "that")


def _word_before(sentence: Phrase, one: Attribution) -> str:
    at = next(n for n, word in enumerate(sentence) if word.start >= one.span.start)
    return sentence[at - 1].low if at and one.place != "aside" else ""


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _before(sentence: Phrase, verb: int) -> Attribution | None:
    """The attribution whose subject stands before the verb."""
    end = last_before_adverbs(sentence, verb) + 1
    if end > 2 and sentence[end - 1].text == "," and sentence[end - 2].low in _ASIDES:
        end = comma_before(sentence, end - 1) - 1  # "Carla Nunes, however, said"
        end = max(end, 0)
    end = without_part(sentence, end)
    if sentence[verb].low == "saying":
        end = max(0, verb - 3)  # "Lavrov was quoted as saying"
    if end == 0:
        return None
    role = None
    if sentence[end - 1].text == ",":
        subject, role = with_apposition(sentence, end - 1)
    elif sentence[end - 1].low == "who":
        subject = last_name(sentence[clause_start(sentence, end - 1) : end - 1])
    else:
        subject = speaker_before(sentence, clause_start(sentence, end), end)
        if not subject or not _can_be_named(subject):
            subject = _before_relative(sentence, end) or subject
    closes = (
        bool(subject) and is_last(sentence, verb) and sentence[sentence.index(subject[0]) - 1].text == ","
    )
    if not subject or not (closes or _may_speak(subject, sentence[verb])):
        return None
    place = _place(sentence, subject, verb=verb) if role is None else "opening"
    return _attribution(subject, role, sentence=sentence, verb=verb, place=place)


def _can_be_named(words: Phrase) -> bool:
    if words[0].low in PRONOUNS:
        return True
    return any(word.capital or is_person(word.text) or is_body(word.text) for word in words)


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


def quoted_as_saying(sentence: Phrase, verb: int) -> Attribution | None:
    """The attribution of "the agency quoted the ministry as saying"; the agency is whom it came through."""
    end = next((n for n in range(verb + 1, len(sentence) - 1) if sentence[n].low == "as"), 0)
    if not end or sentence[end + 1].low != "saying":
        return None
    subject = sentence[verb + 1 : end]
    start = last_before_adverbs(sentence, verb) + 1
    by = speaker_before(sentence, clause_start(sentence, start), start) if start else []
    if not subject or not (is_speaker(subject) or _has_name(subject)) or not by:
        return None
    span = Span(by[0].start, sentence[end + 1].end)
    return Attribution(_span(subject), None, span, "opening", via=_span(by))


def _told_by(sentence: Phrase, verb: int) -> Attribution | None:
    """The attribution of ", Trend was told at the ministry": the ministry."""
    passive = verb > 0 and sentence[verb - 1].low in ("was", "were", "been")
    start = verb + 2
    if not passive or start >= len(sentence) or sentence[verb + 1].low not in ("by", "at", "in", "from"):
        return None
    words = sentence[start : phrase_end(sentence, start)]
    if not words or not is_speaker(words) or not _can_be_named(words):
        return None
    return Attribution(_span(words), None, Span(sentence[verb].start, words[-1].end), "aside")


def _may_speak(subject: Phrase, verb: Token) -> bool:
    """Whether a subject goes with a verb; "the attack reported", "the plan noted" are no speech."""
    if subject[0].low in _NO_SPEAKERS:
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
            _attribution(name, _span(words[: -len(name)]), sentence=sentence, verb=verb, place="closing")
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
    ):
        return None  # ", said Armenia had agreed": what follows is what was said
    named = named_after(sentence, words, end)
    if named:
        return _attribution(named, _span(words), sentence=sentence, verb=verb, place="closing")
    return _attribution(words, role_after(sentence, end), sentence=sentence, verb=verb, place="closing")


def _according(sentence: Phrase, at: int) -> Attribution | None:
    """The attribution of "according to X", "citing X", "по словам X"."""
    start = at + 1
    if sentence[at].low == "according":
        if start >= len(sentence) or sentence[start].low != "to":
            return None
        start += 1
    end = phrase_end(sentence, start)
    words = sentence[start:end]
    if words and words[0].low in _OF_PERSONS and len(words) > 1 and words[0].low != "her":
        return None
    pronoun = len(words) == 1 and words[0].low in _OF_PERSONS
    if not words or words[0].low in PRONOUNS or not (pronoun or is_speaker(words) or _has_name(words)):
        return None
    if not (pronoun or _can_be_named(words) or is_outlet(words)):
        return None  # "according to the schedule", "according to plan"
    role = role_after(sentence, end)
    span = Span(sentence[at].start, words[-1].end)
    return Attribution(_span(words), role, span, "aside", reporting=sentence[at].low in ("citing", "quoting"))


def _has_name(words: Phrase) -> bool:
    return len(words) <= 12 and any(word.capital for word in words)


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
    via = _told(sentence, verb, subject=subject)
    return Attribution(_span(subject), role, span, place, sentence[verb].low in REPORTING, via=via)


def _told(sentence: Phrase, verb: int, *, subject: Phrase) -> Span | None:
    """The outlet that was told: "President Teke told | the newspaper Sabah Postası | that"."""
    start = max(verb + 1, next((n + 1 for n, word in enumerate(sentence) if word is subject[-1]), 0))
    if sentence[verb].low not in ("told", "tells"):
        start = next((n + 2 for n in range(start, len(sentence) - 2) if sentence[n].low == "interview"), 0)
        if not start or sentence[start - 1].low not in ("with", "to"):
            return None
    words = sentence[start : phrase_end(sentence, start)]
    return _span(words) if words and is_outlet(words) else None


def _span(words: Phrase) -> Span:
    return Span(words[0].start, words[-1].end)
