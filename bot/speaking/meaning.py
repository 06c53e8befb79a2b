"""The subject of an attribution into whom it means: a name in full, "he", "the minister", "the agency"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from bot.language.tokens import Token, tokens
from bot.language.words import word_set
from bot.speaking.attribution import Attribution
from bot.speaking.kinds import is_outlet, kind_of
from bot.speaking.people import NamedPerson, in_role, meant_by, split_role
from bot.speaking.records import UNCLEAR, Said, Speaker, begins_with, plain_role, speaker_for, within
from bot.speaking.speech import DETERMINERS, FEMALE, HONORIFICS, MALE, PRONOUNS, is_body, is_person, singular
from index.records import Article, Span

_MEN, _WOMEN = frozenset(("he", "him", "он")), frozenset(("she", "her", "она"))
_BODIES = frozenset(("it", "they", "them", "они", "оно"))
_INTRODUCED = re.compile(
    r"\b(?:newspaper|daily|weekly|magazine|broadcaster|news site|news website|channel|tabloid|agency|portal) "
    r"((?:[A-Z][\w’-]*)(?: [A-Z][\w’-]*){0,2})"
)
_AFTER_PLACE = re.compile(r"\b(?:in|into|across|throughout|near|of the)\Z")
_CALLED_SHE = (FEMALE - PRONOUNS - HONORIFICS) | {"woman", "girl"}
_CALLED_HE = (MALE - PRONOUNS - HONORIFICS) | {"man", "boy"}
_TOLD_BY = word_set("speakers", "tellings")
_OUTLET_MEANT = word_set("speakers", "outlet_nouns")


class Meanings:
    """Whom the subjects of one article's attributions mean; `said` grows as the article is read."""

    def __init__(
        self,
        article: Article,
        paragraphs: Sequence[Span],
        sentences: Sequence[Sequence[Sequence[Token]]],
        *,
        people: Sequence[NamedPerson],
    ) -> None:
        self._body = article.body
        self._paragraphs = paragraphs
        self._sentences = sentences
        self._people = people
        self._outlets = {found.lower() for found in _INTRODUCED.findall(article.body)}
        self.said: list[Said] = []

    @cached_property
    def _capitals(self) -> dict[str, list[int]]:
        """Where the outlet's own words have which capitalised word, in order."""
        capitals: dict[str, list[int]] = {}
        for word in (word for part in self._sentences for one in part for word in one if word.capital):
            capitals.setdefault(word.low, []).append(word.start)
        return capitals

    def add(self, one: Attribution, sentence: Sequence[Token], number: int) -> None:
        """Keep an attribution of paragraph `number` with whom it means; they come in order."""
        speaker = self._meant(one, number)
        if one.via and speaker.kind != "outlet":
            via = self._text(one.via)
            speaker = replace(speaker, via=_tidy(via))
        self.said.append(Said(number, sentence, one, speaker))

    def mentions(self, person: NamedPerson, window: Span) -> list[int]:
        """Where the outlet's own words name a person within a window."""
        places = self._capitals.get(person.surname, [])
        return places[bisect_left(places, window.start) : bisect_left(places, window.end)]

    def for_pronoun(self, pronoun: str, one: Attribution, number: int) -> Speaker:
        """Whom "he" or "she" means before `one` in paragraph `number`."""
        gender = "f" if pronoun in FEMALE | _WOMEN else "m"
        fit = [person for person in self._people if person.gender in (None, gender)]
        meant = self._one_meant(fit, one, number=number) or self._only_one(
            fit, gender, one=one, number=number
        )
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

    def named_in(self, label: Span) -> Speaker:
        """Whom the label of a turn names: "Mayor Greta Holm", "MR ODUYA", "Police"."""
        words = tokens(self._body, label)
        person = next((one for one in self._people if words[-1].low == one.surname), None)
        if person:
            return speaker_for(person, label)
        role, name = split_role(words)
        if role and name:
            called, known = Span(name[0].start, label.end), Span(label.start, name[0].start)
            return Speaker(self._text(called).title(), "named", self._text(known).strip(), label, label)
        return Speaker(self._text(label), kind_of(words), None, label, label)

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

    def _meant(self, one: Attribution, number: int) -> Speaker:
        words = _owner(tokens(self._body, one.subject))
        one = replace(one, subject=Span(words[0].start, words[-1].end))
        if len(words) == 1 and words[0].low in _MEN | _WOMEN:
            return self.for_pronoun(words[0].low, one, number)
        if len(words) == 1 and words[0].low in _BODIES:
            return self._for_body(one, number)
        if self._is_outlet(words):
            return self._outlet(words, one)
        role, name = split_role(words)
        if not name:
            role, name = split_role(_without_place(words))
        if name:
            return self._named(role, name, one=one)
        return self._described(words, one, number=number)

    def _is_outlet(self, words: Sequence[Token]) -> bool:
        last = [word.low for word in words if word.low not in DETERMINERS]
        if last and last[-1] == "agency" and len(last) == 1:
            return bool(self._outlets)
        return (
            is_outlet(words)
            or " ".join(last) in self._outlets
            or any(" ".join(last).endswith(f" {name}") for name in self._outlets)
        )

    def _outlet(self, words: Sequence[Token], one: Attribution) -> Speaker:
        """An outlet; "the paper" is the last that was named."""
        last = [word.low for word in words if word.low not in DETERMINERS]
        if len(last) == 1 and last[0] in _OUTLET_MEANT and words[0].low in ("the", "this"):
            named = [said for said in self.said if said.speaker.kind == "outlet" or self._may_be_outlet(said)]
            if named:
                self._learn(named[-1])
                return replace(named[-1].speaker, kind="outlet", evidence=one.span)
        return Speaker(_tidy(self._text(one.subject)), "outlet", None, one.span, one.subject)

    def _may_be_outlet(self, said: Said) -> bool:
        name = said.speaker.name.split()
        return (
            said.speaker.kind in ("named", "body")
            and name[-1][0].isupper()
            and not meant_by(said.speaker.name, [p for p in self._people if p.gender or p.role])
        )

    def _learn(self, one: Said) -> None:
        """What is called "the paper" later on was an outlet all along."""
        self.said = [
            replace(said, speaker=replace(said.speaker, kind="outlet"))
            if said.speaker.name == one.speaker.name
            else said
            for said in self.said
        ]

    def _described(self, words: Sequence[Token], one: Attribution, *, number: int) -> Speaker:
        """Somebody without a name: "the minister" is the one person in that role, if there is one."""
        text = self._text(one.subject)
        if words[0].low in ("the", "this", "that") or len(words) == 1:
            meant = self._one_meant(in_role(text, self._people), one, number=number)
            meant = meant or self._only_speaker(words, one, number=number)
            if meant:
                return speaker_for(meant, one.span)
        return Speaker(_tidy(text), kind_of(words, reports=one.reporting), None, one.span, one.subject)

    def _only_speaker(self, words: Sequence[Token], one: Attribution, *, number: int) -> NamedPerson | None:
        """Whom "the governor" means where nobody is called so: the one person named so far who spoke."""
        if (
            words[0].low != "the"
            or not is_person(words[-1].text)
            or singular(words[-1].text) != words[-1].low
        ):
            return None
        before = Span(0, one.subject.start)
        named = [person for person in self._people if self.mentions(person, before)]
        spoke = {said.speaker.name for said in self.said if said.paragraph >= number - 2}
        if len(named) != 1 or spoke != {named[0].name}:
            return None
        return named[0]

    def _named(self, role: Sequence[Token], name: Sequence[Token], *, one: Attribution) -> Speaker:
        short = self._body[name[0].start : name[-1].end]
        known = meant_by(short, self._people)
        given = (
            self._body[role[0].start : role[-1].end]
            if role and any(is_person(w.text) for w in role)
            else None
        )
        given = self._text(one.role) if one.role else given
        at = Span(name[0].start, name[-1].end)
        if known is None:
            kind = "named" if given else kind_of(name, reports=one.reporting)
            kind = "body" if kind == "named" and not given and self._is_of_many(name, one) else kind
            called = short if kind == "named" else _tidy(short)
            return Speaker(called, kind, plain_role(given), one.span, at)
        return Speaker(known.name, "named", plain_role(known.role or given), one.span, known.at)

    def _is_of_many(self, name: Sequence[Token], one: Attribution) -> bool:
        """Whether an unknown name is a country's or a company's: "Sarra says it …", "in Sarra", "Sarran"."""
        if re.match(r"(?:\s+that)?\s+(?:it|its)\b", self._body[one.span.end : one.span.end + 12]):
            return True
        # A pattern that begins with letters is found much faster than one that begins with a choice.
        word = re.escape(name[-1].text)
        stem = re.escape(name[-1].text.rstrip("aeiouy"))
        places = (found.start() for found in re.finditer(rf" {word}\b", self._body))
        return any(_AFTER_PLACE.search(self._body[max(0, at - 12) : at]) for at in places) or bool(
            re.search(rf"{stem}(?<!\w{stem})(?:i?an|n|ese|ish|i)s?\b", self._body)
        )

    def _for_body(self, one: Attribution, number: int) -> Speaker:
        """Whom "it" or "they" means: the last who spoke in this paragraph or the one before, if no person."""
        near = [said for said in self.said if said.paragraph == number]
        near = near or [said for said in self.said if said.paragraph == number - 1]
        names = {said.speaker.name for said in near if not meant_by(said.speaker.name, self._people)}
        if len(names) == 1 and near[-1].speaker.name in names and UNCLEAR not in names:
            return replace(near[-1].speaker, evidence=one.span)
        return Speaker(UNCLEAR, "unclear", None, one.span)

    def _one_meant(self, fit: Sequence[NamedPerson], one: Attribution, *, number: int) -> NamedPerson | None:
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

    def _text(self, span: Span) -> str:
        return self._body[span.start : span.end]


