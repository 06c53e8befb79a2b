"""The subject of an attribution into whom it means: a name in full, "he", "the minister", "the agency"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.language.tokens import Token, tokens
from bot.language.words import word_set
from bot.speaking.kinds import is_outlet, kind_of
from bot.speaking.persons.bodies_meant import as_any, as_pronoun
from bot.speaking.persons.body_names import is_bodys
from bot.speaking.persons.full_names import in_full
from bot.speaking.persons.people import meant_by
from bot.speaking.persons.pointing import MEN, WOMEN, PointingBack
from bot.speaking.persons.roles import in_role, split_role
from bot.speaking.persons.trimming import owner, tidy, without_owner, without_place
from bot.speaking.records import UNCLEAR, Attribution, NamedPerson, Said, Speaker, plain_role, speaker_for
from bot.speaking.speech import DETERMINERS, FEMALE, MALE, is_person, singular
from index.records import Article, Span

_BODIES = frozenset(("it", "they", "them", "они", "оно"))
_INTRODUCED = re.compile(
    r"\b(?:newspaper|daily|weekly|magazine|broadcaster|news site|news website|channel|tabloid|agency|portal) "
    r"((?:[A-Z][\w’-]*)(?: [A-Z][\w’-]*){0,2})"
)
_VARIED = word_set("speakers", "varied")
_SOME = r"\b(?:an?|one|another|two|three|some|several|other|many)(?: [\w’'-]+){0,4}? "
_INSIDE = re.compile(r"[a-z,][”\"]? \Z")
_TITLES = frozenset(("republican", "democrat", "president", "queen", "king", "pope", "chancellor"))
_SITES = frozenset(("website", "site", "blog"))
_OUTLET_MEANT = word_set("speakers", "outlet_nouns")


class Meanings:
    """Whom the subjects of one article's attributions mean."""

    def __init__(
        self,
        article: Article,
        paragraphs: Sequence[Span],
        sentences: Sequence[Sequence[Sequence[Token]]],
        *,
        people: Sequence[NamedPerson],
    ) -> None:
        self._body = article.body
        self.people = people
        self._outlets = {found.lower() for found in _INTRODUCED.findall(article.body)}
        self.pointing = PointingBack(paragraphs, sentences, people=people)

    @property
    def said(self) -> list[Said]:
        """The attributions so far, in order, each with whom it means."""
        return self.pointing.said

    def add(self, one: Attribution, sentence: Sequence[Token], number: int) -> None:
        """Keep an attribution of paragraph `number` with whom it means; they come in order."""
        speaker = self._in_full(self._meant(one, number))
        if one.via and speaker.kind != "outlet":
            via = self._text(one.via)
            speaker = replace(speaker, via=tidy(via))
        self.said.append(Said(number, sentence, one, speaker))

    def _in_full(self, speaker: Speaker) -> Speaker:
        """A body that is called by its letters with its name in full for its role: "the NWS"."""
        lettered = speaker.role is None and speaker.kind in ("body", "named", "outlet")
        full = in_full(self._body, speaker.name) if lettered else None
        return replace(speaker, kind="body", role=full) if full else speaker

    def named_in(self, label: Span) -> Speaker:
        """Whom the label of a turn names: "Mayor Greta Holm", "MR ODUYA", "Police"."""
        words = tokens(self._body, label)
        person = next((one for one in self.people if words[-1].low == one.surname), None)
        if person:
            return speaker_for(person, label)
        role, name = split_role(words)
        if role and name:
            called, known = Span(name[0].start, label.end), Span(label.start, name[0].start)
            return Speaker(self._text(called).title(), "named", self._text(known).strip(), label, label)
        return Speaker(self._text(label), kind_of(words), None, label, label)

    def _meant(self, one: Attribution, number: int) -> Speaker:
        words = owner(tokens(self._body, one.subject))
        one = replace(one, subject=Span(words[0].start, words[-1].end))
        if len(words) == 1 and words[0].low in MEN | WOMEN:
            return self.pointing.for_pronoun(words[0].low, one, number)
        if len(words) == 1 and words[0].low in _BODIES:
            return as_pronoun(one, number, said=self.said)
        if self._is_outlet(words):
            return self._outlet(words, one)
        if all(word.capital for word in words) and meant_by(self._text(one.subject), self.people):
            return self._named(words[:0], words, one=one)  # "Banks", who is Jim Banks
        if len(words) == 1 and self._is_surname(words[0]):
            return Speaker(words[0].text, "named", None, one.span, one.subject)
        role, name = split_role(words)
        if not name:
            role, name = split_role(without_place(words))
        if not name and len(words) > 2 and words[1].low == "of" and meant_by(words[0].text, self.people):
            role, name = words[:0], words[:1]  # "Titley | of the Bulletin"
        if name:
            return self._named(role, name, one=one)
        return self._described(words, one, number=number)

    def _is_surname(self, word: Token) -> bool:
        """Whether a trade is a name, because it begins with a capital in mid-sentence: "…,” Sellers says"."""
        inside = _INSIDE.search(self._body, max(0, word.start - 3), word.start)
        return bool(word.capital and inside and is_person(word.text) and singular(word.text) not in _TITLES)

    def _is_outlet(self, words: Sequence[Token]) -> bool:
        owned = [n + 1 for n, word in enumerate(words[:-1]) if word.text.endswith(("’s", "'s"))]
        words = words[owned[-1] :] if owned else words  # "New York Magazine’s | Helen Shaw"
        if owned and words[-1].low in _SITES:
            return False  # "the department’s | website"
        last = [word.low for word in words if word.low not in DETERMINERS]
        if last and last[-1] == "agency" and len(last) == 1:
            return bool(self._outlets)
        return (
            is_outlet(words)
            or " ".join(last) in self._outlets
            or any(" ".join(last).endswith(f" {name}") for name in self._outlets)
            or (all(word.capital for word in words) and self._spoke_as_outlet(last))
        )

    def _spoke_as_outlet(self, name: Sequence[str]) -> bool:
        """Whether an outlet of that name has spoken: "PA", after "Britain’s PA Media news agency"."""
        outlets = (said.speaker.name.lower().split() for said in self.said if said.speaker.kind == "outlet")
        return any(" ".join(name) in (" ".join(one[:n]) for n in range(1, len(one) + 1)) for one in
                   (without_owner(words) for words in outlets))  # fmt: skip

    def _outlet(self, words: Sequence[Token], one: Attribution) -> Speaker:
        """An outlet; "the paper" is the last that was named."""
        last = [word.low for word in words if word.low not in DETERMINERS | {"news"}]
        if len(last) == 1 and last[0] in _OUTLET_MEANT and words[0].low in ("the", "this"):
            named = [said for said in self.said if said.speaker.kind == "outlet" or self._may_be_outlet(said)]
            if named:
                self._learn(named[-1])
                return replace(named[-1].speaker, kind="outlet", evidence=one.span)
        return Speaker(tidy(self._text(one.subject)), "outlet", None, one.span, one.subject)

    def _may_be_outlet(self, said: Said) -> bool:
        name = said.speaker.name.split()
        return (
            said.speaker.kind in ("named", "body")
            and name[-1][0].isupper()
            and not meant_by(said.speaker.name, [p for p in self.people if p.gender or p.role])
        )

    def _learn(self, one: Said) -> None:
        """What is called "the paper" later on was an outlet all along."""
        self.said[:] = [
            replace(said, speaker=replace(said.speaker, kind="outlet"))
            if said.speaker.name == one.speaker.name
            else said
            for said in self.said
        ]

    def _described(self, words: Sequence[Token], one: Attribution, *, number: int) -> Speaker:
        """Somebody without a name: "the minister" is the one person in that role, if there is one."""
        body = as_any(words, one, number, said=self.said)
        if body:
            return body
        text = self._text(one.subject)
        if words[0].low in ("the", "this", "that") or len(words) == 1:
            meant = self._in_role(words, one, number=number) or self._only_speaker(words, one, number=number)
            if meant:
                return speaker_for(meant, one.span)
            if words[-1].low in _VARIED and len(words) > 1 and not self._tells_of_several(words[-1], one):
                return Speaker(UNCLEAR, "unclear", None, one.span)  # somebody named, and nobody knows which
        return Speaker(tidy(text), kind_of(words, reports=one.reporting), None, one.span, one.subject)

    def _in_role(self, words: Sequence[Token], one: Attribution, *, number: int) -> NamedPerson | None:
        """Who is called so: whom the text before points to, or the only one, unless it tells of more."""
        called = in_role(self._text(one.subject), self.people)
        meant = self.pointing.one_meant(called, one, number=number)
        if meant or words[0].low != "the" or self._tells_of_several(words[-1], one):
            return meant
        if not called and words[-1].low in _VARIED:
            return self.pointing.one_meant(self._without_role(words[-1]), one, number=number)
        known = len(called) == 1 and self.pointing.mentions(called[0], Span(0, one.subject.start))
        return called[0] if known else None

    def _without_role(self, noun: Token) -> list[NamedPerson]:
        """Those whom the article gives no role, and who may be an "actress"."""
        gender = "f" if noun.low in FEMALE else "m" if noun.low in MALE else None
        fit = [one for one in self.people if one.role is None]
        return [one for one in fit if gender is None or one.gender in (None, gender)]

    def _tells_of_several(self, noun: Token, one: Attribution) -> bool:
        """Whether others are called so without a name: "a senior official said", before "the official"."""
        role = re.escape(singular(noun.text))
        return bool(re.search(rf"{_SOME}{role}s?\b", self._body[: one.subject.start], re.IGNORECASE))

    def _only_speaker(self, words: Sequence[Token], one: Attribution, *, number: int) -> NamedPerson | None:
        """Whom "the governor" means where nobody is called so: the one person named so far who spoke."""
        if (
            words[0].low != "the"
            or not is_person(words[-1].text)
            or singular(words[-1].text) != words[-1].low
        ):
            return None
        before = Span(0, one.subject.start)
        named = [person for person in self.people if self.pointing.mentions(person, before)]
        spoke = {said.speaker.name for said in self.said if said.paragraph >= number - 2}
        if len(named) != 1 or spoke != {named[0].name}:
            return None
        return named[0]

    def _named(self, role: Sequence[Token], name: Sequence[Token], *, one: Attribution) -> Speaker:
        short = self._body[name[0].start : name[-1].end]
        known = meant_by(short, self.people)
        given = (
            self._body[role[0].start : role[-1].end]
            if role and any(is_person(w.text) for w in role)
            else None
        )
        given = self._text(one.role) if one.role else given
        at = Span(name[0].start, name[-1].end)
        if known is None:
            named = given or any(name[-1].low == person.surname for person in self.people)
            kind = "named" if named else kind_of(name, reports=one.reporting)
            if kind == "named" and not given and is_bodys(self._body, name, one.span.end):
                kind = "body"
            if kind == "named" and not given and len(name) == 1 and self._is_once(short):
                return Speaker(UNCLEAR, "unclear", None, one.span)
            called = short if kind == "named" else tidy(short)
            return Speaker(called, kind, plain_role(given), one.span, at)
        return Speaker(known.name, "named", plain_role(known.role or given), one.span, known.at)

    def _is_once(self, name: str) -> bool:
        """Whether a name stands nowhere else: it is misspelt, or its beginning could not be read."""
        return len(re.findall(rf"\b{re.escape(name)}\b", self._body)) == 1

    def _text(self, span: Span) -> str:
        return self._body[span.start : span.end]
