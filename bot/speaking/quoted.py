"""A quotation into whose it is: by its sentence, what it goes on, its paragraph or the one before."""

from __future__ import annotations

from collections.abc import Sequence

from bot.speaking.paragraphs import Paragraphs
from bot.speaking.persons.meaning import Meanings
from bot.speaking.phrases import Phrase
from bot.speaking.quotations import Quotation
from bot.speaking.records import NOBODY_TOLD, UNCLEAR, NamedPerson, Said, Speaker, begins_with, speaker_for
from bot.speaking.speech import SAYING
from index.records import Span


class Quoted:
    """Whose the quotations of one article are."""

    def __init__(self, body: str, paragraphs: Paragraphs, meanings: Meanings) -> None:
        self._body = body
        self._paragraphs = paragraphs
        self._quotations = paragraphs.quotations
        self._meanings = meanings

    def of(self, quotation: Quotation) -> Speaker:
        """Whose a quotation is."""
        return self._of(quotation, set())

    def _of(self, quotation: Quotation, seen: set[int]) -> Speaker:
        """Whose a quotation is; `seen` are those whose neighbours have been asked for already."""
        number = self._paragraphs.number_of(quotation)
        people = self._meanings.people
        beside = self._beside(quotation, number) or introduced(quotation, self._paragraphs, people)
        if beside or self._has_unread_verb(quotation, number):
            return beside or NOBODY_TOLD
        at = self._quotations.index(quotation)
        before = self._quotations[at - 1] if at else None
        whole = self._whole(at)
        if len(whole) > 1 and at not in seen:
            # For all of them: of a speech of 20 paragraphs there are 20! ways from one to another.
            seen.add(at)
            others = (one for one in (whole[-1], *whole[:-1]) if one != quotation)
            parts = (self._of(one, seen) for one in others)
            return next((one for one in parts if one.kind != "unclear"), NOBODY_TOLD)
        if before and self._interrupted(before, quotation):
            seen.add(at)
            return self._of(before, seen)
        earlier = self._earlier_in_paragraph(quotation, number)
        if earlier:
            return earlier
        return self._before_paragraph(quotation, number) or NOBODY_TOLD

    def _in_paragraph(self, number: int) -> list[Said]:
        return [one for one in self._meanings.said if one.paragraph == number]

    def _beside(self, quotation: Quotation, number: int) -> Speaker | None:
        """The speaker named in the quotation's sentence: right after it, else before it, else later on."""
        said = [s for s in self._in_paragraph(number) if _holds(s.sentence, quotation)]
        after = [s for s in said if s.attribution.span.start >= quotation.end]
        before = [s for s in said if s.attribution.span.end <= quotation.start]
        close = [s for s in after if not self._body[quotation.end : s.attribution.span.start].strip(" ,—–-")]
        for found in (close[:1], before[-1:], after[:1]):
            if found:
                return found[0].speaker
        return None

    def _whole(self, at: int) -> Sequence[Quotation]:
        """The paragraphs of one quotation, each of which opens with a mark and only the last one closes."""
        first = last = at
        while first and self._quotations[first - 1].runs_on:
            first -= 1
        while self._quotations[last].runs_on and last + 1 < len(self._quotations):
            last += 1
        return self._quotations[first : last + 1]

    def _has_unread_verb(self, quotation: Quotation, number: int) -> bool:
        """Whether its sentence has a verb of saying whose subject could not be read."""
        own = [one.words for one in self._paragraphs.sentences(number) if _holds(one.words, quotation)]
        return any(word.low in SAYING for words in own for word in words)

    def _interrupted(self, before: Quotation, quotation: Quotation) -> bool:
        """Whether only "Lavrov noted." stands between two quotations."""
        between = [s for s in self._meanings.said if before.end <= s.attribution.span.start < quotation.start]
        gap = self._body[before.end : quotation.start]
        return len(between) == 1 and gap.strip().count(".") <= 1 and "\n\n" not in gap

    def _earlier_in_paragraph(self, quotation: Quotation, number: int) -> Speaker | None:
        """The one who has spoken in the paragraph so far, if nobody else was named since."""
        part = self._paragraphs.spans[number]
        said = [
            s
            for s in self._meanings.said
            if s.paragraph == number and s.attribution.span.end <= quotation.start
        ]
        if not said or any(s.speaker.name != said[-1].speaker.name for s in said):
            return None
        since = Span(said[-1].sentence[-1].end, max(quotation.start, said[-1].sentence[-1].end))
        others = [
            p
            for p in self._meanings.people
            if p.name != said[-1].speaker.name and self._meanings.pointing.mentions(p, since)
        ]
        return None if others or since.start < part.start else said[-1].speaker

    def _before_paragraph(self, quotation: Quotation, number: int) -> Speaker | None:
        """The speaker whom the sentence before this paragraph introduces: "… he told the BBC." “It was…”."""
        if number == 0 or quotation.start != self._paragraphs.spans[number].start:
            return None
        earlier = self._paragraphs.sentences(number - 1)
        if not earlier:
            return None  # a line of "_____"
        last = earlier[-1].words
        said = [s for s in self._meanings.said if s.sentence is last]
        if not said or last[-1].quoted or (len(last) > 1 and any(word.quoted for word in last[-3:])):
            return None
        speaker = outermost(said)
        return speaker if speaker and ";" not in speaker.name else None


def introduced(quotation: Quotation, paragraphs: Paragraphs, people: Sequence[NamedPerson]) -> Speaker | None:
    """The person whom the words before a colon are about: "Anna Lund is less sure: “We waited.”"."""
    own = (one.words for one in paragraphs.sentences(paragraphs.number_of(quotation)))
    words = next((one for one in own if _holds(one, quotation)), ())
    before = [word for word in words if word.end <= quotation.start]
    if not before or before[-1].text != ":":
        return None
    person = next((one for one in people if begins_with(before, one)), None)
    return speaker_for(person, Span(before[0].start, before[-1].end)) if person else None


def _holds(sentence: Phrase, quotation: Quotation) -> bool:
    return sentence[0].start <= quotation.start and quotation.end <= sentence[-1].end


def outermost(inside: Sequence[Said]) -> Speaker:
    """The speaker of a whole sentence: the one who closes it, else its first; all where they take turns."""
    own = [said for said in inside if said.attribution.place != "aside"]
    told = [said for said in inside if not said.attribution.reporting] or own or list(inside)
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
    kinds = {said.speaker.kind for said in turns}
    kind = kinds.pop() if len(kinds) == 1 else "named"
    return Speaker("; ".join(names), kind, None, turns[0].attribution.span)


def _takes_turn(said: Said) -> bool:
    """Whether an attribution stands beside the first, and not within what the first says."""
    first = next(n for n, word in enumerate(said.sentence) if word.start >= said.attribution.span.start)
    before = said.sentence[first - 1].low if first else ""
    return (
        first == 0 or before in ("while", "but", "and", ";", "whereas") or said.attribution.place == "closing"
    )
