"""A question into what the archive holds of it: read, retrieved, weighed; or why nothing there answers."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Protocol

from bot.answering.abstaining import not_in_archive, not_stated, nothing_stored, outside_dates
from bot.answering.newest import newest_first, wants_newest, with_newest
from bot.answering.standing import standing
from bot.answers.asked import Asked
from bot.answers.notes import Note, Only, ReadAs, Respelled
from bot.answers.proposal import Refused, Weighed
from bot.answers.question import Question, may_name_outlet, read_question
from bot.language.spellings import names_in, nearest_name, same_name, typed_plainly
from bot.proof.proving import ArticleShelf
from index.letters import folded
from index.records import Article, Filters, Hit
from index.storage.records import ArchiveStatus, Cited

_EVERYTHING = Filters()


class EvidenceArchive(ArticleShelf, Protocol):
    """What asking needs of `index.storage.archive.Archive`."""

    def passage_counts(self, words_: Sequence[str], *, filters: Filters = ...) -> dict[str, int]:
        """In how many passages each word stands."""

    def outlets(self) -> list[tuple[str | None, int]]:
        """(outlet, articles)."""

    def status(self) -> ArchiveStatus:
        """What is in the archive."""

    def log(self, question: str, *, status: str, cited: Sequence[Cited] = ()) -> None:
        """Remember what was asked and quoted."""


class EvidenceRetriever(Protocol):
    """What asking needs of `index.retrieval.retrieve.Retriever`."""

    def retrieve(self, question: str, *, filters: Filters = ..., limit: int = ...) -> list[Hit]:
        """The passages nearest to a question, best first."""


class Weigher(Protocol):
    """Reads hits: which sentences may answer, and whether they do."""

    def weigh(self, question: str, hits: Sequence[Hit], *, filters: Filters) -> Weighed:
        """The candidates of the hits, best first, and whether they hold the answer."""


@dataclass
class Clock:
    """How long each step took, in milliseconds; a step that is done twice counts twice."""

    taken: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Count what is done within."""
        started = time.perf_counter()
        try:
            yield
        finally:
            spent = (time.perf_counter() - started) * 1000
            self.taken[name] = round(self.taken.get(name, 0.0) + spent, 2)


@dataclass(frozen=True)
class Looked:
    """What looking into the archive gave; `refused` says why nothing there answers."""

    question: Question
    hits: tuple[Hit, ...]
    weighed: Weighed
    refused: Refused | None = None
    notes: tuple[Note, ...] = ()


