"""A span of an article into who is speaking in it: by name and role, as the article gives them, or nobody.

Rules of English and Russian news style, no model; after the patterns of quotation attribution described by
Elson & McKeown, "Automatic Attribution of Quoted Speech" (AAAI 2010): the nearest attribution of the
sentence, else the quotation it goes on, else the paragraph. Names are looked up within the article only.
Where two people could be meant the speaker is unclear, for a wrong one is worse than none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.attribution import Attribution, attributions
from bot.people import Person, in_role, meant_by, people, split_role
from bot.quotations import Quotation, masked, paragraphs, quotations
from bot.speech import DETERMINERS, FEMALE, SAYING, is_body, is_person
from bot.tokens import Token, sentences_of, tokens
from index.records import Article, Span

UNCLEAR = "unclear"
_OWN_WORDS = (
    5  # a quotation of fewer words, without anybody named, is an expression and not somebody's speech
)


@dataclass(frozen=True)
class Speaker:
    """Who says something. `name` is as full as the article gives it, or `UNCLEAR`.

    `kind` is "unnamed" where the article gives a description only ("a senior official"). `evidence` are the
    words that show who speaks ("he further said"), `named_at` where the name stands in full; both are spans
    of the body.
    """

    name: str
    kind: Literal["named", "unnamed", "unclear"]
    role: str | None = None
    evidence: Span | None = None
    named_at: Span | None = None


_NOBODY_TOLD = Speaker(UNCLEAR, "unclear")


def speaker_of(article: Article, span: Span) -> Speaker | None:
    """Who is speaking in `body[span.start:span.end]`; None is the outlet's own voice."""
    return Speakers(article).of(span)


@dataclass(frozen=True)
class _Said:
    """An attribution in its place: which paragraph, which sentence of it, whom it names."""

    paragraph: int
    sentence: Sequence[Token]
    attribution: Attribution
    speaker: Speaker


