"""The sentences that answer a question into where their origins differ, and their copies: proved quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import product
from typing import NamedTuple, Protocol

from bot.answers.answer import Answer, Cell, Difference, Differing
from bot.answers.citation import Citation
from bot.answers.proposal import Place
from bot.differing.comparing import DAYS, compare
from bot.differing.copied import reworded
from bot.differing.pairs import Pair
from bot.differing.reports import near_in_time, read_report
from bot.language.lexicon import Lexicon
from bot.language.sentence import NewsSentence
from bot.language.vocabulary import Vocabulary, load_vocabulary
from bot.proof.proving import ArticleShelf, cite_again
from index.copies.publisher import speaks_for
from index.records import Article, Hit, Span
from index.storage.records import StoryArticle
from index.withdrawn import overlapping

MOST = 3  # differences of an answer
CELLS = 4  # outlets side by side in one difference
READ = 8  # sentences that are compared with a quoted one
SHARED = 1  # word that a sentence or its title must share with a quoted one to be read: that takes 0.3 ms
_STEM = 5  # letters under which "Shusha" and "Shushi", "Beloria" and "Belorian" are one
_ORDER = ("figure", "date", "place", "actor", "wording", "copy", "update", "agreed")
_Row = tuple[Differing, list[tuple[Place, Span]]]  # each cell: its sentence, and the words in it


class LinkedShelf(ArticleShelf, Protocol):
    """What comparing needs of `index.storage.archive.Archive`."""

    def later(self, article_id: str) -> Sequence[StoryArticle]:
        """Those that tell an article's story later, one an origin."""


class _Found(NamedTuple):
    """A sentence of a hit."""

    article: Article
    span: Span


