"""A proposal into what may be shown: each place read again from the archive and cited, or cut."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.answers.answer import Sentence
from bot.answers.citation import Citation, Nearest, cite
from bot.answers.proposal import NearPlace, Place, Proposed
from index.errors import NotInArchive, Unproved
from index.records import Article, Span


class ArticleShelf(Protocol):
    """Where the articles are kept; `index.storage.archive.Archive` is one."""

    def article(self, article_id: str, *, revision: str | None = None) -> Article:
        """An article of a revision; raises `NotInArchive`."""


@dataclass(frozen=True)
class Proved:
    """A sentence that was proved, with the citations it rests on."""

    sentence: Sentence
    citations: tuple[Citation, ...]


class Proof:
    """Proves the sentences of one answer, one after another; a place cited twice keeps its number."""

    def __init__(self, shelf: ArticleShelf) -> None:
        self._shelf = shelf
        self._numbers: dict[tuple[str, int, int], int] = {}

    def prove(self, one: Proposed) -> Proved | None:
        """The sentence with its citations, its articles read again from the archive; None: it is cut."""
        citations = _citations(one, self._shelf, numbers=self._numbers)
        if not citations:
            return None
        marks = tuple(citation.number for citation in citations)
        short = _short(one, citations[0])
        sentence = Sentence(
            one.text, marks, one.verdict, one.speaker, one.role, one.also_in, short, one.voice, one.wording
        )
        self._numbers |= {_key(citation): citation.number for citation in citations}
        return Proved(sentence, citations)


def prove(proposed: Sequence[Proposed], shelf: ArticleShelf) -> list[Proved]:
    """The proposed sentences that can be proved, in order."""
    proof = Proof(shelf)
    return [proved for one in proposed if (proved := proof.prove(one))]


def cite_again(place: Place, shelf: ArticleShelf, *, number: int) -> Citation | None:
    """The citation of a place, its article read again from the archive; None if it is not there as it was."""
    try:
        stored = shelf.article(place.article.id, revision=place.article.revision)
        citation = cite(stored, place.span, number=number)
    except (NotInArchive, Unproved):
        return None
    return citation if citation.revision == place.article.revision else None


def cite_nearest(nearest: Iterable[NearPlace], shelf: ArticleShelf) -> tuple[Nearest, ...]:
    """The nearest evidence that is still in the archive, numbered from 1, with its likely words."""
    found: list[Nearest] = []
    for one in nearest:
        cited = cite_again(one.place, shelf, number=len(found) + 1)
        if cited:
            short = _within(one.short, cited) if one.short else None
            found.append(
                Nearest(
                    cited.number, cited.article, cited.revision, cited.start, cited.end, cited.quote, short
                )
            )
    return tuple(found)


def _citations(
    one: Proposed, shelf: ArticleShelf, *, numbers: Mapping[tuple[str, int, int], int]
) -> tuple[Citation, ...]:
    """The citations of a sentence; none if a place is gone, or it is not the quotation it says it is."""
    found: list[Citation] = []
    next_number = len(numbers) + 1
    for place in dict.fromkeys(one.places):
        known = numbers.get((place.article.id, place.span.start, place.span.end))
        citation = cite_again(place, shelf, number=known or next_number)
        if citation is None:
            return ()
        next_number += known is None
        found.append(citation)
    if one.verdict == "quoted" and (len(found) != 1 or found[0].quote != one.text):
        return ()
    return tuple(found)


def _short(one: Proposed, citation: Citation) -> Span | None:
    """Where the short answer stands in the quotation; None without one, or where it is not within."""
    if one.short is None or one.verdict != "quoted":
        return None
    return _within(one.short, citation)


def _within(short: Span, citation: Citation) -> Span | None:
    """Words of a body as a span of the quotation they stand in; None where they do not."""
    start, end = short.start - citation.start, short.end - citation.start
    inside = 0 <= start < end <= len(citation.quote)
    return Span(start, end) if inside and citation.quote[start:end].strip() else None


def _key(citation: Citation) -> tuple[str, int, int]:
    return citation.article.id, citation.start, citation.end
