"""Questions about who said what: the asked speaker's sentences first, another's never in their place.

"What did Lavrov say about observers?" is answered by a sentence that Lavrov says, or that begins with him,
and that is about observers. The first is told by `bot.speaking.speaker`; the second by the likeness of the
topic alone, without the name, which every sentence of the speaker would share.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

import numpy as np

from bot.answers.proposal import Candidate, Weighed
from bot.speaking.speaker import UNCLEAR, Speaker, Speakers
from bot.weighing.saying import Saying, is_meant
from index.encoding.encoder import Encoder
from index.encoding.prompts import asking
from index.records import Hit, Span

# A sentence counts as about a topic from this cosine on, or with the one before it from the second: on 24
# questions of our own those about it had 0.30 to 0.59 (or 0.40 to 0.58), others at most 0.25 (or 0.35).
ABOUT, ABOUT_TOGETHER = 0.30, 0.40
NAMED = 0.1  # what it adds that all of the topic's words stand in the sentence
MOST = 40  # sentences of a speaker that are compared with the topic
LONGEST = 480  # characters of what somebody says in a row
LEADING = 0.3  # of the best score: what may be put before it because it has a speaker
# The probability below which likeness to the topic alone is no answer: of written questions of pages kept
# apart 4 of 5 from here on to the least that is answered are right, below none of 5.
LEAST_LIKELY = 0.1


@dataclass(frozen=True)
class SpokenSentence:
    """A sentence with who speaks in it, or whom it begins with; a `bot.answers.proposal.Candidate`.

    Both are read when they are asked for: who speaks in all sentences of twelve hits takes 60 ms.
    """

    hit: Hit
    span: Span
    score: float
    speakers: Speakers = field(compare=False, repr=False)

    @cached_property
    def speaker(self) -> Speaker | None:
        """Who speaks in it; None is the outlet."""
        return self.speakers.of(self.span)

    @property
    def is_told(self) -> bool:
        """Whether somebody is known to speak in it."""
        return self.speaker is not None and self.speaker.name != UNCLEAR

    @property
    def actor(self) -> Speaker | None:
        """Whom it begins with, where nobody is known to speak."""
        return None if self.is_told else self.speakers.actor(self.span)

    @property
    def text(self) -> str:
        """The sentence."""
        return self.hit.article.body[self.span.start : self.span.end]


def hear(saying: Saying, weighed: Weighed, hits: Sequence[Hit], *, encoder: Encoder) -> Weighed:
    """What was weighed, by who speaks.

    The asked speaker's sentences on the topic come first, and are enough where the speaker is heard in them.
    Without any, a sentence in which somebody else speaks does not answer, nor one of the asked speaker about
    something else.
    """
    heard = _heard(hits, weighed.candidates)
    if saying.who is None:
        return _by_anybody(heard, weighed)
    who = saying.who
    own = list(islice((one for one in heard if _is_of(who, one)), MOST))
    if own and not saying.topic:
        return _led_by([_with_following(one, own) for one in own], heard, weighed)
    likeness = _likeness(saying.topic, own, encoder)
    best = max(heard, key=lambda one: one.score, default=None)
    agreed = [one for one, near in zip(own, likeness, strict=True) if one is best and near >= ABOUT]
    if weighed.enough and agreed:
        return _without_others(who, heard, set(), (), weighed)
    about = [_scored(one, near) for one, near in zip(own, likeness, strict=True) if near >= ABOUT]
    if about:
        likely = weighed.probability is None or weighed.probability >= LEAST_LIKELY
        return _led_by(about, heard, weighed, likely=likely)
    off = {one.span for one in own if not _share(saying.topic, one.text)}
    nearest = sorted(zip(likeness, own, strict=True), key=lambda pair: -pair[0])
    return _without_others(who, heard, off, [one for _, one in nearest], weighed)


def _led_by(
    own: Sequence[SpokenSentence], heard: Sequence[SpokenSentence], weighed: Weighed, *, likely: bool = True
) -> Weighed:
    """The asked speaker's sentences first, and of these those in which one is heard, enough if `likely`."""
    first = sorted(own, key=lambda one: (not one.is_told, -one.score))
    enough = weighed.enough or (first[0].is_told and likely)
    return replace(weighed, candidates=[*first, *_rest(heard, first)], enough=enough)


def _heard(hits: Sequence[Hit], candidates: Sequence[Candidate]) -> list[SpokenSentence]:
    """Every sentence of the hits, in the order of the hits, with its candidate's score."""
    scores = {(one.hit.article.id, one.span): one.score for one in candidates}
    articles = {hit.article.id: hit.article for hit in reversed(hits)}
    speakers = {name: Speakers(article) for name, article in articles.items()}
    return [
        SpokenSentence(hit, span, scores.get((hit.article.id, span), 0.0), speakers[hit.article.id])
        for hit in hits
        for span in hit.passage.sentences
    ]


def _is_of(who: str, one: SpokenSentence) -> bool:
    named = one.speaker if one.is_told else one.actor
    return named is not None and is_meant(who, named)


