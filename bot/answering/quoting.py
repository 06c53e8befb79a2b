"""Candidates into an answer without an LLM: the sentences that answer, whole, and who says them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Sequence
from itertools import takewhile
from types import MappingProxyType

from bot.answers.proposal import Candidate, Place, ProposalPart, Proposed, Shorts, Weighed
from bot.answers.question import Question
from bot.showing.wording import names
from bot.speaking.records import voice_of
from bot.speaking.speaker import Speaker, Speakers
from index.copies.words import holds
from index.corrections import corrections
from index.records import Article, Hit, Span
from index.sentences import sentence_spans
from index.withdrawn import covered, sentences_of, withdrawn

MOST = 3  # sentences of an answer
LONGEST = 480  # characters of a quotation that takes in the sentence before
NEAR = 0.7  # a further sentence must have this share of the best one's score …
REPEATED = 0.7  # … and at most this share of its words in a sentence that is quoted already

# Words that point back to the sentence before, when a sentence begins with them.
_POINTS_BACK = re.compile(
    r"[\s“\"«„'‘(]*(?:(?:But|And|Still|However|Yet|So|Also|Then)[,\s]+)?"
    r"(?:he|she|it|its|they|their|his|her|this|that|these|those|such|both|он|она|они|это|его|её|их)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w{3,}")

_NO_SHORTS: Shorts = MappingProxyType({})


class Quoter:
    """The answerer that needs no LLM."""

    async def propose(
        self, question: Question, weighed: Weighed, *, hits: Sequence[Hit]
    ) -> AsyncGenerator[ProposalPart, None]:
        """The best candidates as quotations; `weighed` holds at least one."""
        for one in await asyncio.to_thread(quote, weighed.candidates, weighed.shorts):
            yield one


def quote(candidates: Sequence[Candidate], shorts: Shorts = _NO_SHORTS) -> tuple[Proposed, ...]:
    """At most three quotations from articles of different origins, those that only repeat left out.

    `shorts` are the words that answer in a candidate (see `bot.answers.proposal.Weighed`).
    """
    return tuple(_proposed(candidate, shorts) for candidate in choose_different(candidates))


def choose_different(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best candidate, and up to two more that are nearly as good and add something from elsewhere."""
    chosen: list[Candidate] = []
    close = takewhile(lambda one: one.score >= NEAR * candidates[0].score, candidates)
    for candidate in close:
        if len(chosen) == MOST:
            break
        if not any(
            candidate.hit.origin == other.hit.origin or _repeats(candidate, other) for other in chosen
        ):
            chosen.append(candidate)
    return chosen


def _repeats(one: Candidate, other: Candidate) -> bool:
    """Whether a sentence's words stand in another already, nearly all of them."""
    mine, theirs = _words(one), _words(other)
    return bool(mine) and len(mine & theirs) > REPEATED * len(mine)


def _words(candidate: Candidate) -> set[str]:
    text = candidate.hit.article.body[candidate.span.start : candidate.span.end]
    return {word[:6] for word in _WORD.findall(text.lower())}


def _proposed(candidate: Candidate, shorts: Shorts) -> Proposed:
    article = candidate.hit.article
    speakers = Speakers(article)
    span = whole_thought(article, candidate.span, speakers)
    short = shorts.get((article.id, candidate.span))
    return quotation(candidate.hit, span, speakers.of(candidate.span), short=short)


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
