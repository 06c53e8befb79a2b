"""Whether a sentence without any sign of a speaker may go on with what the one before it reports.

"Sheehan said pork would have been there. Vegetables could have included squash.": the second is hers. News
tells what happened in the past tense; what somebody says goes on in the present, or with "would" and "could".
"""

from __future__ import annotations

from itertools import pairwise

from bot.speaking.paragraphs import Attributed, Paragraphs
from bot.speaking.parts import leaves_some
from bot.speaking.speech import PRONOUNS
from bot.speaking.tenses import first_tense
from index.records import Span

_MODALS = frozenset(("would", "could", "might", "should"))


def may_go_on(span: Span, paragraphs: Paragraphs) -> bool:
    """Whether nobody can tell a span that begins a sentence from what is reported right before it."""
    there = paragraphs.sentences_in(Span(span.start, span.start + 1))
    pair = next(((one, own) for one, own in pairwise(there) if own.words[0].start == span.start), None)
    if pair is None:
        return False
    before, own = pair
    return _reports(before) and not own.attributions and not _is_told(own)


def _reports(sentence: Attributed) -> bool:
    """Whether all of a sentence is what somebody says, in the outlet's words."""
    whole = [one for one in sentence.attributions if one.scope == "sentence"]
    quoted = any(word.quoted for word in sentence.words)
    return bool(whole) and not quoted and not leaves_some(sentence.words, whole)


def _is_told(sentence: Attributed) -> bool:
    """Whether a sentence tells what happened: "The flight departed"; not "It raises fears once voiced"."""
    words = sentence.words
    tense = first_tense(words[:4] if words[0].low in PRONOUNS else words)
    if tense == "backshifted":
        return not any(word.low in _MODALS for word in words)
    return tense == "past"
