"""A question into a proved answer, step by step: question → retrieve → enough? → answer → prove.

`index` is sync and answerers are async: the two crossings into a thread are here and nowhere else.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Protocol

from bot.abstaining import not_in_archive, not_stated, nothing_stored, outside_dates, unproved
from bot.answer import Abstention, Answer
from bot.followup import standalone
from bot.proposal import Answerer, Proposal, Refused, Weighed
from bot.proving import Proved, Shelf, cite_all, prove
from bot.question import LONGEST, Question, clean, describe, may_name_outlet, read_question
from bot.variants import names_in, nearest_name, same_name
from bot.wording import quoted_line
from index.errors import ArchiveError
from index.records import Article, Filters, Hit
from index.storage.stored import ArchiveStatus, Cited

_EVERYTHING = Filters()
Step = tuple[Hit, ...] | Proved | Answer


class Archive(Shelf, Protocol):
    """What asking needs of `index.storage.archive.Archive`."""

    def passage_counts(self, words_: Sequence[str], *, filters: Filters = ...) -> dict[str, int]:
        """In how many passages each word stands."""

    def outlets(self) -> list[tuple[str | None, int]]:
        """(outlet, articles)."""

    def status(self) -> ArchiveStatus:
        """What is in the archive."""

    def log(self, question: str, *, status: str, cited: Sequence[Cited] = ()) -> None:
        """Remember what was asked and quoted."""


class Retriever(Protocol):
    """What asking needs of `index.retrieval.retrieve.Retriever`."""

    def retrieve(self, question: str, *, filters: Filters = ..., limit: int = ...) -> list[Hit]:
        """The passages nearest to a question, best first."""


class Weigher(Protocol):
    """Reads hits: which sentences may answer, and whether they do."""

    def weigh(self, question: str, hits: Sequence[Hit], *, filters: Filters) -> Weighed:
        """The candidates of the hits, best first, and whether they hold the answer."""


@dataclass
class _Clock:
    """How long each step took, in milliseconds; a step that is done twice counts twice."""

    taken: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        finally:
            spent = (time.perf_counter() - started) * 1000
            self.taken[name] = round(self.taken.get(name, 0.0) + spent, 2)


@dataclass(frozen=True)
class _Looked:
    """What looking into the archive gave; `refused` says why nothing there answers."""

    question: Question
    hits: tuple[Hit, ...]
    weighed: Weighed
    refused: Refused | None = None
    notes: tuple[str, ...] = ()


class Dateline:
    """Answers questions from one archive; made by `bot.assemble`."""

    def __init__(
        self, archive: Archive, retriever: Retriever, *, weigher: Weigher, answerer: Answerer, limit: int = 12
    ) -> None:
        self._archive = archive
        self._retriever = retriever
        self._weigher = weigher
        self._answerer = answerer
        self._limit = limit

    async def ask(
        self, question: str, *, filters: Filters = _EVERYTHING, history: Sequence[str] = ()
    ) -> Answer:
        """The proved answer to a question, or an abstention; `history` are earlier questions, oldest first.

        Raises:
            BadQuestion: it is empty or longer than 1,000 characters.
            BadFilter: a date of the filters is not ISO.
        """
        async for step in self.steps(question, filters=filters, history=history):
            if isinstance(step, Answer):
                return step
        raise AssertionError("the last step is the answer")

    async def steps(
        self, question: str, *, filters: Filters = _EVERYTHING, history: Sequence[str] = ()
    ) -> AsyncIterator[Step]:
        """The hits when they are found, each sentence when it is proved, then the answer. Raises as `ask`."""
        clock = _Clock()
        looked = await asyncio.to_thread(self._look, question, filters, history, clock)
        yield looked.hits
        outcome: Proposal | Refused | None = looked.refused
        if outcome is None:
            with clock.step("answer"):
                outcome = await self._answerer.answer(looked.question, looked.weighed)
        proved, answer = await asyncio.to_thread(self._finish, looked, outcome, clock)
        for one in proved:
            yield one
        yield answer

    async def search(
        self,
        question: str,
        *,
        filters: Filters = _EVERYTHING,
        history: Sequence[str] = (),
        limit: int = 12,
    ) -> list[Hit]:
        """The passages nearest to a question, best first; nothing is answered. Raises as `ask`."""
        return await asyncio.to_thread(self._search, question, filters, history, limit)

    def _search(self, text: str, filters: Filters, history: Sequence[str], limit: int) -> list[Hit]:
        question, _ = self._read(text, filters, history)
        return self._retriever.retrieve(question.topic, filters=question.filters, limit=limit)

    def _read(self, text: str, filters: Filters, history: Sequence[str]) -> tuple[Question, list[str]]:
        """The question, a follow-up made to stand alone, and notes on how it was understood."""
        cleaned = clean(text)
        full = standalone(cleaned, [clean(one) for one in history])
        full = full if len(full) <= LONGEST else cleaned
        outlets: list[str] = []
        if may_name_outlet(full):
            outlets = [name for name, _ in self._archive.outlets() if name]
        question = replace(read_question(full, filters, outlets=outlets), text=cleaned)
        notes = [f"read as “{full}”"] if full != cleaned else []
        return question, [*notes, f"only {describe(question.filters)}"] if question.read else notes

    # Looking into the archive

    def _look(self, text: str, filters: Filters, history: Sequence[str], clock: _Clock) -> _Looked:
        question, understood = self._read(text, filters, history)
        notes = tuple(understood)
        hits, weighed = self._weigh(question, clock)
        if hits and weighed.enough:
            return _Looked(question, tuple(hits), weighed, None, notes)
        with clock.step("answer"):
            absent = self._absent(weighed.missing, hits)
        known = (
            names_in(text for hit in hits for text in (hit.article.title, hit.passage.text)) if absent else []
        )
        spelled, note = _in_archives_spelling(question, absent, known)
        if spelled:
            hits_again, weighed_again = self._weigh(spelled, clock)
            if hits_again and weighed_again.enough:
                return _Looked(spelled, tuple(hits_again), weighed_again, None, (*notes, note))
        with clock.step("answer"):
            near = {word: name for word in absent if (name := nearest_name(word, known))}
            refused = (
                not_in_archive(absent, weighed, near=near)
                if absent
                else self._why_not(question, hits, weighed, clock)
            )
        return _Looked(question, tuple(hits), weighed, refused, notes)

    def _weigh(self, question: Question, clock: _Clock) -> tuple[list[Hit], Weighed]:
        with clock.step("retrieve"):
            hits = self._retriever.retrieve(question.topic, filters=question.filters, limit=self._limit)
        with clock.step("answer"):
            return hits, self._weigher.weigh(question.topic, hits, filters=question.filters)

    def _absent(self, missing: Sequence[str], hits: Sequence[Hit]) -> list[str]:
        """The words of those missing that stand in no passage of the archive, nor beside a hit's body."""
        words = list(
            dict.fromkeys(word for phrase in missing for word in re.findall(r"\w[\w’'.-]*\w|\w", phrase))
        )
        counts = self._archive.passage_counts(words) if words else {}
        beside = {part for hit in hits for part in _beside_body(hit.article)}
        return [word for word in words if not counts.get(word) and word.casefold() not in beside]

    def _why_not(self, question: Question, hits: Sequence[Hit], weighed: Weighed, clock: _Clock) -> Refused:
        filters = question.filters
        undated = replace(filters, since=None, until=None, as_of=None)
        if undated != filters:
            _, anytime = self._weigh(replace(question, filters=undated), clock)
            if anytime.enough:
                status = self._archive.status()
                return outside_dates(filters, (status.earliest, status.latest), anytime)
        if not hits:
            return self._nothing_found(question, weighed)
        return not_stated(weighed, filters)

    def _nothing_found(self, question: Question, weighed: Weighed) -> Refused:
        outlet = replace(_EVERYTHING, outlet=question.filters.outlet)
        if not self._retriever.retrieve(question.topic, filters=outlet, limit=1):
            return nothing_stored(question.filters, articles=self._archive.status().articles)
        return not_stated(weighed, question.filters)

    # Proving and keeping

    def _finish(
        self, looked: _Looked, outcome: Proposal | Refused, clock: _Clock
    ) -> tuple[list[Proved], Answer]:
        proved: list[Proved] = []
        with clock.step("prove"):
            if isinstance(outcome, Proposal):
                proved = prove(outcome.sentences, self._archive)
                refused = None if proved else unproved(looked.weighed)
            else:
                refused = outcome
            answer = self._refusal(looked, refused) if refused else _answered(looked, outcome, proved)
        self._log(looked.question.text, answer)
        return proved, replace(answer, timings_ms=dict(clock.taken))

    def _refusal(self, looked: _Looked, refused: Refused) -> Answer:
        nearest = cite_all(refused.nearest, self._archive)
        return Answer(
            question=looked.question.text,
            text=_with_notes(looked.notes, [refused.text]),
            abstention=Abstention(refused.reason, refused.missing, nearest),
            confidence=looked.weighed.probability,
            filters=looked.question.filters,
            notes=looked.notes,
        )

    def _log(self, question: str, answer: Answer) -> None:
        cited = [Cited(one.article.id, one.revision, one.start, one.end) for one in answer.citations]
        with suppress(ArchiveError):  # a full disk is no reason to keep an answer back
            self._archive.log(question, status=answer.status, cited=cited)