class Speakers:
    """The speakers of one article, read once."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._body = article.body
        self._quotations = quotations(self._body)
        self._paragraphs = paragraphs(self._body)
        blanked = masked(self._body, self._quotations)
        self._sentences = [sentences_of(tokens(blanked, part)) for part in self._paragraphs]
        self._people = people(sentence for one in self._unmasked(blanked) for sentence in one)
        self._capitals: dict[str, list[int]] = {}  # where the outlet's own words have which capitalised word
        for word in (word for sentences in self._sentences for one in sentences for word in one):
            if word.capital:
                self._capitals.setdefault(word.low, []).append(word.start)
        self._said: list[_Said] = []
        for number, sentences in enumerate(self._sentences):
            for sentence in sentences:
                self._said += [
                    _Said(number, sentence, one, self._resolve(one, number)) for one in self._own(sentence)
                ]

    def of(self, span: Span) -> Speaker | None:
        """Who is speaking in a span of the body; None is the outlet's own voice."""
        told = [said for said in self._said if not said.attribution.side]
        inside = [said for said in told if _within(said.attribution.span, span)]
        if inside:
            return _outermost(inside)
        quoted = [one for one in self._quotations if one.start < span.end and span.start < one.end]
        longest = max(quoted, key=lambda one: _shared(one, span), default=None)
        if longest is None or not self._is_speech(longest, span):
            return None
        return self._of_quotation(longest, frozenset())

    def actor(self, span: Span) -> Speaker | None:
        """Whom a sentence that begins at `span.start` is about: who it begins with, by name or as "he".

        This is no speech: of "Lavrov hoped that …" the outlet is the speaker and Lavrov the actor.
        """
        number = next((n for n, part in enumerate(self._paragraphs) if span.start < part.end), 0)
        words = tokens(self._body, span)
        if not words:
            return None
        if words[0].low in ("he", "she", "он", "она"):
            first = Span(words[0].start, words[0].end)
            found = self._for_pronoun(words[0].low, Attribution(first, None, first, "opening"), number)
            return None if found.kind == "unclear" else found
        person = next((one for one in self._people if _begins_with(words, one)), None)
        return _speaker(person, Span(words[0].start, words[0].end)) if person else None

    def _unmasked(self, blanked: str) -> Iterator[list[list[Token]]]:
        """The sentences of each paragraph with what is quoted; those without quotations are read already."""
        for part, sentences in zip(self._paragraphs, self._sentences, strict=True):
            quotes = blanked[part.start : part.end] != self._body[part.start : part.end]
            yield sentences_of(tokens(self._body, part)) if quotes else sentences

    def _is_speech(self, quotation: Quotation, span: Span) -> bool:
        """Whether a quotation is words of somebody's, and not a title or an expression in marks."""
        shared = self._body[max(quotation.start, span.start) : min(quotation.end, span.end)]
        long = [word for word in shared.strip(' “”"«»„').split() if len(word) > 3]
        rest = span.end - span.start - _shared(quotation, span)
        if rest > 12 and long and all(word[0].isupper() for word in long):
            return False  # "The Unlikely Story of America’s National Anthem"
        return len(shared.split()) >= _OWN_WORDS or _shared(quotation, span) * 2 > span.end - span.start

    def _own(self, sentence: Sequence[Token]) -> list[Attribution]:
        """The attributions of a sentence, without those to the outlet and its agency themselves."""
        printed_by = {(name or "").lower() for name in (self._article.outlet, self._article.agency)}
        return [one for one in attributions(sentence) if self._text(one.subject).lower() not in printed_by]

    def _text(self, span: Span) -> str:
        return self._body[span.start : span.end]

    # Whom a subject means

    def _resolve(self, one: Attribution, number: int) -> Speaker:
        words = tokens(self._body, one.subject)
        text = self._text(one.subject)
        if len(words) == 1 and words[0].low in ("he", "she", "он", "она"):
            return self._for_pronoun(words[0].low, one, number)
        if len(words) == 1 and words[0].low in ("it", "they", "они", "оно"):
            return self._for_body(one, number)
        role, name = split_role(words)
        if name:
            return self._named(role, name, one)
        if words[0].low in ("the", "this", "that") or len(words) == 1:
            meant = self._one_meant(in_role(text, self._people), one, number)
            if meant:
                return _speaker(meant, one.span)
        return Speaker(_tidy(text), _kind(words), None, one.span, one.subject)

    def _named(self, role: Sequence[Token], name: Sequence[Token], one: Attribution) -> Speaker:
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
            return Speaker(short, "named", _role(given), one.span, at)
        return Speaker(known.name, "named", _role(known.role or given), one.span, known.at)

    def _for_pronoun(self, pronoun: str, one: Attribution, number: int) -> Speaker:
        gender = "f" if pronoun in FEMALE | {"она"} else "m"
        fit = [person for person in self._people if person.gender in (None, gender)]
        meant = self._one_meant(fit, one, number)
        return _speaker(meant, one.span) if meant else Speaker(UNCLEAR, "unclear", None, one.span)

    def _for_body(self, one: Attribution, number: int) -> Speaker:
        """Whom "it" or "they" means: the last who spoke in this paragraph or the one before, if no person."""
        near = [said for said in self._said if said.paragraph == number]
        near = near or [said for said in self._said if said.paragraph == number - 1]
        names = {said.speaker.name for said in near if not meant_by(said.speaker.name, self._people)}
        if len(names) == 1 and near[-1].speaker.name in names and UNCLEAR not in names:
            last = near[-1].speaker
            return Speaker(last.name, last.kind, last.role, one.span, last.named_at)
        return Speaker(UNCLEAR, "unclear", None, one.span)

    def _one_meant(self, fit: Sequence[Person], one: Attribution, number: int) -> Person | None:
        """The one of several whom the text before points to: alone in its paragraph, or the last to speak."""
        for back in range(3):
            if number - back < 0:
                return None
            part = self._paragraphs[number - back]
            window = Span(part.start, min(part.end, one.subject.start))
            said = [s for s in self._said if _within(s.attribution.span, window)]
            if any(s.speaker.kind == "unclear" or _is_somebody(s.speaker) for s in said):
                return None
            near = [person for person in fit if self._is_near(person, window, said)]
            if len(near) == 1:
                return near[0] if not back or self._is_topic(near[0], window, said) else None
            if near:
                return self._last_who_spoke(near, window, said)
        return None

    def _is_near(self, person: Person, window: Span, said: Sequence[_Said]) -> bool:
        return any(s.speaker.name == person.name for s in said) or bool(self._mentions(person, window))

    def _is_topic(self, person: Person, window: Span, said: Sequence[_Said]) -> bool:
        """Whether an earlier paragraph is about a person, who speaks in it or begins a sentence."""
        if any(one.speaker.name == person.name for one in said):
            return True
        sentences = [
            s for part in self._sentences for s in part if _within(Span(s[0].start, s[-1].end), window)
        ]
        return any(_begins_with(sentence, person) for sentence in sentences)

    def _mentions(self, person: Person, window: Span) -> list[int]:
        """Where the outlet's own words name a person within a window."""
        places = self._capitals.get(person.surname, [])
        return places[bisect_left(places, window.start) : bisect_left(places, window.end)]

    def _last_who_spoke(self, near: Sequence[Person], window: Span, said: Sequence[_Said]) -> Person | None:
        """The last speaker of a window, unless somebody else is named after that speaker's sentence."""
        if not said:
            return None
        after = Span(said[-1].sentence[-1].end, max(window.end, said[-1].sentence[-1].end))
        speaker = next((one for one in near if one.name == said[-1].speaker.name), None)
        others = [one for one in near if one is not speaker and self._mentions(one, after)]
        return None if others else speaker

    # Whose a quotation is

    def _of_quotation(self, quotation: Quotation, seen: frozenset[int]) -> Speaker:
        number = next(n for n, part in enumerate(self._paragraphs) if quotation.end <= part.end)
        beside = self._beside(quotation, number)
        if beside or self._has_unread_verb(quotation, number):
            return beside or _NOBODY_TOLD
        at = self._quotations.index(quotation)
        before = self._quotations[at - 1] if at else None
        after = self._quotations[at + 1] if at + 1 < len(self._quotations) else None
        if before and before.runs_on and at not in seen and at - 1 not in seen:
            return self._of_quotation(before, seen | {at})
        if before and before.end > self._paragraphs[number].start and self._interrupted(before, quotation):
            return self._of_quotation(before, seen | {at})
        earlier = self._earlier_in_paragraph(quotation, number)
        if earlier:
            return earlier
        if quotation.runs_on and after and at + 1 not in seen:
            return self._of_quotation(after, seen | {at})
        return self._before_paragraph(quotation, number) or _NOBODY_TOLD

    def _beside(self, quotation: Quotation, number: int) -> Speaker | None:
        """The speaker named in the quotation's sentence: right after it, else before it, else later on."""
        said = [s for s in self._said if s.paragraph == number and _holds(s.sentence, quotation)]
        after = [s for s in said if s.attribution.span.start >= quotation.end]
        before = [s for s in said if s.attribution.span.end <= quotation.start]
        close = [s for s in after if not self._body[quotation.end : s.attribution.span.start].strip(" ,—–-")]
        for found in (close[:1], before[-1:], after[:1]):
            if found:
                return found[0].speaker
        return None

    def _has_unread_verb(self, quotation: Quotation, number: int) -> bool:
        """Whether its sentence has a verb of saying whose subject could not be read."""
        own = [words for words in self._sentences[number] if _holds(words, quotation)]
        return any(word.low in SAYING for words in own for word in words)

    def _interrupted(self, before: Quotation, quotation: Quotation) -> bool:
        """Whether only "Lavrov noted." stands between two quotations."""
        between = [s for s in self._said if before.end <= s.attribution.span.start < quotation.start]
        gap = self._body[before.end : quotation.start]
        return len(between) == 1 and gap.strip().count(".") <= 1 and "\n\n" not in gap

    def _earlier_in_paragraph(self, quotation: Quotation, number: int) -> Speaker | None:
        """The one who has spoken in the paragraph so far, if nobody else was named since."""
        part = self._paragraphs[number]
        said = [s for s in self._said if s.paragraph == number and s.attribution.span.end <= quotation.start]
        if not said or any(s.speaker.name != said[-1].speaker.name for s in said):
            return None
        since = Span(said[-1].sentence[-1].end, max(quotation.start, said[-1].sentence[-1].end))
        others = [p for p in self._people if p.name != said[-1].speaker.name and self._mentions(p, since)]
        return None if others or since.start < part.start else said[-1].speaker

    def _before_paragraph(self, quotation: Quotation, number: int) -> Speaker | None:
        """The speaker whom the sentence before this paragraph introduces: "… he told the BBC." “It was…”."""
        if number == 0 or quotation.start != self._paragraphs[number].start:
            return None
        last = self._sentences[number - 1][-1]
        said = [s for s in self._said if s.sentence is last]
        if not said or last[-1].quoted or (len(last) > 1 and any(word.quoted for word in last[-3:])):
            return None
        speaker = _outermost(said)
        return speaker if speaker and ";" not in speaker.name else None


