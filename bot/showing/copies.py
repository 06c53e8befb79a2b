"""The articles of one origin into its first and its copies, each noted difference as proved quotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.citation import Citation, cite
from index.copies.places import places
from index.dates import date_span
from index.records import Article, Span

_LONGEST = (
    300  # characters of words that differ that are quoted; a paragraph left out is told by its beginning
)
_AROUND = 60  # characters before and after them, so that "729" has something to count
_MOST = 20  # places of one copy that are listed


@dataclass(frozen=True)
class CopyRun:
    """Words of one article that another has otherwise, proved; not all are quoted where they go on `until`.

    `before` and `after` are the words around them.
    """

    citation: Citation
    until: int
    before: str
    after: str


@dataclass(frozen=True)
class Noted:
    """A place where a copy differs: the words of the first article and the copy's; None: it has none."""

    first: CopyRun | None
    copy: CopyRun | None


@dataclass(frozen=True)
class Copy:
    """A copy, and where it differs from the first; `more` counts further places."""

    article: Article
    differences: tuple[Noted, ...]
    more: int


@dataclass(frozen=True)
class Copied:
    """One text and who printed it: `first` is the earliest as far as dates are known."""

    first: Article
    copies: tuple[Copy, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        """All of them, the first one first."""
        return (self.first, *(copy.article for copy in self.copies))

    @property
    def outlets(self) -> int:
        """How many outlets printed it."""
        return len({one.outlet for one in self.articles if one.outlet})

    @property
    def agency(self) -> str | None:
        """The wire it came from, where an article names one."""
        return next((one.agency for one in self.articles if one.agency), None)


def copied(group: Sequence[Article]) -> Copied:
    """The articles of one origin, the earliest first, with where each other one differs from it.

    Those of unknown date come last; in doubt the order of adding stays.
    """
    first, *others = sorted(group, key=_by_then)
    return Copied(first, tuple(_copy(first, one) for one in others))


def _by_then(article: Article) -> str:
    """By when it had certainly been published, UTC."""
    return date_span(article.published)[1] if article.published else "9999"


def _copy(first: Article, copy: Article) -> Copy:
    found = places(first.body, copy.body)
    shown = tuple(Noted(_run(first, one.here), _run(copy, one.there)) for one in found[:_MOST])
    return Copy(copy, shown, len(found) - len(shown))


def _run(article: Article, span: Span | None) -> CopyRun | None:
    if span is None:
        return None
    body = article.body
    end = span.end if span.end - span.start <= _LONGEST else _word_end(body, span.start)
    before = body[max(0, span.start - _AROUND) : span.start].rpartition("\n")[2]
    after = body[end : end + _AROUND].partition("\n")[0]
    if span.start - len(before) > 0 and len(before) == _AROUND:
        before = before.partition(" ")[2]
    if end + len(after) < len(body) and len(after) == _AROUND:
        after = after.rpartition(" ")[0]
    return CopyRun(cite(article, Span(span.start, end), number=1), span.end, before, after)


def _word_end(body: str, start: int) -> int:
    """Where the last whole word ends that fits."""
    cut = body[start : start + _LONGEST]
    return start + (len(cut.rsplit(None, 1)[0]) if len(cut.split(None, 1)) > 1 else len(cut))