class Looker:
    """Looks into one archive; at most `limit` passages a question."""

    def __init__(
        self, archive: EvidenceArchive, retriever: EvidenceRetriever, *, weigher: Weigher, limit: int
    ) -> None:
        self._archive = archive
        self._retriever = retriever
        self._weigher = weigher
        self._limit = limit

    def search(self, asked: Asked, *, alone: str, limit: int) -> list[Hit]:
        """The passages nearest to a question, best first; `alone` is it as it stands alone."""
        question, _ = self._read(asked, alone)
        return self._retriever.retrieve(question.topic, filters=question.filters, limit=limit)

    def look(self, asked: Asked, *, alone: str, clock: Clock) -> Looked:
        """The hits of a cleaned question and what they are worth; `alone` is it as it stands alone."""
        with clock.step("read"):
            question, notes = self._read(asked, alone)
        hits, weighed = self._weigh(question, clock)
        if hits and weighed.enough:
            return Looked(question, tuple(hits), weighed, None, notes)
        with clock.step("answer"):
            absent = self._absent(weighed.missing, hits)
        known = names_in(text for hit in hits for text in (hit.article.title, hit.passage.text))
        typed = typed_plainly(question.topic, known)
        respelled = _respelled([*absent, *typed], known)
        if respelled:
            spelled = _in_archives_spelling(question, respelled)
            hits_again, weighed_again = self._weigh(spelled, clock)
            if hits_again and weighed_again.enough:
                return Looked(spelled, tuple(hits_again), weighed_again, None, (*notes, *respelled))
        with clock.step("answer"):
            near = {word: name for word in absent if (name := nearest_name(word, known))}
            refused = (
                not_in_archive(absent, weighed, near=near)
                if absent
                else self._why_not(question, hits, weighed, clock)
            )
        return Looked(question, tuple(hits), weighed, refused, notes)

    def _weigh(self, question: Question, clock: Clock) -> tuple[list[Hit], Weighed]:
        with clock.step("retrieve"):
            found = self._retrieve(question)
        with clock.step("answer"):
            hits = standing(found, question.text)
            weighed = self._weigher.weigh(question.topic, hits, filters=question.filters)
            return hits, newest_first(weighed) if wants_newest(question.topic) else weighed

    def _retrieve(self, question: Question) -> list[Hit]:
        """The nearest passages; where the newest is asked for, the newest article's of twice as many, too."""
        if not wants_newest(question.topic):
            return self._retriever.retrieve(question.topic, filters=question.filters, limit=self._limit)
        deeper = self._retriever.retrieve(question.topic, filters=question.filters, limit=2 * self._limit)
        return with_newest(deeper, self._limit)

    def _absent(self, missing: Sequence[str], hits: Sequence[Hit]) -> list[str]:
        """The words of those missing that stand in no passage of the archive, nor beside a hit's body."""
        words = list(
            dict.fromkeys(word for phrase in missing for word in re.findall(r"\w[\w’'.-]*\w|\w", phrase))
        )
        counts = self._archive.passage_counts(words) if words else {}
        beside = {part for hit in hits for part in _beside_body(hit.article)}
        return [word for word in words if not counts.get(word) and folded(word) not in beside]

    def _why_not(self, question: Question, hits: Sequence[Hit], weighed: Weighed, clock: Clock) -> Refused:
        filters = question.filters
        undated = replace(filters, since=None, until=None, as_of=None)
        if undated != filters:
            _, anytime = self._weigh(replace(question, filters=undated), clock)
            if anytime.enough:
                status = self._archive.status()
                return outside_dates(filters, (status.earliest, status.latest), anytime)
        if not hits:
            return self._nothing_found(question, weighed)
        return not_stated(weighed)

    def _nothing_found(self, question: Question, weighed: Weighed) -> Refused:
        outlet = replace(_EVERYTHING, outlet=question.filters.outlet)
        if not self._retriever.retrieve(question.topic, filters=outlet, limit=1):
            return nothing_stored(question.filters, articles=self._archive.status().articles)
        return not_stated(weighed)

    def _read(self, asked: Asked, alone: str) -> tuple[Question, tuple[Note, ...]]:
        """The question, and notes on how it was understood."""
        outlets: list[str] = []
        if may_name_outlet(alone):
            outlets = [name for name, _ in self._archive.outlets() if name]
        question = read_question(asked, alone=alone, outlets=outlets)
        notes: list[Note] = [ReadAs(alone)] if alone != asked.text else []
        said = question.read or question.filters.as_of  # what was known then is not what is known
        return question, (*notes, Only(question.filters)) if said else tuple(notes)


def _beside_body(article: Article) -> list[str]:
    """The words by which a person may call an article that its body need not have: its outlet, its year."""
    named = " ".join(filter(None, (article.outlet, article.agency, article.author, article.published)))
    return re.findall(r"\w+", folded(named))


def _respelled(words: Sequence[str], known: Sequence[str]) -> tuple[Respelled, ...]:
    """The names in `words` that the archive writes otherwise."""
    variants = ((word, next((name for name in known if same_name(word, name)), None)) for word in words)
    return tuple(Respelled(word, variant) for word, variant in variants if variant)


def _in_archives_spelling(question: Question, respelled: Sequence[Respelled]) -> Question:
    """The question with its names as the archive writes them."""
    topic = question.topic
    for one in respelled:
        topic = re.sub(rf"\b{re.escape(one.asked)}\b", one.found, topic)
    return replace(question, topic=topic)
