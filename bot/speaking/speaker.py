"""A span of an article into who is speaking in it: by name and role, as the article gives them, or nobody.

Rules of English and Russian news style, no model; after the patterns of quotation attribution described by
Elson & McKeown, "Automatic Attribution of Quoted Speech" (AAAI 2010): the nearest attribution of the
sentence, else the quotation it goes on, else the paragraph. Names are looked up within the article only.
Where two people could be meant the speaker is unclear, for a wrong one is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.language.tokens import Token, sentences_of, tokens
from bot.speaking.attribution import Attribution, attributions
from bot.speaking.meaning import Meanings
from bot.speaking.people import NamedPerson, people
from bot.speaking.quotations import Quotation, masked, paragraphs, quotations, without_names
from bot.speaking.records import NOBODY_TOLD, UNCLEAR, Said, Speaker, begins_with, speaker_for, within
from bot.speaking.speech import SAYING
from bot.speaking.turns import InterviewTurn, turns
from bot.speaking.verbs import may_be_told
from index.corrections import corrections
from index.records import Article, Span

__all__ = ["UNCLEAR", "Speaker", "Speakers", "speaker_of"]

# An article's words for itself, in its notes above all: "an earlier version of this article said".
_TEXT = (
    r"(?:article|story|post|column|piece|page|item|dispatch|headline|caption|newspaper|paper|website|text)"
)
_OWN_TEXT = re.compile(
    r"(?:an? |the )?(?:\w+ )?(?:earlier|previous|prior|original|initial|first) (?:\w+ )?version(?: of .+)?"
    rf"|(?:.+ of )?(?:this|our) (?:\w+ ){{0,2}}{_TEXT}"
    r"|(?:более )?ранн\w+ верси\w+ .+|(?:этот|данный) (?:материал|текст)|(?:эта|данная) (?:статья|заметка)"
)
_THE_TEXT = re.compile(rf"(?:(?:an?|this) )?(?:\w+ )?(?:{_TEXT}|report)")
# A quotation of fewer words, without anybody named, is an expression and not somebody's speech.
_OWN_WORDS = 3


@dataclass(frozen=True)
class _Attributed:
    """A sentence and the attributions in it."""

    words: Sequence[Token]
    attributions: Sequence[Attribution]


def speaker_of(article: Article, span: Span) -> Speaker | None:
    """Who is speaking in `body[span.start:span.end]`; None is the outlet's own voice."""
    return Speakers(article).of(span)