def _is_somebody(speaker: Speaker) -> bool:
    """Whether it is a person without a name ("one woman"), whom "she" may mean just as well."""
    if speaker.kind != "unnamed":
        return False
    return any(is_person(word) for word in speaker.name.split()) and not speaker.name.endswith("s")


def _begins_with(sentence: Sequence[Token], person: Person) -> bool:
    """Whether a sentence's subject is a person: "Russian Foreign Minister Sergey Lavrov arrived"."""
    for word in sentence:
        if word.low == person.surname:
            return True
        if not (word.capital or word.text == "," or is_person(word.text)):
            return False
    return False


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _shared(quotation: Quotation, span: Span) -> int:
    return min(quotation.end, span.end) - max(quotation.start, span.start)


def _holds(sentence: Sequence[Token], quotation: Quotation) -> bool:
    return sentence[0].start <= quotation.start and quotation.end <= sentence[-1].end


def _outermost(inside: Sequence[_Said]) -> Speaker:
    """The speaker of a whole sentence: the one who closes it, else its first; all where they take turns."""
    told = [said for said in inside if not said.attribution.reporting] or list(inside)
    closing = [said for said in told if said.attribution.place == "closing"]
    if closing and closing[-1] is told[-1] and len({said.speaker.name for said in closing}) == 1:
        return closing[-1].speaker
    turns = [told[0], *[said for said in told[1:] if _takes_turn(said)]]
    names = list(dict.fromkeys(said.speaker.name for said in turns))
    if len(names) == 1:
        return turns[0].speaker
    names = [name for name in names if name != UNCLEAR] if names[0] != UNCLEAR else [UNCLEAR]
    if len(names) == 1:
        return turns[0].speaker
    return Speaker("; ".join(names), "named", None, turns[0].attribution.span)


