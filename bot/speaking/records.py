"""The records of who speaks: a speaker, and an attribution in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.answer import Voice
from bot.language.tokens import Token
from bot.speaking.attribution import Attribution
from bot.speaking.kinds import SpeakerKind
from bot.speaking.people import NamedPerson
from bot.speaking.speech import is_person
from index.records import Span

UNCLEAR = "unclear"


@dataclass(frozen=True)
class Speaker:
    """Who says something. `name` is as full as the article gives it, or `UNCLEAR`.

    `kind` is "named" for a person with a name, "unnamed" where the article gives a description only ("a
    senior official"), "body" for a ministry, a company or a report, "outlet" for another outlet or agency.
    `evidence` are the words that show who speaks ("he further said"), `named_at` where the name stands in
    full; both are spans of the body. `via` is another outlet through which the words came ("told Reuters").
    `partly`: only a clause of the sentence is theirs, and the rest the outlet's.
    """

    name: str
    kind: SpeakerKind
    role: str | None = None
    evidence: Span | None = None
    named_at: Span | None = None
    via: str | None = None
    partly: bool = False


NOBODY_TOLD = Speaker(UNCLEAR, "unclear")


@dataclass(frozen=True)
class Said:
    """An attribution in its place: which paragraph, which sentence of it, whom it names."""

    paragraph: int
    sentence: Sequence[Token]
    attribution: Attribution
    speaker: Speaker


def speaker_for(person: NamedPerson, evidence: Span) -> Speaker:
    """A person of the article as a speaker."""
    return Speaker(person.name, "named", plain_role(person.role), evidence, person.at)


def voice_of(speaker: Speaker | None) -> Voice:
    """Who says a sentence as answers carry it; None is the outlet itself."""
    return Voice(speaker.kind, speaker.evidence, speaker.via) if speaker else Voice("own")


def plain_role(role: str | None) -> str | None:
    """A role without the small word before it: "the fisheries minister", "its president"."""
    first, _, rest = (role or "").partition(" ")
    return rest if rest and first.lower() in ("the", "its", "his", "her", "their") else role


def begins_with(sentence: Sequence[Token], person: NamedPerson) -> bool:
    """Whether a sentence's subject is a person: "Russian Foreign Minister Sergey Lavrov arrived"."""
    for word in sentence:
        if word.low == person.surname:
            return True
        if not (
            word.capital
            or word.low in ("of", "the")
            or word.text.endswith(("’s", "'s"))
            or word.text == ","
            or is_person(word.text)
        ):
            return False
    return False


def within(inner: Span, outer: Span) -> bool:
    """Whether a span lies in another."""
    return outer.start <= inner.start and inner.end <= outer.end
