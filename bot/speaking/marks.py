"""Whether what stands in quotation marks is somebody's words, and no title or expression."""

from __future__ import annotations

import re

from bot.language.words import word_set
from bot.speaking.paragraphs import Paragraphs
from bot.speaking.quotations import Quotation
from index.records import Span

# A quotation of fewer words, without anybody named, is an expression and not somebody's speech.
_OWN_WORDS = 3
_CALLED = word_set("speech", "called")
_PASSIVE = frozenset(("is", "are", "was", "were", "been", "being", "be"))
_TITLED = 0.75  # of the words of a title begin with a capital


def is_speech(body: str, quotation: Quotation, span: Span, paragraphs: Paragraphs) -> bool:
    """Whether a quotation in a span is words of somebody's, and not a title or an expression in marks."""
    if _is_called(quotation, paragraphs):
        return False
    inside = body[max(quotation.start, span.start) : min(quotation.end, span.end)]
    length = span.end - span.start
    if length - shared(quotation, span) > 12 and _is_title(inside):
        return False
    return len(inside.split()) >= _OWN_WORDS or shared(quotation, span) * 2 > length


def shared(quotation: Quotation, span: Span) -> int:
    """How many characters a quotation and a span share."""
    return min(quotation.end, span.end) - max(quotation.start, span.start)


def _is_called(quotation: Quotation, paragraphs: Paragraphs) -> bool:
    """Whether nobody in particular calls something so: "has been described as “a slap in the face”"."""
    words = (word for one in paragraphs.sentences_in(quotation.span) for word in one.words)
    before = [word.low for word in words if word.end <= quotation.start][-5:]
    return bool(_CALLED & {*before[-3:]} and _PASSIVE & {*before})


def _is_title(words: str) -> bool:
    """Whether a quotation is a title: "The Unlikely Story of America’s National Anthem"."""
    every = re.findall(r"[^\W\d_][\w’'-]*", words)
    long = [word for word in every if len(word) > 3] or every
    capitals = sum(word[0].isupper() for word in long)
    return bool(long) and capitals >= len(long) * _TITLED