def _takes_turn(said: _Said) -> bool:
    """Whether an attribution stands beside the first, and not within what the first says."""
    first = next(n for n, word in enumerate(said.sentence) if word.start >= said.attribution.span.start)
    before = said.sentence[first - 1].low if first else ""
    return (
        first == 0 or before in ("while", "but", "and", ";", "whereas") or said.attribution.place == "closing"
    )


def _speaker(person: Person, evidence: Span) -> Speaker:
    return Speaker(person.name, "named", _role(person.role), evidence, person.at)


def _role(role: str | None) -> str | None:
    return role.removeprefix("the ").removeprefix("The ") if role else None


def _tidy(phrase: str) -> str:
    """A description as it reads within a sentence: "The company" → "the company"; names stay."""
    first, _, rest = phrase.partition(" ")
    return f"{first.lower()} {rest}" if rest and first.lower() in DETERMINERS else phrase


def _kind(words: Sequence[Token]) -> Literal["named", "unnamed"]:
    """A body with its own name ("the Foreign Ministry in Yerevan") is named; "a Russian official" is not."""
    if any(is_person(word.text) for word in words):
        return "unnamed"
    own = [word for word in words if word.capital and word.low not in DETERMINERS]
    bodies = [word for word in words if is_body(word.text)]
    whose = any(word.capital and word.text.endswith(("’s", "'s")) for word in words)
    return "named" if own and (whose or not bodies or any(word.capital for word in bodies)) else "unnamed"
