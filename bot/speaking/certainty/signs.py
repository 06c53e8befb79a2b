"""What tells how sure it is who says a sentence: the words around it, and how its speaker was found.

Each sign is 0 or 1, or a share between them; `regression` weighs them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.language.tokens import Token
from bot.language.words import word_set
from bot.speaking.listing import STOPS
from bot.speaking.paragraphs import Attributed, Paragraphs
from bot.speaking.quotations import Quotation
from bot.speaking.records import Speaker, within
from bot.speaking.speech import is_person, singular
from bot.speaking.tenses import first_tense
from bot.speaking.verbs import VERBS
from index.records import Span

_TELLING = VERBS | {"according", "reportedly", "allegedly", "saying", "claim", "claims", "statement"}
_FIRST_PERSON = frozenset(("i", "we", "us", "me", "my", "our", "я", "мы", "мой", "наш"))
_ANY = word_set("speakers", "any_body") | {"site", "website"}
_POINTING = frozenset(("the", "this", "that"))
_MARKS = frozenset("‘'(")
_WORDY = 6  # words in marks, from which they are somebody's rather than a name or an expression


@dataclass(frozen=True)
class Finding:
    """Who seems to say a span, None for the outlet, and the signs for how sure that is, by name.

    Without any signs it is taken as it is.
    """

    speaker: Speaker | None
    signs: Mapping[str, float]

    @property
    def of(self) -> Literal["own", "told"]:
        """Which signs they are: those of the outlet's own words, or of a speaker who was found."""
        return "told" if self.speaker else "own"


def own_signs(body: str, span: Span, paragraphs: Paragraphs, speech: Sequence[Quotation]) -> dict[str, float]:
    """The signs for whether a span in which no speaker was found is the outlet's own; `speech` is in it."""
    there = paragraphs.sentences_in(Span(span.start, span.start + 1))
    before = [one for one in there if one.words[-1].end <= span.start]
    words = [word for one in paragraphs.sentences_in(span) for word in one.words if _in(word, span)]
    own = [word for word in words if not word.quoted]
    number = paragraphs.number_at(span)
    earlier = paragraphs.sentences(number - 1) if number and not before else []
    quoted = sum(len(body[one.start : one.end].split()) for one in speech)
    tense = first_tense(own)
    return {
        "telling": float(any(word.low in _TELLING for word in own)),
        "quoted": min(quoted / _WORDY, 1.0),
        "first_person": float(any(word.low in _FIRST_PERSON for word in own)),
        "goes_on": float(bool(before) and _is_told(before[-1]) and tense != "past"),
        "after_quoted": float(any(one.words[-1].quoted for one in (before or earlier)[-1:])),
        "unfinished": float(body[span.start : span.end][-1:] not in STOPS),
        "marked": float(body[span.start : span.end][:1] in _MARKS),
        "past": float(tense == "past"),
        "present": float(tense == "present"),
        "reported_tense": float(tense == "backshifted"),
    }


def told_signs(span: Span, speaker: Speaker) -> dict[str, float]:
    """The signs for whether a speaker was found rightly."""
    first, *rest = speaker.name.split()
    last = (rest or [first])[-1]
    pointing = first.lower() in _POINTING and bool(rest)
    shown = speaker.evidence
    return {
        "unnamed": float(speaker.kind == "unnamed"),
        "body": float(speaker.kind == "body"),
        "outlet": float(speaker.kind == "outlet"),
        "surname_only": float(speaker.kind == "named" and not rest and speaker.role is None),
        "noun_only": float(pointing and len(rest) == 1 and _is_any(last)),
        "called": float(pointing and len(rest) > 1 and last[0].isupper() and is_person(last)),
        "several": float(";" in speaker.name),
        "elsewhere": float(shown is None or not within(shown, span)),
        "partly": float(speaker.partly),
    }


def _in(word: Token, span: Span) -> bool:
    return span.start < word.end and word.start < span.end


def _is_told(sentence: Attributed) -> bool:
    return any(one.scope == "sentence" for one in sentence.attributions)


def _is_any(noun: str) -> bool:
    """Whether a noun alone means a body that has a name: "the network", "the companies"."""
    return noun in _ANY or singular(noun) in _ANY
