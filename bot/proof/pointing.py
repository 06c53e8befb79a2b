"""A model's line and the passages it was sent into where the line points: its words, found letter by letter.

Words that stand in another of the passages than the line says are found there. Words that stand in none are
lost, and with them what the line cites by them: a model that misremembers words misremembers what they say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.proof.records import DraftLine, Pointed, SentPassage
from bot.proof.verbatim import parts_of, places_of
from index.records import Span
from index.sentences import sentence_spans

_WORD = re.compile(r"\w+")
_TELLING = re.compile(r"\b(?:[A-ZА-ЯЁ]\w|\w*\d|\w{4,})")  # a name, a figure, a longer word
_LEAST = 0.5  # of a line's longer words that a sentence must have to be what a bare [1] means


@dataclass(frozen=True)
class Pointing:
    """Where a line points, in its order and each place once, and the words of it that stand nowhere."""

    places: tuple[Pointed, ...]
    lost: tuple[str, ...] = ()


def point(drafted: DraftLine, shown: Sequence[SentPassage]) -> Pointing:
    """The places of a line among the passages that were sent.

    A line that is itself a passage's words, or cites a passage without naming words of it, points at the
    sentence of that passage which has most of its words, where that is at least half of them.
    """
    found: list[Pointed] = []
    lost: list[str] = []
    for number, words in drafted.relies_on:
        place = _find(words, drafted.text, shown=_cited_first(shown, [number]))
        if place is None:
            lost.append(words)
        else:
            found.append(place)
    if not drafted.relies_on:
        itself = _find(drafted.text, drafted.text, shown=_cited_first(shown, drafted.cites))
        found += [itself] if itself else _nearest(drafted, shown)
    return Pointing(tuple(dict.fromkeys(found)), tuple(lost))


def _cited_first(shown: Sequence[SentPassage], numbers: Iterable[int]) -> list[SentPassage]:
    cited = set(numbers)
    return sorted(shown, key=lambda one: one.number not in cited)


def _find(words: str, text: str, *, shown: Sequence[SentPassage]) -> Pointed | None:
    """Where words stand: in the first passage that has them, where it is most like the line."""
    if not _TELLING.search(words):
        return None
    for one in shown:
        spans = _stand(words, one)
        if spans:
            return Pointed(one, _likest(spans, text, one=one))
    return None


def _stand(words: str, one: SentPassage) -> list[Span]:
    """The places of words in a passage; with an ellipsis, of parts in order within one of its sentences."""
    start = one.span.start
    whole = [Span(start + at.start, start + at.end) for at in places_of(words, one.text)]
    parts = parts_of(words)
    if whole or len(parts) < 2:
        return whole
    sentences = (Span(start + at.start, start + at.end) for at in sentence_spans(one.text))
    return [span for sentence in sentences if (span := _in_order(parts, one.article.body, sentence=sentence))]


def _in_order(parts: Sequence[str], body: str, *, sentence: Span) -> Span | None:
    """From the first part to the last, where all stand in a sentence one after another."""
    first, at = None, sentence.start
    for part in parts:
        place = next(iter(places_of(part, body[at : sentence.end])), None)
        if place is None:
            return None
        first = at + place.start if first is None else first
        at += place.end
    return Span(sentence.start if first is None else first, at)


def _likest(spans: Sequence[Span], text: str, *, one: SentPassage) -> Span:
    """Of several places with the same words the one whose sentence is most like the line."""
    if len(spans) == 1:
        return spans[0]
    sentences = [Span(one.span.start + at.start, one.span.start + at.end) for at in sentence_spans(one.text)]

    def alike(span: Span) -> int:
        around = [at for at in sentences if at.start < span.end and span.start < at.end]
        return len(_keys(" ".join(one.article.body[at.start : at.end] for at in around)) & _keys(text))

    return max(spans, key=alike)


def _nearest(drafted: DraftLine, shown: Sequence[SentPassage]) -> list[Pointed]:
    """Of each passage that a line cites without words, the sentence that has most of the line's words."""
    wanted = {word for word in _keys(drafted.text) if len(word) > 3}
    found = []
    for one in (one for number in drafted.cites for one in shown if one.number == number):
        spans = sentence_spans(one.text)
        best = max(spans, key=lambda at: len(wanted & _keys(one.text[at.start : at.end])), default=None)
        if best and len(wanted & _keys(one.text[best.start : best.end])) >= _LEAST * max(1, len(wanted)):
            found.append(Pointed(one, Span(one.span.start + best.start, one.span.start + best.end)))
    return found


def _keys(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