def _owner(words: Sequence[Token]) -> Sequence[Token]:
    """Whose it is, of "the account of | Bloomberg", "data from | the ministry"."""
    for at, word in enumerate(words[:3]):
        if word.low in _TOLD_BY and at + 2 < len(words) and words[at + 1].low in ("of", "from", "by"):
            return words[at + 2 :]
    return words


def _without_place(words: Sequence[Token]) -> Sequence[Token]:
    """A full name without where they are from: "Inspector Raj Malik | of the city police"."""
    for at, word in enumerate(words):
        if word.low in ("of", "from", "at", "for", "in") and (at >= 2 or (at == 1 and word.low == "from")):
            named = words[at - 1].capital and (words[at - 2].capital or at == 1)
            told = any(is_body(one.text) for one in words[:at]) or words[0].low in DETERMINERS
            return words[:at] if named and not told else words
    return words


def _is_somebody(speaker: Speaker) -> bool:
    """Whether it is a person without a name ("one woman"), whom "she" may mean just as well."""
    role = next((word for word in speaker.name.split() if is_person(word)), None)
    return speaker.kind == "unnamed" and role is not None and singular(role) == role.lower()


def _tidy(phrase: str) -> str:
    """A description as it reads within a sentence: "The company" → "the company"; names stay."""
    first, _, rest = phrase.partition(" ")
    closed = rest + "»" * (rest.count("«") - rest.count("»"))
    return (
        f"{first.lower()} {closed}" if rest and first.lower() in DETERMINERS else f"{first} {closed}".strip()
    )