def _with_following(one: SpokenSentence, own: Sequence[SpokenSentence]) -> SpokenSentence:
    """A sentence and what the speaker says right after it, in the same paragraph, while it stays short."""
    span, body = one.span, one.hit.article.body
    for other in own:
        gap = body[span.end : other.span.start]
        follows = (
            other.hit is one.hit and other.span.start >= span.end and not gap.strip() and "\n" not in gap
        )
        if follows and other.span.end - span.start <= LONGEST:
            span = Span(span.start, other.span.end)
    return replace(one, span=span)


def _likeness(topic: str, sentences: Sequence[SpokenSentence], encoder: Encoder) -> list[float]:
    """How much each sentence is about a topic, alone or with the one before: a cosine against `ABOUT`.

    Where the topic has names, one must stand there: to an encoder one country is much like another.
    """
    if not sentences:
        return []
    alone = [one.text for one in sentences]
    together = [_with_before(one) for one in sentences]
    (asked,) = asking(encoder).encode([topic])
    cosines = [float(cosine) for cosine in np.vecdot(encoder.encode([*alone, *together]), asked)]
    pairs = zip(cosines[: len(alone)], cosines[len(alone) :], strict=True)
    likeness = [max(one, both - (ABOUT_TOGETHER - ABOUT)) for one, both in pairs]
    likeness = [one + NAMED * _share(topic, text) for one, text in zip(likeness, alone, strict=True)]
    named = " ".join(re.findall(r"(?<!\w)[^\W\d_a-zа-я][\w’-]{2,}", topic))
    return [
        one if not named or _share(named, text) else 0.0 for one, text in zip(likeness, together, strict=True)
    ]


def _share(topic: str, text: str) -> float:
    """The share of the topic's longer words that stand in a text; "Iran" does in "Iranian"."""
    asked, there = ({word[:6] for word in re.findall(r"\w{4,}", words.lower())} for words in (topic, text))
    found = [word for word in asked if any(other.startswith(word) for other in there)]
    return len(found) / len(asked) if asked else 0.0


def _with_before(one: SpokenSentence) -> str:
    before = [span for span in one.hit.passage.sentences if span.end <= one.span.start]
    return one.hit.article.body[before[-1].start if before else one.span.start : one.span.end]


def _scored(one: SpokenSentence, likeness: float) -> SpokenSentence:
    """A cosine as a score that halves within 0.035: "nearly as good" is nearly as much about the topic."""
    return replace(one, score=math.exp(20 * (likeness - 1)))


def _rest(heard: Sequence[SpokenSentence], first: Sequence[SpokenSentence]) -> list[SpokenSentence]:
    taken = {(one.hit.article.id, one.span) for one in first}
    rest = [one for one in heard if (one.hit.article.id, one.span) not in taken and one.score]
    return [replace(one, score=0.0) for one in sorted(rest, key=lambda one: -one.score)]


def _by_anybody(heard: Sequence[SpokenSentence], weighed: Weighed) -> Weighed:
    """For "who said …": of the leading candidates, those in which somebody speaks come first."""
    ranked = sorted((one for one in heard if one.score), key=lambda one: -one.score)
    best = ranked[0].score if ranked else 0.0
    ranked = sorted(ranked, key=lambda one: not (one.score >= LEADING * best and one.speaker))
    return replace(weighed, candidates=ranked)


def _without_others(
    who: str, heard: Sequence[SpokenSentence], off: set[Span], own: Sequence[SpokenSentence], weighed: Weighed
) -> Weighed:
    """The candidates, others' words last unless they name the asked speaker; not enough if these led.

    Where there is not enough, what comes nearest is what the asked speaker may say, off the topic too.
    """
    ranked = sorted((one for one in heard if one.score), key=lambda one: -one.score)
    kept = [one for one in ranked if one.span not in off and not _is_other(one, who)]
    others = [replace(one, score=0.0) for one in ranked if one not in kept]
    if weighed.enough and kept and kept[0] is ranked[0]:
        return replace(weighed, candidates=[*kept, *others])
    told = [one for one in kept if _may_tell_of(who, one)]
    mine = sorted(dict.fromkeys((*told, *own)), key=lambda one: one.speaker is not None and not one.is_told)
    if not mine:
        possible = weighed.possible and not who[0].isupper()  # "a student" may have any name
        return replace(weighed, candidates=[*kept, *others], enough=False, possible=possible)
    rest = [replace(one, score=0.0) for one in kept if one not in told]
    return replace(
        weighed, candidates=[*(replace(one, score=1.0) for one in mine), *rest, *others], enough=False
    )


def _may_tell_of(who: str, one: SpokenSentence) -> bool:
    """Whether the asked speaker may speak in a sentence: it names them, or who speaks is not clear there."""
    unclear = one.speaker is not None and not one.is_told and _share(who, one.hit.article.body) == 1
    return unclear or _is_of(who, one) or _share(who, one.text) == 1


def _is_other(one: SpokenSentence, who: str) -> bool:
    if one.speaker is None or one.speaker.name == UNCLEAR or is_meant(who, one.speaker):
        return False
    return _share(who, one.text) < 1
