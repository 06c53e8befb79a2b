"""A span of an article into who is speaking in it: by name and role, as the article gives them, or nobody.

Rules of English and Russian news style, no model; after the patterns of quotation attribution described by
Elson & McKeown, "Automatic Attribution of Quoted Speech" (AAAI 2010): the nearest attribution of the
sentence, else the quotation it goes on, else the paragraph. Names are looked up within the article only.
Where two people could be meant the speaker is unclear, for a wrong one is worse than none.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from bot.language.tokens import tokens
from bot.speaking.meaning import Meanings
from bot.speaking.paragraphs import Paragraphs
from bot.speaking.people import people
from bot.speaking.quotations import Quotation
from bot.speaking.quoted import Quoted, introduced, outermost
from bot.speaking.records import (
    NOBODY_TOLD,
    UNCLEAR,
    Attribution,
    NamedPerson,
    Speaker,
    begins_with,
    speaker_for,
    within,
)
from bot.speaking.turns import InterviewTurn, turns
from bot.speaking.verbs import may_be_told
from index.records import Article, Span

__all__ = ["UNCLEAR", "Speaker", "Speakers", "speaker_of"]

# A quotation of fewer words, without anybody named, is an expression and not somebody's speech.
_OWN_WORDS = 3


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
        self._paragraphs = Paragraphs(article)

    @cached_property
    def people(self) -> Sequence[NamedPerson]:
        """The people whom the article names, in order."""
        return people(sentence for one in self._paragraphs.unmasked() for sentence in one)

    @property
    def quotations(self) -> Sequence[Quotation]:
        """What stands in quotation marks, in order; names of ships and films left out."""
        return self._paragraphs.quotations

    def of(self, span: Span) -> Speaker | None:
        """Who is speaking in a span of the body; None is the outlet's own voice."""
        turn = next((one for one in self._turns if within(span, one.span)), None)
        if turn and turn.sure:
            return self._of_turn(turn)
        found = self._told(span)
        if found is None and (turn or self._may_be_told(span)) and not self._paragraphs.is_in_note(span):
            return NOBODY_TOLD
        return found

    def attributed(self, span: Span) -> list[Span]:
        """Where the outlet's words in a span say who says something."""
        found = (one for sentence in self._paragraphs.sentences_in(span) for one in sentence.attributions)
        return [one.span for one in found if not one.side and within(one.span, span)]

    def actor(self, span: Span) -> Speaker | None:
        """Whom a sentence that begins at `span.start` is about: who it begins with, by name or as "he".

        This is no speech: of "Lavrov hoped that …" the outlet is the speaker and Lavrov the actor.
        """
        number = next((n for n, part in enumerate(self._paragraphs.spans) if span.start < part.end), 0)
        words = tokens(self._body, span)
        if not words:
            return None
        if words[0].low in ("he", "she", "он", "она"):
            first = Span(words[0].start, words[0].end)
            found = self._meanings.pointing.for_pronoun(
                words[0].low, Attribution(first, None, first, "opening"), number
            )
            return None if found.kind == "unclear" else found
        person = next((one for one in self.people if begins_with(words, one)), None)
        return speaker_for(person, Span(words[0].start, words[0].end)) if person else None

    @cached_property
    def _turns(self) -> list[InterviewTurn]:
        return turns(
            self._body, self._paragraphs.spans, outlet=self._article.outlet, surnames=lambda: self._surnames
        )

    @cached_property
    def _surnames(self) -> frozenset[str]:
        return frozenset(person.surname for person in self.people)

    def _of_turn(self, turn: InterviewTurn) -> Speaker | None:
        """Who has the turn: the outlet asks, and the one person of the article answers."""
        if turn.kind == "asking":
            return None
        if turn.kind == "answering":
            return speaker_for(self.people[0], turn.label) if len(self.people) == 1 else NOBODY_TOLD
        return self._meanings.named_in(turn.label)

    @cached_property
    def _meanings(self) -> Meanings:
        """Whom the attributions of the whole article mean."""
        read = [self._paragraphs.sentences(number) for number in range(len(self._paragraphs))]
        words = [[one.words for one in part] for part in read]
        meanings = Meanings(self._article, self._paragraphs.spans, words, people=self.people)
        for number, part in enumerate(read):
            for sentence in part:
                for one in sentence.attributions:
                    meanings.add(one, sentence.words, number)
        return meanings

    @cached_property
    def _quoted(self) -> Quoted:
        """Whose the quotations are."""
        return Quoted(self._body, self._paragraphs, self._meanings)

    def _told(self, span: Span) -> Speaker | None:
        if self.attributed(span):
            told = [said for said in self._meanings.said if not said.attribution.side]
            return outermost([said for said in told if within(said.attribution.span, span)])
        quoted = [one for one in self.quotations if one.start < span.end and span.start < one.end]
        longest = max(quoted, key=lambda one: _shared(one, span), default=None)
        if longest is None or not self._is_speech(longest, span):
            return None
        return self._quoted.of(longest)

    def _may_be_told(self, span: Span) -> bool:
        """Whether the outlet's words in a span speak of saying, though it could not be read who says it."""
        return any(
            span.start <= word.start < span.end and may_be_told(sentence.words, at)
            for sentence in self._paragraphs.sentences_in(span)
            for at, word in enumerate(sentence.words)
        )

    def _is_speech(self, quotation: Quotation, span: Span) -> bool:
        """Whether a quotation is words of somebody's, and not a title or an expression in marks."""
        shared = self._body[max(quotation.start, span.start) : min(quotation.end, span.end)]
        if introduced(quotation, self._paragraphs, self.people):
            return True
        long = [word for word in shared.strip(' “”"«»„').split() if len(word) > 3]
        rest = span.end - span.start - _shared(quotation, span)
        if rest > 12 and long and all(word[0].isupper() for word in long):
            return False  # "The Unlikely Story of America’s National Anthem"
        return len(shared.split()) >= _OWN_WORDS or _shared(quotation, span) * 2 > span.end - span.start


def _shared(quotation: Quotation, span: Span) -> int:
    return min(quotation.end, span.end) - max(quotation.start, span.start)
