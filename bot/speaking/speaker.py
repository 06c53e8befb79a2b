"""A span of an article into who is speaking in it: by name and role, as the article gives them, or nobody.

Rules of English and Russian news style, no model; after the patterns of quotation attribution described by
Elson & McKeown, "Automatic Attribution of Quoted Speech" (AAAI 2010): the nearest attribution of the
sentence, else the quotation it goes on, else the paragraph. Names are looked up within the article only.
Where two people could be meant the speaker is unclear, for a wrong one is worse than none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice

from bot.language.tokens import tokens
from bot.speaking.certainty.regression import is_sure
from bot.speaking.certainty.signs import Finding, own_signs, told_signs
from bot.speaking.listing import head_of_list
from bot.speaking.marks import is_speech, shared
from bot.speaking.paragraphs import Paragraphs
from bot.speaking.parts import leaves_some
from bot.speaking.persons.meaning import Meanings
from bot.speaking.persons.people import people
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

_MINOR = 0.4  # of a sentence: a quotation of less, nobody knows whose, leaves the sentence the outlet's own
_MOST = 1_000  # attributions of an article whose meaning is looked for, each of them in the whole body
_FEW = 3  # words of the outlet's beside a quotation that say nothing by themselves: "And then:"


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
        whole = self.owner(span)
        clause = self._of_clause(span) if whole is None or whole.kind == "unclear" else None
        return clause or whole

    def owner(self, span: Span) -> Speaker | None:
        """Who says a whole span, or what is quoted in it; of a clause in it the outlet is the owner.

        Whoever it seems to be, they are told only where that is sure enough.
        """
        found = self.finding(span)
        return found.speaker if is_sure(found) else NOBODY_TOLD

    def finding(self, span: Span) -> Finding:
        """Who seems to say a span, and the signs for how sure that is; none where it is plain or unclear."""
        found = self._found(span)
        plain = self._paragraphs.is_in_note(span) or not self._body[span.start : span.end].strip()
        if plain or (found and found.kind == "unclear"):
            return Finding(found, {})
        if found:
            return Finding(found, told_signs(span, found))
        return Finding(None, own_signs(self._body, span, self._paragraphs, self._speech_in(span)))

    def _found(self, span: Span) -> Speaker | None:
        """Who seems to say a span; None is the outlet."""
        turn = next((one for one in self._turns if within(span, one.span)), None)
        if turn and turn.sure:
            return self._of_turn(turn)
        found = self._told(span) or self._listed(span)
        if found is not None or self._paragraphs.is_in_note(span):
            return found
        return NOBODY_TOLD if turn or self._may_be_told(span) else None

    def attributed(self, span: Span) -> list[Span]:
        """Where the outlet's words in a span say who says something."""
        found = (one for sentence in self._paragraphs.sentences_in(span) for one in sentence.attributions)
        return [one.span for one in found if one.scope == "sentence" and within(one.span, span)]

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
        told = (
            (one, sentence.words, number)
            for number, part in enumerate(read)
            for sentence in part
            for one in sentence.attributions
        )
        for one, sentence, number in islice(told, _MOST):
            meanings.add(one, sentence, number)
        return meanings

    @cached_property
    def _quoted(self) -> Quoted:
        """Whose the quotations are."""
        return Quoted(self._body, self._paragraphs, self._meanings)

    def _told(self, span: Span) -> Speaker | None:
        if self.attributed(span):
            return self._as_attributed(span)
        quoted = [one for one in self.quotations if one.start < span.end and span.start < one.end]
        longest = max(quoted, key=lambda one: shared(one, span), default=None)
        if longest is None or not self._is_speech(longest, span):
            return None
        speaker = self._quoted.of(longest)
        if introduced(longest, self._paragraphs, self.people) or not self._has_own_words(span):
            return speaker
        if speaker.kind != "unclear":
            return replace(speaker, partly=True)
        return speaker if shared(longest, span) > _MINOR * (span.end - span.start) else None

    def _listed(self, span: Span) -> Speaker | None:
        """Who says the sentence that a list hangs on of which a span is an item."""
        head = head_of_list(self._body, span, self._paragraphs)
        whole = [one for one in head.attributions if one.scope == "sentence"] if head else []
        told = [one for one in self._meanings.said if one.attribution in whole] if whole else []
        return outermost(told) if told else None

    def _as_attributed(self, span: Span) -> Speaker:
        """The speaker of a span that has an attribution of all of it."""
        told = [one for one in self._meanings.said if one.attribution.scope == "sentence"]
        told = [one for one in told if within(one.attribution.span, span)]
        sentence = told[0].sentence
        attributed = [one.attribution for one in told if one.sentence is sentence]
        speaker = outermost(told)
        return replace(speaker, partly=speaker.kind != "unclear" and leaves_some(sentence, attributed))

    def _of_clause(self, span: Span) -> Speaker | None:
        """The speaker of a clause of a span that is the outlet's as a whole."""
        there = [one for sentence in self._paragraphs.sentences_in(span) for one in sentence.attributions]
        if not any(one.scope == "clause" and within(one.span, span) for one in there):
            return None
        said = (one for one in self._meanings.said if one.attribution.scope == "clause")
        told = (one.speaker for one in said if within(one.attribution.span, span))
        return next((replace(one, partly=True) for one in told if one.kind != "unclear"), None)

    def _has_own_words(self, span: Span) -> bool:
        """Whether the outlet says more in a span than a word or two beside what is quoted."""
        words = [word for one in self._paragraphs.sentences_in(span) for word in one.words]
        own = [word for word in words if within(Span(word.start, word.end), span) and not word.quoted]
        return sum(word.text[0].isalnum() for word in own) > _FEW

    def _is_speech(self, quotation: Quotation, span: Span) -> bool:
        if introduced(quotation, self._paragraphs, self.people):
            return True
        return is_speech(self._body, quotation, span, self._paragraphs)

    def _speech_in(self, span: Span) -> list[Quotation]:
        """The quotations in a span that are somebody's words."""
        there = [one for one in self.quotations if one.start < span.end and span.start < one.end]
        return [one for one in there if self._is_speech(one, span)]

    def _may_be_told(self, span: Span) -> bool:
        """Whether the outlet's words in a span speak of saying, though it could not be read who says it."""
        return any(
            span.start <= word.start < span.end and may_be_told(sentence.words, at)
            for sentence in self._paragraphs.sentences_in(span)
            if not sentence.to_itself and not sentence.attributions
            for at, word in enumerate(sentence.words)
        )