class Speakers:
    """The speakers of one article; of it no more is read than is asked for, and nothing twice.

    Of a sentence in the outlet's own words, which most are, the paragraph tells as much: 1 ms. Whom an
    attribution means takes the whole article: 6 ms.
    """

    def __init__(self, article: Article) -> None:
        self._article = article
        self._body = article.body
        self._paragraphs = paragraphs(self._body)
        bare, self._quotations = without_names(self._body, quotations(self._body, self._paragraphs))
        self._blanked = masked(bare, self._quotations)
        self._read: dict[int, list[_Attributed]] = {}

    @cached_property
    def people(self) -> Sequence[NamedPerson]:
        """The people whom the article names, in order."""
        return people(sentence for one in self._unmasked() for sentence in one)

    @property
    def quotations(self) -> Sequence[Quotation]:
        """What stands in quotation marks, in order; names of ships and films left out."""
        return self._quotations

    def of(self, span: Span) -> Speaker | None:
        """Who is speaking in a span of the body; None is the outlet's own voice."""
        turn = next((one for one in self._turns if within(span, one.span)), None)
        if turn and turn.sure:
            return self._of_turn(turn)
        found = self._told(span)
        if found is None and (turn or self._may_be_told(span)) and not self._is_in_note(span):
            return NOBODY_TOLD
        return found

    @cached_property
    def _turns(self) -> list[InterviewTurn]:
        return turns(
            self._body, self._paragraphs, outlet=self._article.outlet, surnames=lambda: self._surnames
        )

    @cached_property
    def _surnames(self) -> frozenset[str]:
        return frozenset(person.surname for person in self.people)

    def _sentences(self, number: int) -> list[_Attributed]:
        """The sentences of a paragraph in the outlet's own words, each with its attributions."""
        if number not in self._read:
            words = tokens(self._blanked, self._paragraphs[number])
            self._read[number] = [_Attributed(one, self._own(one)) for one in sentences_of(words)]
        return self._read[number]

    def _sentences_in(self, span: Span) -> list[_Attributed]:
        """The sentences of the paragraphs that a span touches."""
        touched = [
            n for n, part in enumerate(self._paragraphs) if part.start < span.end and span.start < part.end
        ]
        return [one for n in touched for one in self._sentences(n)]

    @cached_property
    def _meanings(self) -> Meanings:
        """Whom the attributions of the whole article mean."""
        read = [self._sentences(number) for number in range(len(self._paragraphs))]
        words = [[one.words for one in part] for part in read]
        meanings = Meanings(self._article, self._paragraphs, words, people=self.people)
        for number, part in enumerate(read):
            for sentence in part:
                for one in sentence.attributions:
                    meanings.add(one, sentence.words, number)
        return meanings

    @property
    def _said(self) -> Sequence[Said]:
        return self._meanings.said

    def _may_be_told(self, span: Span) -> bool:
        """Whether the outlet's words in a span speak of saying, though it could not be read who says it."""
        return any(
            span.start <= word.start < span.end and may_be_told(sentence.words, at)
            for sentence in self._sentences_in(span)
            for at, word in enumerate(sentence.words)
        )

    def _told(self, span: Span) -> Speaker | None:
        if self._is_attributed(span):
            told = [said for said in self._said if not said.attribution.side]
            return _outermost([said for said in told if within(said.attribution.span, span)])
        quoted = [one for one in self._quotations if one.start < span.end and span.start < one.end]
        longest = max(quoted, key=lambda one: _shared(one, span), default=None)
        if longest is None or not self._is_speech(longest, span):
            return None
        return self._of_quotation(longest, set())

    def _is_attributed(self, span: Span) -> bool:
        """Whether a span has an attribution, whoever is meant by it."""
        return any(
            not one.side and within(one.span, span)
            for sentence in self._sentences_in(span)
            for one in sentence.attributions
        )

    def attributed(self, span: Span) -> list[Span]:
        """Where the outlet's words in a span say who says something."""
        found = (
            one.span for sentence in self._sentences_in(span) for one in sentence.attributions if not one.side
        )
        return [one for one in found if within(one, span)]

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
            found = self._meanings.for_pronoun(
                words[0].low, Attribution(first, None, first, "opening"), number
            )
            return None if found.kind == "unclear" else found
        person = next((one for one in self.people if begins_with(words, one)), None)
        return speaker_for(person, Span(words[0].start, words[0].end)) if person else None

    def _unmasked(self) -> Iterator[list[Sequence[Token]]]:
        """The sentences of each paragraph with what is quoted; those without quotations are read already."""
        for number, part in enumerate(self._paragraphs):
            if self._blanked[part.start : part.end] != self._body[part.start : part.end]:
                yield list(sentences_of(tokens(self._body, part)))
            else:
                yield [one.words for one in self._sentences(number)]

    def _is_speech(self, quotation: Quotation, span: Span) -> bool:
        """Whether a quotation is words of somebody's, and not a title or an expression in marks."""
        shared = self._body[max(quotation.start, span.start) : min(quotation.end, span.end)]
        if self._is_introduced(quotation):
            return True
        long = [word for word in shared.strip(' “”"«»„').split() if len(word) > 3]
        rest = span.end - span.start - _shared(quotation, span)
        if rest > 12 and long and all(word[0].isupper() for word in long):
            return False  # "The Unlikely Story of America’s National Anthem"
        return len(shared.split()) >= _OWN_WORDS or _shared(quotation, span) * 2 > span.end - span.start

    def _own(self, sentence: Sequence[Token]) -> list[Attribution]:
        """The attributions of a sentence, without those to the outlet and its agency themselves."""
        names = [name.lower() for name in (self._article.outlet, self._article.agency) if name]
        found = attributions(sentence)
        found = [replace(one, via=None) if one.via and self._is_one(one.via, names) else one for one in found]
        return [one for one in found if not self._is_one(one.subject, names)]

    def _is_one(self, span: Span, names: Sequence[str]) -> bool:
        """Whether words are an outlet of those, "Trend" or "the agency Trend", or its "this article"."""
        text = self._text(span).lower().removeprefix("the ")
        short = [name.removeprefix("the ") for name in names]
        if _OWN_TEXT.fullmatch(text) or (_THE_TEXT.fullmatch(text) and self._is_in_note(span)):
            return True
        return text in short or any(
            text.endswith(f" {name}") and len(text.split()) == len(name.split()) + 1 for name in short
        )

    def _is_in_note(self, span: Span) -> bool:
        """Whether a span begins in a correction, which is the outlet's own word."""
        return any(note.start <= span.start < note.end for note in self._notes)

    @cached_property
    def _notes(self) -> list[Span]:
        return corrections(self._body, language=self._article.language)

    def _of_turn(self, turn: InterviewTurn) -> Speaker | None:
        """Who has the turn: the outlet asks, and the one person of the article answers."""
        if turn.kind == "asking":
            return None
        if turn.kind == "answering":
            return speaker_for(self.people[0], turn.label) if len(self.people) == 1 else NOBODY_TOLD
        return self._meanings.named_in(turn.label)

    def _text(self, span: Span) -> str:
        return self._body[span.start : span.end]

    # Whose a quotation is

    def _of_quotation(self, quotation: Quotation, seen: set[int]) -> Speaker:
        """Whose a quotation is; `seen` are those whose neighbours have been asked for already."""
        number = next(n for n, part in enumerate(self._paragraphs) if quotation.end <= part.end)
        beside = self._beside(quotation, number) or self._introduced(quotation, number)
        if beside or self._has_unread_verb(quotation, number):
            return beside or NOBODY_TOLD
        at = self._quotations.index(quotation)
        before = self._quotations[at - 1] if at else None
        whole = self._whole(at)
        if len(whole) > 1 and at not in seen:
            seen.add(
                at
            )  # for all of them: of a speech of 20 paragraphs there are 20! ways from one to another
            others = (one for one in (whole[-1], *whole[:-1]) if one != quotation)
            parts = (self._of_quotation(one, seen) for one in others)
            return next((one for one in parts if one.kind != "unclear"), NOBODY_TOLD)
        if before and before.end > self._paragraphs[number].start and self._interrupted(before, quotation):
            seen.add(at)
            return self._of_quotation(before, seen)
        earlier = self._earlier_in_paragraph(quotation, number)
        if earlier:
            return earlier
        return self._before_paragraph(quotation, number) or NOBODY_TOLD

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

    def _whole(self, at: int) -> list[Quotation]:
        """The paragraphs of one quotation, each of which opens with a mark and only the last one closes."""
        first = last = at
        while first and self._quotations[first - 1].runs_on:
            first -= 1
        while self._quotations[last].runs_on and last + 1 < len(self._quotations):
            last += 1
        return self._quotations[first : last + 1]

    def _is_introduced(self, quotation: Quotation) -> bool:
        number = next(n for n, part in enumerate(self._paragraphs) if quotation.end <= part.end)
        return self._introduced(quotation, number) is not None

    def _introduced(self, quotation: Quotation, number: int) -> Speaker | None:
        """The person whom the words before a colon are about: "Anna Lund is less sure: “We waited.”"."""
        own = (one.words for one in self._sentences(number))
        words = next((one for one in own if _holds(one, quotation)), ())
        before = [word for word in words if word.end <= quotation.start]
        if not before or before[-1].text != ":":
            return None
        person = next((one for one in self.people if begins_with(before, one)), None)
        return speaker_for(person, Span(before[0].start, before[-1].end)) if person else None

    def _has_unread_verb(self, quotation: Quotation, number: int) -> bool:
        """Whether its sentence has a verb of saying whose subject could not be read."""
        own = [one.words for one in self._sentences(number) if _holds(one.words, quotation)]
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
        others = [
            p for p in self.people if p.name != said[-1].speaker.name and self._meanings.mentions(p, since)
        ]
        return None if others or since.start < part.start else said[-1].speaker

    def _before_paragraph(self, quotation: Quotation, number: int) -> Speaker | None:
        """The speaker whom the sentence before this paragraph introduces: "… he told the BBC." “It was…”."""
        if number == 0 or quotation.start != self._paragraphs[number].start:
            return None
        earlier = self._sentences(number - 1)
        if not earlier:
            return None  # a line of "_____"
        last = earlier[-1].words
        said = [s for s in self._said if s.sentence is last]
        if not said or last[-1].quoted or (len(last) > 1 and any(word.quoted for word in last[-3:])):
            return None
        speaker = _outermost(said)
        return speaker if speaker and ";" not in speaker.name else None


def _shared(quotation: Quotation, span: Span) -> int:
    return min(quotation.end, span.end) - max(quotation.start, span.start)


def _holds(sentence: Sequence[Token], quotation: Quotation) -> bool:
    return sentence[0].start <= quotation.start and quotation.end <= sentence[-1].end


def _outermost(inside: Sequence[Said]) -> Speaker:
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
