"""Words that pass others' on into attributions: "according to X", "quoted X as saying", "was told at X"."""

from __future__ import annotations

from bot.speaking.apposition import role_after
from bot.speaking.kinds import is_outlet
from bot.speaking.phrases import (
    Phrase,
    can_be_named,
    clause_start,
    is_speaker,
    phrase_end,
    span_of,
    speaker_before,
)
from bot.speaking.records import Attribution
from bot.speaking.speech import PRONOUNS
from bot.speaking.verbs import PLANS, last_before_adverbs
from index.records import Span

_QUOTING, _TOLD = frozenset(("quoted", "quotes", "cited", "cites")), frozenset(("told", "informed"))
_ACCORDING = frozenset(("according", "citing", "quoting", "per", "словам", "данным", "мнению"))
_OF_PERSONS = frozenset(("him", "her", "them"))
PASSING_ON = _ACCORDING | _QUOTING | _TOLD


def passed_on(sentence: Phrase, at: int) -> Attribution | None:
    """The attribution of "quoted the ministry as saying", "was told at the ministry", "according to it"."""
    if sentence[at].low in _ACCORDING:
        return _according(sentence, at)
    if sentence[at].low in _QUOTING:
        return _quoted_as_saying(sentence, at)
    return _told_by(sentence, at) if sentence[at].low in _TOLD else None


def _quoted_as_saying(sentence: Phrase, verb: int) -> Attribution | None:
    """The attribution of "the agency quoted the ministry as saying"; the agency is whom it came through."""
    end = next((n for n in range(verb + 1, len(sentence) - 1) if sentence[n].low == "as"), 0)
    if not end or sentence[end + 1].low != "saying":
        return None
    subject = sentence[verb + 1 : end]
    start = last_before_adverbs(sentence, verb) + 1
    by = speaker_before(sentence, clause_start(sentence, start), start) if start else []
    if not subject or not is_speaker(subject) or not by:
        return None
    span = Span(by[0].start, sentence[end + 1].end)
    return Attribution(span_of(subject), None, span, "opening", via=span_of(by))


def _told_by(sentence: Phrase, verb: int) -> Attribution | None:
    """The attribution of ", Trend was told at the ministry": the ministry."""
    passive = verb > 0 and sentence[verb - 1].low in ("was", "were", "been")
    start = verb + 2
    if not passive or start >= len(sentence) or sentence[verb + 1].low not in ("by", "at", "in", "from"):
        return None
    words = sentence[start : phrase_end(sentence, start)]
    if not words or not is_speaker(words) or not can_be_named(words):
        return None
    return Attribution(span_of(words), None, Span(sentence[verb].start, words[-1].end), "aside")


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
    if (
        not words
        or words[0].low in PRONOUNS
        or (any(word.low in PLANS and not word.capital for word in words) and not words[-1].capital)
    ):
        return None  # "according to the schedule", "according to plan"
    if sentence[at].low == "per" and not _is_per(sentence, at, words):
        return None
    if not pronoun and any(word.low in _OF_PERSONS for word in words[1:]):
        return None  # "according to one of them"
    named = is_speaker(words) and (can_be_named(words) or is_outlet(words))
    if sentence[at].low != "according" and not (pronoun or named):
        return None
    role = role_after(sentence, end)
    span = Span(sentence[at].start, words[-1].end)
    return Attribution(
        span_of(words), role, span, "aside", reporting=sentence[at].low in ("citing", "quoting")
    )


def _is_per(sentence: Phrase, at: int, words: Phrase) -> bool:
    """Whether "per" tells whose word it is: "…, per CNN", and neither "per head" nor somebody called Per."""
    ends = at > 0 and (sentence[at - 1].text == "," or sentence[at - 1].quoted)
    named = any(word.capital for word in words[:2])
    return named and ((ends and not sentence[at].capital) or (at == 0 and is_outlet(words)))


def outlet_told(sentence: Phrase, verb: int, *, subject: Phrase) -> Span | None:
    """The outlet that was told: "President Teke told | the newspaper Sabah Postası | that"."""
    start = max(verb + 1, next((n + 1 for n, word in enumerate(sentence) if word is subject[-1]), 0))
    if sentence[verb].low not in ("told", "tells"):
        start = next((n + 2 for n in range(start, len(sentence) - 2) if sentence[n].low == "interview"), 0)
        if not start or sentence[start - 1].low not in ("with", "to"):
            return None
    words = sentence[start : phrase_end(sentence, start)]
    return span_of(words) if words and is_outlet(words) else None
