"""A place in an article into what is quoted of it: with what it cannot be understood without."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answers.lines import names
from bot.answers.proposal import Place, Proposed
from bot.speaking.records import voice_of
from bot.speaking.speaker import UNCLEAR, Speaker, Speakers
from index.copies.words import holds
from index.corrections import corrections
from index.records import Article, Hit, Span
from index.sentences import sentence_spans
from index.withdrawn import covered, sentences_of, withdrawn

LONGEST = 480  # characters of a quotation that takes in the sentence before

# Words that point back to the sentence before, when a sentence begins with them.
_POINTS_BACK = re.compile(
    r"[\s“\"«„'‘(]*(?:(?:But|And|Still|However|Yet|So|Also|Then)[,\s]+)?"
    r"(?:he|she|it|its|they|their|his|her|this|that|these|those|such|both|он|она|они|это|его|её|их)\b",
    re.IGNORECASE,
)


def quotation(hit: Hit, span: Span, speaker: Speaker | None, *, short: Span | None = None) -> Proposed:
    """The words of a hit's article at `span`, as `speaker` says them."""
    text = hit.article.body[span.start : span.end]
    return Proposed(
        text=text,
        places=(Place(hit.article, span),),
        verdict="quoted",
        speaker=speaker.name if speaker else None,
        role=speaker.role if speaker else None,
        also_in=_also_in(hit, text),
        short=short,
        voice=voice_of(speaker),
    )


def _also_in(hit: Hit, text: str) -> tuple[str, ...]:
    """The other outlets that printed these words of a hit; a copy may be edited or cut."""
    outlets = dict.fromkeys(copy.outlet for copy in hit.copies if copy.outlet and holds(copy.body, text))
    return tuple(outlet for outlet in outlets if outlet != hit.article.outlet)


def whole_thought(article: Article, span: Span, speakers: Speakers) -> Span:
    """The span of a sentence with what it cannot be understood without.

    A sentence that points back ("It failed.") takes in the one before, of the same paragraph and the same
    speaker or one that names its own, while that is short; "He said …" with a speaker whose name is known is
    clear without. For what a correction takes in see `_of_note`.
    """
    note = _note_around(article, span)
    if note:
        return _of_note(article, span, note)
    speaker = speakers.of(span)
    if not _POINTS_BACK.match(article.body, span.start, span.end) or _points_to_speaker(span, speaker):
        return span
    before = _before(article, span, speakers)
    if before is None or "\n\n" in article.body[before.end : span.start]:
        return span
    return Span(before.start, span.end)


def speaker_in(sentence: Span, thought: Span, speakers: Speakers) -> Speaker | None:
    """Who says a sentence; only a part of the thought around it, where what that takes in is not theirs."""
    speaker = speakers.of(sentence)
    if speaker is None or speaker.name == UNCLEAR or thought.start >= sentence.start:
        return speaker
    before = speakers.of(Span(thought.start, sentence.start))
    return speaker if before and before.name == speaker.name else replace(speaker, partly=True)


def with_names(article: Article, span: Span, speakers: Speakers, *, names: Sequence[str]) -> Span:
    """The span of a sentence with the one before it, where only that one has some of `names`."""
    wanted = [name for name in names if name not in article.body[span.start : span.end]]
    before = _before(article, span, speakers) if wanted else None
    if before and any(name in article.body[before.start : before.end] for name in wanted):
        return Span(before.start, span.end)
    return span


def _before(article: Article, span: Span, speakers: Speakers) -> Span | None:
    """The sentence before, of the same speaker or one that names its own; None where both are too long."""
    earlier = [
        one for one in sentence_spans(article.body, language=article.language) if one.end <= span.start
    ]
    if not earlier or span.end - earlier[-1].start > LONGEST:
        return None
    apart = article.body[earlier[-1].end : span.start].strip()
    return (
        earlier[-1] if not apart and _same_voice(article, earlier[-1], speakers, speakers.of(span)) else None
    )


def _note_around(article: Article, span: Span) -> Span | None:
    notes = corrections(article.body, language=article.language)
    return next((note for note in notes if note.start <= span.start < note.end), None)


def _of_note(article: Article, span: Span, note: Span) -> Span:
    """What is quoted of a correction: what is right, where that is clear by itself; else the whole note."""
    taken = withdrawn(article.body, language=article.language)
    sentences = sentences_of(article.body, span, language=article.language)
    right = [one for one in sentences if not covered(one, taken)]
    if not right or _POINTS_BACK.match(article.body, right[0].start, right[0].end):
        return note
    return Span(right[0].start, right[-1].end)


def _same_voice(article: Article, before: Span, speakers: Speakers, speaker: Speaker | None) -> bool:
    other = speakers.of(before)
    if other is None:
        return True
    return names(article.body[before.start : before.end], other.name) or other.name == (
        speaker and speaker.name
    )


def _points_to_speaker(span: Span, speaker: Speaker | None) -> bool:
    if speaker is None or speaker.kind == "unclear" or speaker.evidence is None:
        return False
    return span.start <= speaker.evidence.start < span.start + 12
