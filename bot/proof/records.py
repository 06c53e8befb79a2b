"""What goes into the proof of a model's line, and what comes out: places in articles, proved or none."""

from __future__ import annotations

from dataclasses import dataclass

from index.records import Article, Hit, Span
from index.withdrawn import blanked


@dataclass(frozen=True)
class SentPassage:
    """A passage as the model was sent it: `number` is the [n] before it, from 1; `span` is of the body."""

    number: int
    hit: Hit
    span: Span

    @property
    def article(self) -> Article:
        """The article it stands in."""
        return self.hit.article

    @property
    def text(self) -> str:
        """The words that were sent: with blanks for what was withdrawn, so that no offset moves."""
        words = self.article.body[self.span.start : self.span.end]
        return blanked(words, self.hit.withdrawn, at=self.span.start)


@dataclass(frozen=True)
class DraftLine:
    """One line of a draft, parsed.

    `text` is without the [n] marks. `cites` are the numbers it cites, in order, also such as were never sent.
    `relies_on` pairs a number with the words of that passage which the line relies on, as the model wrote
    them.
    """

    text: str
    cites: tuple[int, ...] = ()
    relies_on: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Pointed:
    """Where a line points: `words` is a span of the body, within the passage that was sent."""

    shown: SentPassage
    words: Span
