"""A place in an article into a citation that cannot be wrong: the only code that makes one.

A citation proves itself whenever it is built, also by `dataclasses.replace` or from stored data: its revision
is the sha256 of its article's body, and its quote stands in that body at its offsets. Anything else raises
`Unproved`, so an unproved citation does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.errors import Unproved
from index.records import Article, Span, revision_of


@dataclass(frozen=True)
class Citation:
    """The exact words of one revision of one article: `article.body[start:end] == quote`."""

    number: int
    article: Article
    revision: str
    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        """Raise `Unproved` unless the quote is what the article says at these offsets."""
        where = f"citation [{self.number}] of article {self.article.id}"
        if self.revision != revision_of(self.article.body):
            raise Unproved(f"{where}: revision {self.revision[:12]}… is not the sha256 of its body")
        if not 0 <= self.start < self.end <= len(self.article.body):
            raise Unproved(
                f"{where}: {self.start}–{self.end} is not within its {len(self.article.body)} characters"
            )
        if self.article.body[self.start : self.end] != self.quote:
            raise Unproved(f"{where}: the words at {self.start}–{self.end} are not {self.quote[:60]!r}")


@dataclass(frozen=True)
class Nearest(Citation):
    """A citation that is shown where there is no answer; `quote[short.start:short.end]` is likely one."""

    short: Span | None = None

    def __post_init__(self) -> None:
        """Raise `Unproved` as a citation does, and where the likely words are not within the quote."""
        super().__post_init__()
        if self.short and not 0 <= self.short.start < self.short.end <= len(self.quote):
            raise Unproved(f"citation [{self.number}] of article {self.article.id}: {self.short} is outside")


def cite(article: Article, span: Span, *, number: int) -> Citation:
    """The citation of `span` of an article's body, numbered from 1 within its answer."""
    quote = article.body[span.start : span.end]
    return Citation(number, article, article.revision, span.start, span.end, quote)