class Comparer:
    """Finds where the origins behind an answer differ, or agree; without a language model."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return load_vocabulary(self._lexicon)

    def add(self, answer: Answer, hits: Sequence[Hit], *, shelf: LinkedShelf) -> Answer:
        """The answer with its differences and the citations that only these need.

        Of copies of a cited article, those that the question found are looked at, which pass its filters.
        """
        if not answer.citations:
            return answer
        rows = self._of_copies(answer, hits)
        origins = {hit.article.id: hit.origin for hit in hits}
        if len(set(origins.values())) > 1:
            sentences = [
                _Found(hit.article, span)
                for hit in hits
                for span in hit.passage.sentences
                if not overlapping(span, hit.withdrawn)
            ]
            pairs = self._pairs(answer, list(dict.fromkeys(sentences)), origins=origins)
            rows += _grouped([one for one in pairs if not _has_turned(*one, shelf=shelf)])
        rows.sort(key=lambda row: _ORDER.index(row[0]))
        return _cited(answer, rows[:MOST], shelf=shelf)

    def _of_copies(self, answer: Answer, hits: Sequence[Hit]) -> list[_Row]:
        """Where copies of a cited article have other words than it; 3 ms a copy that has, else nothing."""
        found = {hit.article.id: hit for hit in hits}
        return [
            ("copy", row)
            for one in answer.citations
            if (hit := found.get(one.article.id))
            for row in reworded(one, hit.copies, self._vocabulary)
        ]

    def _keys(self, one: _Found) -> set[str]:
        """The keys of the words of a candidate and of its title that carry a topic; 40 µs."""
        text = one.article.body[one.span.start : one.span.end]
        words = self._lexicon.read(f"{one.article.title}\n{text}")
        return {word.key[:_STEM] for word in words if not word.plain}

    def _pairs(
        self, answer: Answer, others: Sequence[_Found], *, origins: dict[str, str]
    ) -> list[tuple[Pair, NewsSentence, NewsSentence]]:
        """Each way in which a quoted sentence differs from one of another origin, once an origin and kind."""
        others = _near_quoted(others, answer.citations)
        if len({origins[one.article.id] for one in others}) < 2:
            return []
        vocabulary = self._vocabulary
        mine = [one for one in others if _is_quoted(one, answer.citations)][:MOST]
        quoted = [read_report(one.article, one.span, vocabulary) for one in mine]
        topic = [self._keys(one) for one in mine]
        read = ((one, self._keys(one)) for one in others)
        shared = {one: max((len(own & keys) for keys in topic), default=0) for one, own in read}
        near = sorted((one for one in others if shared[one] >= SHARED), key=lambda one: -shared[one])
        reports = [read_report(one.article, one.span, vocabulary) for one in near[:READ]]
        found: list[tuple[Pair, NewsSentence, NewsSentence]] = []
        seen: set[tuple[str, object]] = set()
        for first, second in product(quoted, reports):
            theirs, own = origins[second.article.id], origins[first.article.id]
            if theirs == own or _same_outlet(first.article, second.article):
                continue
            pair = compare(first, second)
            both = frozenset((one.article.id, one.span) for one in (first, second))
            if pair and not seen & {(pair.kind, theirs), (pair.kind, both)}:  # both may be quoted
                seen |= {(pair.kind, theirs), (pair.kind, both)}
                if pair.kind == "agreed":  # once is enough, from whichever side it is seen
                    seen.add((pair.kind, own))
                found.append((pair, first, second))
        return found


def _has_turned(pair: Pair, one: NewsSentence, other: NewsSentence, *, shelf: LinkedShelf) -> bool:
    """Whether two words are of one story that went on: talks that "broke down", and later "agreed"."""
    if pair.kind != "wording":
        return False
    told = {story.article.id for side in (one, other) for story in shelf.later(side.article.id)}
    return not told.isdisjoint((one.article.id, other.article.id))


def _same_outlet(one: Article, other: Article) -> bool:
    """Whether both are one outlet's, which does not differ from itself: it updates and corrects.

    Anybody can write its name, so it must be of its site, too.
    """
    return bool(one.outlet) and one.outlet == other.outlet and speaks_for(one, other)


def _near_quoted(others: Sequence[_Found], citations: Sequence[Citation]) -> list[_Found]:
    """Those of articles that may tell of one event with a quoted one; only these need be read."""
    quoted = {id(one.article): one.article for one in others if _is_quoted(one, citations)}.values()
    return [one for one in others if any(near_in_time(one.article, of, days=DAYS) for of in quoted)]


def _is_quoted(one: _Found, citations: Sequence[Citation]) -> bool:
    return any(_holds(citation, one.article, span=one.span) for citation in citations)


def _holds(citation: Citation, article: Article, *, span: Span) -> bool:
    same = citation.article.id == article.id and citation.revision == article.revision
    return same and citation.start <= span.start and span.end <= citation.end


def _grouped(pairs: Sequence[tuple[Pair, NewsSentence, NewsSentence]]) -> list[_Row]:
    """The pairs of one kind about the same words of a sentence as one row of cells, the weightiest first."""
    rows: dict[tuple[Differing, str, Span], list[tuple[Place, Span]]] = {}
    for pair, mine, report in pairs:
        first = Place(mine.article, mine.span), pair.one
        row = rows.setdefault((pair.kind, mine.article.id, pair.one), [first])
        row.append((Place(report.article, report.span), pair.other))
    return [(kind, cells) for (kind, _, _), cells in rows.items()]


def _cited(answer: Answer, rows: Sequence[_Row], *, shelf: ArticleShelf) -> Answer:
    """The rows with each cell's sentence cited, read again from the archive; a row of one cell is none."""
    citations = list(answer.citations)
    differences: list[Difference] = []
    for kind, row in rows:
        cells = []
        for place, words in row[:CELLS]:
            number = _number(place, citations, shelf=shelf)
            cells += [Cell(number, words.start, words.end)] if number else []
        if len(cells) > 1:
            differences.append(Difference(kind, tuple(cells)))
    return replace(answer, citations=tuple(citations), differences=tuple(differences))


def _number(place: Place, citations: list[Citation], *, shelf: ArticleShelf) -> int | None:
    """The number under which a sentence is cited, with a new citation where there is none yet."""
    for one in citations:
        if _holds(one, place.article, span=place.span):
            return one.number
    number = max(one.number for one in citations) + 1
    citation = cite_again(place, shelf, number=number)
    if citation is None:
        return None
    citations.append(citation)
    return number