def _beside_body(article: Article) -> list[str]:
    """The words by which a person may call an article that its body need not have: its outlet, its year."""
    named = " ".join(filter(None, (article.outlet, article.agency, article.author, article.published)))
    return re.findall(r"\w+", named.casefold())


def _in_archives_spelling(
    question: Question, absent: Sequence[str], known: Sequence[str]
) -> tuple[Question | None, str]:
    """The question with each absent name as the archive transliterates it, and a note that says so."""
    topic, notes = question.topic, []
    for word in absent:
        variant = next((name for name in known if same_name(word, name)), None)
        if variant:
            topic = re.sub(rf"\b{re.escape(word)}\b", variant, topic)
            notes.append(f"'{word}' read as '{variant}', which is how the archive spells it")
    return (replace(question, topic=topic) if notes else None), "; ".join(notes)


def _answered(looked: _Looked, outcome: Proposal | Refused, proved: Sequence[Proved]) -> Answer:
    by_number = {citation.number: citation for one in proved for citation in one.citations}
    citations = tuple(by_number[number] for number in sorted(by_number))
    return Answer(
        question=looked.question.text,
        text=_with_notes(looked.notes, [quoted_line(one.sentence, citations) for one in proved]),
        sentences=tuple(one.sentence for one in proved),
        citations=citations,
        confidence=looked.weighed.probability,
        filters=looked.question.filters,
        notes=looked.notes,
        llm=outcome.llm if isinstance(outcome, Proposal) else None,
    )


def _with_notes(notes: Sequence[str], lines: Sequence[str]) -> str:
    return "\n".join([*(f"({note})" for note in notes), *lines])
