"""The paragraphs of an article into sentences in the outlet's own words, each with its attributions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.language.tokens import sentences_of, tokens
from bot.speaking.attribution import attributions
from bot.speaking.own_text import is_named, is_own_text, is_point
from bot.speaking.phrases import Phrase
from bot.speaking.quotations import Quotation, masked, paragraphs, quotations, without_names
from bot.speaking.records import Attribution
from index.corrections import corrections
from index.records import Article, Span

_NEAR = 600  # characters before "the first" in which its text is told of


@dataclass(frozen=True)
class Attributed:
    """A sentence and the attributions in it; `to_itself`: the outlet says there what is its own word."""

    words: Phrase
    attributions: Sequence[Attribution]
    to_itself: bool


class Paragraphs:
    """The paragraphs of one article; each is read when it is asked for, and once.

    `quotations` is what stands in quotation marks, in order; names of ships and films left out.
    """

    def __init__(self, article: Article) -> None:
        self._article = article
        self._body = article.body
        self.spans: Sequence[Span] = paragraphs(self._body)
        bare, self.quotations = without_names(self._body, quotations(self._body, self.spans))
        self._blanked = masked(bare, self.quotations)
        self._starts, self._ends = [one.start for one in self.spans], [one.end for one in self.spans]
        self._read: dict[int, list[Attributed]] = {}

    def __len__(self) -> int:
        """How many there are."""
        return len(self.spans)

    def sentences(self, number: int) -> list[Attributed]:
        """The sentences of a paragraph; a quotation in them is one blank token."""
        if number not in self._read:
            words = tokens(self._blanked, self.spans[number])
            self._read[number] = [self._attributed(one) for one in sentences_of(words)]
        return self._read[number]

    def sentences_in(self, span: Span) -> list[Attributed]:
        """The sentences of the paragraphs that a span touches."""
        first = bisect_right(self._ends, span.start)
        after = bisect_left(self._starts, span.end)
        return [one for number in range(first, after) for one in self.sentences(number)]

    def unmasked(self) -> Iterator[list[Phrase]]:
        """The sentences of each paragraph with what is quoted; those without quotations are read already."""
        for number, part in enumerate(self.spans):
            if self._blanked[part.start : part.end] != self._body[part.start : part.end]:
                yield list(sentences_of(tokens(self._body, part)))
            else:
                yield [one.words for one in self.sentences(number)]

    def number_of(self, quotation: Quotation) -> int:
        """In which paragraph a quotation stands."""
        return bisect_left(self._ends, quotation.end)

    def number_at(self, span: Span) -> int:
        """In which paragraph a span begins."""
        return min(bisect_right(self._ends, span.start), len(self.spans) - 1)

    def is_in_note(self, span: Span) -> bool:
        """Whether a span begins in a correction, which is the outlet's own word."""
        return any(note.start <= span.start < note.end for note in self._notes)

    @cached_property
    def _notes(self) -> list[Span]:
        return corrections(self._body, language=self._article.language)

    def _attributed(self, sentence: Phrase) -> Attributed:
        """The attributions of a sentence, without those to the outlet and its agency themselves."""
        found = attributions(sentence)
        found = [replace(one, via=None) if one.via and self._is_itself(one.via) else one for one in found]
        others = [one for one in found if not self._is_itself(one.subject)]
        return Attributed(sentence, others, to_itself=len(others) < len(found))

    def _is_itself(self, span: Span) -> bool:
        """Whether words mean the outlet, its agency or this article."""
        text = self._body[span.start : span.end]
        names = [name for name in (self._article.outlet, self._article.agency) if name]
        if is_named(text, names) or is_own_text(text, in_note=self.is_in_note(span)):
            return True
        return is_point(text, self._body[max(0, span.start - _NEAR) : span.start])
