"""The records of who speaks: a speaker, and an attribution in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bot.answers.answer import Voice
from bot.language.tokens import Token
from bot.language.words import word_set
from bot.speaking.kinds import SpeakerKind
from bot.speaking.speech import is_person
from index.records import Span

UNCLEAR = "unclear"
_AFTER_NAMES = word_set("speakers", "after_names")


@dataclass(frozen=True)
class Speaker:
    """Who says something. `name` is as full as the article gives it, or `UNCLEAR`.

    `kind` is "named" for a person with a name, "unnamed" where the article gives a description only ("a
    senior official"), "body" for a ministry, a company or a report, "outlet" for another outlet or agency.
    `evidence` are the words that show who speaks ("he further said"), `named_at` where the name stands in
    full; both are spans of the body. `via` is another outlet through which the words came ("told Reuters").
    `partly`: only a clause or a quotation of the sentence is theirs, and the rest is the outlet's.
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
class NamedPerson:
    """Somebody an article names. `name` is the fullest form it gives, at `body[at.start:at.end]`.

    `role` is what it calls them ("Russian Foreign Minister"), None where it does not. `gender` is "f", "m" or
    None, told from roles, forms of address and the commonest first names.
    """

    name: str
    at: Span
    role: str | None
    gender: str | None

    @cached_property
    def surname(self) -> str:
        """The last word of the name that is no "Jr." or "QC"."""
        return name_words(self.name)[-1]


@dataclass(frozen=True)
class Attribution:
    """Who is said to say something: `subject` is the words for them, `role` an apposition to it.

    `place` tells where the words are that are attributed: after "X said that", before ", X said.", or
    either, for "according to X". `reporting` marks "Reuters reports", which yields to a speaker beside it.
    `scope` is what it covers of its sentence: all, its clause ("drills that it says will run") or what is
    quoted in it ("after it said “no”"). `via` is through whom the words came: of "X told Reuters" and
    "Reuters quoted X as saying".
    """

    subject: Span
    role: Span | None
    span: Span
    place: Literal["opening", "closing", "aside"]
    reporting: bool = False
    scope: Literal["sentence", "clause", "quotation"] = "sentence"
    via: Span | None = None


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
    return Voice(speaker.kind, speaker.evidence, speaker.via, speaker.partly) if speaker else Voice("own")


def plain_role(role: str | None) -> str | None:
    """A role without the small word before it: "the fisheries minister", "its president"."""
    first, _, rest = (role or "").partition(" ")
    return rest if rest and first.lower() in ("the", "its", "his", "her", "their") else role


def begins_with(sentence: Sequence[Token], person: NamedPerson) -> bool:
    """Whether a sentence's subject is a person: "Russian Foreign Minister Sergey Lavrov arrived"."""
    for word in sentence:
        if word.low.replace("’", "'") == person.surname:
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


def name_words(name: str) -> list[str]:
    """The words of a name in small letters, with straight apostrophes, without "Jr." or "QC" after it."""
    words = name.lower().replace("’", "'").split()
    while len(words) > 1 and words[-1].rstrip(".") in _AFTER_NAMES:
        words.pop()
    return words


def within(inner: Span, outer: Span) -> bool:
    """Whether a span lies in another."""
    return outer.start <= inner.start and inner.end <= outer.end
