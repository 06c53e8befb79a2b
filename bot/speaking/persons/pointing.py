"""Words that point back, "he", "the minister", into the one of several people whom the text before means."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from bot.language.tokens import Token
from bot.speaking.records import (
    UNCLEAR,
    Attribution,
    NamedPerson,
    Said,
    Speaker,
    begins_with,
    speaker_for,
    within,
)
from bot.speaking.speech import FEMALE, HONORIFICS, MALE, PRONOUNS, is_person, singular
from index.records import Span

MEN, WOMEN = frozenset(("he", "him", "his", "он")), frozenset(("she", "her", "она"))
_CALLED_SHE = (FEMALE - PRONOUNS - HONORIFICS) | {"woman", "girl"}
_CALLED_HE = (MALE - PRONOUNS - HONORIFICS) | {"man", "boy"}


class PointingBack:
    """Whom pointing words of one article mean; `said` grows as the article is read."""

    def __init__(
        self,
        paragraphs: Sequence[Span],
        sentences: Sequence[Sequence[Sequence[Token]]],
        *,
        people: Sequence[NamedPerson],
    ) -> None:
        self._paragraphs = paragraphs
        self._sentences = sentences
        self._people = people
        self.said: list[Said] = []

    @cached_property
    def _capitals(self) -> dict[str, list[int]]:
        """Where the outlet's own words have which capitalised word, in order."""
        capitals: dict[str, list[int]] = {}
        for word in (word for part in self._sentences for one in part for word in one if word.capital):
            capitals.setdefault(word.low.replace("’", "'"), []).append(word.start)
        return capitals

    def mentions(self, person: NamedPerson, window: Span) -> list[int]:
        """Where the outlet's own words name a person within a window."""
        places = self._capitals.get(person.surname, [])
        return places[bisect_left(places, window.start) : bisect_left(places, window.end)]

    def for_pronoun(self, pronoun: str, one: Attribution, number: int) -> Speaker:
        """Whom "he" or "she" means before `one` in paragraph `number`."""
        gender = "f" if pronoun in FEMALE | WOMEN else "m"
        fit = [person for person in self._people if person.gender in (None, gender)]
        meant = self.one_meant(fit, one, number=number) or self._only_one(fit, gender, one=one, number=number)
        others = [person for person in fit if person.gender == gender and person is not meant]
        if (
            meant
            and meant.gender is None
            and any(self._is_close(other, one, number=number) for other in others)
        ):
            meant = None  # "Pike said … Tom laughed. He …": Pike may be a woman
        if meant and self._unnamed_since(meant, gender, one=one):
            meant = None
        return speaker_for(meant, one.span) if meant else Speaker(UNCLEAR, "unclear", None, one.span)

    def _unnamed_since(self, person: NamedPerson, gender: str, *, one: Attribution) -> bool:
        """Whether somebody whom "she" may mean is told of since a person was: "His mother thanked them"."""
        spoken = [said.attribution.span.end for said in self.said if said.speaker.name == person.name]
        last = max([*spoken, *self.mentions(person, Span(0, one.subject.start))], default=0)
        called = _CALLED_SHE if gender == "f" else _CALLED_HE
        return any(
            word.low in called and last < word.start < one.subject.start
            for part in self._sentences
            for sentence in part
            for word in sentence[:3]
        )

    def _only_one(
        self, fit: Sequence[NamedPerson], gender: str, *, one: Attribution, number: int
    ) -> NamedPerson | None:
        """The one person of the article who can be "she", where nobody else spoke in between unnamed."""
        if len(fit) != 1 or fit[0].gender != gender or not self.mentions(fit[0], Span(0, one.subject.start)):
            return None
        since = [said for said in self.said if number - 5 <= said.paragraph]
        unknown = any(said.speaker.kind == "unclear" or _is_somebody(said.speaker) for said in since)
        return None if unknown else fit[0]

    def one_meant(self, fit: Sequence[NamedPerson], one: Attribution, *, number: int) -> NamedPerson | None:
        """The one of several whom the text before points to: alone in its paragraph, or the last to speak."""
        for back in range(3):
            if number - back < 0:
                return None
            part = self._paragraphs[number - back]
            window = Span(part.start, min(part.end, one.subject.start))
            said = [s for s in self.said if within(s.attribution.span, window)]
            if any(s.speaker.kind == "unclear" or _is_somebody(s.speaker) for s in said):
                return None
            near = [person for person in fit if self._is_near(person, window, said=said)]
            if len(near) == 1:
                return near[0] if not back or self._is_topic(near[0], window, said=said) else None
            if near:
                return self._last_who_spoke(near, window, said=said)
        return None

    def _is_near(self, person: NamedPerson, window: Span, *, said: Sequence[Said]) -> bool:
        return any(s.speaker.name == person.name for s in said) or bool(self.mentions(person, window))

    def _is_close(self, person: NamedPerson, one: Attribution, *, number: int) -> bool:
        """Whether a person speaks or is named in this paragraph or the one before."""
        window = Span(self._paragraphs[max(0, number - 1)].start, one.subject.start)
        return self._is_near(
            person, window, said=[s for s in self.said if within(s.attribution.span, window)]
        )

    def _is_topic(self, person: NamedPerson, window: Span, *, said: Sequence[Said]) -> bool:
        """Whether an earlier paragraph is about a person, who speaks in it or begins a sentence."""
        if any(one.speaker.name == person.name for one in said):
            return True
        sentences = [
            s for part in self._sentences for s in part if within(Span(s[0].start, s[-1].end), window)
        ]
        return any(begins_with(sentence, person) for sentence in sentences)

    def _last_who_spoke(
        self, near: Sequence[NamedPerson], window: Span, *, said: Sequence[Said]
    ) -> NamedPerson | None:
        """The last speaker of a window, unless somebody else is named after that speaker's sentence."""
        if not said:
            return None
        after = Span(said[-1].sentence[-1].end, max(window.end, said[-1].sentence[-1].end))
        speaker = next((one for one in near if one.name == said[-1].speaker.name), None)
        others = [one for one in near if one is not speaker and self.mentions(one, after)]
        return None if others else speaker


def _is_somebody(speaker: Speaker) -> bool:
    """Whether it is a person without a name ("one woman"), whom "she" may mean just as well."""
    role = next((word for word in speaker.name.split() if is_person(word)), None)
    return speaker.kind == "unnamed" and role is not None and singular(role) == role.lower()
